"""What a printer can do, as driver and renderer work by it: one value a kind of paper, changed by what the hall set."""

from __future__ import annotations

from typing import Any

import msgspec

from hub.domain.hall import Value
from hub.domain.printer import Confirmation, Ending, Printer, Text

TEAR_MM = 15
"""From the head to the edge that paper is torn at, with a little to hold it by."""


class Profile(Value, frozen=True):
    """One printer's abilities; `width_dots` is what it can print across, `feed_rows` are blank ones before the end.

    `density` is GS ( K function 49's, -6 to 6, 0 for not to be sent.
    """

    width_dots: int
    dots_per_mm: float = 8.0
    text: Text = "raster"
    ending: Ending = "cut"
    density: int = 0
    feed_rows: int = 0
    confirmation: Confirmation = "fence"


PROFILES = {58: Profile(width_dots=384), 80: Profile(width_dots=576)}
"""By the paper's width in millimetres."""


def profile_of(printer: Printer) -> Profile:
    """A printer's own: its paper's, with what the hall's file says of it; raises `msgspec.ValidationError`.

    Paper that is torn off is fed past the edge unless the file says how far. `hub.domain.printer` has checked a hall.
    """
    usual = PROFILES[printer.paper_mm]
    own: dict[str, Any] = {name: getattr(printer, name) for name in Profile.__struct_fields__}
    if own["width_dots"] is None:
        own["width_dots"] = usual.width_dots
    if own["feed_rows"] is None:
        own["feed_rows"] = round(TEAR_MM * printer.dots_per_mm) if printer.ending == "tear" else usual.feed_rows
    return msgspec.convert(own, Profile)
