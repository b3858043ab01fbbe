"""Fingers that type on the kiosk's glass, and what they and their tests look at: the touch map's state, the cases."""

from __future__ import annotations

import sqlite3

from kiosk.input.composition import Composition
from kiosk.input.pinyin import Pinyin
from tests.processes import until
from tests.running_hall import RunningHall
from tests.screen import Screen


class Fingers:
    """Types as a person does who reads the candidates: the same decoder tells which one to touch."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._pinyin = Pinyin()

    def write(self, letters: str, wanted: str) -> None:
        """Letter by letter, then candidates from the longest that fits, turning pages where it must."""
        composition = Composition(self._pinyin.search)
        for letter in letters:
            self._screen.touch(f"key.{letter}")
            composition.type(letter)
            reached(self._screen, f".{len(composition.letters)}.0")  # the map lags behind fast fingers
        while wanted and not composition.empty:
            fitting = [at for at, one in enumerate(composition.candidates) if wanted.startswith(one.text)]
            assert fitting, f"{wanted!r} is not offered for {composition.letters!r}"
            at = max(fitting, key=lambda place: (len(composition.candidates[place].text), -place))
            self._touch_candidate(at, len(composition.letters))
            wanted = wanted.removeprefix(composition.pick(at))
        assert not wanted

    def sign(self, sign: str) -> None:
        self._screen.touch(f"key.{sign}")

    def close(self) -> None:
        self._pinyin.close()

    def _touch_candidate(self, at: int, letters: int) -> None:
        before, page = 0, 0
        while True:
            reached(self._screen, f".{letters}.{page}")
            shown = sum(key.startswith("candidate.") for key in self._screen.seen()["touch"])
            if at < before + shown:
                self._screen.touch(f"candidate.{at - before}")
                return
            before, page = before + shown, page + 1
            self._screen.touch("candidates.after")


def cases(hall: RunningHall) -> list[str]:
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        return [number for (number,) in db.execute('SELECT number FROM "case" ORDER BY number')]


def reached(kiosk: Screen, state: str) -> None:
    until(lambda: f"the state {state!r}, not {kiosk.seen()}", lambda: state in kiosk.seen()["state"], timeout_s=40)
