"""The index over what closed cases were about: which of a hundred thousand sound like this one. In memory, pure.

It holds no text: a pair of syllables leads to the cases in which it stands. The rarest pairs of a question decide, as
many as may be followed in the time there is; the nearest are then compared letter by letter with their own texts.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Iterable, Sequence

from hub.knowledge import sounds

FOLLOWED_AT_MOST = 16_000
"""Entries that one question follows: some milliseconds."""
RAREST_AT_LEAST = 4
"""Pairs that are followed however common they are."""
SAME_SOUND = 0.75
"""What a pair is worth that sounds the same and is written otherwise."""


class Index:
    """Which cases a pair of syllables stands in. A case that changed has a new place; its old one is empty."""

    def __init__(self) -> None:
        self._entries: dict[str, array[int]] = {}
        self._numbers: list[str] = []
        self._sizes = array("H")
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._places)

    def put(self, number: str, text: str) -> None:
        """A case's text, in place of what it had; a text without a single pair is not found."""
        self.drop(number)
        found = sounds.pairs(text)
        if not found:
            return
        place = len(self._numbers)
        self._numbers.append(number)
        self._sizes.append(min(len(found), 0xFFFF))
        self._places[number] = place
        for token in {token for pair in found for token in sounds.sounds(pair)}:
            entries = self._entries.get(token)
            if entries is None:
                entries = self._entries[token] = array("I")
            entries.append(place)

    def drop(self, number: str) -> None:
        place = self._places.pop(number, None)
        if place is not None:
            self._numbers[place] = ""

    def near(self, text: str, most: int) -> list[str]:
        """The numbers of cases that sound most like a text, the nearest first."""
        asked = {sounds.sounds(pair)[0] for pair in sounds.pairs(text)}
        rarest = sorted((len(self._entries[token]), token) for token in asked if token in self._entries)
        scores: dict[int, float] = {}
        followed = 0
        for at, (length, token) in enumerate(rarest):
            followed += length
            if at >= RAREST_AT_LEAST and followed > FOLLOWED_AT_MOST:
                break
            worth = self.worth(token)
            for place in self._entries[token]:
                scores[place] = scores.get(place, 0.0) + worth
        sizes, numbers = self._sizes, self._numbers
        ranked = ((score / math.sqrt(sizes[place]), place) for place, score in scores.items() if numbers[place])
        return [numbers[place] for _, place in heapq.nlargest(most, ranked)]

    def worth(self, token: str) -> float:
        """A rare pair of syllables says more than one that is in every text."""
        return math.log(1 + (1 + len(self._places)) / (1 + len(self._entries.get(token, ()))))


def likeness(index: Index, asked: Sequence[str], other: Iterable[str]) -> float:
    """How alike two texts are by their pairs: 1 the same, 0 nothing in common."""
    there = set(other)
    heard = {token for pair in there for token in sounds.sounds(pair)}
    worth = {pair: index.worth(sounds.sounds(pair)[0]) for pair in {*asked, *there}}
    shared = 0.0
    for pair in asked:
        if pair in there:
            shared += worth[pair]
        elif sounds.sounds(pair)[0] in heard:
            shared += worth[pair] * SAME_SOUND
    whole = math.sqrt(sum(worth[pair] for pair in set(asked)) * sum(worth[pair] for pair in there))
    return shared / whole if whole else 0.0
