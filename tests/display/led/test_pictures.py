"""Every page of every layout as dots: both boards show the same, whole, and nothing leaves its line."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from display.board import Board as Model, View
from display.led import text
from display.led.dialect import Page
from display.led.dialects import dialect_of
from display.led.dots import Dots
from display.led.emulator import card_of
from display.led.layout import Layout
from hub.domain.hall import Board
from hub.domain.words import Words
from hub.wire.messages import TicketCalled
from tests.display.factories import MORE_SERVICES, MORNING, case, hall, picture, ticket

SIZES = [(128, 32), (192, 64), (256, 48), (96, 16)]
BULLETIN = "公告：𠮷祥街因施工封闭，䶮山路的同志请于二〇二六年十二月一日前到2号窗口办理。"


def view(rows: int, *called: int) -> View:
    model = Model(hall(services=MORE_SERVICES), places=min(3, rows))
    for number in called:
        model.apply(TicketCalled(ticket=ticket("F", number, window=3, called=MORNING)), MORNING, MORNING, 0.0)
    seen = picture(
        ticket("F", 20),
        ticket("A", 5, "register"),
        cases=tuple(case(number, "accepted") for number in range(1, 9)),
        bulletin=BULLETIN,
    )
    return model.view(seen, MORNING, 1.0, live=False, heard=MORNING)


def pages(size: tuple[int, int]) -> list[Page]:
    layout = Layout(*size, Words("display", "zh_Hans"))
    return [*layout.pages(view(layout.rows)), layout.page(view(layout.rows, 1, 2, 3), 1.0)]


def shown(page: Page, size: tuple[int, int], protocol: str) -> tuple[list[str], Image.Image]:
    """The lines that the emulated card has, and its dots, dark or lit."""
    board = Board(name="b", url="socket://b:1", protocol=protocol, width_dots=size[0], height_dots=size[1])
    card = card_of(board.protocol, network=True)
    card.hear(dialect_of(board).page(page, anew=True), 0.0)
    lit = Dots(*size).plain(card.rows()).convert("L").point(lambda level: 255 if level else 0)
    return [row.words().rstrip() for row in card.rows()], lit


@pytest.mark.parametrize("size", SIZES)
def test_both_boards_show_every_page_whole_and_alike(size: tuple[int, int]):
    for page in pages(size):
        wanted = [text.shown(line.words) for line in page]
        wanted += [""] * (size[1] // text.LINE_DOTS - len(page))
        onbon, dots = shown(page, size, "onbon-bx6k")
        lumen, same = shown(page, size, "lumen-cpower")
        assert onbon == lumen == wanted
        assert ImageChops.difference(dots, same).getbbox() is None
        for row, words in enumerate(wanted):
            ink = dots.crop((0, row * 16, size[0], row * 16 + 16)).getbbox()
            assert (ink is not None) == bool(words)
            assert ink is None or ink[2] <= text.cells(words) * text.CELL


@pytest.mark.parametrize("size", SIZES)
def test_a_dimmed_board_is_darker_and_still_to_be_read(size: tuple[int, int]):
    card = card_of("onbon-bx6k", network=True)
    board = Board(name="b", url="socket://b:1", width_dots=size[0], height_dots=size[1])
    card.hear(dialect_of(board).page(pages(size)[0], anew=True), 0.0)
    dots = Dots(*size)
    bright, dim = (dots.light(card.rows(), level).convert("L").getextrema()[1] for level in (1.0, 0.0))
    assert 60 < dim < bright
