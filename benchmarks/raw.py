"""Raw commits: the plain driver, one connection, one at a time the very rows that the hub wrote for a complaint."""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path
from typing import Any

import psycopg

OF_A_CASE = {
    "case": 'SELECT * FROM "case" WHERE number = :number',
    "ticket": "SELECT * FROM ticket WHERE case_number = :number",
    "person": "SELECT * FROM person WHERE case_number = :number",
    "lookup": "SELECT * FROM lookup WHERE case_number = :number",
    "step": "SELECT * FROM step WHERE case_number = :number",
    "notice": "SELECT * FROM notice WHERE subject = :number",
    "command": "SELECT * FROM command WHERE command_id = :command_id",
    "audit": "SELECT * FROM audit WHERE command_id = :command_id",
    "event": "SELECT * FROM event WHERE seq IN (:first_event, :first_event + 1)",
}
"""In the order that their keys need."""
EVENTS_OF_A_CASE = 2
"""The first event of all is the window's opening."""


class Plain:
    """One database through its plain driver, autocommit; the same words for both."""

    def __init__(self, connection: Any, of_postgres: bool) -> None:
        self._connection, self._of_postgres = connection, of_postgres

    def ask(self, statement: str, values: Any = ()) -> list[Any]:
        found = self._connection.execute(self._worded(statement), values)
        return found.fetchall() if found.description else []

    def insert(self, table: str, rows: list[Any]) -> None:
        if rows:
            words = self._worded(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(rows[0]))})')
            self._connection.cursor().executemany(words, rows)

    def close(self) -> None:
        self._connection.close()

    def _worded(self, statement: str) -> str:
        return re.sub(r":(\w+)", r"%(\1)s", statement).replace("?", "%s") if self._of_postgres else statement


def of_sqlite(path: Path) -> Plain:
    """As safe as the hub's own: WAL, every commit synced."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=0"):
        connection.execute(f"PRAGMA {pragma}")
    return Plain(connection, of_postgres=False)


def of_postgres(address: str) -> Plain:
    return Plain(psycopg.connect(address, autocommit=True), of_postgres=True)


def raw_commits_ms(source: Plain, target: Plain, most: int) -> list[float]:
    """Milliseconds of each commit of one complaint's rows, from the hub's database into an empty one of its schema."""
    hall = source.ask("SELECT * FROM hall")
    code, day = source.ask("SELECT hall, business_date FROM hall")[0]
    groups = []
    for at, (number, command_id) in enumerate(
        source.ask('SELECT number, command_id FROM "case" ORDER BY number LIMIT ?', (most,))
    ):
        key = {"number": number, "command_id": command_id, "first_event": EVENTS_OF_A_CASE * (at + 1)}
        groups.append({table: source.ask(query, _named_in(query, key)) for table, query in OF_A_CASE.items()})
    target.insert("hall", hall)
    target.insert("policy", source.ask("SELECT * FROM policy"))
    took: list[float] = []
    for serial, group in enumerate(groups, 1):
        began = time.perf_counter()
        target.ask("BEGIN")
        for table, rows in group.items():
            target.insert(table, rows)
        for series in ("case", "F"):
            target.ask(
                "INSERT INTO counter VALUES (?, ?, ?, ?)"
                " ON CONFLICT (hall, business_date, series) DO UPDATE SET last = excluded.last",
                (code, day, series, serial),
            )
        target.ask("UPDATE hall SET seq = ?", (EVENTS_OF_A_CASE * serial,))
        target.ask("COMMIT")
        took.append((time.perf_counter() - began) * 1000)
    return took


def _named_in(query: str, key: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in key.items() if f":{name}" in query}
