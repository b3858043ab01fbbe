"""`bancheng report`, as somebody types it."""

from __future__ import annotations

import datetime as dt
import re
import stat
from pathlib import Path

import pytest
from click.testing import Result
from msgspec.structs import replace

from hub.config import HallDirectory, shipped_policies
from hub.domain import spans
from hub.domain.spans import BadPeriod
from hub.outgoing import CannotWrite
from hub.reports.commands import UnknownReport, WhoTakesIt
from hub.reports.kinds import KINDS
from tests.factories import a_policy
from tests.hub.backup.test_commands import run
from tests.hub.reports.asked import told


def ask(place: HallDirectory, *words: str) -> Result:
    return run("report", *words, "--hall", str(place.path))


@pytest.mark.rule("R36")
@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_it_is_written_for_nobody_else_to_read_and_never_over_one(
    shanting: HallDirectory, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"october.{ending}"
    said = ask(shanting, "summary", "--month", "2026-10", "--out", str(out))
    assert (said.exit_code, "汇总分析, 2026年10月" in said.output) == (0, True)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    first = out.read_bytes()
    with pytest.raises(CannotWrite, match="never overwritten"):
        ask(shanting, "summary", "--month", "2026-10", "--out", str(out))
    assert out.read_bytes() == first


@pytest.mark.rule("R71")
def test_a_report_that_names_people_is_not_written_where_nobody_says_who_takes_it(
    shanting: HallDirectory, tmp_path: Path
) -> None:
    out = tmp_path / "progress.docx"
    with pytest.raises(WhoTakesIt, match="--staff CODE"):
        ask(shanting, "progress", "--out", str(out))
    assert not out.exists()


def test_mistakes_are_named_with_their_remedy(shanting: HallDirectory, tmp_path: Path) -> None:
    with pytest.raises(UnknownReport, match="there are: summary"):
        ask(shanting, "weekly")
    with pytest.raises(CannotWrite, match="say where it goes"):
        ask(shanting, "summary")
    with pytest.raises(CannotWrite, match=r"does not end with \.xlsx or \.docx"):
        ask(shanting, "summary", "--out", str(tmp_path / "october.pdf"))
    with pytest.raises(BadPeriod, match="write it like 2026-10"):
        ask(shanting, "summary", "--month", "2026-13", "--out", str(tmp_path / "october.docx"))
    with pytest.raises(CannotWrite, match="one report is of one period"):
        ask(shanting, "summary", "--month", "2026-10", "--year", "2026", "--out", str(tmp_path / "october.docx"))


def test_without_a_name_it_lists_what_the_hall_s_document_orders(shanting: HallDirectory) -> None:
    said = ask(shanting).output
    assert "办理进展情况报告" in said
    assert "分管负责人" in said


@pytest.mark.parametrize(
    ("every", "text", "first", "last"),
    [
        ("week", "2026-W43", "2026-10-19", "2026-10-25"),
        ("month", "2026-02", "2026-02-01", "2026-02-28"),
        ("quarter", "2026-Q4", "2026-10-01", "2026-12-31"),
        ("half_year", "2026-H1", "2026-01-01", "2026-06-30"),
        ("year", "2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_is_from_its_first_day_to_its_last(every: spans.Period, text: str, first: str, last: str) -> None:
    span = spans.parse(every, text)
    assert (f"{span.first}", f"{span.last}") == (first, last)
    assert spans.last_whole(every, span.last + dt.timedelta(days=1)) == span
    assert spans.last_whole(every, span.last) == spans.before(span)


@pytest.mark.rule("R41")
def test_a_notice_for_wednesday_is_about_the_seven_days_before_it() -> None:
    span = spans.parse("week", "2026-W43", "wednesday")
    assert (f"{span.first}", f"{span.last}") == ("2026-10-14", "2026-10-20")
    assert spans.last_whole("week", dt.date(2026, 10, 21), "wednesday") == span
    assert spans.last_whole("week", dt.date(2026, 10, 20), "wednesday") == spans.before(span)


@pytest.mark.rule("R35", "R36", "R37", "R41", "R43", "R48")
@pytest.mark.parametrize("name", shipped_policies())
def test_whatever_a_hall_s_document_orders_is_made(name: str) -> None:
    assert set(a_policy(name).reports) <= set(KINDS)


@pytest.mark.rule("R36", "R37")
def test_period_and_recipients_are_the_policy_s(
    shanting: HallDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = shanting.policy()
    before = ask(shanting, "published", "--out", str(tmp_path / "month.docx"))
    assert re.search(r"办理进展情况公开, \d{4}年\d+月, ", before.output)
    assert ("报送", "区政务服务中心、公开") in told(shanting, "published").facts
    owed = replace(policy.reports["published"], every="quarter", to=("deputy_leader",))
    changed = replace(policy, reports={**policy.reports, "published": owed})
    monkeypatch.setattr(HallDirectory, "policy", lambda _: changed)
    after = ask(shanting, "published", "--out", str(tmp_path / "quarter.docx"))
    assert re.search(r"办理进展情况公开, \d{4}年第\d季度, ", after.output)
    facts = told(shanting, "published", policy=changed).facts
    assert ("报送", "分管负责人、公开") in facts
    assert ("周期", "每季度") in facts
