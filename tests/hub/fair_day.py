"""A day at a hall lived through the real service, with exceptions that are known because they were planted.

Plain traffic runs in lines of one service, where nobody can be called but in order; each scene plants its exceptions
in a line of its own, which is empty before and after.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from hub.domain.fairness.report import Report, report
from hub.domain.fairness.rows import Day
from hub.domain.hall import Window
from hub.store.fairness import read_day
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import POLICIES, Ask, Desk

KIOSK, HEAD = "kiosk-1", "supervisor"
WINDOWS = (
    Window(number=1, services=("general", "inquiry"), weights={"general": 2}),
    Window(number=2, services=("real-estate", "inquiry")),
    Window(number=3, services=("complaint",)),
)
Planted = tuple[str, str, str, str]
"""Kind, number, who did or decided it, and the words."""


def prepare(desk: Desk) -> Desk:
    """The hall with a weighed window and the grounds of a document that has some; three windows open."""
    desk.hall = replace(desk.hall, windows=WINDOWS)
    queue = replace(desk.policy.queue, green_grounds=POLICIES["wuxi"].queue.green_grounds)
    desk.policy = replace(desk.policy, version=desk.policy.version + 1, queue=queue)
    desk.reopen()
    desk.log_in("window-2", "07")
    desk.later(minutes=1)
    return desk


def day_of(desk: Desk, date: dt.date = factories.MONDAY) -> Day:
    with desk.store.reading() as db:
        return read_day(db, desk.hall.code, desk.sealer, date, lambda *_: None)


def told(desk: Desk, date: dt.date = factories.MONDAY) -> Report:
    return report(day_of(desk, date))


class FairDay:
    """Plays scenes at a prepared desk; `planted` is all that a report of the day may call an exception."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.chance = desk, random.Random(seed)
        self.planted: list[Planted] = []
        self.tickets = 0

    # --- what anybody does

    def take(self, service: str) -> tuple[str, str]:
        """A ticket, half a minute after the last: its id and number."""
        self.desk.later(seconds=30)
        taken = self.desk.ask(KIOSK, m.TakeTicket(service=service))
        self.tickets += 1
        return taken.ticket_id, taken.number

    def call(self, window: int, **narrowed: str) -> m.TicketView:
        self.desk.later(seconds=20)
        answer = self.desk.ask(f"window-{window}", m.CallNext(**narrowed))
        assert isinstance(answer, m.TicketAnswer), answer
        return answer.ticket

    def do(self, terminal: str, command: Any) -> Any:
        self.desk.later(seconds=5)
        answer = self.desk.ask(terminal, command)
        assert not isinstance(answer, m.Rejected), answer
        return answer

    def served(self, window: int, expected: str = "", **narrowed: str) -> None:
        """Calls and finishes the next one, who is the expected one."""
        called = self.call(window, **narrowed)
        assert expected in ("", called.number), (expected, called)
        self.do(f"window-{window}", m.FinishTicket(ticket_id=called.ticket_id))

    def plant(self, kind: str, number: str, staff: str = "", words: str = "") -> None:
        self.planted.append((kind, number, staff, words))

    # --- plain traffic

    def plain(self, count: int) -> None:
        """So many in three lines of one service each, called by three windows at once in one round, until all left."""
        lines = {1: "general", 2: "real-estate", 3: "complaint"}
        for _ in range(count):
            self.desk.later(seconds=self.chance.randint(0, 20))
            services = self.chance.choices(list(lines.values()), k=self.chance.randint(1, 3))
            self.desk.round(*(Ask(KIOSK, m.TakeTicket(service=one)) for one in services))
            self.tickets += len(services)
        at_work: dict[int, str] = {}
        while True:
            self.desk.later(seconds=self.chance.randint(5, 40))
            asks = {
                number: m.FinishTicket(ticket_id=at_work.pop(number)) if number in at_work else m.CallNext()
                for number in lines
            }
            answers = self.desk.round(*(Ask(f"window-{number}", one) for number, one in asks.items()))
            for number, answer in zip(asks, answers, strict=True):
                if isinstance(answer, m.TicketAnswer) and answer.ticket.state == "called":
                    at_work[number] = answer.ticket.ticket_id
            if not at_work and all(isinstance(one, m.Rejected) for one in answers):
                return

    # --- scenes: each begins and ends with empty lines

    def green_on_a_ground(self) -> None:
        (_, first), (late, number) = self.take("complaint"), self.take("complaint")
        self.do("window-3", m.AskGreenChannel(ticket_id=late, ground="school", reason="九月一日开学"))
        self.plant("green_ground", number, "06", "九月一日开学")
        self.served(3, number)
        self.served(3, first)

    def green_confirmed(self) -> None:
        (_, first), (late, number) = self.take("complaint"), self.take("complaint")
        self.do("window-3", m.AskGreenChannel(ticket_id=late, reason="孕晚期，站不住"))
        self.do(HEAD, m.DecideGreenChannel(ticket_id=late, granted=True))
        self.plant("green_confirmed", number, "90", "孕晚期，站不住")
        self.served(3, number)
        self.served(3, first)

    def green_refused(self) -> None:
        (_, first), (late, number) = self.take("complaint"), self.take("complaint")
        self.do("window-3", m.AskGreenChannel(ticket_id=late, reason="赶火车"))
        self.do(HEAD, m.DecideGreenChannel(ticket_id=late, granted=False, reason="不属优先情形，已说明"))
        self.plant("green_refused", number, "90", "不属优先情形，已说明")
        self.served(3, first)
        self.served(3, number)

    def put_first(self) -> None:
        (_, first), (late, number) = self.take("complaint"), self.take("complaint")
        self.do(HEAD, m.AdvanceTicket(ticket_id=late, reason="老人突发不适"))
        self.plant("advanced", number, "90", "老人突发不适")
        self.served(3, number)
        self.served(3, first)

    def weighed(self) -> None:
        (_, first), (_, number) = self.take("inquiry"), self.take("general")
        self.desk.later(minutes=10)
        self.served(1, number)
        self.plant("weight", number, "07")
        self.served(1, first)

    def narrowed(self) -> None:
        (_, first), (_, number) = self.take("real-estate"), self.take("inquiry")
        self.served(2, number, service="inquiry")
        self.plant("narrowed", number, "07")
        self.served(2, first)

    def patient(self) -> None:
        """Passed three times while another, sent back to an earlier place, was not passed at all."""
        early, early_number = self.take("inquiry")
        _, number = self.take("real-estate")
        self.call(2)
        for _ in range(3):
            late, late_number = self.take("real-estate")
            self.do(HEAD, m.AdvanceTicket(ticket_id=late, reason="急件"))
            self.plant("advanced", late_number, "90", "急件")
        self.do("window-2", m.TransferTicket(ticket_id=early, service="real-estate", reason="还要登记"))
        self.plant("transfer", early_number, "07", "还要登记")
        for _ in range(3):
            self.served(2)
        self.served(2, early_number)
        self.served(2, number)

    def sent_on(self) -> None:
        one, number = self.take("general")
        self.call(1)
        self.do("window-1", m.TransferTicket(ticket_id=one, service="inquiry", reason="先缴费"))
        self.plant("transfer", number, "07", "先缴费")
        self.served(1, number)

    def bound_to_a_window(self) -> None:
        one, number = self.take("inquiry")
        self.call(1, service="inquiry")
        self.do("window-1", m.TransferTicket(ticket_id=one, window=2, reason="材料在二号窗口"))
        self.plant("bound", number, "07", "材料在二号窗口")
        _, other = self.take("inquiry")
        self.served(1, other)
        self.served(2, number)

    def released(self) -> None:
        one, number = self.take("inquiry")
        self.call(1)
        self.do("window-1", m.TransferTicket(ticket_id=one, window=2, reason="材料在二号窗口"))
        self.plant("bound", number, "07", "材料在二号窗口")
        self.do("window-2", m.SetWindow(open=False))
        self.plant("released", number, "07")
        self.served(1, number)
        self.do("window-2", m.SetWindow(open=True))

    def parked(self) -> None:
        (one, number), (_, other) = self.take("complaint"), self.take("complaint")
        self.call(3)
        self.do("window-3", m.ParkTicket(ticket_id=one, reason="去复印身份证"))
        self.plant("parked", number, "06", "去复印身份证")
        self.served(3, other)
        self.do("window-3", m.CallParked(ticket_id=one))
        self.plant("parked_back", number, "06")
        self.do("window-3", m.FinishTicket(ticket_id=one))

    def came_back(self) -> None:
        numbers = [self.take("complaint") for _ in range(5)]
        one, number = numbers[0]
        self.call(3)
        self.do("window-3", m.MarkNoShow(ticket_id=one))
        self.do("window-3", m.ReturnTicket(ticket_id=one))
        self.plant("second_chance", number, "06")
        for expected in (1, 2, 3, 0, 4):
            self.served(3, numbers[expected][1])

    def called_again(self) -> None:
        one, number = self.take("complaint")
        self.call(3)
        self.do("window-3", m.MarkNoShow(ticket_id=one))
        self.do("window-3", m.RecallTicket(ticket_id=one))
        self.plant("second_chance", number, "06")
        self.do("window-3", m.FinishTicket(ticket_id=one))

    def left(self) -> None:
        one, number = self.take("complaint")
        self.do("window-3", m.WithdrawTicket(ticket_id=one, reason="改日再来"))
        self.plant("withdrawn", number, "06", "改日再来")

    def printed_without_the_hub(self) -> None:
        serial = sum(number.startswith("K") for _, number, *_ in self.planted) + 1
        number = f"K{serial:03d}"
        at = self.desk.at
        _, other = self.take("complaint")
        self.desk.later(minutes=2)
        said = m.PrintedNumber(business_date=self.desk.books.business_date, printed_at=at, ticket_number=number)
        self.do(KIOSK, m.TakeTicket(service="complaint", printed_number=said))
        self.tickets += 1
        self.plant("on_paper", number)
        self.served(3, number)
        self.served(3, other)

    def worked_by_hand(self) -> None:
        """The hub is away: one of its numbers and a slip are called by hand; a second slip waits until it is back."""
        block = self.do(HEAD, m.PrintSlips(service="complaint", count=2))
        slips = [f"{block.series}{place:03d}" for place in (block.first, block.last)]
        self.tickets += 2
        _, own = self.take("complaint")
        at = [self.desk.at + dt.timedelta(minutes=minutes) for minutes in range(8)]
        self.desk.later(minutes=10)
        by_hand = {"outcome": "served", "window": 3, "staff": "06"}
        uses = (
            m.SlipUse(number=own, called_at=at[3], ended_at=at[4], **by_hand),
            m.SlipUse(number=slips[0], taken_at=at[1], called_at=at[5], ended_at=at[6], **by_hand),
            m.SlipUse(number=slips[1], taken_at=at[2], outcome="waiting"),
        )
        entered = self.do("window-3", m.ImportSlips(uses=uses))
        assert entered.taken == 3, entered
        for number in slips:
            self.plant("on_paper", number, "06")
        for number in (own, slips[0]):
            self.plant("by_hand", number, "06")
        self.served(3, slips[1])

    def evening(self) -> None:
        """Two who still wait and one at a window when the next date begins."""
        (_, served), *waiting = (self.take("complaint") for _ in range(3))
        self.call(3)
        for number in (served, *(number for _, number in waiting)):
            self.plant("day_end", number)
        self.desk.later(hours=15)
        self.desk.turn_day(self.desk.books.business_date + dt.timedelta(days=1))

    def scenes(self) -> list[Callable[[], None]]:
        return [
            self.green_on_a_ground,
            self.green_confirmed,
            self.green_refused,
            self.put_first,
            self.weighed,
            self.narrowed,
            self.patient,
            self.sent_on,
            self.bound_to_a_window,
            self.released,
            self.parked,
            self.came_back,
            self.called_again,
            self.left,
            self.printed_without_the_hub,
            self.worked_by_hand,
        ]

    def live(self, scenes: int, traffic: int) -> None:
        """So many scenes in any order, plain traffic between them."""
        for _ in range(scenes):
            self.plain(traffic)
            self.chance.choice(self.scenes())()
        self.plain(traffic)


def listed(found: Report) -> list[Planted]:
    return sorted((one.kind, one.number, one.staff, one.reason) for one in found.exceptions)
