import datetime as dt

import chinese_calendar
import pytest
from hub.calendar_seed import SHIPPED, YearNotPublished, app, calendar_toml, newest_year
from typer.testing import CliRunner

from hub.config import load_calendar


def test_every_day_of_the_shipped_calendar_is_as_published():
    calendar = load_calendar()
    assert calendar.years == {2024, 2025, 2026}
    day = dt.date(2024, 1, 1)
    while day.year < 2027:
        assert calendar.is_working(day) == chinese_calendar.is_workday(day), day
        day += dt.timedelta(days=1)


def test_the_shipped_file_is_what_the_command_writes(tmp_path):
    out = tmp_path / "calendar.toml"
    done = CliRunner().invoke(app, ["seed", "--out", str(out), "--last", "2026"])
    assert (done.exit_code, done.output.strip()) == (0, f"{out}: 2024-2026")
    assert out.read_bytes() == SHIPPED.read_bytes()


def test_a_year_that_is_not_published_is_refused():
    with pytest.raises(YearNotPublished, match="each November"):
        calendar_toml([newest_year() + 1])
