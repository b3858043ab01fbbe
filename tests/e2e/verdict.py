"""Holds clients' own logs against a hall's database file, and says whatever does not agree.

`python -m tests.e2e.verdict DATABASE LOG...` prints one JSON object and ends with 1 when it found a fault. It shares no
code with the hub: what it believes about the tables, the answers and the chain is written here a second time.

A log has one JSON object a line: `{"asked": id, "kind": command}` before the command was sent for the first time,
`{"answered": id, "answer": MessagePack in hex}` for every answer, `{"refused": id, "code": code}` for every refusal.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

NOT_REMEMBERED = {"ReadCase", "ReportHealth", "KeepLineRules"}
"""Carried out whenever they are asked, or written by the hub itself as it starts: in the audit chain alone."""
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
Answers = dict[str, list[Any]]


class Logs:
    """What the clients saw: ids asked with their kinds, every answer to each."""

    def __init__(self, paths: list[Path]) -> None:
        self.asked: dict[str, str] = {}
        self.answers: Answers = defaultdict(list)
        self.refused: Counter[str] = Counter()
        for path in paths:
            for text in path.read_text().splitlines():
                line = json.loads(text)
                if "asked" in line:
                    self.asked[line["asked"]] = line["kind"]
                elif "answered" in line:
                    self.answers[line["answered"]].append(msgspec.msgpack.decode(bytes.fromhex(line["answer"])))
                else:
                    self.refused[line["code"]] += 1


class Hall:
    """A database file, read with nothing but `sqlite3`."""

    def __init__(self, database: Path) -> None:
        self._db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        self._db.row_factory = sqlite3.Row

    def rows(self, query: str) -> list[sqlite3.Row]:
        return self._db.execute(query).fetchall()

    def close(self) -> None:
        self._db.close()


def faults(database: Path, logs: Logs) -> Iterator[str]:
    """Everything that is wrong, one line each."""
    with closing(Hall(database)) as hall:
        try:
            for check in (whole, once, numbers, calls, feed, chain, orphans):
                yield from check(hall, logs)
        except sqlite3.DatabaseError as wrong:
            yield f"integrity: {wrong}"


def whole(hall: Hall, _logs: Logs) -> Iterator[str]:
    """The file itself is as SQLite left it, and no key points nowhere."""
    for (said,) in hall.rows("PRAGMA integrity_check"):
        if said != "ok":
            yield f"integrity: {said}"
    for row in hall.rows("PRAGMA foreign_key_check"):
        yield f"foreign key: {tuple(row)}"


def once(hall: Hall, logs: Logs) -> Iterator[str]:
    """Every answered command is there once, with that answer; every other one at most once, whole or not at all."""
    kept = {table: _by_command(hall, table) for table in ("command", "audit", "case", "ticket")}
    for table, by_id in kept.items():
        for command_id, rows in by_id.items():
            if len(rows) > 1:
                yield f"twice: {command_id} has {len(rows)} rows in {table}"
    for command_id, answers in logs.answers.items():
        remembered = kept["command"].get(command_id, [])
        if not remembered:
            yield f"lost: {command_id} ({logs.asked[command_id]}) was answered, the database does not know it"
            continue
        first = msgspec.msgpack.decode(remembered[0]["answer"])
        for answer in answers:
            if answer != first:
                yield f"another answer: {command_id} was told {answer}, remembered is {first}"
    for rows in kept["command"].values():
        yield from _carried_out(rows[0], kept, logs)
    for table in ("audit", "case", "ticket"):
        for command_id, rows in kept[table].items():
            silent = table == "audit" and rows[0]["kind"] in NOT_REMEMBERED
            if command_id not in kept["command"] and not silent:
                yield f"half kept: {command_id} is in {table}, not among the commands"


def _by_command(hall: Hall, table: str) -> dict[str, list[sqlite3.Row]]:
    found: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in hall.rows(f'SELECT * FROM "{table}"'):
        found[row["command_id"]].append(row)
    return found


def _carried_out(row: sqlite3.Row, kept: dict[str, dict[str, list[sqlite3.Row]]], logs: Logs) -> Iterator[str]:
    """A remembered command did what its answer says."""
    command_id, kind, answer = row["command_id"], row["kind"], msgspec.msgpack.decode(row["answer"])
    if kind in logs.asked.values() and logs.asked.get(command_id) != kind:
        yield f"from nowhere: nobody asked {kind} {command_id}"
    if command_id not in kept["audit"]:
        yield f"half kept: {command_id} ({kind}) is not in the audit chain"
    cases = [case["number"] for case in kept["case"].get(command_id, [])]
    tickets = [ticket["ticket_id"] for ticket in kept["ticket"].get(command_id, [])]
    if kind == "FileComplaint":
        if cases[:1] != [answer["case_number"]]:
            yield f"another case: {command_id} was answered {answer['case_number']}, there is {cases}"
        if tickets[:1] != ([answer["ticket_id"]] if answer["ticket_id"] else []):
            yield f"another ticket: {command_id} was answered {answer['ticket_id'] or 'none'}, there is {tickets}"
    elif kind == "TakeTicket":
        if tickets[:1] != [answer["ticket_id"]]:
            yield f"another ticket: {command_id} was answered {answer['ticket_id']}, there is {tickets}"
    elif cases or tickets:
        yield f"from nowhere: {kind} {command_id} made {cases + tickets}"


def numbers(hall: Hall, _logs: Logs) -> Iterator[str]:
    """No number twice in a series of a date, and the counters are not behind what was given."""
    given: Counter[tuple[str, str, int]] = Counter()
    for row in hall.rows("SELECT business_date, series, number FROM ticket"):
        given[row["business_date"], row["series"], row["number"]] += 1
    for row in hall.rows('SELECT business_date, number FROM "case"'):
        given[row["business_date"], "case", int(row["number"].split("-")[2])] += 1
    highest: dict[tuple[str, str], int] = defaultdict(int)
    for (date, series, number), times in given.items():
        highest[date, series] = max(highest[date, series], number)
        if times > 1:
            yield f"number twice: {series} {number} of {date}, {times} times"
    counters = {(row["business_date"], row["series"]): row["last"] for row in hall.rows("SELECT * FROM counter")}
    for (date, series), number in highest.items():
        if counters.get((date, series), 0) < number:
            yield f"counter behind: {series} of {date} is at {counters.get((date, series), 0)}, {number} was given"


def calls(hall: Hall, logs: Logs) -> Iterator[str]:
    """A ticket is called by one window, once."""
    called: Counter[str] = Counter()
    for row in hall.rows("SELECT answer FROM command WHERE kind = 'CallNext'"):
        called[msgspec.msgpack.decode(row["answer"])["ticket"]["ticket_id"]] += 1
    told: dict[str, set[str]] = defaultdict(set)
    for command_id, answers in logs.answers.items():
        if logs.asked[command_id] == "CallNext":
            told[answers[0]["ticket"]["ticket_id"]].add(command_id)
    for ticket_id, times in called.items():
        if times > 1:
            yield f"called twice: {ticket_id}, {times} times"
    for ticket_id, ids in told.items():
        if len(ids) > 1:
            yield f"called twice: {ticket_id} was given to {len(ids)} calls"
    events = Counter(event["ticket"]["ticket_id"] for event in _events(hall) if event["type"] == "TicketCalled")
    for row in hall.rows("SELECT ticket_id, calls FROM ticket"):
        if row["calls"] != events[row["ticket_id"]]:
            yield f"calls: {row['ticket_id']} counts {row['calls']}, the feed has {events[row['ticket_id']]}"


def feed(hall: Hall, _logs: Logs) -> Iterator[str]:
    """Events are numbered without a gap within an epoch, and everything new was told once."""
    sequences: dict[str, list[int]] = defaultdict(list)
    for row in hall.rows("SELECT epoch, seq FROM event ORDER BY epoch, seq"):
        sequences[row["epoch"]].append(row["seq"])
    for epoch, found in sequences.items():
        if found != list(range(1, len(found) + 1)):
            at = next(want for want, seq in enumerate([*found, None], 1) if seq != want)
            yield f"gap: epoch {epoch} breaks at {at}"
    for row in hall.rows("SELECT epoch, seq FROM hall"):
        newest = (sequences[row["epoch"]] or [0])[-1]
        if row["seq"] != newest:
            yield f"feed: the hall is at {row['seq']}, its newest event is {newest}"
    told = Counter(
        event["case"]["case_number"] if event["type"] == "ComplaintFiled" else event["ticket"]["ticket_id"]
        for event in _events(hall)
        if event["type"] in ("ComplaintFiled", "TicketTaken")
    )
    new = [row["number"] for row in hall.rows('SELECT number FROM "case"')]
    new += [row["ticket_id"] for row in hall.rows("SELECT ticket_id FROM ticket WHERE case_number = ''")]
    for name in new:
        if told[name] != 1:
            yield f"feed: {name} was told {told[name]} times"
    for name in told.keys() - set(new):
        yield f"feed: {name} was told and is not there"


def _events(hall: Hall) -> list[Any]:
    return [msgspec.msgpack.decode(row["body"]) for row in hall.rows("SELECT body FROM event")]


def chain(hall: Hall, _logs: Logs) -> Iterator[str]:
    """SHA-256 over the link before and the record as MessagePack, from the first link on."""
    before = b""
    for expected, row in enumerate(hall.rows("SELECT * FROM audit ORDER BY ordinal"), 1):
        at = EPOCH + dt.timedelta(microseconds=row["at"])
        record = (row["ordinal"], at, row["terminal"], row["staff"], row["kind"], row["subject"], row["command_id"])
        if row["ordinal"] != expected:
            yield f"audit: link {expected} is missing, {row['ordinal']} follows"
            return
        if hashlib.sha256(before + msgspec.msgpack.encode(record)).digest() != row["hash"]:
            yield f"audit: link {expected} is not what was chained"
            return
        before = row["hash"]


OF_EACH_CASE = {
    "person": "SELECT case_number AS number FROM person",
    "first step": "SELECT case_number AS number FROM step WHERE ordinal = 0",
    "notice": "SELECT subject AS number FROM notice WHERE kind = 'new_complaint'",
}


def orphans(hall: Hall, _logs: Logs) -> Iterator[str]:
    """A case has all that is filed with it, and nothing is of a case that is not there."""
    cases = {row["number"]: row["ticket_id"] for row in hall.rows('SELECT number, ticket_id FROM "case"')}
    for what, query in OF_EACH_CASE.items():
        found = Counter(row["number"] for row in hall.rows(query))
        for number in cases.keys() | found.keys():
            if number not in cases or found[number] != 1:
                yield f"orphans: {found[number]} times {what} of {'case' if number in cases else 'no case'} {number}"
    keys = {row["case_number"] for row in hall.rows("SELECT DISTINCT case_number FROM lookup")}
    for number in cases.keys() ^ keys:
        yield f"orphans: look-up keys and case do not both exist: {number}"
    tickets = {row["ticket_id"]: row["case_number"] for row in hall.rows("SELECT ticket_id, case_number FROM ticket")}
    for number, ticket_id in cases.items():
        if ticket_id and tickets.get(ticket_id) != number:
            yield f"orphans: case {number} has ticket {ticket_id}, which is of {tickets.get(ticket_id) or 'nothing'}"
    for ticket_id, number in tickets.items():
        if number and cases.get(number) != ticket_id:
            yield f"orphans: ticket {ticket_id} is of case {number}, which has {cases.get(number) or 'none'}"


def main(database: str, *logs: str) -> int:
    seen = Logs([Path(log) for log in logs])
    found = list(faults(Path(database), seen))
    told = {
        "asked": dict(Counter(seen.asked.values())),
        "answered": len(seen.answers),
        "unanswered": len(seen.asked.keys() - seen.answers.keys()),
        "refused": dict(seen.refused),
        "faults": found,
    }
    print(json.dumps(told, ensure_ascii=False))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
