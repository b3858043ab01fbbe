"""Keys into text: pinyin, signs, Latin, digits; what is composed is never lost on the way."""

from __future__ import annotations

import pytest

from kiosk.input.composition import Candidate
from kiosk.input.layouts import LAYOUTS, Key, Layout, packed, rows
from kiosk.input.writing import Writing


def search(letters: str) -> tuple[Candidate, ...]:
    known = {"wo": (Candidate(text="我", letters=2),), "chayigezi": (Candidate(text="差一个", letters=7),)}
    return known.get(letters, ())


def key(text: str, layout: Layout = "pinyin") -> Key:
    keys = [one for row in LAYOUTS[layout] for one in row]
    return next(one for one in keys if (one.text or one.does) == text)


def pressed(writing: Writing, *texts: str) -> Writing:
    for text in texts:
        writing.press(key(text, writing.layout))
    return writing


def test_space_takes_the_likeliest_candidate_and_otherwise_a_space() -> None:
    writing = pressed(Writing("", 10, search), "w", "o", "space", "space")
    assert writing.text == "我 "


def test_a_sign_or_another_keyboard_takes_what_is_being_composed() -> None:
    assert pressed(Writing("", 10, search), "w", "o", "，").text == "我，"
    writing = pressed(Writing("", 10, search), "w", "o", "signs", "1", "？")
    assert writing.text == "我1？"
    assert writing.layout == "signs"


def test_finishing_keeps_letters_that_mean_nothing() -> None:
    writing = pressed(Writing("", 20, search), *"chayigezi")
    assert writing.finish() == "差一个zi"
    assert writing.composition.empty


def test_erase_takes_letters_first_and_then_whole_characters() -> None:
    writing = pressed(Writing("䶮𠮷", 10, search), "w", "erase", "erase")
    assert writing.text == "䶮"


def test_shift_gives_capitals_and_changing_the_keyboard_ends_it() -> None:
    writing = pressed(Writing("", 10, search), "latin", "shift")
    writing.press(next(one for row in writing.rows for one in row if one.text == "A"))
    assert writing.text == "A"
    pressed(writing, "signs", "latin")
    assert not writing.upper


def test_nothing_is_written_beyond_the_limit() -> None:
    writing = pressed(Writing("12", 3, None, "digits"), "3", "4")
    assert writing.text == "123"
    assert writing.full


def test_without_the_library_the_other_keyboards_remain() -> None:
    writing = Writing("", 10, None)
    assert writing.layout == "latin"
    assert not any(one.does == "pinyin" for row in writing.rows for one in row)
    assert pressed(writing, "q").text == "q"


def test_wiping_leaves_nothing() -> None:
    writing = pressed(Writing("王芳", 10, search), "w")
    writing.wipe()
    assert (writing.text, writing.composition.letters) == ("", "")


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_a_keyboards_keys_have_names_of_their_own(layout: Layout) -> None:
    names = [one.name for row in rows(layout, pinyin=True) for one in row]
    assert len(names) == len(set(names))


def test_the_signs_are_full_width() -> None:
    signs = {one.text for row in LAYOUTS["signs"] for one in row}
    assert set("，。、？！：；“”（）《》") <= signs


def test_pages_begin_where_the_rows_before_are_full() -> None:
    assert packed([], 100, 10, 2) == []
    assert packed([50, 50], 100, 10, 2) == [0]
    assert packed([45, 45, 45, 45, 45], 100, 10, 2) == [0, 4]
    assert packed([200, 45], 100, 10, 1) == [0, 1]
