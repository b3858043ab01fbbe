"""Policy versions, kept for ever: a case is decided by the version it was opened under."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from hub.domain.policy import Policy
from hub.domain.policy.stored import from_stored, says_the_same, to_stored
from hub.errors import HubError
from hub.store.schema import policy as table


class PolicyChanged(HubError):
    """A policy was edited under a version that is in use already."""

    code = "policy_changed"


def keep(tx: Connection, hall: str, policy: Policy) -> None:
    """Stores a version once; raises `PolicyChanged` when the same version said something else before.

    What an earlier program could not store of it, because it did not know the key, is added.
    """
    body = to_stored(policy)
    digest = hashlib.sha256(body).digest()
    known = tx.execute(_where(hall, policy.code, policy.version)).one_or_none()
    if known is None:
        tx.execute(insert(table).values(hall=hall, code=policy.code, version=policy.version, digest=digest, body=body))
    elif known.digest != digest:
        if not says_the_same(known.body, body):
            raise PolicyChanged(
                f"policy {policy.code} version {policy.version} differs from the one in use; raise its version number"
            )
        of_version = (table.c.hall == hall, table.c.code == policy.code, table.c.version == policy.version)
        tx.execute(update(table).where(*of_version).values(digest=digest, body=body))


def find(tx: Connection, hall: str, code: str, version: int) -> Policy:
    return _decode(tx.execute(_where(hall, code, version)).one().body)


def every(tx: Connection, hall: str) -> dict[tuple[str, int], Policy]:
    """All versions of all policies that a case of the hall was ever opened under, by code and version."""
    rows = tx.execute(select(table.c.body).where(table.c.hall == hall)).scalars()
    return {(one.code, one.version): one for one in map(_decode, rows)}


def promising(tx: Connection, hall: str) -> frozenset[tuple[str, int]]:
    """Codes and versions of the policies whose document gives a limit: of the others no date is anybody's promise."""
    return frozenset(key for key, one in every(tx, hall).items() if one.promises_a_date)


def _where(hall: str, code: str, version: int) -> Select[Any]:
    return select(table).where(table.c.hall == hall, table.c.code == code, table.c.version == version)


@lru_cache(maxsize=16)
def _decode(body: bytes) -> Policy:
    return from_stored(body)
