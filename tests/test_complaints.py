"""The demonstration's complaints exercise what must survive every screen, paper and field."""

import pytest

from hub.wire.messages import FileComplaint
from tests.demo.complaints import complaints
from tests.factories import a_hall, a_policy, lookup_keys


@pytest.mark.parametrize("template", ["shanting", "yueyang"])
def test_their_codes_are_the_halls(template):
    hall, policy = a_hall(template), a_policy(template)
    for one in complaints(template):
        assert one.matter in ("other", "unknown") or hall.matter(one.matter)
        assert [policy.reason(code) for code in one.reasons]
        assert 1 <= one.visits <= 5


def test_they_are_as_varied_as_people_are():
    filed = complaints("shanting")
    text = "".join(one.text + one.name for one in filed)
    assert len(filed) >= 24
    assert sum(len(one.text) >= 300 for one in filed) >= 2
    for piece in ("䶮", "𠮷", "臺", "鲁(2016)", "Thank", "\n", "㎡"):
        assert piece in text, piece
    assert any(one.confidential for one in filed)
    assert any(not one.name and not one.phone for one in filed)
    assert any(not one.text for one in filed)


def test_a_complaint_is_filed_whole():
    one, keys = complaints()[1], lookup_keys()
    command = one.filed_with(keys)
    assert isinstance(command, FileComplaint)
    assert (command.text, command.name, command.phone) == (one.text, one.name, one.phone)
    assert (command.on_paper.token, command.on_paper.typed) == (keys.token, keys.typed)
