"""公平: a day's line told whole, with every exception and the verdict that nothing else moved (R55)."""

from __future__ import annotations

import datetime as dt
import time
from functools import partial
from typing import Any

from kivy.uix.widget import Widget

from counter import naming
from counter.screens.choices import Choice, Option
from counter.screens.fields import Day
from counter.screens.glyphs import readable
from counter.screens.page import Page, body, title
from counter.screens.parts import BODY_PX, Column, Press, Row, small
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Divider, Panel, Text
from hub.wire import messages as m

PARTS: tuple[m.FairnessPart, ...] = ("exceptions", "tickets", "findings")
AGAIN_S = 1.5
"""The report is worked out beside the hub; so long until it is asked for again."""
WIDEST = 24
"""A column's share of the width grows with its longest words, up to so many characters."""


class FairPage(Page):
    """The screen behind `公平`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        words = place.say.words
        self.date: dt.date | None = None
        self.part: m.FairnessPart = "exceptions"
        self.number = 0
        self.page: m.FairnessPage | None = None
        self.refused: m.Rejected | None = None
        self._asked_s = 0.0
        self._drawn: object = None
        say = partial(naming.date, place.say)
        self.day = Day("fair_day", None, self._turn, start=place.today, say=say)
        options = [Option(one, words(f"fair.{one}")) for one in PARTS]
        self.parts = Choice("part", self.part, self._choose, options=options)
        self.told = Column(spacing=14)
        self.table = Column(spacing=6)
        back = Press("fair.before", "‹", partial(self.leaf, -1), height=56, size_hint_x=None, width=72)
        on = Press("fair.after", "›", partial(self.leaf, 1), height=56, size_hint_x=None, width=72)
        self.leaves = Text("", font_px=BODY_PX, align="center", size_hint_y=1, size_hint_x=None, width=220)
        self.pager = Row(back, self.leaves, on, small(words("fair.print"), size_hint_y=1), height=56, spacing=12)
        head = title(words("fair.title"), words("fair.note"))
        self.add_widget(body(head, self.day, self.told, self.parts, self.pager, self.table))

    # --- the page

    def enter(self) -> None:
        if self.date is None:
            self.date = self.place.today
            self.day.value = self.date
        self._ask()

    def close(self) -> None:
        self.date, self.page, self.refused, self.number, self._drawn = None, None, None, 0, None
        self.part = self.parts.value = "exceptions"
        for one in (self.told, self.table):
            one.clear_widgets()

    def show(self) -> None:
        waits = self.refused is not None and self.refused.code == "being_worked_out"
        if waits and time.monotonic() - self._asked_s > AGAIN_S:
            self._ask()
        wanted = (self.page, self.refused, self.place.live)
        if wanted != self._drawn:
            self._drawn = wanted
            self._draw()

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if key in ("left", "right") and not typing:
            self.leaf(1 if key == "right" else -1)
        elif key.isdigit() and not typing and not ctrl:
            self.parts.pick(int(key))
        else:
            return False
        return True

    def leaf(self, by: int) -> None:
        """The next page, or the one before."""
        if self.page is not None and 0 <= self.number + by < self.page.pages:
            self.number += by
            self._ask()

    def _turn(self, _name: str, day: dt.date | None) -> None:
        if day is not None:
            self.date, self.number, self.page = day, 0, None
            self._ask()

    def _choose(self, _name: str, part: str) -> None:
        self.part, self.number = next(one for one in PARTS if one == part), 0
        self._ask()

    def _ask(self) -> None:
        if self.date is None:
            return
        wanted = m.ReadFairness(date=self.date, part=self.part, page=self.number)
        self._asked_s = time.monotonic()

        def answered(answer: m.Answer) -> None:
            if wanted != m.ReadFairness(date=self.date or wanted.date, part=self.part, page=self.number):
                return  # another page is asked for meanwhile
            match answer:
                case m.FairnessPage():
                    self.page, self.refused = answer, None
                case m.Rejected():
                    self.refused = answer
                case _:
                    pass

        self.place.session.ask(wanted, answered, quietly=True)

    # --- drawing

    def _draw(self) -> None:
        words, page = self.place.say.words, self.page
        self.told.clear_widgets()
        self.table.clear_widgets()
        self.leaves.text = words("fair.leaf", n=page.page + 1, of=page.pages) if page is not None else ""
        if self.refused is not None:
            self.told.add_widget(Text(self.place.say.rejected(self.refused), font_px=26, bold=True, pitch=1.5))
            return
        if page is None:
            return
        self.told.add_widget(self._verdict(page))
        self.told.add_widget(Row(*(self._figure(one) for one in page.figures), height=92, spacing=10))
        if page.columns:
            self.table.add_widget(self._line(page.columns, page, head=True))
            self.table.add_widget(Divider(color=P.line))
        for row in page.rows:
            self.table.add_widget(self._line(row.cells, page, apart=row.apart and self.part == "tickets"))
            self.table.add_widget(Divider())
        if not page.rows:
            self.table.add_widget(small(words(f"fair.none.{self.part}"), font_px=BODY_PX))

    def _verdict(self, page: m.FairnessPage) -> Panel:
        """Whether anything else moved, in words and in colour."""
        card = Panel(orientation="vertical", radius_px=16, padding=(28, 16), size_hint_y=None)
        card.fill, ink = (P.jade_soft, P.ink) if page.holds else (P.seal, P.on_seal)
        card.bind(minimum_height=card.setter("height"))
        card.add_widget(Text(f"{page.status}　{page.verdict}", font_px=28, bold=True, color=ink, pitch=1.4))
        card.add_widget(Text(page.seal, font_px=18, color=ink, pitch=1.5))
        return card

    def _figure(self, one: m.FairnessFigure) -> Panel:
        card = Panel(orientation="vertical", fill=P.card, frame=P.hair, frame_px=2, radius_px=12, padding=(12, 8))
        card.add_widget(Text(one.said, font_px=28, bold=True, align="center", size_hint_y=1, max_lines=1, min_px=16))
        card.add_widget(
            Text(one.name, font_px=18, color=P.ink_2, align="center", size_hint_y=0.8, max_lines=1, min_px=14)
        )
        return card

    def _line(self, cells: tuple[str, ...], page: m.FairnessPage, *, head: bool = False, apart: bool = False) -> Widget:
        shares = widths(page)
        texts = [
            Text(readable(cell), font_px=20, bold=head or apart, pitch=1.4, size_hint_x=share, pos_hint={"top": 1})
            for cell, share in zip(cells, shares, strict=True)
        ]
        row = Row(*texts, spacing=14, padding=(12, 6))
        return row


def widths(page: m.FairnessPage) -> list[float]:
    """How much of the width each column gets: by its longest words, none too narrow, none too wide."""
    rows = [*([page.columns] if page.columns else []), *(one.cells for one in page.rows)]
    return [float(max(5, min(WIDEST, max(len(cell) for cell in column)))) for column in zip(*rows, strict=True)]
