"""A pad's table in a hall's file: what cannot work is refused with the key that is wrong."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain import pads
from hub.domain.hall import Scanner, contradictions
from hub.domain.pads import NotAFrame, Pad, read_frame, read_pattern
from tests.factories import a_hall, a_policy

GOOD = {"01": "satisfied", "02": "unsatisfied"}


def wrong(terminal: str = "window-3", **said: object) -> list[str]:
    pad = Pad(**{"url": "/dev/serial/by-id/pad", "presses": GOOD, **said})  # type: ignore[arg-type]
    hall = a_hall()
    with_pad = tuple(replace(one, pad=pad) if one.name == terminal else one for one in hall.terminals)
    return contradictions(replace(hall, terminals=with_pad))


def test_a_pad_with_a_whole_table_stands_at_a_window() -> None:
    assert wrong() == []
    assert wrong(presses={"AA 01 ?? 55": "satisfied", "AA 02 ?? 55": "unsatisfied"}, prompt="A1 00") == []


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"url": ""}, "pad.url is empty"),
        ({"baud": 0}, "pad.baud is 0"),
        ({"within_s": 4}, "pad.within_s is 4"),
        ({"within_s": 601}, "pad.within_s is 601"),
        ({"presses": {}}, "pad.presses is empty"),
        ({"presses": {"": "satisfied"}}, 'pad.presses."" is no frame'),
        ({"presses": {"A": "satisfied"}}, "pad.presses.\"A\" is no frame: 'A' is no byte"),
        ({"presses": {"0xAA": "satisfied"}}, 'pad.presses."0xAA" is no frame'),
        ({"presses": {"ZZ": "satisfied"}}, 'pad.presses."ZZ" is no frame'),
        ({"presses": {"?? 01": "satisfied"}}, 'pad.presses."?? 01" is no frame: its first byte cannot be ??'),
        ({"presses": {"AA " * 65: "satisfied"}}, "it has 1 to 64 bytes"),
        ({"presses": {"AA ??": "satisfied", "AA 02": "unsatisfied"}}, 'presses."AA ??" and presses."AA 02" cannot be'),
        ({"presses": {"AA": "satisfied", "AA 02": "unsatisfied"}}, 'presses."AA" and presses."AA 02" cannot be told'),
        ({"prompt": "A1 ??"}, 'pad.prompt "A1 ??" is no frame: what is sent has no ??'),
        ({"prompt": "hello"}, 'pad.prompt "hello" is no frame'),
    ],
)
def test_a_broken_table_is_refused_with_its_key(said: dict[str, object], names: str) -> None:
    (told,) = wrong(**said)
    assert told.startswith("terminal window-3: pad.")
    assert names in told


def test_a_pad_stands_nowhere_but_at_a_window() -> None:
    assert wrong("kiosk-1") == ["terminal kiosk-1: pad stands at a kiosk, but cases are closed and rated at a window"]


def test_a_scanner_stands_at_a_kiosk_or_a_window() -> None:
    hall = a_hall()

    def told(role: str) -> list[str]:
        scanning = tuple(
            replace(one, scanner=Scanner(url="/dev/ttyACM0")) if one.role == role else one for one in hall.terminals
        )
        return contradictions(replace(hall, terminals=scanning))

    assert told("kiosk") == told("window") == []
    assert all("has a scanner" in one for one in told("supervisor"))
    assert told("supervisor")


def test_a_level_that_the_scale_has_not_is_found() -> None:
    pad = Pad(url="/dev/x", presses={"01": "satisfied", "02": "splendid", "03": "splendid"})
    assert pads.unknown_levels(pad, a_policy()) == ("splendid",)


def test_frames_are_read_as_they_are_written() -> None:
    assert read_pattern("aa ?? 55") == (0xAA, None, 0x55)
    assert read_frame("A1 00 5a") == b"\xa1\x00\x5a"
    with pytest.raises(NotAFrame):
        read_frame("")
