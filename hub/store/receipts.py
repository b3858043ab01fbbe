"""Print outcomes and the look-up secrets of papers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, insert, select, update

from hub.store.schema import lookup, print_outcome
from hub.store.sealing import Sealer
from hub.wire.messages import LookupSecrets, ReportPrint


def add_outcome(tx: Connection, hall: str, told: ReportPrint, *, terminal: str, at: dt.datetime) -> None:
    """Adds an outcome behind the case's earlier ones; several reports may arrive in one moment."""
    of_case = (print_outcome.c.hall == hall, print_outcome.c.case_number == told.case_number)
    ordinal = tx.execute(select(func.count()).select_from(print_outcome).where(*of_case)).scalar_one()
    tx.execute(
        insert(print_outcome).values(
            hall=hall,
            case_number=told.case_number,
            ordinal=ordinal,
            job_id=told.job_id,
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


def is_live_paper(tx: Connection, hall: str, number: str, digest: bytes) -> bool:
    """Whether this is the fingerprint of a key on a paper of the case that still opens it."""
    found = select(lookup.c.digest).where(
        lookup.c.hall == hall,
        lookup.c.digest == digest,
        lookup.c.case_number == number,
        lookup.c.medium == "paper",
        lookup.c.revoked_at.is_(None),
    )
    return tx.execute(found).first() is not None


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
