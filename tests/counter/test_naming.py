"""What the counter calls things: whoever printed and keeps a block of slips."""

from __future__ import annotations

import pytest

from counter import naming
from tests.counter.test_timeline import SAY


@pytest.mark.rule("R65")
def test_a_block_of_a_kiosk_is_said_to_be_the_kiosk_s_and_any_other_a_person_s() -> None:
    assert naming.keeper(SAY, "kiosk-1") == "自助机 kiosk-1"
    assert naming.keeper(SAY, "07") == "07"
