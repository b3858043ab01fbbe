"""A register tells what stands in it, and what the hall's document asks for and nobody has done yet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hub.config import HallDirectory
from hub.domain import spans
from hub.domain.register import KINDS, Kept, Survey, Training, Verification
from hub.domain.reported import Reading, StaffRow
from hub.reports.document import document
from hub.reports.registers import owing, register
from hub.reports.report import Report
from hub.reports.says import Says
from hub.reports.workbook import workbook
from tests.hub.backup.test_commands import run
from tests.hub.desk import HALLS, POLICIES
from tests.hub.reports.filled import ENTRIES, NOW

STAFF = (
    StaffRow("06", "陈晓燕", "window", ""),
    StaffRow("07", "刘志强", "window", ""),
    StaffRow("90", "周建军", "supervisor", ""),
)
KEPT = tuple(Kept(number=f"N-{at}", entry=one, at=NOW, staff="90") for at, one in enumerate(ENTRIES, 1))


def says(hall: str, kind: str) -> Says:
    span, made = spans.parse("year", "2026"), NOW.astimezone(ZoneInfo("Asia/Shanghai"))
    return Says(f"register.{kind}", HALLS[hall], POLICIES[hall], None, span, made, Reading(staff=STAFF))


def made(kind: str, hall: str = "wuxi") -> Report:
    return register(kind, KEPT, STAFF, says(hall, kind))


def owed(hall: str, kind: str, *kept: Kept) -> list[str]:
    return list(owing(kind, kept or KEPT, STAFF, says(hall, kind)))


@pytest.mark.rule("R39", "R42", "R43", "R45", "R46", "R49", "R64", "R72")
@pytest.mark.parametrize("kind", KINDS)
def test_each_register_becomes_a_table_and_both_kinds_of_file(kind: str) -> None:
    report = made(kind)
    (shown,) = report.tables
    assert len(shown.rows) == sum(type(one) is KINDS[kind] for one in ENTRIES)
    assert all(row[0] and "周建军（90）" in str(row[-1]) for row in shown.rows)
    assert workbook(report)[:2] == document(report)[:2] == b"PK"


@pytest.mark.rule("R46")
def test_whoever_lacks_hours_or_was_never_trained_is_named_where_the_document_says_so() -> None:
    assert owed("yunfu", "training") == [
        "陈晓燕（06）2026年培训 8 学时，不足 40 学时。",
        "刘志强（07）2026年培训 0 学时，不足 40 学时。",
        "刘志强（07）没有培训合格记录，应先培训再上岗。",
    ]
    assert owed("wuxi", "training") == ["刘志强（07）2026年培训不足 1 次。"]
    assert owed("shanting", "training") == []
    enough = Training(on=dt.date(2026, 3, 2), topic="登记规范", hours=40, passed=("06", "07"))
    assert owed("yunfu", "training", Kept(number="PX-2026-001", entry=enough, at=NOW, staff="90")) == []


@pytest.mark.rule("R42")
def test_the_yearly_survey_is_owed_until_it_was_made() -> None:
    assert owed("wuxi", "survey") == []
    without = [one for one in KEPT if not isinstance(one.entry, Survey)]
    assert owed("wuxi", "survey", *without) == ["2026年委托第三方调查 0 次，应有 1 次。"]
    assert owed("yunfu", "survey", *without) == []


@pytest.mark.rule("R43")
def test_an_assessment_of_the_year_is_owed_until_it_was_made() -> None:
    assert owed("wuxi", "assessed") == ["2026年尚未登记上级考核。"]
    assert owed("shanting", "assessed") == []


@pytest.mark.rule("R45")
def test_a_correction_stays_owed_until_it_has_been_found_to_work() -> None:
    fails = Verification(on=NOW.date(), of="N-1", effective=False, evidence="仍缺一类示范文本。", by="90")
    still = owed("wuxi", "correction", *KEPT, Kept(number="YZ-2026-001", entry=fails, at=NOW, staff="90"))
    assert still == ["N-1 尚未验证有效，完成期限 2026-10-30（已超期）。"]
    works = Verification(on=NOW.date(), of="N-1", effective=True, evidence="现场查看，均已更新。", by="90")
    assert owed("wuxi", "correction", *KEPT, Kept(number="YZ-2026-002", entry=works, at=NOW, staff="90")) == []


def test_the_fields_of_each_register_are_shown_with_how_they_are_typed() -> None:
    shown = run("register", "fields", "training").output
    assert "topic" in shown
    assert "培训内容" in shown
    assert "text (several)" in shown
    assert "petition | power" in run("register", "fields", "incident").output


def test_a_year_s_register_is_listed_beside_the_hub(wuxi: HallDirectory, tmp_path: Path) -> None:
    listed = run("register", "list", "duty", "--year", "2026", "--hall", str(wuxi.path)).output
    assert "“办不成事”窗口" in listed
    assert "陈晓燕（06）、刘志强（07）" in listed
    none = run("register", "list", "duty", "--year", "2025", "--hall", str(wuxi.path)).output
    assert "当年没有记录" in none
