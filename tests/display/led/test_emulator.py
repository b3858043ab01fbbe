"""The driver against the emulated board, over TCP and over a pty; a hall's notice as dots."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from display.board import Board
from display.led import frames
from display.led.dialects import dialect_of
from display.led.dots import Dots, Row
from display.led.driver import BoardFault, Driver
from display.led.layout import Layout
from display.led.line import connect
from display.led.onbon_card import OnbonCard
from hub.domain.hall import Board as BoardPlace
from hub.domain.words import Words
from tests.display.factories import MORNING, hall, picture
from tests.ports import free_port

NOTICE = "䶮𠮷路施工"
VENDORS = bytes.fromhex(
    "a5a5a5a5a5a5a5a5 feff0080000000000000fe022c00"
    "a306010000000123000000800000808020000000000a0000000002010100020a08000000bbb6d3adb9e2c1d9 3c495a"
)


class Emulated:
    """The emulator's process and a driver at its line."""

    def __init__(self, out: Path, kind: str, size: str, protocol: str) -> None:
        self.out = out
        self.port, self.control_port = free_port(), free_port()
        line = ["--tcp", f"127.0.0.1:{self.port}"] if kind == "tcp" else ["--pty"]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "display.led.emulator", *line, "--out", str(out), "--size", size),
                *("--protocol", protocol),
                *("--control", f"127.0.0.1:{self.control_port}"),
            ],
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        ready = self.told()
        url = f"socket://127.0.0.1:{self.port}" if kind == "tcp" else str(ready["pty"])
        width, height = (int(part) for part in size.split("x"))
        self.layout = Layout(width, height, Words("display", "zh_Hans"))
        board = BoardPlace(name="board", url=url, protocol=protocol, width_dots=width, height_dots=height)
        self.driver = Driver(lambda: connect(board), dialect_of(board))

    def told(self, timeout_s: float = 20) -> dict[str, Any]:
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], timeout_s)[0], "the emulator told nothing"
        return dict(json.loads(self.process.stdout.readline()))

    def shown(self, wanted: list[str]) -> None:
        """Steps the driver until the board shows these lines."""
        assert self.process.stdout is not None
        self.until(
            lambda: bool(select.select([self.process.stdout], [], [], 0)[0]) and self.told()["shown"] == wanted,
            f"the board never showed {wanted}; {self.driver.last_error}",
        )

    def until(self, there: Any, why: str) -> None:
        ends = time.monotonic() + 30
        while not there():
            assert time.monotonic() < ends, why
            self.driver.step(time.monotonic())
            select.select([], [], [], 0.02)

    def order(self, words: str) -> None:
        with socket.create_connection(("127.0.0.1", self.control_port), timeout=5) as control:
            control.sendall(words.encode())
            assert control.recv(100) == b"ok\n"

    def notice(self, text: str) -> list[str]:
        """Shows the page of a hall that has nothing but a notice; returns its lines."""
        view = Board(hall(services=())).view(
            picture(opened=(1, 2, 3, 4), bulletin=text), MORNING, 0, live=True, heard=MORNING
        )
        (page,) = self.layout.pages(view)
        self.driver.show(page)
        return [line.words for line in page] + [""] * (self.layout.rows - len(page))


@pytest.fixture(params=["tcp onbon-bx6k", "pty lumen-cpower"])
def emulated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Emulated]:
    kind, protocol = request.param.split()
    board = Emulated(tmp_path, kind, "128x32", protocol)
    yield board
    board.driver.close()
    board.process.terminate()
    board.process.wait(timeout=10)
    assert board.process.stdout is not None
    board.process.stdout.close()


@pytest.mark.e2e
@pytest.mark.parametrize(
    "emulated", ["tcp onbon-bx6k", "pty onbon-bx6k", "tcp lumen-cpower", "pty lumen-cpower"], indirect=True
)
def test_a_notice_with_rare_characters_stands_on_the_board_with_a_box_for_each(emulated: Emulated):
    lines = emulated.notice(NOTICE)
    emulated.shown(lines)
    assert lines == ["□□路施工", ""]
    dots = Image.open(emulated.out / "led.png").convert("L")
    assert dots.size == (128 * 8, 32 * 8)
    lit = [x for x in range(128) if any(dots.getpixel((x * 8 + 4, y * 8 + 4)) > 90 for y in range(16))]
    assert all(any(start <= x < start + 16 for x in lit) for start in range(0, 80, 16))
    assert max(lit) < 80
    emulated.until(lambda: emulated.driver.fault == BoardFault.NONE, "the answer was not understood")


@pytest.mark.e2e
def test_a_busy_board_shows_it_in_the_end(emulated: Emulated):
    emulated.order("busy")
    lines = emulated.notice("十点停电")
    emulated.until(lambda: emulated.driver.fault == BoardFault.REFUSES, "busy was not noticed")
    emulated.order("well")
    emulated.shown(lines)


@pytest.mark.e2e
def test_a_silent_board_is_reported_and_shows_again_by_itself(emulated: Emulated):
    emulated.shown(emulated.notice("上午办理"))
    emulated.order("silent")
    lines = emulated.notice("下午办理")
    emulated.until(lambda: emulated.driver.fault == BoardFault.SILENT, "silence was not noticed")
    emulated.order("well")
    emulated.shown(lines)
    emulated.until(lambda: emulated.driver.fault == BoardFault.NONE, "the board is well and nobody says so")


@pytest.mark.e2e
@pytest.mark.parametrize("emulated", ["tcp onbon-bx6k", "tcp lumen-cpower"], indirect=True)
def test_after_a_power_cut_the_page_comes_back_by_itself(emulated: Emulated):
    lines = emulated.notice("照常办理")
    emulated.shown(lines)
    emulated.order("power")
    emulated.shown([])
    emulated.shown(lines)


@pytest.mark.e2e
@pytest.mark.parametrize("emulated", ["tcp onbon-bx6k"], indirect=True)
def test_the_emulator_ends_when_told(emulated: Emulated):
    assert emulated.told() == {"shown": [], "brightness": 1.0, "worn": []}
    emulated.process.terminate()
    assert emulated.process.wait(timeout=5) == -15
    assert os.listdir(emulated.out) == ["led.png"]


def test_the_emulators_own_parser_reads_the_vendors_example_and_answers_as_the_vendor_does():
    card = OnbonCard()
    assert card.hear(VENDORS[:30], 0.0) == b""
    assert card.hear(VENDORS[30:], 0.0) == bytes.fromhex(
        "a5a5a5a5a5a5a5a5 0080feff000000000000fe020500 a000000000 14ac 5a"
    )
    assert [(row.x, row.y, row.width, row.height, row.words()) for row in card.rows()] == [(0, 0, 128, 32, "欢迎光临")]


def test_the_emulator_refuses_a_broken_frame_with_the_vendors_bytes():
    broken = bytearray(VENDORS)
    broken[60] ^= 1
    assert OnbonCard().hear(bytes(broken), 0.0) == bytes.fromhex(
        "a5a5a5a5a5a5a5a5 0080feff000000000000fe020500 a001050000 0551 5a"
    )


def test_an_area_that_is_not_refreshed_is_forgotten():
    area = frames.Area(area_id=0, x=0, y=0, width=128, height=16, text=b"A", timeout_s=30)
    card = OnbonCard()
    card.hear(frames.Frame(data=frames.DynamicText(areas=(area,)).to_data()).to_bytes(), 0.0)
    card.forget(29.0)
    assert len(card.rows()) == 1
    card.forget(31.0)
    assert card.rows() == []


def test_dots_stay_inside_their_area_and_take_their_colour():
    row = Row(x=0, y=16, width=32, height=16, parts=(((60, 230, 90), "号窗口"),))
    board = Dots(64, 32).plain([row])
    left, top, right, bottom = board.getbbox() or (0, 0, 0, 0)
    assert (top >= 16, right <= 32, bottom <= 32, left >= 0) == (True, True, True, True)
    assert {color for _, color in board.getcolors() or []} == {(0, 0, 0), (60, 230, 90)}
