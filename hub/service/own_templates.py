"""Papers that no document prints, on the hall's own templates: 否定事项报备登记表 (R50), letters to citizens (R52)."""

from __future__ import annotations

from hub.domain import posts
from hub.domain.words import STAFF, Words
from hub.errors import Refused
from hub.service import forms
from hub.service.forms import Sheet
from hub.store import care, refusing, windows
from hub.store.refusing import Proposed
from hub.wire import messages as m

REMEDIES = ("administrative_review", "administrative_litigation")
PARTS = ("legal_basis", "conditions", "prerequisites", "where_prerequisites")
"""What a one-time notice says before the materials; procedure and time limit come after them."""


def refusal(sheet: Sheet) -> m.Form:
    """否定事项报备登记表, in as many copies as the document wants, with the notice of remedies."""
    filed, rules = _filed(sheet), sheet.policy.refusals
    decided = (_box("approved", filed.approved is True), _box("rejected", filed.approved is False))
    told = tuple(_box(f"told.{one}", rules.notice_in.value in (one, "either")) for one in ("written", "oral"))
    approver = posts.title(sheet.policy, rules.approver.value)
    because = sheet.said({"reject_refusal"}) if filed.approved is False else ""
    return m.Form(
        case_number=sheet.number,
        form="refusal",
        title=words("refusal.title"),
        number=sheet.number,
        fields=(
            *_citizen(sheet),
            field("matter_name", matter(sheet)),
            field("said", forms.text_of(sheet, "record")),
            field("reason", sheet.said({"propose_refusal"})),
            field("basis", filed.basis),
            field("proposed_by", _name(sheet, filed.proposed_by)),
            field("proposed_at", sheet.at(filed.proposed_at)),
            m.FormField(
                code="approval",
                name=words("field.approval", title=approver),
                value="\n".join(part for part in (because, _name(sheet, filed.decided_by)) if part),
                boxes=decided,
            ),
            field("decided_at", sheet.at(filed.decided_at)),
            field("told", boxes=told),
            *((field("remedies", _remedies(sheet)),) if rules.remedies.value else ()),
            field("returned", boxes=tuple(_box(f"returned.{one}") for one in rules.return_needs.value)),
            field("remarks"),
        ),
        closing=(words("refusal.archived"),) if rules.archived_with_materials.value else (),
        copies=rules.copies.value,
    )


def refusal_notice(sheet: Sheet) -> m.Form:
    """What a citizen is given who is refused: reasons, basis and remedies; never a bare no (R3, R29, R50)."""
    if sheet.policy.refusals.filed.value:
        filed = _filed(sheet)
        if not filed.approved:
            raise Refused("approval_needed", f"the refusal of {sheet.number} is not approved; DecideRefusal first")
        kind, reason, basis, supply = "refused", sheet.said({"propose_refusal"}), filed.basis, ""
    else:
        found = sheet.declined()
        if found is None:
            raise Refused("no_refusal", f"{sheet.number} was not refused; there is nothing to give notice of")
        kind, reason, basis = found.kind, sheet.said({"decline"}), found.basis
        supply = listed(found.supply)
    number = sheet.number
    filed_on = _day(sheet.at(sheet.whole.line.filed_at))
    rules = sheet.policy.refusals
    asks = [_remedies(sheet)] if rules.remedies.value else []
    asks += [words("refusal_notice.returns")] if "id_shown" in rules.return_needs.value else []
    return m.Form(
        case_number=number,
        form="refusal_notice",
        title=words(f"refusal_notice.title.{kind}"),
        number=number,
        opening=(
            _addressed(sheet),
            words(f"refusal_notice.opening.{kind}", day=filed_on, matter=matter(sheet)),
        ),
        fields=tuple(
            field(code, text) for code, text in (("reason", reason), ("basis", basis), ("supply", supply)) if text
        ),
        closing=(*asks, *_where(sheet)),
        signed=(words("signed.citizen"), words("signed.hall")),
    )


def one_time_notice(sheet: Sheet) -> m.Form:
    """一次性告知书: the words of the version that was told, and all that is missing (R52)."""
    told = next((one for one in reversed(sheet.whole.records) if one.kind == "one_time_notice"), None)
    if told is None:
        raise Refused("no_such_form", f"nobody has told what {sheet.number} lacks; send GiveOneTimeNotice first")
    checklist = care.version(sheet.tx, sheet.hall.code, sheet.whole.line.matter, told.version)
    names = {one.code: one.name for one in checklist.materials}
    parts = {one.kind: one.text for one in checklist.parts}
    return m.Form(
        case_number=sheet.number,
        form="one_time_notice",
        title=words("one_time_notice.title"),
        number=sheet.number,
        opening=(words("one_time_notice.opening", version=told.version),),
        fields=(
            *_citizen(sheet),
            field("matter_name", matter(sheet)),
            *(field(kind, parts[kind]) for kind in PARTS if kind in parts),
            field("materials", listed(tuple(names.values()))),
            field("missing", listed(tuple(names.get(one, one) for one in told.items)) or words("missing.none")),
            *(field(kind, parts[kind]) for kind in ("procedure", "time_limit") if kind in parts),
            *((field("refused_because", told.detail),) if told.detail else ()),
            field("told_by", told.who),
            field("told_at", sheet.at(told.at)),
        ),
        closing=(words("one_time_notice.closing"), *_where(sheet)),
        signed=(words("signed.teller"), words("signed.citizen")),
    )


def words(key: str, **values: object) -> str:
    """Read when first needed: a hub that was killed must be back at once."""
    return Words("hub.papers", STAFF)(key, **values)


def _filed(sheet: Sheet) -> Proposed:
    """The newest refusal that was filed for approval. Refuses `no_refusal`."""
    found = refusing.newest(sheet.tx, sheet.hall.code, sheet.number)
    if found is None:
        raise Refused("no_refusal", f"no refusal of {sheet.number} was filed; ProposeRefusal does that where it is due")
    return found


def _citizen(sheet: Sheet) -> tuple[m.FormField, ...]:
    return (field("citizen", sheet.whole.name), field("phone", sheet.whole.phone))


def matter(sheet: Sheet) -> str:
    """What the case is about, by the hall's name for it."""
    return forms.text_of(sheet, "matter_name") or words("matter.other")


def _remedies(sheet: Sheet) -> str:
    """The rights that the document names, in its order; no time limit, for it names none."""
    named = [words(f"remedy.{one}") for one in REMEDIES if one in sheet.policy.refusals.remedies.value]
    return words("remedies", remedies=words("remedies.or").join(named))


def _where(sheet: Sheet) -> tuple[str, ...]:
    """Where to ask, as far as the hall's file says it."""
    return (words("where", phone=sheet.hall.phone),) if sheet.hall.phone else ()


def _addressed(sheet: Sheet) -> str:
    return words("addressed", name=sheet.whole.name or words("addressed.nobody"))


def listed(items: tuple[str, ...]) -> str:
    """One a line, numbered where there are several."""
    return "\n".join(f"{place}. {one}" for place, one in enumerate(items, 1)) if len(items) > 1 else "".join(items)


def _name(sheet: Sheet, staff: str) -> str:
    member = windows.staff_member(sheet.tx, sheet.hall.code, staff) if staff else None
    return member.name if member else staff


def _day(moment: str) -> str:
    year, month, day = moment[:10].split("-")
    return words("day", year=year, month=int(month), day=int(day))


def field(code: str, value: str = "", boxes: tuple[m.FormBox, ...] = ()) -> m.FormField:
    """A field under the template's own label."""
    return m.FormField(code=code, name=words(f"field.{code}"), value=value, boxes=boxes)


def _box(name: str, ticked: bool = False) -> m.FormBox:
    return m.FormBox(name=words(f"box.{name}"), ticked=ticked)
