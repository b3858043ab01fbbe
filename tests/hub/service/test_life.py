"""Whatever people do to the cases of any of the five halls, in whatever order: what the documents promise holds.

`BANCHENG_LIFE_EXAMPLES` and `BANCHENG_LIFE_STEPS` make the run larger, such as 2000 and 40 before a release.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, note, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from hub.domain.policy.sense import contradictions
from hub.service import reading
from hub.service.books import Asked
from hub.service.handlers import NOT_REMEMBERED
from hub.service.posts import DECIDED_BY
from hub.service.round import Job
from hub.service.watch import LookAround
from hub.store import commands
from hub.wire import messages as m
from tests.hub.desk import (
    HALLS,
    HUB_ITSELF,
    Ask,
    Desk,
    copy_database,
    secrets_of,
)
from tests.hub.service import doings
from tests.hub.service.life import Life
from tests.hub.service.life_halls import people_of, templates
from tests.hub.service.variants import POLICIES

EXAMPLES = int(os.environ.get("BANCHENG_LIFE_EXAMPLES", "25"))
STEPS = int(os.environ.get("BANCHENG_LIFE_STEPS", "25"))
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""What power cuts leave is tried elsewhere; here nobody waits for a disk."""
PDF = b"%PDF-1.7 form\n%%EOF\n"
PICKS = st.integers(0, 2**32).map(Random)
WINDOWS = ("window-1", "window-2", "window-3")


@pytest.mark.parametrize("name", POLICIES)
def test_the_policies_tried_are_policies(name: str) -> None:
    assert list(contradictions(POLICIES[name])) == []


class AnyLife(RuleBasedStateMachine):
    """A hall where people file, log in, do right and wrong things, and time passes."""

    def __init__(self, templates: Path) -> None:
        super().__init__()
        self.templates = templates
        self.folder = Path(tempfile.mkdtemp(prefix="life-", dir=MEMORY))
        self.first: list[tuple[str, Any, str, Any]] = []
        self.desk: Desk | None = None

    @initialize(hall=st.sampled_from(sorted(HALLS)), name=st.sampled_from(sorted(POLICIES)))
    def opens(self, hall: str, name: str) -> None:
        policy = POLICIES[name]
        self.people = people_of(hall)
        database = copy_database(self.templates / f"{hall}.db", self.folder / "hall.db")
        self.desk = Desk(database, hall, policy=policy)
        departments = (self.people["51"][1], self.people["53"][1])
        self.departments = departments
        self.terminals = (*WINDOWS, *(f"department-{one}" for one in departments), "supervisor", "kiosk-1", "web")
        self.life = Life(self.desk, self.people)
        self.life.policies[policy.code, policy.version] = policy
        for terminal, staff in zip(self.terminals, ("06", "07", "08", "51", "53", "90"), strict=False):
            self.desk.log_in(terminal, staff)
        self.life.time_passed()
        self.files("kiosk-1", confidential=False)

    # --- what is done

    def ask(self, terminal: str, command: Any, *, twice: bool = False) -> Any:
        desk = self.desk
        actor, command_id, heard = desk.actor(terminal), desk.new_id(), len(desk.events)
        if isinstance(command, reading.Query):
            return desk.query(terminal, command)
        desk.later(seconds=1)
        ask = Ask(terminal, command, command_id)
        answers = desk.round(*[ask] * (1 + twice))
        assert all(one == answers[0] for one in answers)
        note(f"{terminal} {actor.staff}: {command} -> {answers[0]}")
        self.life.after(actor, command, answers[0], desk.events[heard:])
        if not isinstance(answers[0], m.Rejected) and type(command) not in NOT_REMEMBERED:
            self.first.append((terminal, command, command_id, answers[0]))
        return answers[0]

    def scene(self, number: str) -> doings.Scene:
        kept = self.life.before
        orders = [one.work_order_id for one in kept.tables["work_order"] if one.case_number == number]
        papers = [one.attachment_id for one in kept.tables["attachment"] if one.case_number == number]
        return doings.Scene(
            desk=self.desk,
            policy=self.life.policy(number, kept),
            number=number,
            due=kept.due(number),
            departments=self.departments,
            people=tuple(self.people),
            orders=tuple(sorted(orders, key=lambda one: int(one.partition("/")[2]))[-1:]),
            attachments=tuple(papers),
        )

    def terminal_for(self, kind: type[Any], number: str, pick: Random) -> str:
        """A terminal at which this may be asked; of departments the one that has the case."""
        hall, department = self.desk.hall, self.life.before.cases[number].department
        able = [
            name
            for name in self.terminals
            if hall.terminal(name).role in doings.ALLOWED[kind]
            and hall.terminal(name).department in ("", department or self.departments[0])
        ]
        if kind in DECIDED_BY and "supervisor" in able and pick.random() < 0.7:
            return "supervisor"  # where most of those decide whose word it is
        return pick.choice(able or self.terminals)

    @rule(terminal=st.sampled_from(("kiosk-1", *WINDOWS)), confidential=st.booleans())
    def files(self, terminal: str, confidential: bool) -> None:
        channel = "kiosk" if terminal == "kiosk-1" else "window"
        told = m.FileComplaint(
            matter="other",
            reasons=(),
            on_paper=secrets_of(self.desk.new_id()),
            text="跑了三趟还没办成。",
            name="王五",
            confidential=confidential,
            channel=channel,
        )
        self.ask(terminal, told)

    @rule(
        terminal=st.sampled_from(("kiosk-1", *WINDOWS)),
        staff=st.sampled_from(("", "06", "51", "90")),
        unit=st.sampled_from((0, 1)),
        major=st.booleans(),
        written=st.booleans(),
    )
    def lodges(self, terminal: str, staff: str, unit: int, major: bool, written: bool) -> None:
        told = m.LodgeGrievance(
            ground=self.desk.policy.complaints.grounds.value[0].code,
            text="态度生硬。",
            on_paper=secrets_of(self.desk.new_id()),
            respondent="当班的人",
            respondent_staff=staff,
            department=self.departments[unit],
            happened="上午",
            place="大厅",
            name="王五",
            phone="13800000000",
            weight=("major",) if major else (),
            channel="window" if terminal != "kiosk-1" else "kiosk",
        )
        answer = self.ask(terminal, told)
        if written and isinstance(answer, m.ComplaintAccepted):
            self.attach("window-1", answer.case_number, "written_form")

    def attach(self, terminal: str, number: str, kind: Any) -> None:
        sha256 = hashlib.sha256(PDF).hexdigest()
        begin = m.BeginAttachment(case_number=number, kind=kind, name="a.pdf", size_bytes=len(PDF), sha256=sha256)
        begun = self.ask(terminal, begin)
        if isinstance(begun, m.AttachmentBegun):
            self.ask(terminal, m.SendChunk(attachment_id=begun.attachment_id, ordinal=0, data=PDF))
            self.ask(terminal, m.FinishAttachment(attachment_id=begun.attachment_id))

    @rule(pick=PICKS)
    def leads_on(self, pick: Random) -> None:
        """A case goes some steps further, each done rightly, by people who perhaps may not."""
        kept = self.life.before.cases
        number = pick.choice(sorted(one for one in kept if kept[one].stage != "archived") or sorted(kept))
        for _ in range(8):
            kind = pick.choice(doings.NEXT[self.life.before.cases[number].stage])
            self.do(kind, number, pick, right=True)

    @rule(pick=PICKS, right=st.booleans())
    def does_anything(self, pick: Random, right: bool) -> None:
        number = pick.choice(sorted(self.life.before.cases))
        for kind in pick.sample(doings.ABOUT_A_CASE, 4):
            self.do(kind, number, pick, right=right)

    def do(self, kind: type[Any], number: str, pick: Random, *, right: bool) -> None:
        terminal = self.terminal_for(kind, number, pick) if right else pick.choice(self.terminals)
        twice = pick.random() < 0.2
        self.ask(terminal, doings.command(kind, self.scene(number), pick, right=right), twice=twice)

    @rule(pick=PICKS, what=st.sampled_from(("sits down", "leaves", "is named", "takes", "again", "looks", "restarts")))
    def meanwhile(self, pick: Random, what: str) -> None:
        match what:
            case "sits down":
                self.sits_down(pick.choice(sorted(self.people)), pick)
            case "leaves":
                self.leaves(pick.choice(self.terminals[:6]))
            case "is named":
                self.is_named(pick)
            case "takes":
                notice = pick.choice([one.notice_id for one in self.life.before.tables["notice"]])
                self.ask(pick.choice(self.terminals[:6]), m.AcknowledgeNotice(notice_id=notice))
            case "again":
                for sent in pick.sample(self.first, min(3, len(self.first))):
                    self.sends_again(*sent)
            case "looks":
                for terminal in self.terminals[:6]:
                    self.looks(terminal)
            case "restarts":
                self.restarts(pick.choice(("", *POLICIES)))

    def sits_down(self, staff: str, pick: Random) -> None:
        role, department = self.people[staff]
        posts = {"window": WINDOWS, "department": (f"department-{department}",), "supervisor": ("supervisor",)}
        self.desk.log_in(pick.choice(posts[role]), staff)
        self.life.time_passed()

    def leaves(self, terminal: str) -> None:
        self.ask(terminal, m.LogOut())
        self.desk.staff.pop(terminal, None)

    def is_named(self, pick: Random) -> None:
        """Who a 投诉 is about is found out."""
        lodged = sorted(self.life.before.grievances)
        if lodged:
            told = m.NameRespondent(case_number=pick.choice(lodged), staff=pick.choice(sorted(self.people)))
            self.ask(pick.choice((*WINDOWS, "supervisor")), told)

    def sends_again(self, terminal: str, command: Any, command_id: str, first: Any) -> None:
        heard = len(self.desk.events)
        self.life.again(first, self.desk.ask(terminal, command, command_id), self.desk.events[heard:])

    def looks(self, terminal: str) -> None:
        """Nobody sees a 投诉 about themselves: in no list, no notice, no event and no case."""
        actor, desk, kept = self.desk.actor(terminal), self.desk, self.life.before
        hidden = {one for one in kept.grievances if kept.kept_out(one, actor.staff, actor.terminal.department)}
        if not hidden:
            return
        listed = desk.query(terminal, m.ListCases(only_open=False))
        assert hidden.isdisjoint(one.case_number for one in listed.cases)
        waiting = desk.query(terminal, m.ListNotices())
        assert hidden.isdisjoint(one.subject for one in waiting.notices)
        told = desk.query(terminal, m.EventsSince(epoch=desk.books.picture.epoch, seq=0))
        assert hidden.isdisjoint(_told_of(told))
        for number in sorted(hidden):
            assert self.ask(terminal, m.ReadCase(case_number=number)).code == "unknown_case"

    def restarts(self, name: str) -> None:
        """The hub starts again, perhaps under another policy: cases keep theirs."""
        if name:
            self.desk.policy = policy = POLICIES[name]
            self.life.policies[policy.code, policy.version] = policy
        self.desk.reopen()
        self.life.time_passed()
        self.chain_is_whole()

    @rule(hours=st.sampled_from((1, 5, 24, 24, 3 * 24, 8 * 24)))
    def time_passes(self, hours: int) -> None:
        desk = self.desk
        desk.later(hours=hours)
        if desk.books.date_of(desk.at) > desk.books.business_date:
            desk.turn_day(desk.books.date_of(desk.at))
        desk.commit([Job(Asked(desk.new_id(), HUB_ITSELF, desk.at), LookAround())])
        self.life.time_passed()

    def chain_is_whole(self) -> None:
        with self.desk.store.reading() as db:
            assert commands.verify_audit(db, self.desk.hall.code) is None

    def teardown(self) -> None:
        try:
            if self.desk is not None:
                self.chain_is_whole()
                self.desk.close()
        finally:
            shutil.rmtree(self.folder)


def _told_of(told: Any) -> set[str]:
    if isinstance(told, m.Snapshot):
        return {one.case_number for one in told.cases}
    return {one.event.case.case_number for one in told.events if isinstance(one.event, m.CaseMoved | m.ComplaintFiled)}


@pytest.mark.rule("R3", "R5", "R11", "R19", "R25", "R26", "R27", "R33", "R47", "R48")
def test_what_the_documents_promise_holds_whatever_anybody_does(tmp_path: Path) -> None:
    templates(tmp_path)
    wanted = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(partial(AnyLife, tmp_path), settings=wanted)
