"""清除个人信息 (R71): of one closed case, with the reason, and its number typed a second time by hand."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from counter import erasing
from counter.erasing import Erasing
from counter.screens.fields import Words, question
from counter.screens.page import Foot, Page, aside, between, body, title
from counter.screens.parts import BODY_PX, heading, small
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, Text
from hub.wire.messages import Answer, Done


class ErasePage(Page):
    """The screen behind `清除`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        words = place.say.words
        self.told = Erasing()
        self.sending = False
        self.erased = ""
        """The case that was erased last."""
        self.number = Words("case_number", "", self._edit, hint=words("erase.case_number.hint"))
        self.because = Words("because", "", self._edit, hint=words("erase.because.hint"), rows=3)
        self.again = Words("again", "", self._edit, hint=words("erase.again.hint"))
        self.foot = Foot("erase.send", words("erase.send"), self.submit, width=320, shortcut="")
        self.foot.button.kind = "danger"
        self.said = Text("", font_px=BODY_PX, bold=True, pitch=1.5)
        self.add_widget(
            body(
                title(words("erase.title"), words("erase.note")),
                question(words("erase.case_number"), self.number),
                question(words("erase.because"), self.because),
                question(words("erase.again"), self.again),
                self.said,
                foot=self.foot,
            )
        )
        self.add_widget(between())
        goes = Panel(
            orientation="vertical", fill=P.gold_soft, radius_px=16, padding=(26, 20), spacing=6, size_hint_y=None
        )
        goes.bind(minimum_height=goes.setter("height"))
        goes.add_widget(Text(words("erase.goes"), font_px=28, bold=True))
        goes.add_widget(Text(words("erase.goes.text"), font_px=23, pitch=1.6))
        self.add_widget(
            aside(
                goes, heading(words("erase.stays")), small(words("erase.stays.text"), font_px=23, pitch=1.6), width=640
            )
        )

    def show(self) -> None:
        words = self.place.say.words
        missing = erasing.missing(self.told)
        said = "；".join(words(f"erase.missing.{one}") for one in missing)
        self.foot.tell(self.place, said, off=bool(missing), sending=self.sending)
        self.said.text = words("erase.done", number=self.erased) if self.erased else ""

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        return False  # nothing is erased by a key

    def enter(self) -> None:
        """Begins with the case that is open, if there is one."""
        if not self.told.case_number and self.place.session.selected:
            self.number.value = self.place.session.selected
            self.told = replace(self.told, case_number=self.place.session.selected)

    def close(self) -> None:
        for one in (self.number, self.because, self.again):
            one.input.focus = False
            one.wipe()
        self.told, self.erased, self.sending = Erasing(), "", False

    def submit(self) -> None:
        if self.sending:
            return
        number = self.told.case_number.strip()
        self.sending = True

        def answered(answer: Answer) -> None:
            self.sending = False
            if isinstance(answer, Done):
                self.close()
                self.erased = number
                self.place.session.refresh()

        self.place.session.ask(erasing.command(self.told), answered)

    def _edit(self, name: str, value: str) -> None:
        self.told, self.erased = replace(self.told, **{name: value}), ""
        self.show()
