"""Networks that break between terminals and hub: every complaint once in the end, links come back by themselves, and
who has a good network notices nothing. All storms rage at once, each over terminals of its own."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hub import keys
from hub.link import Link
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import secrets_of
from tests.ports import free_port
from tests.processes import Processes, until
from tests.proxy import BOTH, Proxy
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

TERMINALS_EACH, FILED_IN_STORM, FILED_BESIDE = 3, 2, 10
BACK_WITHIN_S = 20
"""How soon all must be answered when the network is back; it takes three seconds here, and took thirty once."""
LATE_S = 0.7
"""Longer than a link waits before it sends again."""
IN_A_COMMAND, IN_AN_ANSWER = 600, 500
"""Bytes after which a connection tears: behind the handshake, within the first or second frame of a complaint's way."""

STORMS: dict[str, Callable[[Proxy], None]] = {
    "cut off": lambda proxy: proxy.cut(),
    "late": lambda proxy: proxy.delay(LATE_S),
    "commands swallowed": lambda proxy: proxy.go_deaf("to_hub"),
    "answers swallowed": lambda proxy: proxy.go_deaf("to_terminal"),
    "cable pulled": lambda proxy: proxy.go_deaf(*BOTH),
    "commands torn": lambda proxy: proxy.tear("to_hub", IN_A_COMMAND),
    "answers torn": lambda proxy: proxy.tear("to_terminal", IN_AN_ANSWER),
}
SILENT = {"cut off", "commands swallowed", "answers swallowed", "cable pulled"}
"""Storms in which nothing reaches a terminal."""
TORN = {"commands torn", "answers torn"}


class Terminal:
    """A kiosk's link and what it was answered, by command id."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.filed: list[str] = []
        self.answers: dict[str, list[str]] = {}

    def file(self) -> None:
        command_id = secrets.token_hex(16)
        self.filed.append(command_id)
        self.answers[command_id] = []

        def heard(answer: m.Answer) -> None:
            assert isinstance(answer, m.ComplaintAccepted), answer
            self.answers[command_id].append(answer.case_number)

        self.link.send(factories.a_complaint(on_paper=secrets_of(command_id)), heard, command_id)

    @property
    def done(self) -> bool:
        return all(self.answers.values())


@dataclass
class Storm:
    """Terminals behind one broken network, and what was seen of them."""

    name: str
    proxies: tuple[Proxy, Proxy]
    terminals: list[Terminal]
    kept_at_its_end: int = 0
    answered_at_its_end: int = 0

    @property
    def has_bitten(self) -> bool:
        if self.name in SILENT:
            return self.proxies[0].tried >= 2 * TERMINALS_EACH  # all have noticed and connected anew, or tried to
        return self.name not in TORN or self.proxies[0].torn > 0

    def ids(self) -> list[str]:
        return [command_id for one in self.terminals for command_id in one.filed]


@dataclass
class Seen:
    """The whole run, over: what the tests look at."""

    database: Path
    hub_log: str
    storms: dict[str, Storm]
    beside: Terminal
    beside_answered_in_storm: int
    positions: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def kept(self) -> dict[str, list[str]]:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            found: dict[str, list[str]] = {}
            for command_id, number in db.execute('SELECT command_id, number FROM "case"'):
                found.setdefault(command_id, []).append(number)
            return found


class Weathering:
    """The hall, its storms and the terminal beside them, driven in one loop."""

    def __init__(self, hall: RunningHall, stack: ExitStack) -> None:
        self._hall, self._stack = hall, stack
        names = iter(kiosk_names())
        self.beside = self._terminal(hall.link("kiosk-1"))
        self.storms = {name: self._storm(name, names) for name in STORMS}

    def _storm(self, name: str, names: Iterator[str]) -> Storm:
        commands, feed = free_port(), free_port()
        proxies = (
            self._stack.enter_context(Proxy(commands, self._hall.ports["hub"])),
            self._stack.enter_context(Proxy(feed, self._hall.ports["feed"])),
        )
        address, folder = factories.an_address(commands, feed), self._hall.directory.keys
        hub = keys.load_public(folder, "hub")
        links = [Link((address,), keys.load_pair(folder, next(names)), hub) for _ in range(TERMINALS_EACH)]
        return Storm(name, proxies, [self._terminal(link) for link in links])

    def _terminal(self, link: Link) -> Terminal:
        self._stack.callback(link.close)
        return Terminal(link)

    def all_terminals(self) -> list[Terminal]:
        return [self.beside, *(one for storm in self.storms.values() for one in storm.terminals)]

    def until(self, what: str, condition: Callable[[], bool], timeout_s: float = 40.0) -> None:
        def turn() -> bool:
            for one in self.all_terminals():
                one.link.poll()
            return condition()

        until(what, turn, timeout_s, every_s=0.005)

    def run(self) -> Seen:
        for one in self.all_terminals():
            one.file()
        self.until("good weather", lambda: all(one.done and one.link.live for one in self.all_terminals()))
        for name, storm in self.storms.items():
            for proxy in storm.proxies:
                STORMS[name](proxy)
            for one in storm.terminals:
                for _ in range(FILED_IN_STORM):
                    one.file()
        self.until("the storms", self._beside_goes_on)
        beside_answered = sum(map(bool, self.beside.answers.values()))
        seen = Seen(self._hall.directory.database, "", self.storms, self.beside, beside_answered)
        kept = seen.kept()
        for storm in self.storms.values():
            storm.kept_at_its_end = sum(command_id in kept for command_id in storm.ids())
            storm.answered_at_its_end = sum(bool(two) for one in storm.terminals for two in one.answers.values())
            for proxy in storm.proxies:
                proxy.mend()
        self.until("every answer", lambda: all(one.done for one in self.all_terminals()), BACK_WITHIN_S)
        self.until("the same picture everywhere", self._all_see_the_same)
        return seen

    def _beside_goes_on(self) -> bool:
        """Files one after another until every storm has bitten, and some more."""
        bitten = all(storm.has_bitten for storm in self.storms.values())
        if self.beside.done and not (bitten and len(self.beside.filed) > FILED_BESIDE):
            self.beside.file()
        return self.beside.done and bitten and len(self.beside.filed) > FILED_BESIDE

    def _all_see_the_same(self) -> bool:
        positions = {(one.link.picture.epoch, one.link.picture.seq) for one in self.all_terminals()}
        return len(positions) == 1 and all(one.link.live for one in self.all_terminals())


def kiosk_names() -> list[str]:
    return [f"kiosk-{number}" for number in range(2, 2 + TERMINALS_EACH * len(STORMS))]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    place = tmp_path_factory.mktemp("network")
    with ExitStack() as stack:
        processes = stack.enter_context(Processes(place / "logs"))
        more = "".join(f'\n[[terminals]]\nname = "{name}"\nrole = "kiosk"\n' for name in kiosk_names())
        hall = RunningHall(place / "hall", processes, more_terminals=more)
        hall.start_hub()
        hall.ready_hub()
        found = Weathering(hall, stack).run()
        assert processes.stop("hub") == 0
        found.hub_log = processes.log("hub").read_text()
    return found


@pytest.mark.parametrize("name", STORMS)
def test_every_complaint_is_there_once_with_the_number_that_was_answered(seen: Seen, name: str) -> None:
    kept = seen.kept()
    for terminal in seen.storms[name].terminals:
        assert len(terminal.filed) == 1 + FILED_IN_STORM
        for command_id in terminal.filed:
            assert kept[command_id] == terminal.answers[command_id]
            assert len(kept[command_id]) == 1


@pytest.mark.parametrize("name", sorted(SILENT))
def test_no_answer_came_through_while_the_network_was_silent(seen: Seen, name: str) -> None:
    assert seen.storms[name].answered_at_its_end == TERMINALS_EACH  # those of the good weather before


def test_complaints_whose_answers_were_swallowed_were_kept_and_told_again_later(seen: Seen) -> None:
    assert seen.storms["answers swallowed"].kept_at_its_end == TERMINALS_EACH * (1 + FILED_IN_STORM)


def test_complaints_that_never_arrived_were_filed_when_the_network_was_back(seen: Seen) -> None:
    for name in ("cut off", "commands swallowed", "cable pulled"):
        assert seen.storms[name].kept_at_its_end == TERMINALS_EACH


@pytest.mark.parametrize("name", sorted(TORN))
def test_frames_torn_in_the_middle_leave_nothing_half(seen: Seen, name: str) -> None:
    assert seen.storms[name].proxies[0].torn > 0
    assert set(seen.storms[name].ids()) <= seen.kept().keys()


def test_who_has_a_good_network_is_answered_all_the_while(seen: Seen) -> None:
    assert seen.beside_answered_in_storm == len(seen.beside.filed) > FILED_BESIDE
    kept = seen.kept()
    assert all(kept[command_id] == numbers for command_id, numbers in seen.beside.answers.items())


def test_the_hub_has_seen_no_trouble(seen: Seen) -> None:
    assert '"level": "error"' not in seen.hub_log
    assert "Traceback" not in seen.hub_log


def test_nothing_was_kept_that_nobody_filed(seen: Seen) -> None:
    filed = {command_id for storm in seen.storms.values() for command_id in storm.ids()} | set(seen.beside.filed)
    assert seen.kept().keys() == filed
