from __future__ import annotations

from hypothesis import given, strategies as st

from printers.typeset import CLOSING, OPENING, break_lines


def test_a_closing_mark_never_begins_a_line() -> None:
    assert break_lines("一二三四，五六", 4, len) == ["一二三", "四，五六"]


def test_an_opening_mark_never_ends_a_line() -> None:
    assert break_lines("一二三（四五）", 4, len) == ["一二三", "（四五）"]


def test_a_number_keeps_its_unit() -> None:
    assert break_lines("最迟在12月1日", 5, len) == ["最迟在", "12月1日"]
    assert break_lines("一共来过 25 趟", 8, len) == ["一共来过", "25 趟"]


def test_a_word_longer_than_the_paper_is_cut_rather_than_lost() -> None:
    assert break_lines("ABCDEFGHIJ", 4, len) == ["ABCD", "EFGH", "IJ"]


@given(st.text(alphabet="办不成事（）“”，。；、 A1234-䶮𠮷", max_size=60), st.integers(1, 12))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = break_lines(text, width, len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= width for line in lines)


@given(st.text(alphabet="办不成事（），。", min_size=1, max_size=40))
def test_marks_stand_right_on_lines_wide_enough(text: str) -> None:
    runs = max((len(run) for run in text.replace("办", " ").replace("不", " ").split()), default=0)
    lines = break_lines(text, runs + 4, len)
    assert all(line[0] not in CLOSING for line in lines[1:])
    assert all(line[-1] not in OPENING for line in lines[:-1])


def test_an_english_word_stays_whole_with_its_marks() -> None:
    assert break_lines("it can't (be) done, now.", 8, len) == ["it can't", "(be)", "done,", "now."]
    assert break_lines("办理 30\u00a0November 前", 11, len) == ["办理", "30\u00a0November", "前"]


def test_a_space_at_the_end_of_a_full_line_does_not_begin_the_next() -> None:
    assert break_lines("four five six", 4, len) == ["four", "five", "six"]
