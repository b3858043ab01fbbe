"""意见箱: each is kept once, sealed; the window looks through the box, and what was done about it is said once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from hub.store import commands, schema
from hub.wire import messages as m
from tests.hub.desk import HALLS, Desk, hold, make_database
from tests.hub.service.test_requests import under
from tests.hub.service.test_watch import at, look, told

NAME, PHONE, TEXT = "李桂英", "13900001111", "取号机旁边请放一把椅子。"


@pytest.fixture
def box(desk: Desk) -> Desk:
    """A hall that works by the document of 无锡, which keeps a box."""
    under(desk, "wuxi")
    return desk


def leave(desk: Desk, kind: str = "suggestion", terminal: str = "kiosk-1", again: str = "", **changes: Any) -> Any:
    said = {"text": TEXT, "name": NAME, "phone": PHONE} | changes
    return desk.ask(terminal, m.LeaveSuggestion(kind=kind, **said), again)


def listed(desk: Desk, only_open: bool = True) -> list[tuple[str, str]]:
    found = desk.query("window-3", m.ListSuggestions(only_open=only_open)).suggestions
    return [(one.number, one.state) for one in found]


def handle(desk: Desk, number: str, text: str = "已加两把椅子。", terminal: str = "window-3") -> Any:
    return desk.ask(terminal, m.HandleSuggestion(number=number, text=text))


@pytest.mark.rule("R41")
def test_what_is_left_is_kept_once_and_read_by_who_looks_through_the_box(box: Desk) -> None:
    command_id = box.new_id()
    line = leave(box, again=command_id)
    assert (line.number, line.kind, line.state) == ("YJ-20261123-001", "suggestion", "left")
    assert leave(box, again=command_id) == line
    assert listed(box) == [(line.number, "left")]
    found = box.ask("window-3", m.ReadSuggestion(number=line.number))
    assert (found.text, found.name, found.phone, found.kept_until) == (TEXT, NAME, PHONE, None)
    assert leave(box, name="", phone="").number == "YJ-20261123-002"


@pytest.mark.rule("R41")
def test_a_hall_without_a_box_takes_none(desk: Desk) -> None:
    before = desk.kept()
    assert leave(desk).code == "no_suggestion_box"
    assert desk.kept() == before


@pytest.mark.rule("R41")
def test_the_window_is_told_once_a_working_day_that_the_box_is_to_be_looked_through(box: Desk) -> None:
    first, second = leave(box).number, leave(box, kind="praise").number
    look(box)
    assert told(box, "window-3", "suggestions_wait") == [], "what was left today is for tomorrow's look"
    at(box, 11, 24, "09:01")
    look(box)
    look(box)
    assert told(box, "window-3", "suggestions_wait") == [("suggestions_wait", "2026-11-24", "2")]
    handle(box, first)
    at(box, 11, 25, "09:01")
    look(box)
    assert told(box, "window-3", "suggestions_wait")[1:] == [("suggestions_wait", "2026-11-25", "1")]
    handle(box, second)
    at(box, 11, 26, "09:01")
    look(box)
    assert len(told(box, "window-3", "suggestions_wait")) == 2, "an empty box calls nobody"


@pytest.mark.rule("R41")
def test_a_criticism_is_told_at_once_to_who_takes_it_up_and_to_nobody_else_s_account(box: Desk) -> None:
    hold(box, "90", "hall_head")
    hold(box, "06", "receiver")
    number = leave(box, kind="criticism").number
    assert told(box, "supervisor", "criticism_left") == [("criticism_left", number, "")]
    refused = handle(box, number)
    assert (refused.code, box.policy.role("hall_head").title in refused.text) == ("not_permitted", True)
    assert handle(box, number, "已与当事窗口沟通。", "supervisor").state == "handled"
    assert told(box, "supervisor", "criticism_left") == []


@pytest.mark.rule("R41")
def test_what_was_done_is_said_once_in_words_and_kept_for_the_document_s_years(box: Desk) -> None:
    number = leave(box).number
    assert handle(box, number, " ").code == "text_missing"
    assert handle(box, number, "好" * 2001).code == "too_long"
    assert handle(box, "YJ-20261123-099").code == "unknown_suggestion"
    line = handle(box, number)
    assert (line.state, line.handled_at) == ("handled", box.at)
    assert handle(box, number).code == "handled_already"
    assert (listed(box), listed(box, only_open=False)) == ([], [(number, "handled")])
    found = box.ask("supervisor", m.ReadSuggestion(number=number))
    assert (found.result, found.handled_by, found.kept_until) == ("已加两把椅子。", "06", dt.date(2029, 11, 23))


@pytest.mark.rule("R41")
def test_nothing_is_left_without_words_or_with_too_many(box: Desk) -> None:
    before = box.kept()
    assert leave(box, text=" ").code == "text_missing"
    assert leave(box, text="好" * 2001).code == "too_long"
    assert leave(box, name="好" * 61).code == "too_long"
    assert box.kept() == before


@pytest.mark.rule("R69", "R71")
def test_who_left_it_stands_nowhere_in_the_clear_and_each_look_is_logged(box: Desk) -> None:
    number = leave(box).number
    box.ask("window-3", m.ReadSuggestion(number=number))
    kept = repr([box.rows(table) for table in schema.metadata.tables.values()])
    assert not any(word in kept for word in (NAME, PHONE, TEXT))
    assert [(one.kind, one.subject) for one in box.rows(schema.audit)[-2:]] == [
        ("LeaveSuggestion", number),
        ("ReadSuggestion", number),
    ]


@pytest.mark.rule("R71")
def test_its_words_can_be_forgotten_and_what_was_done_stays(box: Desk) -> None:
    number = leave(box).number
    handle(box, number)
    assert box.ask("supervisor", m.EraseSuggestion(number=number, because=" ")).code == "still_missing"
    assert box.ask("supervisor", m.EraseSuggestion(number=number, because="本人要求")).erased
    found = box.ask("supervisor", m.ReadSuggestion(number=number))
    assert (found.text, found.name, found.phone, found.result) == ("", "", "", "已加两把椅子。")
    with box.store.reading() as db:
        assert commands.verify_audit(db, box.hall.code) is None


@pytest.mark.rule("R71")
def test_forgotten_words_are_in_no_page_of_the_file(tmp_path: Path) -> None:
    desk = Desk(make_database(tmp_path / "hall.db", HALLS["wuxi"]), "wuxi")
    desk.log_in("supervisor", "90")
    number = leave(desk).number
    (row,) = desk.rows(schema.suggestion)
    desk.reopen()  # the log has gone into the file
    database = Path(desk.store.path)
    assert row.sealed in database.read_bytes()
    desk.ask("supervisor", m.EraseSuggestion(number=number, because="保管期满"))
    desk.close()
    assert row.sealed not in database.read_bytes()


@pytest.mark.rule("R41")
def test_another_box_is_looked_through_at_its_own_pace(desk: Desk) -> None:
    under(desk, "yunfu")
    assert leave(desk, terminal="window-3").state == "left", "read from the paper box at the window"
    at(desk, 11, 24, "09:01")
    look(desk)
    assert told(desk, "window-3", "suggestions_wait") == [("suggestions_wait", "2026-11-24", "1")]
