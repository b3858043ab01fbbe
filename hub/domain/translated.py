"""A hall and its policy as a citizen of another language reads them; what is not translated stays as it is written."""

from __future__ import annotations

from hub.domain.hall import Hall
from hub.domain.policy import Policy


def hall_in(hall: Hall, language: str) -> Hall:
    """The hall with the names that citizens see in their language."""
    return hall


def policy_in(policy: Policy, language: str) -> Policy:
    """The policy with the texts that citizens see in their language."""
    return policy
