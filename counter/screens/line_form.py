"""A form of the line: where to, why, on what ground. It says what sending it does, and in its place why it was not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from msgspec.structs import replace

from counter import desk_forms
from counter.desk_forms import OTHER, FormCode, Wanted
from counter.line_words import LineWords, Listed
from counter.screens.choices import Choice, Option
from counter.screens.fields import Words, question
from counter.screens.page import Foot
from counter.screens.parts import RADIUS_PX, TITLE_PX, Column, Press, Row, Scroll, small
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, Text
from hub.wire.messages import Rejected, TicketView

Send = Callable[[Wanted], None]
GREEN_ROW_PX = 56
"""So that a hall's grounds and the words beyond them stand on one screen."""


class LineForm(Panel):
    """One form about one number, or about the window when there is none."""

    def __init__(
        self,
        place: Workplace,
        code: FormCode,
        ticket: TicketView | None,
        send: Send,
        leave: Callable[[], None],
        *,
        quote: str = "",
    ) -> None:
        super().__init__(
            orientation="vertical",
            fill=P.card,
            frame=P.hair,
            frame_px=2,
            radius_px=RADIUS_PX,
            padding=(32, 24),
            spacing=16,
        )
        self.place, self.code, self.ticket = place, code, ticket
        self.say = LineWords(place.say, place.policy)
        self.wanted = desk_forms.begun(code, ticket)
        self.sending = False
        self.refused: Rejected | None = None
        self._send, self._leave, self._quote = send, leave, quote
        self.lists: list[Choice] = []
        self.words: Words | None = None
        say = self.say.words
        self.rule = small(self.say.rule(code))
        back = Press("lineform.back", say("compose.back"), self.leave, shortcut="Esc", height=60)
        back.size_hint_x, back.width = None, 170
        head = Row(Text(self.say.title(code, ticket), font_px=TITLE_PX, bold=True, size_hint_y=1), back, height=64)
        self.body = Column(spacing=18, padding=(0, 0, 16, 8))
        self.foot = Foot("lineform.send", self.say.send(code), self.submit, width=320)
        for part in (head, self.rule, Scroll(self.body), self.foot):
            self.add_widget(part)
        self._lay()
        self.show()

    # --- filling in

    def edit(self, name: str, value: Any) -> None:
        if name == "service":
            self.wanted = replace(self.wanted, service=value, window=0)
            self._lay()
        elif name == "window":
            self.wanted = replace(self.wanted, window=int(value or 0))
        elif name == "reason":
            self.wanted = replace(self.wanted, reason=value)
        else:
            asked = self._asked()
            self.wanted = replace(self.wanted, choice=value)
            if desk_forms.at_once(self.code, value):
                self.show()
                self.submit()
                return
            if asked != self._asked():
                self._lay()
        self.refused = None
        self.show()

    def show(self) -> None:
        missing = desk_forms.missing(self.code, self.ticket, self.wanted)
        if self.foot.button.parent is None:
            said = self.say.words("lineform.at_once")
        elif missing:
            said = self.say.words(f"lineform.missing.{missing[0]}")
        else:
            said = self.say.becomes(self.code, self.ticket, self.wanted)
        self.foot.tell(self.place, said, off=bool(missing), sending=self.sending, refused=self.refused)

    def submit(self) -> None:
        """Sends it once."""
        if self.sending or desk_forms.missing(self.code, self.ticket, self.wanted) or not self.place.live:
            return
        reason = self.wanted.reason.strip() or self.say.reason(self.code, self.wanted.choice)
        self.sending, self.refused = True, None
        self.show()
        self._send(replace(self.wanted, reason=reason))

    def answered(self, refused: Rejected | None) -> None:
        """The hub answered; a refusal stands here, and what was filled in stays."""
        self.sending, self.refused = False, refused
        self.show()

    def leave(self) -> None:
        self.close()
        self._leave()

    def close(self) -> None:
        if self.words is not None:
            self.words.wipe()

    # --- keys

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if key == "escape":
            self.leave()
        elif key.isdigit() and not typing and not ctrl and self.lists:
            self.lists[0].pick(int(key))
        elif key in ("up", "down") and not typing and self.lists and not self._flies():
            self.lists[0].step(1 if key == "down" else -1)
        elif key in ("left", "right") and not typing and len(self.lists) > 1:
            self.lists[1].step(1 if key == "right" else -1)
        elif key == "enter" and (ctrl or not typing):
            self.submit()
        else:
            return False
        return True

    def _asked(self) -> tuple[bool, bool]:
        """Whether words may be said, and whether they must be."""
        needed = self.code == "advance" or self.wanted.choice in (OTHER, "no")
        return desk_forms.asks_words(self.code, self.wanted), needed

    def _flies(self) -> bool:
        """Whether a choice is sent as it is made: then arrows, which pass others by, make none."""
        return desk_forms.FORMS[self.code].at_once

    # --- drawing

    def _lay(self) -> None:
        """Builds the questions for what was chosen so far; words that were typed stay."""
        say, place, code = self.say, self.place, self.code
        self.body.clear_widgets()
        self.lists = []
        if self._quote:
            self.body.add_widget(quoted(self._quote))
        if code == "transfer" and self.ticket is not None:
            own = place.terminal.window
            services = Choice(
                "service", self.wanted.service, self.edit, options=_shown(say.services(self.ticket.service)), columns=3
            )
            opened = {one.number for one in place.picture.windows.values() if one.open}
            to = desk_forms.windows_for(place.hall, own, self.wanted.service, opened)
            any_one = self.wanted.service != self.ticket.service
            options = _shown(say.windows(to, any_one=any_one))
            windows = Choice("window", str(self.wanted.window), self.edit, options=options, columns=4)
            self.lists = [services, windows]
            self.body.add_widget(question(say.words("lineform.service"), services))
            shown = windows if options else small(say.words("lineform.no_window"))
            self.body.add_widget(question(say.words("lineform.window"), shown))
        else:
            own_services = place.desk.window.services if place.desk is not None else ()
            codes = desk_forms.choices(code, own_services, place.policy.queue)
            if codes:
                columns = 1 if code == "green" else 2
                options = _shown(say.options(code, codes, place.picture))
                row_px = GREEN_ROW_PX if code == "green" else 0
                one = Choice("choice", self.wanted.choice, self.edit, options=options, columns=columns, row_px=row_px)
                self.lists = [one]
                self.body.add_widget(self.lists[0])
        may_say, needed = self._asked()
        if may_say:
            if self.words is None:
                self.words = Words("reason", self.wanted.reason, self.edit, hint=say.hint(code), rows=2)
            elif self.words.parent is not None:
                self.words.parent.remove_widget(self.words)
            remark = say.words("lodge.needed" if needed else "lodge.free")
            self.body.add_widget(question(say.words("lineform.reason"), self.words, remark=remark))
        button = self.foot.button
        if may_say != (button.parent is not None):
            self.foot.add_widget(button) if may_say else self.foot.remove_widget(button)


def _shown(listed: list[Listed]) -> list[Option]:
    return [Option(*one) for one in listed]


def quoted(text: str) -> BoxLayout:
    """Somebody else's words on a quiet ground."""
    panel = Panel(fill=P.paper, radius_px=12, padding=(22, 14), size_hint_y=None)
    panel.bind(minimum_height=panel.setter("height"))
    panel.add_widget(Text(text, font_px=24, pitch=1.5))
    return panel
