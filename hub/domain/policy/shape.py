"""The shape of a policy: every part with its type, and all that does not fit in what somebody wrote.

`msgspec.convert` stops at the first mistake; whoever mends a file wants all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, structs

from hub.domain.hall import Value
from hub.domain.policy.lines import Path
from hub.domain.policy.mistakes import Mistake
from hub.domain.policy.values import NOT_BLANK, Stated


class Part(Value, frozen=True):
    """One part of a policy: its path, value and type; `silent` when it or what it stands in is inherited."""

    path: Path
    value: Any
    wanted: Any
    silent: bool

    def meta(self, key: str) -> Any:
        """What the type's `Meta` says under a key, such as `names`; None when it says nothing."""
        extras = [one.extra for one in get_args(self.wanted)[1:] if isinstance(one, Meta) and one.extra]
        return next((extra[key] for extra in extras if key in extra), None)


def parts(value: Any, wanted: Any, path: Path = (), silent: bool = False) -> Iterator[Part]:
    """Every part of a value, the whole before its parts."""
    silent = silent or (isinstance(value, Stated) and value.silent)
    yield Part(path, value, wanted, silent)
    if isinstance(value, Struct):
        for field in fields_of(wanted):
            yield from parts(getattr(value, field.name), field.type, (*path, field.name), silent)
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from parts(one, get_args(wanted)[0], (*path, place), silent)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from parts(one, get_args(wanted)[1], (*path, key), silent)


def misshapen(raw: Any, wanted: Any, path: Path = ()) -> Iterator[Mistake]:
    """All that is unknown, missing or of a wrong type in what was read from TOML."""
    if is_struct(wanted):
        yield from _struct(raw, wanted, path) if isinstance(raw, dict) else _wrong(raw, wanted, path)
    elif get_origin(wanted) is tuple:
        if not isinstance(raw, list):
            yield from _wrong(raw, wanted, path)
            return
        for place, one in enumerate(raw):
            yield from misshapen(one, get_args(wanted)[0], (*path, place))
    elif get_origin(wanted) is dict:
        if not isinstance(raw, dict):
            yield from _wrong(raw, wanted, path)
            return
        keys, values = get_args(wanted)
        for key, one in raw.items():
            if get_origin(keys) is Literal and key not in get_args(keys):
                yield _unknown(key, [str(known) for known in get_args(keys)], path)
            elif get_origin(keys) is Annotated and any(_leaf(key, keys, path)):
                yield Mistake((*path, key), f"{key!r} names nothing", f"write a name of {described(keys)}")
            else:
                yield from misshapen(one, values, (*path, key))
    else:
        yield from _leaf(raw, wanted, path)


@cache
def fields_of(struct: Any) -> tuple[structs.FieldInfo, ...]:
    """The fields of a struct with their types; working those out is what reading a policy would spend its time on."""
    return structs.fields(struct)


def is_struct(wanted: Any) -> bool:
    plain = get_origin(wanted) or wanted
    return isinstance(plain, type) and issubclass(plain, Struct)


def _struct(raw: dict[str, Any], wanted: Any, path: Path) -> Iterator[Mistake]:
    fields = {one.name: one for one in fields_of(wanted)}
    for key, one in raw.items():
        if key in fields:
            yield from misshapen(one, fields[key].type, (*path, key))
        else:
            yield _unknown(key, [name for name in fields if name != "silent"], path)
    for name, field in fields.items():
        if field.required and name not in raw:
            yield Mistake(path, f"`{name}` is missing", f"add `{name} = …`: {described(field.type)}")


def _leaf(raw: Any, wanted: Any, path: Path) -> Iterator[Mistake]:
    try:
        msgspec.convert(raw, wanted)
    except msgspec.ValidationError:
        yield from _wrong(raw, wanted, path)


def _wrong(raw: Any, wanted: Any, path: Path) -> Iterator[Mistake]:
    shown = repr(raw) if not isinstance(raw, dict | list) else "a table" if isinstance(raw, dict) else "a list"
    yield Mistake(path, f"{shown} does not belong here", f"write {described(wanted)}{_near(raw, wanted)}")


def _unknown(key: str, known: list[str], path: Path) -> Mistake:
    near = get_close_matches(key, known, n=1)
    remedy = f"did you mean `{near[0]}`?" if near else f"take it out; there are {', '.join(known)}"
    return Mistake((*path, key), f"there is no key `{key}`", remedy)


def _near(raw: Any, wanted: Any) -> str:
    if get_origin(wanted) is not Literal or not isinstance(raw, str):
        return ""
    near = get_close_matches(raw, [str(one) for one in get_args(wanted)], n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def described(wanted: Any) -> str:
    """A type in words, as somebody who writes a policy file needs them."""
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin is Annotated:
        return described(inner[0]) + "".join(_bounds(one) for one in inner[1:] if isinstance(one, Meta))
    if origin is Literal:
        return "one of " + ", ".join(repr(one) for one in inner)
    if origin is tuple:
        return f"a list [ ], each {described(inner[0])}"
    if origin in (Union, UnionType):
        return described(next(one for one in inner if one is not NoneType))
    if origin is dict:
        return f"a table, each value {described(inner[1])}"
    if is_struct(wanted):
        names = [one.name for one in fields_of(wanted) if one.required]
        return "a table { } with " + ", ".join(f"`{one}`" for one in names)
    plain = {int: "a whole number", str: "text in quotes", bool: "true or false", dt.date: "a date such as 2026-10-01"}
    return plain.get(wanted, "a time such as 09:00:00")


def _bounds(meta: Meta) -> str:
    bounds = [
        f"at least {meta.ge}" if meta.ge is not None else "",
        f"at most {meta.le}" if meta.le is not None else "",
        f"at most {meta.max_length} characters" if meta.max_length else "",
        "not empty" if meta.pattern == NOT_BLANK else "small letters, digits, - and _" if meta.pattern else "",
    ]
    said = ", ".join(one for one in bounds if one)
    return f" ({said})" if said else ""
