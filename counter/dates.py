"""Dates as people type them. Pure."""

from __future__ import annotations

import datetime as dt


def date_of(text: str) -> dt.date | None:
    """`2026-11-23`, `2026/11/23`, `2026.11.23` or `20261123`; None for anything else."""
    parts = text.strip().translate(str.maketrans("/.", "--")).split("-")
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if len(parts) != 3 or not all(one.isascii() and one.isdigit() for one in parts) or len(parts[0]) != 4:
        return None
    try:
        return dt.date(*(int(one) for one in parts))
    except ValueError:
        return None
