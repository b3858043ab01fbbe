"""A real hub process: who gets in, what it survives, and what a killed one leaves."""

from __future__ import annotations

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zmq

from hub import config, keys
from hub.keys import CurvePair
from hub.link import Link
from hub.logins import PIN_TRIES
from hub.wire import codec, messages as m
from tests import factories
from tests.hub.desk import secrets_of
from tests.hub.raw import REFUSED, RawTerminal
from tests.processes import Processes, until
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

PIN = "480615"
ID = "c0ffee" + "0" * 26


def staffed(place: Path, processes: Processes) -> RunningHall:
    hall = RunningHall(place, processes)
    hall.staff("06", "王芳", "window", PIN)
    hall.staff("21", "陈志远", "department", PIN, "real-estate")
    return hall


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """A hub for tests that leave it as it was; each asks afterwards whether it still serves."""
    place = tmp_path_factory.mktemp("lasting")
    with Processes(place / "logs") as processes:
        hall = staffed(place / "hall", processes)
        hall.start_hub()
        hall.ready_hub()
        yield hall


@pytest.fixture
def own(tmp_path: Path, processes: Processes) -> RunningHall:
    """A hub of this test's own, to kill and to stop."""
    hall = staffed(tmp_path / "hall", processes)
    start(hall)
    return hall


def start(hall: RunningHall) -> None:
    hall.start_hub()
    hall.ready_hub()


def start_again(hall: RunningHall) -> None:
    """Starts the hub and waits for this start's own word, not an earlier one's."""
    ready = said_ready(hall)
    hall.start_hub()
    until("the hub again", lambda: hall.processes.check("hub") or said_ready(hall) > ready)


def said_ready(hall: RunningHall) -> int:
    return hall.processes.log("hub").read_text().count("hub.ready")


@pytest.fixture
def links() -> Iterator[Callable[[RunningHall, str], Link]]:
    made: list[Link] = []

    def link(hall: RunningHall, terminal: str) -> Link:
        made.append(hall.link(terminal))
        return made[-1]

    yield link
    for one in made:
        one.close()


def raw(hall: RunningHall, terminal: str = "kiosk-1") -> RawTerminal:
    own = keys.load_pair(hall.directory.keys, terminal)
    return RawTerminal(hall.hall.hubs[0].commands, own, hub_key(hall))


def hub_key(hall: RunningHall) -> bytes:
    return keys.load_public(hall.directory.keys, "hub")


def still_serves(hall: RunningHall) -> None:
    with raw(hall, "wall") as wall:
        command_id, answer = wall.ask(codec.encode_request(ID, m.EventsSince()))
    assert command_id == ID
    assert isinstance(answer, m.Snapshot)
    hall.processes.check("hub")


def complaint(seed: str = "paper", **changes: Any) -> m.FileComplaint:
    return factories.a_complaint("shanting", on_paper=secrets_of(seed), **changes)


def rows(hall: RunningHall, statement: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        return db.execute(statement).fetchall()


def case_numbers(hall: RunningHall) -> list[str]:
    return [number for (number,) in rows(hall, 'SELECT number FROM "case"')]


def log_lines(hall: RunningHall) -> list[dict[str, Any]]:
    return [json.loads(line) for line in hall.processes.log("hub").read_text().splitlines()]


# --- what is no command


def frame(**envelope: Any) -> bytes:
    return msgspec.msgpack.encode({"v": m.VERSION, "id": ID, "body": {"type": "LogOut"}} | envelope)


WRONG: dict[str, tuple[bytes, str, str]] = {
    "unknown message": (frame(body={"type": "OpenTheDoor"}), "unknown_command", ID),
    "an answer as a command": (frame(body={"type": "Done"}), "unknown_command", ID),
    "an event as a command": (frame(body={"type": "DayTurned"}), "unknown_command", ID),
    "the hub's own command": (frame(body={"type": "PinVerified"}), "unknown_command", ID),
    "older version": (frame(v=0), "unsupported_version", ID),
    "newer version": (frame(v=m.VERSION + 1), "unsupported_version", ID),
    "missing field": (frame(body={"type": "TakeTicket"}), "bad_command", ID),
    "unknown field": (frame(body={"type": "TakeTicket", "service": "general", "vip": True}), "bad_command", ID),
    "wrong type": (frame(body={"type": "TakeTicket", "service": 7}), "bad_command", ID),
    "no type": (frame(body={"service": "general"}), "malformed", ID),
    "a body that is no map": (frame(body=[1, 2, 3]), "malformed", ID),
    "short id": (frame(id="c0ffee"), "bad_command_id", ""),
    "id in capitals": (frame(id=ID.upper()), "bad_command_id", ""),
    "no envelope": (msgspec.msgpack.encode([1, 2, 3]), "malformed", ""),
    "JSON": (b'{"v": 1, "id": "x", "body": {}}', "malformed", ""),
    "garbage": (bytes(range(256)) * 8, "malformed", ""),
    "nothing": (b"", "malformed", ""),
    "an id that is not UTF-8": (frame().replace(ID.encode(), b"\xff" * 32), "malformed", ""),
    "a type that is not UTF-8": (frame().replace(b"LogOut", b"\xff" * 6), "malformed", ID),
    "nested without end": (b"\x91" * 200_000, "malformed", ""),
}


@pytest.mark.parametrize("which", WRONG)
def test_what_is_no_command_is_rejected_with_a_code_and_the_hub_lives_on(lasting: RunningHall, which: str) -> None:
    wrong, code, command_id = WRONG[which]
    with raw(lasting) as terminal:
        got_id, answer = terminal.ask(wrong)
        assert isinstance(answer, m.Rejected)
        assert (answer.code, got_id) == (code, command_id)
        _, after = terminal.ask(codec.encode_request(ID, m.EventsSince()))
        assert isinstance(after, m.Snapshot)
    still_serves(lasting)


def test_a_command_of_another_role_is_rejected_with_a_code(lasting: RunningHall) -> None:
    for terminal, command in (
        ("kiosk-1", m.CallNext()),
        ("wall", complaint()),
        ("web", m.ReadCase(case_number="370406-20261123-0001-6")),
        ("department-tax", m.PostBulletin(text="停电。")),
    ):
        with raw(lasting, terminal) as sender:
            got_id, answer = sender.ask(codec.encode_request(ID, command))
        assert (got_id, getattr(answer, "code", answer)) == (ID, "not_permitted")
    assert case_numbers(lasting) == []
    still_serves(lasting)


def test_a_window_nobody_logged_in_at_may_do_nothing(lasting: RunningHall) -> None:
    with raw(lasting, "window-3") as window:
        for command in (m.CallNext(), complaint(), m.ListCases(), m.ReadCase(case_number="x")):
            assert getattr(window.ask(codec.encode_request(ID, command))[1], "code", "") == "login_needed"


def test_letters_of_many_frames_are_rejected_and_the_hub_lives_on(lasting: RunningHall) -> None:
    with raw(lasting) as terminal:
        terminal.send(b"a", b"b", b"c")
        command_id, rejection = terminal.answer()
        assert (command_id, getattr(rejection, "code", rejection)) == ("", "malformed")
        _, answer = terminal.ask(codec.encode_request(ID, m.EventsSince()))
        assert isinstance(answer, m.Snapshot)
    still_serves(lasting)


def test_rejections_are_logged_with_terminal_and_code(lasting: RunningHall) -> None:
    with raw(lasting, "led") as terminal:
        terminal.ask(frame(body={"type": "OpenTheDoor"}))
        terminal.ask(codec.encode_request(ID, m.CallNext()))
    logged = [(one.get("event"), one.get("terminal"), one.get("code")) for one in log_lines(lasting)]
    assert ("frame.rejected", "led", "unknown_command") in logged
    assert ("command.refused", "led", "not_permitted") in logged


# --- who gets in


def stranger() -> CurvePair:
    return CurvePair(*zmq.curve_keypair())


@pytest.mark.rule("R69")
@pytest.mark.parametrize("kind", [zmq.DEALER, zmq.SUB], ids=["commands", "feed"])
@pytest.mark.parametrize("who", ["unenrolled key", "no CURVE"])
def test_who_is_not_enrolled_reaches_nothing(lasting: RunningHall, kind: int, who: str) -> None:
    address = lasting.hall.hubs[0].commands if kind == zmq.DEALER else lasting.hall.hubs[0].feed
    own, hub_public = (stranger(), hub_key(lasting)) if who == "unenrolled key" else (None, None)
    with RawTerminal(address, own, hub_public, kind) as terminal:
        if kind == zmq.DEALER:
            with contextlib.suppress(zmq.Again):
                for command in (complaint(), m.EventsSince(), m.ReportHealth(troubles=("paper_out",))):
                    terminal.send(codec.encode_request(ID, command))
        terminal.wait_for(REFUSED | zmq.EVENT_DISCONNECTED)
        still_serves(lasting)
        assert terminal.has_heard_nothing()
    assert case_numbers(lasting) == []


def test_a_terminal_that_mistakes_the_hub_s_key_reaches_nothing(lasting: RunningHall) -> None:
    own = keys.load_pair(lasting.directory.keys, "kiosk-1")
    with RawTerminal(lasting.hall.hubs[0].commands, own, stranger().public) as terminal:
        with contextlib.suppress(zmq.Again):
            terminal.send(codec.encode_request(ID, complaint()))
        terminal.wait_for(REFUSED | zmq.EVENT_DISCONNECTED)
        assert terminal.has_heard_nothing()
    assert case_numbers(lasting) == []


def test_a_name_that_a_client_chooses_gives_no_authority(lasting: RunningHall) -> None:
    with raw(lasting, "wall") as wall:
        wall.socket.routing_id = b"kiosk-1"
        wall.socket.connect(lasting.hall.hubs[0].commands)
        answers = [wall.ask(codec.encode_request(ID, complaint()))[1] for _ in range(2)]
    assert {getattr(answer, "code", "") for answer in answers} == {"not_permitted"}


def test_a_frame_over_a_mebibyte_is_cut_off_and_the_hub_lives_on(lasting: RunningHall) -> None:
    with raw(lasting) as terminal:
        terminal.ask(codec.encode_request(ID, m.EventsSince()))
        terminal.send(codec.encode_request(ID, complaint(text="字" * codec.MAX_FRAME_BYTES)))
        terminal.wait_for(zmq.EVENT_DISCONNECTED)
        assert terminal.has_heard_nothing()
    still_serves(lasting)


def test_a_frame_of_just_a_mebibyte_is_read(lasting: RunningHall) -> None:
    empty = len(codec.encode_request(ID, complaint(text="x" * 70_000)))
    told = complaint(text="x" * (70_000 + codec.MAX_FRAME_BYTES - empty))
    whole = codec.encode_request(ID, told)
    assert len(whole) == codec.MAX_FRAME_BYTES
    with raw(lasting) as terminal:
        answer = terminal.ask(whole)[1]
    assert isinstance(answer, m.Rejected)
    assert answer.code == "too_long"
    still_serves(lasting)


# --- killed, stopped, started twice


def test_a_hub_killed_before_it_decided_ends_in_one_case(own: RunningHall, links: Any) -> None:
    link = links(own, "kiosk-1")
    link.ask(m.ReportHealth())  # connected
    own.processes.signal("hub", signal.SIGSTOP)
    heard: list[m.Answer] = []
    link.send(complaint(), heard.append)
    own.processes.kill("hub")
    start_again(own)
    until("the answer", lambda: link.wait(0.05) or heard)
    assert [answer.case_number for answer in heard] == case_numbers(own)  # type: ignore[union-attr]
    assert len(heard) == 1


def test_a_hub_killed_after_its_commit_and_before_its_answer_was_read_ends_in_one_case(
    own: RunningHall, links: Any
) -> None:
    told = codec.encode_request(ID, complaint())
    with raw(own) as terminal:
        terminal.send(told)
        until("the commit", lambda: case_numbers(own))
        own.processes.kill("hub")
    start_again(own)
    (number,) = case_numbers(own)
    link = links(own, "kiosk-1")
    answer = link.ask(complaint(), command_id=ID)
    assert answer.case_number == number
    assert case_numbers(own) == [number]


def test_a_hub_killed_in_the_middle_of_many_keeps_every_answered_one_once(own: RunningHall, links: Any) -> None:
    link = links(own, "kiosk-1")
    heard: list[m.Answer] = []
    for number in range(60):
        link.send(complaint(f"paper {number}"), heard.append)
    until("some answers", lambda: link.wait(0.01) or len(heard) >= 1)
    own.processes.kill("hub")
    start_again(own)
    until("all answers", lambda: link.wait(0.05) or len(heard) == 60)
    answered = [answer.case_number for answer in heard]  # type: ignore[union-attr]
    assert sorted(answered) == sorted(case_numbers(own))
    assert len(set(answered)) == 60


def refused_start(hall: RunningHall) -> str:
    """What a hub says that ends at once because it cannot serve this hall."""
    ended = subprocess.run(
        [sys.executable, "-m", "hub", "--hall", str(hall.directory.path)], capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert ended.stderr.startswith("bancheng-hub: ")
    return ended.stderr


def test_a_second_hub_on_the_same_hall_says_that_there_is_one(own: RunningHall) -> None:
    assert "another hub already serves" in refused_start(own)
    still_serves(own)


def test_a_hub_whose_port_is_taken_says_which(own: RunningHall, processes: Processes, tmp_path: Path) -> None:
    other = RunningHall(tmp_path / "other", processes)
    text = other.directory.file.read_text().replace(other.hall.hubs[0].commands, own.hall.hubs[0].commands)
    other.directory.file.write_text(text)
    assert own.hall.hubs[0].commands in refused_start(other)
    still_serves(own)


def test_a_hub_without_its_database_says_what_to_do(processes: Processes, tmp_path: Path) -> None:
    hall = RunningHall(tmp_path / "hall", processes)
    hall.directory.database.unlink()
    assert "bancheng init" in refused_start(hall)
    assert not hall.directory.database.exists()


def test_a_hub_whose_hall_was_given_another_code_says_so(processes: Processes, tmp_path: Path) -> None:
    hall = RunningHall(tmp_path / "hall", processes)
    hall.directory.file.write_text(hall.directory.file.read_text().replace('"370406"', '"370407"'))
    assert "370407" in refused_start(hall)


def test_a_hub_whose_policy_was_changed_without_a_new_version_says_so(own: RunningHall) -> None:
    own.processes.stop("hub")
    shipped = Path(config.__file__).parent / "policies" / "shanting.toml"
    changed = shipped.read_text().replace("limit_wd = 2", "limit_wd = 3")
    (own.directory.path / "policy.toml").write_text(changed)
    assert "raise its version number" in refused_start(own)


def test_a_stopped_hub_ends_well_and_can_be_started_again(own: RunningHall) -> None:
    assert own.processes.stop("hub") == 0
    assert log_lines(own)[-1]["event"] == "hub.stopped"
    start_again(own)
    still_serves(own)


# --- logins


def logged_in(link: Link, staff: str = "06", pin: str = PIN, command_id: str = "") -> m.Answer:
    return link.ask(m.LogIn(staff=staff, pin=pin), timeout_s=30, command_id=command_id)


def test_a_right_pin_logs_in_and_outlives_a_restart_of_the_hub(own: RunningHall, links: Any) -> None:
    window = links(own, "window-3")
    came = logged_in(window)
    assert isinstance(came, m.LoggedIn)
    assert (came.staff, came.name, came.role) == ("06", "王芳", "window")
    assert [held.title for held in came.posts] == ["办理专员", "办理专员", "窗口工作人员"]
    assert window.ask(m.CallNext()).code == "queue_empty"
    own.processes.kill("hub")
    start_again(own)
    assert window.ask(m.CallNext(), timeout_s=30).code == "queue_empty"
    assert window.ask(m.LogOut()) == m.Done()
    assert window.ask(m.CallNext()).code == "login_needed"


def test_wrong_pins_are_refused_and_lock_the_terminal_and_no_other(own: RunningHall, links: Any) -> None:
    window, other = links(own, "window-3"), links(own, "window-1")
    for _ in range(PIN_TRIES):
        assert logged_in(window, pin="000000").code == "wrong_pin"  # type: ignore[union-attr]
    assert logged_in(window).code == "pin_locked"  # type: ignore[union-attr]
    assert window.ask(m.CallNext()).code == "login_needed"
    assert isinstance(logged_in(other), m.LoggedIn)


def test_an_unknown_person_is_refused_like_a_wrong_pin(own: RunningHall, links: Any) -> None:
    window = links(own, "window-3")
    assert logged_in(window, staff="99") == logged_in(window, pin="000000")


def test_many_pins_at_once_are_tried_no_more_than_few_after_each_other(own: RunningHall) -> None:
    tries = 4 * PIN_TRIES
    with raw(own, "window-3") as window:
        for number in range(tries):
            window.send(codec.encode_request(f"{number:032x}", m.LogIn(staff="06", pin=f"{number:06d}")))
        codes = [getattr(window.answer()[1], "code", "") for _ in range(tries)]
    assert codes.count("wrong_pin") == PIN_TRIES
    assert codes.count("pin_locked") == tries - PIN_TRIES


def test_a_login_sent_again_while_it_is_checked_is_one_try(own: RunningHall) -> None:
    with raw(own, "window-3") as window:
        for number in range(PIN_TRIES - 1):
            wrong = codec.encode_request(f"{number:032x}", m.LogIn(staff="06", pin="000000"))
            for _ in range(3):
                window.send(wrong)
            assert getattr(window.answer()[1], "code", "") == "wrong_pin"
        right = codec.encode_request(ID, m.LogIn(staff="06", pin=PIN))
        window.send(right)
        answers = [window.answer()]
        while answers[-1][0] != ID:
            answers.append(window.answer())
    assert isinstance(answers[-1][1], m.LoggedIn)


def test_a_logout_that_arrives_a_second_time_ends_no_later_login(own: RunningHall, links: Any) -> None:
    window = links(own, "window-3")
    logged_in(window)
    assert window.ask(m.LogOut(), command_id=ID) == m.Done()
    logged_in(window)
    assert window.ask(m.LogOut(), command_id=ID) == m.Done()
    assert window.ask(m.CallNext()).code == "queue_empty"


def test_a_login_s_id_cannot_be_used_by_another_person(own: RunningHall, links: Any) -> None:
    own.staff("07", "李强", "window", PIN)
    window = links(own, "window-3")
    assert isinstance(logged_in(window, command_id=ID), m.LoggedIn)
    window.close()  # a slow hub may answer a repeated question twice: the second answer must not be taken for the next
    window = links(own, "window-3")
    assert logged_in(window, staff="07", command_id=ID).code == "command_id_reused"  # type: ignore[union-attr]


@pytest.mark.rule("R71")
def test_no_pin_stands_in_database_or_log(own: RunningHall, links: Any) -> None:
    window = links(own, "window-3")
    logged_in(window, pin="739182")
    logged_in(window)
    kept = b"".join(path.read_bytes() for path in own.directory.path.glob("hall.db*"))
    kept += own.processes.log("hub").read_bytes()
    assert b"739182" not in kept
    assert PIN.encode() not in kept


# --- the feed over real sockets


def test_a_terminal_sees_that_the_hub_is_gone_and_catches_up_when_it_is_back(own: RunningHall, links: Any) -> None:
    wall, kiosk = links(own, "wall"), links(own, "kiosk-1")
    until("the picture", lambda: wall.wait(0.05) or wall.picture.epoch)
    assert wall.live
    own.processes.kill("hub")
    until("silence noticed", lambda: wall.wait(0.05) or not wall.live)
    start_again(own)
    number = kiosk.ask(complaint(), timeout_s=30).case_number
    until("the hub heard again", lambda: wall.wait(0.05) or wall.live)
    until("what was missed", lambda: wall.wait(0.05) or number in wall.picture.cases)


def test_everybody_has_the_same_picture_in_the_end(own: RunningHall, links: Any) -> None:
    wall, window, kiosk = (links(own, name) for name in ("wall", "window-3", "kiosk-1"))
    until("the first picture", lambda: wall.wait(0.05) or wall.picture.epoch)
    logged_in(window)
    for number in range(5):
        kiosk.ask(complaint(f"paper {number}"))
    called = window.ask(m.CallNext()).ticket
    window.ask(m.FinishTicket(ticket_id=called.ticket_id))
    seq = rows(own, "SELECT seq FROM hall")[0][0]
    for link in (wall, window, kiosk):
        until("the last event", lambda link=link: link.wait(0.05) or link.picture.seq >= seq)
    assert wall.picture.tickets == window.picture.tickets == kiosk.picture.tickets
    assert wall.picture.tickets[called.ticket_id].state == "done"
    assert wall.picture.counts.today == 5


CLIENTS, EACH = 20, 10


def test_twenty_clients_at_once_file_two_hundred_cases(own: RunningHall) -> None:
    answers: list[m.Answer] = []
    kept = threading.Lock()

    def client(number: int) -> None:
        link = own.link("kiosk-1", feed=False)
        heard: list[m.Answer] = []
        for place in range(EACH):
            link.send(complaint(f"client {number} complaint {place}"), heard.append)
        until("its answers", lambda: link.wait(0.05) or len(heard) == EACH)
        link.close()
        with kept:
            answers.extend(heard)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [answer.case_number for answer in answers]  # type: ignore[union-attr]
    assert len(numbers) == len(set(numbers)) == CLIENTS * EACH
    assert sorted(numbers) == sorted(case_numbers(own))
    serials = sorted(int(number.split("-")[2]) for number in numbers)
    assert serials == list(range(1, CLIENTS * EACH + 1))


@pytest.mark.rule("R13")
def test_nothing_a_citizen_told_goes_over_the_feed_or_into_the_log(own: RunningHall) -> None:
    wall = keys.load_pair(own.directory.keys, "wall")
    with RawTerminal(own.hall.hubs[0].feed, wall, hub_key(own), zmq.SUB) as feed, raw(own) as kiosk:
        feed.socket.recv_multipart()  # a heartbeat: subscribed
        told = complaint(name="欧阳标记甲", phone="13987654321", text="标记乙：跑了三趟", since="标记丙")
        number = kiosk.ask(codec.encode_request(ID, told))[1].case_number  # type: ignore[union-attr]
        published: list[bytes] = []
        while not any(b"Withheld" in one or b"NoticeRaised" in one for one in published):  # what comes last
            published += feed.socket.recv_multipart()
    heard = b"".join(published) + own.processes.log("hub").read_bytes()
    assert number.encode() in heard
    assert b"NoticeRaised" not in heard
    for words in ("欧阳标记甲", "13987654321", "标记乙", "标记丙", told.on_paper.token, told.on_paper.typed):
        assert words.encode() not in heard
        assert json.dumps(words)[1:-1].encode() not in heard
