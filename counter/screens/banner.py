"""What must be reacted to: the newest notice across the window, until somebody acknowledges it by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from counter.screens.parts import Band, Press
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Text
from hub.domain.numbers import is_case_number
from hub.wire.messages import Notice

BANNER_PX = 96


class Banner(Band):
    """One line of gold below the header; of no height while nothing waits."""

    def __init__(
        self,
        place: Workplace,
        open_case: Callable[[str], None],
        open_ticket: Callable[[str], None],
        **settings: Any,
    ) -> None:
        super().__init__(fill=P.gold, padding=(36, 14), spacing=20, size_hint_y=None, height=0, **settings)
        self.place, self._open_case, self._open_ticket = place, open_case, open_ticket
        words = place.say.words
        self.line = Text("", font_px=30, bold=True, size_hint_y=1, max_lines=1, min_px=22)
        self.time = Text("", font_px=25, size_hint_y=1, hug=True)
        self.open = Press(
            "notice.open", words("notice.open"), self.look, shortcut="F11", height=66, size_hint_x=None, width=180
        )
        self.yes = Press(
            "notice.acknowledge",
            words("notice.acknowledge"),
            self.acknowledge,
            shortcut="F12",
            kind="primary",
            height=66,
            size_hint_x=None,
            width=270,
        )
        self._shown: object = None

    @property
    def notice(self) -> Notice | None:
        """The newest: an older one never hides what has just come."""
        waiting = self.place.session.notices
        return max(waiting, key=lambda one: one.notice_id) if waiting else None

    def show(self) -> None:
        notice, waiting = self.notice, len(self.place.session.notices)
        wanted = (notice, waiting, tuple(self.place.session.cases), self.place.live, self.place.today)
        if wanted == self._shown:
            return
        self._shown = wanted
        self.clear_widgets()
        self.height = BANNER_PX if notice else 0
        self.fill = P.gold if notice else (0, 0, 0, 0)
        if notice is None:
            return
        say = self.place.say
        known = {line.case_number: line for line in self.place.session.cases}
        ticket = self.place.picture.tickets.get(notice.subject)
        about = replace(notice, subject=ticket.number) if ticket is not None else notice
        self.line.text = say.notice(about, known.get(notice.subject))
        self.time.text = say.moment(notice.raised_at, self.place.today)
        self.yes.disabled = not self.place.live
        parts: list[Any] = [self.line, self.time]
        if waiting > 1:
            more = Badge(say.words("notice.more", n=waiting - 1), "quiet", font_px=24)
            more.pos_hint = {"center_y": 0.5}
            parts.append(more)
        if is_case_number(notice.subject) or _asks(notice):
            parts.append(self.open)
        for part in [*parts, self.yes]:
            self.add_widget(part)
        for button in (self.open, self.yes):
            button.pos_hint = {"center_y": 0.5}

    def look(self) -> None:
        if self.notice is not None and is_case_number(self.notice.subject):
            self._open_case(self.notice.subject)
        elif self.notice is not None and _asks(self.notice):
            self._open_ticket(self.notice.subject)

    def acknowledge(self) -> None:
        if self.notice is not None and self.place.live:
            self.place.session.acknowledge(self.notice.notice_id)


def _asks(notice: Notice) -> bool:
    """Whether a number of the line waits for somebody's word."""
    return notice.kind == "green_asked"
