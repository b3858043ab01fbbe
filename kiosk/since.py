"""When a citizen came first: `today`, a month (`2026-11`), or `before` one. Kept so, it can be told in any language."""

from __future__ import annotations

import datetime as dt

from hub.domain.words import Words

TODAY, BEFORE = "today", "before "
MONTHS = 3


def offered(today: dt.date) -> tuple[str, ...]:
    """Today, this month and the two before it, and earlier."""
    months = [today.year * 12 + today.month - 1 - back for back in range(MONTHS)]
    named = [f"{month // 12}-{month % 12 + 1:02}" for month in months]
    return (TODAY, *named, BEFORE + named[-1])


def shown(since: str, words: Words) -> str:
    """What stands on its key; `words` are the kiosk's."""
    if since == TODAY:
        return words("since.today")
    return words("since.earlier") if since.startswith(BEFORE) else words.date("since.month", _month(since))


def told(since: str, words: Words) -> str:
    """The same in full, with its year."""
    if since in ("", TODAY):
        return words("since.today") if since else ""
    month = words.date("since.month_of_year", _month(since.removeprefix(BEFORE)))
    return words("since.earlier.said", month=month) if since.startswith(BEFORE) else month


def _month(since: str) -> dt.date:
    return dt.date.fromisoformat(f"{since}-01")
