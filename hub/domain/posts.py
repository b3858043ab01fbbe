"""Posts (岗位, R4): which roles of the hall's document a member of staff holds, by their codes in the policy."""

from __future__ import annotations

from collections.abc import Iterable

from hub.domain.policy import Policy

PLAIN: dict[str, tuple[str, ...]] = {
    "window": ("receiver", "owner", "clerk"),
    "department": ("handler",),
    "supervisor": ("supervisor",),
}
"""What everybody at such a terminal is, unless something else is said of them."""


def at(policy: Policy, role: str) -> tuple[str, ...]:
    """The posts that act at this kind of terminal in this hall."""
    return tuple(code for code, known in policy.roles.items() if known.at == role)


def plain(policy: Policy, role: str) -> tuple[str, ...]:
    """The plain posts of those who work at this kind of terminal."""
    return tuple(code for code in PLAIN.get(role, ()) if code in at(policy, role))


def title(policy: Policy, post: str) -> str:
    """The hall's own title; the code itself where another version of the policy had that post."""
    return policy.roles[post].title if post in policy.roles else post


def titles(policy: Policy, posts: Iterable[str]) -> tuple[str, ...]:
    """Titles in order, each once: a hall may call two posts the same."""
    return tuple(dict.fromkeys(title(policy, post) for post in posts))
