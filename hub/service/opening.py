"""Opens the books: what the hub must know before its first round, read from the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import structlog

from hub.domain import counters
from hub.domain.hall import Database, Terminal
from hub.errors import HubError
from hub.service import calendars, line_rules
from hub.service.books import Books
from hub.store import (
    additions,
    commands,
    duties,
    feed,
    notices,
    policies,
    recounting,
    tickets,
    views,
    wall_counts,
    windows,
)
from hub.store.enrolment import enrolled_terminals
from hub.store.transaction import Transaction, one_transaction
from hub.wire.messages import Snapshot
from hub.wire.picture import CASES_SHOWN

log = structlog.get_logger()


class NoSuchHall(HubError):
    """The database was made for another hall, or for none."""

    code = "no_such_hall"


@dataclass(frozen=True)
class Opened:
    """What else a hub needs to know when it comes on duty: who may connect, who is logged in, which term this is."""

    enrolled: dict[bytes, Terminal]
    logins: dict[str, str]
    term: int


def take_duty(tx: Transaction, books: Books, hub: str, at: dt.datetime) -> Opened:
    """Opens the books and writes which hub is on duty from now on."""
    open_books(tx, books, at)
    code = books.hall.code
    if kinds := counters.wanting(books.hall, books.policy):
        log.warning("counters.wanting", kinds=", ".join(kinds), document=books.policy.name)
    return Opened(enrolled_terminals(tx, books.hall), windows.logins(tx, code), duties.take(tx, code, hub))


def rehearse(database: Database, books: Books, hub: str, at: dt.datetime) -> dict[bytes, Terminal]:
    """Does the same and takes it back; who may connect."""
    with one_transaction(database) as tx:
        opened = take_duty(tx, books, hub, at)
        tx.rollback()
    return opened.enrolled


def open_books(tx: Transaction, books: Books, at: dt.datetime) -> None:
    """Fills the books; keeps the policy's version. Raises `NoSuchHall`, `PolicyChanged`."""
    code = books.hall.code
    state = feed.state(tx, code)
    if state is None:
        raise NoSuchHall(f"the database has no hall {code}; was hall.toml's code changed after bancheng init?")
    policies.keep(tx, code, books.policy)
    edition = calendars.open_calendar(tx, books, at)
    books.turn_to(edition, recounts=recounting.is_behind(tx, code, edition.version))
    day = state.business_date
    books.counters = additions.counters(tx, code, day)
    books.next_notice = notices.newest_id(tx, code) + 1
    books.audit_ordinal, books.audit_hash = commands.audit_tail(tx, code)
    forget_strangers(tx, books)
    books.forget_recent()
    books.picture.take(
        Snapshot(
            epoch=state.epoch,
            seq=state.seq,
            at=at,
            business_date=day,
            tickets=tuple(tickets.of_day(tx, code, day)),
            windows=tuple(windows.all_windows(tx, code)),
            cases=tuple(views.public_cases(tx, code, CASES_SHOWN)),
            counts=wall_counts.counts(tx, code, day, books.zone),
            bulletin=state.bulletin,
        )
    )
    books.note_kept()
    line_rules.note_change(tx, books, at)


def forget_strangers(tx: Transaction, books: Books) -> None:
    """Ends logins at terminals, and closes windows, that the hall's file no longer lists."""
    code, hall = books.hall.code, books.hall
    terminals = {one.name for one in hall.terminals}
    for name in windows.logins(tx, code):
        if name not in terminals:
            windows.unbind(tx, code, name)
    numbers = {one.number for one in hall.windows}
    for view in windows.all_windows(tx, code):
        if view.number not in numbers:
            windows.remove(tx, code, view.number)
