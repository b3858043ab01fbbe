"""The count that the demonstration trusts finds what is lost and what is there twice."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.demo.count import count


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "hall.db"
    with sqlite3.connect(path) as db:
        db.execute('CREATE TABLE "case" (command_id TEXT, number TEXT)')
        db.execute("CREATE TABLE ticket (business_date TEXT, series TEXT, number INTEGER)")
        db.executemany('INSERT INTO "case" VALUES (?, ?)', [("a", "1"), ("b", "2")])
        db.executemany("INSERT INTO ticket VALUES (?, ?, ?)", [("2026-11-23", "F", 1), ("2026-11-23", "F", 2)])
    return path


def log(tmp_path: Path, *answered: tuple[str, str]) -> Path:
    path = tmp_path / "client.jsonl"
    path.write_text("".join(json.dumps({"answered": key, "case_number": number}) + "\n" for key, number in answered))
    return path


def test_all_there_once(database: Path, tmp_path: Path) -> None:
    found = count(database, [log(tmp_path, ("a", "1"), ("b", "2"))])
    assert found == {"complaints": 2, "cases": 2, "duplicates": 0, "lost": 0}


def test_an_answered_complaint_that_the_database_lacks_is_lost(database: Path, tmp_path: Path) -> None:
    assert count(database, [log(tmp_path, ("a", "1"), ("c", "3"))])["lost"] == 1


def test_an_answer_with_another_number_than_the_database_has_is_lost(database: Path, tmp_path: Path) -> None:
    assert count(database, [log(tmp_path, ("a", "9"))])["lost"] == 1


def test_one_command_or_number_or_ticket_twice_is_a_duplicate(database: Path, tmp_path: Path) -> None:
    with sqlite3.connect(database) as db:
        db.execute("INSERT INTO \"case\" VALUES ('a', '4')")
        db.execute("INSERT INTO \"case\" VALUES ('d', '2')")
        db.execute("INSERT INTO ticket VALUES ('2026-11-23', 'F', 2)")
    assert count(database, [log(tmp_path, ("a", "1"), ("e", "1"))])["duplicates"] == 4
