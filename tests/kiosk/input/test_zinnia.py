"""The handwriting recogniser itself: real strokes wherever and however large, and what a crash costs."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from kiosk.input import recogniser
from kiosk.input.handwriting import Stroke
from kiosk.input.zinnia import HandwritingMissing, Zinnia
from tests.kiosk.input.strokes import STROKES

FORMS = {"办": ("辦",), "发": ("發", "髮"), "后": ("後", "后"), "干": ("幹", "乾", "干")}
FEW = 8
"""So many candidates are seen without turning a page."""


@pytest.fixture
def zinnia() -> Iterator[Zinnia]:
    zinnia = Zinnia()
    yield zinnia
    zinnia.close()


def moved(strokes: tuple[Stroke, ...], by: float, right: int, down: int) -> tuple[Stroke, ...]:
    return tuple(tuple((int(x * by) + right, int(y * by) + down) for x, y in stroke) for stroke in strokes)


def test_characters_of_such_complaints_are_read(zinnia: Zinnia) -> None:
    places = {one: zinnia.recognise(strokes)[:FEW] for one, strokes in STROKES.items()}
    assert {one: seen for one, seen in places.items() if one not in seen} == {}
    assert sum(seen[0] == one for one, seen in places.items()) >= 0.8 * len(STROKES)


@pytest.mark.parametrize(("by", "right", "down"), [(0.4, 0, 0), (0.3, 650, 650), (0.6, 300, 0)])
def test_a_character_written_small_or_into_a_corner_is_the_same(
    zinnia: Zinnia, by: float, right: int, down: int
) -> None:
    for one in "不办公田":
        assert one in zinnia.recognise(moved(STROKES[one], by, right, down))[:FEW]


def test_a_character_drawn_is_offered_as_every_one_it_is_in_traditional_writing(zinnia: Zinnia) -> None:
    for drawn, forms in FORMS.items():
        simplified = zinnia.recognise(STROKES[drawn])
        written = zinnia.recognise(STROKES[drawn], traditional=True)
        at = written.index(forms[0])
        assert written[at : at + len(forms)] == forms, "side by side, the likeliest first"
        assert at <= 2 * simplified.index(drawn), "no further off than what they stand for"
        assert set(simplified) <= set(written), "a name may be written either way"
        assert len(set(written)) == len(written)


def test_a_mere_dot_and_a_wild_scribble_are_answered(zinnia: Zinnia) -> None:
    scribble = tuple(((at * 37 % 1000, at * 91 % 1000), (at * 53 % 1000, at * 7 % 1000)) for at in range(60))
    assert zinnia.recognise((((500, 500),),))
    zinnia.recognise(scribble)
    assert "十" in zinnia.recognise(STROKES["十"])[:FEW]


def test_a_recogniser_that_dies_costs_one_reading_and_nothing_else(zinnia: Zinnia) -> None:
    assert zinnia.recognise(STROKES["不"])
    os.kill(zinnia.pid, signal.SIGKILL)
    assert zinnia.recognise(STROKES["不"]) == ()
    assert zinnia.recognise(STROKES["不"])[0] == "不"


def test_the_next_citizen_has_another_process(zinnia: Zinnia) -> None:
    unused = zinnia.pid
    zinnia.fresh()
    assert zinnia.pid == unused  # it saw nothing
    zinnia.recognise(STROKES["不"])
    zinnia.fresh()
    assert zinnia.pid != unused
    with pytest.raises(ProcessLookupError):
        os.kill(unused, 0)


@pytest.mark.parametrize("lacking", ["LIBRARY", "MODEL"])
def test_without_the_library_or_its_model_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    monkeypatch.setattr(recogniser, lacking, recogniser.MODEL.with_name("none"))
    with pytest.raises(HandwritingMissing, match="install: apt-get install"):
        Zinnia()
