"""From the board model to lines of dots: a call pre-empts, else pages turn every five seconds. Pure.

A line is 16 dots high. `F012请到3号窗口` is 120 dots; what is wider than the board is broken.
"""

from __future__ import annotations

from collections.abc import Iterable

from display.board import Call, Progress, Queue, View
from display.led import text
from display.led.dialect import Line, Page
from display.theme import wrap
from hub.domain.estimate import say
from hub.domain.words import Words

PAGE_S = 5.0
CASES = 8


class Layout:
    """A board of so many dots; shows pages of `rows` lines, `columns` cells each."""

    def __init__(self, width_dots: int, height_dots: int, words: Words) -> None:
        self.width, self.rows = width_dots, height_dots // text.LINE_DOTS
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
            groups.append(self._lines(view.bulletin))
        return [page for group in groups for page in self._paged(group)] or [()]

    def notice(self, words: str) -> list[Page]:
        """Pages of nothing but these words; never empty."""
        return self._paged(self._lines(words)) or [()]

    # --- the lines

    def _calls(self, view: View) -> Page:
        flashing = [standing.call for standing in view.calls if standing.flashing]
        lines = [self._call(call) for call in flashing]
        return tuple(Line(words=line, color="call") for line in lines[: self.rows])

    def _call(self, call: Call) -> str:
        """A call is never broken over two lines: what is too wide is said shortly."""
        line = self.words("led.call", number=call.number, window=call.window)
        if text.cells(line) > self.columns:
            line = self.words("led.call_short", number=call.number, window=call.window)
        return line

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

    def _lines(self, words: str) -> list[list[str]]:
        return [[line] for line in self._broken(words)]

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
