"""Who stands in which report: a de-identified one names nobody, and secrecy holds in all of them (R11, R13, R37)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from hub.config import HallDirectory
from hub.domain import spans
from hub.reports.box import notice
from hub.reports.commands import read
from hub.reports.kinds import KINDS
from hub.reports.veil import Veil
from tests.hub.reports.asked import silent, told, words_in
from tests.hub.reports.filled import NOW, STAFF, filled, people

PLANTED = 1000


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, HallDirectory]:
    """Halls with a thousand people's names and telephones in cases, words, answers and the suggestion box."""
    place = tmp_path_factory.mktemp("crowded")
    return {hall: filled(place / hall, hall, PLANTED) for hall in ("shanting", "wuxi")}


def standing(text: str) -> list[str]:
    who = [one for pair in people(PLANTED) for one in pair] + [name for name, _, _ in STAFF.values()]
    return [one for one in who if one in text]


DE_IDENTIFIED = (("shanting", "published"), ("shanting", "summary"), ("wuxi", "rating"), ("wuxi", "suggestions"))


@pytest.mark.rule("R37", "R41")
@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
@pytest.mark.parametrize(("hall", "name"), DE_IDENTIFIED)
def test_a_de_identified_report_holds_none_of_a_thousand_names_and_telephones(
    crowded: dict[str, HallDirectory], hall: str, name: str, ending: str
) -> None:
    report = told(crowded[hall], name, "quarter" if name == "rating" else "month")
    assert sum(len(one.rows) for one in report.tables) > 10
    assert standing(words_in(report, ending)) == []


@pytest.mark.rule("R41")
def test_the_wall_s_notice_has_the_results_and_nobody_s_name(crowded: dict[str, HallDirectory]) -> None:
    place = crowded["wuxi"]
    span = spans.parse("month", "2026-10")
    says, found = read(place, place.policy(), "suggestions", span, NOW, silent)
    text = notice(found, says)
    assert "上午增开一个综合窗口" in text
    assert len(text) <= 500
    assert standing(text) == []


@pytest.mark.rule("R37")
def test_the_deputy_leader_s_report_names_who_brought_each_case(crowded: dict[str, HallDirectory]) -> None:
    assert len(standing(words_in(told(crowded["shanting"], "progress"), ".xlsx"))) > PLANTED // 3


@pytest.mark.rule("R13")
def test_whoever_asked_for_secrecy_is_named_in_no_report(crowded: dict[str, HallDirectory]) -> None:
    confidential = {people(PLANTED)[at][0] for at in range(PLANTED) if at % 11 == 3}
    for name in KINDS:
        found = set(standing(words_in(told(crowded["shanting"], name), ".xlsx")))
        assert found.isdisjoint(confidential), name


@pytest.mark.rule("R11")
@pytest.mark.parametrize("name", KINDS)
def test_neither_who_complains_about_somebody_nor_the_complaint_stands_in_any_list(
    crowded: dict[str, HallDirectory], name: str
) -> None:
    complaining = {people(PLANTED)[at][0] for at in range(PLANTED) if at % 29 == 5}
    place = crowded["shanting"]
    with closing(sqlite3.connect(place.database_file)) as db:
        numbers = [row[0] for row in db.execute("SELECT number FROM \"case\" WHERE kind = 'grievance'")]
    assert len(numbers) > 20
    text = words_in(told(place, name), ".xlsx")
    assert set(standing(text)).isdisjoint(complaining)
    assert [number for number in numbers if number in text] == []


@pytest.mark.rule("R37", "R41")
@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("已联系王芳芳（13800138000）。", "已联系某某（某某）。"),
        ("电话 138 0013 8000、0632-8836760", "电话 某某、某某"),
        ("身份证37040619800101123X", "身份证某某"),
        ("邮箱 wang.fang@example.cn 已回复", "邮箱 某某 已回复"),
        ("2026-10-20开放3号窗口，共12个", "2026-10-20开放3号窗口，共12个"),
        ("王芳的信", "某某的信"),
    ],
)
def test_what_staff_wrote_is_shown_without_whoever_stands_in_it(text: str, hidden: str) -> None:
    assert Veil(["王芳", "王芳芳", "", "李"], "某某")(text) == hidden
