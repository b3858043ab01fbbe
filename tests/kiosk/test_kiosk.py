"""The real kiosk under Xvfb, touched by real touches, against the real hub and a printer emulator."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import zxingcpp

from hub.link import Link
from hub.wire.messages import CaseDetail, ListNotices, NoticeList, ReadCase
from tests.demo.citizen import shortest_way
from tests.kiosk.fingers import cases, reached
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e


def test_a_line_is_changed_from_the_check_page(kiosk: Screen, hall: RunningHall, window: Link) -> None:
    shortest_way(kiosk)
    kiosk.touch("change_matter")
    kiosk.at("matter")
    kiosk.touch("matter.household")
    kiosk.at("check")
    kiosk.touch("submit")
    reached(kiosk, "answered")
    answer = window.ask(ReadCase(case_number=cases(hall)[0]))
    assert isinstance(answer, CaseDetail)
    assert answer.line.matter == "household"


def test_many_touches_on_submit_make_one_case(kiosk: Screen, hall: RunningHall) -> None:
    shortest_way(kiosk)
    x, y, width, height = kiosk.seen()["touch"]["submit"]
    commands = ["mousemove", str(x + width // 2), str(y + height // 2)]
    for _ in range(4):
        commands += ["click", "1"]
    subprocess.run(["xdotool", *commands], check=True, env={**os.environ, "DISPLAY": kiosk.display})
    kiosk.at("done")
    reached(kiosk, "answered.confirmed")
    assert len(cases(hall)) == 1
    assert len(list(hall.paper.glob("receipt-*.png"))) == 1


@pytest.mark.rule("R2", "R3")
def test_out_of_scope_can_be_filed_all_the_same(kiosk: Screen, hall: RunningHall, window: Link) -> None:
    kiosk.touch("start")
    kiosk.touch("matter.unknown")
    kiosk.at("reason")
    kiosk.touch("scope")
    kiosk.at("scope")
    assert not kiosk.has("next")
    kiosk.touch("scope.petition")
    kiosk.touch("next")
    kiosk.at("words")
    kiosk.touch("next")
    kiosk.at("contact")
    kiosk.touch("anonymous")
    kiosk.at("check")
    kiosk.touch("submit")
    reached(kiosk, "answered")
    answer = window.ask(ReadCase(case_number=cases(hall)[0]))
    assert isinstance(answer, CaseDetail)
    assert (answer.scope, answer.line.reasons) == ("petition", ())


def test_calling_staff_reaches_the_window_and_the_screen_says_so_only_then(kiosk: Screen, window: Link) -> None:
    kiosk.touch("staff")
    kiosk.at("called.home")
    answer = window.ask(ListNotices())
    assert isinstance(answer, NoticeList)
    assert ("terminal_trouble", "kiosk-1") in {(notice.kind, notice.subject) for notice in answer.notices}
    assert any("staff_called" in notice.detail for notice in answer.notices)


def test_without_a_hub_the_complaint_is_saved_and_the_code_on_the_screen_opens_it_later(
    hall: RunningHall, screen: Screen
) -> None:
    hall.start_printer()
    hall.ready_device("printer")
    hall.start_kiosk(screen)
    screen.at("home", timeout_s=60)
    assert screen.seen()["state"] == "away"
    shortest_way(screen)
    screen.touch("submit")
    screen.at("done")
    reached(screen, "offline.confirmed")
    screen.settled()
    shown = zxingcpp.read_barcodes(screen.picture().convert("L"))
    assert len(shown) == 1
    screen.touch("finish")
    screen.at("home")
    hall.start_hub()
    until("the case", lambda: hall.directory.database.exists() and cases(hall), timeout_s=40)
    assert len(list(hall.paper.glob("receipt-*.png"))) == 1
    from hub.wire.messages import LookUp, Progress

    web = hall.link("web", feed=False)
    progress = web.ask(LookUp(secret=shown[0].text.rsplit("/", 1)[1]))
    web.close()
    assert isinstance(progress, Progress)
    assert [progress.case_number] == cases(hall)


@pytest.mark.rule("R67")
def test_an_outbox_with_another_key_is_out_of_service_not_a_crash(
    hall: RunningHall, processes: Processes, kiosk: Screen
) -> None:
    processes.signal("hub", 19)  # SIGSTOP: the complaint stays in the outbox
    shortest_way(kiosk)
    kiosk.touch("submit")
    kiosk.at("done")
    processes.kill("kiosk-1")
    (hall.directory.local("kiosk-1") / "outbox.key").write_bytes(bytes(32))
    hall.start_kiosk(kiosk)
    kiosk.at("fault", timeout_s=60)
    assert kiosk.seen()["touch"] == {}
    processes.check("kiosk-1")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--terminal", "kiosk-9"], "no terminal 'kiosk-9'"),
        (["--terminal", "window-1"], "give a terminal with the role kiosk"),
        (["--hall", "/nonexistent"], "bancheng init"),
    ],
)
def test_a_wrong_start_says_what_to_do(hall: RunningHall, arguments: list[str], says: str) -> None:
    where = [] if "--hall" in arguments else ["--hall", str(hall.directory.path)]
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *where, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
