"""What office programs would run, and do not."""

from __future__ import annotations

import pytest

from hub.papers.cells import inert


@pytest.mark.rule("R71")
@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_citizen_wrote_is_never_run_as_a_formula(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


def test_what_is_no_formula_stays_as_it_is() -> None:
    assert [inert(cell) for cell in ("一=二", "", "张三")] == ["一=二", "", "张三"]
