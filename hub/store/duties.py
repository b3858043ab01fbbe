"""Who of a hall's hubs is on duty, and the beat by which the others see that it lives."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, literal_column, select, text, update

from hub.store.prepared import prepared
from hub.store.schema import duty


@dataclass(frozen=True)
class DutyState:
    """The hub on duty, how often the duty changed hands, and its newest beat."""

    hub: str
    term: int
    beat: int


def state(db: Connection, hall: str) -> DutyState | None:
    row = db.execute(select(duty).where(duty.c.hall == hall)).one_or_none()
    return DutyState(row.hub, row.term, row.beat) if row else None


def take(tx: Connection, hall: str, hub: str) -> int:
    """Writes who is on duty from now on; the number of this term."""
    before = state(tx, hall)
    if before is None:
        tx.execute(insert(duty).values(hall=hall, hub=hub, term=1, beat=1))
        return 1
    tx.execute(update(duty).where(duty.c.hall == hall).values(hub=hub, term=before.term + 1, beat=before.beat + 1))
    return before.term + 1


def renew(tx: Connection, hall: str) -> None:
    """One more beat. It need not outlive a crash of the server, so nobody waits for its disk."""
    if tx.dialect.name == "postgresql":
        tx.execute(text("SET LOCAL synchronous_commit = off"))
    prepared(
        tx,
        "renew",
        lambda: update(duty).where(duty.c.hall == bindparam("of_hall")).values(beat=literal_column("beat + 1")),
    ).run(tx, [{"of_hall": hall}])
