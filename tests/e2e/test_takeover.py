"""Two hubs of one hall on one PostgreSQL: whatever stops the one on duty, the other serves on, and nothing is twice."""

from __future__ import annotations

import json
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import dropwhile, pairwise
from pathlib import Path
from typing import Any

import pytest
import zmq

from hub import keys
from hub.wire import codec, messages as m
from tests import factories
from tests.hub.desk import secrets_of
from tests.hub.raw import RawTerminal
from tests.postgres import Cluster
from tests.processes import Processes, until
from tests.quiet_line import QuietLine
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

TAKEN_OVER_S = 3.0
KIOSKS = tuple(f"kiosk-{n}" for n in range(2, 6))
MORE = "".join(f'\n[[terminals]]\nname = "{name}"\nrole = "kiosk"\n' for name in KIOSKS)
HUB_ROLE = "bancheng_hub"


class City:
    """A hall with two hubs, and kiosks that file one complaint after another."""

    def __init__(self, tmp_path: Path, cluster: Cluster, processes: Processes) -> None:
        self.cluster = cluster
        self.processes = processes
        self.database = cluster.new_database()
        self.line = QuietLine(cluster.port)
        self.hall = RunningHall(
            tmp_path / "hall", processes, database=cluster.address(self.database), hubs=2, more_terminals=MORE
        )
        grant(cluster, self.database)
        direct = cluster.address(self.database)
        self._places = {
            "hub-1": self._copied("hub-1", direct, cluster.address(self.database, HUB_ROLE, self.line.port)),
            "hub-2": self._copied("hub-2", direct, cluster.address(self.database, HUB_ROLE)),
        }
        self.links = {name: self.hall.link(name, feed=name != KIOSKS[0]) for name in KIOSKS}
        self.answered: dict[str, str] = {}
        self.answered_at: list[float] = []
        self._serial = 0
        self.start("hub-1")
        self.hall.ready_hub("hub-1")
        self.start("hub-2")
        self.hall.ready_hub("hub-2", "duty.standby")

    def start(self, name: str) -> None:
        self.hall.start_hub(name, self._places[name])

    def file_until(self, what: str, happened: Callable[[], object], timeout_s: float = 30.0) -> None:
        """Every kiosk files, one complaint after another, until that has happened."""
        until(what, lambda: self._file() or happened(), timeout_s, every_s=0)

    def file_some(self, more: int = 20) -> None:
        wanted = len(self.answered) + more
        self.file_until(f"{more} complaints", lambda: len(self.answered) >= wanted)

    def finish(self) -> None:
        """No new complaints; the last ones are answered."""
        until("the last answers", lambda: self._poll() or not any(link.pending for link in self.links.values()))

    def file_over_a_take_over(self) -> float:
        """Seconds from the last answer of the old hub to the first of the new one: the longest pause there was."""
        last = len(self.answered_at) - 1
        self.file_until("the other hub is on duty", lambda: self.said("hub-2", "hub.ready"))
        self.file_some()
        return max(after - before for before, after in pairwise(self.answered_at[last:]))

    def said(self, hub: str, words: str) -> bool:
        return words in self.processes.log(hub).read_text()

    def log(self, hub: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.processes.log(hub).read_text().splitlines() if line.startswith("{")]

    def kept(self) -> dict[str, str]:
        """Command id → case number, as the database has it."""
        return dict(self.cluster.order('SELECT command_id, number FROM "case"', self.database))

    def each_answered_is_there_once(self) -> None:
        self.finish()
        kept = self.kept()
        assert kept == self.answered
        assert max(Counter(kept.values()).values()) == 1
        tickets = self.cluster.order("SELECT count(*), count(DISTINCT number) FROM ticket", self.database)
        assert tickets[0][0] == tickets[0][1]
        seqs = [seq for (seq,) in self.cluster.order("SELECT seq FROM event ORDER BY seq", self.database)]
        assert seqs == list(range(1, len(seqs) + 1))

    def raw(self, hub: str, terminal: str, kind: int = zmq.DEALER) -> RawTerminal:
        """A connection to one of the hubs alone."""
        folder, address = self.hall.directory.keys, self.hall.hall.hub(hub)
        own, public = keys.load_pair(folder, terminal), keys.load_public(folder, "hub")
        return RawTerminal(address.commands if kind == zmq.DEALER else address.feed, own, public, kind)

    def close(self) -> None:
        for link in self.links.values():
            link.close()
        self.processes.close()
        self.line.close()

    def _file(self) -> None:
        for link in self.links.values():
            if not link.pending:
                self._serial += 1
                complaint = factories.a_complaint(on_paper=secrets_of(f"{self.database} {self._serial}"))
                ids: list[str] = []
                ids.append(link.send(complaint, lambda answer, ids=ids: self._heard(ids[0], answer)))
        self._poll()

    def _poll(self) -> None:
        for link in self.links.values():
            link.wait(0.002)

    def _heard(self, command_id: str, answer: m.Answer) -> None:
        assert isinstance(answer, m.ComplaintAccepted), answer
        assert command_id not in self.answered
        self.answered[command_id] = answer.case_number
        self.answered_at.append(time.monotonic())

    def _copied(self, name: str, address: str, own_address: str) -> Path:
        """The hall's directory on that hub's machine."""
        place = self.hall.directory.path.with_name(name)
        shutil.copytree(self.hall.directory.path, place)
        text = (place / "hall.toml").read_text()
        (place / "hall.toml").write_text(text.replace(address, own_address))
        return place


def grant(cluster: Cluster, database: str) -> None:
    """The rights that docs/operations.md gives to the hubs' role."""
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()
    statements = page.split("```sql\n", 1)[1].split("```", 1)[0]
    if not cluster.order(f"SELECT 1 FROM pg_roles WHERE rolname = '{HUB_ROLE}'"):
        cluster.order(f"CREATE ROLE {HUB_ROLE} LOGIN")
    cluster.order(statements, database)


@pytest.fixture
def city(tmp_path: Path, cluster: Cluster, processes: Processes) -> Iterator[City]:
    made = City(tmp_path, cluster, processes)
    yield made
    made.close()


def told(what: str, took_s: float) -> None:
    print(f"\n{what}: {took_s:.2f} s from the last answer before to the first after")
    assert took_s < TAKEN_OVER_S


@pytest.mark.rule("R68")
def test_a_killed_hub_is_followed_by_the_one_that_stood_by(city: City) -> None:
    city.file_some()
    city.processes.kill("hub-1")
    told("killed", city.file_over_a_take_over())
    city.file_some()
    city.start("hub-1")
    city.file_until("the old hub stands by", lambda: city.said("hub-1", "duty.standby"))
    city.each_answered_is_there_once()


def test_a_stopped_hub_is_followed_and_cannot_commit_when_it_wakes(city: City) -> None:
    city.file_some()
    with city.raw("hub-1", "kiosk-1") as asking, city.raw("hub-1", "wall", zmq.SUB) as listening:
        assert isinstance(asking.ask(codec.encode_request("1" * 32, m.EventsSince()))[1], m.Snapshot)
        assert listening.socket.recv_multipart()
        city.processes.signal("hub-1", signal.SIGSTOP)
        for command_id, command in (("2" * 32, m.EventsSince()), ("3" * 32, m.TakeTicket(service="general"))):
            asking.send(codec.encode_request(command_id, command))
        told("stopped", city.file_over_a_take_over())
        city.file_some()
        duty = city.cluster.order("SELECT hub, term FROM duty", city.database)
        assert duty == [("hub-2", 2)]
        while listening.socket.poll(0):
            listening.socket.recv_multipart()
        city.processes.signal("hub-1", signal.SIGCONT)
        answers = dict(asking.answer() for _ in range(2))
        assert {answer.code for answer in answers.values()} == {"not_active"}
        city.file_until("the woken hub stands by", lambda: city.log("hub-1")[-1]["event"] == "duty.standby")
        heard = (codec.decode_feed(listening.socket.recv_multipart()).active for _ in range(6))
        # What it had sent before it was stopped may arrive first; it never says so again.
        since = list(dropwhile(bool, heard))
        assert since
        assert not any(since)
    assert city.cluster.order("SELECT hub, term FROM duty", city.database) == duty
    assert city.cluster.order("SELECT count(*) FROM ticket WHERE series = 'A'", city.database) == [(0,)]
    city.each_answered_is_there_once()


def test_a_hub_cut_off_from_its_database_is_followed_and_says_so(city: City) -> None:
    city.file_some()
    city.line.fall_silent()
    told("cut off", city.file_over_a_take_over())
    city.file_until("the hub that was cut off notices", lambda: city.said("hub-1", "duty.away"))
    city.file_some()
    city.line.speak_again()
    city.file_until("it stands by", lambda: city.log("hub-1")[-1]["event"] == "duty.standby")
    city.each_answered_is_there_once()


def test_without_its_database_nobody_serves_and_with_it_all_goes_on(city: City) -> None:
    city.file_some()
    city.cluster.stop("immediate")
    try:
        for hub in ("hub-1", "hub-2"):
            city.file_until(f"{hub} notices", lambda hub=hub: city.said(hub, "duty.away"), timeout_s=10)
        answered = len(city.answered)
        until("heartbeats say so", lambda: city._poll() or not city.links[KIOSKS[1]].live)
        assert len(city.answered) == answered
    finally:
        city.cluster.start()
    city.file_some()
    lost = next(line for line in city.log("hub-1") if line["event"] == "duty.away")
    assert lost["level"] == "error"
    assert lost["reason"]
    city.each_answered_is_there_once()


def test_a_hub_that_stands_by_turns_away_whoever_asks_it(city: City) -> None:
    city.file_some()
    with city.raw("hub-2", "kiosk-1") as terminal:
        _, answer = terminal.ask(codec.encode_request("1" * 32, m.TakeTicket(service="general")))
        assert answer.code == "not_active"
    assert city.cluster.order("SELECT count(*) FROM ticket WHERE series = 'A'", city.database) == [(0,)]
    city.each_answered_is_there_once()
