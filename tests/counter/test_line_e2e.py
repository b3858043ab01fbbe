"""The line at a real window over the real hub: parked, called back, sent on, a green channel that the head opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.wire import messages as m
from tests.counter.shift import Counters
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

WINDOW, SUPERVISOR = "window-1", "supervisor"
REASON = "怀孕八个月，站不住；䶮女士由家属陪同。"


class Hall(Counters):
    """Wuxi's hall with a window and its head, and a kiosk that gives numbers."""

    def __init__(self, place: Path, processes: Processes) -> None:
        super().__init__(RunningHall(place / "hall", processes, template="wuxi"), place)
        self.running.staff("06", "王敏", "window", "4711")
        self.running.staff("90", "李主任", "supervisor", "4713", posts=("hall_head",))
        self.running.start_hub()
        self.running.ready_hub()
        self.watcher = self.running.link("wall")
        self.kiosk = self.running.link("kiosk-1", feed=False)
        self.links += [self.watcher, self.kiosk]

    def take(self, service: str) -> str:
        answer = self.kiosk.ask(m.TakeTicket(service=service))
        assert isinstance(answer, m.TicketIssued), answer
        return answer.ticket_id

    def ticket(self, ticket_id: str) -> m.TicketView:
        until("the number", lambda: (self.watcher.wait(0.02), ticket_id in self.watcher.picture.tickets)[1])
        return self.watcher.picture.tickets[ticket_id]

    def becomes(self, ticket_id: str, state: str) -> m.TicketView:
        until(f"{ticket_id} {state}", lambda: (self.watcher.wait(0.02), self.ticket(ticket_id).state == state)[1])
        return self.ticket(ticket_id)


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> Iterator[Hall]:
    made = Hall(tmp_path, processes)
    yield made
    made.close()


@pytest.mark.rule("R55", "R57", "R8")
def test_a_window_parks_calls_back_sends_on_and_asks_the_head_for_the_green_channel(hall: Hall) -> None:
    screen = hall.shift(WINDOW, "06", "4711")
    first, second, third, fourth = (hall.take("one-window") for _ in range(4))
    until("the queue", lambda: screen.has("desk.call") and screen.has("waiting.A004"))
    screen.key("F2")
    hall.becomes(first, "called")
    until("the key", lambda: screen.has("desk.park"))
    screen.key("F1")
    screen.touch("choice.copy")
    hall.becomes(first, "parked")
    until("the next", lambda: screen.has("desk.call"))
    screen.key("F2")
    hall.becomes(second, "called")
    until("the key", lambda: screen.has("desk.transfer"))
    screen.key("shift+F3")
    screen.touch("service.inquiry")
    screen.touch("lineform.send")
    sent = hall.becomes(second, "transferred")
    assert (sent.service, sent.for_window) == ("inquiry", 0)
    until("the parked one", lambda: screen.has("parked.A001"))
    screen.key("shift+F1")
    hall.becomes(first, "called")
    until("the key", lambda: screen.has("desk.finish"))
    screen.key("F8")
    hall.becomes(first, "done")
    ask_and_open(hall, screen, fourth)
    until("the next", lambda: screen.has("desk.call"))
    screen.key("F2")
    hall.becomes(fourth, "called")
    assert (hall.ticket(third).state, hall.ticket(third).passed) == ("waiting", 1)
    screen.save(hall.pictures / "green.png")
    until("the key", lambda: screen.has("desk.finish"))
    screen.key("F8")
    hall.becomes(fourth, "done")
    until("the window to be free", lambda: screen.has("desk.call"))
    screen.key("F9")
    screen.touch("choice.away")
    until("the pause", lambda: (hall.watcher.wait(0.02), not hall.watcher.picture.windows[1].open)[1])
    assert hall.watcher.picture.windows[1].why == "away"


def ask_and_open(hall: Hall, screen: Screen, ticket_id: str) -> None:
    """The window asks in its own words; the head reads them and agrees."""
    head = hall.shift(SUPERVISOR, "90", "4713")
    screen.touch("waiting.A004")
    screen.touch("ticket.green")
    screen.touch("choice.other")
    until("the words", lambda: said(screen))
    screen.touch("lineform.send")
    until("the request", lambda: head.has("notice.open"))
    assert hall.ticket(ticket_id).lane == "line"
    head.key("F11")
    head.touch("choice.yes")
    head.save(hall.pictures / "head.png")
    head.touch("lineform.send")
    until("the green channel", lambda: hall.ticket(ticket_id).lane == "green")


def said(screen: Screen) -> bool:
    """Pastes the reason where the caret is put; a busy machine may put it there too late for the first try."""
    screen.touch("field.reason")
    screen.settled()
    screen.paste(REASON)
    screen.settled()
    return screen.has("lineform.send")
