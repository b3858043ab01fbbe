"""What a part of the hall hears."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from display.voice import Voice
from display.voice.announcer import CLIPS_LACK, TRY_AGAIN_S, Announcer
from display.voice.clips import needed
from display.voice.sound import RATE_HZ, Sound, chime
from hub.domain.loudspeaker import Loudspeaker, Quiet
from tests.display.factories import MORNING, hall
from tests.display.voice.test_clips import record
from tests.display.voice.test_voice import Card, said, tagged
from tests.processes import until

CHIME = chime()
NINE, TEN = dt.time(9), dt.time(10)
"""The factories' morning is 09:42."""


@pytest.fixture
def card() -> Card:
    return Card()


@pytest.fixture
def announcer(tmp_path: Path, card: Card) -> Iterator[Callable[[Loudspeaker], Announcer]]:
    made: list[Announcer] = []

    def announce(here: Loudspeaker) -> Announcer:
        voice = Voice(speak=tagged, play=card, lock=tmp_path / "voice.lock")
        made.append(Announcer(hall(), here, tmp_path, voice))
        return made[-1]

    yield announce
    for one in made:
        one.voice.close()


def heard(card: Card, announcer: Announcer) -> list[str]:
    until("all said", lambda: announcer.voice.waiting == 0)
    return ["chime" if one == CHIME else said(one).strip("\0") for one in card.played]


def test_a_call_is_said_after_a_chime_in_every_language(card: Card, announcer: Callable[[Loudspeaker], Announcer]):
    here = announcer(Loudspeaker(name="hall", languages=("zh_Hans", "en")))
    here.call("F012", 3, MORNING)
    assert heard(card, here) == [
        "chime",
        "zh_Hans:请 F012 号，到 3 号窗口。",
        "",
        "en:F012, please go to window 3.",
    ]


def test_the_calls_of_a_rush_are_all_said_in_order_after_one_chime(
    card: Card, announcer: Callable[[Loudspeaker], Announcer]
):
    here = announcer(Loudspeaker(name="hall"))
    here.voice.put(lambda: until("the rush", lambda: here.voice.waiting == 21) and [Sound(RATE_HZ, b"")])
    for number in range(20):
        here.call(f"F{number:03d}", 3, MORNING)
    assert heard(card, here) == ["", *[f"zh_Hans:请 F{number:03d} 号，到 3 号窗口。" for number in range(20)]]


def test_quiet_hours_and_other_windows_are_not_heard(card: Card, announcer: Callable[[Loudspeaker], Announcer]):
    quiet = announcer(Loudspeaker(name="hall", quiet=(Quiet(NINE, TEN),)))
    quiet.call("F001", 3, MORNING)
    assert heard(card, quiet) == []
    quiet.call("F002", 3, MORNING.replace(hour=2))
    until("the call after the quiet hours", lambda: quiet.voice.waiting == 0)
    there = announcer(Loudspeaker(name="there", windows=(1, 2), chime=False))
    there.call("F003", 3, MORNING)
    there.call("F004", 2, MORNING)
    assert heard(card, there) == ["chime", "zh_Hans:请 F002 号，到 3 号窗口。", "zh_Hans:请 F004 号，到 2 号窗口。"]


def test_recordings_are_heard_where_there_are_all_and_the_machine_speaks_where_one_lacks(
    tmp_path: Path, card: Card, announcer: Callable[[Loudspeaker], Announcer]
):
    wanted = needed(hall(), [1, 2, 3, 4], "zh_Hans")
    record(tmp_path / "clips", wanted)
    (tmp_path / "clips" / "9.wav").unlink()
    here = announcer(Loudspeaker(name="hall", chime=False, clips={"zh_Hans": "clips"}))
    assert [told.split(":")[0] for told in here.lacking] == [str(tmp_path / "clips" / "9.wav")]
    assert here.troubles == (CLIPS_LACK,)
    here.call("F012", 3, MORNING)
    here.call("F019", 3, MORNING)
    recorded, spoken = heard(card, here)
    assert recorded == "".join(name * 50 for name in ("please", *"F012", "to", "3", "window"))
    assert spoken == "zh_Hans:请 F019 号，到 3 号窗口。"


def test_the_chime_before_recordings_is_of_their_rate(tmp_path: Path, announcer: Callable[[Loudspeaker], Announcer]):
    record(tmp_path / "clips", needed(hall(), [1, 2, 3, 4], "zh_Hans"), rate_hz=16000)
    here = announcer(Loudspeaker(name="hall", clips={"zh_Hans": "clips"}))
    assert {one.rate_hz for one in here.sounds("F012", 3, rings=True)} == {16000}
    assert here.sounds("F012", 3, rings=True)[0] == chime(16000)


def test_a_device_that_is_back_is_found_before_the_next_call(card: Card, announcer: Callable[[Loudspeaker], Announcer]):
    here = announcer(Loudspeaker(name="hall"))
    card.broken.append(here.voice.device)
    here.voice.probe()
    until("the trouble", lambda: here.troubles == ("voice_silent",))
    here.mend(0.0)
    until("another try", lambda: here.voice.waiting == 0)
    card.broken.clear()
    here.mend(TRY_AGAIN_S - 1)
    assert (here.voice.waiting, here.troubles) == (0, ("voice_silent",)), "no device is asked without a pause"
    here.mend(TRY_AGAIN_S)
    until("no trouble any more", lambda: here.troubles == ())
