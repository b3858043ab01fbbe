"""Numbers that people read aloud: ticket numbers and case numbers.

A terminal that prints while the hub is away numbers in a series of its own, one letter (`K`): tickets `K007`, cases
`370406-20261123-011007-C`, where the serial is a zero, the letter's place in the alphabet (11) and at least three
digits. The hub's own serials have four digits, and begin with no zero once they have more: the two never meet.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from hub.domain.errors import DomainError

_CASE = re.compile(r"([0-9]{6})-([0-9]{8})-([0-9]{4,})-([0-9])")
_TICKET = re.compile(r"([^\W\d_]{1,8})([0-9]{3,9})")
_OFFLINE_SERIAL = re.compile(r"0([0-9]{2})([0-9]{3,9})")


class BadNumber(DomainError):
    """What a paper says is no number of any hall's."""

    code = "bad_printed_number"

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no number: its form or its check digit is wrong")


LETTERS_AT_MOST = 3
LAST_NUMBER = 999_999_999
"""Of a series on one day; what is larger no paper is believed with."""


class SeriesFull(DomainError):
    """A series has given its last number of the day."""

    code = "series_full"

    def __init__(self, series: str) -> None:
        super().__init__(f"the series {series} has given its last number today; tomorrow it begins anew")


class CaseNumber(NamedTuple):
    """A case number's parts; `series` is empty for the hub's own numbers."""

    hall_code: str
    day: dt.date
    series: str
    serial: int


class TicketNumber(NamedTuple):
    """A ticket number's parts: the letter of a service, or of a terminal that printed without the hub."""

    series: str
    number: int


def ticket_number(letter: str, number: int) -> str:
    """`F012`: the letter of the service and at least three digits."""
    return f"{letter}{number:03d}"


def case_number(hall_code: str, day: dt.date, serial: int, series: str = "") -> str:
    """`430621-20261123-0007-4`: hall code, date, serial and check digit, in groups that can be read aloud.

    `series` is the letter of a terminal that numbers without the hub.
    """
    place = f"0{_place(series):02d}{serial:03d}" if series else f"{serial:04d}"
    return f"{hall_code}-{day:%Y%m%d}-{place}-{check_digit(f'{hall_code}{day:%Y%m%d}{place}')}"


def is_series(letters: str) -> bool:
    """Whether a service's numbers can begin so: one to three capital letters, and not two that look the same.

    No digit: A1 and 023 would read as A and 1023. No small letter: `case` is what case numbers are counted under.
    """
    plain = unicodedata.normalize("NFKC", letters).upper()
    return 1 <= len(letters) <= LETTERS_AT_MOST and letters.isalpha() and letters == plain


def must_have_room(series: str, number: int) -> None:
    """Raises `SeriesFull` beyond the last number that papers and tables can take."""
    if number > LAST_NUMBER:
        raise SeriesFull(series)


def is_offline_series(letter: str) -> bool:
    """Whether this can be a terminal's own series: one letter from A to Z."""
    return len(letter) == 1 and "A" <= letter <= "Z"


def read_case_number(text: str) -> CaseNumber:
    """The parts of a case number; raises `BadNumber` unless it is just as `case_number` writes it."""
    found = _CASE.fullmatch(text)
    if found is None:
        raise BadNumber(text)
    hall_code, day, place, _ = found.groups()
    offline = _OFFLINE_SERIAL.fullmatch(place)
    try:
        read = CaseNumber(
            hall_code,
            dt.date(int(day[:4]), int(day[4:6]), int(day[6:])),
            chr(ord("A") - 1 + int(offline[1])) if offline else "",
            int(offline[2] if offline else place),
        )
        written = case_number(*read[:2], read.serial, read.series)
    except ValueError as wrong:
        raise BadNumber(text) from wrong
    if written != text or read.serial < 1:
        raise BadNumber(text)
    return read


def read_ticket_number(text: str) -> TicketNumber:
    """The parts of a ticket number; raises `BadNumber`."""
    found = _TICKET.fullmatch(text)
    if found is None or ticket_number(found[1], int(found[2])) != text or int(found[2]) < 1:
        raise BadNumber(text)
    return TicketNumber(found[1], int(found[2]))


def is_case_number(text: str) -> bool:
    """Whether the text is a case number whose check digit is right."""
    try:
        read_case_number(text)
    except BadNumber:
        return False
    return True


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


def _place(series: str) -> int:
    """1 for A, 26 for Z; raises `ValueError` for what is no series."""
    if not is_offline_series(series):
        raise ValueError(f"{series!r} is no letter from A to Z")
    return ord(series) - ord("A") + 1
