import datetime as dt

import pytest
from hypothesis import given, strategies as st

from hub.domain.numbers import (
    LAST_NUMBER,
    BadNumber,
    CaseNumber,
    SeriesFull,
    TicketNumber,
    case_number,
    case_serial,
    check_digit,
    is_case_number,
    is_series,
    must_have_room,
    read_case_number,
    read_ticket_number,
    ticket_number,
)
from hub.store import schema

MONDAY = dt.date(2026, 11, 23)
SERIES = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


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


def test_a_number_printed_without_the_hub_shows_the_terminal_s_letter():
    assert ticket_number("K", 7) == "K007"
    assert case_number("370406", MONDAY, 7, "K") == "370406-20261123-011007-4"


@given(serial=st.integers(1, 99999), series=st.one_of(st.just(""), SERIES))
def test_what_is_written_can_be_read(serial, series):
    number = case_number("370406", MONDAY, serial, series)
    assert read_case_number(number) == CaseNumber("370406", MONDAY, series, serial)
    assert read_ticket_number(ticket_number(series or "F", serial)) == TicketNumber(series or "F", serial)


@given(own=st.integers(1, 10**6), offline=st.integers(1, 10**6), one=SERIES, other=SERIES)
def test_a_series_runs_into_no_other(own, offline, one, other):
    numbers = {case_number("370406", MONDAY, own), case_number("370406", MONDAY, offline, one)}
    assert len(numbers) == 2
    if one != other:
        assert case_number("370406", MONDAY, own, one) != case_number("370406", MONDAY, offline, other)


@pytest.mark.parametrize("place", ["0000", "00007", "000007", "027007", "011000", "0110070"])
def test_a_serial_that_nobody_writes_is_none(place):
    digits = f"37040620261123{place}"
    with pytest.raises(BadNumber):
        read_case_number(f"370406-20261123-{place}-{check_digit(digits)}")


@pytest.mark.parametrize("text", ["370406-20261323-0007-{}", "370406-00000000-0007-{}"])
def test_a_date_that_there_is_not_is_none(text):
    with pytest.raises(BadNumber):
        read_case_number(text.format(check_digit("".join(text.split("-")[:3]))))


@pytest.mark.parametrize("text", ["", "K", "007", "K07", "K000", "K0007", "K-007", "K٠٠٧", "k 007"])
def test_other_texts_are_no_ticket_numbers(text):
    with pytest.raises(BadNumber):
        read_ticket_number(text)


def test_what_is_no_letter_is_no_series():
    with pytest.raises(ValueError, match="no letter"):
        case_number("370406", MONDAY, 7, "KK")


LETTERS = st.text("ABCFGKQ办事", min_size=1, max_size=3)


@pytest.mark.rule("R55")
@given(one=LETTERS, other=LETTERS, number=st.integers(1, LAST_NUMBER), more=st.integers(1, LAST_NUMBER))
def test_no_service_s_numbers_run_into_another_s(one, other, number, more):
    assert is_series(one)
    assert read_ticket_number(ticket_number(one, number)) == (one, number)
    assert (ticket_number(one, number) == ticket_number(other, more)) == ((one, number) == (other, more))


@pytest.mark.rule("R55")
def test_after_999_comes_1000_which_is_no_other_number():
    assert [ticket_number("A", number) for number in (1, 999, 1000)] == ["A001", "A999", "A1000"]
    assert not is_series("A1")  # 000 of A1 would be A1000 too


def test_a_series_ends_where_papers_and_tables_do():
    must_have_room("F", LAST_NUMBER)
    assert len(f"20261123-{ticket_number('ABC', LAST_NUMBER)}") <= schema.ticket.c.ticket_id.type.length
    with pytest.raises(SeriesFull, match="tomorrow"):
        must_have_room("F", LAST_NUMBER + 1)
