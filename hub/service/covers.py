"""案卷封面 (R40): what lies in the folder, kept for how long; on a 投诉's without either side's name (R11, R13)."""

from __future__ import annotations

from collections import Counter

from hub.domain import posts
from hub.domain.facts import StatementRecorded
from hub.service import forms
from hub.service.forms import ANSWERS, Sheet
from hub.service.own_templates import field, listed, matter, words
from hub.wire import messages as m


def cover(sheet: Sheet) -> m.Form:
    """The cover of a case's folder, or of a 投诉's."""
    return _of_grievance(sheet) if sheet.whole.line.kind == "grievance" else _of_case(sheet)


def _of_case(sheet: Sheet) -> m.Form:
    holds = [words(f"holds.{one}") for one in sheet.policy.archive.holds.value]
    papers = [words("cover.paper", kind=words(f"paper.{one.kind}"), name=one.name) for one in sheet.whole.attachments]
    return _cover(
        sheet,
        "cover.title",
        field("matter_name", matter(sheet)),
        field("name", sheet.whole.name),
        *_own(sheet, "class", "received_at", "closed_at", "department", "received_by"),
        *_kept(sheet, sheet.policy.archive.keep_y["case"].value, (*holds, *papers)),
    )


def _of_grievance(sheet: Sheet) -> m.Form:
    """It stands on a shelf where anybody reads it: so neither who complains nor about whom, and of what was handed in
    how much there is, for its names may say it."""
    about, line, complaints = sheet.whole.grievance, sheet.whole.line, sheet.policy.complaints
    assert about is not None, "a 投诉 has what it says"
    grounds = {one.code: one.name for one in complaints.grounds.value}
    follower = posts.title(sheet.policy, complaints.followed_by.value)
    note = words("cover.grievance.unnamed")
    note += "" if complaints.respondent_may_handle.value else words("cover.grievance.kept_out")
    note += words("cover.grievance.signed", title=follower) if line.confidential else ""
    return _cover(
        sheet,
        "cover.grievance.title",
        field("ground", grounds.get(about.ground, about.ground)),
        *_own(sheet, "received_at", "closed_at", "received_by"),
        *_kept(sheet, sheet.policy.archive.keep_y["complaint"].value, tuple(_of_its_papers(sheet))),
        remarks=note,
    )


def _of_its_papers(sheet: Sheet) -> list[str]:
    """What there is of a 投诉, as far as it came: its record, what was found, what the respondent said, the answer."""
    moves = {one.move for one in sheet.whole.steps}
    said = any(isinstance(one, StatementRecorded) for one in sheet.facts())
    there = {"record": True, "finding": "triage" in moves, "statement": said, "answer": bool(moves & ANSWERS)}
    handed_in = Counter(one.kind for one in sheet.whole.attachments)
    return [
        *(words(f"cover.grievance.{part}") for part, is_there in there.items() if is_there),
        *(words("cover.grievance.papers", kind=words(f"paper.{kind}"), n=n) for kind, n in handed_in.items()),
    ]


def _own(sheet: Sheet, *codes: str) -> tuple[m.FormField, ...]:
    """Fields that the hall's own papers have too."""
    return tuple(field(code, forms.text_of(sheet, code)) for code in codes)


def _kept(sheet: Sheet, years: int, contents: tuple[str, ...]) -> tuple[m.FormField, ...]:
    archived = next((one for one in reversed(sheet.whole.steps) if one.move == "archive"), None)
    return (
        field("archived_at", sheet.at(archived.at if archived else None)),
        field("keep", words("cover.keep", n=years)),
        field("contents", listed(contents)),
    )


def _cover(sheet: Sheet, title: str, *fields: m.FormField, remarks: str = "") -> m.Form:
    return m.Form(
        case_number=sheet.number,
        form="cover",
        title=words(title),
        number=sheet.number,
        fields=(*fields, field("remarks", remarks)),
        signed=(words("signed.filer"), words("signed.checker")),
    )
