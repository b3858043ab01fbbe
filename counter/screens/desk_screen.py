"""The window's desk: who is next, whose number is here with their case, and the moves, each on its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter import desk_forms
from counter.desk import DeskView
from counter.desk_forms import FormCode, Wanted
from counter.desk_moves import AT_A_NUMBER, MOVES, DeskMove, WhyNot
from counter.line_words import LineWords
from counter.screens.case_view import CaseView
from counter.screens.desk_lists import DeskLists, shortcut
from counter.screens.line_form import LineForm
from counter.screens.now_card import now_card
from counter.screens.parts import BODY_PX, RADIUS_PX, Column, Press, side
from counter.screens.ticket_rows import TicketCard
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Divider, Panel, Text
from hub.domain.ticket import WAITING
from hub.wire.messages import Answer, TicketView

MOVES_PX, NOW_PX, SAID_PX = 440, 200, 96
BUTTONS = tuple(move for move in MOVES if move not in AT_A_NUMBER)


class DeskScreen(BoxLayout):
    """The screen behind `叫号`."""

    def __init__(self, place: Workplace, open_case: Callable[[str], None], **settings: Any) -> None:
        super().__init__(**settings)
        self.place, self._open_case = place, open_case
        self.say = LineWords(place.say, place.policy)
        self.marked = ""
        """The number that the arrow keys stand on."""
        self.form: LineForm | None = None
        self.card: TicketCard | None = None
        self._shown: dict[str, object] = {}
        self._said = ""
        words = place.say.words
        self.lists = DeskLists(place, self.say, self.open_card, self.press_move)
        self.add_widget(self.lists)
        self.add_widget(Divider(upright=True, color=P.line))
        middle = BoxLayout(orientation="vertical")
        self.now = BoxLayout(size_hint_y=None, height=NOW_PX + 32, padding=(36, 28, 36, 4))
        self.case = CaseView(place)
        self.open = Press(
            "desk.case", words("desk.case_open"), self._to_case, height=64, size_hint_x=None, width=240, kind="quiet"
        )
        self.below = BoxLayout(padding=(0, 0, 0, 0))
        middle.add_widget(self.now)
        middle.add_widget(self.below)
        self.add_widget(middle)
        self.add_widget(Divider(upright=True, color=P.line))
        self.buttons = {move: self._button(move) for move in BUTTONS}
        self.said = Text("", font_px=22, bold=True, pitch=1.35, valign="middle", size_hint_y=1, max_lines=3, min_px=17)
        self.said_in = Panel(radius_px=RADIUS_PX, padding=(18, 8), size_hint_y=None, height=SAID_PX)
        self.said_in.add_widget(self.said)
        # From the bottom: what comes and goes above, a banner, moves no button from under a finger.
        self.add_widget(
            side(
                Widget(),
                self.said_in,
                Column(*self.buttons.values(), spacing=8),
                size_hint_x=None,
                width=MOVES_PX,
            )
        )

    def show(self) -> None:
        view = self.place.queue()
        if view is None:
            return
        self._still_about(view)
        self._case_of(view.current)
        self.lists.show(view, self.marked)
        refused = self.place.desk.refused if self.place.desk is not None else None
        columns: dict[str, tuple[object, Callable[[DeskView], None]]] = {
            "now": ((view.current, view.window), self._show_now),
            "moves": ((view.window, view.current, view.why_not, refused, self._said), self._show_moves),
        }
        for name, (wanted, show) in columns.items():
            if self._shown.get(name) != wanted:
                self._shown[name] = wanted
                show(view)
        if self.form is not None:
            if self.form.sending and self.place.desk is not None and not self.place.desk.sending:
                self.form.answered(refused.answer if refused is not None else None)
            self.form.show()

    # --- pressing

    def press_move(self, move: DeskMove, ticket_id: str = "") -> None:
        """One press of a button or key: sent at once, or its form is opened."""
        view, desk = self.place.queue(), self.place.desk
        if view is None or desk is None:
            return
        self._said = ""
        may = not desk.why_not(move, view, ticket_id)
        asks = desk.asks(move, view) if may else None
        if asks is None:
            if may:
                self._close_forms()
            self.place.press(move, ticket_id)
            self.show()
            return
        ticket = view.find(ticket_id or self.marked) if asks == "green" else view.find(ticket_id) or view.current
        if asks == "green" and (ticket is None or ticket.state not in WAITING):
            self._said = self.place.say.words("line.choose_first")
            self.show()
            return
        desk.refused = None
        self._open_form(move, asks, ticket)

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        """A key that is no move's own."""
        over = self.form or self.card
        if over is not None:
            return over.press(key, ctrl, typing)
        if key in ("up", "down"):
            self._mark(1 if key == "down" else -1)
        elif key == "enter" and self.marked:
            self.open_card(self.marked)
        else:
            return False
        return True

    def open_card(self, ticket_id: str) -> None:
        """What may be done with a number that is not at the window."""
        view, desk = self.place.queue(), self.place.desk
        ticket = view.find(ticket_id) if view is not None else None
        if view is None or desk is None or ticket is None:
            return
        self.marked = ticket_id
        self._close_forms()
        self.card = TicketCard(
            ticket,
            self.say,
            [
                (move, self._named(move), self._off(desk.why_not(move, view, ticket_id)))
                for move in desk_forms.moves_of(ticket.state, desk.rules)
            ],
            lambda move: self.press_move(move, ticket_id),
            self.leave,
            own=self.place.terminal.window,
        )
        self._below(self.card)
        self.show()

    def leave(self) -> None:
        """Back to what stands below the number: nothing was sent."""
        self._close_forms()
        self._shown.pop("now", None)
        self.show()

    def close(self) -> None:
        self._close_forms()
        self.marked = self._said = ""

    # --- the columns

    def _show_now(self, view: DeskView) -> None:
        self.now.clear_widgets()
        self.now.add_widget(now_card(self.place.say, self.say, view, self.open))

    def _show_moves(self, view: DeskView) -> None:
        words, desk = self.place.say.words, self.place.desk
        first = self._first(view)
        for move, button in self.buttons.items():
            why = view.why_not[move]
            button.disabled = bool(why)
            button.kind = "primary" if move == first else "secondary"
            button.aside[0].text = self._off(why)
        self.buttons["set_window"].text = words("desk.move.set_window." + ("open" if view.window.open else "paused"))
        refused = desk.refused if desk is not None and self.form is None else None
        if refused is not None:
            self.said.text = f"{self._named(refused.move)}：{self.place.say.rejected(refused.answer)}"
            self.said.color, self.said_in.fill = P.on_seal, P.seal
        else:
            self.said.text, self.said.color = self._said, P.ink
            self.said_in.fill = P.gold_soft if self._said else P.card

    def _first(self, view: DeskView) -> DeskMove:
        """The usual next move: it stands out."""
        if view.current is None:
            return "call" if view.window.open else "set_window"
        return "finish" if view.current.state == "serving" else "serve"

    def _button(self, move: DeskMove) -> Press:
        press = partial(self.press_move, move)
        high = 76 if move == "call" else 54
        button = Press(f"desk.{move}", self._named(move), press, hint=" ", shortcut=shortcut(move), height=high)
        button.title.font_px = 29 if move == "call" else BODY_PX
        button.padding = (20, 4)
        return button

    def _named(self, move: str) -> str:
        return self.place.say.words(f"desk.move.{move}" if move != "set_window" else "desk.move.set_window.open")

    # --- forms and cards

    def _open_form(self, move: DeskMove, code: FormCode, ticket: TicketView | None) -> None:
        self._close_forms()
        self.form = LineForm(
            self.place, code, ticket, lambda wanted: self._send(move, code, ticket, wanted), self.leave
        )
        self._below(self.form)
        self.show()

    def _send(self, move: DeskMove, code: FormCode, ticket: TicketView | None, wanted: Wanted) -> None:
        form = self.form

        def done(_answer: Answer) -> None:
            self._said = self.say.sent(code, ticket, wanted)
            if self.form is form:
                self.leave()

        self.place.press(move, ticket.ticket_id if ticket is not None else "", wanted, done)

    def _off(self, why: WhyNot) -> str:
        return self.place.say.words(f"desk.why.{why}") if why else ""

    def _still_about(self, view: DeskView) -> None:
        """A form about somebody who is no longer where they were is closed: others have moved them."""
        desk, over = self.place.desk, self.form or self.card
        if over is None or over.ticket is None or desk is None or desk.sending:
            return
        now = view.find(over.ticket.ticket_id)
        if now is None or now.state != over.ticket.state:
            self._close_forms()

    def _below(self, what: Widget) -> None:
        self.below.clear_widgets()
        self.below.padding = (36, 12, 36, 24)
        self.below.add_widget(what)

    def _close_forms(self) -> None:
        if self.form is not None:
            self.form.close()
        if self.form is not None or self.card is not None:
            self.below.clear_widgets()
        self.form = self.card = None
        self.below.padding = (0, 0, 0, 0)

    def _mark(self, by: int) -> None:
        """The next number of the lists, or the one before."""
        view = self.place.queue()
        ids = [one.ticket_id for one in (*view.waiting, *view.parked, *view.missed)] if view is not None else []
        if ids:
            at = ids.index(self.marked) + by if self.marked in ids else 0
            self.marked = ids[at % len(ids)]
            self.show()

    # --- the case of the number that is here

    def enter(self) -> None:
        """The desk comes to the front: it shows the case of the number that is here."""
        view = self.place.queue()
        if view is not None and view.current is not None and view.current.case_number:
            self.place.session.select(view.current.case_number)

    def _case_of(self, ticket: TicketView | None) -> None:
        if self.form is not None or self.card is not None:
            return
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
