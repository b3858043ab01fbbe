"""对账单: the reconciliation of a day's slips in words, as tables for a screen and as a page to print."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader

from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall
from hub.domain.numbers import ticket_number
from hub.domain.words import STAFF, Words
from hub.wire.messages import SlipBlockState, SlipEntry, SlipReport


class Part(NamedTuple):
    """One table of the paper; `none` is said where it has no row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    none: str


class Paper:
    """A reconciliation in the hall's language and time."""

    def __init__(self, report: SlipReport, hall: Hall) -> None:
        self.report, self.hall = report, hall
        self.words = Words("hub", STAFF)
        self._zone = ZoneInfo(hall.timezone)

    def parts(self) -> tuple[Part, ...]:
        """Blocks, numbers, calls out of order, and what cannot have been so."""
        report, say = self.report, self.words
        return (
            self._part("blocks", 8, tuple(self._block(one) for one in report.blocks)),
            self._part("entries", 12, tuple(self._entry(one) for one in report.entries)),
            self._part(
                "out_of_order",
                5,
                tuple(
                    (
                        one.number,
                        self._service(one.service),
                        self._time(one.called_at),
                        str(one.window),
                        say("slips.between").join(one.passed),
                    )
                    for one in report.out_of_order
                ),
            ),
            self._part("overlaps", 3, tuple((str(one.window), one.first, one.second) for one in report.overlaps)),
        )

    def html(self, made_at: dt.datetime) -> str:
        """A page for any browser to print."""
        pages = Environment(loader=PackageLoader("hub", "templates"), autoescape=True)
        return pages.get_template("slips.html").render(
            w=self.words, hall=self.hall, report=self.report, parts=self.parts(), made_at=made_at, local=self._moment
        )

    def _part(self, name: str, columns: int, rows: tuple[tuple[str, ...], ...]) -> Part:
        heads = tuple(self.words(f"slips.{name}.{place}") for place in range(1, columns + 1))
        return Part(self.words(f"slips.{name}"), heads, rows, self.words(f"slips.{name}.none"))

    def _block(self, one: SlipBlockState) -> tuple[str, ...]:
        block = one.block
        numbers = f"{ticket_number(block.series, block.first)}–{ticket_number(block.series, block.last)}"
        blank = f"{one.blank} ({ticket_number(block.series, one.blank_from)}–)" if one.blank else "0"
        return (
            f"{block.block} {self._service(block.service)}",
            numbers,
            f"{self._moment(block.printed_at)} {self._who(block.printed_by)}",
            self._who(block.held_by),
            str(one.used),
            str(one.void),
            self.words("slips.between").join(one.missing) or "0",
            blank,
        )

    def _entry(self, one: SlipEntry) -> tuple[str, ...]:
        return (
            one.number,
            one.block,
            self._service(one.service),
            self.words(f"slips.outcome.{one.outcome}"),
            *(self._time(at) for at in (one.taken_at, one.called_at, one.ended_at)),
            str(one.window or ""),
            one.staff,
            f"{self._moment(one.entered_at)} {one.entered_by}",
            self.words(f"slips.because.{one.because}"),
            one.case_number or (self.words(f"slips.state.{one.state}") if one.state else ""),
        )

    def _who(self, name: str) -> str:
        """A staff code, or the kiosk that printed a block and keeps it."""
        kiosks = {one.name for one in self.hall.terminals if one.role == "kiosk"}
        return self.words("slips.kiosk", name=name) if name in kiosks else name

    def _service(self, code: str) -> str:
        try:
            return self.hall.service(code).name
        except UnknownCode:
            return code  # a service that the hall had when it was worked by hand

    def _time(self, at: dt.datetime | None) -> str:
        return f"{at.astimezone(self._zone):%H:%M}" if at else ""

    def _moment(self, at: dt.datetime) -> str:
        return f"{at.astimezone(self._zone):%Y-%m-%d %H:%M}"
