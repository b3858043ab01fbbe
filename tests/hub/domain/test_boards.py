"""What an LED board's entry in hall.toml may say."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain import boards
from hub.domain.hall import Board, contradictions
from tests.display.factories import hall

BOARD = Board(name="board-1", url="socket://board:5005")


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"height_dots": 96}, "onbon-bx6k shows 1 to 5 lines of 16 dots"),
        ({"height_dots": 8}, "height_dots is 8"),
        ({"width_dots": 64}, "need 96 at least"),
        ({"brightness": (50,) * 23}, "24 numbers from 0 to 100"),
        ({"brightness": (101,) * 24}, "24 numbers from 0 to 100"),
        ({"card": 255}, "card is 1 to 254"),
    ],
)
def test_what_a_board_cannot_be_is_said(changed: dict[str, object], wrong: str):
    (said,) = boards.mistakes(replace(BOARD, **changed))
    assert wrong in said


@pytest.mark.parametrize(("protocol", "height_dots"), [("onbon-bx6k", 80), ("onbon-bx5k", 128), ("lumen-cpower", 128)])
def test_as_many_lines_as_the_card_has_places_are_fine(protocol: str, height_dots: int):
    well = replace(BOARD, protocol=protocol, height_dots=height_dots, brightness=(0, 100) * 12)
    assert boards.mistakes(well) == []


def test_a_hall_names_the_board_and_its_mistake():
    described = replace(hall(), boards=(BOARD, BOARD, replace(BOARD, name="hoch", height_dots=96)))
    said = [one for one in contradictions(described) if "board" in one]
    assert said[0].startswith("board board-1") or "board-1" in said[0]
    assert any(one.startswith("board hoch: height_dots is 96") for one in said)
