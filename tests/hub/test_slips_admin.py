"""`bancheng slips`, as far as no hub is needed: the reconciliation, and what somebody mistypes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub.admin import app
from hub.config import hall_template
from hub.slip_paper import Paper
from hub.slips_admin import NotTaken
from hub.wire import messages as m
from tests.hub.desk import Desk
from tests.hub.service.test_slips import after_an_hour_by_hand, entered, printed, report, served, waits


@pytest.fixture
def place(desk: Desk) -> Path:
    """The directory of a hall whose numbers were worked by hand on the 23rd."""
    after_an_hour_by_hand(desk)
    assert isinstance(desk.store.path, Path)
    desk.store.path.with_name("hall.toml").write_bytes(hall_template("shanting"))
    return desk.store.path.parent


def run(place: Path, *words: str) -> Result:
    result = CliRunner().invoke(app, ["slips", *words, "--hall", str(place)], input="480615\n", env={"COLUMNS": "250"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.rule("R65", "R66")
def test_the_reconciliation_of_a_day_is_read_while_the_hub_works(desk: Desk, place: Path) -> None:
    entered(desk, served("S002", "09:42", "09:50", "10:05"), served("S001", "09:40", "10:00", "10:10"))
    said = run(place, "report", "--date", "2026-11-23").output
    for row in (
        "S-1 办不成事登记",
        "S001–S020",
        "18 (S003–)",
        "2026-11-23 11:00 06",
        "未按先后叫号",
        "同一窗口时间重叠",
    ):
        assert row in said
    page = place / "report.html"
    assert run(place, "report", "--date", "2026-11-23", "--html", str(page)).exit_code == 0
    assert "<td>S002</td>" in page.read_text()
    assert "当天没有人工叫号" in run(place, "report", "--date", "2026-11-22").output


@pytest.mark.rule("R65")
def test_a_service_that_the_hall_has_no_longer_still_stands_on_the_paper(desk: Desk, place: Path) -> None:
    entered(desk, waits("S001", "09:40"), m.SlipUse(number="S002", outcome="void"))
    found = report(desk)
    smaller = m.SlipReport(
        date=found.date,
        blocks=(),
        entries=tuple(m.SlipEntry(**{**_fields(one), "service": "<gone>"}) for one in found.entries),
        out_of_order=(),
        overlaps=(),
    )
    text = Paper(smaller, desk.hall).html(dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC))
    assert "&lt;gone&gt;" in text, "and nothing in it is taken for markup"
    assert "2026-11-23 12:00 生成" in text


def test_what_cannot_be_read_is_said_before_anybody_is_asked(place: Path) -> None:
    sheet = place / "sheet.csv"
    sheet.write_text("号码,取号时间\nS001,半上午\nS002,09:40\n")
    said = run(place, "import", str(sheet), "--staff", "06")
    assert (said.exit_code, "sheet.csv:2: S001: '半上午' is no time" in said.output) == (1, True)
    with pytest.raises(NotTaken, match=r"cannot be read .* name the CSV file"):
        run(place, "import", str(place / "none.csv"), "--staff", "06")
    sheet.write_text("号码,取号时间\nS002,09:40\n")
    with pytest.raises(NotTaken, match="'rain' is no cause; there are ticket_machine"):
        run(place, "import", str(sheet), "--staff", "06", "--because", "rain")


def _fields(one: m.SlipEntry) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


@pytest.mark.rule("R65")
def test_the_reconciliation_says_which_block_a_kiosk_printed_and_keeps(desk: Desk, place: Path) -> None:
    printed(desk, 5, terminal="kiosk-1")
    assert run(place, "report", "--date", "2026-11-23").output.count("自助机 kiosk-1") == 2
