"""The next version of a checklist: what it must tell, what it changes, and that what stays keeps its code."""

from __future__ import annotations

import pytest

from counter import checklists
from counter.checklists import Change, Sheet
from hub.config import load_policy
from tests.counter.states import CHECKLIST

YUNFU, DAHE = load_policy("yunfu"), load_policy("dahepingxiang")
LAST = checklists.sheet_of(CHECKLIST)


@pytest.mark.rule("R52")
def test_each_hall_tells_what_its_document_names() -> None:
    assert checklists.missing(YUNFU, Sheet()) == ("legal_basis", "procedure", "time_limit", "materials")
    assert "where_prerequisites" in checklists.missing(DAHE, LAST)
    assert checklists.missing(YUNFU, LAST) == ()
    twice = Sheet(parts=LAST.parts, materials=("身份证", "身份证"))
    assert checklists.missing(YUNFU, twice) == ("twice",)


@pytest.mark.rule("R52")
def test_what_changes_against_the_last_version_is_named_and_nothing_else() -> None:
    assert checklists.changes(CHECKLIST, LAST) == []
    parts = tuple((kind, "当场办结。" if kind == "time_limit" else text) for kind, text in LAST.parts)
    sheet = Sheet(parts=parts, materials=(*LAST.materials[1:], "婚姻证明"))
    found = checklists.changes(CHECKLIST, sheet)
    assert found == [
        Change(kind="changed", what="time_limit", before="法定 30 个工作日，承诺 3 个工作日。", after="当场办结。"),
        Change(kind="removed", what="material", before="契税完税证明或者电子完税凭证"),
        Change(kind="added", what="material", after="婚姻证明"),
    ]
    assert {one.kind for one in checklists.changes(None, LAST)} == {"added"}


@pytest.mark.rule("R52")
def test_a_material_that_stays_keeps_its_code_and_a_new_one_takes_no_old_one() -> None:
    sheet = Sheet(parts=LAST.parts, materials=("婚姻证明", *LAST.materials[1:], "户口簿"))
    command = checklists.command("transfer-sale", CHECKLIST, sheet)
    codes = {one.name: one.code for one in command.materials}
    assert {one.code for one in CHECKLIST.materials[1:]} <= set(codes.values())
    assert len(set(codes.values())) == len(sheet.materials)
    assert [one.name for one in command.materials] == list(sheet.materials)
    again = checklists.command("transfer-sale", None, Sheet(parts=LAST.parts, materials=("甲", "乙")))
    assert [one.code for one in again.materials] == ["m1", "m2"]


def test_the_form_keeps_what_the_last_version_told_beyond_what_is_asked() -> None:
    assert "conditions" in checklists.offered(YUNFU, CHECKLIST)
    assert "conditions" not in checklists.offered(YUNFU, None)
