"""`bancheng printer probe`, on emulated printers: what it shows, what it proposes, how it ends."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from PIL import Image
from typer.testing import CliRunner

from hub import printer_admin
from hub.admin import app
from hub.config import BadHall, hall_template
from hub.domain.printer import Printer, mistakes
from tests.printers import factories
from tests.printers.conftest import EmulatedPrinter

pytestmark = pytest.mark.e2e

Emulate = Callable[..., EmulatedPrinter]


@pytest.fixture
def emulate(tmp_path: Path) -> Iterator[Emulate]:
    running: list[EmulatedPrinter] = []

    def start(*options: str, pty: bool = False) -> EmulatedPrinter:
        running.append(EmulatedPrinter(tmp_path / f"paper-{len(running)}", *options, pty=pty))
        return running[-1]

    yield start
    for one in running:
        one.close()


def probe(*words: str, typed: str = "") -> Result:
    asked = ["printer", "probe", "--answer-s", "0.3", *words]
    result = CliRunner().invoke(app, asked, input=typed, env={"COLUMNS": "200"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def proposed(result: Result) -> dict[str, Any]:
    """The table to write, as the hall's file is read."""
    (said,) = tomllib.loads(result.output[result.output.index("[[printers]]") :])["printers"]
    assert mistakes(Printer(**said)) == []
    return said


def test_a_printer_on_the_network_is_known_and_its_table_proposed(emulate: Emulate) -> None:
    emulator = emulate()
    result = probe("--url", emulator.url)
    assert result.exit_code == 0
    assert "EMULATOR-576" in result.output
    usual = {"name": "receipt-1", "url": emulator.url, "paper_mm": 80, "confirmation": "process_id"}
    assert proposed(result) == usual
    assert emulator.tell("status")["printed"] == 0, "nobody was there to read a ruler"


def test_the_width_is_read_off_a_ruler_by_who_is_there(emulate: Emulate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printer_admin, "_somebody_is_there", lambda: True)
    emulator = emulate("--width-dots", "384")
    result = probe("--url", emulator.url, typed="many\n47\n48\n")
    assert proposed(result)["paper_mm"] == 58
    assert "look again" in result.output
    assert emulator.tell("wait printed 64")["printed"] >= 64
    assert "paper_mm = 80" in probe("--url", emulator.url, "--no-paper").output


def test_a_serial_printer_is_found_at_its_own_rate(emulate: Emulate) -> None:
    emulator = emulate(pty=True)
    result = probe("--url", emulator.url)
    assert result.exit_code == 0
    assert proposed(result)["baud"] == 115200


def test_a_hall_s_only_printer_needs_no_name(emulate: Emulate, tmp_path: Path) -> None:
    emulator = emulate()
    template = hall_template("shanting").decode().replace("socket://127.0.0.1:19100", emulator.url)
    (tmp_path / "hall.toml").write_text(template)
    for words in ((), ("--printer", "receipt-1"), ("--terminal", "kiosk-1")):
        result = probe("--hall", str(tmp_path), *words)
        assert result.exit_code == 0
        assert f"receipt-1 at {emulator.url}" in result.output


def test_a_terminal_without_a_printer_is_told_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_bytes(hall_template("shanting"))
    with pytest.raises(BadHall, match=r"window-1 has no printer in hall\.toml; give --printer or --url"):
        probe("--hall", str(tmp_path), "--terminal", "window-1")


def test_of_several_printers_one_must_be_named(tmp_path: Path) -> None:
    more = b'\n[[printers]]\nname = "receipt-2"\nurl = "/dev/usb/lp0"\n'
    (tmp_path / "hall.toml").write_bytes(hall_template("shanting") + more)
    with pytest.raises(BadHall, match=r"hall\.toml has receipt-1, receipt-2; give --printer NAME"):
        probe("--hall", str(tmp_path))


def test_an_address_that_cannot_be_one_is_refused_with_the_remedy() -> None:
    with pytest.raises(BadHall, match="it is socket://HOST:PORT, and printers listen on 9100"):
        probe("--url", "socket://10.0.0.7")


def test_a_printer_without_paper_is_told_how_to_be_helped(emulate: Emulate) -> None:
    emulator = emulate()
    emulator.tell("paper out")
    result = probe("--url", emulator.url)
    assert result.exit_code == 1
    assert "put in a new roll; then probe again" in result.output
    assert "[[printers]]" not in result.output


def test_a_printer_that_confirms_nothing_is_said_to_be_a_bad_choice(emulate: Emulate) -> None:
    emulator = emulate("--without", "process_id", "--without", "fence")
    result = probe("--url", emulator.url)
    assert result.exit_code == 1
    assert proposed_confirmation(result) == "none"
    assert "every receipt will count as unknown" in result.output


def proposed_confirmation(result: Result) -> str:
    return next(line for line in result.output.splitlines() if line.startswith("confirmation")).split('"')[1]


def test_where_nobody_answers_the_command_ends_with_2(emulate: Emulate) -> None:
    emulator = emulate()
    emulator.tell("silent on")
    silent = probe("--url", emulator.url)
    assert silent.exit_code == 2
    assert "Nobody answers" in silent.output
    nobody = probe("--url", f"socket://127.0.0.1:{factories.free_port()}")
    assert nobody.exit_code == 2
    assert "check its power and cable" in nobody.output


def test_a_ruler_comes_out_as_it_was_drawn(emulate: Emulate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printer_admin, "_somebody_is_there", lambda: True)
    emulator = emulate()
    assert proposed(probe("--url", emulator.url, typed="72\n"))["paper_mm"] == 80
    emulator.tell("wait printed 64")
    emulator.tell("tear")
    with Image.open(emulator.out / "receipt-001.png") as paper:
        assert paper.convert("1").histogram()[0] > 1000
