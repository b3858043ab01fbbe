"""What goes into a case's bundle, read in one transaction: papers, events, approvals, the chain, attachments (R40)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from hub.archive import bundle, papers, timeline
from hub.archive.bundle import Index
from hub.domain.attachment import chunk_count
from hub.domain.facts import ExtensionAsked, ExtensionGranted, ExtensionRefused, Instructed, LookedAt, MeetingHeld
from hub.domain.words import STAFF, Words
from hub.errors import HubError
from hub.service import case_file
from hub.service.books import Books
from hub.service.handlers import NOT_REMEMBERED
from hub.store import attachments, cases, closing, commands, facts, refusing, views
from hub.store.transaction import Transaction
from hub.wire import messages as m

LOOKS = frozenset(kind.__name__ for kind in NOT_REMEMBERED) | {m.ExportCase.__name__, m.AcknowledgeNotice.__name__}
"""Links of the chain that changed nothing of a case: looks and exports go on after it is closed."""
APPROVALS = (ExtensionAsked, ExtensionGranted, ExtensionRefused, Instructed, LookedAt, MeetingHeld)
FEEDBACK = frozenset({"answer_on_the_spot", "reply", "refer_out", "decline", "tell", "follow_up", "rate", "send_back"})


class NotArchived(HubError):
    """A case that is not closed, or none at all; the text says which and what to do."""

    code = "not_archived"


class Laid(msgspec.Struct, frozen=True):
    """A fact as it stands in the bundle."""

    at: dt.datetime
    staff: str
    name: str
    kind: str
    fields: dict[str, Any]


class Dossier(msgspec.Struct, frozen=True):
    """A bundle that is still to be packed."""

    index: Index
    contents: dict[str, bytes]


def gather(tx: Transaction, books: Books, number: str) -> Dossier:
    """Everything that the database has of an archived case; raises `NotArchived`."""
    hall, sealer = books.hall.code, books.sealer
    found = cases.find(tx, hall, number)
    if found is None:
        raise NotArchived(f"there is no case {number} in {books.hall.name}; is the number complete?")
    closed_at = closing.newest_step(tx, hall, found.number, "archive")
    if found.stage != "archived" or closed_at is None:
        raise NotArchived(f"{found.number} is {found.stage}: archive it at the counter first (归档)")
    whole = views.detail(tx, hall, sealer, found.number)
    assert whole is not None, "it was found a moment ago"
    policy, words = case_file.policy_of(tx, books, found), Words("hub.archive", STAFF)
    laid = [_laid(one) for one in facts.of_case(tx, hall, sealer, found.number)]
    refusals = refusing.of_case(tx, hall, found.number)
    ratings = tuple(m.CaseRating(at=one.at, level=one.level) for one in closing.ratings(tx, hall, found.number))
    whole = msgspec.structs.replace(whole, ratings=ratings)
    orders = cases.work_orders(tx, hall, found.number)
    approvals = [one for one in laid if one.kind in {kind.__name__ for kind in APPROVALS}]

    made: dict[str, tuple[str, bytes]] = {}

    def put(name: str, title: str, content: bytes) -> str:
        made[name] = (title, content)
        return name

    case = put("case.json", words("part.case"), _json(whole))
    events = put("events.json", words("part.events"), _json({"steps": whole.steps, "facts": laid, "orders": orders}))
    decided = put("approvals.json", words("part.approvals"), _json({"facts": approvals, "refusals": refusals}))
    links = commands.links_about(tx, hall, found.number, without=LOOKS)
    put("chain.json", words("part.chain"), _json([{**vars(one), "hash": digest.hex()} for one, digest in links]))
    filled = papers.filled(tx, books, policy, found, whole)
    for one in filled:
        put(one.name, one.title, one.content)
    for at, paper in enumerate(whole.attachments, 1):
        title = words("part.attachment", kind=words(f"attachment.{paper.kind}"), name=paper.name)
        put(f"attachments/{at:02}.{paper.media_type}", title, _content(tx, books, paper))

    by_code = {one.code: (one.name,) for one in filled}
    moves, kinds = {one.move for one in whole.steps}, {one.kind for one in laid}
    there = {
        "ledger": by_code.get("ledger", (case,)),
        "registration": by_code.get("registration", (case,)),
        "transfers": by_code.get("transfer", (events,) if orders else ()),
        "leader_notes": (decided,) if kinds & {"Instructed", "LookedAt"} else (events,) if "note" in moves else (),
        "feedback": (events,) if moves & FEEDBACK else (),
        "minutes": (decided,) if "MeetingHeld" in kinds else (),
        "refusal_forms": by_code.get("refusal", (decided,)) if refusals else (),
    }
    holds: dict[str, tuple[str, ...]] = {code: there.get(code, ()) for code in policy.archive.holds.value}
    local = books.local(closed_at)
    told = timeline.Told(books, policy, words, whole, laid, holds, local)
    listed = tuple(bundle.part(name, title, content) for name, (title, content) in made.items())
    put("index.html", words("part.index"), timeline.page(told, listed))
    return Dossier(
        Index(
            format=bundle.FORMAT,
            hall=hall,
            hall_name=books.hall.name,
            case_number=found.number,
            policy=found.policy_code,
            policy_version=found.policy_version,
            closed_at=local,
            holds=holds,
            parts=tuple(bundle.part(name, title, content) for name, (title, content) in sorted(made.items())),
        ),
        {name: content for name, (_, content) in made.items()},
    )


def _laid(kept: facts.Kept) -> Laid:
    return Laid(kept.at, kept.staff, kept.name, type(kept.fact).__name__, msgspec.structs.asdict(kept.fact))


def _content(tx: Transaction, books: Books, paper: m.AttachmentView) -> bytes:
    chunks = []
    for ordinal in range(chunk_count(paper.size_bytes)):
        chunk = attachments.open_chunk(tx, books.hall.code, books.sealer, paper.attachment_id, ordinal)
        assert chunk is not None, "a finished attachment has all its chunks"
        chunks.append(chunk)
    return b"".join(chunks)


def _json(told: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(told, order="deterministic"), indent=2) + b"\n"
