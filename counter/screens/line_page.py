"""队列: every queue of the hall as it stands, green channels that wait for a word, exceptions by name (R55, R57)."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout

from counter import desk_forms, hall_line
from counter.desk_forms import FormCode, Steady, Wanted
from counter.hall_line import LineMove
from counter.line_words import LineWords
from counter.screens.glyphs import readable
from counter.screens.line_form import LineForm, quoted
from counter.screens.page import Page, between, title
from counter.screens.parts import BODY_PX, Column, Press, Scroll, heading, side, small
from counter.screens.ticket_rows import TicketCard, TicketRow
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, Text
from hub.wire.messages import (
    Answer,
    Command,
    GreenAsk,
    GreenAsks,
    ListGreenAsks,
    Rejected,
    ReturnTicket,
    TicketView,
)

LIST_PX = 640


class LinePage(Page):
    """The screen behind `队列`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        words = place.say.words
        self.say = LineWords(place.say, place.policy)
        self.asks: tuple[GreenAsk, ...] = ()
        self.marked = ""
        self.form: LineForm | None = None
        self.card: TicketCard | None = None
        self._steady, self._drawn = Steady(), object()
        self._asked_for: object = None
        self._again = Clock.create_trigger(lambda _dt: self.show(), Steady.STILL_S + 0.05)
        self.rows = Column(spacing=8, padding=(0, 0, 18, 0))
        cite = place.policy.queue.exceptions_by.cite or place.policy.queue.green_confirmed_by.cite
        rule = place.say.rule(cite, document=True) if cite else words("line.rule")
        self.add_widget(side(title(words("line.title"), rule), Scroll(self.rows), size_hint_x=None, width=LIST_PX))
        self.add_widget(between())
        self.room = BoxLayout(padding=(36, 28, 36, 24))
        self.add_widget(self.room)
        self._below(None)

    # --- the page

    def enter(self) -> None:
        self._ask()

    def close(self) -> None:
        self._below(None)
        self.asks, self.marked, self._asked_for = (), "", None

    def show(self) -> None:
        waits = tuple(one.notice_id for one in self.place.session.notices if one.kind == "green_asked")
        if self._asked_for is not None and waits != self._asked_for:
            self._ask()
        self._still_about()
        now_s = time.monotonic()
        groups = hall_line.groups(self.place.hall, self.place.picture)
        asks = hall_line.open_asks(self.asks, self.place.picture)
        ids = tuple(self._ids())
        self._steady.stand(ids, now_s)
        still = tuple(self._steady.may(one, now_s) for one in ids)
        if not all(still):
            self._again()
        minute = self.place.now.replace(second=0, microsecond=0)
        wanted = (groups, asks, still, self.marked, minute)
        if wanted != self._drawn:
            self._drawn = wanted
            self._draw(groups, asks, dict(zip(ids, still, strict=True)))
        if self.form is not None:
            self.form.show()

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        over = self.form or self.card
        if over is not None and over.press(key, ctrl, typing):
            return True
        ids = self._ids()
        if key in ("up", "down") and ids and not typing:
            at = ids.index(self.marked) + (1 if key == "down" else -1) if self.marked in ids else 0
            self.marked = ids[at % len(ids)]
            self.show()
        elif key == "enter" and self.marked and not typing:
            self.open(self.marked)
        else:
            return False
        return True

    def open(self, ticket_id: str) -> None:
        """One number: the request about it, or what may be done with it."""
        ticket = self.place.picture.tickets.get(ticket_id)
        if ticket is None:
            return
        self.marked = ticket_id
        ask = next((one for one in self.asks if one.ticket_id == ticket_id), None)
        if ask is not None and hall_line.may_decide("decide_green", self.place.policy.queue, self._held()):
            self._open_form("decide_green", ticket, ask)
        else:
            self._open_card(ticket, ask)
        self.show()

    # --- asking and sending

    def _ask(self) -> None:
        self._asked_for = tuple(one.notice_id for one in self.place.session.notices if one.kind == "green_asked")

        def answered(answer: Answer) -> None:
            if isinstance(answer, GreenAsks):
                self.asks = answer.asks
                if self.marked and self.form is None and any(one.ticket_id == self.marked for one in self.asks):
                    self.open(self.marked)

        self.place.session.ask(ListGreenAsks(), answered, quietly=True)

    def _send(self, command: Command, form: LineForm | None = None) -> None:
        def answered(answer: Answer) -> None:
            if isinstance(answer, Rejected):
                if form is not None:
                    form.answered(answer)
            elif form is self.form:
                self._below(None)
            self._ask()

        self.place.session.ask(command, answered, quietly=form is not None)

    def _move(self, move: LineMove, ticket: TicketView) -> None:
        if move == "come_back":
            self._below(None)
            self._send(ReturnTicket(ticket_id=ticket.ticket_id))
        else:
            self._open_form(move, ticket)

    # --- drawing

    def _draw(self, groups: Any, asks: Any, still: dict[str, bool]) -> None:
        words = self.place.say.words
        self.rows.clear_widgets()
        if asks:
            self.rows.add_widget(heading(words("line.asks", n=len(asks))))
        for ask, ticket in asks:
            one = Press(
                f"ask.{ticket.number}",
                ticket.number,
                partial(self.open, ticket.ticket_id),
                hint=words("line.asked", time=self.place.say.clock(ask.asked_at), who=self.say.asker(ask.who)),
                kind="now",
                height=64,
            )
            self.rows.add_widget(one)
        for group in groups:
            self.rows.add_widget(
                Text(
                    words("line.group", service=self.say.service(group.service), n=len(group.waiting)),
                    font_px=BODY_PX,
                    bold=True,
                    pitch=1.6,
                )
            )
            for ticket in (*group.waiting, *group.aside):
                row = TicketRow(f"line.{ticket.number}", ticket, self.say, self.open, own=0, service=False)
                row.show(
                    self.place.now,
                    first=False,
                    marked=ticket.ticket_id == self.marked,
                    still=still.get(ticket.ticket_id, False),
                )
                self.rows.add_widget(row)
        if not groups:
            self.rows.add_widget(small(words("desk.waiting_none"), font_px=BODY_PX))

    def _open_form(self, code: FormCode, ticket: TicketView, ask: GreenAsk | None = None) -> None:
        quote = ""
        if ask is not None:
            about = {"who": self.say.asker(ask.who), "time": self.place.say.clock(ask.asked_at)}
            waited = self.say.waited(ticket, self.place.now)
            asked = self.place.say.words("line.asked_why", **about, waited=waited, reason=readable(ask.reason))
            quote = f"{self.say.about(ticket, service=True)}\n{asked}"

        def send(wanted: Wanted) -> None:
            self._send(desk_forms.command(code, ticket, wanted), self.form)

        self._below(LineForm(self.place, code, ticket, send, lambda: self._below(None), quote=quote))

    def _open_card(self, ticket: TicketView, ask: GreenAsk | None) -> None:
        rules, held = self.place.policy.queue, self._held()
        words = self.place.say.words
        moves = [
            (
                move,
                words(f"desk.move.{move}"),
                ""
                if hall_line.may_decide(move, rules, held)
                else words("line.decided_by", title=self.say.title_of(hall_line.decides(move, rules))),
            )
            for move in hall_line.moves(ticket, rules)
            if ask is None or move != "green"
        ]
        card = TicketCard(
            ticket, self.say, moves, lambda move: self._move(move, ticket), lambda: self._below(None), own=0
        )
        if ask is not None:
            title_of = self.say.title_of(rules.green_confirmed_by.value)
            card.add_widget(quoted(words("line.waits_on", title=title_of, reason=readable(ask.reason))), index=1)
        self._below(card)

    def _below(self, what: LineForm | TicketCard | None) -> None:
        if self.form is not None:
            self.form.close()
        self.form = what if isinstance(what, LineForm) else None
        self.card = what if isinstance(what, TicketCard) else None
        self.room.clear_widgets()
        if what is None:
            words = self.place.say.words
            hint = Panel(orientation="vertical", fill=P.card, frame=P.hair, frame_px=2, radius_px=16, padding=(36, 28))
            hint.add_widget(Text(words("line.choose"), font_px=28, pitch=1.5, size_hint_y=1, valign="top"))
            self.room.add_widget(hint)
        else:
            self.room.add_widget(what)

    # --- what stands there

    def _ids(self) -> list[str]:
        groups = hall_line.groups(self.place.hall, self.place.picture)
        return [one.ticket_id for group in groups for one in (*group.waiting, *group.aside)]

    def _held(self) -> frozenset[str]:
        staff = self.place.session.staff
        return frozenset(one.post for one in staff.posts) if staff is not None else frozenset()

    def _still_about(self) -> None:
        """What is open about somebody who has been moved meanwhile is closed."""
        over = self.form or self.card
        if over is None or over.ticket is None or (self.form is not None and self.form.sending):
            return
        now = self.place.picture.tickets.get(over.ticket.ticket_id)
        if now is None or (now.state, now.lane) != (over.ticket.state, over.ticket.lane):
            self._below(None)
