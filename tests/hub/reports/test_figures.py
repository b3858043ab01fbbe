"""What reports count is what plain SQL counts in the file, without any of the reports' own code."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from hub.config import HallDirectory
from hub.domain.policy.values import Period
from hub.domain.reported import EXPORTS
from hub.reports.assessment import grade
from hub.service import permissions
from tests.hub.reports.asked import boxes, table, told

IN_OCTOBER = "business_date BETWEEN '2026-10-01' AND '2026-10-31'"
LOCAL_DAY = "date({} / 1000000, 'unixepoch', '+8 hours')"
OVER = dt.datetime(2026, 10, 31, 16, tzinfo=dt.UTC)
"""The hall's midnight after October; the reports are made on 2 November, when more had been answered."""


def before(moment: dt.datetime, column: str = "answered_at") -> str:
    """A column as it stood then."""
    return f"(CASE WHEN {column} < {int(moment.timestamp() * 1000000)} THEN {column} END)"


def missed(moment: dt.datetime, last: str) -> str:
    return f"coalesce({LOCAL_DAY.format(before(moment))}, '{last}') > due_date"


ANSWERED, LAST = before(OVER), "2026-10-31"
MISSED = missed(OVER, LAST)


def ask(place: HallDirectory, words: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(place.database_file)) as db:
        return db.execute(words).fetchall()


def one(place: HallDirectory, what: str, where: str = "1") -> int:
    return int(ask(place, f'SELECT {what} FROM "case" WHERE {IN_OCTOBER} AND {where}')[0][0])


@pytest.mark.rule("R36")
def test_the_month_s_key_figures_are_what_sql_counts(shanting: HallDirectory) -> None:
    found = boxes(told(shanting, "summary"))
    filed, answered = one(shanting, "count(*)"), one(shanting, f"count({ANSWERED})")
    missed, overdue = one(shanting, "count(*)", MISSED), one(shanting, "count(*)", f"{MISSED} AND {ANSWERED} IS NULL")
    in_time = answered - (missed - overdue)
    assert filed > 100 < answered < one(shanting, "count(answered_at)"), "some were answered after the month"
    assert missed > overdue > 0
    assert (found["登记"], found["已答复"], found["超期未办结"]) == (str(filed), str(answered), str(overdue))
    assert found["按时答复率"] == f"{in_time * 100 // (answered + overdue)}%"
    rated = ask(
        shanting,
        f"SELECT sum(level = 'satisfied') * 100 / count(*) FROM rating WHERE {LOCAL_DAY.format('at')} LIKE '2026-10-%'",
    )
    assert found["满意率"] == f"{rated[0][0]}%"


@pytest.mark.rule("R36")
@pytest.mark.parametrize(
    ("every", "until"),
    [("month", "2026-10-31 24:00"), ("week", "2026-10-25 24:00"), ("quarter", "2026-11-02 09:30")],
)
def test_a_report_says_as_of_when_it_tells_and_when_it_was_made(
    shanting: HallDirectory, every: Period, until: str
) -> None:
    facts = dict(told(shanting, "summary", every).facts)
    assert (facts["数据截至"], facts["制表时间"]) == (until, "2026-11-02 09:30")


@pytest.mark.rule("R36")
@pytest.mark.parametrize(("title", "column"), [("按事项", "matter"), ("按承办单位", "department")])
def test_cases_by_matter_and_by_unit_are_what_sql_groups(shanting: HallDirectory, title: str, column: str) -> None:
    hall = shanting.hall()
    names = {"": "窗口（未转办）"} | {one.code: one.name for one in (*hall.matters, *hall.departments)}
    rows = ask(
        shanting,
        f"SELECT {column}, count(*), count({ANSWERED}), sum({MISSED} AND {ANSWERED} IS NOT NULL), "
        f'sum({MISSED} AND {ANSWERED} IS NULL) FROM "case" WHERE {IN_OCTOBER} GROUP BY {column}',
    )
    counted = {names[code]: (filed, answered, late, overdue) for code, filed, answered, late, overdue in rows}
    shown = {row[0]: (row[1], row[2], row[4], row[5]) for row in table(told(shanting, "summary"), title).rows}
    assert shown == counted


@pytest.mark.rule("R36")
def test_a_cause_is_repeated_where_sql_finds_it_often_enough(shanting: HallDirectory) -> None:
    counted: dict[tuple[str, str, str], int] = {}
    for unit, matter, reasons in ask(shanting, f'SELECT department, matter, reasons FROM "case" WHERE {IN_OCTOBER}'):
        for reason in reasons.split(","):
            counted[unit, matter, reason] = counted.get((unit, matter, reason), 0) + 1
    often = sorted((count for count in counted.values() if count >= 3), reverse=True)
    shown = table(told(shanting, "summary"), "同类问题（举一反三）").rows
    assert [row[3] for row in shown] == often
    assert 0 < len(often) < len(counted)


@pytest.mark.rule("R37")
def test_the_leader_sees_every_open_case_and_the_latest_first(shanting: HallDirectory) -> None:
    report, over = told(shanting, "progress", "week"), OVER - dt.timedelta(days=6)
    listed = table(report, "超期未办结清单").rows
    rows = ask(
        shanting,
        f'SELECT number FROM "case" WHERE {before(over)} IS NULL AND {missed(over, "2026-10-25")} '
        "AND kind = 'matter' AND business_date <= '2026-10-25' ORDER BY due_date, number",
    )
    assert [row[0] for row in listed] == [number for (number,) in rows]
    days = [row[-1] for row in listed]
    assert days == sorted(days, key=lambda late: -int(str(late)))
    first = ask(shanting, f"SELECT due_date FROM \"case\" WHERE number = '{listed[0][0]}'")[0][0]
    assert days[0] == (dt.date(2026, 10, 25) - dt.date.fromisoformat(first)).days


@pytest.mark.rule("R35")
def test_a_quarter_s_ratings_are_what_sql_counts_of_each_level(wuxi: HallDirectory) -> None:
    report = told(wuxi, "rating", "quarter")
    rows = ask(
        wuxi,
        f"SELECT level, count(*) FROM rating WHERE {LOCAL_DAY.format('at')} BETWEEN '2026-10-01' AND '2026-12-31' "
        "GROUP BY level",
    )
    names = {one.code: one.name for one in wuxi.policy().rating.levels.value}
    assert {row[0]: row[1] for row in table(report, "群众评价").rows} == {names[code]: n for code, n in rows}
    months = table(report, "按月").rows
    assert sum(int(str(row[1])) for row in months) == sum(n for _, n in rows)
    assert len(months) > 1


@pytest.mark.rule("R44")
@pytest.mark.parametrize(("title", "column"), [("首接责任人", "owner"), ("各承办单位", "department")])
def test_each_person_and_unit_has_the_figures_that_sql_counts(shanting: HallDirectory, title: str, column: str) -> None:
    hall = shanting.hall()
    names = {"": "窗口（未转办）", "06": "陈晓燕（06）", "07": "刘志强（07）"} | {
        one.code: one.name for one in hall.departments
    }
    rows = ask(
        shanting,
        f"SELECT {column}, count(*), count({ANSWERED}), sum({MISSED} AND {ANSWERED} IS NOT NULL), "
        f"sum({MISSED} AND {ANSWERED} IS NULL) FROM \"case\" WHERE {IN_OCTOBER} AND kind = 'matter' GROUP BY {column}",
    )
    shown = {row[0]: (row[1], row[2], row[4], row[5]) for row in table(told(shanting, "people"), title).rows}
    assert shown == {names[code]: tuple(counts) for code, *counts in rows}


@pytest.mark.rule("R20", "R44")
def test_how_soon_each_unit_came_to_the_window_is_what_sql_counts(shanting: HallDirectory) -> None:
    names = {"": "窗口（未转办）"} | {one.code: one.name for one in shanting.hall().departments}
    rows = ask(
        shanting,
        "SELECT c.department, count(*), count(a.at), max((a.at - f.at) / 60000000) FROM fact AS f "
        'JOIN "case" AS c ON c.number = f.case_number LEFT JOIN fact AS a ON a.case_number = f.case_number '
        f"AND a.kind = 'HeadArrived' AND a.at < {int(OVER.timestamp() * 1000000)} WHERE f.kind = 'HeadCalled' "
        f"AND c.kind = 'matter' AND {LOCAL_DAY.format('f.at')} LIKE '2026-10-%' GROUP BY c.department",
    )
    shown = table(told(shanting, "people"), "被叫到窗口现场研究").rows
    assert {row[0]: (row[1], row[2], row[5]) for row in shown} == {names[code]: tuple(of) for code, *of in rows}
    assert sum(int(str(row[3])) for row in shown) > 0, "some had not come when the month ended"


@pytest.mark.rule("R48")
def test_every_node_and_everybody_is_counted_as_sql_counts_them(wuxi: HallDirectory) -> None:
    report = told(wuxi, "monitoring")
    in_october = f"{LOCAL_DAY.format('at')} LIKE '2026-10-%'"
    nodes = ask(wuxi, f"SELECT count(*) FROM step WHERE {in_october} GROUP BY move")
    assert sorted(row[1] for row in table(report, "各环节办理次数").rows) == sorted(n for (n,) in nodes)
    people = ask(wuxi, f"SELECT staff, count(*) FROM step WHERE {in_october} AND staff <> '' GROUP BY staff")
    shown = {str(row[0])[-3:-1] if "（" in str(row[0]) else row[0]: row[2] for row in table(report, "各人员操作").rows}
    assert {code: n for code, n in shown.items() if n} == dict(people)
    assert boxes(report)["查看个人信息"] == "2"


@pytest.mark.rule("R28")
def test_the_breaches_are_those_that_sql_derives(wuxi: HallDirectory) -> None:
    report = told(wuxi, "breaches")
    base = (
        f"SELECT count(*) FROM \"case\" AS c WHERE kind = 'matter' AND ({IN_OCTOBER} OR ({ANSWERED} IS NULL "
        "AND business_date < '2026-10-01'))"
    )
    newest = f"(SELECT max({before(OVER, 'at')}) FROM step WHERE case_number = c.number AND move {{}})"
    told_since = f"coalesce({newest.format(_IN_TOLD)}, 0) >= {ANSWERED}"
    extended = f"{newest.format(_IS_EXTEND)} >= filed_at"
    counted = {
        "超过承诺时限": f"{base} AND {MISSED}",
        "超时且未获延期批准": f"{base} AND {MISSED} AND NOT coalesce({extended}, 0)",
        "时限内未将结果交付": f"{base} AND {ANSWERED} IS NOT NULL AND NOT {told_since} AND '{LAST}' > due_date",
        "未按规定答复": f"{base} AND {ANSWERED} IS NULL AND '{LAST}' > due_date",
    }
    expected = {name: ask(wuxi, words)[0][0] for name, words in counted.items()}
    shown = {row[0]: row[1] for row in table(report, "违反限时办结的情形").rows}
    assert all(expected.values())
    assert shown == expected


_IN_TOLD = "IN ('tell', 'answer_on_the_spot')"
_IS_EXTEND = "= 'extend'"


@pytest.mark.rule("R71")
def test_every_export_stands_in_the_list_with_who_took_it(wuxi: HallDirectory) -> None:
    rows = table(told(wuxi, "exports"), "导出清单").rows
    assert [(row[1], row[3], row[4]) for row in rows] == [
        ("周建军（90）", "台账", "2026-09-01..2026-09-30/80"),
        ("周建军（90）", "报表或登记簿", "progress 2026-10-05..2026-10-11"),
        ("周建军（90）", "文书", "20261009-370406-0001-5/acceptance"),
        ("周建军（90）", "案卷包", "20261009-370406-0001-5/0123456789ab"),
    ]


@pytest.mark.rule("R71")
def test_whatever_the_hub_calls_an_export_is_in_the_list_of_exports() -> None:
    assert {command.__name__ for command in permissions.ALLOWED if "Export" in command.__name__} == set(EXPORTS)


@pytest.mark.rule("R43")
def test_points_are_added_up_and_graded_as_the_document_grades_them(wuxi: HallDirectory) -> None:
    report = told(wuxi, "own_assessment", "half_year")
    assert [(row[2], row[3], row[4]) for row in table(report, "考核结果").rows] == [
        ("综合受理窗口", 91.5, "优秀"),
        ("发证窗口", 90.5, "良好"),
    ]


@pytest.mark.rule("R43")
@pytest.mark.parametrize(
    ("points", "name"),
    [
        (100, "优秀"),
        (91, "优秀"),
        (90.5, "良好"),
        (81, "良好"),
        (80, "合格"),
        (71, "合格"),
        (70, "不合格"),
        (0, "不合格"),
    ],
)
def test_a_grade_begins_at_its_points(wuxi: HallDirectory, points: float, name: str) -> None:
    given = grade(wuxi.policy().assessment.grades.value, points)
    assert given is not None
    assert given.name == name


@pytest.mark.rule("R49")
def test_the_month_s_inspections_are_summed_up_with_who_went_and_what_is_demanded(wuxi: HallDirectory) -> None:
    report = told(wuxi, "inspection")
    first = table(report, "检查清单").rows[0]
    assert (first[2], first[3], first[6]) == ("暗访", "周建军（90）、吴检", 2)
    assert boxes(report) == {"检查": "2", "发现问题": "2"}


@pytest.mark.rule("R37")
def test_a_brief_names_the_units_that_were_late_and_how_often(shanting: HallDirectory) -> None:
    report = told(shanting, "brief")
    rows = ask(
        shanting,
        f"SELECT department, sum({MISSED} AND {ANSWERED} IS NULL) FROM \"case\" WHERE department <> '' AND "
        f"({IN_OCTOBER} OR ({ANSWERED} IS NULL AND business_date < '2026-10-01')) GROUP BY department",
    )
    names = {one.code: one.name for one in shanting.hall().departments}
    shown = {row[0]: row[5] for row in table(report, "各承办单位办理情况").rows}
    assert shown == {names[code]: overdue for code, overdue in rows}
    assert all(any(text.startswith(unit) for text in report.texts) for unit, overdue in shown.items() if overdue)
