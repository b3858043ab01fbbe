"""A hand that writes characters on the kiosk's glass: real presses, moves and releases at the speed of a hand."""

from __future__ import annotations

import os
import subprocess

from kiosk.input.zinnia import Zinnia
from tests.kiosk.input.strokes import STROKES
from tests.processes import until
from tests.screen import Screen

STEP_PX, STEP_S, CORNER_S = 24, 0.008, 0.05
"""A finger moves some 3 m in a second and lingers where a stroke bends."""


class Hand:
    """Writes characters of `STROKES`; the same recogniser tells which candidate to touch, as eyes would."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._zinnia = Zinnia()

    def write(self, text: str) -> None:
        """One character after the other, each picked from the candidates; the writing field must be up."""
        for character in text:
            written = self._written()
            for number, stroke in enumerate(STROKES[character], 1):
                self.stroke(stroke)
                self._reached(f"hand.{written}.{number}.0")
            self.pick(self._zinnia.recognise(STROKES[character]).index(character))
            self._reached(f"hand.{written + 1}.0.0")

    def stroke(self, points: tuple[tuple[int, int], ...]) -> None:
        until("a field to write in", lambda: self._screen.has("hand.field"))
        left, top, width, height = self._screen.seen()["touch"]["hand.field"]
        corners = [(left + x * width / 1000, top + y * height / 1000) for x, y in points]
        (x, y), argv = corners[0], []
        argv += ["mousemove", f"{x:.0f}", f"{y:.0f}", "sleep", "0.02", "mousedown", "1", "sleep", str(CORNER_S)]
        for to_x, to_y in corners[1:]:
            steps = max(1, round(max(abs(to_x - x), abs(to_y - y)) / STEP_PX))
            for step in range(1, steps + 1):
                part = step / steps
                at = (f"{x + (to_x - x) * part:.0f}", f"{y + (to_y - y) * part:.0f}")
                argv += ["mousemove", *at, "sleep", str(STEP_S)]
            argv += ["sleep", str(CORNER_S)]
            x, y = to_x, to_y
        subprocess.run(
            ["xdotool", *argv, "mouseup", "1"],
            check=True,
            env={**os.environ, "DISPLAY": self._screen.display},
            timeout=60,
        )

    def pick(self, at: int) -> None:
        """The candidate at a place of the whole list, on whatever page it stands."""
        pick_candidate(self._screen, at)

    def close(self) -> None:
        self._zinnia.close()

    def _written(self) -> int:
        return int(self._screen.seen()["state"].rsplit(".", 3)[1])

    def _reached(self, state: str) -> None:
        seen = self._screen.seen
        until(lambda: f"the state {state!r}, not {seen()}", lambda: seen()["state"].endswith(state), timeout_s=40)


def pick_candidate(screen: Screen, at: int) -> None:
    """Turns pages until the candidate at that place of the whole list can be touched, and touches it."""
    before = 0
    while (shown := sum(key.startswith("candidate.") for key in screen.seen()["touch"])) <= at - before:
        assert shown, f"no candidate {at} among {sorted(screen.seen()['touch'])}"
        before += shown
        turned = screen.seen()["state"]
        screen.touch("candidates.after")
        until("the next page", lambda turned=turned: screen.seen()["state"] != turned)
    screen.touch(f"candidate.{at - before}")
