"""Posts of a policy: which act where, and how the hall calls them."""

from __future__ import annotations

import pytest

from hub.config import shipped_policies
from hub.domain import posts
from tests import factories


@pytest.mark.rule("R4")
@pytest.mark.parametrize("hall", shipped_policies())
@pytest.mark.parametrize("role", posts.PLAIN)
def test_each_hall_has_the_plain_posts_of_each_terminal(hall: str, role: str) -> None:
    assert posts.plain(factories.a_policy(hall), role) == posts.PLAIN[role]


def test_a_plain_post_that_a_hall_puts_elsewhere_is_none_of_that_terminal() -> None:
    policy = factories.a_policy("shanting")
    moved = policy.roles | {"clerk": factories.replace(policy.roles["clerk"], at="department")}
    assert posts.plain(factories.replace(policy, roles=moved), "window") == ("receiver", "owner")


@pytest.mark.rule("R4")
def test_titles_are_the_hall_s_own_each_once_and_a_code_where_there_is_none() -> None:
    held = ("receiver", "owner", "clerk", "outlet_head")
    assert posts.titles(factories.a_policy("shanting"), held) == ("办理专员", "窗口工作人员", "outlet_head")
    assert posts.title(factories.a_policy("wuxi"), "outlet_head") == "网点负责人"
