"""What the documents say about the queue, value by value."""

import pytest

from hub.config import shipped_policies
from tests.factories import a_policy


@pytest.mark.rule("R57")
def test_wuxis_green_channel_has_three_grounds_and_the_head_of_the_hall_confirms_others():
    queue = a_policy("wuxi").queue
    assert [ground.code for ground in queue.green_grounds.value] == ["non_local", "school", "small_firm"]
    assert (queue.green_confirmed_by.value, queue.green_confirmed_by.silent) == ("hall_head", False)


@pytest.mark.rule("R55")
@pytest.mark.parametrize("name", shipped_policies())
def test_in_no_hall_does_anybody_wait_while_more_than_three_later_ones_go_first(name):
    assert a_policy(name).queue.may_pass.value == 3
