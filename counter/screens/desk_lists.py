"""The desk's left column: who is next for this window, in order, and below them who is parked and who was missed."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout

from counter.desk import DeskView
from counter.desk_forms import Steady
from counter.desk_moves import KEYS, DeskMove
from counter.line_words import LineWords
from counter.screens.parts import HEAD_PX, Band, Column, Row, Scroll, small
from counter.screens.ticket_rows import SmallList, TicketRow
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Divider, Text
from hub.wire.messages import TicketView

WAITING_PX, SMALL_LISTS_PX = 560, 236


def shortcut(move: DeskMove) -> str:
    """The key of a move, as it stands on its button: `⇧F2`."""
    key = next(key for key, of in KEYS.items() if of == move)
    return key.upper().replace("SHIFT+", "⇧")


class DeskLists(Band):
    """Rows are kept while their numbers stand there; one that has just changed its place takes no touch."""

    def __init__(
        self, place: Workplace, say: LineWords, open_card: Callable[[str], None], press: Callable[[DeskMove, str], None]
    ) -> None:
        super().__init__(
            orientation="vertical", fill=P.card, padding=24, spacing=16, size_hint_x=None, width=WAITING_PX
        )
        self.place, self.say, self._open_card, self._press = place, say, open_card, press
        self._rows: dict[str, TicketRow] = {}
        self._shown: dict[str, object] = {}
        self._steady, self._marked = Steady(), ""
        self._again = Clock.create_trigger(lambda _dt: self._settled(), Steady.STILL_S + 0.05)
        words = place.say.words
        self.queue = Column(spacing=8, padding=(0, 0, 18, 0))
        self.how_many = Text("", font_px=HEAD_PX, bold=True, align="right", size_hint_y=1)
        self.next = small("", size_hint_y=None, height=32, max_lines=1, min_px=16)
        parked, missed = (f"{words(f'desk.{one}')}  " for one in ("parked", "missed"))
        self.parked = SmallList("parked", parked + shortcut("call_parked"), words("desk.parked_none"))
        self.missed = SmallList("missed", missed + shortcut("come_back"), words("desk.missed_none"))
        below = BoxLayout(size_hint_y=None, height=SMALL_LISTS_PX, spacing=16)
        for one in (self.parked, self.missed):
            one.add_widget(Scroll(one.rows))
            below.add_widget(one)
        title = Text(words("desk.waiting"), font_px=HEAD_PX, bold=True, size_hint_y=1)
        for part in (Row(title, self.how_many, height=44), self.next, Scroll(self.queue), Divider(color=P.line), below):
            self.add_widget(part)

    def show(self, view: DeskView, marked: str) -> None:
        """Brings up to date what has changed; `marked` is the number on which the arrow keys stand."""
        self._marked, now_s = marked, time.monotonic()
        here = (*view.waiting, *view.parked, *view.missed)
        self._steady.stand(tuple(one.ticket_id for one in here), now_s)
        still = tuple(self._steady.may(one.ticket_id, now_s) for one in here)
        if not all(still):
            self._again()
        minute = self.place.now.replace(second=0, microsecond=0)
        queue = (view.waiting, view.because, view.more, minute, marked, still)
        if self._shown.get("queue") != queue:
            self._shown["queue"] = queue
            self._show_queue(view, now_s)
        lists = (view.parked, view.missed, view.why_not, still)
        if self._shown.get("lists") != lists:
            self._shown["lists"] = lists
            at_once = self.place.policy.queue.second_chance.value == "at_once"
            self._fill(self.parked, view, view.parked, "call_parked", now_s)
            self._fill(self.missed, view, view.missed, "recall" if at_once else "come_back", now_s)

    def _settled(self) -> None:
        view = self.place.queue()
        if view is not None:
            self.show(view, self._marked)

    def _show_queue(self, view: DeskView, now_s: float) -> None:
        words = self.place.say.words
        self.how_many.text = words("desk.waiting_n", n=len(view.waiting) + view.more)
        self.next.text = self.say.next_one(view.waiting[0] if view.waiting else None, view.because)
        own = self.place.hall.window(self.place.terminal.window)
        before, self._rows = self._rows, {}
        for place, ticket in enumerate(view.waiting):
            row = before.get(ticket.ticket_id)
            if row is None or row.ticket != ticket:
                key, several = f"waiting.{ticket.number}", len(own.services) > 1
                row = TicketRow(key, ticket, self.say, self._open_card, own=own.number, service=several)
            marked, still = ticket.ticket_id == self._marked, self._steady.may(ticket.ticket_id, now_s)
            row.show(self.place.heard_at, first=not place, marked=marked, still=still)
            self._rows[ticket.ticket_id] = row
        order = list(self._rows.values())
        if list(reversed(self.queue.children)) != order:
            self.queue.clear_widgets()
            for row in order:
                self.queue.add_widget(row)
            if view.more:
                self.queue.add_widget(small(words("desk.waiting_more", n=view.more)))

    def _fill(
        self, box: SmallList, view: DeskView, tickets: tuple[TicketView, ...], move: DeskMove, now_s: float
    ) -> None:
        desk = self.place.desk
        box.fill(
            tickets,
            self.place.say.words(f"desk.usual.{move}"),
            press=partial(self._press, move),
            more=self._open_card,
            off=bool(tickets) and desk is not None and bool(desk.why_not(move, view, tickets[0].ticket_id)),
            still=lambda ticket_id: self._steady.may(ticket_id, now_s),
        )
