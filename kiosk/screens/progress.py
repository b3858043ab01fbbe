"""How far a case is: what the phone page says of it, in letters for an arm's length. Nothing of it is spoken."""

from __future__ import annotations

import datetime as dt

from kivy.uix.boxlayout import BoxLayout

from display.theme.widgets import Steps
from display.theme.widgets.discard import empty
from hub.progress_page import Page as Shown, Shows
from kiosk.screens.frame import Asks, Page
from kiosk.screens.kit import Kit
from kiosk.screens.leaves import Leaves, Passage
from kiosk.screens.spoken import unspoken
from kiosk.services.rating import CaseRating


class ProgressPage(Page):
    """Now, until when, and behind it the answer and every step with its date; a case that can be rated says so."""

    name = "progress"

    def __init__(self, kit: Kit, asks: Asks, flow: CaseRating, heading: str, now: dt.datetime) -> None:
        assert flow.found is not None, "a case that was found leads here"
        self.flow, self.heading = flow, heading
        self._shown = Shows(kit.hall, kit.modes.language).page(flow.found, now)
        self.next_word = "progress.rate" if flow.rateable else ""
        self.next_name = "rate"
        super().__init__(kit, asks)

    def title_words(self) -> str:
        return self.kit.words("progress.title", serial=self._shown.serial, matter=self._shown.matter)

    def hint_words(self) -> str:
        trouble = self.flow.trouble
        return self.kit.words(f"progress.trouble.{trouble}") if trouble else ""

    def build(self) -> None:
        kit, shown = self.kit, self._shown
        self._tight = kit.shape.low or (kit.shape.across and kit.modes.big)
        if self.flow.trouble:
            self.hint.color, self.hint.bold = kit.palette.seal, True
        at = sum(piece.state == "done" for piece in shown.pieces)
        words = next((piece.name for piece in shown.pieces if piece.state == "now"), shown.pieces[-1].name)
        steps = Steps(
            at=at,
            count=len(shown.pieces),
            word=words,
            font_px=kit.side_px(31),
            face=kit.face,
            piece_px=(kit.high_px(92) if not kit.modes.big else 64, 22),
            palette=kit.palette,
            size_hint_y=None,
            height=kit.side_px(31) * 1.4,
        )
        pieces = [] if self._tight else [kit.title(shown.now, px=50), steps]
        if shown.due and pieces:
            due = kit.text(shown.due, px=38, bold=True)
            due.color = kit.palette.seal if shown.due_is_late else kit.palette.ink
            pieces.append(due)
        if self._tight:
            self.body.add_widget(steps)
        else:
            self.body.add_widget(kit.card(*pieces, fill=kit.palette.jade_soft, padding=(36, kit.high_px(24))))
        self._leaves = Leaves(kit, self._paragraphs(shown), px=36)
        self.body.add_widget(unspoken(self._leaves))
        unspoken(self._title)  # which matter it is

    def state(self) -> str:
        return f"{self.flow.trouble or 'shown'}.{self._leaves.page}"

    def go_next(self) -> None:
        self.flow.rate()
        self.asks.show()

    def go_back(self) -> None:
        self.flow.back()
        self.asks.show()

    def wipe(self) -> None:
        self._leaves.passages = ()
        empty(self._leaves)

    def _paragraphs(self, shown: Shown) -> list[Passage]:
        words = self.kit.words
        found = []
        if self._tight:  # there is no room for a card of their own
            found += [Passage(shown.now, heading=True), *([Passage(shown.due, heading=True)] if shown.due else [])]
        if shown.ticket:
            found.append(Passage(shown.ticket, heading=True))
        if shown.answer:
            found += [Passage(shown.answered_by, heading=True), Passage(shown.answer)]
        if shown.rated:
            found.append(Passage(words("progress.rated", level=shown.rated)))
        if shown.due_explained:
            found.append(Passage(shown.due_explained))
        found.append(Passage(words("progress.steps"), heading=True))
        for step in shown.steps:
            said = f"\n{step.said}" if step.said and step.said != shown.answer else ""
            found.append(Passage(words("progress.step", at=step.at, text=step.text) + said))
        if shown.after_closing:
            found.append(Passage(shown.after_closing))
        return found


def spacer(kit: Kit, px: int = 24) -> BoxLayout:
    """A little air that low screens have less of."""
    return BoxLayout(size_hint_y=None, height=kit.high_px(px))
