"""Steps at real windows over the real hub: what one terminal asks for, another decides, and the first hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.wire import messages as m
from tests.counter.shift import Counters
from tests.demo.complaints import complaints
from tests.factories import lookup_keys
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

WINDOW, DEPARTMENT, SUPERVISOR = "window-3", "department-real-estate", "supervisor"
REASON = "2008年以前的纸质档案在县档案馆，需人工调档并与测绘成果核对；䶮先生已知情。"


class Hall(Counters):
    """Shanting with a case at a department, and counters that are opened when they are asked for."""

    def __init__(self, place: Path, processes: Processes) -> None:
        super().__init__(RunningHall(place / "hall", processes, template="shanting"), place)
        self.running.staff("06", "王敏", "window", "4711")
        self.running.staff("21", "陈志远", "department", "4712", "real-estate")
        self.running.staff("90", "李主任", "supervisor", "4713", posts=("deputy_leader",))
        self.running.start_hub()
        self.running.ready_hub()
        self.kiosk = self.running.link("kiosk-1", feed=False)
        self.window = self.running.link(WINDOW)
        self.links += [self.kiosk, self.window]
        filed = self.kiosk.ask(complaints("shanting")[0].filed_with(lookup_keys(1)))
        assert isinstance(filed, m.ComplaintAccepted)
        self.number = filed.case_number
        assert isinstance(self.window.ask(m.LogIn(staff="06", pin="4711")), m.LoggedIn)
        sent = self.window.ask(m.DispatchCase(case_number=self.number, department="real-estate", case_class="general"))
        assert isinstance(sent, m.WorkOrderSent)
        self.due = sent.due

    def shift(self, terminal: str, staff: str, pin: str) -> Screen:
        """A counter with somebody logged in and the case open."""
        screen = super().shift(terminal, staff, pin)
        screen.touch(f"case.{self.number.split('-')[2]}")
        return screen

    def detail(self) -> m.CaseDetail:
        answer = self.window.ask(m.ReadCase(case_number=self.number))
        assert isinstance(answer, m.CaseDetail)
        return answer

    def laid_down(self) -> list[str]:
        return [one.kind for one in self.detail().facts]


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> Iterator[Hall]:
    made = Hall(tmp_path, processes)
    yield made
    made.close()


@pytest.mark.rule("R4", "R26")
def test_a_department_asks_for_an_extension_and_the_leader_grants_it(hall: Hall) -> None:
    department = hall.shift(DEPARTMENT, "21", "4712")
    until("the case", lambda: department.has("action.accept"))
    department.key("F5")
    until("the work order", lambda: hall.detail().line.stage == "accepted")
    until("the next step", lambda: department.has("action.reply"))
    department.key("F10")
    until("the first group", lambda: department.has("action.report_progress"))
    department.key("F10")
    until("the second group", lambda: department.has("action.record_meeting"))
    department.key("F10")
    until("the next group", lambda: department.has("action.ask_extension"))
    department.key("1")
    until("the form", lambda: department.has("compose.reason"))
    assert not department.has("compose.send")
    department.touch("compose.reason")
    department.settled()
    department.paste(REASON)
    department.touch("added_wd.less")
    department.settled()
    department.key("ctrl+Return")
    until("the wish", lambda: "ExtensionAsked" in hall.laid_down())
    assert hall.detail().line.due == hall.due
    leader = hall.shift(SUPERVISOR, "90", "4713")
    until("the decision to be asked for", lambda: leader.has("action.decide_extension"))
    leader.key("F5")
    leader.touch("verdict.yes")
    leader.touch("compose.send")
    until("the word", lambda: "ExtensionGranted" in hall.laid_down())
    assert hall.detail().line.due.wd == hall.due.wd + 4
    assert [one.value for one in hall.detail().facts[0].fields if one.name == "reason"] == [REASON]
    until("the department to hear of it", lambda: department.has("notice.acknowledge"))
    until("the decision to be gone", lambda: not leader.has("action.decide_extension"))
