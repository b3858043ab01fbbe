"""What the counter offers the hub carries out: walks through lives of cases, each step tried before one is taken."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter.steps import table
from counter.steps.shape import Draft
from counter.steps.situation import Situation
from hub.service.round import Round
from hub.store.windows import StaffMember, add_staff
from hub.wire import messages as m
from tests.counter.makers import CALENDAR, HALLS, hall_of, policy_of
from tests.counter.steps.filling import filled
from tests.hub.desk import PIN_HASH, POSTS, Ask, Desk, make_database, secrets_of

STEPS_TAKEN = 14
UNKNOWN_HERE = {"not_owner"}
"""What the counter cannot know: who covers for the owner of a case (R7)."""
PAPERS = {"consent", "signature"}


class Undo(Exception):
    """Takes back what was only tried."""


class Walk:
    """One hall with a case, and its people at their terminals."""

    def __init__(self, place: Path, hall: str, kind: str) -> None:
        self.hall, self.policy = hall_of(hall), policy_of(hall)
        self.desk = Desk(make_database(place / "hall.db", self.hall), hall)
        department = next(one for one in self.hall.terminals if one.role == "department")
        member = StaffMember("41", "name of 41", "department", department.department, PIN_HASH, POSTS["31"])
        with self.desk.store.transaction() as tx:
            add_staff(tx, self.hall.code, member)
        self.terminals = {"window-3": "06", department.name: "41", "supervisor": "90"}
        for terminal, staff in self.terminals.items():
            assert isinstance(self.desk.log_in(terminal, staff), m.LoggedIn)
        self.matter = self.hall.matters[0].code
        parts = tuple(
            m.ChecklistPart(kind=one, text="见办事指南")
            for one in self.policy.one_time_notice.tells.value
            if one not in ("materials", "reasons_for_refusal")
        )
        listed = m.PublishChecklist(
            matter=self.matter, materials=(m.Material(code="deed", name="不动产权证书"),), parts=parts
        )
        assert isinstance(self.desk.ask("supervisor", listed), m.Checklist)
        self.department = department.department
        accepted = self.desk.ask("window-3" if kind == "grievance" else "kiosk-1", self.filed(kind))
        assert isinstance(accepted, m.ComplaintAccepted)
        self.number = accepted.case_number

    def filed(self, kind: str) -> m.FileComplaint | m.LodgeGrievance:
        """What somebody comes with: a matter, or a 投诉 about another department."""
        paper = secrets_of("paper")
        if kind == "matter":
            return m.FileComplaint(matter=self.matter, reasons=(self.policy.reasons[0].code,), on_paper=paper)
        other = next(one.code for one in self.hall.departments if one.code != self.department)
        return m.LodgeGrievance(
            ground=self.policy.complaints.grounds.value[0].code,
            text="推来推去",
            on_paper=paper,
            respondent="某工作人员",
            department=other,
            happened="昨天上午",
            place="二楼窗口",
        )

    def situation(self, terminal: str) -> Situation | None:
        """How the case stands at a terminal; None where nobody may see it."""
        read = self.desk.ask(terminal, m.ReadCase(case_number=self.number))
        if isinstance(read, m.Rejected):
            return None
        at = self.hall.terminal(terminal)
        checklist = self.desk.query(terminal, m.ReadChecklist(matter=self.matter))
        today = self.desk.books.local_date(self.desk.at)
        held = frozenset(POSTS["31" if at.role == "department" else self.terminals[terminal]])
        return Situation(at.role, read, self.policy, self.hall, CALENDAR, today, held, (checklist,))

    def offered(self) -> Iterator[tuple[str, str, Any]]:
        """Every step that is offered anywhere now, with the command that a filled in one makes."""
        for terminal in self.terminals:
            found = self.situation(terminal)
            for action in table.actions(found) if found is not None else []:
                draft = self.draft(action.code, found)
                if PAPERS.isdisjoint(table.missing(action.code, found, draft)):
                    yield terminal, action.code, table.command(action.code, found, draft)

    def draft(self, code: str, found: Situation) -> Draft:
        """As a clerk of this hall fills it in: its own department, colleagues who are there, its mildest rating."""
        taker = "06" if found.line.owner == "name of 07" else "07"
        staff = "32" if code == "name_respondent" else "06"
        draft = Draft({"department": self.department, "taker": taker, "staff": staff})
        if code == "rate":
            draft = draft.put("level", self.policy.rating.levels.value[0].code)
        return filled(code, found, draft)

    def tried(self, terminal: str, command: Any) -> m.Answer:
        """What the hub would answer; nothing of it stays."""
        job = self.desk._authorised(Ask(terminal, command))
        try:
            with self.desk.store.transaction() as tx:
                Round(tx, self.desk.books).run([job])
                raise Undo
        except Undo:
            pass
        assert job.answer is not None
        return job.answer


@pytest.fixture
def walk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Walk]:
    made = Walk(tmp_path, *request.param)
    yield made
    made.desk.close()


@pytest.mark.rule("R19", "R47")
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    "walk", [(hall, kind) for hall in HALLS for kind in ("matter", "grievance")], indirect=True, ids="-".join
)
def test_whatever_is_offered_is_carried_out(walk: Walk, seed: int) -> None:
    chance = random.Random(f"{walk.policy.code} {seed}")
    taken: list[str] = []
    for _ in range(STEPS_TAKEN):
        offered = list(walk.offered())
        if not offered:
            break
        for terminal, code, command in offered:
            answer = walk.tried(terminal, command)
            refused = answer.code if isinstance(answer, m.Rejected) else ""
            assert refused in {"", *UNKNOWN_HERE}, (taken, terminal, code, answer)
        terminal, code, command = chance.choice(offered)
        taken.append(code)
        walk.desk.ask(terminal, command)
        walk.desk.later(hours=chance.choice((1, 3, 26)))
    assert len(set(taken)) > 3
