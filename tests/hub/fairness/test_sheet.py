"""The page: everything in the hall's words, and nothing that a browser or a spreadsheet would run."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from msgspec.structs import fields, replace

from hub.config import HallDirectory
from hub.domain.fairness.kinds import Exceptional, ExceptionKind, Finding, FindingKind
from hub.domain.fairness.report import Report
from hub.domain.ticket import StepMove, TicketState
from hub.fairness.commands import read
from hub.fairness.sheet import Says
from hub.fairness.writing import page, table
from tests import factories

SAYS = Says(factories.a_hall(), factories.MONDAY)


@pytest.fixture
def told(place: HallDirectory) -> Report:
    return read(place, factories.MONDAY, lambda *_: None)


@pytest.mark.parametrize("kind", get_args(FindingKind))
def test_every_finding_has_a_sentence(kind: FindingKind) -> None:
    said = SAYS.finding(Finding(kind, factories.FILED_AT, "F001", "3", "7"))
    assert said.endswith("。")
    assert "{" not in said


def test_every_kind_every_state_and_every_move_has_a_word() -> None:
    assert {f"kind.{one}" for one in get_args(ExceptionKind)} <= SAYS.words.keys()
    assert {f"state.{one}" for one in get_args(TicketState)} <= SAYS.words.keys()
    moves = {one for part in get_args(StepMove) for one in (get_args(part) or (part,))}
    assert {f"word.{one}" for one in moves} <= SAYS.words.keys()


def test_who_stood_in_for_whom_and_who_asked_is_said(told: Report) -> None:
    one = Exceptional("green_confirmed", "F001", factories.FILED_AT, "91", "90", "06", "hall_head", reason="急")
    assert SAYS.exception(one, told.rules)[3] == "大厅负责人，工号 91，代 90；工号 06 提出"


def test_another_date_s_time_has_its_date() -> None:
    late = Exceptional("day_end", "F001", factories.FILED_AT + dt.timedelta(days=1))
    assert SAYS.exception(late, None)[0] == "11-24 09:31"


def test_what_staff_typed_is_never_run(told: Report) -> None:
    typed = replace(told.exceptions[0], reason='=HYPERLINK("x")')
    sheet = SAYS.sheet(replace(told, exceptions=(typed, replace(typed, reason="<script>alert(1)</script>"))))
    assert ",\"'=HYPERLINK" in table(sheet, SAYS.words)
    made = page(sheet, SAYS.words)
    assert "<script" not in made
    assert "&lt;script&gt;" in made


def test_a_hall_s_name_cannot_leave_the_page_s_style(told: Report) -> None:
    hall = replace(factories.a_hall(), name='大厅"}</style><script>')
    says = Says(hall, factories.MONDAY)
    assert "<script" not in page(says.sheet(told), says.words)


@pytest.mark.rule("R56")
def test_the_summary_counts_what_the_table_has(told: Report) -> None:
    sheet = SAYS.sheet(told)
    said = {box.name: box.said for box in sheet.boxes}
    assert said["取号"] == str(len(sheet.tickets))
    assert said["叫到"] == str(sum(":" in line.cells[4] for line in sheet.tickets))
    assert sum(int(count) for _, count, _ in sheet.kinds) == len(sheet.exceptions)
    assert [line.apart for line in sheet.tickets].count(True) == told.summary.set_apart


def test_nothing_of_a_citizen_is_in_a_report() -> None:
    assert {"name", "phone", "person", "case_number"}.isdisjoint(one.name for one in fields(Exceptional))
