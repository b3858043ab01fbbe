"""`bancheng retention`, as somebody types it beside a working hub."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from hub import retention_admin
from hub.wire import messages as m
from tests.hub.archive.case import archived
from tests.hub.archive.conftest import Kept
from tests.hub.backup.hall import rows
from tests.hub.backup.test_commands import run
from tests.hub.desk import Desk
from tests.stories.town import PIN

pytestmark = pytest.mark.e2e


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    made = Kept(tmp_path)
    monkeypatch.setattr(retention_admin, "today", lambda _zone: dt.date(2036, 11, 25))
    yield made
    made.close()


def retention(kept: Kept, *words: str) -> Result:
    return run("retention", *words, "--hall", str(kept.place.path), typed=f"{PIN}\n")


def some(desk: Desk) -> tuple[str, str]:
    """One that is archived with papers, one that nobody ever closed."""
    return archived(desk), desk.file().case_number


def in_ten_years(desk: Desk) -> tuple[str, str]:
    """The same, and the hall works on for ten years: a hub believes no clock that is years ahead of what it kept."""
    numbers = some(desk)
    desk.at = dt.datetime(2036, 11, 25, 1, 0, tzinfo=dt.UTC)
    desk.ask("window-3", m.SetWindow(open=True))
    return numbers


@pytest.mark.rule("R41", "R71")
def test_a_look_changes_nothing_and_says_what_is_over_and_who_says_so(kept: Kept) -> None:
    number, _ = kept.at_desk(some)
    before = rows(kept.place.database, kept.hall.hall.code)
    for words in ((), ("--all",)):
        said = retention(kept, *words)
        assert said.exit_code == 0
        assert f"case {number}  closed 2026-11-23, kept until 2036-11-23" in said.output
        assert f"attachment {number}  closed 2026-11-23, kept until 2029-11-23" in said.output
        assert "the hall's own setting; no document says a time" in said.output
        assert "1 cases of that age were never archived" in said.output
        assert "Nothing was changed" in said.output
    assert rows(kept.place.database, kept.hall.hall.code) == before


def test_who_deletes_says_who_they_are(kept: Kept) -> None:
    kept.at_desk(some)
    said = retention(kept, "--delete")
    assert (said.exit_code, "give --staff too" in said.output) == (2, True)


@pytest.mark.rule("R47", "R71")
def test_what_is_over_ends_under_somebody_s_name_and_the_chain_is_whole(kept: Kept) -> None:
    number, waiting = kept.at_desk(in_ten_years)
    kept.serve(hours=1)
    said = retention(kept, "--delete", "--staff", "90", "--yes")
    assert (said.exit_code, "2 ended, each logged" in said.output) == (0, True), said.output
    shown = run("audit", "show", "--kind", "EndKeeping", "--hall", str(kept.place.path)).output
    assert f"{number}/case" in shown
    assert f"{number}/attachment" in shown
    assert "is whole" in run("audit", "verify", "--hall", str(kept.place.path)).output
    after = retention(kept)
    assert number not in after.output
    assert "1 cases of that age were never archived" in after.output, waiting


@pytest.mark.rule("R71")
def test_what_the_hub_finds_not_over_stays_whatever_the_list_said(kept: Kept) -> None:
    number, _ = kept.at_desk(some)
    kept.serve(days=3655)  # its computer's clock was set ten years ahead, which a hub does not believe
    said = retention(kept, "--delete", "--staff", "90", "--yes")
    assert (said.exit_code, "0 ended" in said.output) == (1, True)
    assert f"case {number} stays: still_kept: {number} was closed on 2026-11-23 and is kept until" in said.output


def test_nothing_over_is_nothing_to_end(kept: Kept) -> None:
    kept.at_desk(lambda desk: desk.file().case_number)
    said = retention(kept, "--delete", "--staff", "90", "--yes")
    assert (said.exit_code, "ended" in said.output) == (0, False)
