"""Composing: letters, candidates, what is picked and what stays. The decoder is a small fake."""

from __future__ import annotations

import pytest

from kiosk.input.composition import MOST_LETTERS, Candidate, Composition

KNOWN = {
    "fangan": (Candidate(text="方案", letters=6), Candidate(text="房", letters=4)),
    "an": (Candidate(text="案", letters=2),),
    "xi'an": (Candidate(text="西安", letters=5), Candidate(text="系", letters=2)),
    "an'": (Candidate(text="案", letters=2),),
}


def search(letters: str) -> tuple[Candidate, ...]:
    return KNOWN.get(letters, ())


def typed(letters: str) -> Composition:
    composition = Composition(search)
    for letter in letters:
        assert composition.type(letter)
    return composition


def test_what_is_picked_comes_out_and_the_rest_is_read_anew() -> None:
    composition = typed("fangan")
    assert composition.pick(1) == "房"
    assert composition.letters == "an"
    assert composition.pick(0) == "案"
    assert composition.empty
    assert composition.candidates == ()


def test_an_apostrophe_does_not_stay_in_front_of_the_rest() -> None:
    composition = typed("xi'an")
    composition.pick(1)
    assert composition.letters == "an"


def test_an_apostrophe_needs_a_letter_before_it() -> None:
    composition = Composition(search)
    assert not composition.type("'")
    composition.type("x")
    assert composition.type("'")
    assert not composition.type("'")


def test_space_picks_the_likeliest_or_the_letters_themselves() -> None:
    assert typed("fangan").pick_first() == "方案"
    composition = typed("vvv")
    assert composition.pick_first() == "vvv"
    assert composition.empty


def test_erasing_takes_letters_back_one_by_one() -> None:
    composition = typed("an")
    assert composition.erase()
    assert composition.letters == "a"
    assert composition.erase()
    assert not composition.erase()


def test_letters_beyond_what_the_decoder_reads_are_not_taken() -> None:
    composition = typed("a" * MOST_LETTERS)
    assert composition.full
    assert not composition.type("a")


@pytest.mark.parametrize("letter", ["A", "1", "，", ""])
def test_only_letters_and_the_apostrophe_compose(letter: str) -> None:
    assert not Composition(search).type(letter)


def test_picking_what_is_not_there_raises() -> None:
    with pytest.raises(IndexError):
        Composition(search).pick(0)
