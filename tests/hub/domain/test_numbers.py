import datetime as dt

import pytest
from hypothesis import given, strategies as st

from hub.domain.numbers import case_number, case_serial, check_digit, is_case_number, ticket_number


def test_a_ticket_has_its_letter_and_at_least_three_digits():
    assert [ticket_number("F", number) for number in (1, 12, 1000)] == ["F001", "F012", "F1000"]


def test_a_case_number_is_read_in_groups():
    assert case_number("370406", dt.date(2026, 11, 23), 7) == "370406-20261123-0007-3"
    assert case_serial("370406-20261123-0007-3") == "0007"


def test_the_check_digit_is_that_of_the_standard():
    assert check_digit("0794") == 5  # ISO/IEC 7064, the example of MOD 11,10


@given(day=st.dates(min_value=dt.date(2024, 1, 1)), serial=st.integers(1, 99999))
def test_every_case_number_is_one_and_no_single_wrong_digit_goes_unseen(day, serial):
    number = case_number("430621", day, serial)
    assert is_case_number(number)
    for at, digit in enumerate(number):
        if digit.isdigit():
            wrong = number[:at] + str((int(digit) + 1) % 10) + number[at + 1 :]
            assert not is_case_number(wrong)


@pytest.mark.parametrize(
    "text", ["", "370406-20261123-0007", "370406-20261123-0007-33", "F012", " 370406-20261123-0007-3"]
)
def test_other_texts_are_no_case_numbers(text):
    assert not is_case_number(text)
