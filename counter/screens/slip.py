"""指引单 (R6): whose it is, where that is, and whom to ask for, large enough to be read across the counter."""

from __future__ import annotations

from functools import partial
from typing import Any

from counter.screens.choices import Choice, Option
from counter.screens.fields import Words, question
from counter.screens.page import Foot, Page, aside, between, body, title
from counter.screens.parts import Column, heading, small
from counter.screens.prints import Prints
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, Text
from hub.domain.words import LANGUAGES
from hub.wire.messages import Answer, DirectorySlip, SendToDepartment
from printers.direction_slip import direction_slip, slip_of_direction
from printers.slip import Slip


class SlipPage(Page):
    """The screen behind `指引`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        words = place.say.words
        self.department, self.person = "", ""
        self.slip: DirectorySlip | None = None
        self._asking = False
        self._print: Prints | None = None
        options = [Option(one.code, one.name, one.place) for one in place.hall.departments]
        self.choice = Choice("slip", "", self._choose, options=options, columns=2)
        self.who = Words("person", "", self._name, hint=words("slip.person.hint"))
        self.foot = Foot("slip.send", words("slip.send"), self.submit, width=360)
        cite = place.policy.handling.directory_slip.cite
        rule = words("action.rule", cite=cite) if cite else words("action.rule.silent")
        wanted = "person" in place.policy.handling.directory_slip.value
        remark = words("lodge.needed" if wanted else "lodge.free")
        form = [
            question(words("slip.department"), self.choice),
            question(words("slip.person"), self.who, remark=remark),
        ]
        self.add_widget(aside(title(words("slip.title"), rule), *form, width=860, foot=self.foot))
        self.add_widget(between())
        self.paper = Column(spacing=24)
        self.add_widget(body(self.paper))
        self._draw()

    def show(self) -> None:
        words = self.place.say.words
        wanted = "person" in self.place.policy.handling.directory_slip.value
        lacks = not self.department or (wanted and not self.person.strip())
        said = words("slip.missing.person" if self.department else "slip.missing.department") if lacks else ""
        if self._print is not None:
            self._print.show()
        self.foot.tell(self.place, said, off=lacks or self._asking)

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if key in ("up", "down", "left", "right") and not typing:
            self.choice.step({"up": -2, "down": 2, "left": -1, "right": 1}[key])
            return True
        return self.foot.press(key, ctrl)

    def close(self) -> None:
        self.choice.value, self.department, self.person, self.slip = "", "", "", None
        self.who.wipe()
        self._draw()

    def submit(self) -> None:
        self._asking = True

        def answered(answer: Answer) -> None:
            self._asking = False
            self.slip = answer if isinstance(answer, DirectorySlip) else None
            self._draw()

        wanted = SendToDepartment(department=self.department, person=self.person.strip())
        self.place.session.ask(wanted, answered)

    def _choose(self, _name: str, code: str) -> None:
        self.department = code
        self._forget()

    def _name(self, _name: str, person: str) -> None:
        self.person = person
        self._forget()

    def _forget(self) -> None:
        """A slip that says something else than what is filled in stays no longer."""
        if self.slip is not None:
            self.slip = None
            self._draw()
        self.show()

    def _draw(self) -> None:
        words = self.place.say.words
        self.paper.clear_widgets()
        self._print = None
        if self.slip is None:
            self.paper.add_widget(small(words("slip.none"), font_px=25))
            return
        sheet = Panel(orientation="vertical", fill=P.card, frame=P.ink, frame_px=3, radius_px=16, spacing=18)
        sheet.padding, sheet.size_hint_y = (44, 30), None
        sheet.bind(minimum_height=sheet.setter("height"))
        sheet.add_widget(small(self.place.hall.name, font_px=25))
        sheet.add_widget(Text(words("slip.go"), font_px=32, bold=True))
        for name, size in (("department", 50), ("place", 38), ("phone", 48), ("person", 40)):
            told = getattr(self.slip, name)
            if told:
                sheet.add_widget(
                    Column(
                        small(words(f"slip.said.{name}"), font_px=24),
                        Text(told, font_px=size, bold=True, pitch=1.3),
                        spacing=2,
                    )
                )
        self.paper.add_widget(heading(words("slip.read")))
        self.paper.add_widget(sheet)
        if self.place.printing.has_printer:
            languages = [
                (f"slip.print.{one}", words(f"slip.print.{one}"), partial(self._sheets, one)) for one in LANGUAGES
            ]
            self._print = Prints(self.place, languages)
            self.paper.add_widget(self._print.column())
        self.paper.add_widget(small(words("slip.no_paper"), font_px=23))

    def _sheets(self, language: str) -> list[Slip]:
        """The same on paper, in the citizen's language with the staff's beside it."""
        if self.slip is None:
            return []
        place = self.place
        return [slip_of_direction(direction_slip(self.slip, self.department, place.hall, place.now, language))]
