"""A citizen comes back with the receipt: how far it is, a bad rating that sends the case back, and a suggestion."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.domain.lookup import LookupKeys, make_keys, page_address
from hub.link import Link
from hub.wire.messages import (
    AnswerOnTheSpot,
    CaseDetail,
    ComplaintAccepted,
    Done,
    FileComplaint,
    ListSuggestions,
    LookupSecrets,
    ReadCase,
    ReadSuggestion,
    SuggestionDetail,
    SuggestionList,
)
from tests.e2e.conftest import PIN, logged_in
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[tuple[int, str]]:
    """A scanner's end of a serial line, and the name of the kiosk's."""
    ours, kiosk = os.openpty()
    yield ours, os.ttyname(kiosk)
    os.close(ours)
    os.close(kiosk)


@pytest.fixture
def hall(tmp_path: Path, processes: Processes, scanner: tuple[int, str]) -> RunningHall:
    """无锡, which keeps a suggestion box, with a scanner at its kiosk."""
    founded = RunningHall(tmp_path / "hall", processes, template="wuxi")
    founded.staff("06", "王芳", "window", PIN)
    with_scanner = f'name = "kiosk-1"\nscanner = {{ url = "{scanner[1]}" }}\n'
    file = founded.directory.file
    file.write_text(re.sub(r'name = "kiosk-1"\n', with_scanner, file.read_text(), count=1))
    return founded


@pytest.fixture
def window(hall: RunningHall) -> Iterator[Link]:
    hall.start_hub()
    link = logged_in(hall, "window-4", "06")
    yield link
    link.close()


def answered(window: Link) -> tuple[str, LookupKeys]:
    """A case that the window has answered, and the keys on its receipt."""
    keys = make_keys(secrets.token_bytes)
    paper = LookupSecrets(token=keys.token, typed=keys.typed)
    filed = window.ask(FileComplaint(matter="other", reasons=("other",), on_paper=paper, channel="window"))
    assert isinstance(filed, ComplaintAccepted), filed
    assert window.ask(AnswerOnTheSpot(case_number=filed.case_number, text="已当场补录。")) == Done()
    return filed.case_number, keys


def stage(window: Link, number: str) -> str:
    found = window.ask(ReadCase(case_number=number))
    assert isinstance(found, CaseDetail), found
    return found.line.stage


def open_service(screen: Screen, name: str) -> None:
    screen.at("home")
    if not screen.has(f"service.{name}"):
        screen.touch("page.after")
    screen.touch(f"service.{name}")


def box(window: Link) -> list[str]:
    found = window.ask(ListSuggestions())
    assert isinstance(found, SuggestionList), found
    return [one.number for one in found.suggestions]


@pytest.mark.rule("R32", "R33", "R41")
def test_a_receipt_is_scanned_rated_badly_and_a_suggestion_left(
    hall: RunningHall, window: Link, kiosk_screen: Screen, scanner: tuple[int, str]
) -> None:
    number, keys = answered(window)
    screen, address = kiosk_screen, page_address(hall.hall.page_url, keys.token)
    hall.start_kiosk(screen)
    hall.ready_window("kiosk-1", screen)

    # a scanner that types like a keyboard; on the home screen nobody asks for a code
    screen.at("home")
    screen.scan(address)
    open_service(screen, "rating")
    screen.at("code")
    assert screen.seen()["state"] == "0.ready", "what was scanned before the screen wanted it is nobody's"
    screen.scan(address)
    screen.at("level")
    screen.touch("level.unsatisfied")
    screen.touch("send")
    screen.at("why")
    screen.touch("why.unsolved")
    screen.touch("send")
    screen.at("rated")
    assert stage(window, number) == "rework"
    found = window.ask(ReadCase(case_number=number))
    assert isinstance(found, CaseDetail)
    assert [(one.move, one.text) for one in found.steps[-2:]] == [("rate", ""), ("send_back", "问题没有解决")]
    screen.touch("done")

    # the same receipt by a serial scanner: the case has no answer now, and says so
    open_service(screen, "progress")
    screen.at("code")
    os.write(scanner[0], f"{address}\r".encode())
    screen.at("progress")
    assert not screen.has("rate")
    screen.touch("abandon")

    # typed on the glass, after a slip that asks nobody
    open_service(screen, "progress")
    slip = "0" if keys.typed[-1] != "0" else "1"
    for character in keys.typed[:-1] + slip:
        screen.touch(f"key.{character}")
    until("the slip is told", lambda: screen.seen().get("state", "") == "17.slip")
    screen.touch("erase")
    screen.touch(f"key.{keys.typed[-1]}")
    screen.at("progress")
    screen.touch("abandon")

    # the suggestion box
    open_service(screen, "suggestion")
    screen.touch("kind.suggestion")
    for letter in "hao":
        screen.touch(f"key.{letter}")
    screen.touch("next")
    screen.at("contact")
    screen.touch("send")
    screen.at("thanks")
    (left,) = box(window)
    detail = window.ask(ReadSuggestion(number=left))
    assert isinstance(detail, SuggestionDetail)
    assert (detail.line.kind, bool(detail.text), detail.phone) == ("suggestion", True, "")
    screen.touch("done")
    screen.at("home")
    assert box(window) == [left]
