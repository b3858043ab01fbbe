"""The hostile wire: whatever a terminal or a stranger sends, a real hub answers with a code or cuts it off."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zmq
from hypothesis import given, settings, strategies as st
from rich.progress import Progress

from benchmarks.fuzz import attack
from hub import keys
from hub.keys import CurvePair
from hub.logs import LINES_AT_ONCE
from hub.service.guesses import OF_A_TERMINAL
from hub.turns import EACH_ROUND, WAIT_AT_MOST
from hub.wire import codec, messages as m
from tests import factories
from tests.hub.desk import secrets_of
from tests.hub.hostile import ID, HostileFrames, changes_nothing
from tests.hub.raw import REFUSED, RawTerminal
from tests.processes import Processes, until
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

GROWS_AT_MOST_KIB = 20_000
TEN_MB = 10_000_000
SECOND_KIOSK = '\n[[terminals]]\nname = "kiosk-2"\nrole = "kiosk"\n'
CONNECTIONS, OF_EACH = 20, 90
"""A flood: one terminal's connections, and the frames that each of them has waiting when the hub wakes."""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """A hub that all of these attack."""
    place = tmp_path_factory.mktemp("hostile")
    with Processes(place / "logs") as processes:
        made = RunningHall(place / "hall", processes, more_terminals=SECOND_KIOSK)
        made.start_hub()
        made.ready_hub()
        yield made


def raw(hall: RunningHall, terminal: str = "kiosk-1") -> RawTerminal:
    own = keys.load_pair(hall.directory.keys, terminal)
    return RawTerminal(hall.hall.hubs[0].commands, own, hub_key(hall))


def hub_key(hall: RunningHall) -> bytes:
    return keys.load_public(hall.directory.keys, "hub")


def metric(hall: RunningHall, name: str, **labels: str) -> float:
    """A counter as the hub tells it now; 0 before it was first counted."""
    with urllib.request.urlopen(f"http://127.0.0.1:{hall.ports['metrics']}/metrics", timeout=10) as page:
        lines = page.read().decode().splitlines()
    inside = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
    wanted = f"bancheng_{name}{{{inside}}} " if inside else f"bancheng_{name} "
    return next((float(line.removeprefix(wanted)) for line in lines if line.startswith(wanted)), 0.0)


def rises(hall: RunningHall, before: float, name: str, **labels: str) -> float:
    return until(f"{name} to rise", lambda: (now := metric(hall, name, **labels)) > before and now)


def code_of(answer: m.Answer) -> str:
    return answer.code if isinstance(answer, m.Rejected) else type(answer).__name__


def newest(hall: RunningHall) -> int:
    """The feed's newest number: whatever happens in a hall raises it."""
    with raw(hall, "led") as led:
        answer = led.ask(codec.encode_request(ID, m.EventsSince()))[1]
    assert isinstance(answer, m.Snapshot)
    return answer.seq


def serves(hall: RunningHall) -> None:
    hall.processes.check("hub")
    newest(hall)


def rss_kib(hall: RunningHall) -> int:
    told = Path(f"/proc/{hall.processes.pid('hub')}/status").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmRSS:"))


def log_lines(hall: RunningHall) -> list[dict[str, Any]]:
    return [json.loads(line) for line in hall.processes.log("hub").read_text().splitlines()]


# --- frames


def test_twelve_thousand_hostile_frames_are_each_answered_with_a_code_and_leave_nothing_behind(
    hall: RunningHall,
) -> None:
    result = attack(hall, frames=12_000, seed=20261123, progress=Progress(disable=True))
    assert (result.frames, result.answered, result.unanswered) == (12_000, 12_000, 0)
    assert result.rows_changed == {}
    assert not result.picture_changed
    assert result.hub_rss_after_kib - result.hub_rss_before_kib < GROWS_AT_MOST_KIB
    assert {"malformed", "bad_command", "unknown_command", "unsupported_version", "not_permitted"} <= set(
        result.answered_by_code
    )
    assert "internal" not in result.answered_by_code
    rejected = sum(count for code, count in result.answered_by_code.items() if code[0].islower())
    assert rejected > 0.9 * result.frames
    serves(hall)


@settings(max_examples=150)
@given(
    frame=st.one_of(
        st.binary(max_size=300),
        st.builds(lambda seed: HostileFrames(seed, "wall").mutated()[0], st.integers(0, 1 << 32)),
    )
)
def test_any_bytes_of_a_wall_are_answered_with_a_code(wall: RawTerminal, frame: bytes) -> None:
    if not changes_nothing(frame, "display"):
        return  # by chance a command that a wall may give
    command_id, answer = wall.ask(frame)
    assert isinstance(answer, m.Rejected | m.Snapshot)
    try:
        read, _ = codec.decode_request(frame)
    except codec.BadFrame as bad:
        read = bad.command_id
    assert command_id == read


@pytest.fixture(scope="module")
def wall(hall: RunningHall) -> Iterator[RawTerminal]:
    with raw(hall, "wall") as made:
        yield made


def test_a_number_too_large_for_any_table_is_refused_like_a_small_one(hall: RunningHall) -> None:
    """Numbers on the wire have up to 64 bits without a sign, the database's have a sign."""
    hall.staff("90", "赵敏", "supervisor", "480615")
    with raw(hall, "supervisor") as supervisor:
        supervisor.ask(codec.encode_request("1" * 32, m.LogIn(staff="90", pin="480615")))
        for number in ((1 << 64) - 1, 1 << 63, -(1 << 63), 0):
            asked = codec.encode_request(ID, m.AcknowledgeNotice(notice_id=number))
            assert code_of(supervisor.ask(asked)[1]) == "unknown_notice"
        supervisor.ask(codec.encode_request("2" * 32, m.LogOut()))


@pytest.mark.parametrize("size", [codec.MAX_FRAME_BYTES + 1, TEN_MB])
def test_a_frame_that_is_too_large_is_cut_off_and_counted_and_takes_no_memory(hall: RunningHall, size: int) -> None:
    serves(hall)
    before, rss = metric(hall, "connections_cut_total"), rss_kib(hall)
    for already in range(3):
        with raw(hall) as terminal:
            # Once it was answered the hub knows the connection; one that never was is cut all the same, uncounted.
            assert isinstance(terminal.ask(codec.encode_request(f"{already + 1:032x}", m.EventsSince()))[1], m.Snapshot)
            terminal.send(b"x" * size)
            terminal.wait_for(zmq.EVENT_DISCONNECTED)
            assert terminal.has_heard_nothing()
        assert rises(hall, before + already, "connections_cut_total") == before + already + 1
    assert rss_kib(hall) - rss < size / 1024
    serves(hall)


def test_terminals_that_go_away_by_themselves_are_not_counted_as_cut_off(hall: RunningHall) -> None:
    before = metric(hall, "connections_cut_total")
    for _ in range(3):
        with raw(hall) as terminal:
            terminal.ask(codec.encode_request(ID, m.EventsSince()))
            terminal.send(codec.encode_request(ID, m.EventsSince()))
    hall.processes.start("killed", "-m", "tests.hub.asking_terminal", str(hall.directory.path))
    until("its answer", lambda: hall.processes.said("killed", "answered"))
    hall.processes.kill("killed")
    with socket.create_connection(("127.0.0.1", hall.ports["hub"])) as stranger:
        stranger.sendall(b"GET / HTTP/1.1\r\n\r\n" + b"x" * 5000)
    with raw(hall) as terminal:
        terminal.send(b"x" * TEN_MB)
        terminal.wait_for(zmq.EVENT_DISCONNECTED)
    assert rises(hall, before, "connections_cut_total") == before + 1


# --- who gets in


def stranger_pair() -> CurvePair:
    return CurvePair(*zmq.curve_keypair())


@pytest.mark.rule("R69")
@pytest.mark.parametrize(
    ("who", "why"),
    [("an unenrolled key", "key"), ("no CURVE", "no_curve"), ("PLAIN", "no_curve"), ("a wrong hub's key", "protocol")],
)
def test_who_is_not_enrolled_reaches_nothing_and_is_counted(hall: RunningHall, who: str, why: str) -> None:
    before, seq = metric(hall, "connections_refused_total", why=why), newest(hall)
    hub_public = stranger_pair().public if who == "a wrong hub's key" else hub_key(hall)
    own = stranger_pair() if who == "an unenrolled key" else keys.load_pair(hall.directory.keys, "kiosk-1")
    curve = who in ("an unenrolled key", "a wrong hub's key")

    def counted() -> bool:
        """Whoever closes the connection first: the hub sees a refusal, or only that somebody went away."""
        where, public = hall.hall.hubs[0].commands, hub_public if curve else None
        with RawTerminal(where, own if curve else None, public, plain=who == "PLAIN") as terminal:
            with contextlib.suppress(zmq.Again):
                terminal.send(codec.encode_request(ID, factories.a_complaint(on_paper=secrets_of(who))))
            terminal.wait_for(REFUSED | zmq.EVENT_DISCONNECTED)
            assert terminal.has_heard_nothing()
        return metric(hall, "connections_refused_total", why=why) > before

    until("the refusal to be counted", counted)
    assert newest(hall) == seq


def test_a_role_is_the_key_s_whatever_names_a_terminal_claims(hall: RunningHall) -> None:
    """A routing id of a window's name, a window's name in every field that has room for one."""
    before = metric(hall, "rejections_total", code="not_permitted")
    claims = [
        m.CallNext(service="window-2"),
        m.LogIn(staff="window-2", pin="480615"),
        factories.a_complaint(on_paper=secrets_of("claim"), name="window-2", channel="window"),
        m.ReportPrint(job_id="window-2", case_number="window-2", state="sent"),
    ]
    own = keys.load_pair(hall.directory.keys, "wall")
    with RawTerminal(hall.hall.hubs[0].commands, own, hub_key(hall), routing_id=b"window-2") as wall:
        assert {code_of(wall.ask(codec.encode_request(ID, claim))[1]) for claim in claims} == {"not_permitted"}
    rejected = before + len(claims)
    until("the rejections to be counted", lambda: metric(hall, "rejections_total", code="not_permitted") == rejected)
    assert metric(hall, "terminal_heard_timestamp_seconds", role="window", terminal="window-2") == 0


# --- floods


@pytest.fixture
def flooded(hall: RunningHall) -> Iterator[list[RawTerminal]]:
    """The hub with a flood before it: it stands still, and one terminal has sent over many connections."""
    with contextlib.ExitStack() as stack:
        flood = [stack.enter_context(raw(hall)) for _ in range(CONNECTIONS)]
        for one in flood:
            one.ask(codec.encode_request(ID, m.EventsSince()))
        hall.processes.signal("hub", signal.SIGSTOP)
        stack.callback(hall.processes.signal, "hub", signal.SIGCONT)
        for at, one in enumerate(flood):
            for number in range(OF_EACH):
                one.send(codec.encode_request(f"{at:016x}{number:016x}", m.TakeTicket(service="general")))
        yield flood


def answers(flood: list[RawTerminal]) -> Counter[str]:
    """What all of a flood was answered, by code or name."""
    return Counter(code_of(one.answer()[1]) for one in flood for _ in range(OF_EACH))


def test_a_flooding_terminal_gets_its_share_of_each_round_and_another_is_answered_meanwhile(
    hall: RunningHall, flooded: list[RawTerminal]
) -> None:
    link = hall.link("kiosk-2", feed=False)
    heard: list[m.Answer] = []
    link.send(m.TakeTicket(service="general"), heard.append)
    hall.processes.signal("hub", signal.SIGCONT)
    until("the other's ticket", lambda: link.wait(0.01) or heard)
    link.close()
    codes = answers(flooded)
    assert set(codes) <= {"TicketIssued", "too_many"}
    assert codes["TicketIssued"] >= WAIT_AT_MOST
    most = 2 * EACH_ROUND  # a bucket's edge; its share, and the other's one
    commits, small = metric(hall, "batch_commands_count"), metric(hall, "batch_commands_bucket", le=f"{most:.1f}")
    assert commits > 0
    assert small == commits
    serves(hall)


def test_an_outbox_that_empties_itself_beside_a_flood_passes_whole(
    hall: RunningHall, flooded: list[RawTerminal]
) -> None:
    link = hall.link("kiosk-2", feed=False)
    heard: list[m.Answer] = []
    for number in range(200):
        link.send(factories.a_complaint(on_paper=secrets_of(f"outbox {number}")), heard.append)
    hall.processes.signal("hub", signal.SIGCONT)
    until("all answers", lambda: link.wait(0.01) or len(heard) == 200)
    link.close()
    assert len({answer.case_number for answer in heard}) == 200  # type: ignore[union-attr]
    assert answers(flooded).total() == CONNECTIONS * OF_EACH


def test_a_flood_of_nonsense_does_not_fill_the_log(hall: RunningHall) -> None:
    said = len(log_lines(hall))
    with raw(hall, "web") as terminal:
        for _ in range(3000):
            assert code_of(terminal.ask(b"nonsense")[1]) == "malformed"
    lines = [line for line in log_lines(hall)[said:] if line["event"] == "frame.rejected"]
    assert len(lines) < 10 * LINES_AT_ONCE
    assert metric(hall, "log_lines", event="frame.rejected") >= 3000


def test_wrong_look_up_codes_are_answered_alike_until_there_are_too_many(hall: RunningHall) -> None:
    with raw(hall, "web") as web:
        codes = Counter(
            code_of(web.ask(codec.encode_request(f"{number:032x}", m.LookUp(secret=f"wrong {number}")))[1])
            for number in range(3 * OF_A_TERMINAL[0])
        )
    assert set(codes) == {"not_found", "too_many"}
    serves(hall)
