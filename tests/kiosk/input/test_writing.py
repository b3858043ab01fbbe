"""Keys into text: pinyin, signs, Latin, digits; what is composed is never lost on the way."""

from __future__ import annotations

import pytest

from kiosk.input.layouts import LAYOUTS, OF_STROKES, Key, Layout, packed, rows
from kiosk.input.means import Means
from kiosk.input.writing import Writing
from tests.kiosk.input.fakes import FakePinyin, FakeZinnia

MEANS = Means(FakePinyin(), FakeZinnia())


def key(text: str, layout: Layout = "pinyin") -> Key:
    keys = [*(one for row in LAYOUTS[layout] for one in row), *OF_STROKES]
    return next(one for one in keys if (one.text or one.does) == text)


def pressed(writing: Writing, *texts: str) -> Writing:
    for text in texts:
        writing.press(key(text, writing.layout))
    return writing


def test_space_takes_the_likeliest_candidate_and_otherwise_a_space() -> None:
    writing = pressed(Writing("", 10, MEANS), "w", "o", "space", "space")
    assert writing.text == "我 "


def test_a_sign_or_another_keyboard_takes_what_is_being_composed() -> None:
    assert pressed(Writing("", 10, MEANS), "w", "o", "，").text == "我，"
    writing = pressed(Writing("", 10, MEANS), "w", "o", "signs", "1", "？")
    assert writing.text == "我1？"
    assert writing.layout == "signs"


def test_finishing_keeps_letters_that_mean_nothing() -> None:
    writing = pressed(Writing("", 20, MEANS), *"chayigezi")
    assert writing.finish() == "差一个zi"
    assert writing.composition.empty


def test_erase_takes_letters_first_and_then_whole_characters() -> None:
    writing = pressed(Writing("䶮𠮷", 10, MEANS), "w", "erase", "erase")
    assert writing.text == "䶮"


def test_shift_gives_capitals_and_changing_the_keyboard_ends_it() -> None:
    writing = pressed(Writing("", 10, MEANS), "latin", "shift")
    writing.press(next(one for row in writing.rows for one in row if one.text == "A"))
    assert writing.text == "A"
    pressed(writing, "signs", "latin")
    assert not writing.upper


def test_nothing_is_written_beyond_the_limit() -> None:
    writing = pressed(Writing("12", 3, Means(), "digits"), "3", "4")
    assert writing.text == "123"
    assert writing.full


def test_without_the_library_the_other_keyboards_remain() -> None:
    writing = Writing("", 10, Means())
    assert writing.layout == "latin"
    assert not any(one.does in ("pinyin", "hand") for row in writing.rows for one in row)
    assert pressed(writing, "q").text == "q"
    assert pressed(Writing("", 10, Means(zinnia=FakeZinnia()), "hand"), "latin", "w").text == "w"


def drawn(writing: Writing, strokes: int = 1) -> Writing:
    for at in range(strokes):
        writing.handwriting.down(100 * at, 0)
        writing.handwriting.move(100 * at, 900)
        writing.handwriting.up()
    return writing


def by_hand(text: str = "") -> Writing:
    return Writing(text, 10, MEANS, "hand")


def test_a_character_drawn_is_picked_and_the_field_is_empty_for_the_next() -> None:
    writing = drawn(by_hand(), 2)
    assert writing.candidates == ("二", "2")
    writing.pick(0)
    assert (writing.text, writing.candidates, writing.composing) == ("二", (), False)


def test_a_sign_the_space_or_another_keyboard_takes_what_is_drawn() -> None:
    assert pressed(drawn(by_hand()), "，").text == "一，"
    assert pressed(drawn(by_hand()), "space").text == "一"
    assert pressed(drawn(by_hand(), 3), "pinyin").text == "三"


def test_strokes_that_are_no_character_write_nothing() -> None:
    writing = pressed(drawn(by_hand(), 9), "space", "。")
    assert writing.text == "。"


def test_erase_takes_the_strokes_first_and_then_the_character_before() -> None:
    writing = pressed(drawn(by_hand("䶮一"), 2), "erase")
    assert (writing.text, writing.handwriting.strokes) == ("䶮一", ())
    assert pressed(writing, "erase").text == "䶮"


def test_a_stroke_is_undone_and_all_of_them_are_written_anew() -> None:
    writing = pressed(drawn(by_hand(), 3), "undo")
    assert writing.candidates == ("二", "2")
    pressed(writing, "again")
    assert not writing.composing


def test_a_phrase_comes_after_what_is_being_composed() -> None:
    writing = pressed(Writing("", 10, MEANS), "w", "o")
    writing.say("来过多次")
    assert writing.text == "我来过多次"


def test_wiping_leaves_nothing() -> None:
    writing = drawn(pressed(Writing("王芳", 10, MEANS), "w", "o"))
    writing.wipe()
    assert (writing.text, writing.composition.letters, writing.composition.candidates) == ("", "", ())
    assert (writing.handwriting.strokes, writing.handwriting.candidates) == ((), ())


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_a_keyboards_keys_have_names_of_their_own(layout: Layout) -> None:
    names = [one.name for row in rows(layout) for one in row]
    assert len(names) == len(set(names))


def test_the_signs_are_full_width() -> None:
    signs = {one.text for row in LAYOUTS["signs"] for one in row}
    assert set("，。、？！：；“”（）《》") <= signs


def test_pages_begin_where_the_rows_before_are_full() -> None:
    assert packed([], 100, 10, 2) == []
    assert packed([50, 50], 100, 10, 2) == [0]
    assert packed([45, 45, 45, 45, 45], 100, 10, 2) == [0, 4]
    assert packed([200, 45], 100, 10, 1) == [0, 1]


def test_who_reads_traditional_characters_writes_them() -> None:
    writing = Writing("", 10, MEANS, language="zh_Hant")
    assert pressed(writing, "w", "o", "space").text == "臥"
    assert pressed(Writing("", 10, MEANS, language="en"), "w", "o", "space").text == "我"


def test_who_reads_traditional_characters_draws_them() -> None:
    assert pressed(drawn(Writing("", 10, MEANS, "hand", "zh_Hant"), 2), "space").text == "貳"
    assert pressed(drawn(Writing("", 10, MEANS, "hand", "en"), 2), "space").text == "二"
