"""A hub without sockets: the real store and rounds, driven as `hub.server` drives them, with time passed in."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Table, func, select

from hub.domain import posts
from hub.domain.hall import Database, Hall, Role, Terminal
from hub.domain.hall_calendar import Published
from hub.domain.lookup import make_keys
from hub.domain.policy import Policy
from hub.errors import Refused
from hub.service import reading
from hub.service.books import Actor, Asked, Books
from hub.service.day import TurnDay
from hub.service.opening import open_books
from hub.service.people import PinVerified
from hub.service.permissions import authorise
from hub.service.printed import digest_of
from hub.service.round import Job, Round
from hub.store import feed, schema
from hub.store.migrate import migrate
from hub.store.sealing import Sealer
from hub.store.transaction import one_transaction, open_store
from hub.store.windows import StaffMember, add_staff, change_staff, staff_member
from hub.wire import codec, messages as m
from hub.wire.picture import Picture
from tests import factories

D = TypeVar("D", bound=Database)
EPOCH = "0123456789abcdef" * 2
HALLS = {name: factories.a_hall(name) for name in ("shanting", "yueyang", "dahepingxiang", "yunfu", "wuxi")}
POLICIES = {name: factories.a_policy(name) for name in HALLS}
CALENDAR = factories.a_calendar()
PUBLISHED = factories.a_published()
HUB_ITSELF = Actor(Terminal(name="hub", role="supervisor"))
PIN_HASH = "not a PIN: the desk logs people in by itself"
KEYS = b"data key of these tests, 32 byte", b"pepper of these tests"

STAFF: dict[str, tuple[Role, str]] = {
    "06": ("window", ""),
    "07": ("window", ""),
    "31": ("department", "real-estate"),
    "32": ("department", "tax"),
    "90": ("supervisor", ""),
}
POSTS: dict[str, tuple[str, ...]] = {
    code: tuple(sorted({post for policy in POLICIES.values() for post in posts.at(policy, role)}))
    for code, (role, _) in STAFF.items()
}
"""Each holds every post that acts where they work, of any of the policies; `hold` gives others."""


@dataclass(frozen=True)
class Ask:
    """A command from a terminal; `command_id` is given to ask again for the first answer."""

    terminal: str
    command: Any
    command_id: str = ""


class Desk:
    """One hall's hub on a database file. `at` is the time of the next round; `events` is all that was published."""

    def __init__(
        self,
        database: Database,
        hall: str | Hall = "shanting",
        *,
        at: dt.datetime = factories.FILED_AT,
        policy: Policy | None = None,
        published: Published = PUBLISHED,
    ) -> None:
        self.hall = hall if isinstance(hall, Hall) else HALLS[hall]
        self.at = at
        self.policy = policy or POLICIES[str(hall)]
        self.published = published
        self.sealer = Sealer(*KEYS)
        self.store = open_store(database)
        self.events: list[m.Numbered] = []
        self.staff: dict[str, str] = {}
        self._ids = itertools.count(1)
        self.books = self._opened()

    def reopen(self) -> None:
        """Stops the hub and starts it again: what is known afterwards was on the disk."""
        database = self.store.path
        self.store.close()
        self.store = open_store(database)
        self.books = self._opened()

    def close(self) -> None:
        self.store.close()

    def twin(self, database: Database) -> Desk:
        """A desk of its own that goes on from here, on a copy of this one's database."""
        twin = Desk(database, self.hall.policy, at=self.at)
        twin.events, twin.staff = list(self.events), dict(self.staff)
        twin._ids = itertools.count(1000)
        return twin

    def later(self, **duration: float) -> None:
        self.at += dt.timedelta(**duration)

    # --- asking

    def ask(self, terminal: str, command: Any, command_id: str = "") -> Any:
        """One command in a round of its own."""
        return self.round(Ask(terminal, command, command_id))[0]

    def round(self, *asks: Ask) -> list[Any]:
        """Commands that arrive together: authorised one by one, then carried out in one round and one commit."""
        jobs = [self._authorised(ask) for ask in asks]
        self.commit(jobs)
        return [job.answer for job in jobs]

    def commit(self, jobs: list[Job]) -> None:
        with self.store.transaction() as tx:
            deciding = Round(tx, self.books)
            deciding.run(jobs)
        self.events += deciding.settle().events

    def query(self, terminal: str, query: reading.Query) -> Any:
        asked = Asked(self.new_id(), self.actor(terminal), self.at)
        try:
            authorise(asked.actor, query)
        except Refused as refusal:
            return m.Rejected(code=refusal.code, text=refusal.text)
        with self.store.reading() as db:
            return reading.answer(db, self.books, asked, query)

    def turn_day(self, date: dt.date) -> None:
        self.commit([Job(Asked(self.new_id(), HUB_ITSELF, self.at), TurnDay(date))])

    # --- people

    def log_in(self, terminal: str, staff: str, command_id: str = "") -> Any:
        """Binds a member of staff to a terminal, as the hub does after their PIN was right."""
        with self.store.reading() as db:
            member = staff_member(db, self.hall.code, staff)
        assert member is not None, f"nobody has the code {staff}"
        verified = PinVerified(member)
        asked = Asked(command_id or self.new_id(), self.actor(terminal), self.at)
        job = Job(asked, verified, self.sealer.fingerprint("login", staff.encode()))
        self.commit([job])
        if isinstance(job.answer, m.LoggedIn):
            self.staff[terminal] = staff
        return job.answer

    def actor(self, terminal: str) -> Actor:
        return Actor(self.hall.terminal(terminal), self.staff.get(terminal, ""))

    def new_id(self) -> str:
        return f"{next(self._ids):032x}"

    # --- what usually happens

    def file(self, terminal: str = "kiosk-1", **changes: Any) -> m.ComplaintAccepted:
        """Files a complaint that is not refused."""
        answer = self.ask(terminal, self.complaint(**changes))
        assert isinstance(answer, m.ComplaintAccepted), answer
        return answer

    def complaint(self, **changes: Any) -> m.FileComplaint:
        """A real complaint with keys that no other one has."""
        keys = {"on_paper": secrets_of(f"paper {next(self._ids)}")}
        return factories.a_complaint(self.hall.policy, **(keys | changes))

    def dispatched(self, department: str = "real-estate", case_class: str = "general", **changes: Any) -> m.CaseLine:
        """A case that the window has sent to a department."""
        number = self.file(**changes).case_number
        sent = self.ask(
            "window-3",
            m.DispatchCase(case_number=number, department=department, case_class=case_class, note="请核实。"),
        )
        assert isinstance(sent, m.WorkOrderSent), sent
        return self.line(number)

    def line(self, case_number: str) -> m.CaseLine:
        listed = self.query("window-3", m.ListCases(only_open=False))
        return next(line for line in listed.cases if line.case_number == case_number)

    # --- looking at what is kept

    def rows(self, table: Table) -> list[Any]:
        with self.store.reading() as db:
            by_key = () if db.dialect.name == "sqlite" else table.primary_key  # SQLite gives them as they were written
            return list(db.execute(select(table).order_by(*by_key)))

    def count(self, table: Table) -> int:
        with self.store.reading() as db:
            return db.execute(select(func.count()).select_from(table)).scalar_one()

    def kept(self) -> dict[str, int]:
        """How many rows each table has: equal before and after a command that left nothing."""
        return {name: self.count(table) for name, table in schema.metadata.tables.items()}

    def _authorised(self, ask: Ask) -> Job:
        asked = Asked(ask.command_id or self.new_id(), self.actor(ask.terminal), self.at)
        frame = codec.encode_request(asked.command_id, ask.command)
        job = Job(asked, ask.command, digest_of(self.sealer, asked.command_id, ask.command, frame))
        try:
            authorise(asked.actor, ask.command)
        except Refused as refusal:
            job.refusal = refusal
        return job

    def _opened(self) -> Books:
        books = Books(self.hall, self.policy, self.published, self.sealer)
        with self.store.transaction() as tx:
            open_books(tx, books, self.at)
        return books


def secrets_of(seed: str) -> m.LookupSecrets:
    """A medium's keys, different for each seed and the same in every run."""
    keys = make_keys(lambda size: hashlib.sha256(seed.encode()).digest()[:size])
    return m.LookupSecrets(token=keys.token, typed=keys.typed)


def make_database(path: D, hall: Hall, *, day: dt.date = factories.MONDAY) -> D:
    """A database as `bancheng init` leaves it, with this module's staff."""
    migrate(path)
    with one_transaction(path) as tx:
        feed.begin(tx, hall.code, hall.name, EPOCH, day)
        for code, (role, department) in STAFF.items():
            add_staff(tx, hall.code, StaffMember(code, f"name of {code}", role, department, PIN_HASH, POSTS[code]))
    return path


def hold(desk: Desk, code: str, *held: str) -> None:
    """Somebody holds these posts alone from now on; who is not there yet comes to work at the supervisor's terminal."""
    role, department = STAFF.get(code, ("supervisor", ""))
    with desk.store.transaction() as tx:
        member = StaffMember(code, f"name of {code}", role, department, PIN_HASH, held)
        (change_staff if staff_member(tx, desk.hall.code, code) else add_staff)(tx, desk.hall.code, member)


def copy_database(template: Path, to: Path) -> Path:
    shutil.copy(template, to)
    return to


def picture_of(snapshot: m.Snapshot, events: Iterable[m.Numbered]) -> Picture:
    """What a terminal knows that took the snapshot and heard these events."""
    picture = Picture()
    picture.take(snapshot)
    for numbered in events:
        picture.apply(numbered.seq, numbered.event)
    return picture


def known(picture: Picture) -> dict[str, Any]:
    """A picture's content, for comparing; not what it has worked out from that."""
    return {name: value for name, value in vars(picture).items() if not name.startswith("_")}
