"""`bancheng fairness`, as somebody types it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from hub.config import HallDirectory
from hub.fairness.commands import BadSeal
from hub.outgoing import CannotWrite
from tests.hub.backup.hall import found
from tests.hub.backup.test_commands import run

DAY = "2026-11-23"


def tamper(place: HallDirectory) -> None:
    """Puts somebody first a minute earlier, as who has the disk in hand could."""
    with closing(sqlite3.connect(place.database_file)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE ticket_step SET at = at - 60000000 WHERE move = 'advance' AND lane = 'advanced'")
        db.commit()


def ask(place: HallDirectory, *words: str) -> Result:
    return run("fairness", DAY, *words, "--hall", str(place.path))


@pytest.mark.rule("R55", "R57")
def test_the_day_is_told_with_who_decided_and_why_and_what_is_proved(place: HallDirectory) -> None:
    said = ask(place)
    assert said.exit_code == 0
    assert "项例外外，没有任何号移动过。" in said.output
    assert re.search(r"F\d{3}  特批优先  大厅负责人，工号 90  老人突发不适", said.output)
    assert "因孩子入学需户口迁移等，购房人急需办证；九月一日开学" in said.output
    assert "大厅负责人，工号 90；工号 06 提出  孕晚期，站不住" in said.output


@pytest.mark.parametrize("ending", ["html", "csv", "txt"])
def test_it_is_written_to_a_file_and_never_over_one(place: HallDirectory, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"report.{ending}"
    assert ask(place, "--out", str(out)).exit_code == 0
    first = out.read_bytes()
    assert "老人突发不适" in first.decode()
    with pytest.raises(CannotWrite, match="never overwritten"):
        ask(place, "--out", str(out))
    assert out.read_bytes() == first


def test_a_file_of_no_known_kind_is_not_written(place: HallDirectory, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"does not end with \.html or \.csv or \.txt"):
        ask(place, "--out", str(tmp_path / "report.pdf"))


@pytest.mark.rule("R55")
def test_it_ends_with_one_and_says_what_where_something_is_not_explained(place: HallDirectory, tmp_path: Path) -> None:
    tamper(place)
    said = ask(place, "--out", str(tmp_path / "report.html"))
    assert said.exit_code == 1
    assert "不能说“其余没有移动”" in said.output
    assert "没有对应的步骤" in said.output


@pytest.mark.rule("R55")
def test_a_printed_seal_tells_whether_the_rows_are_still_the_same(place: HallDirectory) -> None:
    seal = re.search(r"封印 ([0-9a-f ]{71})", ask(place).output)
    assert seal is not None
    assert ask(place, "--check", seal[1]).exit_code == 0
    assert ask(place, "--check", seal[1][:8]).exit_code == 0
    tamper(place)
    again = ask(place, "--check", seal[1])
    assert (again.exit_code, "have another seal" in again.output) == (1, True)


def test_what_is_no_seal_is_said(place: HallDirectory) -> None:
    with pytest.raises(BadSeal, match="at least 8"):
        ask(place, "--check", "1234")


def test_a_date_without_a_line_proves_nothing(place: HallDirectory) -> None:
    said = run("fairness", "2026-01-01", "--hall", str(place.path))
    assert (said.exit_code, "没有留存排队规则" in said.output) == (1, True)


def test_a_hall_whose_hub_has_never_served_proves_nothing_either(tmp_path: Path) -> None:
    said = ask(found(tmp_path / "hall"))
    assert (said.exit_code, "没有留存排队规则" in said.output) == (1, True)
