"""Whose turn it is: a round takes a few letters of each terminal, so that one that floods delays nobody else.

Pure. Within its share a terminal's letters go into the round at once and in order; what is beyond waits for the next
rounds, and what is beyond that is refused. An outbox that empties itself after an outage waits, and loses nothing.
"""

from __future__ import annotations

from collections import deque
from typing import Generic, Literal, Protocol, TypeVar

EACH_ROUND = 32
"""Letters of one terminal in one round: some milliseconds of the loop, and still one commit for many."""
ROUND_AT_MOST = 512
"""Letters of all terminals in one round."""
WAIT_AT_MOST = 1000
WAIT_AT_MOST_BYTES = 8 << 20
"""What of one terminal may wait: more than a kiosk's outbox ever holds, little enough to be kept for every terminal."""

Turn = Literal["now", "later", "never"]


class Sent(Protocol):
    """A letter: its sender's name and its bytes."""

    @property
    def sender(self) -> str: ...

    @property
    def frame(self) -> bytes: ...


L = TypeVar("L", bound=Sent)


class Turns(Generic[L]):
    """The letters that wait, a line for each terminal."""

    def __init__(self) -> None:
        self._lines: dict[str, deque[L]] = {}
        self._bytes: dict[str, int] = {}
        self._taken: dict[str, int] = {}
        self._room = ROUND_AT_MOST

    @property
    def waiting(self) -> bool:
        return bool(self._lines)

    def begin(self) -> list[L]:
        """Begins a round with what waited: of each terminal its share, the longest waiting terminals first."""
        self._taken, self._room = {}, ROUND_AT_MOST
        letters: list[L] = []
        for sender in list(self._lines):
            line = self._lines.pop(sender)
            share = min(EACH_ROUND, len(line), self._room)
            for _ in range(share):
                letter = line.popleft()
                self._bytes[sender] -= len(letter.frame)
                letters.append(letter)
            self._taken[sender] = share
            self._room -= share
            if line:
                self._lines[sender] = line  # behind the others: their turn comes first in the next round
            else:
                del self._bytes[sender]
        return letters

    def admit(self, letter: L) -> Turn:
        """Whether a letter belongs into this round, waits for a later one (and is kept), or is too much."""
        sender = letter.sender
        line = self._lines.get(sender)
        if line is None:
            taken = self._taken.get(sender, 0)
            if taken < EACH_ROUND and self._room > 0:
                self._taken[sender] = taken + 1
                self._room -= 1
                return "now"
            line = self._lines[sender] = deque()
            self._bytes[sender] = 0
        if len(line) >= WAIT_AT_MOST or self._bytes[sender] + len(letter.frame) > WAIT_AT_MOST_BYTES:
            return "never"
        line.append(letter)
        self._bytes[sender] += len(letter.frame)
        return "later"
