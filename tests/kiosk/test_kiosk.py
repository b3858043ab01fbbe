"""The real kiosk under Xvfb, touched by real touches, against the real hub and a printer emulator."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp

from hub.link import Link
from hub.wire.messages import CaseDetail, ListNotices, LoggedIn, LogIn, NoticeList, ReadCase
from kiosk.input.composition import Composition
from kiosk.input.pinyin import Pinyin
from tests.demo.citizen import shortest_way
from tests.processes import Processes, until
from tests.running_hall import KIOSK, RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

PIN = "480615"
SENTENCE = "第一次说缺契税完税证明，补了以后又说委托书要公证，第三次说房屋坐落和证上差一个字。"
PIECES = (
    ("diyicishuo", "第一次说"),
    ("que", "缺"),
    ("qishui", "契税"),
    ("wanshuizhengming", "完税证明"),
    ("", "，"),
    ("bule", "补了"),
    ("yihouyoushuo", "以后又说"),
    ("weituoshu", "委托书"),
    ("yaogongzheng", "要公证"),
    ("", "，"),
    ("disancishuo", "第三次说"),
    ("fangwuzuoluo", "房屋坐落"),
    ("hezhengshang", "和证上"),
    ("chayigezi", "差一个字"),
    ("", "。"),
)


class Fingers:
    """Types as a person does who reads the candidates: the same decoder tells which one to touch."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._pinyin = Pinyin()

    def write(self, letters: str, wanted: str) -> None:
        """Letter by letter, then candidates from the longest that fits, turning pages where it must."""
        composition = Composition(self._pinyin.search)
        for letter in letters:
            self._screen.touch(f"key.{letter}")
            composition.type(letter)
            reached(self._screen, f".{len(composition.letters)}.0")  # the map lags behind fast fingers
        while wanted and not composition.empty:
            fitting = [at for at, one in enumerate(composition.candidates) if wanted.startswith(one.text)]
            assert fitting, f"{wanted!r} is not offered for {composition.letters!r}"
            at = max(fitting, key=lambda place: (len(composition.candidates[place].text), -place))
            self._touch_candidate(at, len(composition.letters))
            wanted = wanted.removeprefix(composition.pick(at))
        assert not wanted

    def sign(self, sign: str) -> None:
        self._screen.touch(f"key.{sign}")

    def close(self) -> None:
        self._pinyin.close()

    def _touch_candidate(self, at: int, letters: int) -> None:
        before, page = 0, 0
        while True:
            reached(self._screen, f".{letters}.{page}")
            shown = sum(key.startswith("candidate.") for key in self._screen.seen()["touch"])
            if at < before + shown:
                self._screen.touch(f"candidate.{at - before}")
                return
            before, page = before + shown, page + 1
            self._screen.touch("candidates.after")


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    with Processes(tmp_path / "logs") as running:
        yield running


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> RunningHall:
    founded = RunningHall(tmp_path / "hall", processes)
    founded.staff("06", "王芳", "window", PIN)
    return founded


@pytest.fixture
def screen() -> Iterator[Screen]:
    screen = Screen(*KIOSK)
    yield screen
    screen.close()


@pytest.fixture
def fingers(screen: Screen) -> Iterator[Fingers]:
    fingers = Fingers(screen)
    yield fingers
    fingers.close()


@pytest.fixture
def kiosk(hall: RunningHall, screen: Screen) -> Screen:
    """A kiosk at its first screen, with a hub and a printer."""
    hall.start_hub()
    hall.start_printer()
    hall.ready_hub()
    hall.ready_device("printer")
    hall.start_kiosk(screen)
    screen.at("home", timeout_s=60)
    return screen


@pytest.fixture
def window(kiosk: Screen, hall: RunningHall) -> Iterator[Link]:
    link = hall.link("window-3")
    assert isinstance(link.ask(LogIn(staff="06", pin=PIN)), LoggedIn)
    yield link
    link.close()


def cases(hall: RunningHall) -> list[str]:
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        return [number for (number,) in db.execute('SELECT number FROM "case" ORDER BY number')]


def reached(kiosk: Screen, state: str) -> None:
    until(lambda: f"the state {state!r}, not {kiosk.seen()}", lambda: state in kiosk.seen()["state"], timeout_s=40)


@pytest.mark.rule("R1", "R13")
def test_every_character_typed_with_fingers_stands_at_the_window(
    kiosk: Screen, hall: RunningHall, window: Link, fingers: Fingers
) -> None:
    kiosk.touch("start")
    kiosk.touch("departments")
    kiosk.touch("department.tax")
    kiosk.touch("matter.deed-tax")
    kiosk.touch("reason.repeated")
    kiosk.touch("reason.passed_around")
    kiosk.touch("visits.3")
    kiosk.touch("since.4")
    kiosk.touch("next")
    kiosk.at("words")
    for letters, wanted in PIECES:
        if letters:
            fingers.write(letters, wanted)
        else:
            fingers.sign(wanted)
    kiosk.touch("next")
    kiosk.at("contact")
    kiosk.touch("phone")
    for digit in "13800001234":
        kiosk.touch(f"key.{digit}")
    kiosk.touch("name")
    reached(kiosk, "name")
    fingers.write("wang", "王")
    fingers.write("yan", "䶮")
    fingers.write("kun", "堃")
    kiosk.touch("confidential")
    kiosk.touch("next")
    kiosk.at("check")
    kiosk.touch("submit")
    reached(kiosk, "answered.confirmed")
    answer = window.ask(ReadCase(case_number=cases(hall)[0]))
    assert isinstance(answer, CaseDetail)
    assert answer.text == SENTENCE
    assert (answer.name, answer.phone) == ("王䶮堃", "13800001234")
    assert (answer.line.matter, answer.line.visits, answer.line.confidential) == ("deed-tax", 3, True)
    assert answer.line.reasons == ("repeated", "passed_around")
    assert "以前" in answer.since


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


def test_what_was_given_up_is_gone_for_the_next_citizen(kiosk: Screen, hall: RunningHall, fingers: Fingers) -> None:
    kiosk.touch("start")
    kiosk.touch("matter.pension")
    kiosk.touch("reason.slow")
    kiosk.touch("next")
    kiosk.at("words")
    fingers.write("wo", "我")
    reached(kiosk, "pinyin.1")
    kiosk.touch("abandon")
    kiosk.at("abandon.words")
    kiosk.touch("stay")
    kiosk.at("words")
    reached(kiosk, "pinyin.1")
    kiosk.touch("abandon")
    kiosk.touch("leave")
    kiosk.at("home")
    kiosk.touch("start")
    kiosk.touch("matter.unknown")
    kiosk.at("reason")
    assert not kiosk.has("next")
    kiosk.touch("reason.slow")
    kiosk.touch("next")
    kiosk.at("words")
    reached(kiosk, "pinyin.0")
    assert cases(hall) == []


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
