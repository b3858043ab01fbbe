"""Two halls at work in one PostgreSQL: each with its hub's own loop, CURVE sockets and staff with PINs.

Time passes in both alike, and only when the story says so.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import argon2
from sqlalchemy import select

from hub.domain import posts
from hub.link import Link
from hub.progress_page import Page, Shows
from hub.store import feed, schema, windows
from hub.store.transaction import one_transaction
from hub.store.windows import StaffMember
from hub.wire import messages as m
from tests.hub.desk import secrets_of
from tests.hub.running import Running
from tests.postgres import Cluster
from tests.processes import Processes
from tests.running_hall import RunningHall
from tests.stories.staff import STAFF, Member

PIN = "480615"
SHANGHAI = ZoneInfo("Asia/Shanghai")
ANSWERED_S = 30.0
PHONE = "4882017"
"""The telephone of each hall: its templates leave that to be filled in."""
PAPER = b"%PDF-1.4\n%% a scanned page\n%%%%EOF\n"


@cache
def pin_hash() -> str:
    """Everybody's PIN, under an argon2 that is made cheap: the hub checks it some thirty times a story."""
    return argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)


def moment(month: int, day: int, clock: str = "09:30") -> dt.datetime:
    """A moment of 2026 in the halls' own time."""
    return dt.datetime.combine(dt.date(2026, month, day), dt.time.fromisoformat(clock), SHANGHAI)


@dataclass(frozen=True)
class Citizen:
    """Who comes, and what they say: the same words in whichever hall."""

    name: str
    phone: str
    text: str
    visits: int = 3
    since: str = ""
    confidential: bool = False


@dataclass
class Case:
    """A case as the citizen holds it: its number, and the code on their paper."""

    hall: HallAtWork
    number: str
    secret: str
    due: dt.date
    provisional: bool

    @property
    def page(self) -> Page:
        """What the citizen reads on the phone."""
        return self.hall.page(self.secret)


class Person:
    """A member of staff at their terminal, who logs in with the PIN whenever the hub asks for it."""

    def __init__(self, hall: HallAtWork, member: Member) -> None:
        self.hall, self.member = hall, member

    def asks(self, command: Any) -> Any:
        """The hub's answer, refused or not."""
        if self.hall.standing_at.get(self.member.terminal) != self.member.code:
            self._logs_in()
        answer = self._sends(command)
        if isinstance(answer, m.Rejected) and answer.code == "login_needed":
            self._logs_in()
            answer = self._sends(command)
        return answer

    def does(self, command: Any) -> Any:
        answer = self.asks(command)
        assert not isinstance(answer, m.Rejected), f"{self.member.name}: {command}\n{answer}"
        return answer

    def is_refused(self, command: Any) -> str:
        """The code with which the hub refuses."""
        answer = self.asks(command)
        assert isinstance(answer, m.Rejected), f"{self.member.name} was not refused: {command}\n{answer}"
        return answer.code

    def reads(self, number: str) -> m.CaseDetail:
        found = self.does(m.ReadCase(case_number=number))
        assert isinstance(found, m.CaseDetail)
        return found

    def line(self, number: str) -> m.CaseLine:
        listed = self.does(m.ListCases(only_open=False)).cases
        return next(one for one in listed if one.case_number == number)

    @property
    def told(self) -> list[tuple[str, str]]:
        """Kind and subject of the notices that wait at this terminal, oldest first."""
        return [(one.kind, one.subject) for one in self.does(m.ListNotices()).notices]

    def takes(self, kind: str, subject: str) -> m.Notice:
        """Acknowledges the newest notice of that kind about that subject; there must be one."""
        waiting = self.does(m.ListNotices()).notices
        found = [one for one in waiting if (one.kind, one.subject) == (kind, subject)]
        assert found, f"{self.member.name} was not told of {kind} {subject}: {waiting}"
        self.does(m.AcknowledgeNotice(notice_id=found[-1].notice_id))
        return found[-1]  # type: ignore[no-any-return]

    def attaches(self, number: str, kind: Any, name: str) -> str:
        """Scans a page into a case; its id."""
        content = PAPER + name.encode() + b"\n%%EOF\n"
        begun = self.does(
            m.BeginAttachment(
                case_number=number,
                kind=kind,
                name=name,
                size_bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
        )
        self.does(m.SendChunk(attachment_id=begun.attachment_id, ordinal=0, data=content))
        self.does(m.FinishAttachment(attachment_id=begun.attachment_id))
        return str(begun.attachment_id)

    def _logs_in(self) -> None:
        answer = self._sends(m.LogIn(staff=self.member.code, pin=PIN))
        assert isinstance(answer, m.LoggedIn), answer
        self.hall.standing_at[self.member.terminal] = self.member.code

    def _sends(self, command: Any) -> Any:
        return self.hall.link(self.member.terminal).ask(command, ANSWERED_S)


@dataclass
class HallAtWork:
    """One hall: founded on the story's first day, its hub at work, its staff at hand."""

    template: str
    place: Path
    address: str
    now: dt.datetime
    standing_at: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        founded = RunningHall(
            self.place, Processes(self.place.with_suffix(".logs")), template=self.template, database=self.address
        )
        self.directory, self.hall = founded.directory, founded.hall
        self.directory.file.write_text(self.directory.file.read_text().replace('phone = ""', f'phone = "{PHONE}"'))
        with one_transaction(self.address) as tx:
            feed.save_day(tx, self.hall.code, self.now.date())
            for one in STAFF[self.template]:
                held = (*posts.plain(self.directory.policy(), one.role), *one.posts)
                member = StaffMember(one.code, one.name, one.role, one.department, pin_hash(), held)
                windows.add_staff(tx, self.hall.code, member)
        self.running = Running(founded, self.now)
        self._links: dict[str, Link] = {}
        self._filed = 0

    # --- people

    def person(self, name: str) -> Person:
        return Person(self, next(one for one in STAFF[self.template] if one.name == name))

    @property
    def staff(self) -> list[Person]:
        return [Person(self, one) for one in STAFF[self.template]]

    def hears(
        self, citizen: Citizen, matter: str, *reasons: str, at: Person | None = None, channel: m.Channel = "kiosk"
    ) -> Case:
        """The citizen's words come in at the kiosk, or at somebody's terminal."""
        told = self.complaint(citizen, matter, *reasons, channel=channel)
        answer = at.does(told) if at else self.link("kiosk-1").ask(told, ANSWERED_S)
        assert isinstance(answer, m.ComplaintAccepted), answer
        return Case(self, answer.case_number, told.on_paper.token, answer.due.date, answer.due.provisional)

    def complaint(self, citizen: Citizen, matter: str, *reasons: str, channel: m.Channel = "kiosk") -> m.FileComplaint:
        return m.FileComplaint(
            matter=matter,
            reasons=reasons,
            on_paper=self.new_secrets(),
            visits=citizen.visits,
            since=citizen.since,
            text=citizen.text,
            name=citizen.name,
            phone=citizen.phone,
            confidential=citizen.confidential,
            channel=channel,
        )

    def new_secrets(self) -> m.LookupSecrets:
        self._filed += 1
        return secrets_of(f"{self.template} {self._filed}")

    # --- what is seen from outside

    def look_up(self, secret: str) -> Any:
        return self.link("web").ask(m.LookUp(secret=secret), ANSWERED_S)

    def page(self, secret: str) -> Page:
        progress = self.look_up(secret)
        assert isinstance(progress, m.Progress), progress
        return Shows(self.directory.hall()).page(progress, self.running.now)

    def numbers(self) -> list[str]:
        """The numbers of all cases that were ever opened here."""
        with one_transaction(self.address, read_only=True) as db:
            return list(db.execute(select(schema.case.c.number).where(schema.case.c.hall == self.hall.code)).scalars())

    def rows(self) -> dict[str, list[str]]:
        """Everything the database keeps under this hall's code, by table, as text."""
        with one_transaction(self.address, read_only=True) as db:
            return {
                name: [repr(row) for row in db.execute(table.select().where(table.c.hall == self.hall.code))]
                for name, table in schema.metadata.tables.items()
            }

    # --- the hub

    def link(self, terminal: str) -> Link:
        if terminal not in self._links:
            self._links[terminal] = self.running.link(terminal)
        return self._links[terminal]

    def passes_to(self, now: dt.datetime) -> None:
        """Time passes; a kiosk's heartbeat wakes the hub, which turns the day and looks around first."""
        self.running.now = now
        self.link("kiosk-1").ask(m.ReportHealth(), ANSWERED_S)

    def adopts(self, policy: str) -> None:
        """The hall's own policy from now on: its hub is stopped, and started with that file beside `hall.toml`."""
        self.directory.own_policy.write_text(policy)
        self.running.restart()

    def close(self) -> None:
        self.running.close()


class Town:
    """The halls of a story, by the names of their templates; the first is the story's own."""

    def __init__(self, place: Path, address: str, now: dt.datetime, *templates: str) -> None:
        self.now = now
        self.halls = {name: HallAtWork(name, place / name, address, now) for name in templates}

    def __getitem__(self, template: str) -> HallAtWork:
        return self.halls[template]

    def later(self, month: int, day: int, clock: str = "09:30") -> None:
        """Time passes to that moment, in all halls."""
        self.now = moment(month, day, clock)
        for hall in self.halls.values():
            hall.passes_to(self.now)

    def nothing_crossed(self) -> None:
        """No row, number or notice of one hall stands in another, and no code of one opens anything there."""
        numbers = {name: hall.numbers() for name, hall in self.halls.items()}
        for name, hall in self.halls.items():
            strangers = [one for other, found in numbers.items() if other != name for one in found]
            assert strangers, "the neighbour was not at work"
            kept = hall.rows()
            assert not [(table, row) for table, rows in kept.items() for row in rows for one in strangers if one in row]
            told = {subject for person in hall.staff for _, subject in person.told}
            assert told.isdisjoint(strangers)
            codes = {person.asks(m.ReadCase(case_number=one)).code for person in hall.staff[:1] for one in strangers}
            assert codes == {"unknown_case"}

    def close(self) -> None:
        for hall in self.halls.values():
            hall.close()


def a_town(cluster: Cluster, place: Path, start: dt.datetime, *templates: str) -> Town:
    """The first is founded in a fresh database, the others beside it."""
    return Town(place, cluster.address(cluster.new_database()), start, *templates)
