from __future__ import annotations

from pathlib import Path

import pytest

from printers.machine import COMMANDS, Machine, UnknownCommand
from printers.roll import Fallen

ASB_ON, FENCE, CUT = b"\x1da\xff", b"\x1dr\x01", b"\x1dVB\x00"


class Host:
    """Somebody at the line: what it heard, and whether it was dropped."""

    def __init__(self, **abilities: object) -> None:
        self.heard = bytearray()
        self.dropped = 0
        self.fallen: list[Fallen] = []
        self.machine = Machine(Path(), 384, **abilities)  # type: ignore[arg-type]
        self.machine.works.roll.fell = self.fallen.append
        self.connect()

    def connect(self) -> None:
        self.machine.connect(self.heard.extend, self.drop)

    def drop(self) -> None:
        self.dropped += 1

    def rows(self) -> list[int]:
        return [len(one.dots) // one.stride for one in self.fallen]


@pytest.fixture
def host() -> Host:
    return Host()


def raster(rows: int) -> bytes:
    return b"\x1dv0\x00" + bytes((48, 0)) + rows.to_bytes(2, "little") + bytes((0xFF,)) * 48 * rows


@pytest.mark.parametrize("at", [0, 1, 8, 100, 8 + 48 * 4, 8 + 48 * 4 + 4])
def test_a_line_breaks_at_the_very_byte(host: Host, at: int) -> None:
    host.machine.obey(f"after {at} drop connection")
    host.machine.receive(raster(4) + CUT + b"\x00")
    assert (host.machine.received, host.dropped) == (at, 1)


def test_paper_that_ends_at_a_byte_has_what_came_before_it(host: Host) -> None:
    host.machine.obey(f"after {8 + 48 * 2} paper out")
    host.machine.receive(raster(4) + CUT)
    assert host.machine.works.roll.rows_printed == 2
    host.machine.obey("paper in")
    assert host.rows() == [2, 2]


def test_power_that_fails_takes_buffer_line_and_settings_with_it() -> None:
    host = Host(rows_per_s=100.0)
    host.machine.receive(ASB_ON + raster(4))
    host.machine.step(0.02)
    host.machine.obey("power cycle")
    assert host.dropped == 1
    host.connect()
    host.heard.clear()
    host.machine.obey("cover open")
    assert host.heard == b""
    host.machine.obey("cover closed")
    host.machine.receive(CUT)
    host.machine.step(1.0)
    assert host.rows() == [2]


def test_switched_off_it_serves_nobody(host: Host) -> None:
    host.machine.obey("power off")
    host.connect()
    host.machine.receive(b"\x10\x04\x01")
    assert (host.heard, host.dropped) == (b"", 2)


def test_what_changes_is_said_by_itself_once_that_was_asked_for(host: Host) -> None:
    host.machine.receive(ASB_ON)
    host.heard.clear()
    for command in ("cover open", "cover open", "cover closed"):
        host.machine.obey(command)
    assert host.heard == bytes.fromhex("38 00 00 00 10 00 00 00")


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_a_real_time_question_is_answered_at_once_wherever_it_stands(pieces: int) -> None:
    host = Host(rows_per_s=0.001)
    sent = raster(4)[:20] + b"\x10\x04\x01" + raster(1)
    for at in range(0, len(sent), pieces):
        host.machine.receive(sent[at : at + pieces])
    assert host.heard == b"\x12"


def test_answers_may_be_silent_half_late_nonsense_or_another_job_s(host: Host) -> None:
    said = []
    for command in ("silent on", "silent off", "half on", "half off", "answers held", "answers released", "say 0F"):
        host.heard.clear()
        host.machine.obey(command)
        if command not in ("say 0F", "answers released"):
            host.machine.receive(bytes.fromhex("1D 28 48 06 00 30 30 41 42 43 44"))
        said.append(bytes(host.heard))
    whole = bytes.fromhex("37 22 41 42 43 44 00")
    assert said == [b"", whole, whole[:3], whole, b"", whole, b"\x0f"]
    host.heard.clear()
    host.machine.obey("nonsense on")
    host.machine.receive(FENCE)
    assert len(host.heard) == 3
    assert not set(host.heard) & {0x00, 0x12}


def test_a_slow_printer_prints_as_time_passes() -> None:
    host = Host(rows_per_s=10.0)
    host.machine.receive(raster(8))
    printed = []
    for _ in range(3):
        host.machine.step(0.25)
        printed.append(host.machine.works.roll.rows_printed)
    assert printed == [2, 5, 7]


@pytest.mark.parametrize("line", ["make coffee", "after x cover open", "paper left many", "say zz", "after 3"])
def test_a_command_that_means_nothing_is_named(host: Host, line: str) -> None:
    with pytest.raises(UnknownCommand, match=line.split()[0]):
        host.machine.obey(line)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_is_listed_is_obeyed(host: Host, command: str) -> None:
    for word, value in {
        "ROWS_PER_S": "9",
        "ROWS": "9",
        "on|off": "on",
        "HEX": "00",
        "BYTES": "9",
        "COMMAND": "tear",
    }.items():
        command = command.replace(word, value)
    host.machine.obey(command)
