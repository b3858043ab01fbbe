"""Keeps a board showing what it is given: one write a second at most, answers read, lost boards found again.

A step never waits. Whatever breaks (a cable at any byte, power, an answer that comes garbled), the page is written
anew until the board acknowledges it, and then every few seconds, so that a board that forgot it shows it again.
"""

from __future__ import annotations

import enum
from collections import deque
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from display.led.dialect import Answer, Dialect, Page, Setting
from display.led.line import Connection

WRITE_EVERY_S = 1.0
OPEN_WITHIN_S = 2.0
ANSWER_WITHIN_S = 2.0
"""The vendor's own time-out on serial lines (Onbon, chapter 10.1, CommTimeout)."""
REFRESH_S = 4.0
"""Written anew although nothing changed: a board that lost its power shows again, and one that is gone is noticed."""
ANEW_S = 60.0
"""And so often with all that the board should have kept, in case it lost that without a sign."""
SILENT_AFTER_S = 7.5
"""Without an answer: one refresh and one more try. Staff know within ten seconds."""
TRIES = 3
BACKOFF_FIRST_S, BACKOFF_MOST_S = 1.0, 4.0


class BoardFault(enum.StrEnum):
    """What is wrong with the board, by code."""

    NONE = ""
    SILENT = "board_silent"
    """No connection, or no answer."""
    REFUSES = "board_refuses"
    """It answers with an error that trying again does not mend."""


class PageAsked(Struct, frozen=True):
    """A page that was written and is not answered yet."""

    page: Page


class SettingAsked(Struct, frozen=True):
    """A setting's question, or the change when it `changes`, that is due or not answered yet."""

    setting: Setting
    changes: bool = False
    tries: int = TRIES
    """How often it is still tried."""


class Driver:
    """One board: `show` says what it should show, `step` does what is due.

    `connect` raises OSError when it fails, `settings` are those of the moment in which it is called.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        dialect: Dialect,
        settings: Callable[[], tuple[Setting, ...]] = tuple,
    ) -> None:
        self.fault = BoardFault.NONE
        self.last_error = ""
        """What happened last, for the log; empty while all is well."""
        self._connect, self._dialect, self._settings = connect, dialect, settings
        self._connection: Connection | None = None
        self._open_by_s = 0.0
        self._received = bytearray()
        self._unsent = b""
        self._wanted: Page | None = None
        self._standing: Page | None = None
        """What the board has acknowledged."""
        self._asked: PageAsked | SettingAsked | None = None
        self._due: deque[SettingAsked] = deque()
        self._tries = 0
        self._refused = False
        self._wrote_s = self._page_s = self._anew_s = self._retry_s = float("-inf")
        self._heard_s: float | None = None
        """When the board last answered, or was first expected to."""
        self._backoff_s = BACKOFF_FIRST_S

    def show(self, wanted: Page) -> None:
        """What the board should show from now on; only the newest counts."""
        self._wanted = wanted

    def look_after(self) -> None:
        """Looks whether the board's settings are as they should be now, as is done whenever its line is opened."""
        self._due = deque(SettingAsked(setting=one) for one in self._settings())

    @property
    def stands(self) -> bool:
        """Whether the board has acknowledged what it should show."""
        return self._wanted is not None and self._standing == self._wanted

    def step(self, now_s: float) -> None:
        """Opens, reads and writes what is due; never raises for what a board or its line does."""
        if self._wanted is None:
            return
        if self._heard_s is None:
            self._heard_s = now_s
        try:
            connection = self._opened(now_s)
            if connection is not None:
                self._read(connection, now_s)
                self._write(connection, now_s)
        except (OSError, ValueError) as wrong:  # pyserial's own errors are OSErrors too
            self._lose(now_s, str(wrong))
        if now_s - self._heard_s > SILENT_AFTER_S:
            self.fault = BoardFault.SILENT
        else:
            self.fault = BoardFault.REFUSES if self._refused else BoardFault.NONE

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # --- the line

    def _opened(self, now_s: float) -> Connection | None:
        """The line when it is open."""
        if self._connection is None:
            if now_s < self._retry_s:
                return None
            self._connection = self._connect()
            self._open_by_s = now_s + OPEN_WITHIN_S
            self.look_after()
        if self._connection.ready():
            return self._connection
        if now_s > self._open_by_s:
            raise TimeoutError(f"the board did not take the connection within {OPEN_WITHIN_S:g} s")
        return None

    def _lose(self, now_s: float, why: str) -> None:
        self.last_error = why
        self.close()
        self._received.clear()
        self._unsent, self._standing, self._asked, self._tries = b"", None, None, 0
        self._retry_s = now_s + self._backoff_s
        self._backoff_s = min(self._backoff_s * 2, BACKOFF_MOST_S)

    # --- answers

    def _read(self, connection: Connection, now_s: float) -> None:
        self._received += connection.read()
        for answer in self._dialect.answers(self._received):
            if answer.kind != "noise":
                self._heard_s = now_s
                self._backoff_s = BACKOFF_FIRST_S
            asked, self._asked = self._asked, None
            if asked is not None:
                self._answered(asked, answer)
        if self._unsent and now_s - self._wrote_s > ANSWER_WITHIN_S:
            raise TimeoutError("the line did not take a whole write")
        if self._asked is not None and now_s - self._wrote_s > ANSWER_WITHIN_S:
            asked, self._asked, self._standing = self._asked, None, None
            self.last_error = "the board did not answer"
            if isinstance(asked, SettingAsked):
                self._again(asked)
            if self._tries >= TRIES:
                raise TimeoutError(f"the board did not answer {TRIES} writes")

    def _answered(self, asked: PageAsked | SettingAsked, answer: Answer) -> None:
        if answer.kind == "ok":
            self._tries = 0
            self.last_error = ""
        else:
            self.last_error = answer.why
        if isinstance(asked, SettingAsked):
            self._heard_of(asked, answer)
        elif answer.kind == "ok":
            self._standing, self._refused = asked.page, False
        else:
            self._standing = None
            self._refused = answer.kind == "refused" or self._tries >= TRIES

    def _heard_of(self, asked: SettingAsked, answer: Answer) -> None:
        if answer.kind in ("busy", "garbled", "noise"):
            self._again(asked)
        elif not asked.changes and not (answer.kind == "ok" and asked.setting.is_right(answer.data)):
            self._due.appendleft(SettingAsked(setting=asked.setting, changes=True))

    def _again(self, asked: SettingAsked) -> None:
        """A setting is tried a few times; a board that never says how it is set is told without having said."""
        if asked.tries > 1:
            self._due.appendleft(replace(asked, tries=asked.tries - 1))
        elif not asked.changes:
            self._due.appendleft(SettingAsked(setting=asked.setting, changes=True))

    # --- writes

    def _write(self, connection: Connection, now_s: float) -> None:
        if not self._unsent and self._asked is None and now_s - self._wrote_s >= WRITE_EVERY_S:
            self._unsent = self._next(now_s)
        if self._unsent:
            self._unsent = self._unsent[connection.write(self._unsent) :]

    def _next(self, now_s: float) -> bytes:
        """The bytes that are due: first what is seen, then what the board keeps by itself."""
        wanted = self._wanted
        if wanted is not None and (wanted != self._standing or now_s - self._page_s >= REFRESH_S):
            anew = self._standing is None or now_s - self._anew_s >= ANEW_S
            self._anew_s = now_s if anew else self._anew_s
            self._asked, self._page_s = PageAsked(page=wanted), now_s
            data = self._dialect.page(wanted, anew=anew)
        elif self._due:
            self._asked = due = self._due.popleft()
            data = due.setting.change if due.changes else due.setting.question
        else:
            return b""
        self._wrote_s = now_s
        self._tries += 1
        return data
