"""A driver and an emulated card on one wire, in one process and in a time of their own."""

from __future__ import annotations

from collections.abc import Callable

from display.led.dialect import Line, Setting
from display.led.dialects import dialect_of
from display.led.driver import Driver
from display.led.emulator import Card, card_of
from display.led.layout import Page
from display.led.line import Connection
from hub.domain.hall import Board

STEP_S = 0.125
BOARDS = {
    "onbon-serial": Board(name="board", url="/dev/ttyS0"),
    "onbon-tcp": Board(name="board", url="socket://board:5005"),
    "lumen-serial": Board(name="board", url="/dev/ttyS0", protocol="lumen-cpower"),
    "lumen-tcp": Board(name="board", url="socket://board:5200", protocol="lumen-cpower"),
}


class Cut(OSError):
    """A connection is reset."""


class Bench:
    """Everything that passes is counted, in both directions; `cut_at` bytes further on, `when_cut` happens."""

    def __init__(self, board: Board) -> None:
        self.board, self.now_s = board, 0.0
        self.network = board.url.startswith("socket://")
        self.card: Card = self.new_card()
        self.passed = 0
        self.cut_at: int | None = None
        self.when_cut: Callable[[], None] = lambda: None
        self.deaf_until_s = float("-inf")
        """Until then every byte is lost, and nobody can be reached."""
        self.writes: list[float] = []
        self.settings: tuple[Setting, ...] = ()
        self.dialect = dialect_of(board)
        self.driver = Driver(self.line, self.dialect, lambda: self.settings)

    def line(self) -> Connection:
        """The driver's end, opened now."""
        return _End(self)

    def new_card(self) -> Card:
        return card_of(self.board.protocol, network=self.network)

    def passes(self, data: bytes) -> bytes:
        """What of these bytes comes out at the other end."""
        out = bytearray()
        for byte in data:
            if self.passed == self.cut_at:
                self.cut_at = None
                self.when_cut()
            self.passed += 1
            if not self.deaf:
                out.append(byte)
        return bytes(out)

    @property
    def deaf(self) -> bool:
        return self.now_s < self.deaf_until_s

    def run(self, seconds: float, shown: Callable[[], None] = lambda: None) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.driver.step(self.now_s)
            self.card.forget(self.now_s)
            shown()
            self.now_s += STEP_S

    def lines(self) -> list[str]:
        return [row.words().strip() for row in self.card.rows()]


class _End(Connection):
    """The driver's end of the wire. Only TCP notices that it is cut."""

    def __init__(self, bench: Bench) -> None:
        if bench.network and bench.deaf:
            raise Cut("no route to the board")
        self._bench, self._answers, self._since_s = bench, b"", bench.now_s
        if bench.network:
            bench.card.cut()

    def ready(self) -> bool:
        return True

    def write(self, data: bytes) -> int:
        bench = self._bench
        self._broken()
        bench.writes.append(bench.now_s)
        self._answers += bench.passes(bench.card.hear(bench.passes(data), bench.now_s))
        return len(data)

    def read(self) -> bytes:
        self._broken()
        read, self._answers = self._answers, b""
        return read

    def close(self) -> None: ...

    def _broken(self) -> None:
        if self._bench.network and self._bench.deaf_until_s > self._since_s:
            raise Cut("the connection was reset")


def page(*words: str) -> Page:
    return tuple(Line(words=one) for one in words)
