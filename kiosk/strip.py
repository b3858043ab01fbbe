"""The quiet strip of the first screen: how many wait, how many windows are open, or since when nobody knows."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hub.domain.hall import Value
from hub.wire.picture import Picture


class Strip(Value, frozen=True):
    """`as_of` is the hall's time of the last numbers, `09:31`; empty when there were none yet."""

    live: bool
    waiting: int = 0
    windows: int = 0
    as_of: str = ""


def strip_of(picture: Picture, live: bool, heard_at: dt.datetime | None, timezone: str) -> Strip:
    """Counts are only shown while the hub is heard."""
    as_of = f"{heard_at.astimezone(ZoneInfo(timezone)):%H:%M}" if heard_at else ""
    known = live and bool(picture.epoch)
    return Strip(
        live=known,
        waiting=len(picture.waiting()) if known else 0,
        windows=sum(window.open for window in picture.windows.values()) if known else 0,
        as_of="" if known else as_of,
    )
