"""The window's desk: who waits, whose number is here with their case, and the moves, each on its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.desk import KEYS, MOVES, DeskMove, DeskView
from counter.screens.case_view import CaseView
from counter.screens.parts import GAP_PX, HEAD_PX, RADIUS_PX, Column, Press, Row, Scroll, heading, side, small
from counter.workplace import Workplace
from display.theme import fonts
from display.theme.palette import NORMAL as P
from display.theme.widgets import Divider, Panel, Text
from hub.wire.messages import TicketView

WAITING_PX, MOVES_PX, NOW_PX = 420, 440, 216
WAITING_SHOWN = 40
SHORTCUT = {move: key.upper() for key, move in KEYS.items()}


class DeskScreen(BoxLayout):
    """The screen behind `叫号`."""

    def __init__(self, place: Workplace, open_case: Callable[[str], None], **settings: Any) -> None:
        super().__init__(**settings)
        self.place, self._open_case = place, open_case
        self._shown: dict[str, object] = {}
        self._rows: dict[str, WaitingRow] = {}
        words = place.say.words
        self.queue = Column(spacing=10, padding=(0, 0, 18, 0))
        self.how_many = Text("", font_px=HEAD_PX, bold=True, align="right", size_hint_y=1)
        title = Row(Text(words("desk.waiting"), font_px=HEAD_PX, bold=True, size_hint_y=1), self.how_many, height=52)
        self.add_widget(side(title, Scroll(self.queue), size_hint_x=None, width=WAITING_PX))
        self.add_widget(Divider(upright=True, color=P.line))
        middle = BoxLayout(orientation="vertical")
        self.now = BoxLayout(size_hint_y=None, height=NOW_PX + 32, padding=(36, 28, 36, 4))
        self.case = CaseView(place)
        self.open = Press(
            "desk.case", words("desk.case_open"), self._to_case, height=64, size_hint_x=None, width=240, kind="quiet"
        )
        self.below = BoxLayout()
        middle.add_widget(self.now)
        middle.add_widget(self.below)
        self.add_widget(middle)
        self.add_widget(Divider(upright=True, color=P.line))
        self.buttons = {move: self._button(move) for move in MOVES}
        self.missed = Column(spacing=10)
        moves = Column(
            heading(words("desk.title")),
            *self.buttons.values(),
            Widget(size_hint_y=None, height=8),
            heading(words("desk.missed")),
            self.missed,
            spacing=14,
            padding=(0, 0, 14, 0),
        )
        self.add_widget(side(Scroll(moves), size_hint_x=None, width=MOVES_PX))

    def show(self) -> None:
        view = self.place.queue()
        if view is None:
            return
        self._case_of(view.current)
        heard = self.place.heard_at
        minute = heard.replace(second=0, microsecond=0) if heard else None
        columns: dict[str, tuple[object, Callable[[DeskView], None]]] = {
            "queue": ((view.waiting, minute), self._show_queue),
            "now": ((view.current, view.window), self._show_now),
            "moves": ((view.window, view.current, view.missed, view.why_not), self._show_moves),
        }
        for name, (wanted, show) in columns.items():
            if self._shown.get(name) != wanted:
                self._shown[name] = wanted
                show(view)

    # --- the three columns

    def _show_queue(self, view: DeskView) -> None:
        words = self.place.say.words
        self.how_many.text = words("desk.waiting_n", n=len(view.waiting))
        before, self._rows = self._rows, {}
        self.queue.clear_widgets()
        for ticket in view.waiting[:WAITING_SHOWN]:
            row = before.get(ticket.ticket_id) or WaitingRow(self.place, ticket)
            row.show()
            self._rows[ticket.ticket_id] = row
            self.queue.add_widget(row)
        more = len(view.waiting) - WAITING_SHOWN
        if more > 0:
            self.queue.add_widget(small(words("desk.waiting_more", n=more)))
        if not view.waiting:
            self.queue.add_widget(small(words("desk.waiting_none")))

    def _show_now(self, view: DeskView) -> None:
        say, ticket = self.place.say, view.current
        words = say.words
        self.now.clear_widgets()
        card = Panel(fill=P.card, frame=P.hair, frame_px=2, radius_px=RADIUS_PX, padding=(36, 20), spacing=GAP_PX * 2)
        if ticket is None:
            hint = words("desk.nobody_hint" if view.window.open else "desk.paused_hint")
            texts = Column(Text(words("desk.nobody"), font_px=44, bold=True), small(hint, font_px=24), spacing=4)
            card.add_widget(_centred(texts))
        else:
            card.fill, card.frame, card.frame_px = P.gold, P.ink, 3
            card.add_widget(Text(ticket.number, font_px=110, face=fonts.BLACK, hug=True, pitch=1.2, size_hint_y=1))
            said = [words(f"desk.state.{ticket.state}"), say.calls(ticket)]
            card.add_widget(
                _centred(Column(Text(said[0], font_px=34, bold=True), Text(said[1], font_px=24), spacing=4))
            )
            if ticket.case_number:
                self.open.parent.remove_widget(self.open) if self.open.parent else None
                self.open.pos_hint = {"center_y": 0.5}
                card.add_widget(self.open)
        self.now.add_widget(card)

    def _show_moves(self, view: DeskView) -> None:
        words = self.place.say.words
        first = self._first(view)
        for move, button in self.buttons.items():
            why = view.why_not[move]
            button.disabled = bool(why)
            button.kind = "primary" if move == first else "secondary"
            button.aside[0].text = words(f"desk.why.{why}") if why else ""
        self.buttons["set_window"].text = words("desk.move.set_window." + ("open" if view.window.open else "paused"))
        self.missed.clear_widgets()
        for ticket in view.missed:
            again = Press(
                f"missed.{ticket.number}",
                ticket.number,
                partial(self.place.press, "recall", ticket.ticket_id),
                hint=words("desk.missed_hint"),
                kind="quiet",
                height=60,
            )
            again.disabled = view.current is not None or not view.may("recall")
            self.missed.add_widget(again)
        if not view.missed:
            self.missed.add_widget(small(words("desk.missed_none")))

    def _first(self, view: DeskView) -> DeskMove:
        """The usual next move: it stands out."""
        if view.current is None:
            return "call" if view.window.open else "set_window"
        return "finish" if view.current.state == "serving" else "serve"

    def _button(self, move: DeskMove) -> Press:
        words = self.place.say.words(f"desk.move.{move}" if move != "set_window" else "desk.move.set_window.open")
        return Press(f"desk.{move}", words, partial(self.place.press, move), hint=" ", shortcut=SHORTCUT[move])

    # --- the case of the number that is here

    def enter(self) -> None:
        """The desk comes to the front: it shows the case of the number that is here."""
        view = self.place.queue()
        if view is not None and view.current is not None and view.current.case_number:
            self.place.session.select(view.current.case_number)

    def _case_of(self, ticket: TicketView | None) -> None:
        number = ticket.case_number if ticket is not None else ""
        here = bool(number) and number == self.place.session.selected
        if here:
            self.case.show()
        if here != (self.case.parent is not None):
            self.below.clear_widgets()
            if here:
                self.below.add_widget(self.case)

    def _to_case(self) -> None:
        view = self.place.queue()
        if view is not None and view.current is not None and view.current.case_number:
            self._open_case(view.current.case_number)


class WaitingRow(Panel):
    """One number that waits; its widgets are kept while it does."""

    def __init__(self, place: Workplace, ticket: TicketView) -> None:
        super().__init__(fill=P.card, frame=P.hair, frame_px=2, radius_px=RADIUS_PX, padding=(22, 10), spacing=12)
        self.place, self.ticket = place, ticket
        self.size_hint_y, self.height = None, 84
        say = place.say
        self.waited = small("", align="right")
        taken = small(say.words("desk.taken", time=say.clock(ticket.taken_at)), align="right")
        self.add_widget(Text(ticket.number, font_px=34, face=fonts.BLACK, size_hint_y=1))
        self.add_widget(Column(taken, self.waited, spacing=0, size_hint_x=None, width=190))

    def show(self) -> None:
        self.waited.text = self.place.say.waited(self.ticket, self.place.heard_at)


def _centred(inside: Column) -> BoxLayout:
    box = BoxLayout(orientation="vertical")
    box.add_widget(Widget())
    box.add_widget(inside)
    box.add_widget(Widget())
    return box
