"""一次性告知清单 (R52): what a matter needs, in versions; the next one, and what it changes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from hub.domain.care import OF_EACH_CASE, NoticePart
from hub.domain.hall import Value
from hub.domain.policy import Policy
from hub.wire.messages import Checklist, ChecklistPart, Material, PublishChecklist

TEXT_AT_MOST = 2000
PARTS: tuple[NoticePart, ...] = (
    "legal_basis",
    "conditions",
    "prerequisites",
    "where_prerequisites",
    "procedure",
    "time_limit",
)
"""In the order in which a citizen is told."""


class Sheet(Value, frozen=True):
    """A version being written: texts by what they tell, materials by their names."""

    parts: tuple[tuple[NoticePart, str], ...] = ()
    materials: tuple[str, ...] = ()

    def text(self, kind: NoticePart) -> str:
        return dict(self.parts).get(kind, "")


class Change(Value, frozen=True):
    """What the next version changes: a part by its kind, or a material by its name (`what` is then `material`)."""

    kind: Literal["added", "removed", "changed"]
    what: str
    before: str = ""
    after: str = ""


def told_here(policy: Policy) -> tuple[NoticePart, ...]:
    """The parts that this hall's document wants told."""
    wanted = {one for one in policy.one_time_notice.tells.value if one not in OF_EACH_CASE}
    return tuple(one for one in PARTS if one in wanted)


def offered(policy: Policy, before: Checklist | None) -> tuple[NoticePart, ...]:
    """What the form asks for: what must be told, and what the last version told beyond that."""
    known = {one.kind for one in before.parts} if before else set()
    return tuple(one for one in PARTS if one in known or one in told_here(policy))


def sheet_of(before: Checklist | None) -> Sheet:
    """The last version, to begin from."""
    if before is None:
        return Sheet()
    return Sheet(
        parts=tuple((one.kind, one.text) for one in before.parts), materials=tuple(one.name for one in before.materials)
    )


def missing(policy: Policy, sheet: Sheet) -> tuple[str, ...]:
    """What is still to be written: parts by their kind, and `materials`; `too_long` and `twice` for what is wrong."""
    found: list[str] = [one for one in told_here(policy) if not sheet.text(one).strip()]
    if not sheet.materials:
        found.append("materials")
    if len(set(sheet.materials)) < len(sheet.materials):
        found.append("twice")
    if any(len(text) > TEXT_AT_MOST for text in (*sheet.materials, *dict(sheet.parts).values())):
        found.append("too_long")
    return tuple(found)


def changes(before: Checklist | None, sheet: Sheet) -> list[Change]:
    """What is new, gone or said otherwise against the last version; empty when nothing is."""
    old = {one.kind: one.text for one in before.parts} if before else {}
    found = [one for kind in PARTS if (one := _of_text(kind, old.get(kind, ""), sheet.text(kind).strip()))]
    names = [one.name for one in before.materials] if before else []
    found += [Change(kind="removed", what="material", before=one) for one in names if one not in sheet.materials]
    found += [Change(kind="added", what="material", after=one) for one in sheet.materials if one not in names]
    return found


def command(matter: str, before: Checklist | None, sheet: Sheet) -> PublishChecklist:
    """The next version. A material that stays keeps its code; what cases say of it goes on meaning the same."""
    codes = {one.name: one.code for one in before.materials} if before else {}
    return PublishChecklist(
        matter=matter,
        materials=tuple(
            Material(code=code, name=name) for name, code in _with_new_codes(sheet.materials, codes).items()
        ),
        parts=tuple(
            ChecklistPart(kind=kind, text=sheet.text(kind).strip()) for kind in PARTS if sheet.text(kind).strip()
        ),
    )


def _with_new_codes(names: tuple[str, ...], codes: Mapping[str, str]) -> dict[str, str]:
    taken = set(codes.values())
    found, number = {}, 1
    for name in names:
        if name in codes:
            found[name] = codes[name]
            continue
        while f"m{number}" in taken:
            number += 1
        found[name] = f"m{number}"
        taken.add(f"m{number}")
    return found


def _of_text(kind: NoticePart, before: str, after: str) -> Change | None:
    if before == after:
        return None
    return Change(
        kind="added" if not before else "removed" if not after else "changed", what=kind, before=before, after=after
    )
