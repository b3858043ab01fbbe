"""评价: the hall's own scale, why for a bad one, and what becomes of it."""

from __future__ import annotations

from functools import partial

from kivy.uix.widget import Widget

from hub.domain.due_words import say_date
from hub.domain.translated import text_in
from kiosk.screens.flow_page import FlowPage
from kiosk.screens.frame import Asks
from kiosk.screens.kit import Kit
from kiosk.screens.progress import spacer
from kiosk.screens.shelf import Choice, Shelf
from kiosk.services.rating import WHY, CaseRating


class RatingPage(FlowPage):
    """What the steps of a rating share: what went wrong stands where the hint stood, and the key tries again."""

    service = "rating"
    flow: CaseRating

    def __init__(self, kit: Kit, asks: Asks, flow: CaseRating, heading: str) -> None:
        self.flow, self.heading = flow, heading
        super().__init__(kit, asks)

    def state(self) -> str:
        return self.flow.trouble or ("sending" if self.flow.sending else "ready")

    def refresh(self) -> None:
        flow, kit = self.flow, self.kit
        self.next.disabled = not self.leads_on()
        if flow.trouble:
            self.hint.text = kit.words(f"rating.trouble.{flow.trouble}", window=kit.hall.window_name)
            self.hint.color, self.hint.bold = kit.palette.seal, True
        self.next.text = kit.words("rating.again" if flow.again else self.next_word)

    def leads_on(self) -> bool:
        return self.flow.ready

    def go_next(self) -> None:
        self.flow.go_on()
        self.asks.show()


class LevelPage(RatingPage):
    """The levels, best first."""

    name = "level"
    next_word = "rating.send"
    next_name = "send"

    def build(self) -> None:
        kit, found = self.kit, self.flow.found
        assert found is not None, "there is nothing else to rate"
        choices = [
            Choice(
                f"level.{one.code}",
                text_in(one.name, kit.modes.language, kit.hall),
                then=partial(self._choose, one.code),
                chosen=self.flow.level == one,
            )
            for one in found.levels
        ]
        self._shelf = Shelf(kit, choices, px=56, columns=1 if not kit.shape.across else 2, most_px=170, ticks=True)
        self.body.add_widget(self._shelf)

    def refresh(self) -> None:
        level = self.flow.level
        self._shelf.tick(lambda name: level is not None and name == f"level.{level.code}")
        self.next_word = "next" if level is not None and level.sends_back else "rating.send"
        super().refresh()

    def leads_on(self) -> bool:
        return self.flow.level is not None and not self.flow.sending

    def _choose(self, code: str) -> None:
        self.flow.choose(code)
        self.refresh()


class WhyPage(RatingPage):
    """Why it is done again: tapped, or written."""

    name = "why"
    next_word = "rating.send_back"
    next_name = "send"

    def build(self) -> None:
        kit = self.kit
        choices = [
            Choice(f"why.{one}", kit.words(f"rating.why.{one}"), then=partial(self._toggle, one), chosen=False)
            for one in WHY
        ]
        own = Choice("write", kit.words("rating.write"), then=self._write, chosen=bool(self.flow.text.strip()))
        self._shelf = Shelf(kit, choices, px=46, columns=2, most_px=140, ticks=True, below=(own,))
        self.body.add_widget(self._shelf)

    def refresh(self) -> None:
        self._shelf.tick(lambda name: name.removeprefix("why.") in self.flow.why)
        super().refresh()

    def _toggle(self, why: str) -> None:
        self.flow.toggle(why)
        self.refresh()

    def _write(self) -> None:
        self.flow.open_writing()
        self.asks.show()


class RatedPage(RatingPage):
    """Thanks; and of a case that is done again, until when."""

    name = "rated"
    next_word = "home.back"
    next_name = "done"
    has_back = False

    def build(self) -> None:
        kit, flow = self.kit, self.flow
        bad = flow.level is not None and flow.level.sends_back
        thanks = kit.title(kit.words(f"rating.thanks.{'bad' if bad else 'good'}"), px=50, pitch=1.45)
        self._due = kit.text("", px=42)
        if not kit.shape.low:
            self.body.add_widget(spacer(kit))
        self.body.add_widget(kit.card(thanks, self._due, frame=True, padding=(48, kit.high_px(36))))
        self.body.add_widget(Widget())

    def refresh(self) -> None:
        """The new date of a case that is done again, as soon as the hub has told it."""
        found = self.flow.found
        if found is not None and found.stage == "rework" and found.promised:
            self._due.text = self.kit.words("rating.thanks.due", date=say_date(found.due.date, self.kit.shared))

    def go_next(self) -> None:
        self.asks.finish()
