"""Policy versions are kept for ever."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from msgspec.structs import replace

from hub.domain.policy import Cited
from hub.domain.policy.stored import to_stored
from hub.service.opening import NoSuchHall
from hub.store import policies, schema
from hub.store.policies import PolicyChanged
from tests.hub.desk import HALLS, POLICIES, Desk


def test_a_policy_comes_back_as_it_was_kept(desk: Desk) -> None:
    policy = POLICIES["shanting"]
    with desk.store.reading() as db:
        assert policies.find(db, desk.hall.code, policy.code, policy.version) == policy


def test_a_version_is_kept_once(desk: Desk) -> None:
    for _ in range(2):
        desk.reopen()
    assert desk.count(schema.policy) == 1


def test_a_policy_changed_under_the_same_version_is_refused(desk: Desk) -> None:
    desk.policy = replace(desk.policy, promise=replace(desk.policy.promise, value="办好"))
    with pytest.raises(PolicyChanged, match="raise its version number"):
        desk.reopen()
    desk.policy = POLICIES["shanting"]
    desk.reopen()
    assert desk.count(schema.policy) == 1


def test_a_new_version_is_kept_beside_the_old(desk: Desk) -> None:
    desk.policy = replace(desk.policy, version=2)
    desk.reopen()
    assert sorted(row.version for row in desk.rows(schema.policy)) == [1, 2]
    desk.policy = POLICIES["shanting"]
    desk.reopen()
    assert desk.count(schema.policy) == 2


def test_a_version_stored_before_a_key_was_known_is_read_and_kept(desk: Desk) -> None:
    whole = msgspec.json.decode(to_stored(POLICIES["shanting"]))
    del whole["queue"], whole["clock"]["breaches"]
    store(desk, whole)
    with desk.store.reading() as db:
        read = policies.find(db, desk.hall.code, "shanting", 1)
    assert read.queue.may_pass == Cited(value=3, silent=True)
    desk.reopen()
    with desk.store.reading() as db:
        assert policies.find(db, desk.hall.code, "shanting", 1) == POLICIES["shanting"]


@pytest.mark.parametrize("edit", ["a value", "a role more", "a key less"])
def test_an_edit_is_no_key_that_was_not_known(desk: Desk, edit: str) -> None:
    before = msgspec.json.decode(to_stored(POLICIES["shanting"]))
    match edit:
        case "a value":
            before["rating"]["levels"]["value"].pop()
        case "a role more":
            stated = next(code for code, role in before["roles"].items() if not role.get("silent"))
            del before["roles"][stated]
        case _:
            before["queue"]["seats"] = {"value": 40}
    store(desk, before)
    with pytest.raises(PolicyChanged):
        desk.reopen()


def store(desk: Desk, raw: dict[str, object]) -> None:
    """As a program of another version left it."""
    body = msgspec.json.encode(raw)
    with desk.store.transaction() as tx:
        tx.execute(schema.policy.update().values(body=body, digest=hashlib.sha256(body).digest()))


def test_another_hall_s_database_is_not_opened(desk: Desk) -> None:
    desk.hall = HALLS["yueyang"]
    with pytest.raises(NoSuchHall, match="430621"):
        desk.reopen()
