"""`bancheng led` at emulated boards of both kinds, over TCP and over a pty."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from PIL import Image
from typer.testing import CliRunner

from hub.admin import app
from tests.ports import free_port


class Emulated:
    """An emulated board, where it can be reached, and what it has shown."""

    def __init__(self, out: Path, kind: str, protocol: str) -> None:
        self.out, self.log = out, out / "said"
        out.mkdir()
        port = free_port()
        line = ["--tcp", f"127.0.0.1:{port}"] if kind == "tcp" else ["--pty"]
        program = (sys.executable, "-m", "display.led.emulator", *line, "--out", str(out), "--protocol", protocol)
        self.process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
        ready = json.loads(self._said().readline())
        self.url = f"socket://127.0.0.1:{port}" if kind == "tcp" else ready["pty"]

    def _said(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def shown(self) -> list[list[str]]:
        """Ends it; every picture that it has had."""
        self.process.terminate()
        said = self._said().read().splitlines()
        assert self.process.wait(timeout=10) == -15
        self._said().close()
        return [json.loads(line)["shown"] for line in said]


@pytest.fixture(params=["tcp onbon-bx6k", "pty lumen-cpower"])
def board(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Emulated]:
    emulated = Emulated(tmp_path / "board", *request.param.split())
    yield emulated
    if emulated.process.poll() is None:
        emulated.shown()


def typed(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["led", *words])
    return result.exit_code, result.output


@pytest.mark.e2e
def test_probing_finds_the_protocol_and_shows_nothing(board: Emulated):
    code, said = typed("probe", "--url", board.url, "--answer-s", "0.3")
    assert code == 0, said
    protocol = "lumen-cpower" if board.url.startswith("/") else "onbon-bx6k"
    assert f'protocol = "{protocol}"' in said
    assert "clock: differs; bancheng-led sets it" in said
    assert board.shown() == [[]]


@pytest.mark.e2e
def test_saying_shows_every_page_and_says_so(board: Emulated):
    code, said = typed("say", "机器故障，正在维修，请到二号窗口", "--url", board.url, "--seconds", "2")
    assert code == 0, said
    assert "acknowledged every page" in said
    with Image.open(board.out / "led.png") as picture:
        assert picture.size == (128 * 8, 32 * 8)
    pages = [page for page in board.shown() if any(page)]
    assert pages[0] == ["机器故障，正在维", "修，请到二号窗口"]


@pytest.mark.e2e
@pytest.mark.parametrize("board", ["tcp onbon-bx6k"], indirect=True)
def test_nobody_there_is_said_with_what_to_look_at(board: Emulated):
    board.shown()
    code, said = typed("probe", "--url", board.url, "--answer-s", "0.2")
    assert code == 2
    assert "check its power, cable and address" in said


def test_a_board_that_cannot_be_is_refused():
    result = CliRunner().invoke(app, ["led", "say", "好", "--url", "socket://127.0.0.1:1", "--size", "128x256"])
    assert "height_dots is 256; onbon-bx6k shows 1 to 5 lines" in str(result.exception)


def test_which_board_must_be_said_where_there_is_no_hall(tmp_path: Path):
    result = CliRunner().invoke(app, ["led", "probe", "--hall", str(tmp_path)])
    assert result.exit_code != 0
