"""A receipt printer as the hall's file describes it, and what of that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct

from hub.domain.addresses import twice

if TYPE_CHECKING:
    from hub.domain.hall import Hall

Text = Literal["raster", "gb18030", "gb2312"]
"""How words reach the paper: as pictures (any character), or as codes of the printer's font (quick on slow lines)."""

Ending = Literal["cut", "tear"]
"""Whether the printer has a knife, or its paper is torn off at the edge."""

Confirmation = Literal["process_id", "fence", "none"]
"""By what a printer says that a paper is printed: GS ( H function 48, GS r 1 queued behind it, or not at all."""

PAPERS_MM = (58, 80)
DENSITIES = range(-6, 7)
FEED_ROWS = range(801)
BAUDS = range(1200, 921_601)
WIDTHS_DOTS = range(200, 577)

USB_URL = re.compile(r"usb://(?P<vendor>[0-9a-fA-F]{4}):(?P<product>[0-9a-fA-F]{4})(/(?P<serial>[^/]+))?")
_SOCKET = re.compile(r"socket://[^/:]+:\d+")


class Printer(Struct, frozen=True, forbid_unknown_fields=True):
    """A receipt printer; `printers.profiles` makes of this what its driver works by.

    `url` is a device path (`/dev/serial/by-id/...`, `/dev/usb/lp0`), `socket://host:9100` or
    `usb://vendor:product/serial` (the serial number may be left out where there is one such printer). What is None is
    as usual for that paper. `density` 0 leaves it to the printer's own setting; `feed_rows` are blank rows behind the
    last line.
    """

    name: str
    url: str
    paper_mm: int = 80
    width_dots: int | None = None
    dots_per_mm: float = 8.0
    baud: int = 115200
    text: str = "raster"
    ending: str = "cut"
    density: int = 0
    feed_rows: int | None = None
    confirmation: str = "fence"


def contradictions(hall: Hall) -> Iterator[str]:
    """Printers that stand twice or cannot be as the file has them, a sentence with the remedy each."""
    yield from twice("printer", [one.name for one in hall.printers])
    for one in hall.printers:
        for wrong in mistakes(one):
            yield f"printer {one.name} has {wrong}"


def mistakes(one: Printer) -> list[str]:
    """What of one printer cannot be, with what to write instead."""
    return list(_wrong(one))


def _wrong(one: Printer) -> Iterator[str]:
    if one.paper_mm not in PAPERS_MM:
        yield f"paper_mm = {one.paper_mm}; it is 58 or 80, the roll's width"
    if one.text not in get_args(Text):
        yield f"text = {one.text!r}; it is raster (every character), gb18030, or gb2312 (older clones)"
    if one.ending not in get_args(Ending):
        yield f"ending = {one.ending!r}; it is cut where the printer has a knife, else tear"
    if one.confirmation not in get_args(Confirmation):
        yield (
            f"confirmation = {one.confirmation!r}; it is process_id, fence or none, as bancheng printer probe finds out"
        )
    if one.density not in DENSITIES:
        yield f"density = {one.density}; it is -6 (light) to 6 (dark), 0 as the printer is set"
    if one.feed_rows is not None and one.feed_rows not in FEED_ROWS:
        yield f"feed_rows = {one.feed_rows}; it is 0 to {FEED_ROWS[-1]} rows of dots, 8 to a millimetre"
    if one.baud not in BAUDS:
        yield f"baud = {one.baud}; it is what the printer's own test page says, such as 9600 or 115200"
    if not 5 <= one.dots_per_mm <= 24:
        yield f"dots_per_mm = {one.dots_per_mm:g}; it is 8 for 203 dpi, 7.1 for 180 dpi, 11.8 for 300 dpi"
    wide = one.width_dots
    if wide is not None and (wide not in WIDTHS_DOTS or wide % 8):
        yield f"width_dots = {wide}; it is a multiple of 8 from {WIDTHS_DOTS[0]} to {WIDTHS_DOTS[-1]}"
    elif wide is not None and one.paper_mm in PAPERS_MM and wide > one.paper_mm * one.dots_per_mm:
        yield f"width_dots = {wide}, which is wider than its paper; set paper_mm, or leave width_dots out"
    if one.url.startswith("usb:") and not USB_URL.fullmatch(one.url):
        yield f"url = {one.url!r}; by USB it is usb://VENDOR:PRODUCT/SERIAL, such as usb://04b8:0e28 (lsusb lists them)"
    elif one.url.startswith("socket:") and not _SOCKET.fullmatch(one.url):
        yield f"url = {one.url!r}; on the network it is socket://HOST:PORT, and printers listen on 9100"
    elif not one.url.startswith(("/", "socket:", "usb:")):
        yield f"url = {one.url!r}; it is a device's path such as /dev/serial/by-id/..., socket://HOST:9100 or usb://..."
