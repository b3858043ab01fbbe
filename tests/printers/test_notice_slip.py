"""What stands on the one-time notice that a citizen takes home."""

from __future__ import annotations

import pytest

from printers.papers import reprinted, slip_of
from printers.slip import Field, Line, Stamp
from tests.printers import factories


def lines(language: str = "zh_Hans") -> list[str]:
    return [block.text for block in slip_of(factories.a_notice(language)).blocks if isinstance(block, Line)]


@pytest.mark.rule("R52")
def test_every_material_stands_there_with_a_box_to_tick_in_the_words_of_the_list() -> None:
    assert [text for text in lines() if text.startswith("□")] == [
        f"□ {at}. {name}" for at, name in enumerate(factories.MATERIALS, 1)
    ]


@pytest.mark.rule("R52", "R6")
def test_the_parts_follow_and_then_where_to_ask() -> None:
    fields = [block for block in slip_of(factories.a_notice()).blocks if isinstance(block, Field)]
    assert [one.label for one in fields] == ["办理依据", "办理流程", "办理时限", "办理地点"]
    assert fields[-1].text.startswith("登记一室")


def test_it_says_which_version_it_is_and_when_it_was_printed() -> None:
    assert "第 3 版，2026-11-23 09:31 打印" in lines()


def test_a_foreigner_reads_it_and_so_do_the_staff() -> None:
    text = lines("en")
    assert "What to bring" in text
    assert "需要的材料" in text


def test_the_same_again_is_marked() -> None:
    again = reprinted(factories.a_notice(), factories.KEYS)
    assert [block.text for block in slip_of(again).blocks if isinstance(block, Stamp)] == ["补打"]
