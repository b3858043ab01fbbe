"""Strokes to characters through the recogniser's own process, which is thrown away with each citizen's session."""

from __future__ import annotations

import json

from kiosk.input import recogniser
from kiosk.input.handwriting import Stroke
from kiosk.input.worker import Worker, loads


class HandwritingMissing(Exception):
    """libzinnia or its model is not on this machine; the other inputs remain. The text says what to install."""

    code = "handwriting_missing"


class Zinnia:
    """Reads strokes; `fresh` replaces the process that saw them. Raises `HandwritingMissing`."""

    def __init__(self) -> None:
        if not loads(recogniser.LIBRARY):
            raise HandwritingMissing(f"{recogniser.LIBRARY} is missing; install: apt-get install libzinnia0")
        if not recogniser.MODEL.exists():
            raise HandwritingMissing(
                f"{recogniser.MODEL} is missing; install: apt-get install tegaki-zinnia-simplified-chinese"
            )
        self._start()

    def recognise(self, strokes: tuple[Stroke, ...], *, traditional: bool = False) -> tuple[str, ...]:
        """Characters, the likeliest first, in Traditional ones where asked; none when the recogniser died of them."""
        self._used = True
        asked = {"strokes": strokes, "traditional": traditional}
        answer = self._worker.ask(json.dumps(asked).encode("ascii"))
        if answer is None:
            self._replace()
            return ()
        return tuple(json.loads(answer))

    def fresh(self) -> None:
        """A recogniser that saw nothing yet, for the next citizen."""
        if self._used:
            self._replace()

    @property
    def pid(self) -> int:
        """The recogniser's process."""
        return self._worker.pid

    def close(self) -> None:
        self._worker.end()

    def _replace(self) -> None:
        self.close()
        self._start()

    def _start(self) -> None:
        self._used = False
        self._worker = Worker("kiosk.input.recogniser")
