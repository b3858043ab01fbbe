"""The emulated printer without clock and socket: its line, its works, and everything that may go wrong with either.

`printers.emulator` puts it behind TCP or a pty; a test may hold one in its hand, give it bytes and let time pass.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from printers.paper import ANSWERS, Charset, Mechanics

COMMANDS = (
    "paper out",
    "paper in",
    "paper left ROWS",
    "near end",
    "cover open",
    "cover closed",
    "knife sticks",
    "knife free",
    "head hot",
    "head cool",
    "tear",
    "power off",
    "power on",
    "power cycle",
    "drop connection",
    "silent on|off",
    "nonsense on|off",
    "half on|off",
    "answers held",
    "answers released",
    "say HEX",
    "speed ROWS_PER_S",
    "after BYTES COMMAND",
    "status",
)
"""What `obey` understands; `after` counts from the bytes received so far, and is obeyed exactly there."""

_DLE_EOT = re.compile(rb"\x10\x04([\x01-\x04])")
_DLE_ENQ = re.compile(rb"\x10\x05([\x01\x02])")
_NONSENSE = (0x80, 0x93, 0xA5, 0xC1, 0xFF)
AT_ONCE_ROWS = 10**9


class UnknownCommand(ValueError):
    """A control line that means nothing; the text says which."""


class Machine:
    """One printer. `rows_per_s` 0 prints at once."""

    def __init__(
        self,
        out: Path,
        width_dots: int,
        *,
        rows_per_s: float = 0.0,
        knife: bool = True,
        charset: Charset = "gb18030",
        answers: frozenset[str] = ANSWERS,
    ) -> None:
        self.works = Mechanics(out, width_dots, self._answer, knife=knife, charset=charset, answers=answers)
        self.rows_per_s = rows_per_s
        self.received = 0
        self.on = True
        self._send: Callable[[bytes], None] | None = None
        self._drop: Callable[[], None] = lambda: None
        self._tail = b""
        self._owed_rows = 0.0
        self._due: list[tuple[int, str]] = []
        self._nonsense = self._silent = self._half = self._held = False
        self._kept: list[bytes] = []

    # --- the line

    def connect(self, send: Callable[[bytes], None], drop: Callable[[], None]) -> None:
        """A host is there; an older connection is dropped, for a printer serves one. Switched off it serves none."""
        self.drop()
        if self.on:
            self._send, self._drop, self._tail = send, drop, b""
        else:
            drop()

    def disconnect(self, send: Callable[[bytes], None]) -> None:
        if self.serves(send):
            self._send = None

    def serves(self, send: Callable[[bytes], None]) -> bool:
        """Whether this connection still stands."""
        return self._send is send

    def drop(self) -> None:
        """Breaks the line, as a cable does that is pulled out."""
        if self._send is not None:
            self._send = None
            self._drop()

    def receive(self, data: bytes) -> None:
        """Takes bytes from the line; what is due at one of them happens between it and the next."""
        line = self._send
        while data and self.serves_still(line):
            next_due = min((at for at, _ in self._due), default=self.received + len(data))
            piece, data = data[: next_due - self.received], data[next_due - self.received :]
            self._take(piece)
            self._obey_due()

    def serves_still(self, line: Callable[[bytes], None] | None) -> bool:
        return self.on and line is not None and self._send is line

    def _take(self, data: bytes) -> None:
        """Obeys real-time requests at once, wherever they stand, and queues the bytes."""
        self.received += len(data)
        seen = self._tail + data
        for _ in _DLE_ENQ.finditer(seen):
            self.works.forget_buffer()
        for asked in _DLE_EOT.finditer(seen):
            self._answer(self.works.sensors.real_time(asked[1][0]))
        self._tail = seen[-2:]
        self.works.take(data)
        if not self.rows_per_s:
            self.step(0.0)

    def _answer(self, data: bytes) -> None:
        """What the printer says, or what the line makes of it."""
        if self._silent or self._send is None:
            return
        if self._nonsense:
            data = bytes(random.choice(_NONSENSE) for _ in range(len(data) + 2))  # noqa: S311 - need not be secret
        if self._half:
            data = data[: len(data) // 2]
        if self._held:
            self._kept.append(data)
        else:
            self._send(data)

    # --- the works

    def step(self, elapsed_s: float) -> None:
        """Prints what a printer prints in that time, and says what has changed about it."""
        if not self.on:
            return
        said = self.works.sensors.status_block()
        owed = self._owed_rows + self.rows_per_s * elapsed_s if self.rows_per_s else AT_ONCE_ROWS
        self.works.work(int(owed))
        self._owed_rows = owed - int(owed)
        self._announce_unless(said)

    def _announce_unless(self, said: bytes) -> None:
        block = self.works.sensors.status_block()
        if self.works.automatic_status and block != said:
            self._answer(block)

    # --- what may happen

    def obey(self, line: str) -> None:
        """One of `COMMANDS`; raises `UnknownCommand`."""
        said = self.works.sensors.status_block()
        try:
            known = self._obey_paper(line.split()) or self._obey_line(line.split())
        except ValueError as wrong:
            raise UnknownCommand(f"{line!r}: {wrong}") from wrong
        if not known:
            raise UnknownCommand(f"unknown command {line!r}; known are: {', '.join(COMMANDS)}")
        self._announce_unless(said)
        if not self.rows_per_s:
            self.step(0.0)

    def _obey_paper(self, words: list[str]) -> bool:
        """Faults of paper, cover, knife and head, and their remedies; whether it was one."""
        works, sensors, roll = self.works, self.works.sensors, self.works.roll
        match words:
            case ["paper", "out"]:
                roll.end()
            case ["paper", "in"]:
                roll.renew()
            case ["paper", "left", rows]:
                roll.rows_left = int(rows)
            case ["near", "end"]:
                roll.near_end = True
            case ["cover", ("open" | "closed") as cover]:
                sensors.cover_open = cover == "open"
            case ["knife", "sticks"]:
                works.knife_sticks = True
            case ["knife", "free"]:
                works.free_knife()
            case ["head", ("hot" | "cool") as head]:
                sensors.hot = head == "hot"
            case ["tear"]:
                roll.tear()
            case _:
                return False
        return True

    def _obey_line(self, words: list[str]) -> bool:
        """Faults of power and line; whether it was one."""
        match words:
            case ["power", ("off" | "on" | "cycle") as power]:
                self._power(power)
            case ["drop", "connection"]:
                self.drop()
            case ["silent", ("on" | "off") as switch]:
                self._silent = switch == "on"
            case ["nonsense", ("on" | "off") as switch]:
                self._nonsense = switch == "on"
            case ["half", ("on" | "off") as switch]:
                self._half = switch == "on"
            case ["answers", "held"]:
                self._held = True
            case ["answers", "released"]:
                self._release()
            case ["say", said] if self._send is not None:
                self._send(bytes.fromhex(said))
            case ["say", said]:
                bytes.fromhex(said)  # nobody is there to hear it
            case ["speed", rows]:
                self.rows_per_s = float(rows)
            case ["after", count, *command] if command:
                self._due.append((self.received + int(count), " ".join(command)))
                self._obey_due()
            case ["status"]:
                pass
            case _:
                return False
        return True

    def _power(self, power: str) -> None:
        """Off, the buffer is gone and so is the line; on, every setting is as the maker has it."""
        if power in ("off", "cycle"):
            self.works.lose_power()
            self._kept.clear()
            self.drop()
        self.on = power != "off"

    def _release(self) -> None:
        self._held = False
        for data in self._kept:
            self._answer(data)
        self._kept.clear()

    def _obey_due(self) -> None:
        for one in [due for due in self._due if due[0] <= self.received]:
            self._due.remove(one)
            self.obey(one[1])

    def status(self) -> dict[str, object]:
        works, roll = self.works, self.works.roll
        return {
            "on": self.on,
            "paper": roll.paper,
            "near_end": roll.near_end,
            "cover_open": works.sensors.cover_open,
            "jammed": works.sensors.jammed,
            "hot": works.sensors.hot,
            "connected": self._send is not None,
            "received": self.received,
            "waiting_bytes": works.waiting_bytes,
            "printed": roll.rows_printed,
            "receipts": roll.receipts,
            "strange_bytes": works.strange_bytes,
        }
