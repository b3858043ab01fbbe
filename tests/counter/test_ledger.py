"""The ledger's export: whole or not at all, over nothing, and inert in an office program."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from counter.ledger import Export, Head, reached, table
from hub.wire import messages as m
from tests import office
from tests.counter.makers import TODAY
from tests.counter.states import NUMBER
from tests.counter.test_transfers import Hub

COLUMNS = (m.LedgerColumn(code="number", name="编号"), m.LedgerColumn(code="matter", name="反映事项"))
FIRST = dt.date(2026, 11, 1)


def page(*cells: str, more: bool = False) -> m.Ledger:
    rows = tuple(m.LedgerRow(cells=(NUMBER, cell)) for cell in cells)
    return m.Ledger(columns=COLUMNS, rows=rows, last=NUMBER, more=more)


def begun(tmp_path: Path, **changes: Any) -> tuple[Export, Hub]:
    hub = Hub()
    export = Export(hub.ask, lambda: None, Head("山亭区政务服务大厅", "登记台账"))
    wanted = {"first": FIRST, "last": TODAY, "folder": tmp_path, "name": "台账.csv"} | changes
    export.begin(**wanted)
    return export, hub


@pytest.mark.rule("R17", "R71")
def test_pages_are_gathered_and_written_whole_for_their_owner_alone(tmp_path: Path) -> None:
    export, hub = begun(tmp_path)
    assert hub.answer(page("我叫䶮𠮷，\n第一次說缺證明", more=True)) == m.ExportLedger(filed_from=FIRST, filed_to=TODAY)
    assert list(tmp_path.iterdir()) == []
    assert 0 < export.part < 1
    assert hub.answer(page('“引号”与"引号"')).after == NUMBER
    assert (export.state, export.rows, export.part) == ("done", 2, 1.0)
    written = tmp_path / "台账.csv"
    assert written.stat().st_mode & 0o777 == 0o600
    assert written.read_bytes().startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(written.read_text("utf-8-sig"), newline="")))
    assert read == [["编号", "反映事项"], [NUMBER, "我叫䶮𠮷，\n第一次說缺證明"], [NUMBER, '“引号”与"引号"']]


@pytest.mark.rule("R17")
def test_unless_its_name_asks_for_a_table_it_is_a_workbook_with_the_form_s_title(tmp_path: Path) -> None:
    export, hub = begun(tmp_path, name="台账.xlsx")
    hub.answer(page("我叫䶮𠮷", more=True))
    hub.answer(page("=1+1"))
    written = tmp_path / "台账.xlsx"
    assert (export.state, written.stat().st_mode & 0o777) == ("done", 0o600)
    rows = office.rows_of(written)
    assert rows[0][0] == "登记台账"
    assert rows[2:] == [["编号", "反映事项"], [NUMBER, "我叫䶮𠮷"], [NUMBER, "=1+1"]]


@pytest.mark.rule("R71")
def test_nothing_is_exported_over_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text("older")
    export, hub = begun(tmp_path)
    assert (export.trouble, hub.asked) == ("exists", [])
    (tmp_path / "台账.csv").unlink()
    export, hub = begun(tmp_path)
    (tmp_path / "台账.csv").write_text("came meanwhile")
    hub.answer(page("一"))
    assert (export.state, export.trouble) == ("failed", "exists")
    assert (tmp_path / "台账.csv").read_text() == "came meanwhile"


@pytest.mark.rule("R71")
def test_what_a_citizen_wrote_is_never_run_as_a_formula() -> None:
    row = list(csv.reader(io.StringIO(table([page("=cmd|' /C calc'!A0")]).decode("utf-8-sig"), newline="")))[1]
    assert row[1] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"first": TODAY, "last": FIRST}, "dates"),
        ({"first": None}, "dates"),
        ({"name": "../台账.csv"}, "name"),
        ({"name": " "}, "name"),
    ],
)
def test_what_cannot_be_written_is_not_asked_for(tmp_path: Path, changes: dict[str, Any], trouble: str) -> None:
    export, hub = begun(tmp_path, **changes)
    assert (export.trouble, hub.asked) == (trouble, [])


def test_a_refusal_leaves_no_file(tmp_path: Path) -> None:
    export, hub = begun(tmp_path)
    hub.answer(page("一", more=True))
    hub.answer(m.Rejected(code="not_permitted", text=""))
    assert (export.state, export.trouble, list(tmp_path.iterdir())) == ("failed", "refused", [])


def test_what_was_gathered_is_forgotten_when_the_shift_ends(tmp_path: Path) -> None:
    export, hub = begun(tmp_path)
    export.close()
    hub.answer(page("一"))
    assert (export.state, list(tmp_path.iterdir())) == ("", [])


def test_progress_is_how_far_the_days_are() -> None:
    assert reached("430621-20261101-0001-1", FIRST, dt.date(2026, 11, 30)) == 0.0
    assert reached("430621-20261116-0001-1", FIRST, dt.date(2026, 11, 30)) == 0.5
    assert reached("no number", FIRST, TODAY) == 0.0
