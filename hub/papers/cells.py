"""Cells of a table that office programs open: they run what begins as a formula does, and citizens write some of it."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(cell: str) -> str:
    """The cell as no office program runs it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
