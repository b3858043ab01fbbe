"""Reads a policy file: what it leaves out comes from the default, and every mistake is found at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from hub.domain.policy.lines import Path, line_of, lines_of
from hub.domain.policy.mistakes import Mistake, PolicyWrong
from hub.domain.policy.papers import misprints
from hub.domain.policy.policy import Policy
from hub.domain.policy.sense import contradictions
from hub.domain.policy.shape import misshapen
from hub.domain.policy.text import Read, read, too_deep

_CODE = r"[a-z0-9][a-z0-9_-]{0,23}"
_HEADER: dict[str, Any] = {"code": "unnamed", "version": 1, "name": "-", "source": "-"}
"""Stands in for a policy's own head where that is wrong, so that the rest can be looked at."""


def parse_policy(text: bytes, default: bytes) -> Policy:
    """A policy from its TOML; what it is silent on is taken from the default and marked so.

    Raises `PolicyWrong` with every mistake, its line and its remedy.
    """
    policy, mistakes = examine(text, default)
    if policy is None or mistakes:
        raise PolicyWrong(mistakes)
    return policy


def examine(text: bytes, default: bytes) -> tuple[Policy | None, tuple[Mistake, ...]]:
    """The policy, as far as it can be read, and all mistakes in the order of the file.

    A value that cannot be read is told and left out; the rest is looked at with the default in its place.
    """
    found = read(text, "a policy")
    if isinstance(found, Mistake):
        return None, (found,)
    try:
        return _examined(found, default)
    except RecursionError:
        return None, (too_deep(text),)


def _examined(written: Read, default: bytes) -> tuple[Policy | None, tuple[Mistake, ...]]:
    own = written.raw
    base = tomllib.loads(default.decode())
    found = [*_silent_by_hand(own), *misshapen(inherit(own, base), Policy)]
    mended = [_mend(own, base, one.path) for one in found]
    policy = _of_this_scale(msgspec.convert(inherit(own, base), Policy))
    senseless = (*contradictions(policy), *misprints(policy))
    found += [one for one in senseless if not any(_within(one.path, path) for path in mended)]
    return policy, _placed(found, lines_of(written.text)) if found else ()


def inherit(own: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    """What was written, completed from the default value by value; what comes from there is marked silent."""
    return {key: _inherited(own, key, value) for key, value in base.items()} | {
        key: value for key, value in own.items() if key not in base
    }


def _inherited(own: dict[str, Any], key: str, default: Any) -> Any:
    """One key: what was written, completed; a role that has another title acts where it did."""
    if key not in own:
        return _silent(default)
    written = own[key]
    if not isinstance(written, dict):
        return written
    if _is_group(default):
        return inherit(written, default)
    return {"at": default["at"]} | written if "at" in default else written


def _of_this_scale(policy: Policy) -> Policy:
    """Of inherited levels that send a case back, those that the hall's own scale has."""
    levels = {one.code for one in policy.rating.levels.value}
    rework = policy.rating.rework
    if not rework.silent:
        return policy
    known = replace(rework, value=tuple(code for code in rework.value if code in levels))
    return replace(policy, rating=replace(policy.rating, rework=known))


def _is_group(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, dict) for one in value.values())


def _silent(value: Any) -> Any:
    if isinstance(value, list):
        return [_silent(one) for one in value]
    if _is_group(value):
        return {key: _silent(one) for key, one in value.items()}
    return value | {"silent": True}


def _silent_by_hand(raw: Any, path: Path = ()) -> Iterator[Mistake]:
    """`silent` says that the default holds; whoever writes a value has decided something."""
    pairs = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, one in pairs:
        if key == "silent":
            yield Mistake(
                (*path, key), "`silent` is set by whoever reads the file", "leave the value out to inherit it"
            )
        else:
            yield from _silent_by_hand(one, (*path, key))


def _mend(own: dict[str, Any], base: dict[str, Any], path: Path) -> Path:
    """Takes what cannot be read out of what was written, so that the default stands there; the path taken out."""
    key = str(path[0]) if path else ""
    written, inherited = own.get(key), base.get(key)
    # an index into a list is a number in every path that the decoder names; the type of a path cannot say so
    if isinstance(written, list) and len(path) > 1 and isinstance(written[path[1]], dict):  # type: ignore[index]
        written[path[1]] = inherited[0] | _told(written[path[1]], "code") | {"silent": True}  # type: ignore[index]
        return path[:2]
    if key == "roles" and isinstance(written, dict) and len(path) > 1:
        if written.pop(str(path[1]), None) is not None and re.fullmatch(_CODE, str(path[1])):
            written[str(path[1])] = base[key]["receiver"] | {"silent": True}
        return path[:2]
    if isinstance(written, dict) and len(path) > 1 and (_is_group(inherited) or path[1] not in ("value", "cite")):
        written.pop(str(path[1]), None)
        return path[:2]
    own.pop(key, None)
    for name, stand_in in _HEADER.items():
        own.setdefault(name, stand_in)
    return path[:1]


def _told(raw: Any, key: str) -> dict[str, str]:
    """What a part is called, where that can be read, so that what points to it is no second mistake."""
    said = raw.get(key) if isinstance(raw, dict) else None
    return {key: said} if isinstance(said, str) and re.fullmatch(_CODE, said) else {}


def _within(path: Path, whole: Path) -> bool:
    return bool(whole) and path[: len(whole)] == whole


def _placed(found: Iterable[Mistake], lines: dict[Path, int]) -> tuple[Mistake, ...]:
    placed = {replace(one, line=line_of(one.path, lines)) for one in found}
    return tuple(sorted(placed, key=lambda one: (one.line, one.where, one.wrong)))
