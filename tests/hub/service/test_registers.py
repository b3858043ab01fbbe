"""Registers: an entry is recorded once, by name, and what the hall's document asks of it is asked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from hub.domain import register as rules
from hub.domain.hall import Hall
from hub.store import registers, schema
from hub.wire import messages as m
from tests.hub.desk import Desk, hold, make_database

TRAINING = ("on=2026-11-20", "topic=一次性告知", "hours=8", "passed=06", "passed=07")
CORRECTION = (
    *(
        "on=2026-11-20",
        "source=complaint",
        "found=等待过长",
        "cause=窗口不足",
        "measures=training",
        "measures=standard",
    ),
    *("measure=增开窗口", "responsible=06", "due=2026-12-01"),
)
ENTRIES = {
    "correction": CORRECTION,
    "training": TRAINING,
    "inspection": (
        "on=2026-11-20",
        "kind=covert",
        "inspectors=90",
        "inspectors=吴检",
        "where=一楼",
        "found=未见异常",
        "faults=0",
    ),
    "assessor": ("on=2026-11-20", "name=郑代表", "capacity=人大代表", "occasion=开放日", "opinion=建议午间不断档"),
    "survey": ("on=2026-11-20", "by=第三方", "asked=400", "satisfied=371", "found=较上年提高"),
    "incident": (
        *("on=2026-11-20", "kind=power", "began=09:12", "ended=10:05", "happened=停电", "done=启用手工号条"),
        "led_by=90",
    ),
    "duty": ("on=2026-11-23", "until=2026-11-27", "place=办不成事窗口", "staff=06", "staff=07", "led_by=90"),
    "assessed": ("on=2026-11-20", "kind=own", "unit=发证窗口", "items=服务/60/55.5", "items=时限/40/36", "by=90"),
}


def entry(kind: str, *said: str) -> m.RecordEntry:
    fields = [one.partition("=") for one in said]
    return m.RecordEntry(kind=kind, fields=tuple(m.EntryField(name=name, value=value) for name, _, value in fields))


def kept(desk: Desk, kind: str = "") -> list[rules.Kept]:
    with desk.store.reading() as db:
        return list(registers.listed(db, desk.hall.code, desk.sealer, kind))


@pytest.mark.rule("R39", "R42", "R43", "R45", "R46", "R49", "R64", "R72")
@pytest.mark.parametrize("which", ENTRIES)
def test_an_entry_is_kept_under_a_number_with_who_recorded_it_when(desk: Desk, which: str) -> None:
    answer = desk.ask("supervisor", entry(which, *ENTRIES[which]))
    assert answer == m.EntryRecorded(number=f"{rules.SERIES[which]}-2026-001")
    assert desk.ask("supervisor", entry(which, *ENTRIES[which])).number.endswith("-002")
    first, _ = kept(desk)
    assert (first.number, first.at, first.staff) == (answer.number, desk.at, "90")
    assert rules.kind_of(first.entry) == which
    logged = [(row.staff, row.subject) for row in desk.rows(schema.audit) if row.kind == "RecordEntry"]
    assert logged[0] == ("90", answer.number)


@pytest.mark.rule("R69")
def test_who_stands_in_an_entry_stands_in_neither_table_nor_chain(desk: Desk) -> None:
    desk.ask("supervisor", entry("assessor", *ENTRIES["assessor"]))
    (row,) = desk.rows(schema.register_entry)
    chain = "".join(str(link) for link in desk.rows(schema.audit))
    assert "郑代表".encode() not in bytes(row.sealed)
    assert "郑代表" not in chain


@pytest.mark.rule("R45")
def test_a_correction_is_verified_under_its_own_number_alone(desk: Desk) -> None:
    verification = ("on=2026-12-02", "effective=yes", "evidence=现场查看", "by=90")
    refused = desk.ask("supervisor", entry("verification", *verification, "of=JZ-2026-001"))
    assert (refused.code, "no correction JZ-2026-001" in refused.text) == ("entry_wrong", True)
    made = desk.ask("supervisor", entry("correction", *CORRECTION)).number
    assert desk.ask("supervisor", entry("verification", *verification, f"of={made}")).number == "YZ-2026-001"


WRONG = [
    ("training", ("on=2026-11-20", "topic=x", "hours=8"), "name who took part"),
    ("training", (*TRAINING, "failed=06"), "06 cannot have passed and failed"),
    ("training", (*TRAINING, "hours=9"), "hours is said once"),
    ("training", (*TRAINING, "colour=red"), "no field 'colour'"),
    ("training", ("on=yesterday", *TRAINING[1:]), "Invalid RFC3339"),
    ("parties", ("on=2026-11-20",), "no register 'parties'"),
    ("survey", ("on=2026-11-20", "by=x", "asked=4", "satisfied=5", "found=x"), "5 cannot be satisfied where 4"),
    ("duty", ("on=2026-11-23", "until=2026-11-22", "place=x", "staff=06", "led_by=90"), "is before the first"),
    ("assessed", ("on=2026-11-20", "kind=own", "unit=x", "items=a/50/51", "items=b/50/1", "by=90"), "more points"),
    ("assessed", ("on=2026-11-20", "kind=own", "unit=x", "items=a/50/5", "by=90"), "add up to 50"),
    ("assessed", ("on=2026-11-20", "kind=own", "unit=x", "items=a", "by=90"), "no item"),
    ("incident", (*ENTRIES["incident"][:2], "began=10:00", "ended=09:00", *ENTRIES["incident"][4:]), "before it began"),
    ("correction", (*CORRECTION[:-1], "due=2026-11-01"), "before it was found"),
]


@pytest.mark.parametrize(("which", "said", "why"), WRONG, ids=[why for _, _, why in WRONG])
def test_what_cannot_be_is_named_and_not_kept(desk: Desk, which: str, said: tuple[str, ...], why: str) -> None:
    answer = desk.ask("supervisor", entry(which, *said))
    assert (answer.code, why in answer.text) == ("entry_wrong", True), answer.text
    assert kept(desk) == []


@pytest.mark.rule("R46", "R72")
def test_nobody_is_trained_or_on_duty_who_does_not_work_here(desk: Desk) -> None:
    strange = (*TRAINING[:3], "passed=99")
    assert desk.ask("supervisor", entry("training", *strange)).code == "unknown_staff"
    assert kept(desk) == []


@pytest.fixture
def wuxi(tmp_path: Path) -> Any:
    from tests.hub.desk import HALLS

    hall: Hall = HALLS["wuxi"]
    made = Desk(make_database(tmp_path / "wuxi.db", hall), "wuxi")
    made.log_in("supervisor", "90")
    yield made
    made.close()


@pytest.mark.rule("R49")
def test_nobody_inspects_alone_where_the_document_sends_two(wuxi: Desk, desk: Desk) -> None:
    alone = [one for one in ENTRIES["inspection"] if one != "inspectors=吴检"]
    answer = wuxi.ask("supervisor", entry("inspection", *alone))
    assert (answer.code, "at least 2 people" in answer.text, "7.1.2.2.2" in answer.text) == ("entry_wrong", True, True)
    twice = wuxi.ask("supervisor", entry("inspection", *alone, "inspectors=90"))
    assert twice.code == "entry_wrong"
    assert wuxi.ask("supervisor", entry("inspection", *ENTRIES["inspection"])).number == "JC-2026-001"
    assert desk.ask("supervisor", entry("inspection", *alone)).number == "JC-2026-001"


def test_only_who_has_a_part_in_running_the_hall_records(desk: Desk) -> None:
    assert desk.ask("window-3", entry("training", *TRAINING)).code == "not_permitted"
    hold(desk, "90", "clerk")
    assert desk.ask("supervisor", entry("training", *TRAINING)).code == "not_permitted"


def test_an_export_is_entered_with_what_was_taken_and_by_whom(desk: Desk) -> None:
    asked = m.NoteExport(what="progress", first=dt.date(2026, 11, 16), last=dt.date(2026, 11, 22))
    assert desk.ask("supervisor", asked) == m.Done()
    logged = [(row.staff, row.subject) for row in desk.rows(schema.audit) if row.kind == "NoteExport"]
    assert logged == [("90", "progress 2026-11-16..2026-11-22")]
    turned = m.NoteExport(what="progress", first=dt.date(2026, 11, 22), last=dt.date(2026, 11, 16))
    assert desk.ask("supervisor", turned).code == "bad_dates"
    named = m.NoteExport(what="王芳的材料", first=dt.date(2026, 11, 16), last=dt.date(2026, 11, 16))
    assert desk.ask("supervisor", named).code == "bad_name"
