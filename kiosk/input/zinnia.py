"""Strokes to characters through the recogniser's own process, which is thrown away with each citizen's session."""

from __future__ import annotations

import json

from kiosk.input import recogniser
from kiosk.input.handwriting import Stroke
from kiosk.input.worker import OfOneCitizen, Worker, loads


class HandwritingMissing(Exception):
    """libzinnia or its model is not on this machine; the other inputs remain. The text says what to install."""

    code = "handwriting_missing"


class Zinnia(OfOneCitizen):
    """Reads strokes; `fresh` replaces the process that saw them. Raises `HandwritingMissing`."""

    def __init__(self) -> None:
        if not loads(recogniser.LIBRARY):
            raise HandwritingMissing(f"{recogniser.LIBRARY} is missing; install: apt-get install libzinnia0")
        if not recogniser.MODEL.exists():
            raise HandwritingMissing(
                f"{recogniser.MODEL} is missing; install: apt-get install tegaki-zinnia-simplified-chinese"
            )
        super().__init__()

    def recognise(self, strokes: tuple[Stroke, ...], *, traditional: bool = False) -> tuple[str, ...]:
        """Characters, the likeliest first, in Traditional ones where asked; none when the recogniser died of them."""
        asked = {"strokes": strokes, "traditional": traditional}
        return tuple(json.loads(self._ask(json.dumps(asked).encode("ascii")) or "[]"))

    def _begun(self) -> Worker:
        return Worker("kiosk.input.recogniser")
