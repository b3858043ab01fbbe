"""Print outcomes and the look-up secrets of papers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, insert, update

from hub.store.schema import lookup, print_outcome
from hub.store.sealing import Sealer
from hub.wire.messages import LookupSecrets, ReportPrint


def add_outcome(
    tx: Connection, hall: str, told: ReportPrint, *, command_id: str, terminal: str, at: dt.datetime
) -> None:
    tx.execute(
        insert(print_outcome).values(
            hall=hall,
            command_id=command_id,
            job_id=told.job_id,
            case_number=told.case_number,
            state=told.state,
            detail=told.detail,
            reprint=told.reprint,
            terminal=terminal,
            at=at,
        )
    )


def secret_rows(sealer: Sealer, number: str, medium: str, keys: LookupSecrets) -> list[dict[str, object]]:
    """The rows of one medium's keys: their fingerprints, never the keys."""
    return [
        {"digest": sealer.fingerprint("lookup", secret.encode()), "case_number": number, "medium": medium}
        for secret in (keys.token, keys.typed)
    ]


def add_secrets(tx: Connection, hall: str, sealer: Sealer, number: str, keys: LookupSecrets) -> None:
    tx.execute(insert(lookup), [{"hall": hall, **row} for row in secret_rows(sealer, number, "paper", keys)])


def revoke_paper(tx: Connection, hall: str, number: str, at: dt.datetime) -> None:
    tx.execute(
        update(lookup)
        .where(
            lookup.c.hall == hall,
            lookup.c.case_number == number,
            lookup.c.medium == "paper",
            lookup.c.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )
