"""Reports and registers beside a hub at work: what names people is in the audit chain, what is public on the wall."""

from __future__ import annotations

import datetime as dt
import sqlite3
import stat
from pathlib import Path

import pytest

from hub.config import policy_file
from hub.signed_in import NotTaken
from hub.wire import messages as m
from tests.e2e.conftest import PIN, logged_in
from tests.e2e.test_by_hand import bancheng
from tests.processes import Processes
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e


def chain(hall: RunningHall) -> list[tuple[str, str, str]]:
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        rows = db.execute(
            "SELECT kind, staff, subject FROM audit WHERE kind IN ('NoteExport', 'RecordEntry') ORDER BY ordinal"
        )
        return rows.fetchall()


@pytest.mark.rule("R41", "R46", "R71")
def test_what_leaves_the_hall_with_people_in_it_is_in_the_audit_chain_and_what_is_published_is_on_the_wall(
    tmp_path: Path, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.nice", lambda _: 0)  # the command runs in the tests' own process here
    hall = RunningHall(tmp_path / "hall", processes, template="wuxi")
    hall.staff("06", "王芳", "window", PIN)
    hall.staff("02", "孙主任", "supervisor", PIN, posts=("hall_head", "supervisor"))
    hall.start_hub()
    hall.ready_hub()
    today = dt.datetime.now(dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=8))).date()

    added = bancheng(
        hall, "register", "add", "training", f"on={today}", "topic=一次性告知", "hours=8", "passed=06", "--staff", "02"
    )
    assert (added.exit_code, f"PX-{today.year}-001 recorded" in added.output) == (0, True), added.output
    assert "一次性告知" in bancheng(hall, "register", "list", "training").output
    book = tmp_path / "training.xlsx"
    bancheng(hall, "register", "export", "training", "--out", str(book), "--staff", "02")
    assert stat.S_IMODE(book.stat().st_mode) == 0o600

    window = logged_in(hall, "window-1", "06")
    left = window.ask(m.LeaveSuggestion(kind="suggestion", text="多开一个窗口。", name="李桂英", phone="13800138000"))
    assert isinstance(left, m.SuggestionLine)
    handled = window.ask(m.HandleSuggestion(number=left.number, text="已告知李桂英（13800138000）：明日增开一个窗口。"))
    assert isinstance(handled, m.SuggestionLine)
    out = tmp_path / "people.docx"
    with pytest.raises(NotTaken, match="wrong_role"):
        bancheng(hall, "report", "people", "--day", f"{today}", "--out", str(out), "--staff", "06")
    assert not out.exists()
    said = bancheng(hall, "report", "people", "--day", f"{today}", "--out", str(out), "--staff", "02")
    assert (said.exit_code, out.exists()) == (0, True), said.output
    assert chain(hall) == [
        ("RecordEntry", "02", f"PX-{today.year}-001"),
        ("NoteExport", "02", f"register-training {today.year}-01-01..{today.year}-12-31"),
        ("NoteExport", "02", f"people {today}..{today}"),
    ]

    box = tmp_path / "box.docx"
    put_up = bancheng(
        hall, "report", "suggestions", "--day", f"{today}", "--out", str(box), "--publish", "--staff", "02"
    )
    assert (put_up.exit_code, box.exists()) == (0, True), put_up.output
    snapshot = window.ask(m.EventsSince(epoch="", seq=0))
    assert isinstance(snapshot, m.Snapshot)
    assert "明日增开一个窗口" in snapshot.bulletin
    assert "李桂英" not in snapshot.bulletin
    assert "13800138000" not in snapshot.bulletin

    shipped = policy_file("wuxi").read_text()
    head = '[reports.suggestions]\nname = "意见箱公告"\n'
    hall.directory.own_policy.write_text(shipped.replace(head, head.replace("suggestions", "put_up")))
    again = tmp_path / "named.docx"
    put_up = bancheng(
        hall, "report", "suggestions", "--day", f"{today}", "--out", str(again), "--publish", "--staff", "02"
    )
    assert (put_up.exit_code, again.exists()) == (0, True), "the PIN is typed once for the file and for the wall"
    assert chain(hall)[-1] == ("NoteExport", "02", f"suggestions {today}..{today}")
    window.close()
