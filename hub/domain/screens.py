"""Screens as a hall's file describes them: their glass in millimetres, and what each screen of a wall shows. Pure.

Importing this module needs nothing else of the hall: `hub.domain.hall` reads these values as parts of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from hub.domain.words import LANGUAGES

if TYPE_CHECKING:
    from hub.domain.hall import Hall, Terminal

READ_AT_DEGREES = 0.7
"""Under which angle the capital letters of a called number are read (EN 301 549 5.1.4)."""
MOST_SCREENS = 4
HOURS = 24
DIMMEST_PERCENT, BRIGHTEST_PERCENT = 50, 100
"""Below the first, small words on the wall have less contrast than reading them needs."""
MOST_OF_GLASS = 1 / 10
"""How high a called number may be, as a part of the glass's shorter side: what is higher leaves three calls no room."""

Region = Literal["calls", "recent", "queues", "cases", "windows", "notice", "counts", "stills"]
REGIONS: tuple[Region, ...] = ("calls", "recent", "queues", "cases", "windows", "notice", "counts")
"""What a screen shows that says nothing else. Clock, hall and how old the data is are always shown."""


class Screen(Struct, frozen=True, forbid_unknown_fields=True):
    """A screen's picture in dots and its glass in millimetres; `viewed_mm` is the reader's distance.

    `bottom_mm` is how high above the floor the glass begins.
    """

    width_px: int
    height_px: int
    width_mm: float
    height_mm: float
    viewed_mm: float = 600.0
    bottom_mm: float = 800.0


class Wall(Screen, frozen=True):
    """One screen of a wall: where it is on the desktop, and which regions it shows.

    `language` is the hall's where it says none. `stills` is a folder in the hall's directory; its pictures change
    every `still_s` seconds. `brightness` is percent by hour, 24 of them from midnight on; empty: always full.
    """

    viewed_mm: float = 5000.0
    left_px: int = 0
    top_px: int = 0
    regions: tuple[Region, ...] = REGIONS
    language: str = ""
    stills: str = ""
    still_s: float = 15.0
    brightness: tuple[int, ...] = ()

    @property
    def number_mm(self) -> float:
        """How high the capitals of a called number are at least."""
        return self.viewed_mm * math.tan(math.radians(READ_AT_DEGREES))

    def percent(self, hour: int) -> int:
        """Its brightness in an hour of the hall's day."""
        return self.brightness[hour] if self.brightness else BRIGHTEST_PERCENT


ACROSS_A_HALL = Wall(width_px=1920, height_px=1080, width_mm=1210.0, height_mm=680.0)
"""A 55 inch screen read from five metres, where hall.toml does not describe the wall's own."""


def walls(terminal: Terminal) -> tuple[Wall, ...]:
    """The screens of a wall; one that has only a `screen` shows everything there is on it."""
    if terminal.walls:
        return terminal.walls
    glass = terminal.screen
    if glass is None:
        return (ACROSS_A_HALL,)
    return (Wall(glass.width_px, glass.height_px, glass.width_mm, glass.height_mm, glass.viewed_mm, glass.bottom_mm),)


def desktop(walls: tuple[Wall, ...]) -> tuple[int, int, int, int]:
    """Left, top, width and height of what all screens of a wall lie in, in px."""
    left, top = min(one.left_px for one in walls), min(one.top_px for one in walls)
    right, bottom = max(one.left_px + one.width_px for one in walls), max(one.top_px + one.height_px for one in walls)
    return left, top, right - left, bottom - top


def contradictions(hall: Hall) -> Iterator[str]:
    """Walls that could not be shown, or not be read."""
    for terminal in hall.terminals:
        if not terminal.walls:
            continue
        here = f"terminal {terminal.name}"
        if terminal.role != "display" or terminal.board:
            yield f"{here} has walls, but is none; only a display without a board is"
        if terminal.screen is not None:
            yield f"{here} has a screen and walls; describe the screen as the first of the walls"
        if len(terminal.walls) > MOST_SCREENS:
            yield f"{here} has {len(terminal.walls)} walls; one program shows {MOST_SCREENS} at most"
        for number, wall in enumerate(terminal.walls, start=1):
            yield from (f"{here}, wall {number}: {wrong}" for wrong in _mistakes(wall))
        for (number, wall), (other, beside) in combinations(enumerate(terminal.walls, start=1), 2):
            if _overlap(wall, beside):
                yield f"{here}: walls {number} and {other} lie over each other; mend left_px and top_px"


def _mistakes(wall: Wall) -> Iterator[str]:
    if min(wall.width_px, wall.height_px, wall.width_mm, wall.height_mm, wall.viewed_mm) <= 0:
        yield "sizes and viewed_mm are more than nothing"
        return
    if min(wall.left_px, wall.top_px) < 0:
        yield "left_px and top_px count from the desktop's upper left corner, from 0 on"
    if not wall.regions or len(set(wall.regions)) < len(wall.regions):
        yield "regions are at least one, and each once"
    if wall.language and wall.language not in LANGUAGES:
        yield f"language is {wall.language!r}; there are {', '.join(LANGUAGES)}"
    if ("stills" in wall.regions) != bool(wall.stills):
        yield "the region stills and the folder `stills` go together"
    if PurePosixPath(wall.stills).is_absolute() or ".." in PurePosixPath(wall.stills).parts:
        yield f"stills is {wall.stills!r}; it is a folder within the hall's directory"
    if wall.still_s < 1:
        yield f"still_s is {wall.still_s:g}; a picture stands for a second at least"
    if wall.brightness and (
        len(wall.brightness) != HOURS or not all(DIMMEST_PERCENT <= one <= BRIGHTEST_PERCENT for one in wall.brightness)
    ):
        yield (
            f"brightness is 24 numbers from {DIMMEST_PERCENT} to {BRIGHTEST_PERCENT}, "
            "one for each hour from midnight on"
        )
    room_mm = MOST_OF_GLASS * min(wall.width_mm, wall.height_mm)
    if "calls" in wall.regions and wall.number_mm > room_mm:
        farthest_mm = int(wall.viewed_mm * room_mm / wall.number_mm)
        yield (
            f"numbers read from {wall.viewed_mm / 1000:g} m are {wall.number_mm:.0f} mm high, and three calls find no "
            f"room; hang a larger glass, or set viewed_mm to {farthest_mm} at most"
        )


def _overlap(one: Wall, other: Wall) -> bool:
    return (
        one.left_px < other.left_px + other.width_px
        and other.left_px < one.left_px + one.width_px
        and one.top_px < other.top_px + other.height_px
        and other.top_px < one.top_px + one.height_px
    )
