"""What came of it: the number huge, how long and where, and the true state of its slip; or the time agreed on."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import fonts
from display.theme.widgets import Text
from hub.domain import estimate
from hub.wire.messages import FreeSlot
from kiosk.screens.facts import Fact, Facts
from kiosk.screens.frame import Asks
from kiosk.screens.kit import Kit
from kiosk.screens.spoken import unspoken
from kiosk.screens.taking import TakingPage, say_slot
from kiosk.services.check_in import CheckingIn
from kiosk.services.green import GreenChannel
from kiosk.services.taking import Taking

NUMBER_PX, SMALL_NUMBER_PX = 300, 170


class GivenPage(TakingPage):
    """The number or code beside what belongs to it; below it the printer's own word."""

    next_word = "done.finish"
    next_name = "finish"
    has_back = False

    def build(self) -> None:
        kit = self.kit
        flat = self._flat()
        self._facts = Facts(kit, self.facts(), px=46)
        both = BoxLayout(orientation="horizontal" if flat else "vertical", spacing=kit.high_px(32 if flat else 24))
        card = kit.card(frame=True, spacing=kit.high_px(12), **({"size_hint_y": 1} if flat else {}))
        self._number = self._huge(SMALL_NUMBER_PX if flat else NUMBER_PX)
        pieces = [self._number]
        if self.under():
            pieces.append(kit.title(self.under(), px=38 if flat else 50, align="center"))
        for piece in (Widget(), *pieces, Widget()) if flat else pieces:
            card.add_widget(piece)
        if flat:
            card.size_hint_x = 0.7
        both.add_widget(card)
        both.add_widget(self._facts)
        self.body.add_widget(both)
        self._slip = kit.title("", px=42)
        self._strip = kit.card(self._slip, padding=(44, kit.high_px(24)))
        self._strip.frame = kit.palette.ink
        self.body.add_widget(self._strip)

    def number(self) -> str:
        raise NotImplementedError  # each page has its own

    def under(self) -> str:
        """The line below the number."""
        return ""

    def facts(self) -> list[Fact]:
        raise NotImplementedError  # each page has its own

    def refresh(self) -> None:
        palette, state = self.kit.palette, self.flow.printed.paper
        none = state == "none"
        self._slip.text = self.kit.words(f"number.print.{state}")
        self._slip.color = palette.on_gold if none else palette.ink
        self._strip.fill = palette.gold if none else palette.gold_soft
        self._strip.frame_px = 3 if none else 0

    def state(self) -> str:
        return f"{self.flow.step}.{self.flow.printed.paper}"

    def go_next(self) -> None:
        self.asks.finish()

    def go_back(self) -> None:
        self.asks.finish()

    def _flat(self) -> bool:
        """Whether there is more room beside the number than below it."""
        return self.kit.shape.across or self.kit.shape.low

    def _huge(self, px: int) -> Text:
        return Text(
            self.number(),
            font_px=px,
            min_px=self.kit.main_px(0),
            max_lines=1,
            face=fonts.BLACK,
            align="center",
            pitch=1.1,
            color=self.kit.palette.jade,
        )


class IssuedPage(GivenPage):
    """A number: who is before them, how long, where to go, and what a missed call costs."""

    name = "issued"
    words = "number.issued"

    def number(self) -> str:
        return self.flow.issued.number if self.flow.issued is not None else ""

    def under(self) -> str:
        return "" if self._flat() else self._how_long()

    def _how_long(self) -> str:
        issued, words = self.flow.issued, self.kit.words
        if issued is None:
            return ""
        ahead = words("number.ahead", n=issued.ahead) if issued.ahead else words("number.first")
        return f"{ahead}\n{estimate.say(issued.wait, self.kit.shared)}"

    def facts(self) -> list[Fact]:
        issued, kit, words = self.flow.issued, self.kit, self.kit.words
        if issued is None:
            return []
        hall = kit.hall
        numbers = words("number.between").join(
            str(one.number) for one in hall.windows if issued.service in one.services
        )
        where = words("number.fact.where.windows", windows=numbers) if numbers else words("number.fact.where.none")
        facts = [
            *([(words("number.fact.ahead"), self._how_long())] if self._flat() else []),
            (words("number.fact.service"), hall.service(issued.service).name),
            (words("number.fact.where"), where),
            *_own(self.flow, kit),
        ]
        rules = kit.policy.queue
        missed = words(f"number.fact.missed.{rules.second_chance.value}", n=rules.second_chance_behind.value)
        return [*facts, (words("number.fact.missed"), missed)]


class BookedPage(GivenPage):
    """A time agreed on (R56): the code that is typed then."""

    name = "booked"
    words = "number.booked"

    def build(self) -> None:
        super().build()
        unspoken(self._number)

    def number(self) -> str:
        return self.flow.booked.code if self.flow.booked is not None else ""

    def under(self) -> str:
        return self.kit.words("number.booked.code")

    def facts(self) -> list[Fact]:
        made, kit, words = self.flow.booked, self.kit, self.kit.words
        if made is None:
            return []
        slot = FreeSlot(date=made.date, slot=made.slot, quota=0, free=0)
        early = kit.policy.appointments.early_min.value
        return [
            (words("number.fact.service"), kit.hall.service(made.service).name),
            (words("number.fact.when"), say_slot(kit, slot, self.flow.desk.now)),
            (words("number.fact.come"), words("number.fact.come.code", n=early)),
        ]


def _own(flow: Taking, kit: Kit) -> list[Fact]:
    """What only one way to a number has to say: how an appointment stands, what became of a green channel."""
    words, issued = kit.words, flow.issued
    if isinstance(flow, CheckingIn) and issued is not None:
        given = _clock(kit, issued.not_before) if issued.not_before else ""
        return [(words("number.fact.arrival"), words(f"number.fact.arrival.{flow.arrival}", time=given))]
    if isinstance(flow, GreenChannel) and flow.became:
        said = words(f"number.fact.green.{flow.became}", title=flow.confirmed_by)
        return [(words("number.fact.green"), said)]
    return []


def _clock(kit: Kit, at: dt.datetime) -> str:
    return f"{at.astimezone(ZoneInfo(kit.hall.timezone)):%H:%M}"


def page_of_given(kit: Kit, asks: Asks, flow: Taking, heading: str) -> GivenPage:
    """The page of whatever the flow was given."""
    return (BookedPage if flow.booked is not None else IssuedPage)(kit, asks, flow, heading)
