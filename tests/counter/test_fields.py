"""Fields of a form under real touches and keys: who is told of what, and what a program sets tells nobody."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter.dates import date_of
from tests.processes import Processes, until
from tests.screen import Screen


@pytest.fixture
def form(tmp_path: Path) -> Iterator[tuple[Screen, Callable[[str, object], None]]]:
    screen = Screen(1920, 1080)
    try:
        with Processes(tmp_path) as processes:
            processes.start("form", "-m", "tests.counter.form_window", env=screen.env)
            until("the form", lambda: (processes.check("form"), screen.has("field.who"))[1])

            def told(name: str, value: object) -> None:
                """Waits until that was the newest word about a field."""

                def newest() -> bool:
                    processes.check("form")
                    said = processes.log("form").read_text().splitlines()
                    lines = [json.loads(one) for one in said if one[:1] == "{"]
                    return [one[name] for one in lines if name in one][-1:] == [value]

                until(f"{name} = {value!r}", newest)

            yield screen, told
    finally:
        screen.close()


@pytest.mark.e2e
def test_every_field_tells_what_a_person_made_of_it(form: tuple[Screen, Callable[[str, object], None]]) -> None:
    screen, told = form
    screen.touch("field.who")
    screen.settled()
    screen.paste("䶮𠮷先生，3号窗口")
    told("who", "䶮𠮷先生，3号窗口")
    screen.touch("field.members")
    screen.settled()
    screen.key("ctrl+End", "Return", "Return")
    screen.paste("乙 ")
    told("members", ["甲", "乙"])
    screen.touch("department.b")
    told("department", "b")
    screen.touch("weight.c")
    screen.touch("weight.b")
    told("weight", ["b", "c"])
    screen.touch("weight.c")
    told("weight", ["b"])
    screen.touch("field.told")
    told("told", True)


@pytest.mark.e2e
def test_numbers_and_days_move_by_their_buttons_and_stay_within_bounds(
    form: tuple[Screen, Callable[[str, object], None]],
) -> None:
    screen, told = form
    screen.touch("wd.more")
    told("wd", 6)
    screen.touch("field.wd")
    screen.settled()
    screen.key("ctrl+a")
    screen.write("99")
    told("wd", 10)
    screen.touch("day.more")
    told("day", "2026-11-23")
    screen.touch("day.less")
    told("day", "2026-11-22")
    screen.touch("field.day")
    screen.settled()
    screen.key("ctrl+a")
    screen.write("2026/12/1")
    told("day", "2026-12-01")
    screen.write("x")
    told("day", None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-23", dt.date(2026, 11, 23)),
        (" 2026.1.3 ", dt.date(2026, 1, 3)),
        ("20261123", dt.date(2026, 11, 23)),
        ("2026-W01-1", None),
        ("2026-02-30", None),
        ("11-23", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_people_type_it(typed: str, meant: dt.date | None) -> None:
    assert date_of(typed) == meant
