"""日历: the year with its days off, 调休 and the hall's own days; what a change would move, and what each one moved."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import groupby
from typing import Any

from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget
from msgspec.structs import replace

from counter import calendars, naming
from counter.calendars import KINDS, Change, Day, DayKind
from counter.screens.choices import Choice, Option
from counter.screens.fields import Words, question
from counter.screens.month import LOOKS, Month
from counter.screens.page import Foot, Page, aside, between
from counter.screens.parts import BODY_PX, TITLE_PX, Column, Press, Row, Scroll, heading, small
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Panel, Text
from hub.domain.numbers import case_serial
from hub.wire.messages import Answer, Rejected, WorkingCalendar

SIDE_PX = 580
VERSIONS_SHOWN = 8
DAYS_NAMED = 6
MARKED: tuple[DayKind, ...] = ("holiday", "made_up", "closed", "half", "worked")


class CalendarPage(Page):
    """The screen behind `日历`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        words = place.say.words
        self.year = 0
        self.change = Change()
        self.sending = False
        self.refused: Rejected | None = None
        self.months: list[Month] = []
        self._drawn: object = None
        self._versions: object = None
        self.named = Text("", font_px=TITLE_PX, bold=True, size_hint_y=1)
        back = Press("calendar.before", "‹", partial(self.turn, -1), height=60, size_hint_x=None, width=72)
        on = Press("calendar.after", "›", partial(self.turn, 1), height=60, size_hint_x=None, width=72)
        self.state = small("", color=P.seal)
        legend = [self._legend(kind) for kind in LOOKS]
        head = Row(back, self.named, on, Widget(), *legend, height=64, spacing=10)
        self.named.size_hint_x, self.named.width = None, 190
        self.named.align = "center"
        self.grid = GridLayout(cols=4, spacing=(16, 6), size_hint_y=None)
        self.grid.bind(minimum_height=self.grid.setter("height"))
        left = Column(head, self.grid, spacing=10, padding=(0, 0, 12, 0))
        self.left = Scroll(left)
        box = Panel(padding=(36, 20, 12, 12), radius_px=0)
        box.add_widget(self.left)
        self.add_widget(box)
        self.add_widget(between())
        kinds = [Option(one, words(f"calendar.kind.{one}")) for one in KINDS]
        self.kind = Choice("kind", "", self._edit, options=kinds, columns=2)
        self.closes = Words("closes", self.change.closes, self._edit, hint="12:00")
        self.reason = Words("reason", "", self._edit, hint=words("calendar.reason.hint"), rows=2)
        self.chosen = Text("", font_px=BODY_PX - 1, pitch=1.45)
        self.effect = Text("", font_px=22, pitch=1.5)
        self.effect_in = Panel(fill=P.gold_soft, radius_px=12, padding=(20, 12), size_hint_y=None)
        self.effect_in.bind(minimum_height=self.effect_in.setter("height"))
        self.effect_in.add_widget(self.effect)
        self.foot = Foot("calendar.send", words("calendar.send"), self.submit, width=370)
        self.versions = Column(spacing=12)
        self.hour = Column(spacing=0, height=0)
        self.add_widget(
            aside(
                heading(words("calendar.change")),
                self.state,
                self.chosen,
                self.kind,
                self.hour,
                question(words("calendar.reason"), self.reason, remark=words("calendar.reason.remark")),
                self.effect_in,
                heading(words("calendar.versions")),
                self.versions,
                width=SIDE_PX,
                foot=self.foot,
            )
        )

    # --- the page

    @property
    def read(self) -> WorkingCalendar | None:
        return self.place.working

    def enter(self) -> None:
        self.place.read_calendar()

    def close(self) -> None:
        self.reason.wipe()
        self.kind.value = ""
        self.closes.value = Change().closes
        self.change, self.refused, self.sending = Change(), None, False

    def show(self) -> None:
        if self.read is None:
            self.state.text = self.place.say.words("calendar.reading")
            return
        self.year = self.year or self.place.today.year
        wanted = (self.read, self.year)
        if wanted != self._drawn:
            self._drawn = wanted
            self._draw(self.read)
        for month in self.months:
            for day, cell in month.cells.items():
                cell.mark(chosen=day in self.change.days, today=day == self.place.today)
        self._tell(self.read)

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if key in ("left", "right") and ctrl:
            self.turn(1 if key == "right" else -1)
        elif key in ("left", "right", "up", "down") and not typing:
            step = {"left": -1, "right": 1, "up": -7, "down": 7}[key]
            begin = self.change.days[-1] if len(self.change.days) == 1 else self.place.today - dt.timedelta(days=step)
            self.change = replace(self.change, days=(begin + dt.timedelta(days=step),))
            self.year = self.change.days[0].year
            self.show()
        elif key.isdigit() and not typing and not ctrl:
            self.kind.pick(int(key))
        elif key == "escape" and not typing:
            self.change = replace(self.change, days=())
            self.show()
        else:
            return self.foot.press(key, ctrl)
        return True

    def turn(self, by: int) -> None:
        """The year before, or the next."""
        self.year += by
        self.show()

    def tap(self, day: dt.date) -> None:
        self.change, self.refused = calendars.toggled(self.change, day), None
        self.show()

    def submit(self) -> None:
        if self.sending or calendars.missing(self.change) or not self.place.live:
            return
        self.sending, self.refused = True, None

        def answered(answer: Answer) -> None:
            self.sending = False
            if isinstance(answer, Rejected):
                self.refused = answer
            else:
                self.close()
                self.place.read_calendar()

        self.place.session.ask(calendars.command(self.change), answered, quietly=True)
        self.show()

    def _edit(self, name: str, value: Any) -> None:
        self.change, self.refused = replace(self.change, **{name: value}), None
        if name == "kind":
            self.hour.clear_widgets()
            if value == "half":
                self.hour.add_widget(question(self.place.say.words("calendar.closes"), self.closes))
        self.show()

    # --- drawing

    def _draw(self, read: WorkingCalendar) -> None:
        words = self.place.say.words
        self.named.text = words("calendar.year", year=self.year)
        self.state.text = words("calendar.recounting") if read.recounting else ""
        if self.year not in read.years:
            self.state.text = words("calendar.not_published")
        marks: dict[DayKind, str] = {kind: words(f"calendar.mark.{kind}") for kind in MARKED}
        self.grid.clear_widgets()
        self.months = []
        for month, days in groupby(calendars.year_of(read, self.year), key=lambda one: one.date.month):
            one = Month(words("calendar.month", n=month), words("calendar.weekdays"), list(days), marks, self.tap)
            self.months.append(one)
            self.grid.add_widget(one)
        self.versions.clear_widgets()
        say = self.place.say
        for version in read.versions[:VERSIONS_SHOWN]:
            who = version.who or words("calendar.by_hub")
            at = say.moment(version.at, self.place.today)
            moved = words("calendar.moved", n=version.moved) if version.moved else words("calendar.moved_none")
            head = words("calendar.version", n=version.version, at=at, who=who)
            why = Text(version.why, font_px=22, pitch=1.4)
            self.versions.add_widget(Column(small(head), why, small(moved), spacing=0))

    def _tell(self, read: WorkingCalendar) -> None:
        words, missing = self.place.say.words, calendars.missing(self.change)
        self.chosen.text = self._chosen(read)
        said_what = bool(self.change.days and self.change.kind)
        self.effect.text = self._effect(read) if said_what else words("calendar.effect.none")
        said = "；".join(words(f"calendar.missing.{one}") for one in missing)
        self.foot.tell(self.place, said, off=bool(missing), sending=self.sending, refused=self.refused)

    def _chosen(self, read: WorkingCalendar) -> str:
        """The marked days, and what they are now."""
        words, say = self.place.say.words, self.place.say
        if not self.change.days:
            return words("calendar.choose")
        known: dict[dt.date, Day] = {}
        for year in {one.year for one in self.change.days}:
            known |= {one.date: one for one in calendars.year_of(read, year)}
        said = [
            " · ".join(one for one in (naming.date(say, day), words(f"calendar.is.{of.kind}"), of.name) if one)
            for day in self.change.days[:DAYS_NAMED]
            if (of := known[day])
        ]
        more = len(self.change.days) - DAYS_NAMED
        return "\n".join(said + ([words("calendar.more_days", n=more)] if more > 0 else []))

    def _effect(self, read: WorkingCalendar) -> str:
        """Which open dates would move."""
        words, say = self.place.say.words, self.place.say
        if self.change.kind == "half" and calendars.hour(self.change.closes) is None:
            return words("calendar.missing.closes")
        moved = calendars.would_move(read, self.change, self.place.session.cases, self.place.policy)
        if not moved:
            return words("calendar.effect.nothing")
        first = "，".join(
            words(
                "calendar.effect.one",
                number=case_serial(one.case_number),
                before=say.day(one.before),
                after=say.day(one.after),
            )
            for one in moved[:4]
        )
        return words("calendar.effect.some", n=len(moved), first=first)

    def _legend(self, kind: DayKind) -> Badge:
        fill, ink = LOOKS[kind]
        badge = Badge(self.place.say.words(f"calendar.is.{kind}"), "quiet", font_px=17)
        badge.fill, badge.frame = fill, P.line
        for one in badge.children:
            one.color = ink
        badge.pos_hint = {"center_y": 0.5}
        return badge
