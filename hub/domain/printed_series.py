"""Numbers that are printed without the hub: by a kiosk or a window while it is away, or in advance (R65)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.domain.addresses import twice
from hub.domain.numbers import is_offline_series

if TYPE_CHECKING:
    from hub.domain.hall import Hall


def contradictions(hall: Hall) -> list[str]:
    """Numbers printed without the hub must run into nobody's: neither the hub's own nor another terminal's."""
    own = [one for one in hall.terminals if one.offline_series]
    slips = hall.slip_series
    letters = {one.letter for one in hall.services}
    wrong = twice("offline_series", [one.offline_series for one in own])
    if slips and not is_offline_series(slips):
        wrong.append(f"slip_series is {slips!r}; it is one letter, A to Z")
    if slips in letters or slips in {one.offline_series for one in own}:
        wrong.append(f"slip_series is {slips}, which is a service's letter or a terminal's offline_series")
    for one in own:
        if not is_offline_series(one.offline_series):
            wrong.append(f"terminal {one.name} has the offline_series {one.offline_series!r}; it is one letter, A to Z")
        if one.offline_series in letters:
            wrong.append(
                f"terminal {one.name} has the offline_series {one.offline_series}, which is a service's letter"
            )
        if one.role not in ("kiosk", "window"):
            wrong.append(f"terminal {one.name} has an offline_series, but a {one.role} gives out no numbers")
    return wrong
