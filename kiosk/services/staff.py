"""The staff corner: a long press on a quiet corner, a PIN, pages for whoever looks after the machine. Pure.

What the machine says of itself arrives as the values below; `kiosk.machine` fills them in.
"""

from __future__ import annotations

from typing import Literal, Protocol

from hub.domain.hall import Value

HOLD_S = 3.0
HOLD_MM, STRAY_MM = 25.0, 8.0
"""The quiet corner's side, and how far a resting finger may stray."""
QUIET_S = 60.0
"""An open corner shuts by itself so long after the last touch."""

Page = Literal["printer", "hub", "inputs", "sound", "slips", "touch", "about"]
Step = Literal["shut", "pin", "menu"] | Page
PAGES: tuple[Page, ...] = ("printer", "hub", "slips", "inputs", "sound", "touch", "about")

Verdict = Literal["right", "wrong", "no_pin"]
MOST_DIGITS = 12


class Lock(Protocol):
    """What looks at a PIN; `kiosk.pins.Lock` is one."""

    @property
    def has_pin(self) -> bool: ...
    @property
    def checking(self) -> bool: ...
    @property
    def wait_s(self) -> int: ...
    def check(self, pin: str) -> None: ...
    def verdict(self) -> Verdict | None: ...


class PrinterState(Value, frozen=True):
    """`condition` as the printer last said, `none` for a kiosk without one, `spool` when nothing can be kept for it.

    `test` is what became of the last test page: a print state, or empty.
    """

    condition: str
    waiting: int = 0
    test: str = ""


class HubState(Value, frozen=True):
    """`since` is the hall's time at which the hub came or went, `heard` when it was last heard (`09:31`)."""

    live: bool
    since: str = ""
    heard: str = ""
    address: str = ""
    epoch: str = ""


class OutboxState(Value, frozen=True):
    """Complaints on this kiosk's disk: those without an answer, and those refused, by the hub's code."""

    waiting: int = 0
    rejected: tuple[tuple[str, int], ...] = ()


class Input(Value, frozen=True):
    """A way to write or to hear; `remedy` says what to install where it is missing."""

    name: str
    remedy: str = ""


class Hold:
    """A finger that rests in the corner. Positions in mm from the top left corner of the glass."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        self._at = (0.0, 0.0)

    def down(self, x_mm: float, y_mm: float, now_s: float) -> None:
        """A second finger is no long press."""
        alone = self._since_s is None
        self._since_s = now_s if alone and max(x_mm, y_mm) <= HOLD_MM else None
        self._at = (x_mm, y_mm)

    def moved(self, x_mm: float, y_mm: float) -> None:
        if max(abs(x_mm - self._at[0]), abs(y_mm - self._at[1])) > STRAY_MM:
            self.up()

    def up(self) -> None:
        self._since_s = None

    def done(self, now_s: float) -> bool:
        """Whether it has rested long enough; true once."""
        if self._since_s is None or now_s - self._since_s < HOLD_S:
            return False
        self.up()
        return True


class Staff:
    """Where the corner is: shut, at its PIN, on one of its pages. Digits are forgotten as they are looked at."""

    def __init__(self, lock: Lock, now_s: float = 0.0) -> None:
        self._lock = lock
        self._touched_s = now_s
        self.step: Step = "shut"
        self.typed = ""
        self.said = ""
        """Why the PIN was not taken: `wrong`, `no_pin`, or empty."""

    @property
    def open(self) -> bool:
        return self.step != "shut"

    @property
    def inside(self) -> bool:
        """Whether the right PIN was given."""
        return self.step not in ("shut", "pin")

    @property
    def wait_s(self) -> int:
        """Seconds until the next PIN is looked at."""
        return self._lock.wait_s

    @property
    def ready(self) -> bool:
        """Whether a digit means anything now."""
        return self.step == "pin" and self._lock.has_pin and not (self._lock.checking or self.wait_s)

    def enter(self, now_s: float) -> None:
        """To the PIN, whatever was open."""
        self.wipe()
        self.step, self._touched_s = "pin", now_s
        self.said = "" if self._lock.has_pin else "no_pin"

    def touched(self, now_s: float) -> None:
        self._touched_s = now_s

    def digit(self, digit: str) -> None:
        if self.ready and len(self.typed) < MOST_DIGITS:
            self.typed += digit
            self.said = ""

    def erase(self) -> None:
        self.typed = self.typed[:-1]

    def give(self) -> None:
        """Has the digits looked at."""
        if self.ready and self.typed:
            typed, self.typed = self.typed, ""
            self._lock.check(typed)

    def go(self, page: Page) -> None:
        if self.inside:
            self.step = page

    def back(self) -> None:
        """To the menu, and from there out."""
        if self.step in PAGES:
            self.step = "menu"
        else:
            self.wipe()

    def poll(self, now_s: float) -> bool:
        """Takes in what became of a PIN, and shuts what nobody touches; whether the screen is another one now."""
        before = (self.step, self.said)
        verdict = self._lock.verdict()
        if verdict is not None and self.step == "pin":
            self.said = "" if verdict == "right" else verdict
            if verdict == "right":
                self.step = "menu"
        if self.open and now_s - self._touched_s >= QUIET_S:
            self.wipe()
        return (self.step, self.said) != before

    def wipe(self) -> None:
        """Shut, and nothing of what was typed is left."""
        self.step, self.typed, self.said = "shut", "", ""
