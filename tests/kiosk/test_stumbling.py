"""Mistakes of ours: what is logged of them, and when one is too many."""

from __future__ import annotations

import logging

import pytest

from kiosk import stumbling
from kiosk.stumbling import TOLD_S, TROUBLE, WITHIN_S, Stumbles

CITIZEN = "王芳 13800138000"


def raised() -> Exception:
    try:
        try:
            raise KeyError(CITIZEN)
        except KeyError as wrong:
            raise ValueError(f"no such {CITIZEN}") from wrong
    except ValueError as wrong:
        return wrong


@pytest.mark.rule("R13")
def test_an_exception_is_logged_by_kind_and_place_and_never_by_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        stumbling.log(raised())
    said = caplog.text
    assert "ValueError at test_stumbling.py:" in said
    assert "because of KeyError at test_stumbling.py:" in said
    assert "王芳" not in said
    assert "13800138000" not in said


def test_an_exception_that_caused_itself_is_told_once() -> None:
    wrong = ValueError()
    wrong.__cause__ = wrong
    assert stumbling.told(wrong) == "ValueError at no place of ours"


def test_the_second_within_a_minute_is_one_too_many() -> None:
    stumbles = Stumbles()
    assert [stumbles.again(at_s) for at_s in (0.0, WITHIN_S, WITHIN_S + 1, 3 * WITHIN_S)] == [False, False, True, False]


def test_staff_hear_of_it_for_a_while() -> None:
    stumbles = Stumbles()
    assert stumbles.troubles(0.0) == frozenset()
    stumbles.again(10.0)
    assert stumbles.troubles(10.0 + TOLD_S - 1) == {TROUBLE}
    assert stumbles.troubles(10.0 + TOLD_S) == frozenset()
