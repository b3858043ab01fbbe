"""Lines and pages of boards of both sizes."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from display.board import Board, View
from display.led.layout import PAGE_S, Layout
from display.led.text import cells, shown
from hub.domain.words import Words
from hub.wire.messages import TicketCalled
from tests.display.factories import LONG_NAME, MORE_SERVICES, MORNING, case, hall, picture, ticket

SIZES = [(128, 32), (192, 64)]
BULLETIN = "公告：𠮷祥街因施工封闭，䶮山路的同志请于二〇二六年十二月一日前到2号窗口办理。"


def layout(size: tuple[int, int]) -> Layout:
    return Layout(*size, Words("display", "zh_Hans"))


def view(*called: int, live: bool = True, services=MORE_SERVICES[:3], **seen: object) -> View:
    board = Board(hall(services=services))
    picture_ = picture(ticket("F", 20), ticket("F", 21), ticket("A", 5, "register"), **seen)
    for number in called:
        board.apply(TicketCalled(ticket=ticket("F", number, window=3, called=MORNING)), MORNING, MORNING, 0.0)
    return board.view(picture_, MORNING + dt.timedelta(seconds=1), 1.0, live=live, heard=MORNING)


def words(page) -> list[str]:
    return [line.words for line in page]


@pytest.mark.parametrize("size", SIZES)
def test_a_call_pre_empts_every_page_for_eight_seconds(size: tuple[int, int]):
    page = layout(size).page(view(12), 1.0)
    assert words(page) == ["F012请到3号窗口"]
    assert cells("F012请到3号窗口") * 8 == 120
    assert page[0].color == "call"
    still = Board(hall())
    still.apply(TicketCalled(ticket=ticket("F", 12, window=3, called=MORNING)), MORNING, MORNING, 0.0)
    later = still.view(picture(), MORNING, 8.0, live=True, heard=MORNING)
    assert all(line.color != "call" for line in layout(size).page(later, 8.0))


def test_as_many_calls_stand_as_the_board_has_lines():
    assert words(layout((192, 64)).page(view(1, 2, 3), 1.0)) == [
        "F003请到3号窗口",
        "F002请到3号窗口",
        "F001请到3号窗口",
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("services", [MORE_SERVICES[:3], MORE_SERVICES])
@pytest.mark.parametrize("live", [True, False])
def test_no_line_is_wider_than_the_board_and_nothing_is_lost(size: tuple[int, int], services, live: bool):
    cases = tuple(case(number, "accepted") for number in range(1, 9))
    shown_ = view(live=live, services=services, cases=cases, opened=(), bulletin=BULLETIN)
    pages = layout(size).pages(shown_)
    assert all(len(page) <= size[1] // 16 for page in pages)
    assert all(cells(line) * 8 <= size[0] for page in pages for line in words(page))
    everything = "".join(line for page in pages for line in words(page))
    for wanted in (*(service.name for service in services), shown(BULLETIN), "0008承办单位办理", "各窗口暂停服务"):
        assert wanted in everything
    assert ("数据截至 09:42" in everything) is not live


def test_pages_turn_every_five_seconds():
    board, seen = layout((128, 32)), view()
    turned = [board.page(seen, PAGE_S * step + late) for step in range(len(board.pages(seen))) for late in (0.0, 4.9)]
    assert turned[0::2] == turned[1::2] == board.pages(seen)
    assert len(set(turned)) == len(board.pages(seen)) > 2


def test_waiting_stands_with_the_name_of_its_service():
    assert words(layout((128, 32)).pages(view())[0]) == ["办不成事反映", "等2人约7-25分"]


@pytest.mark.rule("R8")
def test_paused_windows_are_on_a_page():
    assert any("4号窗口暂停服务" in words(page) for page in layout((128, 32)).pages(view()))


@pytest.mark.rule("R67")
def test_a_window_where_something_is_broken_is_on_a_page():
    pages = layout((192, 32)).pages(replace(view(), faulty=(2,)))
    assert any("2号窗口机器故障，正在维修" in "".join(words(page)) for page in pages)


@pytest.mark.parametrize(("number", "window", "said"), [(12, 3, "F012请到3号窗口"), (12, 123, "F012到123号窗")])
def test_a_call_too_wide_for_the_board_is_said_shortly_and_never_broken(number: int, window: int, said: str):
    board = Board(hall())
    board.apply(TicketCalled(ticket=ticket("F", number, window=window, called=MORNING)), MORNING, MORNING, 0.0)
    seen = board.view(picture(), MORNING, 1.0, live=True, heard=MORNING)
    assert words(layout((128, 32)).page(seen, 1.0)) == [said]


def test_a_long_name_is_broken_between_its_words_signs():
    pages = layout((128, 32)).pages(view(services=MORE_SERVICES))
    lines = [line for page in pages for line in words(page)]
    at = lines.index("不动产登记综合受")
    assert "".join(lines[at : at + 3]) == LONG_NAME
