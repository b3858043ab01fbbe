"""When they came first, kept so that citizen and staff read it each in their own language."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.domain.words import LANGUAGES, Words
from kiosk.session import Session
from kiosk.since import offered, shown, told
from tests.factories import a_hall, a_policy, lookup_keys

NOVEMBER = dt.date(2026, 11, 23)


def test_this_month_and_the_two_before_are_offered_across_the_year() -> None:
    assert offered(dt.date(2026, 1, 31)) == ("today", "2026-01", "2025-12", "2025-11", "before 2025-11")


@pytest.mark.parametrize(
    ("language", "keys", "in_full"),
    [
        ("zh_Hans", ["今天", "11月", "10月", "9月", "更早"], "2026年9月以前"),
        ("zh_Hant", ["今天", "11月", "10月", "9月", "更早"], "2026年9月以前"),
        ("en", ["Today", "November", "October", "September", "Earlier"], "before September 2026"),
    ],
)
def test_every_language_says_it_its_own_way(language: str, keys: list[str], in_full: str) -> None:
    words = Words("kiosk", language)
    assert [shown(one, words) for one in offered(NOVEMBER)] == keys
    assert told("before 2026-09", words) == in_full
    assert told("", words) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_read_it_in_the_hall_s_language_whatever_the_citizen_chose(language: str) -> None:
    session = Session(a_hall("yueyang"), a_policy("yueyang"), language)
    session.choose_since("2026-09")
    filed = session.complaint(lookup_keys(1), lookup_keys(2))
    assert (filed.since, filed.language) == ("2026年9月", language)
