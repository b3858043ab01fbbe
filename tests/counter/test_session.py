"""A shift: logging in, what is asked when, notices until acknowledged, and forgetting everything at the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from counter.session import Session
from hub.domain.hall import Role, Terminal
from hub.wire.messages import (
    AcknowledgeNotice,
    Answer,
    AnswerOnTheSpot,
    Breaches,
    CaseList,
    CaseMoved,
    CaseProgress,
    Command,
    Counts,
    Done,
    ListCases,
    ListNotices,
    LoggedIn,
    LogIn,
    LogOut,
    Notice,
    NoticeAcknowledged,
    NoticeList,
    NoticeRaised,
    NumberReplaced,
    ReadBreaches,
    ReadCase,
    Rejected,
)
from tests.counter.makers import NOON, TODAY, detail, line

ANSWER = (line().case_number, "answer_on_the_spot", AnswerOnTheSpot(line().case_number, "今天就办。"))


class Hub:
    """Keeps what was asked until a test answers it."""

    def __init__(self) -> None:
        self.asked: list[tuple[Command, Callable[[Answer], None]]] = []
        self.everything: list[Command] = []

    def send(self, command: Command, then: Callable[[Answer], None]) -> None:
        self.asked.append((command, then))
        self.everything.append(command)

    def answer(self, kind: type, answer: Answer) -> Command:
        """Answers the oldest waiting command of a kind."""
        place = next(n for n, (command, _) in enumerate(self.asked) if isinstance(command, kind))
        command, then = self.asked.pop(place)
        then(answer)
        return command

    def waits(self, kind: type) -> int:
        return sum(isinstance(command, kind) for command, _ in self.asked)


class Shift:
    def __init__(self, role: Role = "window", department: str = "") -> None:
        self.hub = Hub()
        self.alerts: list[Notice] = []
        terminal = Terminal(name="t", role=role, window=3, department=department)
        self.session = Session(terminal, self.hub.send, changed=lambda: None, alert=self.alerts.append)

    def begin(self, *notices: Notice) -> Shift:
        self.session.log_in("06", "4711")
        self.hub.answer(LogIn, LoggedIn(staff="06", name="王敏", role=self.session.terminal.role))
        self.hub.answer(ListNotices, NoticeList(notices))
        self.hub.answer(ListCases, CaseList((line(8), line(7))))
        return self

    def open(self) -> Shift:
        self.session.select(line().case_number)
        self.hub.answer(ReadCase, detail())
        return self


def notice(number: int = 1, kind: str = "new_complaint") -> Notice:
    return Notice(notice_id=number, kind=kind, subject=line().case_number, raised_at=NOON)


def raised(number: int = 1, roles: tuple[Role, ...] = ("window",), department: str = "") -> NoticeRaised:
    return NoticeRaised(notice_id=number, kind="new_complaint", roles=roles, department=department)


def moved(number: str) -> CaseMoved:
    progress = CaseProgress(case_number=number, stage="triaged", filed_at=NOON, due_date=TODAY)
    return CaseMoved(move="triage", case=progress, counts=Counts())


# --- logging in and out


def test_logging_in_asks_for_cases_and_notices() -> None:
    shift = Shift().begin()
    assert shift.session.staff is not None
    assert [one.case_number[-6:-2] for one in shift.session.cases] == ["0007", "0008"]
    assert shift.hub.asked == []


def test_a_second_press_of_log_in_is_the_same_press() -> None:
    shift = Shift()
    shift.session.log_in("06", "4711")
    shift.session.log_in("06", "4711")
    assert shift.hub.everything == [LogIn(staff="06", pin="4711")]


def test_a_wrong_pin_says_so_and_can_be_tried_again() -> None:
    shift = Shift()
    shift.session.log_in("06", "0000")
    shift.hub.answer(LogIn, Rejected("wrong_login", "no"))
    assert (shift.session.staff, shift.session.refused) == (None, Rejected("wrong_login", "no"))
    shift.session.log_in("06", "4711")
    assert shift.hub.waits(LogIn) == 1


@pytest.mark.rule("R13", "R69")
def test_logging_out_leaves_nothing_of_the_person_or_the_cases() -> None:
    shift = Shift().begin(notice()).open()
    shift.session.log_out()
    session = shift.session
    assert isinstance(shift.hub.everything[-2], LogOut)
    assert (session.staff, session.detail, session.cases, session.notices, session.selected) == (None, None, [], [], "")


def test_an_answer_that_comes_after_logging_out_is_dropped() -> None:
    shift = Shift().begin()
    shift.session.select(line().case_number)
    shift.session.log_out()
    shift.hub.answer(ReadCase, detail())
    assert shift.session.detail is None


def test_when_the_hub_has_ended_the_login_the_terminal_forgets_and_says_so() -> None:
    shift = Shift().begin().open()
    shift.session.show(only_open=False)
    shift.hub.answer(ListCases, Rejected("login_needed", "log in"))
    assert (shift.session.staff, shift.session.detail) == (None, None)
    assert shift.session.refused == Rejected("login_needed", "log in")


# --- a number that the hub had given is void


def test_an_open_case_stays_open_under_the_number_on_its_paper() -> None:
    shift = Shift().begin().open()
    void = shift.session.selected
    after = replace(line(), case_number="370406-20261123-011007-4")
    progress = CaseProgress(case_number=after.case_number, stage="filed", filed_at=NOON, due_date=TODAY)
    shift.session.told(NumberReplaced(void_case=void, case=progress))
    assert shift.session.selected == after.case_number
    assert shift.hub.answer(ReadCase, replace(detail(), line=after)) == ReadCase(after.case_number)
    assert shift.session.detail is not None
    assert shift.session.detail.line == after
    assert shift.hub.waits(ListCases) == 1


def test_another_case_s_void_number_only_renews_the_list() -> None:
    shift = Shift().begin().open()
    opened = shift.session.selected
    progress = CaseProgress(case_number="370406-20261123-011007-4", stage="filed", filed_at=NOON, due_date=TODAY)
    shift.session.told(NumberReplaced(void_case="370406-20261123-0099-1", case=progress))
    assert shift.session.selected == opened
    assert (shift.hub.waits(ListCases), shift.hub.waits(ReadCase)) == (1, 0)


# --- notices


def test_a_new_notice_alerts_once_and_stays_until_acknowledged() -> None:
    shift = Shift().begin()
    shift.session.told(raised(5))
    shift.hub.answer(ListNotices, NoticeList((notice(5),)))
    shift.session.told(raised(6))
    shift.hub.answer(ListNotices, NoticeList((notice(5), notice(6))))
    assert [one.notice_id for one in shift.alerts] == [5, 6]
    shift.session.acknowledge(5)
    assert [one.notice_id for one in shift.session.notices] == [5, 6]
    assert shift.hub.answer(AcknowledgeNotice, Done()) == AcknowledgeNotice(5)
    assert [one.notice_id for one in shift.session.notices] == [6]


def test_what_somebody_else_acknowledged_goes_away() -> None:
    shift = Shift().begin(notice(5))
    shift.session.told(NoticeAcknowledged(5))
    assert shift.session.notices == []


def test_what_waits_is_announced_again_at_the_next_login() -> None:
    shift = Shift().begin(notice(5))
    shift.session.log_out()
    shift.hub.answer(ListNotices, NoticeList((notice(5),)))
    alerts = len(shift.alerts)
    shift.begin(notice(5))
    assert [one.notice_id for one in shift.alerts[alerts:]] == [5]


def test_a_notice_is_announced_while_nobody_is_logged_in() -> None:
    shift = Shift()
    shift.session.told(raised(5))
    shift.hub.answer(ListNotices, NoticeList((notice(5),)))
    assert [one.notice_id for one in shift.alerts] == [5]


@pytest.mark.parametrize(
    ("event", "asks"),
    [
        (raised(roles=("supervisor",)), 0),
        (raised(roles=("department",), department="registry-2"), 0),
        (raised(roles=("department",), department="registry-1"), 1),
        (raised(roles=("department", "supervisor")), 1),
    ],
)
def test_notices_for_others_are_not_asked_for(event: NoticeRaised, asks: int) -> None:
    shift = Shift("department", "registry-1").begin()
    shift.session.told(event)
    assert shift.hub.waits(ListNotices) == asks


def test_a_refused_acknowledgement_keeps_the_notice() -> None:
    shift = Shift().begin(notice(5))
    shift.session.acknowledge(5)
    shift.hub.answer(AcknowledgeNotice, Rejected("not_permitted", "no"))
    assert [one.notice_id for one in shift.session.notices] == [5]
    assert shift.session.refused is not None


# --- cases


@pytest.mark.rule("R47")
def test_a_case_is_read_when_it_is_opened_and_not_before() -> None:
    shift = Shift().begin()
    assert not [one for one in shift.hub.everything if isinstance(one, ReadCase)]
    shift.session.select(line().case_number)
    assert shift.hub.answer(ReadCase, detail()) == ReadCase(line().case_number)
    shift.session.select(line().case_number)
    assert shift.hub.waits(ReadCase) == 0


@pytest.mark.rule("R47")
def test_passing_by_a_case_with_the_arrow_keys_is_no_reading() -> None:
    shift = Shift().begin()
    shift.session.point(line(7).case_number)
    shift.session.point(line(8).case_number)
    assert shift.hub.waits(ReadCase) == 0
    shift.session.select(shift.session.selected)
    assert shift.hub.answer(ReadCase, detail(line(8))) == ReadCase(line(8).case_number)
    assert shift.session.line() == line(8)


def test_the_detail_of_a_case_that_is_no_longer_selected_is_dropped() -> None:
    shift = Shift().begin()
    shift.session.select(line(7).case_number)
    shift.session.select(line(8).case_number)
    shift.hub.answer(ReadCase, detail(line(7)))
    assert shift.session.detail is None
    shift.hub.answer(ReadCase, detail(line(8)))
    assert shift.session.detail == detail(line(8))


def test_many_events_while_a_list_is_under_way_ask_for_it_once_more() -> None:
    shift = Shift().begin()
    for _ in range(20):
        shift.session.told(moved("other"))
    assert shift.hub.waits(ListCases) == 1
    shift.hub.answer(ListCases, CaseList(()))
    assert shift.hub.waits(ListCases) == 1
    shift.hub.answer(ListCases, CaseList(()))
    assert shift.hub.waits(ListCases) == 0


def test_the_open_case_is_read_again_when_it_moved() -> None:
    shift = Shift().begin().open()
    shift.session.told(moved(line().case_number))
    assert shift.hub.waits(ReadCase) == 1


def test_a_step_is_sent_once_and_done_after_the_hub_said_so() -> None:
    shift = Shift().begin().open()
    done: list[str] = []
    assert shift.session.carry_out(*ANSWER, lambda: done.append("sent"))
    assert not shift.session.carry_out(*ANSWER, lambda: done.append("twice"))
    assert shift.hub.waits(AnswerOnTheSpot) == 1
    assert done == []
    shift.hub.answer(AnswerOnTheSpot, Done())
    assert done == ["sent"]


def test_a_refused_step_is_not_done_and_may_be_tried_again() -> None:
    shift = Shift().begin().open()
    done: list[str] = []
    shift.session.carry_out(*ANSWER, lambda: done.append("sent"))
    shift.hub.answer(AnswerOnTheSpot, Rejected("move_not_allowed", "no"))
    assert done == []
    assert shift.session.refused == Rejected("move_not_allowed", "no")
    assert shift.session.carry_out(*ANSWER, lambda: None)


def test_a_refusal_that_its_form_shows_is_not_said_twice() -> None:
    shift = Shift().begin().open()
    shown: list[Rejected] = []
    shift.session.carry_out(*ANSWER, lambda: None, lambda rejected: not shown.append(rejected))
    shift.hub.answer(AnswerOnTheSpot, Rejected("text_missing", "no"))
    assert shown == [Rejected("text_missing", "no")]
    assert shift.session.refused is None


def test_what_a_form_shows_is_kept_while_its_case_is_open_and_no_longer() -> None:
    shift = Shift().begin().open()
    shift.session.look_up(ReadBreaches(line().case_number))
    shift.hub.answer(ReadBreaches, Breaches(line().case_number, ("late",)))
    shift.session.look_up(ReadBreaches(line().case_number))
    shift.hub.answer(ReadBreaches, Breaches(line().case_number, ("no_reply",)))
    assert shift.session.read == (Breaches(line().case_number, ("no_reply",)),)
    shift.session.select(line(8).case_number)
    assert shift.session.read == ()


def test_what_is_told_by_a_notice_alone_is_read_again() -> None:
    shift = Shift().begin().open()
    shift.session.told(raised(5))
    shift.hub.answer(ListNotices, NoticeList((notice(5, "extension_asked"),)))
    assert shift.hub.waits(ReadCase) == 1


def test_a_new_picture_asks_for_everything_again() -> None:
    shift = Shift().begin().open()
    shift.session.refresh()
    assert {type(command) for command, _ in shift.hub.asked} == {ListCases, ListNotices, ReadCase}
