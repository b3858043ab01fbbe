"""A trial page: whether this printer prints all that a receipt needs. Pure.

It names the hall and the machine, never a person or a case; what became of it is told like any other paper's.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hub.domain.hall import Hall, Value
from hub.domain.words import Words
from printers.profiles import profile_of
from printers.slip import Divider, Field, Line, Qr, Ruler, Slip


class Trial(Value, frozen=True, tag="trial"):
    """One trial page, whole, so that it waits in the spool like a receipt; `asked_at` is UTC."""

    hall: str
    terminal: str
    printer: str
    width_dots: int
    asked_at: dt.datetime
    timezone: str
    software: str
    page_url: str
    reprint: bool = False


def trial(hall: Hall, terminal: str, asked_at: dt.datetime, software: str) -> Trial:
    """The trial page of a terminal's own printer; raises `UnknownCode` for one without."""
    printer = hall.printer(hall.terminal(terminal).printer)
    return Trial(
        hall=hall.name,
        terminal=terminal,
        printer=printer.name,
        width_dots=profile_of(printer).width_dots,
        asked_at=asked_at,
        timezone=hall.timezone,
        software=software,
        page_url=hall.page_url,
    )


def slip_of_trial(asked: Trial) -> Slip:
    """Large and small type, rare characters, a scale and a QR code: what goes wrong first on a worn head."""
    words = Words("printers", "zh_Hans")
    at = asked.asked_at.astimezone(ZoneInfo(asked.timezone))
    return Slip(
        (
            Line(asked.hall, "hall", bold=True, centred=True),
            Line(words("trial.title"), "title", bold=True, centred=True),
            Line(words("trial.large"), "number", bold=True, centred=True),
            Divider(),
            Field(words("trial.terminal"), asked.terminal),
            Field(words("trial.printer"), words("trial.printer.of", name=asked.printer, dots=asked.width_dots)),
            Field(words("trial.asked_at"), f"{at:%Y-%m-%d %H:%M:%S}"),
            Field(words("trial.software"), asked.software),
            Divider(),
            Line(words("trial.sample")),
            Line(words("trial.rare"), "title"),
            Line(words("trial.rare.hint"), "small"),
            Divider(),
            Ruler(),
            Line(words("trial.ruler"), "small"),
            Divider(),
            Qr(f"{asked.page_url}/"),
            Line(words("trial.qr"), centred=True),
        )
    )
