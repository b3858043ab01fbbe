"""Numbers that people read aloud: ticket numbers and case numbers."""

from __future__ import annotations

import datetime as dt
import re

_CASE = re.compile(r"([0-9]{6})-([0-9]{8})-([0-9]{4,})-([0-9])")


def ticket_number(letter: str, number: int) -> str:
    """`F012`: the letter of the service and at least three digits."""
    return f"{letter}{number:03d}"


def case_number(hall_code: str, day: dt.date, serial: int) -> str:
    """`430621-20261123-0007-4`: hall code, date, serial and check digit, in groups that can be read aloud."""
    digits = f"{hall_code}{day:%Y%m%d}{serial:04d}"
    return f"{hall_code}-{day:%Y%m%d}-{serial:04d}-{check_digit(digits)}"


def is_case_number(text: str) -> bool:
    """Whether the text is a case number whose check digit is right."""
    found = _CASE.fullmatch(text)
    return found is not None and check_digit("".join(found.groups()[:3])) == int(found[4])


def case_serial(number: str) -> str:
    """`0007` of `430621-20261123-0007-4`, as walls and lists show it."""
    return number.split("-")[2]


def check_digit(digits: str) -> int:
    """The check digit of ISO/IEC 7064 MOD 11,10: finds every single wrong digit and nearly all swaps."""
    product = 10
    for digit in digits:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10
