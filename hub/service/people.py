"""Staff at their terminals: a login is bound to the terminal's key and ends when it is idle."""

from __future__ import annotations

from dataclasses import dataclass

from hub.errors import Refused
from hub.service import notices, posts, queue
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import windows
from hub.store.transaction import Transaction
from hub.store.windows import StaffMember
from hub.wire import messages as m

MOST_TROUBLES = 16
"""Troubles that one health report may name; a terminal has fewer parts that can break."""


@dataclass(frozen=True)
class PinVerified:
    """A login whose PIN was right; made by the hub after its worker checked the hash, never sent by a terminal."""

    member: StaffMember


def log_in(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: PinVerified) -> Decision:
    """Binds the login and opens the terminal's window; refuses `wrong_role` for another department's terminal."""
    member, terminal = wanted.member, asked.actor.terminal
    if member.role != terminal.role or member.department not in ("", terminal.department):
        raise Refused("wrong_role", f"{member.staff} does not work at a {terminal.role} terminal like {terminal.name}")
    windows.bind(tx, books.hall.code, terminal.name, member.staff, asked.at)
    opened = queue.open_window(tx, books, asked, terminal.window, None) if terminal.window else []
    held = posts.told(tx, books, member.staff, books.local_date(asked.at))
    answer = m.LoggedIn(staff=member.staff, name=member.name, role=terminal.role, posts=held)
    return Decision(answer, opened, f"staff-{member.staff}")


def log_out(tx: Transaction, books: Books, _draft: Draft, asked: Asked, _wanted: m.LogOut) -> Decision:
    """Ends the login and closes the window; nobody logged in is no mistake."""
    terminal = asked.actor.terminal
    windows.unbind(tx, books.hall.code, terminal.name)
    closed = queue.open_window(tx, books, asked, terminal.window, "closed") if terminal.window else []
    return Decision(m.Done(), closed, f"staff-{asked.actor.staff}")


def post_bulletin(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.PostBulletin) -> Decision:
    """Puts the hall's notice on wall and board."""
    if len(told.text) > 500:
        raise Refused("too_long", "a bulletin has at most 500 characters")
    windows.save_bulletin(tx, books.hall.code, told.text)
    return Decision(m.Done(), [m.BulletinPosted(text=told.text)], "bulletin")


def report_health(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ReportHealth) -> Decision:
    """Troubles that a terminal has and had not before become notices."""
    if len(told.troubles) > MOST_TROUBLES or not all(notices.is_detail(one) for one in told.troubles):
        raise Refused("bad_detail", f"at most {MOST_TROUBLES} troubles, each a code of small letters such as paper_out")
    subject = asked.actor.terminal.name
    events: list[m.Event] = []
    for detail in told.troubles:
        events += notices.trouble(tx, books, draft, asked.at, kind="terminal_trouble", subject=subject, detail=detail)
    return Decision(m.Done(), events, subject)
