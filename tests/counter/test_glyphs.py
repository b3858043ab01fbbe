"""Every character a citizen typed stands on the screen, or its code does."""

from __future__ import annotations

import pytest

from counter.screens.glyphs import readable
from tests.demo.complaints import complaints


@pytest.mark.parametrize("hall", ["shanting", "yueyang"])
def test_every_complaint_is_shown_to_the_letter(hall: str) -> None:
    for one in complaints(hall):
        assert readable(one.text) == one.text
        assert readable(one.name) == one.name


def test_rare_and_traditional_characters_are_drawn() -> None:
    assert readable("䶮𠮷龑骨直角麼裏甚") == "䶮𠮷龑骨直角麼裏甚"


def test_what_no_font_has_is_named_and_not_dropped() -> None:
    assert readable("姓\U000323af。") == "姓〔U+323AF〕。"
    assert readable("a\u200bb") == "a〔U+200B〕b"


def test_a_variant_is_shown_in_its_usual_shape() -> None:
    assert readable("葛\U000e0100飾") == "葛飾"


def test_lines_stay_lines() -> None:
    assert readable("一\r\n二\r三\t四") == "一\n二\n三　四"
