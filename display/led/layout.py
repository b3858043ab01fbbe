"""From the board model to lines of dots: a call pre-empts, else pages turn every five seconds. Pure.

One line of 16 dots is one dynamic area. `F012请到3号窗口` is 120 dots; what is wider than the board is broken.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from display.board import Progress, Queue, View
from display.led import text
from display.led.frames import Area, DynamicText
from display.theme import wrap
from hub.domain.estimate import say
from hub.domain.words import Words

PAGE_S = 5.0
LINE_DOTS = 16
CASES = 8
FORGET_S = 30
"""The board clears itself when it hears nothing for so long: no text is better than an old one."""

CALL, CALM = "1", "2"
"""The vendor's colours: red for calls, green for everything else."""
FONT = rb"\FO000"


class Line(Struct, frozen=True):
    """One line of the board."""

    words: str
    color: str = CALM


Page = tuple[Line, ...]


class Layout:
    """A board of so many dots; shows pages of `rows` lines, `columns` cells each."""

    def __init__(self, width_dots: int, height_dots: int, words: Words) -> None:
        self.width, self.rows = width_dots, height_dots // LINE_DOTS
        self.columns = width_dots // text.CELL
        self.words = words

    def page(self, view: View, now_s: float) -> Page:
        """What the board shows at this moment."""
        calling = self._calls(view)
        if calling:
            return calling
        pages = self.pages(view)
        return pages[int(now_s / PAGE_S) % len(pages)]

    def pages(self, view: View) -> list[Page]:
        """The pages that turn while nobody is called; never empty."""
        groups = [[self._queue(queue) for queue in view.queues]]
        if view.stale:
            groups.insert(0, [self._broken(self._stale(view))])
        if view.paused:
            groups.append([self._broken(self._paused(view))])
        if view.faulty:
            groups.append([self._broken(self.words("led.faulty", windows=self._numbers(view.faulty)))])
        if view.cases:
            groups.append([self._broken(self._case(case)) for case in view.cases[:CASES]])
        if view.bulletin:
            groups.append([[line] for line in self._broken(view.bulletin)])
        return [page for group in groups for page in self._paged(group)] or [()]

    def request(self, page: Page) -> DynamicText:
        """The page as areas; lines without words are areas too, so that nothing old stays."""
        lines = [*page, *[Line(words="")] * (self.rows - len(page))]
        return DynamicText(
            areas=tuple(
                Area(
                    area_id=row,
                    x=0,
                    y=row * LINE_DOTS,
                    width=self.width,
                    height=LINE_DOTS,
                    text=FONT + rb"\C" + line.color.encode() + text.encoded(line.words or " "),
                    timeout_s=FORGET_S,
                )
                for row, line in enumerate(lines)
            )
        )

    # --- the lines

    def _calls(self, view: View) -> Page:
        flashing = [standing.call for standing in view.calls if standing.flashing]
        lines = [self.words("led.call", number=call.number, window=call.window) for call in flashing]
        return tuple(Line(words=line, color=CALL) for line in lines[: self.rows])

    def _queue(self, queue: Queue) -> list[str]:
        if not queue.windows:
            key = "led.waiting_paused" if queue.waiting else "no_window"
        else:
            key = "led.waiting" if queue.waiting else "no_wait"
        wait = say(queue.wait, self.words, "led.wait")
        return [
            *self._broken(queue.service),
            *self._broken(self.words(key, waiting=queue.waiting, wait=wait)),
        ]

    def _paused(self, view: View) -> str:
        if not view.open_windows:
            return self.words("led.all_paused")
        return self.words("led.paused", windows=self._numbers(view.paused))

    def _numbers(self, windows: Iterable[int]) -> str:
        return self.words("list").join(str(number) for number in windows)

    def _case(self, case: Progress) -> str:
        stage = "overdue" if case.overdue else case.stage
        return self.words("led.case", serial=case.serial, stage=self.words(f"stage.{stage}"))

    def _stale(self, view: View) -> str:
        return self.words("stale", at=view.stale_since) if view.stale_since else self.words("connecting")

    # --- breaking

    def _broken(self, words: str) -> list[str]:
        return wrap.lines(text.shown(words), self.columns, text.cells)

    def _paged(self, items: list[list[str]]) -> list[Page]:
        """Items after one another; one that fits on a page is not torn over two."""
        pages: list[list[str]] = [[]]
        for item in items:
            if pages[-1] and len(item) > self.rows - len(pages[-1]) and len(item) <= self.rows:
                pages.append([])
            for line in item:
                if len(pages[-1]) == self.rows:
                    pages.append([])
                pages[-1].append(line)
        return [tuple(Line(words=line) for line in page) for page in pages if page]
