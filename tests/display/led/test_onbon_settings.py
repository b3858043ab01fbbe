"""Onbon requests that show nothing, and the status with its two orders of weekday and hour."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from display.led import onbon_settings as settings
from display.led.frames import BadFrame
from display.led.onbon_settings import SetBrightness, SetClock, Status

AT = dt.datetime.fromisoformat("2026-11-23T09:41:07")
HEAD, TAIL = "a102000000 010c 2620 11 23", "02" + "00" * 35


@given(st.datetimes(dt.datetime.fromisoformat("2000-01-01"), dt.datetime.fromisoformat("2099-12-31")))
def test_every_clock_is_read_back(at: dt.datetime):
    clock = SetClock(at=at.replace(microsecond=0))
    assert settings.parse_set_clock(clock.to_data()) == clock


@pytest.mark.parametrize("level", range(16))
def test_every_brightness_is_read_back(level: int):
    assert settings.parse_set_brightness(SetBrightness(level=level).to_data()) == SetBrightness(level=level)


def test_brightness_ends_at_15():
    with pytest.raises(ValueError, match="0 to 15"):
        SetBrightness(level=16).to_data()


@pytest.mark.parametrize("times", ["09 41 07 01", "01 09 41 07"], ids=["as boards send it", "as the table has it"])
def test_a_status_is_read_wherever_its_weekday_stands(times: str):
    status = settings.parse_status(bytes.fromhex(HEAD + times + TAIL))
    assert status == Status(on=True, brightness=12, clock=AT, programs=2)


@pytest.mark.parametrize("times", ["09 41 07 05", "ff ff ff ff"])
def test_a_clock_that_is_none_is_none(times: str):
    assert settings.parse_status(bytes.fromhex(HEAD + times + TAIL)).clock is None


@pytest.mark.parametrize(
    ("parse", "bad"),
    [
        (settings.parse_status, b"\xa1\x02"),
        (settings.parse_set_clock, b"\xa2\x03\x01\x08\x00"),
        (settings.parse_set_clock, b"\xa2\x03\x01\x08\x00" + bytes(8)),
        (settings.parse_set_brightness, b"\xa3\x02"),
    ],
)
def test_what_is_none_of_them_is_refused(parse, bad: bytes):
    with pytest.raises(BadFrame):
        parse(bad)
