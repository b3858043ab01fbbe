"""What every way to a number shows on its way: the wait for an answer, other times, a hub that is away."""

from __future__ import annotations

import datetime as dt
from functools import partial
from zoneinfo import ZoneInfo

from kivy.uix.widget import Widget

from hub.domain.due_words import say_date
from hub.wire.messages import FreeSlot
from kiosk.screens.facts import Sentence
from kiosk.screens.flow_page import FlowPage
from kiosk.screens.frame import Asks
from kiosk.screens.kit import Kit
from kiosk.screens.shelf import Choice, Shelf
from kiosk.services.taking import Taking


class TakingPage(FlowPage):
    """A page of the way to a number: `words` are the keys of its title and hint."""

    words = ""
    flow: Taking

    def __init__(self, kit: Kit, asks: Asks, flow: Taking, heading: str) -> None:
        self.flow = flow
        self.heading = heading
        super().__init__(kit, asks)
        self.next.title.max_lines, self.next.title.min_px = 1, kit.main_px(0)

    def words_key(self) -> str:
        return self.words

    def go_back(self) -> None:
        if not self.flow.back():
            self.asks.finish()


class AskingPage(TakingPage):
    """The answer is on its way; there is nothing to touch that could ask twice."""

    name = "asking"
    words = "number.asking"
    next_word = ""
    has_back = False

    def build(self) -> None:
        self.body.add_widget(Widget())


class TimesPage(TakingPage):
    """The day is full (R56): other times, and a number all the same."""

    name = "times"
    words = "number.times"
    next_word = ""

    def build(self) -> None:
        kit, flow = self.kit, self.flow
        choices = [
            Choice(
                f"time.{at}",
                say_slot(kit, one, flow.desk.now),
                kit.words("number.times.free", n=one.free),
                then=partial(flow.agree_on, one),
            )
            for at, one in enumerate(flow.times)
        ]
        wait = Choice("wait", kit.words("number.times.wait"), then=flow.wait_all_the_same)
        self.body.add_widget(Shelf(kit, choices, px=48, below=(wait,)))


class AwayPage(TakingPage):
    """No hub, or no answer: honest, with the way on by hand (R65), and asking again is the same question."""

    has_back = False
    next_name = "again"

    def __init__(self, kit: Kit, asks: Asks, flow: Taking, heading: str) -> None:
        self.name, self.words = flow.step, f"number.{flow.step}"
        self.next_word = f"number.{flow.step}.again"
        super().__init__(kit, asks, flow, heading)

    def build(self) -> None:
        kit, rules = self.kit, self.kit.policy.by_hand
        where = rules.issued_at.value if rules.slips.value else "staff"
        place = f"\n{kit.hall.place}" if kit.hall.place else ""
        self.body.add_widget(Sentence(kit, kit.words(f"number.away.{where}") + place))

    def go_next(self) -> None:
        self.flow.again()


def say_moment(kit: Kit, at: dt.datetime, now: dt.datetime) -> str:
    """A moment as the hall's clock and calendar say it: `今天 14:30`, `11月24日（周二） 09:00`."""
    zone = ZoneInfo(kit.hall.timezone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    time = f"{local:%H:%M}"
    if local.date() == today:
        return kit.words("number.when.today", time=time)
    return kit.words("number.when", date=say_date(local.date(), kit.shared, today), time=time)


def say_slot(kit: Kit, slot: FreeSlot, now: dt.datetime) -> str:
    local = dt.datetime.combine(slot.date, slot.slot, ZoneInfo(kit.hall.timezone))
    return say_moment(kit, local, now)
