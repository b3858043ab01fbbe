"""What a hub notices when it comes on duty."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from hub.service.opening import take_duty
from tests import factories
from tests.hub.desk import Desk


@pytest.mark.rule("R62")
@pytest.mark.parametrize(("policy", "kinds"), [("shanting", []), ("wuxi", ["one_window, green"])])
def test_counters_that_the_document_asks_for_and_the_hall_has_not_are_named(
    desk: Desk, policy: str, kinds: list[str]
) -> None:
    desk.policy = factories.a_policy(policy)
    desk.reopen()
    with capture_logs() as said, desk.store.transaction() as tx:
        take_duty(tx, desk.books, "hub-1", desk.at)
        tx.rollback()
    assert [one["kinds"] for one in said if one["event"] == "counters.wanting"] == kinds
