"""The real counter on a screen of its own, driven by keys and touches, against the real hub."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.link import Link
from hub.wire import messages as m
from tests.counter.shift import Counters
from tests.demo.complaints import complaints
from tests.factories import lookup_keys
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

WINDOW, DEPARTMENT = "window-3", "department-registry-1"
TEXT = "我叫䶮𠮷，第一次說缺契稅完稅證明，補了以後又說委託書要公證。请一次说清楚还差什么！"
REPLY = "門牌以“𠮷祥街18号附2”为准，不需要另开证明。䶮先生本人带身份证来，当天换证。"


class Hall(Counters):
    """A running hall with a window's and a department's counter."""

    def __init__(self, place: Path, processes: Processes) -> None:
        super().__init__(RunningHall(place / "hall", processes, template="yueyang"), place)
        self.processes = processes
        self.running.staff("06", "王敏", "window", "4711")
        self.running.staff("21", "陈志远", "department", "4712", "registry-1")
        self.running.start_hub()
        self.running.ready_hub()
        self.kiosk = self.running.link("kiosk-1", feed=False)
        self.filed = 0
        self.links.append(self.kiosk)

    def link(self, terminal: str) -> Link:
        self.links.append(self.running.link(terminal))
        return self.links[-1]

    def complaint(self, **changes: object) -> m.ComplaintAccepted:
        """Files a complaint as the kiosk does."""
        self.filed += 1
        wanted = replace(complaints("yueyang")[0].filed_with(lookup_keys(self.filed)), text=TEXT, **changes)
        answer = self.kiosk.ask(wanted)
        assert isinstance(answer, m.ComplaintAccepted)
        return answer

    def progress(self, number: int = 1) -> m.Progress:
        """What the citizen's page shows of the n-th complaint."""
        answer = self.kiosk.ask(m.LookUp(secret=lookup_keys(number).token))
        assert isinstance(answer, m.Progress)
        return answer

    def shift(self, terminal: str = WINDOW, staff: str = "06", pin: str = "4711") -> Screen:
        return super().shift(terminal, staff, pin)

    def form(self, screen: Screen, filed: m.ComplaintAccepted, action: str) -> None:
        """Opens an action of a case by touches, ready to be filled in."""
        screen.touch("rail.cases")
        screen.touch(f"case.{serial(filed)}")
        screen.touch(f"action.{action}")
        until("the form", lambda: "compose.text" in screen.seen()["touch"])
        screen.settled()

    def close(self) -> None:
        super().close()
        self.processes.close()


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> Iterator[Hall]:
    made = Hall(tmp_path, processes)
    yield made
    made.close()


def serial(accepted: m.ComplaintAccepted) -> str:
    return accepted.case_number.split("-")[2]


def waits(link: Link) -> list[m.Notice]:
    answer = link.ask(m.ListNotices())
    assert isinstance(answer, m.NoticeList)
    return list(answer.notices)


def test_a_new_complaint_is_a_banner_until_somebody_acknowledges_it_by_name(hall: Hall) -> None:
    screen = hall.shift()
    assert not screen.has("notice.acknowledge")
    hall.complaint()
    until("the banner", lambda: screen.has("notice.acknowledge"))
    other = hall.link("window-1")
    assert [one.kind for one in waits(other)] == ["new_complaint"]
    screen.key("F12")
    until("the banner to go", lambda: not screen.has("notice.acknowledge"))
    assert waits(other) == []
    with sqlite3.connect(f"file:{hall.running.directory.database}?mode=ro", uri=True) as database:
        assert database.execute("SELECT acknowledged_by FROM notice").fetchall() == [("06",)]
    database.close()


def test_an_unacknowledged_notice_comes_again_at_the_next_login(hall: Hall) -> None:
    hall.complaint()
    screen = hall.shift()
    until("the banner", lambda: screen.has("notice.acknowledge"))
    screen.touch("rail.log_out")
    until("the question", lambda: screen.has("dialog.yes"))
    screen.key("Return")
    until("the log-in", lambda: screen.has("login.pin"))
    assert not any(key.startswith(("notice.", "case.")) for key in screen.seen()["touch"])
    screen.settled()
    screen.write("06")
    screen.touch("login.pin")
    screen.settled()
    screen.write("4711")
    screen.touch("login.enter")
    until("the banner", lambda: screen.has("notice.acknowledge"))


@pytest.mark.rule("R8", "R55")
def test_two_quick_presses_call_one_citizen_and_each_key_moves_the_number(hall: Hall) -> None:
    screen = hall.shift()  # which opens the window: complaints take a number from now on
    first, second = hall.complaint(), hall.complaint()
    watcher = hall.link("wall")

    def state(ticket: m.ComplaintAccepted) -> str:
        watcher.wait(0.02)
        found = watcher.picture.tickets.get(ticket.ticket_id)
        return found.state if found else ""

    until("the queue", lambda: screen.has("desk.call"))
    screen.key("F2", "F2")
    until("the call", lambda: state(first) == "called")
    screen.touch("desk.serve")
    until("serving", lambda: state(first) == "serving")
    until("the button to rest", lambda: "desk.serve" in screen.seen()["off"])
    assert state(second) == "waiting"
    screen.key("F8")
    until("the end", lambda: state(first) == "done")
    until("the next call", lambda: screen.has("desk.call"))
    screen.touch("desk.call")
    until("the second call", lambda: state(second) == "called")
    until("the key", lambda: screen.has("desk.mark_no_show"))
    screen.key("F4")
    until("the no-show", lambda: state(second) == "no_show")
    screen.touch(f"missed.{second.ticket_number}")
    until("the recall", lambda: state(second) == "recalled")
    until("the number at the window", lambda: screen.has("desk.mark_no_show"))
    screen.key("F9")
    screen.touch("choice.break")
    until("the pause", lambda: (watcher.wait(0.02), not watcher.picture.windows[3].open)[1])


@pytest.mark.rule("R3", "R19", "R20")
def test_an_answer_on_the_spot_reaches_the_citizen_to_the_letter(hall: Hall) -> None:
    filed = hall.complaint()
    screen = hall.shift()
    hall.form(screen, filed, "answer_on_the_spot")
    assert not screen.has("compose.send")
    screen.paste(REPLY)
    until("the words", lambda: screen.has("compose.send"))
    screen.key("ctrl+Return")
    until("the answer", lambda: hall.progress().stage == "answered_on_the_spot")
    assert hall.progress().answer == REPLY


@pytest.mark.rule("R16", "R24", "R25")
def test_a_case_goes_to_a_department_which_accepts_and_replies(hall: Hall) -> None:
    filed = hall.complaint(confidential=True)
    window = hall.shift()
    hall.form(window, filed, "dispatch")
    window.touch("department.registry-1")
    window.touch("compose.send")
    until("the work order", lambda: hall.progress().stage == "dispatched")
    department = hall.shift(DEPARTMENT, "21", "4712")
    until("the banner", lambda: department.has("notice.open"))
    department.key("F11")
    department.touch("action.accept")
    until("the acceptance", lambda: hall.progress().stage == "accepted")
    until("the next step", lambda: department.has("action.reply"))
    department.key("F6")
    until("the form", lambda: department.has("compose.text"))
    department.settled()
    department.paste(REPLY)
    department.touch("compose.send")
    until("the reply", lambda: hall.progress().stage == "replied")
    assert hall.progress().answer == REPLY
    assert hall.progress().due.wd == 5
    assert [one.kind for one in waits(hall.link("window-1"))] == ["new_complaint", "tell_owed", "replied"]


def test_a_half_typed_answer_survives_killing_the_program(hall: Hall) -> None:
    filed = hall.complaint()
    screen = hall.shift()
    hall.form(screen, filed, "answer_on_the_spot")
    screen.paste(REPLY)
    drafts = hall.running.directory.local(WINDOW) / "drafts.db"

    def kept() -> int:
        with sqlite3.connect(drafts) as rows:
            (count,) = rows.execute("SELECT COUNT(*) FROM draft").fetchone()
        rows.close()
        return int(count)

    until("the draft", lambda: kept() == 1)
    hall.processes.kill(WINDOW)
    screen.forget()
    again = hall.shift()
    hall.form(again, filed, "answer_on_the_spot")
    again.touch("compose.send")
    until("the answer", lambda: hall.progress().stage == "answered_on_the_spot")
    assert hall.progress().answer == REPLY
    until("the draft to go", lambda: kept() == 0)


def test_while_the_hub_is_away_nothing_can_be_pressed_and_typing_is_kept(hall: Hall) -> None:
    screen = hall.shift()
    filed = hall.complaint()
    until("the queue", lambda: screen.has("desk.call"))
    screen.key("ctrl+2")
    screen.touch(f"case.{serial(filed)}")
    until("the case", lambda: screen.has("action.answer_on_the_spot"))
    hall.processes.kill("hub")
    until("the stale notice", lambda: "notice.acknowledge" in screen.seen()["off"])
    screen.key("F6")
    until("the form", lambda: screen.has("compose.text"))
    screen.settled()
    screen.paste(REPLY)
    screen.settled()
    screen.key("ctrl+1")
    until("the desk", lambda: "desk.call" in screen.seen()["off"])
    hall.running.start_hub()
    until("the hub again", lambda: screen.has("desk.call"))
    screen.key("ctrl+2")
    screen.touch("action.answer_on_the_spot")
    screen.touch("compose.send")
    until("the answer", lambda: hall.progress().answer == REPLY)
