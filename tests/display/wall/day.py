"""A day and a night of a wall in seconds: `python -m tests.display.wall.day` tells what its pictures were like.

The board and the screen are fed with simulated time: the hall opens, calls somebody every few minutes, loses its hub,
gets it back as another with a new snapshot, posts a notice, pauses windows, turns its day, and is dark at night. A
picture every five minutes, and three of each call, are looked at dot by dot.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import tempfile
from pathlib import Path
from typing import Any

from PIL import ImageChops

from display.board import Board
from display.theme.palette import NIGHT, colour
from display.wall.sparing import MARGIN_PX, shift_px
from hub.domain.screens import REGIONS, Wall
from hub.wire.messages import BulletinPosted, Counts, DayTurned, Event, Snapshot, TicketCalled, WindowSet, WindowView
from hub.wire.picture import Picture
from tests.display.factories import TODAY, case, hall, ticket
from tests.display.wall.measure import Glass
from tests.display.wall.states import GROUNDS, paint_stills

BEGINS = dt.datetime(2026, 11, 22, 22, 0, tzinfo=dt.UTC)
"""06:00 in the hall."""
MINUTES, LOOKS_EVERY = 24 * 60, 5
OPENS, CLOSES = 3 * 60, 11 * 60
AWAY = range(5 * 60, 5 * 60 + 25)
"""The hub, in minutes from the beginning; so are the others."""
SILENT = range(8 * 60, 8 * 60 + 7)
TURNS = 18 * 60
"""Midnight."""
HEADER_PX = 22
POSTERS = dict(zip("ab", GROUNDS, strict=True))
NIGHT_HOURS = (*range(7), *range(20, 24))
WALL = Wall(
    width_px=480,
    height_px=270,
    width_mm=1210.0,
    height_mm=680.0,
    regions=(*REGIONS, "stills"),
    stills="stills",
    still_s=120.0,
    brightness=tuple(50 if hour in NIGHT_HOURS else 100 for hour in range(24)),
)


class Day:
    """What happened, and what the pictures of it were like."""

    def __init__(self, place: Path) -> None:
        self.glass = Glass(WALL.width_px, WALL.height_px)
        from display.wall.app import Screens

        self.hall = hall()
        self.screens = Screens((WALL,), self.hall, place)
        self.glass.put(self.screens)
        self.board, self.picture = Board(self.hall), Picture()
        self.heard: dt.datetime | None = None
        self.told: dict[str, Any] = {
            **dict.fromkeys(("frames", "calls", "calls_missed", "recalls"), 0),
            **{name: [] for name in ("black", "frozen", "silent_about_age", "listed_after_midnight", "stills")},
        }
        self.light: dict[str, list[float]] = {"day": [], "night": []}
        self._last = b""
        self._begin("e1", 0.0)

    def run(self) -> dict[str, Any]:
        dice = random.Random(7)
        number = 0
        for minute in range(MINUTES):
            live = minute not in AWAY and minute not in SILENT
            if minute in (AWAY.stop, SILENT.stop):
                self._begin(f"e{minute}", minute * 60.0)  # a hub that was started again has a snapshot of its own
            if live:
                self.heard = self._at(minute * 60.0)
                self._happens(minute)
            if live and OPENS <= minute < CLOSES and dice.random() < 0.1:
                number += 1
                self._calls(number, minute * 60.0, recall=dice.random() < 0.2)
            if minute % LOOKS_EVERY == 0:
                self._look(minute * 60.0 + 30, live)
            self._between(minute)
        day, night = (sum(lights) / len(lights) for lights in self.light.values())
        self.screens.close()
        return self.told | {"night_light_percent": round(100 * night / day)}

    # --- what happens

    def _begin(self, epoch: str, now_s: float) -> None:
        date = self.picture.business_date or TODAY
        windows = tuple(WindowView(number=one.number, open=False, why="closed") for one in self.hall.windows)
        self.picture.take(
            Snapshot(
                epoch=epoch,
                seq=0,
                at=self._at(now_s),
                business_date=date,
                tickets=tuple(self.picture.tickets.values()),
                windows=tuple(self.picture.windows.values()) or windows,
                cases=tuple(case(at, "accepted", TODAY - dt.timedelta(days=at)) for at in range(1, 9)),
                counts=Counts(today=3, month=40, answered_month=9, on_time_month=8, overdue=2),
                bulletin=self.picture.bulletin,
            )
        )
        self.board.begin(self.picture, self._at(now_s), now_s)

    def _happens(self, minute: int) -> None:
        if minute in (OPENS, CLOSES):
            for window in self.hall.windows:
                self._event(WindowSet(window=WindowView(number=window.number, open=minute == OPENS)), minute * 60.0)
        if minute == OPENS + 60:
            self._event(BulletinPosted(text="䶮山路施工，请绕行。" * 9), minute * 60.0)
        if minute == CLOSES - 60:
            self._event(BulletinPosted(text=""), minute * 60.0)
        if minute == TURNS:
            self._event(DayTurned(business_date=TODAY + dt.timedelta(days=1), counts=Counts(month=40)), minute * 60.0)

    def _event(self, event: Event, now_s: float) -> None:
        self.picture.apply(self.picture.seq + 1, event)
        self.board.apply(event, self._at(now_s), self._at(now_s), now_s)

    def _calls(self, number: int, now_s: float, *, recall: bool) -> None:
        """A call is gold, then dark, then gold for good, and its number is in the list."""
        for calls in (1, 2) if recall else (1,):
            begins = now_s + 12 * (calls - 1)
            one = ticket("F", number, window=number % 4 + 1, called=self._at(begins), calls=calls)
            self._event(TicketCalled(ticket=one), begins)
            lit, unlit, after = (self._gold(begins + later) for later in (0.1, 0.6, 8.1))
            self.told["calls"] += 1
            self.told["recalls"] += calls > 1
            self.told["calls_missed"] += not (lit > 2 * unlit > 0 and after > 2 * unlit)

    # --- what is seen

    def _look(self, now_s: float, live: bool) -> None:
        picture = self._picture(now_s)
        print_ = hashlib.blake2b(_clock(picture, now_s).tobytes()).digest()
        at = f"{self._at(now_s):%H:%M}"
        if print_ == self._last:
            self.told["frozen"].append(at)
        self._last = print_
        night = self._at(now_s).astimezone(self.board._zone).hour in NIGHT_HOURS
        if _part(picture, NIGHT.paper, night) > 0.97 or _brightest(picture) < 100:
            self.told["black"].append(at)
        self.told["stills"] += [
            name for name, ground in POSTERS.items() if _part(picture, colour(ground), night) > 0.02
        ]
        self.light["night" if night else "day"].append(_brightest(picture))
        said_old = _part(picture, NIGHT.seal, night) > 0.004
        if said_old == live:
            self.told["silent_about_age"].append(at)

    def _between(self, minute: int) -> None:
        if minute == TURNS + 1:
            view = self.board.view(self.picture, self._at(minute * 60.0), minute * 60.0, live=True, heard=self.heard)
            self.told["listed_after_midnight"] = [call.number for call in view.recent]

    def _gold(self, now_s: float) -> float:
        return _part(self._picture(now_s), NIGHT.gold, dim=False)

    def _picture(self, now_s: float) -> Any:
        now = self._at(now_s)
        live = self.heard is not None and now - self.heard < dt.timedelta(seconds=50)
        view = self.board.view(self.picture, now, now_s, live=live, heard=self.heard)
        for _pass in range(2):
            self.screens.show(view, now_s)
            self.glass.lay_out()
        self.told["frames"] += 1
        return self.glass.drawn()

    def _at(self, now_s: float) -> dt.datetime:
        return BEGINS + dt.timedelta(seconds=now_s)


def _clock(picture: Any, now_s: float) -> Any:
    """The header's half with date and clock, wherever the whole picture lies now."""
    right, up = shift_px(now_s)
    left, top = MARGIN_PX + right + WALL.width_px // 2, MARGIN_PX - up
    return picture.crop((left, top, left + WALL.width_px // 2 - 2 * MARGIN_PX, top + HEADER_PX))


def _brightest(picture: Any) -> float:
    """The brightest tone there is."""
    return float(picture.convert("L").getextrema()[1])


def _part(picture: Any, colour: tuple[float, ...], dim: bool) -> float:
    """Which part of a picture has this colour, give or take a rounding."""
    wanted = (round(255 * one * (0.5 if dim else 1)) for one in colour[:3])
    near = [
        band.point([255 * (abs(tone - one) <= 1) for tone in range(256)])
        for band, one in zip(picture.split(), wanted, strict=True)
    ]
    return ImageChops.multiply(ImageChops.multiply(*near[:2]), near[2]).histogram()[255] / (
        picture.width * picture.height
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        paint_stills(Path(place) / "stills")
        print(json.dumps(Day(Path(place)).run()))


if __name__ == "__main__":
    main()
