"""A hall's database after years: a million cases and five million events, in the tables that the hub itself makes.

Rows are as the hub writes them (sealed persons, fingerprints, encoded events and answers, the audit chain), but they go
in without it: one transaction, no journal, indexes last. It is kept and used again.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hub import founding, keys
from hub.config import HallDirectory, hall_template, load_calendar, load_policy
from hub.domain.deadline import Due
from hub.domain.numbers import case_number, ticket_number
from hub.store.commands import AuditRecord
from hub.store.migrate import migrate
from hub.store.policies import keep
from hub.store.sealing import Person, Sealer
from hub.store.transaction import one_transaction
from hub.wire import messages as m
from hub.wire.codec import encode_answer

CASES_A_DAY = 400
EVENTS_A_CASE = 5
OPEN_SHARE = 100
"""One case in so many is open: the newest ones, and a few old ones that are overdue."""
OVERDUE, UNACKNOWLEDGED = 100, 20
COLUMNS = {
    "case": "hall number command_id business_date filed_at stage matter reasons visits confidential channel language "
    "scope policy_code policy_version due_date due case_class department owner ticket_id answered_at calendar_version",
    "person": "hall case_number sealed",
    "lookup": "hall digest case_number medium",
    "ticket": "hall ticket_id command_id business_date queue_date series number service state taken_at window "
    "called_at ended_at calls case_number",
    "step": "hall case_number ordinal at move department staff sealed",
    "work_order": "hall work_order_id case_number department case_class sent_at sent_by due_date due accepted_at "
    "accepted_by replied_at",
    "notice": "hall notice_id kind roles subject raised_at acknowledged_at acknowledged_by",
    "event": "hall epoch seq at body",
    "command": "hall command_id terminal kind digest answer at",
    "audit": "hall ordinal at terminal staff kind subject command_id hash",
    "counter": "hall business_date series last",
}
"""What is filled of each table, in the order of the rows' values."""
ZERO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
FINISHED = "finished"
"""A file with the digest of the policy that the cases were opened under: of another one the store is built anew."""


def large_store(
    out: Path, cases: int, screen: Console, *, a_day: int = CASES_A_DAY, last_day: dt.date | None = None
) -> HallDirectory:
    """The hall with that many cases; built when it is not there yet, brought to this schema when it is.

    They were filed on the working days up to `last_day`, today if left out.
    """
    place = HallDirectory(out / (f"scale-{cases}" if last_day is None else f"scale-{cases}-{a_day}-{last_day}"))
    mark = place.path / FINISHED
    digest = hashlib.sha256(msgspec.json.encode(load_policy("shanting"))).hexdigest()
    if mark.exists() and mark.read_text() == digest:
        migrate(place.database)
        return place
    if place.path.exists():
        shutil.rmtree(place.path)
    founding.found(place, hall_template("shanting"))
    _fill(place, _Rows(place, cases, a_day, last_day or dt.datetime.now(dt.UTC).date()), screen)
    mark.write_text(digest)
    return place


def token(serial: int) -> str:
    """The look-up token on the paper of the case of that place, counted from 0."""
    made = hashlib.blake2b(b"token %d" % serial, digest_size=16).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _fill(place: HallDirectory, rows: _Rows, screen: Console) -> None:
    cases = rows.cases
    with one_transaction(place.database) as tx:
        keep(tx, place.hall().code, place.policy())
    with closing(sqlite3.connect(place.database, isolation_level=None)) as db:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-1000000"):
            db.execute(f"PRAGMA {pragma}")
        later = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
        for name, _ in later:
            db.execute(f"DROP INDEX {name}")
        db.execute("BEGIN")
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        with Progress(*columns, console=screen) as bar:
            task = bar.add_task("cases", total=cases)
            for filed, day in rows.days():
                for table, lines in day.items():
                    names = COLUMNS[table].split()
                    holes, listed = ",".join("?" * len(names)), ",".join(f'"{name}"' for name in names)
                    db.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({holes})', lines)
                bar.advance(task, filed)
            task = bar.add_task("indexes", total=len(later))
            for _, words in later:
                db.execute(words)
                bar.advance(task)
        db.execute("UPDATE hall SET seq = ?, business_date = ?", (cases * EVENTS_A_CASE, f"{rows.last_day}"))
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode=WAL")


class _Rows:
    """All rows, a business day at a time, in the order of the tables' columns."""

    def __init__(self, place: HallDirectory, cases: int, a_day: int, last_day: dt.date) -> None:
        self._hall, self._policy = place.hall(), place.policy()
        self._sealer = Sealer(keys.load_secret(place.data_key), keys.load_secret(place.pepper))
        self.cases, self._a_day = cases, a_day
        self._open_from = cases - cases // OPEN_SHARE
        self._overdue_every = max(1, self._open_from // OVERDUE)
        self._matters = [matter.code for matter in self._hall.matters]
        self._departments = [one.code for one in self._hall.departments]
        self._reasons = [reason.code for reason in self._policy.reasons]
        self._template = load_calendar().due(dt.date(2026, 11, 23), 10)
        self._audit = b""
        with one_transaction(place.database, read_only=True) as db:
            self._epoch = db.exec_driver_sql("SELECT epoch FROM hall").scalar_one()
        days = -(-cases // a_day)
        working = (last_day - dt.timedelta(days=back) for back in range(days * 2))
        self._days = sorted([day for day in working if day.weekday() < 5][:days])
        self.last_day = self._days[-1]

    def days(self) -> Iterator[tuple[int, dict[str, list[tuple[Any, ...]]]]]:
        """How many cases, and their rows by table."""
        for place, day in enumerate(self._days):
            serials = range(place * self._a_day, min((place + 1) * self._a_day, self.cases))
            rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
            rows["counter"] = [(self._hall.code, f"{day}", "case", len(serials))]
            for at, serial in enumerate(serials):
                self._case(rows, day, at + 1, serial)
            yield len(serials), {table: lines for table, lines in rows.items() if lines}

    def _case(self, rows: dict[str, list[tuple[Any, ...]]], day: dt.date, place: int, serial: int) -> None:
        hall, sealer = self._hall.code, self._sealer
        number, command_id = case_number(hall, day, place), hashlib.blake2b(b"%d" % serial, digest_size=16).hexdigest()
        filed_at = dt.datetime.combine(day, dt.time(1), dt.UTC) + dt.timedelta(seconds=place * 60)
        filed = _micros(filed_at)
        due = self._due(day, serial)
        is_open = serial >= self._open_from or serial % self._overdue_every == 7
        answered = None if is_open else filed + (serial % 12) * 86_400_000_000
        stage = "dispatched" if is_open else "replied"
        matter = self._matters[serial % len(self._matters)]
        department = self._departments[serial % len(self._departments)]
        ticket = ticket_number("F", place)
        ticket_id = f"{day:%Y%m%d}-{ticket}"
        encoded_due = msgspec.msgpack.encode(due)
        rows["case"].append(
            (
                *(hall, number, command_id, f"{day}", filed, stage, matter, self._reasons[serial % len(self._reasons)]),
                *(1 + serial % 5, serial % 7 == 0, "kiosk", "zh_Hans", "", self._policy.code, self._policy.version),
                *(f"{due.date}", encoded_due, "general", department, "06", ticket_id, answered, 1),
            )
        )
        words = "窗口让补契税完税证明，税务窗口说要先登记，来回跑了三趟。" * (1 + serial % 4)
        person = Person(name="王芳" if serial % 3 else "", phone="13800138000", text=words)
        rows["person"].append((hall, number, sealer.seal_person(person, number)))
        for medium in ("paper", "screen"):
            secret = token(serial) if medium == "paper" else command_id
            rows["lookup"].append((hall, sealer.fingerprint("lookup", secret.encode()), number, medium))
        rows["ticket"].append(
            (
                *(hall, ticket_id, command_id, f"{day}", f"{day}", "F", place, "complaint", "done", filed, 3, filed),
                *(filed, 1, number),
            )
        )
        rows["step"].append((hall, number, 0, filed, "file", "", "", sealer.seal_text("今年九月", f"step/{number}/0")))
        rows["step"].append((hall, number, 1, filed, "dispatch", department, "06", None))
        if answered:
            said = sealer.seal_text("已与税务窗口核对，材料齐全，今日办结。", f"step/{number}/2")
            rows["step"].append((hall, number, 2, answered, "reply", department, "21", said))
        rows["work_order"].append(
            (
                *(hall, f"{number}/1", number, department, "general", filed, "06", f"{due.date}", encoded_due),
                *(filed, "21", answered),
            )
        )
        acknowledged = filed if serial < self.cases - UNACKNOWLEDGED else None
        rows["notice"].append((hall, serial + 1, "new_complaint", "window", number, filed, acknowledged, "06"))
        self._events(rows, number, ticket_id, ticket, filed_at, due, department, serial)
        accepted = m.ComplaintAccepted(
            case_number=number, filed_at=filed_at, due=due, ticket_number=ticket, ticket_id=ticket_id, ahead=3, window=3
        )
        digest = hashlib.sha256(command_id.encode()).digest()
        rows["command"].append((hall, command_id, "kiosk-1", "FileComplaint", digest, encode_answer(accepted), filed))
        record = AuditRecord(serial + 1, filed_at, "kiosk-1", "", "FileComplaint", number, command_id)
        self._audit = record.chained(self._audit)
        rows["audit"].append((hall, serial + 1, filed, "kiosk-1", "", "FileComplaint", number, command_id, self._audit))

    def _events(
        self,
        rows: dict[str, list[tuple[Any, ...]]],
        number: str,
        ticket_id: str,
        ticket: str,
        at: dt.datetime,
        due: Due,
        department: str,
        serial: int,
    ) -> None:
        counts = m.Counts(today=serial % 400, month=serial % 8000, answered_month=serial % 7000, on_time_month=6000)
        case = m.CaseProgress(case_number=number, stage="filed", filed_at=at, due_date=due.date)
        view = m.TicketView(
            ticket_id=ticket_id, number=ticket, service="complaint", state="waiting", taken_at=at, case_number=number
        )
        moved = replace(case, stage="dispatched", department=department)
        happened: tuple[m.Event, ...] = (
            m.ComplaintFiled(case=case, ticket=view, counts=counts),
            m.NoticeRaised(notice_id=serial + 1, kind="new_complaint", roles=("window",)),
            m.TicketCalled(ticket=replace(view, state="called", window=3, called_at=at, calls=1)),
            m.CaseMoved(move="dispatch", case=moved, counts=counts),
            m.CaseMoved(move="reply", case=replace(moved, stage="replied"), counts=counts),
        )
        first, when = serial * EVENTS_A_CASE + 1, _micros(at)
        for place, one in enumerate(happened):
            rows["event"].append((self._hall.code, self._epoch, first + place, when, msgspec.msgpack.encode(one)))

    def _due(self, day: dt.date, serial: int) -> Due:
        """A date that explains itself, as long as a real one; the newest cases are due in the coming weeks."""
        last = self.last_day + dt.timedelta(days=1 + serial % 21) if serial >= self._open_from else day
        return replace(self._template, start=day, date=last + dt.timedelta(days=7))


def _micros(at: dt.datetime) -> int:
    return (at - ZERO) // dt.timedelta(microseconds=1)
