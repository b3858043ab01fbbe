"""Where calls are heard: the loudspeaker of a part of the hall, with its volume and its quiet hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from hub.domain.addresses import twice
from hub.domain.words import LANGUAGES

if TYPE_CHECKING:
    from hub.domain.hall import Hall, Terminal

LOUDEST_PERCENT = 100


class Quiet(Struct, frozen=True, forbid_unknown_fields=True):
    """From `begins` until just before `ends`, in the hall's own time; over midnight where it ends before it begins."""

    begins: dt.time
    ends: dt.time

    def holds(self, at: dt.time) -> bool:
        if self.begins < self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


class Loudspeaker(Struct, frozen=True, forbid_unknown_fields=True):
    """What one part of the hall hears: the calls to `windows` (empty: to all) in `languages` (empty: the hall's).

    `device` is as ALSA names it, such as `plughw:1`. `clips` are, by language, folders in the hall's directory with
    its own recordings.
    """

    name: str
    device: str = "default"
    volume_percent: int = LOUDEST_PERCENT
    chime: bool = True
    """Two rising tones before a call that nobody is waiting to hear."""
    languages: tuple[str, ...] = ()
    windows: tuple[int, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    """When calls are shown and not said."""
    clips: dict[str, str] = {}

    def is_quiet(self, at: dt.time) -> bool:
        return any(one.holds(at) for one in self.quiet)

    def hears(self, window: int) -> bool:
        return not self.windows or window in self.windows


def of_terminal(hall: Hall, terminal: Terminal) -> Loudspeaker | None:
    """Where a wall's calls are said: at the loudspeaker it names. In a hall that describes none, every wall speaks."""
    if not hall.loudspeakers:
        return Loudspeaker(name="")
    return next((one for one in hall.loudspeakers if one.name == terminal.loudspeaker), None)


def contradictions(hall: Hall) -> Iterator[str]:
    """Loudspeakers that say what nobody understands, or that several terminals would speak through at once."""
    yield from twice("loudspeaker", [one.name for one in hall.loudspeakers])
    windows = {one.number for one in hall.windows}
    for one in hall.loudspeakers:
        here = f"loudspeaker {one.name}"
        if not 0 < one.volume_percent <= LOUDEST_PERCENT:
            yield f"{here} has volume_percent {one.volume_percent}; it is 1 to {LOUDEST_PERCENT}"
        for language in (*one.languages, *one.clips):
            if language not in LANGUAGES:
                yield f"{here} speaks {language!r}; there are {', '.join(LANGUAGES)}"
        for language in one.clips:
            if language in LANGUAGES and language not in (one.languages or (hall.language,)):
                yield f"{here} has clips in {language}, which is none of its languages"
        for number in one.windows:
            if number not in windows:
                yield f"{here} calls to window {number}, which there is not"
        for quiet in one.quiet:
            if quiet.begins == quiet.ends:
                yield f"{here} is quiet from {quiet.begins} to {quiet.ends}, which is no time at all"
            if quiet.begins.tzinfo or quiet.ends.tzinfo:
                yield f"{here} is quiet at a time with a zone; give it in the hall's own time"
    known = {one.name for one in hall.loudspeakers}
    named = [one for one in hall.terminals if one.loudspeaker]
    for terminal in named:
        if terminal.loudspeaker not in known:
            yield f"terminal {terminal.name} speaks through {terminal.loudspeaker!r}, which is no loudspeaker"
        if terminal.role != "display" or terminal.board:
            yield f"terminal {terminal.name} has a loudspeaker, but only a wall says calls"
    for name in sorted({one.loudspeaker for one in named}):
        users = [one.name for one in named if one.loudspeaker == name]
        if len(users) > 1:
            yield f"loudspeaker {name} is of {' and '.join(users)}, and would say every call {len(users)} times"
