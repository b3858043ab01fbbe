"""The hub is gone and people are called by hand; when it is back, every number is taken over exactly once."""

from __future__ import annotations

import csv
import datetime as dt
import sqlite3
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub import slip_sheets
from hub.admin import app
from hub.link import Link
from hub.wire import messages as m
from tests.e2e.conftest import PIN, logged_in, papers
from tests.processes import Processes, until
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e


def bancheng(hall: RunningHall, *words: str) -> Result:
    """What the command says to whoever types their PIN when asked."""
    place = ("--hall", str(hall.directory.path))
    result = CliRunner().invoke(app, [*words, *place], input=f"{PIN}\n", env={"COLUMNS": "250"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def fill_in(sheet: Path, lines: dict[str, dict[str, str]]) -> None:
    """Types what stands on paper into the CSV that was printed with the block, behind it what the machine had given."""
    rows = list(csv.DictReader(slip_sheets.decoded(sheet.read_bytes()).splitlines()))
    known = {row["号码"] for row in rows}
    rows += [dict.fromkeys(rows[0], "") | {"号码": number} for number in lines if number not in known]
    for row in rows:
        row.update(lines.get(row["号码"], {}))
    with sheet.open("w", encoding="gb18030", newline="") as file:  # as a Chinese spreadsheet saves it
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def numbers(hall: RunningHall, table: str, columns: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        return db.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()


@pytest.mark.rule("R65", "R66")
def test_numbers_worked_by_hand_while_the_hub_was_gone_are_taken_over_exactly_once(
    hall: RunningHall, processes: Processes, tmp_path: Path
) -> None:
    hall.staff("02", "孙主任", "supervisor", PIN, posts=("hall_head",))
    hall.start_hub()
    window = logged_in(hall, "window-3", "06")
    printed = bancheng(
        hall, "slips", "print", "--service", "complaint", "--count", "12", "--staff", "02", "--out", str(tmp_path)
    )
    assert (printed.exit_code, "S-1: S001 to S012" in printed.output) == (0, True), printed.output
    assert (tmp_path / "S-1.pdf").stat().st_size > 10_000
    kiosk = hall.link("kiosk-1", feed=False)
    given = kiosk.ask(m.TakeTicket(service="complaint"))
    assert isinstance(given, m.TicketIssued)
    kiosk.close()

    _on_a_roll(hall, tmp_path)

    processes.kill("hub")
    block = numbers(hall, "slip_block", "block, printed_at")[0]
    taken = f"{_local(hall, int(block[1])):%Y-%m-%d %H:%M}"
    done = {"取号时间": taken, "叫号时间": taken, "办结时间": taken, "窗口": "3", "经办工号": "06", "结果": "办结"}
    fill_in(
        tmp_path / "S-1.csv",
        {
            "S001": done,
            "S002": {"取号时间": taken, "结果": "等候"},
            "S003": {"结果": "作废"},
            "S004": done | {"叫号时间": ""},
            given.number: done | {"取号时间": ""},
        },
    )

    processes.log("hub").write_bytes(b"")
    hall.start_hub()
    hall.ready_hub()
    enter = ("slips", "import", str(tmp_path / "S-1.csv"), "--staff", "02", "--because", "hub")
    wrong = bancheng(hall, *enter)
    assert (wrong.exit_code, "S-1.csv:5: S004" in wrong.output) == (1, True), wrong.output
    assert numbers(hall, "slip_use", "number") == []
    fill_in(tmp_path / "S-1.csv", {"S004": done})
    right = bancheng(hall, *enter)
    assert (right.exit_code, "5 numbers entered, 1 of them stand in line, 8 blank" in right.output) == (0, True), (
        right.output
    )
    again = bancheng(hall, *enter)
    assert (again.exit_code, again.output.count("已录入过")) == (1, 5), again.output

    late = m.ImportSlips(uses=tuple(m.SlipUse(number=f"S{n:03d}", outcome="void") for n in range(5, 13)))
    answers: list[m.Answer] = []
    window.send(late, answers.append)
    processes.kill("hub")  # before or after it was taken over: nobody knows
    hall.start_hub()
    until("the answer", lambda: window.wait(0.05) or answers)
    assert answers == [m.SlipsImported(taken=8)]

    used = numbers(hall, "slip_use", "number, outcome, entered_by")
    assert Counter(outcome for _, outcome, _ in used) == {"served": 3, "waiting": 1, "void": 9}
    assert len({number for number, _, _ in used}) == len(used) == 13
    tickets = Counter(number for number, _ in numbers(hall, "ticket", "series || number, ticket_id"))
    assert tickets == {"S1": 1, "S2": 1, "S4": 1, f"{given.number[0]}{int(given.number[1:])}": 1}
    called = window.ask(m.CallNext())
    assert isinstance(called, m.TicketAnswer)
    assert called.ticket.number == "S002"
    _the_paper_and_the_head(hall, window, tmp_path, taken[:10])


def _on_a_roll(hall: RunningHall, place: Path) -> None:
    """Another block comes out of the receipt printer: what to do, then slip by slip."""
    hall.start_printer()
    hall.ready_device("printer")
    wish = ("--service", "general", "--count", "2", "--printer", hall.hall.printers[0].name, "--out", str(place))
    printed = bancheng(hall, "slips", "print", *wish, "--staff", "02")
    assert (printed.exit_code, len(papers(hall))) == (0, 3), printed.output


def _the_paper_and_the_head(hall: RunningHall, window: Link, place: Path, day: str) -> None:
    page = place / "对账单.html"
    assert bancheng_report(hall, "--date", day, "--html", str(page)).exit_code == 0
    text = page.read_text()
    assert all(number in text for number in ("S001", "S002", "S003", "S004", "S-1"))
    told = bancheng_report(hall, "--date", day).output
    assert "人工办理的号码" in told
    head = logged_in(hall, "supervisor", "02")
    listed = head.ask(m.ListNotices())
    assert isinstance(listed, m.NoticeList)
    assert [(one.subject, one.post) for one in listed.notices if one.kind == "worked_by_hand"] == [
        ("window-3", "hall_head")
    ]
    head.close()
    window.close()


def bancheng_report(hall: RunningHall, *words: str) -> Result:
    return bancheng(hall, "slips", "report", *words)


def _local(hall: RunningHall, microseconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(microseconds / 1e6, ZoneInfo(hall.hall.timezone))
