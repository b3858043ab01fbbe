"""意见箱 (R41): what is in the box, its words, and what was done about each."""

from __future__ import annotations

from typing import Any

from counter import naming
from counter.screens.choices import Choice, Option
from counter.screens.fields import Words, question
from counter.screens.page import Foot, Page, aside, between, body, title
from counter.screens.parts import BODY_PX, Column, small
from counter.workplace import Workplace
from display.theme.widgets import Text
from hub.wire.messages import (
    Answer,
    HandleSuggestion,
    ListSuggestions,
    ReadSuggestion,
    SuggestionDetail,
    SuggestionLine,
    SuggestionList,
)

SHOWN = 12
"""The oldest ones, on one page; the others come when these are done."""


class SuggestionsPage(Page):
    """The screen behind `意见箱`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        words = place.say.words
        self.listed: tuple[SuggestionLine, ...] | None = None
        self.opened: SuggestionDetail | None = None
        self.done_text = ""
        self.sending = False
        self.box = Column(spacing=12)
        self.add_widget(body(title(words("suggestions.title"), words("suggestions.note")), self.box))
        self.add_widget(between())
        self.said = Text("", font_px=BODY_PX, pitch=1.6)
        self.who = small("")
        self.result = Words("result", "", self._edit, hint=words("suggestions.result.hint"), rows=4)
        self.foot = Foot("suggestions.send", words("suggestions.send"), self.submit, width=320)
        self.add_widget(
            aside(self.said, self.who, question(words("suggestions.result"), self.result), width=760, foot=self.foot)
        )
        self._shown: object = ()

    def enter(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        self.place.session.ask(ListSuggestions(), self._came, quietly=True)

    def show(self) -> None:
        words, opened = self.place.say.words, self.opened
        if self._shown != self.listed:
            self._shown = self.listed
            self._fill()
        self.said.text = opened.text if opened is not None else words("suggestions.choose")
        self.who.text = "" if opened is None else self._who(opened)
        empty = not self.done_text.strip()
        said = words("suggestions.missing") if empty and opened is not None else ""
        self.foot.tell(self.place, said, off=empty or opened is None, sending=self.sending)

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        return self.foot.press(key, ctrl)

    def close(self) -> None:
        self.result.input.focus = False
        self.result.wipe()
        self.listed, self.opened, self.done_text, self.sending = None, None, "", False

    def submit(self) -> None:
        if self.sending or self.opened is None:
            return
        self.sending = True
        self.place.session.ask(HandleSuggestion(number=self.opened.line.number, text=self.done_text), self._handled)

    # --- what arrives

    def _came(self, answer: Answer) -> None:
        if isinstance(answer, SuggestionList):
            self.listed = answer.suggestions

    def _read(self, answer: Answer) -> None:
        if isinstance(answer, SuggestionDetail):
            self.opened = answer

    def _handled(self, answer: Answer) -> None:
        self.sending = False
        if isinstance(answer, SuggestionLine):
            self.opened, self.done_text = None, ""
            self.result.wipe()
            self.refresh()

    # --- showing

    def _fill(self) -> None:
        words = self.place.say.words
        self.box.clear_widgets()
        if self.listed is None:
            return
        if not self.listed:
            self.box.add_widget(small(words("suggestions.empty")))
            return
        options = [self._option(one) for one in self.listed[:SHOWN]]
        chosen = self.opened.line.number if self.opened is not None else ""
        self.box.add_widget(Choice("suggestion", chosen, self._choose, options=options, columns=2))
        if len(self.listed) > SHOWN:
            self.box.add_widget(small(words("suggestions.more", n=len(self.listed) - SHOWN)))

    def _option(self, one: SuggestionLine) -> Option:
        say = self.place.say
        left = say.local(one.left_at)
        when = f"{naming.date(say, left.date())} {left:%H:%M}"
        return Option(one.number, say.words(f"suggestions.kind.{one.kind}"), f"{one.number}　{when}")

    def _who(self, opened: SuggestionDetail) -> str:
        words = self.place.say.words
        contact = " ".join(one for one in (opened.name, opened.phone) if one)
        return words("suggestions.who", contact=contact) if contact else words("suggestions.nobody")

    def _choose(self, _name: str, number: str) -> None:
        self.place.session.ask(ReadSuggestion(number=number), self._read)

    def _edit(self, _name: str, text: str) -> None:
        self.done_text = text
        self.show()
