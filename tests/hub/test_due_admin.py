"""`bancheng due`, as somebody types it who has to answer for a date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub import founding
from hub.admin import app
from hub.config import HallDirectory, hall_template
from hub.domain import posts
from hub.errors import HubError
from hub.keys import load_hall_secret
from hub.store.sealing import Sealer
from hub.wire import messages as m
from tests.factories import a_policy
from tests.hub.desk import STAFF, Desk

SCREEN_LINES = 50


def run(*words: str) -> Result:
    result = CliRunner().invoke(app, ["due", *words], env={"COLUMNS": "120"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.rule("R25")
def test_a_date_is_printed_with_its_sentence_and_every_day_up_to_it() -> None:
    said = run("date", "--from", "2026-09-28T16:10", "--wd", "5").output
    assert "2026年10月10日（周六）" in said
    assert "国庆节放假（10月1日至7日）不算；10月10日调休上班，算工作日。" in said
    cells = said.split()
    assert {"28起", "10/1休", "7休", "10班止"} <= set(cells)
    assert cells.index("28起") < cells.index("10/1休") < cells.index("10班止")
    assert len(said.splitlines()) < 12


@pytest.mark.rule("R25")
def test_it_counts_as_the_named_policy_does(tmp_path: Path) -> None:
    assert run("date", "--from", "2026-11-23", "--wd", "0", "--policy", "yueyang").output.startswith("2026年11月23日")
    with pytest.raises(HubError, match="no policy 'nowhere'"):
        run("date", "--from", "2026-11-23", "--wd", "1", "--policy", "nowhere")


def test_a_long_time_fits_on_a_screen() -> None:
    said = run("date", "--from", "2026-01-05", "--wd", "120")
    assert len(said.output.splitlines()) <= SCREEN_LINES
    assert run("date", "--from", "2026-11-23", "--wd", "-1").exit_code == 2


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[tuple[HallDirectory, Desk]]:
    """A hall's directory as `bancheng init` makes it, and its hub at work on the database there."""
    place = HallDirectory(tmp_path / "hall")
    founding.found(place, hall_template("shanting"))
    for code in ("06", "32", "90"):
        role, department = STAFF[code]
        founding.add_staff(place, code, f"name of {code}", role, department, "135790", posts.at(a_policy(), role))
    assert isinstance(place.database, Path)
    desk = Desk(place.database)
    desk.sealer = Sealer(load_hall_secret(place.data_key), load_hall_secret(place.pepper))
    desk.reopen()
    for terminal, staff in (("window-3", "06"), ("department-tax", "32"), ("supervisor", "90")):
        desk.log_in(terminal, staff)
    yield place, desk
    desk.close()


@pytest.mark.rule("R25", "R26")
def test_a_case_is_explained_beside_a_working_hub_and_nothing_personal_is_printed(
    at_work: tuple[HallDirectory, Desk],
) -> None:
    place, desk = at_work
    number = desk.dispatched("tax", name="王秀兰", phone="13800000000").case_number
    wish = m.AskExtension(case_number=number, added_wd=3, reason="王秀兰出差。", in_writing=True, citizen_told=True)
    assert desk.ask("department-tax", wish) == m.Done()
    assert desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True)) == m.Done()
    before = desk.kept()
    said = run("explain", number, "--hall", str(place.path)).output
    assert f"{number}/1" in said
    assert "2026年11月30日（周一）" in said
    assert "共 5 个工作日（原定 2 个，延期 3 个）" in said
    granted = next(line for line in said.splitlines() if "准予延期" in line)
    assert all(word in granted for word in ("name of 90", desk.policy.role("deputy_leader").title, "2026-11-30", "3"))
    assert "起算：原文未规定，采用默认" in said
    assert {"23起", "24 1", "30止 5"} <= {" ".join(one.split()) for one in said.replace("   ", "\n").splitlines()}
    assert not any(told in said for told in ("王秀兰", "13800000000"))
    assert desk.kept() == before, "it reads and leaves nothing"
    assert len(said.splitlines()) <= SCREEN_LINES


def test_a_case_that_there_is_not_is_said(at_work: tuple[HallDirectory, Desk]) -> None:
    place, _ = at_work
    with pytest.raises(HubError, match="no case 370406-20261123-9999-1"):
        run("explain", "370406-20261123-9999-1", "--hall", str(place.path))
