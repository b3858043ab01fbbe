"""A policy as an earlier version of this program stored it: what it did not know then, it was silent on."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from hub.domain.policy.policy import Policy
from hub.domain.policy.reading import inherit

MOVED: dict[str, tuple[str, str]] = {"queue_at_day_end": ("queue", "at_day_end")}
"""Keys that stood elsewhere, and the group and key where they stand now."""
NAMED_BY_THE_HALL = frozenset({"roles", "reports"})
"""Tables whose keys are the hall's own: one more of them is no news of the program's but an edit, unless silent."""

_policy = msgspec.json.Decoder(Policy)


def to_stored(policy: Policy) -> bytes:
    return msgspec.json.encode(policy)


def from_stored(body: bytes) -> Policy:
    """The policy of a stored body; what is missing there is taken from the default and marked silent."""
    try:
        return _policy.decode(body)
    except msgspec.ValidationError:
        return msgspec.convert(inherit(_read(body), _default()), Policy)


def says_the_same(before: bytes, after: bytes) -> bool:
    """Whether the later body holds all that the earlier one says: it only knows more keys."""
    return _holds(_read(before), _read(after), ())


def _read(body: bytes) -> dict[str, Any]:
    """A body with every key where it stands now."""
    raw: dict[str, Any] = msgspec.json.decode(body)
    for old, (group, key) in MOVED.items():
        if old in raw:
            raw[group] = {key: raw.pop(old)} | raw.get(group, {})
    return raw


def _holds(before: Any, after: Any, path: tuple[str, ...]) -> bool:
    if isinstance(before, dict) and isinstance(after, dict):
        added = [after[key] for key in after.keys() - before.keys()]
        if path and path[-1] in NAMED_BY_THE_HALL and not all(one.get("silent") for one in added):
            return False
        return all(key in after and _holds(value, after[key], (*path, key)) for key, value in before.items())
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(lambda one, other: _holds(one, other, path), before, after))
    return bool(before == after)


@cache
def _default() -> dict[str, Any]:
    return tomllib.loads(files("hub").joinpath("policies", "default.toml").read_text())
