"""Entries of registers as somebody types them: `field=value`. Pure."""

from __future__ import annotations

import re
from typing import cast

import msgspec

from hub.domain.register import Entry, EntryWrong, kind_named


def from_words(kind: str, said: dict[str, list[str]]) -> Entry:
    """An entry from `field=value` as it was typed; raises `EntryWrong` naming the field.

    A field that holds several is typed several times; an item of an assessment is `name/full/points`.
    """
    made = kind_named(kind)
    raw: dict[str, object] = {}
    known = {one.name: one for one in msgspec.structs.fields(made)}
    for name, values in said.items():
        if name not in known:
            raise EntryWrong(f"{kind} has no field {name!r}; it has: {', '.join(known)}")
        if name == "items":
            raw[name] = [_item(value) for value in values]
        elif isinstance(_inside(known[name]), msgspec.inspect.VarTupleType):
            raw[name] = values
        elif len(values) > 1:
            raise EntryWrong(f"{name} is said once, not {len(values)} times")
        else:
            raw[name] = _value(known[name], values[0])
    try:
        return cast(Entry, msgspec.convert(raw, made, strict=False))
    except msgspec.ValidationError as wrong:
        raise EntryWrong(f"{kind}: {wrong}") from wrong


def _value(field: msgspec.structs.FieldInfo, typed: str) -> str | None:
    """One value as msgspec reads it: nothing where that may be, an hour without its seconds, yes and no."""
    of = _inside(field)
    if isinstance(of, msgspec.inspect.UnionType):
        if not typed:
            return None
        of = of.types[0]
    match of:
        case msgspec.inspect.TimeType() if re.fullmatch(r"\d\d:\d\d", typed):
            return f"{typed}:00"
        case msgspec.inspect.BoolType():
            return {"yes": "true", "no": "false"}.get(typed, typed)
        case _:
            return typed


def like(field: msgspec.structs.FieldInfo) -> str:
    """How a field is typed, by an example or its choices."""
    of = _inside(field)
    several = isinstance(of, msgspec.inspect.VarTupleType)
    inside = of.item_type if isinstance(of, msgspec.inspect.VarTupleType) else of
    if isinstance(inside, msgspec.inspect.UnionType):
        inside = inside.types[0]
    match inside:
        case msgspec.inspect.LiteralType(values=values):
            typed = " | ".join(map(str, values))
        case msgspec.inspect.DateType():
            typed = "2026-11-20"
        case msgspec.inspect.TimeType():
            typed = "09:30"
        case msgspec.inspect.BoolType():
            typed = "yes | no"
        case msgspec.inspect.IntType() | msgspec.inspect.FloatType():
            typed = "8"
        case msgspec.inspect.StructType():
            typed = "服务态度/20/18.5"
        case _:
            typed = "text"
    return f"{typed} (several)" if several else typed


def _inside(field: msgspec.structs.FieldInfo) -> msgspec.inspect.Type:
    found = msgspec.inspect.type_info(field.type)
    return found.type if isinstance(found, msgspec.inspect.Metadata) else found


def _item(value: str) -> dict[str, str]:
    name, _, rest = value.rpartition("/")
    name, _, full = name.rpartition("/")
    if not name:
        raise EntryWrong(f"{value!r} is no item; write it like 服务态度/20/18.5")
    return {"name": name, "full": full, "points": rest}
