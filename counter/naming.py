"""Codes of a case in the hall's own words: fields of facts and records, grounds, sizes, moments. Pure."""

from __future__ import annotations

import datetime as dt

from counter.wording import Wording
from hub.domain.errors import UnknownCode
from hub.wire.messages import CaseRecord

ROLES = frozenset({"role", "convener", "approver"})
DATES = frozenset({"until", "citizen_agreed_to"})
KB, MB = 1 << 10, 1 << 20


def when(say: Wording, at: dt.datetime) -> str:
    """`2026年11月23日 09:31`: for what is kept."""
    local = say.local(at)
    return f"{date(say, local.date())} {local:%H:%M}"


def date(say: Wording, day: dt.date) -> str:
    return say.words("date.whole", year=day.year, month=day.month, day=day.day)


def size(say: Wording, size_bytes: int) -> str:
    """`860 KB`, `1.2 MB`."""
    if size_bytes >= MB:
        return say.words("size.mb", n=f"{size_bytes / MB:.1f}")
    return say.words("size.kb", n=-(-size_bytes // KB))


def keeper(say: Wording, name: str) -> str:
    """Who printed or keeps a block of slips: a staff code, or a kiosk, which has no person's name."""
    kiosks = {one.name for one in say.hall.terminals if one.role == "kiosk"}
    return say.words("slips.kiosk", name=name) if name in kiosks else name


def fact_name(say: Wording, name: str) -> str:
    """What a field of a fact is called; its own name where a newer hub sends one that has none here."""
    key = f"fact.field.{name}"
    return say.words(key) if key in say.words else name


def fact_value(say: Wording, name: str, value: str, title: str = "") -> str:
    """A field of a fact in words; free text as it was said. `title` is what the case's own policy calls its post."""
    if not value:
        return value
    if value in ("yes", "no"):
        return say.words(value)
    if name in ROLES:
        return title or role(say, value)
    if name in DATES:
        return date(say, dt.date.fromisoformat(value))
    if name in ("added_wd", "wd"):
        return say.words("n_wd", n=value)
    if name == "medium":
        return say.words(f"medium.{value}")
    if name == "kind":
        return say.words(f"answer_kind.{value}")
    if name == "exclusion":
        return say.exclusion(value)
    if name == "department":
        return say.department(value)
    if name == "case_class":
        return _named(value, {one.code: one.name for one in say.policy.classes})
    if name == "ground":
        return _named(value, {one.code: one.name for one in say.policy.clock.pause_grounds.value})
    return value


def record_detail(say: Wording, record: CaseRecord) -> str:
    """What a record says beside its materials: a way, a time, a reason, a person."""
    match record.kind:
        case "allowed_later":
            return say.words(f"until.{record.detail}")
        case "delivered":
            return say.words(f"way.{record.detail}")
        case "returned":
            return say.words("record.signed")
        case _:
            return record.detail


def role(say: Wording, code: str) -> str:
    """The hall's own title of a role (R4)."""
    try:
        return say.policy.role(code).title
    except UnknownCode:
        return code


def level(say: Wording, code: str) -> str:
    """A level of the hall's own scale (R32)."""
    return _named(code, {one.code: one.name for one in say.policy.rating.levels.value})


def ground(say: Wording, code: str) -> str:
    """The hall's words for a ground of a 投诉 (R10)."""
    return _named(code, {one.code: one.name for one in say.policy.complaints.grounds.value})


def _named(code: str, names: dict[str, str]) -> str:
    return names.get(code, code)
