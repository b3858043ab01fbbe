"""Policy versions are kept for ever."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

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


def test_another_hall_s_database_is_not_opened(desk: Desk) -> None:
    desk.hall = HALLS["yueyang"]
    with pytest.raises(NoSuchHall, match="430621"):
        desk.reopen()
