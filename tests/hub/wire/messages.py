"""Hypothesis strategies for every message, from its annotations."""

from __future__ import annotations

import datetime as dt
import typing
from functools import cache
from types import UnionType

import msgspec
from hypothesis import strategies as st


@cache
def any_of(kind: object) -> st.SearchStrategy:
    """Values of a message type, or of anything a message has for a field."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if kind in PLAIN:
        return PLAIN[kind]
    if origin is typing.Literal:
        return st.sampled_from(args)
    if origin in (typing.Union, UnionType):
        return st.one_of([any_of(arg) for arg in args])
    if origin is tuple and args[-1] is ...:
        return st.lists(any_of(args[0]), max_size=2).map(tuple)
    assert isinstance(kind, type), kind
    assert issubclass(kind, msgspec.Struct), kind
    fields = msgspec.structs.fields(kind)
    return st.builds(kind, **{field.name: any_of(field.type) for field in fields})


PLAIN: dict[object, st.SearchStrategy] = {
    str: st.text(max_size=12),
    bytes: st.binary(max_size=12),
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    type(None): st.none(),
    dt.date: st.dates(),
    dt.time: st.times(),
    dt.datetime: st.datetimes(timezones=st.just(dt.UTC)),
}
