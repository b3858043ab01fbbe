"""A case forgets its citizen only with a reason, and its number typed twice."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from counter import erasing
from counter.erasing import Erasing
from tests.counter.states import NUMBER

TOLD = Erasing(case_number=f" {NUMBER}", because="本人申请", again=NUMBER)


@pytest.mark.rule("R71")
def test_nothing_is_erased_without_a_reason_and_the_number_twice() -> None:
    assert erasing.missing(TOLD) == ()
    assert erasing.missing(replace(TOLD, because="  ")) == ("because",)
    assert erasing.missing(replace(TOLD, again=NUMBER[:-1])) == ("again",)
    assert erasing.missing(Erasing()) == ("case_number", "because", "again")
    assert erasing.missing(replace(TOLD, case_number="0007", again="0007")) == ("case_number",)


def test_the_hub_is_asked_for_that_case_with_that_reason() -> None:
    command = erasing.command(TOLD)
    assert (command.case_number, command.because) == (NUMBER, "本人申请")
