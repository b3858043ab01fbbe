"""Finding out which card answers on a line, and what it says of itself."""

from __future__ import annotations

import datetime as dt
import select
import time
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from display.led.dialect import Answer, Dialect
from display.led.dialects import dialect_of
from display.led.line import Connection
from hub.domain.hall import Board

LOOK_EVERY_S = 0.01
BAUDS = {"onbon-bx6k": (57600, 9600), "onbon-bx5k": (57600, 9600), "lumen-cpower": (115200, 57600, 38400, 19200, 9600)}
"""As the vendors' documents name them, the one from the factory first."""


class Found(Struct, frozen=True):
    """A board that answered; `settings` says by name whether clock and brightness are as they should be."""

    board: Board
    introduction: str
    settings: dict[str, bool]


def candidates(board: Board, *, any_protocol: bool, any_baud: bool) -> Iterator[Board]:
    """The board as it may be: every protocol and rate that is not known, the likeliest first."""
    for protocol in ("onbon-bx6k", "lumen-cpower") if any_protocol else (board.protocol,):
        for baud in BAUDS[protocol] if any_baud and board.url.startswith("/") else (board.baud,):
            yield replace(board, protocol=protocol, baud=baud)


def probe(
    board: Board, connect: Callable[[Board], Connection], now: dt.datetime, answer_s: float = 2.0
) -> Found | None:
    """Says hello and asks for the settings; `None` when nobody answers in this protocol. Shows and changes nothing.

    Raises OSError or ValueError when the line cannot be opened.
    """
    line, dialect = connect(board), dialect_of(board)
    try:
        hello = ask(line, dialect, dialect.hello, answer_s)
        if hello is None:
            return None
        settings = {}
        for setting in dialect.settings(now, board.brightness):
            told = ask(line, dialect, setting.question, answer_s)
            settings[setting.name] = told is not None and told.kind == "ok" and setting.is_right(told.data)
        return Found(board=board, introduction=dialect.introduction(hello), settings=settings)
    finally:
        line.close()


def ask(line: Connection, dialect: Dialect, question: bytes, answer_s: float) -> Answer | None:
    """The answer, or `None` when none comes in time; noise is none. Raises OSError when the line breaks."""
    received, ends = bytearray(), time.monotonic() + answer_s
    while time.monotonic() < ends:
        if line.ready():
            question = question[line.write(question) :] if question else b""
            received += line.read()
            for answer in dialect.answers(received):
                if answer.kind != "noise":
                    return answer
        select.select([], [], [], LOOK_EVERY_S)
    return None
