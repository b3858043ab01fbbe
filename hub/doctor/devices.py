"""The devices of a terminal. Each is asked in its own language; one that a running program holds is left alone."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from display.led.dialects import dialect_of
from display.led.line import connect
from display.led.probe import ask
from hub.doctor.checks import Check, broken, warns, well
from hub.domain import pads
from hub.domain.hall import Board, Terminal
from hub.domain.policy import Policy
from hub.domain.printer import Printer
from printers.connection import Connection, connector, open_line
from printers.conversation import Conversation, Patience
from printers.errors import ConnectionLost, NotReady

ANSWER_S = 3.0


def is_held(spool: Path) -> bool:
    """Whether a running program has this spool, and with it the printer: a second voice would take its answers."""
    if not spool.exists():
        return False
    try:
        database = sqlite3.connect(f"file:{quote(str(spool))}?mode=ro", uri=True, timeout=0)
        try:
            database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        finally:
            database.close()
    except sqlite3.OperationalError as wrong:
        return wrong.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return False


def printer(one: Printer, terminal: Terminal, spool: Path, *, own: bool) -> Iterator[Check]:
    """`own`: its cable has to be in this machine; else it may be in another, and is only a word of warning."""
    name = f"printer {one.name} of {terminal.name}"
    if is_held(spool):
        yield well(name, f"in use by {terminal.name}, which reports its troubles to the hub")
        return
    if away := _away(name, one.url, terminal, own=own):
        yield away
        return
    talk = Conversation(connector(one), Patience(answer_s=1.0), threading.Event())
    try:
        talk.look()
    except (NotReady, ConnectionLost) as wrong:
        what, _, remedy = str(wrong).partition("; ")
        yield broken(name, what, remedy or "look at its power and cable")
        return
    finally:
        talk.close()
    if talk.condition == "paper_near_end":
        yield warns(name, "ready, but its paper is near the end", "have a new roll at hand")
    else:
        yield well(name, "ready, with paper, its cover closed")


def line(what: str, url: str, baud: int, terminal: Terminal, *, own: bool) -> Iterator[Check]:
    """A scanner's or a pad's line: they say nothing until somebody uses them."""
    name = f"{what} of {terminal.name}"
    if away := _away(name, url, terminal, own=own):
        yield away
        return
    opened = _opened(name, url, baud)
    if isinstance(opened, Check):
        yield opened
    else:
        opened.close()
        yield well(name, f"its line at {url} opens; what it sends, only a code or a press shows")


def pad_levels(terminal: Terminal, policy: Policy) -> Iterator[Check]:
    """Whether every key means a level that the hall's policy has."""
    if terminal.pad is None or not (unknown := pads.unknown_levels(terminal.pad, policy)):
        return
    known = ", ".join(one.code for one in policy.rating.levels.value)
    yield broken(
        f"rating pad of {terminal.name}",
        f"pad.presses means {', '.join(unknown)}, which {policy.name} has not",
        f"mend it in hall.toml; there are {known}",
    )


def board(one: Board, terminal: Terminal, *, own: bool) -> Iterator[Check]:
    """Says hello to the board, and shows nothing on it."""
    name = f"LED board {one.name} of {terminal.name}"
    if away := _away(name, one.url, terminal, own=own):
        yield away
        return
    try:
        opened = connect(one)
    except (OSError, ValueError) as wrong:
        yield _shut(name, one.url, wrong)
        return
    dialect = dialect_of(one)
    try:
        answered, why = ask(opened, dialect, dialect.hello, ANSWER_S), "no answer"
    except OSError as wrong:
        answered, why = None, f"{one.url} cannot be opened ({wrong})"
    finally:
        opened.close()
    if answered is not None:
        yield well(name, "answers")
    else:
        yield broken(name, why, "look at its power and cable, and at url, baud and protocol in hall.toml")


def _opened(name: str, url: str, baud: int) -> Connection | Check:
    try:
        return open_line(url, baud)
    except (OSError, ValueError) as wrong:
        return _shut(name, url, wrong)


def _shut(name: str, url: str, wrong: Exception) -> Check:
    if getattr(wrong, "errno", None) in (errno.EAGAIN, errno.EBUSY):
        return well(name, "in use by a running program, which reports its troubles to the hub")
    return broken(name, f"{url} cannot be opened ({wrong})", _remedy(url))


def _away(name: str, url: str, terminal: Terminal, *, own: bool) -> Check | None:
    """A device path that is not on this machine."""
    if not url.startswith("/") or os.path.exists(url):
        return None
    if own:
        return broken(name, f"{url} is not there", _remedy(url))
    return warns(
        name,
        f"{url} is not on this machine",
        f"on the machine of {terminal.name}: bancheng doctor --terminal {terminal.name}",
    )


def _remedy(url: str) -> str:
    if not url.startswith("/"):
        return "look at its power, its network cable, and the address in hall.toml"
    if os.path.exists(url) and not os.access(url, os.R_OK | os.W_OK):
        return "this user may not open it: usermod -aG dialout USER, then log in anew"
    return "plug it in; ls -l /dev/serial/by-id shows what is there, and hall.toml has to name that"
