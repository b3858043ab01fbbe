"""The staff corner: a long press on a quiet corner, a PIN, pages for whoever looks after the machine. Pure.

What the machine says of itself arrives as the values below. Shutting by itself after a minute is the screen's patience.
"""

from __future__ import annotations

from typing import Literal, Protocol, get_args

from hub.domain.hall import Value
from kiosk.services.staff_slips import SlipsState, Wish

HOLD_S = 3.0
HOLD_MM, STRAY_MM = 25.0, 8.0
"""The quiet corner's side, and how far a resting finger may stray."""
Page = Literal["printer", "hub", "troubles", "slips", "inputs", "sound", "touch", "about"]
PAGES: tuple[Page, ...] = get_args(Page)
BELOW: dict[str, str] = {"slips_wish": "slips", "slips_sure": "slips_wish"}
"""Steps behind a page, and where 上一步 leads from each."""

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
    def drop(self) -> None: ...


class PrinterState(Value, frozen=True):
    """`condition` as the printer last said, `none` for a kiosk without one, `spool` when nothing can be kept for it.

    `trial` is what became of the last trial page: a print state, or empty.
    """

    condition: str
    waiting: int = 0
    trial: str = ""


class HubState(Value, frozen=True):
    """`since` is the hall's time at which the hub came or went, `heard` when it was last heard (`09:31`)."""

    live: bool
    since: str = ""
    heard: str = ""
    addresses: str = ""
    epoch: str = ""


class OutboxState(Value, frozen=True):
    """Complaints on this kiosk's disk: those without an answer, and how many the hub refused, by its code."""

    waiting: int = 0
    refused: tuple[tuple[str, int], ...] = ()


class Machine(Protocol):
    """What the corner shows and does; `kiosk.machine.Machine` is one."""

    name: str
    software: str
    slip_series: str

    def printer(self) -> PrinterState: ...
    def hub(self) -> HubState: ...
    def outbox(self) -> OutboxState: ...
    def slips(self) -> SlipsState: ...
    def troubles(self) -> tuple[str, ...]: ...
    def missing(self) -> frozenset[str]: ...
    def print_trial(self) -> None: ...
    def paper_changed(self) -> None: ...
    def count_slips(self) -> None: ...
    def ask_slips(self, service: str, count: int) -> None: ...
    def go_on_with_slips(self) -> None: ...
    def stop_slips(self) -> None: ...
    def give_up_slips(self) -> None: ...
    @property
    def volume_percent(self) -> int: ...
    def set_volume(self, percent: int) -> None: ...
    def ring(self) -> None: ...
    def restart(self) -> None: ...


INPUTS: dict[str, str] = {"pinyin": "pinyin_missing", "hand": "handwriting_missing", "speech": "voice_missing"}
"""Ways to write and to hear, each with the code that stands for its absence."""


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
    """The corner from its PIN on. Digits are forgotten as they are looked at, and a PIN answered late opens nothing."""

    def __init__(self, lock: Lock, machine: Machine) -> None:
        self._lock, self.machine = lock, machine
        self.wish = Wish(0)
        self.step: str = "pin"
        self.typed = ""
        self.said = ""
        """Why the PIN was not taken: `wrong`, `no_pin`, or empty."""
        self.wipe()
        self.said = "" if lock.has_pin else "no_pin"

    @property
    def inside(self) -> bool:
        """Whether the right PIN was given."""
        return self.step != "pin"

    @property
    def wait_s(self) -> int:
        """Seconds until the next PIN is looked at."""
        return self._lock.wait_s

    @property
    def checking(self) -> bool:
        return self._lock.checking

    @property
    def ready(self) -> bool:
        """Whether a digit means anything now."""
        return not (self.inside or self.checking or self.wait_s) and self._lock.has_pin

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

    def poll(self) -> bool:
        """Takes in what became of a PIN; whether the corner is open now that was not."""
        verdict = self._lock.verdict()
        if verdict is None or self.inside:
            return False
        if verdict == "right":
            self.step = "menu"
            return True
        self.said = verdict
        return False

    def go(self, page: Page) -> None:
        if self.inside:
            self.step = page
            if page == "slips":
                self.machine.count_slips()

    def back(self) -> bool:
        """To the menu, or the step before; whether that led anywhere: from the menu and the PIN it leads out."""
        if self.step in PAGES or self.step in BELOW:
            self.step = BELOW.get(self.step, "menu")
            return True
        return False

    # --- a block of manual slips

    def wish_slips(self) -> None:
        """To what there is to choose for a new block."""
        state = self.machine.slips() if self.inside else None
        if state is not None and state.may_ask:
            self.wish = Wish(state.most)
            self.step = "slips_wish"

    def look_at_slips(self) -> None:
        """To what would happen with the block that was chosen."""
        if self.step == "slips_wish" and self.wish.service:
            self.step = "slips_sure"

    def print_slips(self) -> None:
        """Asks for the block that was looked at, once; where none can be had any more, the page says why."""
        if self.step == "slips_sure":
            if self.machine.slips().may_ask:
                self.machine.ask_slips(self.wish.service, self.wish.count)
            self.step = "slips"

    def wipe(self) -> None:
        """Back to the PIN, nothing of what was typed is left, and no slip is printed behind the one under way."""
        self._lock.drop()
        self.machine.stop_slips()
        self.step, self.typed, self.said = "pin", "", ""
        self.wish = Wish(0)
