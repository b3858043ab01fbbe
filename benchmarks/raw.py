"""Raw commits: the standard `sqlite3`, one connection, one at a time the rows that the hub wrote for a complaint."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from hub.store.migrate import migrate

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


def raw_commits_ms(source: Path, target: Path, most: int) -> list[float]:
    """Milliseconds of each commit of one complaint's rows."""
    migrate(target)
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as read:
        hall = read.execute("SELECT * FROM hall").fetchone()
        policies = read.execute("SELECT * FROM policy").fetchall()
        cases = read.execute(
            'SELECT "case".number, "case".command_id FROM "case" ORDER BY number LIMIT ?', (most,)
        ).fetchall()
        groups = []
        for at, (number, command_id) in enumerate(cases):
            key = {
                "number": number,
                "command_id": command_id,
                "first_event": 2 * at + 2,
            }  # the window's opening is the first
            groups.append({table: read.execute(query, key).fetchall() for table, query in OF_A_CASE.items()})
    write = sqlite3.connect(target, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=0"):
        write.execute(f"PRAGMA {pragma}")
    _insert(write, "hall", [hall])
    _insert(write, "policy", policies)
    took: list[float] = []
    for serial, group in enumerate(groups, 1):
        began = time.perf_counter()
        write.execute("BEGIN IMMEDIATE")
        for table, rows in group.items():
            _insert(write, table, rows)
        for series in ("case", "F"):
            write.execute(
                "INSERT INTO counter VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = excluded.last",
                (hall[0], hall[3], series, serial),
            )
        write.execute("UPDATE hall SET seq = ?", (2 * serial,))
        write.execute("COMMIT")
        took.append((time.perf_counter() - began) * 1000)
    write.close()
    return took


def _insert(write: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        write.executemany(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(rows[0]))})', rows)
