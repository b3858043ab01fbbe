"""Stretches of a working day."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct


class Hours(Struct, frozen=True, forbid_unknown_fields=True):
    """From `opens` until just before `closes`, in the hall's own time."""

    opens: dt.time
    closes: dt.time
