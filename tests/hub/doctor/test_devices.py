"""Each device asked in its own language, by emulators; what a running program holds is left alone."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.doctor import devices
from hub.doctor.checks import Check
from hub.domain.hall import Board, Terminal
from hub.domain.pads import Pad
from hub.domain.printer import Printer
from printers.connection import open_line
from printers.spool import Spool
from tests.factories import a_policy
from tests.ports import free_port
from tests.printers.conftest import EmulatedPrinter

KIOSK = Terminal(name="kiosk-1", role="kiosk")


@pytest.fixture
def emulated(tmp_path: Path) -> Iterator[EmulatedPrinter]:
    made = EmulatedPrinter(tmp_path / "paper")
    yield made
    made.close()


def printer(emulated: EmulatedPrinter, spool: Path = Path("/nowhere/spool.db")) -> Check:
    (found,) = devices.printer(emulated.printer, KIOSK, spool, own=True)
    return found


@pytest.mark.e2e
def test_a_printer_says_of_itself_how_it_is(emulated: EmulatedPrinter) -> None:
    assert printer(emulated).state == "well"
    emulated.tell("near end")
    assert (printer(emulated).state, "near the end" in printer(emulated).what) == ("warns", True)
    emulated.tell("paper out")
    assert (printer(emulated).state, printer(emulated).remedy) == ("broken", "put in a new roll")
    emulated.tell("paper in")
    emulated.tell("cover open")
    assert (printer(emulated).state, printer(emulated).remedy) == ("broken", "close it")


@pytest.mark.e2e
def test_a_printer_that_a_kiosk_uses_is_not_spoken_to(emulated: EmulatedPrinter, tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db", bytes(32))
    heard = emulated.tell("status")["received"]
    found = printer(emulated, tmp_path / "spool.db")
    assert (found.state, "in use by kiosk-1" in found.what) == ("well", True)
    assert emulated.tell("status")["received"] == heard
    spool.close()
    assert printer(emulated, tmp_path / "spool.db").what.startswith("ready")


def test_a_printer_that_nobody_reaches_has_a_remedy() -> None:
    away = Printer(name="receipt-1", url=f"socket://127.0.0.1:{free_port()}")
    (found,) = devices.printer(away, KIOSK, Path("/nowhere"), own=True)
    assert (found.state, found.remedy) == ("broken", "check its power and cable, and its url in hall.toml")


# --- lines: scanners and pads


@pytest.fixture
def line() -> Iterator[str]:
    own, other = os.openpty()
    tty.setraw(other)
    yield os.ttyname(other)
    os.close(own)
    os.close(other)


def scanner(url: str, *, own: bool = True) -> Check:
    (found,) = devices.line("scanner", url, 9600, KIOSK, own=own)
    return found


def test_a_line_that_opens_is_well_and_one_in_use_is_left_alone(line: str) -> None:
    assert scanner(line).what.startswith("its line at")
    held = open_line(line, 9600)
    assert (scanner(line).state, "in use" in scanner(line).what) == ("well", True)
    held.close()


def test_a_device_that_is_not_plugged_in_is_broken_on_its_own_machine_and_a_warning_elsewhere() -> None:
    away = "/dev/serial/by-id/none"
    assert scanner(away).state == "broken"
    assert "/dev/serial/by-id" in scanner(away).remedy
    elsewhere = scanner(away, own=False)
    assert (elsewhere.state, elsewhere.remedy) == (
        "warns",
        "on the machine of kiosk-1: bancheng doctor --terminal kiosk-1",
    )


def test_a_line_over_the_network_that_nobody_has_is_broken() -> None:
    assert scanner(f"socket://127.0.0.1:{free_port()}").state == "broken"
    assert scanner("nonsense://").state == "broken"


def test_a_pad_whose_keys_mean_nothing_is_broken() -> None:
    pad = Pad(url="/dev/x", presses={"01": "satisfied", "02": "splendid"})
    (found,) = devices.pad_levels(Terminal(name="window-3", role="window", pad=pad), a_policy())
    assert (found.state, "splendid" in found.what, "satisfied" in found.remedy) == ("broken", True, True)
    assert list(devices.pad_levels(KIOSK, a_policy())) == []


# --- LED boards


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    port, control = free_port(), free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "display.led.emulator", "--tcp", f"127.0.0.1:{port}"),
            *("--out", str(tmp_path), "--size", "128x32", "--control", f"127.0.0.1:{control}"),
        ],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], 20)[0], "the emulator told nothing"
    process.stdout.readline()
    yield Board(name="board-1", url=f"socket://127.0.0.1:{port}")
    process.kill()
    process.wait()
    process.stdout.close()


def led(one: Board) -> Check:
    (found,) = devices.board(one, Terminal(name="led", role="display"), own=True)
    return found


@pytest.mark.e2e
def test_a_board_is_greeted_and_answers(board: Board) -> None:
    assert led(board).state == "well"


@pytest.mark.e2e
def test_a_board_that_is_away_or_says_nothing_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "ANSWER_S", 0.3)
    assert led(Board(name="board-1", url=f"socket://127.0.0.1:{free_port()}")).state == "broken"
    with socket.create_server(("127.0.0.1", 0)) as mute:
        found = led(Board(name="board-1", url=f"socket://127.0.0.1:{mute.getsockname()[1]}"))
    assert (found.state, found.what) == ("broken", "no answer")
