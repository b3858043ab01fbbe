"""手工号: what was worked by hand and what does not add up; sheets, blocks of slips, a window by hand (R65, R66)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from kivy.uix.widget import Widget

from counter import naming, sheets
from counter.screens.choices import Choice, Option
from counter.screens.fields import Day, Number, Words, question
from counter.screens.page import Foot, Page, between, body, title
from counter.screens.parts import BODY_PX, Column, Scroll, heading, side, small
from counter.screens.slip_lines import SlipLines, numbers
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, Text
from hub.domain.slips import Cause
from hub.wire.messages import (
    Answer,
    Command,
    ImportSlips,
    PrintSlips,
    ReadSlips,
    Rejected,
    ReportByHand,
    SlipBlock,
    SlipReport,
    SlipsImported,
)

MODES = ("enter", "print", "report")
SIDE_PX = 760
ENTRIES_SHOWN, FAULTS_SHOWN = 200, 6


class SlipsPage(Page):
    """The screen behind `手工号`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        words = place.say.words
        self.zone = ZoneInfo(place.hall.timezone)
        self.lines = SlipLines(place)
        self.date: dt.date | None = None
        self.report: SlipReport | None = None
        self.mode = "enter"
        self.said = ""
        self.sending = False
        self.refused: Rejected | None = None
        self.day = Day("slips_day", None, self._turn, start=place.today, say=lambda one: naming.date(place.say, one))
        self.found = Column(spacing=12)
        self.add_widget(body(title(words("slips.title"), words("slips.rule")), self.day, self.found))
        self.add_widget(between())
        modes = [Option(one, words(f"slips.{one}")) for one in MODES]
        self.modes = Choice("mode", self.mode, self._change, options=modes)
        self.sheet = Words("sheet", "", self._edit, hint=words("slips.sheet.hint"), rows=8)
        causes = [Option(one, words(f"slips.cause.{one}")) for one in sheets.CAUSES]
        self.cause = Choice("cause", "", self._edit, options=causes, columns=3)
        self.read_as = Column(spacing=4)
        services = [Option(one.code, one.name) for one in place.hall.services]
        self.service = Choice("service", "", self._edit, options=services, columns=2)
        self.count = Number("count", 50, self._edit, least=1, most=500)
        self.held_by = Words("held_by", "", self._edit, hint=words("slips.held_by.hint"))
        self.window = Number("window", max(1, place.terminal.window), self._edit, least=1)
        self.since = Words("since", "", self._edit, hint="0905")
        self.until = Words("until", "", self._edit, hint=words("slips.until.hint"))
        self.told = Text("", font_px=BODY_PX, bold=True, pitch=1.5)
        self.form = Column(spacing=18, padding=(0, 0, 18, 0))
        self.foot = Foot("slips.send", words("slips.send.enter"), self.submit, width=320)
        shown = (heading(words("slips.do")), self.modes, Scroll(self.form), self.foot)
        self.add_widget(side(*shown, size_hint_x=None, width=SIDE_PX))
        self._lay()

    # --- the page

    def enter(self) -> None:
        self.date = self.date or self.place.today
        self.day.value = self.date
        self._ask()

    def close(self) -> None:
        for one in (self.sheet, self.held_by, self.since, self.until):
            one.wipe()
        self.report, self.refused, self.said, self.sending = None, None, "", False
        self.found.clear_widgets()
        self._lay()

    def show(self) -> None:
        words, missing = self.place.say.words, self._missing()
        said = words(f"slips.missing.{missing}") if missing else ""
        self.told.text = self.said
        self.foot.tell(self.place, said, off=bool(missing), sending=self.sending, refused=self.refused)

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if key in ("left", "right") and not typing:
            self.modes.step(1 if key == "right" else -1)
            return True
        return self.foot.press(key, ctrl)

    def submit(self) -> None:
        if self.sending or self._missing() or not self.place.live:
            return
        self.sending, self.refused, self.said = True, None, ""

        def answered(answer: Answer) -> None:
            self.sending = False
            match answer:
                case Rejected():
                    self.refused = answer
                case SlipsImported(faults=faults) if faults:
                    told = [self.lines.fault(one) for one in faults[:FAULTS_SHOWN]]
                    self.said = "\n".join((self.place.say.words("slips.not_taken"), *told))
                case _:
                    self.said = self._done(answer)
                    for one in (self.sheet, self.held_by, self.since, self.until):
                        one.wipe()
                    self._lay()
                    self._ask()
            self.show()

        self.place.session.ask(self._command(), answered, quietly=True)
        self.show()

    # --- what is filled in

    def _turn(self, _name: str, day: dt.date | None) -> None:
        if day is not None:
            self.date = day
            self._ask()
            self._edit("", None)

    def _change(self, _name: str, mode: str) -> None:
        self.mode, self.refused, self.said = mode, None, ""
        self._lay()

    def _edit(self, _name: str, _value: Any) -> None:
        self.refused, self.said = None, ""
        if self.mode == "enter":
            self._echo()
        self.show()

    def _fields(self) -> tuple[Widget, ...]:
        """What stands in one form or another."""
        typed = (self.sheet, self.held_by, self.since, self.until)
        return (*typed, self.cause, self.service, self.count, self.window, self.read_as)

    def _lines(self) -> tuple[sheets.Line, ...]:
        return sheets.read(self.sheet.value, self.date or self.place.today, self.zone)

    def _missing(self) -> str:
        if self.mode == "print":
            return "" if self.service.value else "service"
        if self.mode == "report":
            if sheets.moment(self.since.value, self._day(), self.zone) is None:
                return "since"
            if self.until.value.strip() and sheets.moment(self.until.value, self._day(), self.zone) is None:
                return "until"
            return "" if self.cause.value else "cause"
        lines = self._lines()
        if not lines:
            return "lines"
        if any(one.trouble for one in lines):
            return "trouble"
        return "" if self.cause.value else "cause"

    def _day(self) -> dt.date:
        return self.date or self.place.today

    def _command(self) -> Command:
        cause: Cause = next((one for one in sheets.CAUSES if one == self.cause.value), "hub")
        if self.mode == "print":
            held_by = self.held_by.value.strip()
            return PrintSlips(service=self.service.value, count=self.count.value, held_by=held_by)
        if self.mode == "report":
            since = sheets.moment(self.since.value, self._day(), self.zone)
            assert since is not None  # else it is missing
            until = sheets.moment(self.until.value, self._day(), self.zone)
            return ReportByHand(window=self.window.value, since=since, because=cause, until=until)
        return ImportSlips(uses=sheets.uses(self._lines()), because=cause)

    def _done(self, answer: Answer) -> str:
        words = self.place.say.words
        match answer:
            case SlipBlock():
                first, last = numbers(answer)
                return words("slips.done.print", block=answer.block, first=first, last=last)
            case SlipsImported():
                return words("slips.done.enter", n=answer.taken, waiting=answer.waiting)
            case _:
                return words("slips.done.report")

    # --- asking and drawing

    def _ask(self) -> None:
        day = self._day()

        def answered(answer: Answer) -> None:
            if isinstance(answer, SlipReport) and answer.date == self._day():
                self.report = answer
                self._draw(answer)

        self.place.session.ask(ReadSlips(date=day), answered, quietly=True)

    def _lay(self) -> None:
        words = self.place.say.words
        self.form.clear_widgets()
        for one in (*self._fields(), self.told):
            if one.parent is not None:
                one.parent.remove_widget(one)
        if self.mode == "enter":
            parts: list[Widget] = [
                small(words("slips.sheet.how"), font_px=22),
                question(words("slips.sheet"), self.sheet),
                self.read_as,
                question(words("slips.cause"), self.cause),
            ]
            self._echo()
        elif self.mode == "print":
            parts = [
                question(words("slips.service"), self.service),
                question(words("slips.count"), self.count),
                question(words("slips.held_by"), self.held_by, remark=words("lodge.free")),
            ]
        else:
            parts = [
                question(words("slips.window"), self.window),
                question(words("slips.since"), self.since),
                question(words("slips.until"), self.until, remark=words("lodge.free")),
                question(words("slips.cause"), self.cause),
            ]
        for one in (*parts, self.told):
            self.form.add_widget(one)
        self.foot.button.text = words(f"slips.send.{self.mode}")
        self.show()

    def _echo(self) -> None:
        """How each line of the sheet was understood."""
        words = self.place.say.words
        self.read_as.clear_widgets()
        for one in self._lines()[-6:]:
            said = (
                self.lines.use(one.use)
                if one.use is not None
                else f"{one.typed}　{words(f'slips.trouble.{one.trouble}')}"
            )
            self.read_as.add_widget(small(said, color=P.seal if one.trouble else P.ink_2))

    def _draw(self, report: SlipReport) -> None:
        words, say = self.place.say.words, self.place.say
        self.found.clear_widgets()
        wrong = [
            words(
                "slips.out_of_order",
                number=one.number,
                window=one.window,
                time=say.clock(one.called_at),
                passed="、".join(one.passed),
            )
            for one in report.out_of_order
        ] + [words("slips.overlap", window=one.window, first=one.first, second=one.second) for one in report.overlaps]
        if wrong:
            card = Panel(orientation="vertical", fill=P.gold_soft, radius_px=16, padding=(26, 18), size_hint_y=None)
            card.bind(minimum_height=card.setter("height"))
            card.add_widget(Text(words("slips.wrong"), font_px=26, bold=True))
            for one in wrong:
                card.add_widget(Text(one, font_px=22, pitch=1.5))
            self.found.add_widget(card)
        self.found.add_widget(heading(words("slips.blocks")))
        for block in report.blocks:
            self.found.add_widget(self.lines.block(block))
        if not report.blocks:
            self.found.add_widget(small(words("slips.blocks_none")))
        self.found.add_widget(heading(words("slips.entries", n=len(report.entries))))
        for entry in report.entries[:ENTRIES_SHOWN]:
            self.found.add_widget(self.lines.entry(entry))
        if not report.entries:
            self.found.add_widget(small(words("slips.entries_none")))
