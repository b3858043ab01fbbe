"""Queues and cases in one place: above each other, or in turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.uix.floatlayout import FloatLayout

from display.board import Progress, Queue
from display.wall.arrange import Need
from display.wall.look import Look
from display.wall.queues import CASE, DENSE, ROOMY, TITLE, Cases, Queues
from hub.domain.screens import Region

PAGE_S = 8.0
MOST_PAGES = 3
"""Queues that would turn as more pages beside the cases have the place in turn with them."""


class Lists(FloatLayout):
    """Queues above cases; where there are more queues than that leaves room for, both in turn.

    Only one of them where a screen has no more. Beside stills they are content with taking turns.
    """

    def __init__(self, look: Look, regions: Sequence[Region], **settings: Any) -> None:
        super().__init__(size_hint_y=None, **settings)
        self.look = look
        self._gives_way = "stills" in regions
        self.queues = Queues(look) if "queues" in regions else None
        self.cases = Cases(look) if "cases" in regions else None
        self._parts = [one for one in (self.queues, self.cases) if one is not None]

    def need(self, _width: float) -> Need:
        rows = [part.high(part.at_least) for part in self._parts]
        least = max(rows) if self._gives_way else sum(rows) + self._gap
        many = len(self.look.hall.services) if self.queues else 0
        wish = least + self.look.px(CASE) + max(0, many - Queues.at_least) * self.look.px(DENSE)
        return Need(least, wish, grows=True)

    @property
    def _gap(self) -> float:
        return self.look.px(16) * (len(self._parts) - 1)

    def show(self, queues: tuple[Queue, ...], cases: tuple[Progress, ...], now_s: float) -> None:
        turn = int(now_s / PAGE_S)
        listed: list[tuple[Any, tuple[Any, ...]]] = [
            (part, items) for part, items in ((self.queues, queues), (self.cases, cases)) if part is not None
        ]
        if len(listed) == 2 and self._together(len(queues)) is None:
            pages = [part.pages(len(items), self.height) for part, items in listed]
            at = turn % sum(pages)
            first = at < pages[0]
            part, items = listed[0 if first else 1]
            self._place([(part, self.height)])
            part.show(items, at if first else at - pages[0])
            return
        rooms = [self.height]
        if len(listed) == 2:
            above = self._together(len(queues)) or 0.0
            rooms = [above, self.height - above - self._gap]
        self._place([(part, room) for (part, _), room in zip(listed, rooms, strict=True)])
        for part, items in listed:
            part.show(items, turn)

    def _together(self, queues: int) -> float | None:
        """The height of the queues above the cases; None where that is too little, or they would turn as many pages."""
        assert self.queues is not None
        assert self.cases is not None
        most = self.height - self._gap - self.cases.high(self.cases.at_least)
        if most < self.queues.high(self.queues.at_least - 1) or self.queues.pages(queues, most) > MOST_PAGES:
            return None
        rows = max(queues, self.queues.at_least)
        roomy = self.look.px(TITLE) + rows * self.look.px(ROOMY)
        return float(min(most, max(self.queues.high(rows), min(roomy, self.height * 0.57))))

    def _place(self, parts: list[tuple[Any, float]]) -> None:
        if [part for part, _ in parts] != list(reversed(self.children)):
            self.clear_widgets()
            for part, _ in parts:
                part.size_hint = (None, None)
                self.add_widget(part)
        top = self.y + self.height
        for part, high in parts:
            part.size, part.pos = (self.width, high), (self.x, top - high)
            top -= high + self._gap
