"""Stretches of a working day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from hub.domain.hall import Hall


class Hours(Struct, frozen=True, forbid_unknown_fields=True):
    """From `opens` until just before `closes`, in the hall's own time."""

    opens: dt.time
    closes: dt.time


def out_of_order(hours: tuple[Hours, ...]) -> int | None:
    """The place of the first that ends before it begins, or begins before the last has ended; None when all is well."""
    for place, one in enumerate(hours):
        if one.opens >= one.closes or (place and one.opens < hours[place - 1].closes):
            return place
    return None


def contradictions(hall: Hall) -> Iterator[str]:
    """Hours of a service that no day has."""
    for service in hall.services:
        if (place := out_of_order(service.hours)) is not None:
            one = service.hours[place]
            yield f"service {service.code} has hours from {one.opens} to {one.closes} that are out of order"
