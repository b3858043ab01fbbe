"""Stand-ins for the two libraries, which tell how often they were thrown away."""

from __future__ import annotations

from kiosk.input.composition import Candidate
from kiosk.input.handwriting import Stroke

READINGS = {"wo": (Candidate(text="我", letters=2),), "chayigezi": (Candidate(text="差一个", letters=7),)}
DRAWINGS = {1: ("一", "1"), 2: ("二", "2"), 3: ("三",)}

DRAWINGS_TRADITIONAL = {2: ("貳", "二", "2")}
TRADITIONAL = {"wo": (Candidate("臥", 2),)}


class _Thrown:
    def __init__(self) -> None:
        self.freshened = self.closed = 0

    def fresh(self) -> None:
        self.freshened += 1

    def close(self) -> None:
        self.closed += 1


class FakePinyin(_Thrown):
    """Knows two readings."""

    def search(self, letters: str, *, traditional: bool = False) -> tuple[Candidate, ...]:
        return TRADITIONAL.get(letters, ()) if traditional else READINGS.get(letters, ())


class FakeZinnia(_Thrown):
    """Counts strokes."""

    def recognise(self, strokes: tuple[Stroke, ...], *, traditional: bool = False) -> tuple[str, ...]:
        if traditional and len(strokes) in DRAWINGS_TRADITIONAL:
            return DRAWINGS_TRADITIONAL[len(strokes)]
        return DRAWINGS.get(len(strokes), ())
