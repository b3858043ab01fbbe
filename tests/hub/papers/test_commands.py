"""`bancheng form`, as far as no hub is needed: what somebody mistypes, said before they are asked for a PIN."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub.admin import app
from hub.outgoing import CannotWrite
from hub.papers.commands import LISTED, NAMES, BadPeriod, NoSuchPaper, _period
from hub.service.office import PAPERS

CASE = "370406-20261123-0001-6"


def run(*words: str) -> Result:
    result = CliRunner().invoke(app, ["form", *words, "--staff", "06"], input="1\n", env={"COLUMNS": "300"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_help_lists_every_paper_in_both_languages() -> None:
    said = CliRunner().invoke(app, ["form", "--help"], env={"COLUMNS": "300"}).output
    assert set(NAMES.values()) == set(PAPERS)
    for english, chinese in (one.split() for one in LISTED.split(", ")):
        assert f"{english}  {chinese}" in said


def test_an_unknown_paper_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPaper, match="there is no paper 'receipt'; there are acceptance 受理单, transfer 转办单"):
        run("receipt", CASE, "--out", str(tmp_path / "a.docx"))


def test_nothing_is_written_over_or_under_another_ending(tmp_path: Path) -> None:
    there = tmp_path / "a.docx"
    there.write_text("older")
    with pytest.raises(CannotWrite, match="exists, and a paper is never overwritten; give another name"):
        run("受理单", CASE, "--out", str(there))
    with pytest.raises(CannotWrite, match=r"does not end with \.docx"):
        run("acceptance", CASE, "--out", str(tmp_path / "a.pdf"))
    with pytest.raises(CannotWrite, match=r"does not end with \.xlsx"):
        run("ledger", "2026-11", "--out", str(tmp_path / "b.docx"))
    assert there.read_text() == "older"


def test_a_period_is_a_month_or_two_dates(tmp_path: Path) -> None:
    assert _period("2028-02") == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))
    assert _period("2026-10-01..2026-10-15") == (dt.date(2026, 10, 1), dt.date(2026, 10, 15))
    for typed in ("2026-13", "10月", "2026-10-01", "2026-10-15..2026-10-01"):
        with pytest.raises(BadPeriod, match=r"type (a month|the earlier)"):
            run("ledger", typed, "--out", str(tmp_path / "b.xlsx"))
