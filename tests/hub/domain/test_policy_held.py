"""Each value that a document gives is held by a test of a rule: changed, a test with that rule's mark fails."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from msgspec.structs import replace

from hub.config import shipped_policies
from hub.domain.errors import DomainError
from hub.domain.policy import Policy
from hub.domain.policy.lines import Path
from hub.domain.policy.scope import Exclusion, Reason
from hub.domain.policy.shape import fields_of, parts
from hub.domain.policy.values import Stated
from tests.factories import a_policy
from tests.hub.domain import (
    test_policy,
    test_policy_after,
    test_policy_outside,
    test_policy_queue,
    test_policy_slots,
    test_policy_time,
)

WORDING = {"name", "title", "cite", "note", "silent", "code"}
"""What may be worded otherwise without another rule; that it is there, and cited, other tests hold."""


DOCUMENTS = (
    test_policy,
    test_policy_time,
    test_policy_after,
    test_policy_queue,
    test_policy_outside,
    test_policy_slots,
)


def proofs() -> list[Callable[[], None]]:
    """The tests of `DOCUMENTS` that carry a rule's mark, one for each of their parameters."""
    found: list[Callable[[], None]] = []
    for name, test in [one for module in DOCUMENTS for one in inspect.getmembers(module, inspect.isfunction)]:
        marks = {mark.name: mark for mark in getattr(test, "pytestmark", ())}
        if not name.startswith("test_") or "rule" not in marks:
            continue
        if "parametrize" in marks:
            found += [lambda test=test, one=one: test(one) for one in marks["parametrize"].args[1]]
        else:
            found.append(test)
    return found


def other(value: Any, wanted: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, tuple):
        return value[:-1] if value else value
    if get_origin(wanted) is Annotated:
        return other(value, get_args(wanted)[0])
    if get_origin(wanted) is Literal:
        return next(one for one in get_args(wanted) if one != value)
    return f"{value}-another"


def put(whole: Any, path: Path, value: Any) -> Any:
    """The same policy with another value at a path."""
    if not path:
        return value
    step, *rest = path
    if isinstance(whole, dict):
        return whole | {step: put(whole[step], tuple(rest), value)}
    if isinstance(whole, tuple):
        assert isinstance(step, int)
        return (*whole[:step], put(whole[step], tuple(rest), value), *whole[step + 1 :])
    return replace(whole, **{str(step): put(getattr(whole, str(step)), tuple(rest), value)})


def changes(policy: Policy) -> Iterator[tuple[Path, Any]]:
    """Every value that the document gives, with another in its place."""
    for part in parts(policy, Policy):
        if not isinstance(part.value, Stated) or part.silent:
            continue
        kept = ("ground", "answer") if isinstance(part.value, Reason | Exclusion) else None
        for field in fields_of(part.wanted):
            value = getattr(part.value, field.name)
            if field.name not in WORDING and value not in ("", None, ()) and (kept is None or field.name in kept):
                yield (*part.path, field.name), other(value, field.type)


@pytest.mark.parametrize("name", shipped_policies())
def test_a_value_that_was_changed_is_missed_by_a_rules_test(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = {one: a_policy(one) for one in shipped_policies()}
    seen = dict(shipped)
    for module in DOCUMENTS:
        monkeypatch.setattr(module, "a_policy", seen.__getitem__)
    tests, unnoticed = proofs(), []
    assert all(_passes(test) for test in tests)
    for path, value in changes(shipped[name]):
        seen[name] = put(shipped[name], path, value)
        if all(_passes(test) for test in tests):
            unnoticed.append(".".join(map(str, path)))
    assert unnoticed == []


def _passes(test: Callable[[], None]) -> bool:
    try:
        test()
    except (AssertionError, LookupError, DomainError):
        return False
    return True
