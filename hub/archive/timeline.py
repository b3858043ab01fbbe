"""The page of a bundle that people open: cover, contents, what the document wants kept, and what happened, in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hub.archive.bundle import Part
from hub.archive.papers import TEMPLATES, style
from hub.domain import posts
from hub.domain.errors import UnknownCode
from hub.domain.policy import Policy
from hub.domain.words import STAFF, Words
from hub.service.books import Books
from hub.wire import messages as m

if TYPE_CHECKING:
    from hub.archive.dossier import Laid

SAID = ("finding", "question", "text", "minutes", "decision", "reason", "reasons", "evidence", "basis", "supply")
"""Fields of a fact that are read on the page; the rest stands in `events.json`."""


@dataclass(frozen=True)
class Told:
    """A case as it is told; `closed` in the hall's own time."""

    books: Books
    policy: Policy
    words: Words
    whole: m.CaseDetail
    laid: list[Laid]
    holds: dict[str, tuple[str, ...]]
    closed: dt.datetime


def page(told: Told, parts: tuple[Part, ...]) -> bytes:
    """A page that stands alone: no script, no picture, nothing fetched."""
    kept = Words("hub", STAFF)
    made = TEMPLATES.get_template("index.html").render(
        w=told.words,
        hall=told.books.hall.name,
        number=told.whole.line.case_number,
        cover=_cover(told),
        parts=parts,
        holds=[(kept(f"policy.is.{code}"), names) for code, names in told.holds.items()],
        happened=sorted([*_steps(told), *_facts(told), *_records(told)], key=lambda one: one[0]),
        text=told.whole.text,
        style=style(),
    )
    return made.encode()


def _cover(told: Told) -> list[tuple[str, str]]:
    w, whole, line = told.words, told.whole, told.whole.line
    rated = {one.code: one.name for one in told.policy.rating.levels.value}
    last = whole.ratings[-1].level if whole.ratings else ""
    said = [
        ("kind", w(f"kind.{line.kind}")),
        ("matter", _named(lambda: told.books.hall.matter(line.matter).name)),
        ("name", whole.name),
        ("phone", whole.phone),
        ("filed", _moment(told, line.filed_at)),
        ("closed", f"{told.closed:%Y-%m-%d %H:%M}"),
        ("class", _named(lambda: told.policy.case_class(line.case_class).name)),
        ("department", _named(lambda: told.books.hall.department(line.department).name)),
        ("owner", line.owner),
        ("due", f"{line.due.date}"),
        ("rated", rated.get(last, last)),
        ("secrecy", w("secrecy.asked") if line.confidential else w("secrecy.none")),
        ("document", told.policy.name),
        (
            "kept",
            w("kept.years", years=told.policy.archive.keep_y["case" if line.kind == "matter" else "complaint"].value),
        ),
    ]
    return [(w(f"cover.{code}"), value or w("none")) for code, value in said]


Line = tuple[str, str, str, str]
"""When, what, who, and what was said."""


def _steps(told: Told) -> list[Line]:
    return [
        (_moment(told, one.at), told.words(f"step.{one.move}"), one.who, _said(told, one)) for one in told.whole.steps
    ]


def _said(told: Told, step: m.Step) -> str:
    """A step's words; being told begins with the medium, and filing with since when they came, which the data has."""
    if step.move == "tell" and step.text:
        medium, _, said = step.text.partition(": ")
        return "\n".join(part for part in (told.words(f"medium.{medium}"), said) if part)
    return step.text if step.move != "file" else ""


def _facts(told: Told) -> list[Line]:
    found = []
    for one in told.laid:
        role = str(one.fields.get("role", "") or one.fields.get("approver", ""))
        title = posts.title(told.policy, role) if role else ""
        said = "\n".join(_plain(one.fields[name]) for name in SAID if one.fields.get(name))
        found.append((_moment(told, one.at), told.words(f"fact.{one.kind}", title=title).strip(), one.name, said))
    return found


def _records(told: Told) -> list[Line]:
    return [
        (_moment(told, one.at), told.words(f"record.{one.kind}"), one.who, "\n".join((*one.items, one.detail)).strip())
        for one in told.whole.records
    ]


def _plain(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _moment(told: Told, at: dt.datetime) -> str:
    return f"{told.books.local(at):%Y-%m-%d %H:%M}"


def _named(name: Any) -> str:
    """A name; nothing for a code that the hall's file and policy have no more."""
    try:
        return str(name())
    except UnknownCode:
        return ""
