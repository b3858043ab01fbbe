"""预约: times of a day and who has them; booked, moved, cancelled and checked in; a window that goes on after hours."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget
from msgspec.structs import replace

from counter import given_times, naming
from counter.given_times import KINDS, Booking
from counter.screens.choices import Choice, Option
from counter.screens.fields import Day, Words, question
from counter.screens.late_service import LateService
from counter.screens.page import Foot, Page, between, body, title
from counter.screens.parts import BODY_PX, Column, Press, Row, Scroll, heading, side, small
from counter.workplace import Workplace
from display.theme import fonts
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Panel, Text
from hub.wire import messages as m

SIDE_PX = 700
BADGES = {"booked": "now", "checked_in": "soft", "cancelled": "quiet", "called_off": "alarm", "over": "quiet"}


class AppointmentsPage(Page):
    """The screen behind `预约`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        words = place.say.words
        self.told = Booking()
        self.slots: tuple[m.FreeSlot, ...] = ()
        self.listed: tuple[m.AppointmentView, ...] = ()
        self.opening: m.OpeningNow | None = None
        self.sending = False
        self.cancelling = ""
        self.refused: m.Rejected | None = None
        self._drawn: object = None
        say = partial(naming.date, place.say)
        self.day = Day("appointments_day", None, self._turn, start=place.today, say=say)
        given = [one for one in place.hall.services if one.code != place.hall.service_for_cases]
        services = [Option(one.code, one.name) for one in given]
        self.service = Choice("service", "", self._edit, options=services, columns=3)
        kinds = [Option(one, words(f"slots.kind.{one}")) for one in KINDS]
        self.kind = Choice("kind", "booked", self._edit, options=kinds)
        self.times = GridLayout(cols=6, spacing=10, size_hint_y=None, row_default_height=64, row_force_default=True)
        self.times.bind(minimum_height=self.times.setter("height"))
        self.reason = Words("reason", "", self._edit, hint=words("slots.reason.hint"))
        self.done = Panel(fill=P.gold, frame=P.ink, frame_px=3, radius_px=16, padding=(28, 14), spacing=24)
        self.done.size_hint_y, self.done.height = None, 110
        self.done_at = Column(spacing=0, height=0)
        self.free = small("")
        self.foot = Foot("slots.send", words("slots.send"), self.submit, width=340)
        rule = place.policy.appointments.taken
        cite = words("action.rule.document", document=place.policy.name, cite=rule.cite) if rule.cite else ""
        self.add_widget(
            body(
                title(words("slots.title"), cite or words("action.rule.silent")),
                self.done_at,
                self.day,
                self.service,
                self.kind,
                self.free,
                self.times,
                question(words("slots.reason"), self.reason, remark=words("lodge.free")),
                foot=self.foot,
            )
        )
        self.add_widget(between())
        self.code = Words("code", "", self._edit, hint=words("slots.code.hint"))
        self.rows = Column(spacing=10)
        self.late = LateService(place, self._send)
        here = place.terminal.role == "window"
        parts: list[Widget] = []
        if here:
            check = Press("slots.check_in", words("slots.check_in"), self._by_code, height=68)
            check.size_hint_x, check.width = None, 170
            parts += [heading(words("slots.arrived")), Row(self.code, check, height=68, spacing=12)]
        parts += [heading(words("slots.day")), self.rows]
        if here:
            parts += [heading(words("slots.late")), self.late]
        shown = Scroll(Column(*parts, spacing=14, padding=(0, 0, 18, 0)))
        self.add_widget(side(shown, size_hint_x=None, width=SIDE_PX))

    # --- the page

    def enter(self) -> None:
        if self.told.date is None:
            self.told = replace(self.told, date=self.place.today)
            self.day.value = self.place.today
        if not self.told.service and self.service.touches:
            self.told = replace(self.told, service=next(iter(self.service.touches)))
            self.service.value = self.told.service
        self._ask()

    def close(self) -> None:
        for one in (self.reason, self.code):
            one.wipe()
        self.late.close()
        self.told, self.slots, self.listed, self.opening = Booking(), (), (), None
        self.service.value, self.kind.value = "", "booked"
        self.refused, self.sending, self.cancelling = None, False, ""
        self._tell_done("", "")

    def show(self) -> None:
        words, missing = self.place.say.words, given_times.missing(self.told)
        wanted = (self.slots, self.listed, self.opening, self.told, self.place.today, self.sending)
        if wanted != self._drawn:
            self._drawn = wanted
            self._draw()
        said = "；".join(words(f"slots.missing.{one}") for one in missing)
        self.foot.tell(self.place, said, off=bool(missing), sending=self.sending, refused=self.refused)

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if key in ("left", "right") and not typing and self.slots:
            at = [one.slot for one in self.slots]
            now = at.index(self.told.slot) if self.told.slot in at else -1 if key == "right" else 0
            self._mark(at[(now + (1 if key == "right" else -1)) % len(at)])
        elif key in ("up", "down") and not typing:
            self.service.step(1 if key == "down" else -1)
        elif key == "enter" and not ctrl and self.code.input.focus:
            self._by_code()
        else:
            return self.foot.press(key, ctrl)
        return True

    def submit(self) -> None:
        if not given_times.missing(self.told):
            self._send(given_times.command(self.told))

    # --- asking and sending

    def _ask(self) -> None:
        told = self.told
        if told.date is None:
            return
        ask = self.place.session.ask

        def came(answer: m.Answer) -> None:
            match answer:
                case m.SlotList(slots=slots) if (told.service, told.date, told.kind) == self._asked():
                    self.slots = slots
                case m.AppointmentList(appointments=listed) if told.date == self.told.date:
                    self.listed = listed
                case m.OpeningNow():
                    self.opening = answer
                case m.Rejected():
                    self.refused = answer
                case _:
                    pass

        if told.service:
            ask(m.ListSlots(service=told.service, date=told.date, kind=told.kind), came, quietly=True)
        ask(m.ListAppointments(date=told.date), came, quietly=True)
        ask(m.ReadOpening(), came, quietly=True)

    def _asked(self) -> tuple[str, dt.date | None, str]:
        return self.told.service, self.told.date, self.told.kind

    def _send(self, command: m.Command) -> None:
        if self.sending or not self.place.live:
            return
        self.sending, self.refused = True, None

        def answered(answer: m.Answer) -> None:
            self.sending = False
            words, say = self.place.say.words, self.place.say
            match answer:
                case m.Rejected():
                    self.refused = answer
                case m.AppointmentMade(appointment=made):
                    at = words("slots.at", day=naming.date(say, made.date), time=f"{made.slot:%H:%M}")
                    key = "slots.cancelled" if made.state == "cancelled" else "slots.made"
                    self._tell_done(made.code, words(key, at=at, service=self._named(made.service)))
                case m.TicketIssued(number=number):
                    self._tell_done(number, words("slots.issued", ahead=answer.ahead))
                    self.code.wipe()
                case _:
                    self._tell_done("", "")
            self.told = replace(self.told, slot=None)
            self._ask()
            self.show()

        self.place.session.ask(command, answered, quietly=True)
        self.show()

    def _by_code(self) -> None:
        if self.code.value.strip():
            self._send(m.CheckIn(code=self.code.value.strip()))

    def _move(self, move: given_times.RowMove, one: m.AppointmentView) -> None:
        if move == "check_in":
            self._send(m.CheckIn(code=one.code))
        elif move == "cancel" and self.cancelling != one.code:
            self.cancelling, self._drawn = one.code, None  # a second press says that it was meant
            self.show()
        elif move == "cancel":
            self.cancelling = ""
            self._send(m.CancelAppointment(code=one.code))
        elif self.told.date is not None and self.told.slot is not None:
            self._send(m.MoveAppointment(code=one.code, date=self.told.date, slot=self.told.slot))

    # --- what is filled in

    def _turn(self, _name: str, day: dt.date | None) -> None:
        self.told, self.slots = replace(self.told, date=day, slot=None), ()
        self._ask()
        self.show()

    def _edit(self, name: str, value: Any) -> None:
        self.refused = None
        if name in ("service", "kind"):
            self.told, self.slots = replace(self.told, **{name: value}, slot=None), ()
            self._ask()
        elif name == "reason":
            self.told = replace(self.told, reason=value)
        self.show()

    def _mark(self, slot: dt.time) -> None:
        self.told, self.refused, self.cancelling = replace(self.told, slot=slot), None, ""
        self.show()

    # --- drawing

    def _draw(self) -> None:
        words = self.place.say.words
        self.times.clear_widgets()
        for one in self.slots:
            said = words("slots.free", n=one.free) if one.free else words("slots.full")
            if one.slot == self.told.slot:
                said = " "  # its tick stands there
            marked = partial(self._mark, one.slot)
            time = Press(f"slot.{one.slot:%H%M}", f"{one.slot:%H:%M}", marked, hint=said, height=64)
            time.padding, time.chosen = (12, 4), one.slot == self.told.slot
            time.disabled = not one.free
            self.times.add_widget(time)
        self.free.text = words("slots.of_day", n=given_times.free(self.slots)) if self.slots else words("slots.none")
        self.rows.clear_widgets()
        for made in given_times.in_order(self.listed):
            self.rows.add_widget(self._row(made))
        if not self.listed:
            self.rows.add_widget(small(words("slots.nobody")))
        self.late.show(self.opening)

    def _row(self, one: m.AppointmentView) -> Column:
        words = self.place.say.words
        how = given_times.standing(one, self.place.today)
        badge = Badge(words(f"slots.is.{how}"), BADGES[how], font_px=18)
        badge.pos_hint = {"center_y": 0.5}
        time = Text(f"{one.slot:%H:%M}", font_px=28, face=fonts.BLACK, hug=True, size_hint_y=1)
        named = Text(self._named(one.service), font_px=22, size_hint_y=1, max_lines=1, min_px=16)
        head = Row(time, named, badge, spacing=14, height=44)
        slot = (self.told.date, self.told.slot) if self.told.date and self.told.slot else None
        moves = given_times.moves(one, self.place.today, self.place.terminal.role, slot)
        buttons = [
            Press(
                f"{move}.{one.code}", words(f"slots.move.{move}"), partial(self._move, move, one), height=48, font_px=22
            )
            for move in moves
        ]
        for move, button in zip(moves, buttons, strict=True):
            if move == "cancel" and one.code == self.cancelling:
                button.kind, button.text = "danger", words("slots.move.cancel_sure")
            button.size_hint_x, button.width, button.padding = None, 130, (8, 2)
        kind = words(f"slots.short.{one.kind}")
        told = small(words("slots.code_of", code=one.code, kind=kind), size_hint_y=1)
        below = Row(told, *buttons, height=50, spacing=8)
        return Column(head, below, spacing=2)

    def _named(self, code: str) -> str:
        return next((one.name for one in self.place.hall.services if one.code == code), code)

    def _tell_done(self, large: str, said: str) -> None:
        """What was just made, large enough to be read out."""
        self.done.clear_widgets()
        self.done_at.clear_widgets()
        if large:
            self.done.add_widget(Text(large, font_px=52, face=fonts.BLACK, hug=True, size_hint_y=1))
            self.done.add_widget(Text(said, font_px=BODY_PX, size_hint_y=1))
            self.done_at.add_widget(self.done)
