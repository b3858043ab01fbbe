"""One terminal at work: hall, session, desk, drafts, and the link behind them. Screens show it and call it.

Knows no widget. Times are the hub's: a terminal's own clock may be wrong.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from counter import casework
from counter.case_file import CaseFile
from counter.desk import Desk, DeskView
from counter.desk_forms import Wanted
from counter.desk_moves import DeskMove
from counter.drafts import Drafts
from counter.forms import Forms
from counter.identity import terminal_of
from counter.ledger import Export, Head
from counter.papers import Papers
from counter.printing import printing_of
from counter.session import Session
from counter.steps import table
from counter.steps.shape import Action, Draft
from counter.steps.situation import Situation
from counter.window_devices import WindowDevices
from counter.wording import Wording
from hub.config import HallDirectory, load_calendar
from hub.domain.ticket import AT_WINDOW
from hub.domain.words import STAFF, Words
from hub.link import Link
from hub.pulse import Pulse
from hub.wire.calendar_commands import calendar_of
from hub.wire.messages import (
    Answer,
    CalendarSet,
    CaseLine,
    Notice,
    Numbered,
    ReadCalendar,
    Rejected,
    TicketAnswer,
    TicketCalled,
    TicketMoved,
    TicketTaken,
    WorkingCalendar,
)
from hub.wire.picture import Picture


class Workplace:
    """What the screens of one terminal show and call. `changed` is called whenever they are out of date."""

    def __init__(
        self, directory: HallDirectory, name: str, *, changed: Callable[[], None], alert: Callable[[Notice], None]
    ) -> None:
        self.terminal = terminal_of(directory, name)
        self.hall = directory.hall()
        self.policy = directory.policy()
        self.calendar = load_calendar().under(self.policy)
        """The hub's, as this policy counts on it; until it was read, what ships."""
        self.working: WorkingCalendar | None = None
        self.say = Wording(Words("counter", STAFF), self.hall, self.policy)
        self.drafts = Drafts(directory.local(name))
        self._changed = changed
        self._link = Link.of_terminal(directory, name)
        self._link.listeners.event.append(self._told)
        self._link.listeners.snapshot.append(self._began_anew)
        self._seen: tuple[bool, str] = (False, "")
        self._pulse = Pulse(self._link.send)
        self.session = Session(self.terminal, self._link.send, changed=self._session_changed, alert=alert)
        self.case_file = CaseFile(self.terminal.role, lambda query, then: self.session.ask(query, then, quietly=True))
        self.papers = Papers(
            lambda command, then: self.session.ask(command, then, quietly=True),
            changed,
            self.session.refresh,
            Path.home(),
        )
        self.forms = Forms(lambda query, then: self.session.ask(query, then, quietly=True), changed)
        self.export = Export(
            lambda command, then: self.session.ask(command, then, quietly=True),
            changed,
            Head(self.hall.name, self.policy.forms.ledger.title),
        )
        self.printing = printing_of(directory, self.terminal, changed)
        self.desk: Desk | None = None
        if self.terminal.role == "window":
            self.desk = Desk(self.hall.window(self.terminal.window), self.policy.queue)
        self.devices = WindowDevices(
            self.terminal, self.say, lambda rating: self.session.ask(rating, lambda _answer: self.session.refresh())
        )

    # --- the link's side

    def poll(self) -> None:
        """Takes in what arrived. Never blocks."""
        self._link.poll()
        self.printing.poll()
        self._pulse.poll(time.monotonic(), self.devices.troubles)
        self.devices.poll(staff=self.session.staff is not None)
        seen = (self.live, self.devices.asks)
        if seen != self._seen:
            self._seen = seen
            self._changed()

    @property
    def live(self) -> bool:
        return self._link.live

    @property
    def heard_at(self) -> dt.datetime | None:
        """The hub's time when it was last heard."""
        return self._link.heard_at

    @property
    def picture(self) -> Picture:
        """The hall's public picture."""
        return self._link.picture

    @property
    def now(self) -> dt.datetime:
        """The hub's time, once it was heard."""
        return self.heard_at or dt.datetime.now(dt.UTC)

    @property
    def today(self) -> dt.date:
        """The hall's date, by the hub's time once it was heard."""
        return self.local_now.date()

    @property
    def local_now(self) -> dt.datetime:
        """The hall's own time, by the hub's once it was heard: from an hour on a day may be over."""
        return self.say.local(self.now)

    def close(self) -> None:
        self.devices.close()
        self._link.close()
        self.printing.close()
        self.drafts.close()

    # --- the calendar

    def read_calendar(self) -> None:
        """Asks for the working calendar; dates are counted with it from then on."""
        self._link.send(ReadCalendar(), self._calendar_came)

    def _calendar_came(self, answer: Answer) -> None:
        if isinstance(answer, WorkingCalendar):
            self.working, self.calendar = answer, calendar_of(answer).under(self.policy)
            self._changed()

    # --- the desk

    def queue(self) -> DeskView | None:
        """The window's queue; None at a department."""
        return self.desk.view(self._link.picture, self.now, self.live) if self.desk is not None else None

    def press(
        self,
        move: DeskMove,
        ticket_id: str = "",
        wanted: Wanted | None = None,
        done: Callable[[Answer], None] = lambda _answer: None,
    ) -> None:
        """One press of a desk key or button, or a desk's form that was sent; `done` when the hub carried it out."""
        view = self.queue()
        if self.desk is None or view is None or self.session.staff is None:
            return
        command = self.desk.press(move, view, time.monotonic(), ticket_id, wanted)
        if command is not None:
            self.session.refused = None
            self.session.ask(command, partial(self._pressed, done), quietly=True)
        self._changed()

    # --- casework

    def situation(self) -> Situation | None:
        """How the selected case stands here; None while none is open."""
        session = self.session
        if session.detail is None or session.staff is None:
            return None
        return Situation(
            self.terminal.role,
            session.detail,
            self.policy,
            self.hall,
            self.calendar,
            self.today,
            frozenset(one.post for one in session.staff.posts),
            session.read,
            self.local_now,
        )

    def actions(self) -> list[Action]:
        """What may be done with the selected case now."""
        situation = self.situation()
        return table.actions(situation) if situation is not None else []

    def remaining(self, line: CaseLine) -> casework.Remaining:
        return casework.remaining(line, self.calendar, self.today)

    def begun(self, action: Action, situation: Situation) -> Draft:
        """The draft of a step; what is usual stands where nothing was said yet."""
        return table.begun(action.code, situation, self.drafts.find(situation.line.case_number, action.code))

    def keep(self, action: Action, situation: Situation, draft: Draft) -> None:
        """Stores a draft that says more than what is usual."""
        fresh = draft == table.begun(action.code, situation, Draft())
        self.drafts.keep(situation.line.case_number, action.code, Draft() if fresh else draft)

    def has_draft(self, line: CaseLine, action: Action) -> bool:
        return self.drafts.find(line.case_number, action.code) != Draft()

    def look_up(self, action: Action, situation: Situation) -> None:
        """Asks the hub for what the form of a step shows beside the case."""
        query = table.reads(action.code, situation)
        if query is not None:
            self.session.look_up(query)

    def carry_out(
        self,
        action: Action,
        situation: Situation,
        draft: Draft,
        done: Callable[[], None],
        refused: Callable[[Rejected], bool] = lambda _rejected: False,
    ) -> None:
        """Sends a finished step; its draft goes when the hub has it. Raises `Incomplete` while something is missing."""
        number = situation.line.case_number

        def sent() -> None:
            self.drafts.drop(number, action.code)
            view = self.queue()
            self.devices.done(action.code, situation.line, view.current if view is not None else None)
            done()

        command = table.command(action.code, situation, draft)
        self.session.carry_out(number, action.code, command, sent, refused)

    # --- inside

    def _session_changed(self) -> None:
        self.case_file.follow(self.session.detail)
        if self.session.staff is None:
            self.papers.forget()
            self.printing.forget()
            self.forms.close()
            self.export.close()
            self.devices.gone()
            if self.desk is not None:
                self.desk.forget()
        self._changed()

    def _pressed(self, done: Callable[[Answer], None], answer: Answer) -> None:
        assert self.desk is not None
        match answer:
            case Rejected():
                self.desk.answered(answer)
            case TicketAnswer(ticket=ticket):
                self.desk.answered(ticket)
                if ticket.state == "called":
                    self.devices.gone()
                if ticket.case_number and ticket.state in AT_WINDOW:
                    self.session.select(ticket.case_number)
                done(answer)
            case _:
                self.desk.answered()
                done(answer)
        self._changed()

    def _told(self, numbered: Numbered) -> None:
        match numbered.event:
            case TicketTaken(ticket=ticket) | TicketCalled(ticket=ticket) | TicketMoved(ticket=ticket):
                if self.desk is not None:
                    self.desk.told(ticket)
            case CalendarSet():
                self.read_calendar()
            case event:
                self.session.told(event)
        self._changed()

    def _began_anew(self) -> None:
        if self.desk is not None:
            self.desk.began_anew()
        self.read_calendar()
        self.session.refresh()
        self._changed()
