"""`bancheng calendar`: a file written, checked and compared; a year on one screen; a hall's versions."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import chinese_calendar
import pytest
from typer.testing import CliRunner, Result

from hub.admin import app
from hub.calendar_admin import SHIPPED, YearNotPublished, calendar_toml, newest_year
from hub.config import BadHall, HallDirectory, hall_template, load_calendar, load_published
from hub.domain.calendar_file import examine_published, parse_published
from hub.founding import found

TEXT = SHIPPED.read_text()


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["calendar", *map(str, args)], env={"COLUMNS": "200"})


def test_every_day_of_the_shipped_calendar_is_as_published():
    calendar = load_calendar()
    assert calendar.years == {2024, 2025, 2026}
    day = dt.date(2024, 1, 1)
    while day.year < 2027:
        assert calendar.is_working(day) == chinese_calendar.is_workday(day), day
        day += dt.timedelta(days=1)


def test_the_shipped_file_is_what_the_command_writes(tmp_path: Path):
    out = tmp_path / "calendar.toml"
    done = run("seed", "--out", out, "--last", "2026")
    assert (done.exit_code, done.output.strip()) == (0, f"{out}: 2024-2026")
    assert out.read_bytes() == SHIPPED.read_bytes()


def test_a_year_that_is_not_published_is_refused_and_the_file_stays(tmp_path: Path):
    out = tmp_path / "calendar.toml"
    out.write_text("as it was")
    with pytest.raises(YearNotPublished, match="each November"):
        calendar_toml([newest_year() + 1])
    done = run("seed", "--out", out, "--last", newest_year() + 1)
    assert isinstance(done.exception, YearNotPublished)
    assert out.read_text() == "as it was"


@pytest.mark.parametrize(
    ("old", "new", "at", "wrong", "remedy"),
    [
        ("2026-10-10", "2026-10-12", "2026-10-12", "2026-10-12 is worked anyhow", "调休 is a Saturday or Sunday"),
        ("2026-10-07", "2027-10-07", "2027-10-07", "a year that `years` does not have", "add 2027 to `years`"),
        ("2026-06-20", "2026-06-19", "2026-06-19, 2026-06-19", "stands here and under 端午节", "keep the one"),
        ("2026-02-14", "2026-10-04", "2026-10-04", "stands here and under 国庆节", "keep the one"),
        ("2024, 2025, 2026]", "2024, 2025, 2026, 2026]", "years", "2026 stands twice", "keep one"),
        ("2024, 2025, 2026]", "2024, 2025, 2026, 2027]", "years", "2027 has no 元旦", "add the whole notice of 2027"),
        ("2026-10-10", "10-10", "10-10", "this is no TOML", "mend the line"),
        ("2026-10-10", '"soon"', '"soon"', "'soon' does not belong here", "write a date"),
        ("workdays = [", "workday = [", "workday = [", "there is no key `workday`", "did you mean `workdays`?"),
        ("years = [2024, 2025, 2026]", "", "# Written", "`years` is missing", "add `years"),
        ("[holidays]", "[holidays", "[holidays", "this is no TOML", "mend the line"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_line_and_remedy(
    tmp_path: Path, old: str, new: str, at: str, wrong: str, remedy: str
):
    file = tmp_path / "calendar.toml"
    text = TEXT.replace(old, new, 1)
    file.write_text(text)
    line = text[: text.index(at)].count("\n") + 1
    published, mistakes = examine_published(text.encode())
    assert published is None
    told = [(one.line, one.wrong, one.remedy) for one in mistakes]
    assert any(place in (line, line + 1) and wrong in said and remedy in mend for place, said, mend in told), told
    done = run("check", file)
    assert done.exit_code == 1
    assert f"{file}:{mistakes[0].line}: " in done.output
    assert file.read_text() == text


def test_a_file_without_mistakes_is_told_so(tmp_path: Path):
    done = run("check", SHIPPED)
    assert done.exit_code == 0
    assert "2024, 2025, 2026: " in done.output
    assert "nothing to mend" in done.output
    assert isinstance(run("check", tmp_path / "none.toml").exception, BadHall)


def test_the_hall_s_own_file_brings_a_year_and_what_ships_has_the_others(tmp_path: Path):
    own = tmp_path / "calendar.toml"
    own.write_text('years = [2027]\nworkdays = []\n[holidays]\n"元旦" = [2027-01-01]\n')
    published = load_published(own)
    assert published.years == (2024, 2025, 2026, 2027)
    assert published.of([2026]) == parse_published(SHIPPED.read_bytes()).of([2026])
    own.write_text(TEXT.replace("2026-10-10", "2026-10-12"))
    with pytest.raises(BadHall, match=r"calendar\.toml cannot be used; mend this and start again:\nline \d+: workdays"):
        load_published(own)


def test_a_year_stands_on_one_screen_as_months():
    told = run("show", "2026").output
    assert len(told.splitlines()) < 60
    assert all(f"2026-{month:02}" in told for month in range(1, 13))
    assert re.search(r"10班", told)
    assert "国庆节：10-01 起 7 天" in told
    assert "放假安排还没有公布" in run("show", "2031").output


def test_two_files_are_compared_day_by_day(tmp_path: Path):
    other = tmp_path / "calendar.toml"
    other.write_text(TEXT.replace(", 2026-10-10", ""))
    told = run("diff", SHIPPED, other).output
    assert "2026-10-10：调休上班 → 周末" in told
    assert "1 处不同" in told
    assert "没有不同" in run("diff", SHIPPED).output


def test_a_hall_s_own_days_and_versions_are_shown(tmp_path: Path):
    place = HallDirectory(tmp_path / "hall")
    found(place, hall_template("shanting"))
    (place.own_calendar).write_text('years = [2027]\nworkdays = []\n[holidays]\n"元旦" = [2027-01-01]\n')
    assert "元旦：01-01 起 1 天" in run("show", "2027", "--hall", place.path).output
    assert "版本" in run("show", "--versions", "--hall", place.path).output
    assert "只有后者有 2027 年" not in run("diff", place.own_calendar, "--hall", place.path).output


def test_each_command_says_what_it_is_for():
    for command in ("show", "check", "diff", "seed"):
        told = run(command, "--help").output
        assert len(told.splitlines()) > 8
    assert all(name in run("--help").output for name in ("show", "check", "diff", "seed"))
