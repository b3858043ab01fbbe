"""The staff corner's pages, on the citizens' frame and in Chinese: for whoever looks after the machine.

Each shows what `kiosk.services.staff` knows, anew four times a second.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.screens.facts import Fact, Facts
from kiosk.screens.frame import Asks, Page, Screen
from kiosk.screens.kit import Chip, Kit
from kiosk.screens.shelf import Choice, Shelf
from kiosk.services.staff import INPUTS, PAGES, Staff
from kiosk.settings import VOLUMES

MOST_TROUBLES, MOST_TROUBLES_LOW = 4, 3
"""So many are shown with their remedy; the others follow when these are mended."""
_CELLS = {False: (6, 9), True: (10, 5)}
"""Columns and rows of the touch test, upright and across."""


class StaffPage(Page):
    """A page of the corner. It shuts by itself where a citizen would be warned."""

    heading = "staff_corner.heading"
    next_word = ""
    follows_hall = True
    warns = False

    def __init__(self, kit: Kit, asks: Asks, flow: Staff) -> None:
        self.flow = flow
        self.name = f"staff.{flow.step}"
        super().__init__(kit.in_modes(kit.modes.speaking("zh_Hans")), asks)

    def title_words(self) -> str:
        return self.word(f"{self.flow.step}.title")

    def hint_words(self) -> str:
        key = f"staff_corner.{self.flow.step}.hint"
        return self.kit.words(key) if key in self.kit.words else ""

    def word(self, key: str, **values: object) -> str:
        return self.kit.words(f"staff_corner.{key}", **values)

    def state(self) -> str:
        return self.flow.step

    def go_back(self) -> None:
        if self.flow.back():
            self.asks.show()
        else:
            self.asks.finish()

    def actions(self, *choices: Choice) -> Widget:
        """What can be done on this page, in one row."""
        kit = self.kit
        keys = [kit.key(one.name, one.title, px=40, kind=one.kind, then=one.then, padding=(12, 8)) for one in choices]
        for key in keys:
            key.title.max_lines, key.title.min_px = 2, kit.main_px(0)
        return kit.row(kit.target_px(120), *keys)


class PinPage(StaffPage):
    """Dots for what was typed, and a pad of digits."""

    next_word = "staff_corner.pin.give"
    next_name = "give"

    def build(self) -> None:
        kit = self.kit
        self._dots = kit.title("", px=72, align="center", max_lines=1)
        self._said = kit.text("", px=36, align="center", size_hint_y=None, height=kit.main_px(36) * 2.9, valign="top")
        pad = GridLayout(cols=6 if kit.shape.low else 3, spacing=kit.gap_px(14))
        for digit in "123456789":
            pad.add_widget(kit.letter_key(f"pin.{digit}", digit, partial(self._digit, digit), px=56))
        pad.add_widget(kit.letter_key("pin.erase", kit.words("key.erase"), self._erase, kind="quiet", px=38))
        pad.add_widget(kit.letter_key("pin.0", "0", partial(self._digit, "0"), px=56))
        pad.add_widget(Widget())
        for piece in (self._dots, self._said, pad):
            self.body.add_widget(piece)

    def refresh(self) -> None:
        flow = self.flow
        if flow.poll():
            self.asks.show()
            return
        self._dots.text = "●" * len(flow.typed) or "—"
        self._said.text = self._sentence()
        self.next.disabled = not (flow.ready and flow.typed)

    def state(self) -> str:
        return f"{len(self.flow.typed)}.{self.flow.said}.{'wait' if self.flow.wait_s else 'ready'}"

    def go_next(self) -> None:
        self.flow.give()
        self.refresh()

    def wipe(self) -> None:
        self._dots.text = self._said.text = ""

    def _sentence(self) -> str:
        flow = self.flow
        if flow.said == "no_pin":
            return self.word("pin.none", terminal=flow.machine.name)
        if flow.checking:
            return self.word("pin.checking")
        if flow.wait_s:
            return self.word("pin.wait", n=flow.wait_s)
        return self.word("pin.wrong") if flow.said else ""

    def _digit(self, digit: str) -> None:
        self.flow.digit(digit)
        self.refresh()

    def _erase(self) -> None:
        self.flow.erase()
        self.refresh()


class MenuPage(StaffPage):
    def build(self) -> None:
        self.body.add_widget(
            Shelf(
                self.kit,
                [
                    Choice(
                        f"page.{page}", self.word(f"{page}.title"), self.word(f"{page}.menu"), partial(self._go, page)
                    )
                    for page in PAGES
                ],
                px=44,
            )
        )

    def _go(self, page: Any) -> None:
        self.flow.go(page)
        self.asks.show()


class FactsPage(StaffPage):
    """Facts that are read anew, and what can be done about them."""

    def build(self) -> None:
        self._facts = Facts(self.kit, self.facts())
        self.body.add_widget(self._facts)
        choices = self.choices()
        if choices:
            self.body.add_widget(self.actions(*choices))

    def refresh(self) -> None:
        self._facts.take(self.facts())

    def facts(self) -> list[Fact]:
        raise NotImplementedError

    def choices(self) -> list[Choice]:
        return []


class PrinterPage(FactsPage):
    def facts(self) -> list[Fact]:
        state = self.flow.machine.printer()
        trial = state.trial or "none"
        return [
            (self.word("printer.condition"), self.word(f"printer.condition.{state.condition}")),
            (self.word("printer.waiting"), self.word("printer.waiting.n", n=state.waiting)),
            (self.word("printer.trial"), self.word(f"printer.trial.{trial}")),
        ]

    def choices(self) -> list[Choice]:
        machine = self.flow.machine
        if machine.printer().condition in ("none", "spool"):
            return []
        return [
            Choice("trial", self.word("printer.do.trial"), then=machine.print_trial),
            Choice("paper", self.word("printer.do.paper"), then=machine.paper_changed),
        ]


class HubPage(FactsPage):
    def facts(self) -> list[Fact]:
        hub, outbox = self.flow.machine.hub(), self.flow.machine.outbox()
        refused = self.word("between").join(f"{code} ×{count}" for code, count in outbox.refused)
        heard = self.word("hub.heard", at=hub.heard) if hub.heard else self.word("hub.heard.never")
        return [
            (
                self.word("hub.state"),
                self.word("hub.live", since=hub.since) if hub.live else self.word("hub.away", since=hub.since) + heard,
            ),
            (self.word("hub.address"), hub.addresses),
            (self.word("hub.epoch"), hub.epoch[:12] or self.word("none")),
            (self.word("outbox.waiting"), self.word("outbox.waiting.n", n=outbox.waiting)),
            (
                self.word("outbox.refused"),
                self.word("outbox.refused.how", codes=refused) if refused else self.word("none"),
            ),
        ]


class TroublesPage(FactsPage):
    """Each trouble with what to do about it."""

    def facts(self) -> list[Fact]:
        codes, most = self.flow.machine.troubles(), MOST_TROUBLES_LOW if self.kit.shape.low else MOST_TROUBLES
        shown = [(self._named(code), self._remedy(code)) for code in codes[:most]]
        if len(codes) > most:
            shown.append((self.word("troubles.more"), self.word("troubles.more.n", n=len(codes) - most)))
        return shown or [(self.word("troubles.state"), self.word("troubles.none"))]

    def _named(self, code: str) -> str:
        key = f"staff_corner.trouble.{code}"
        return self.kit.words(key) if key in self.kit.words else code

    def _remedy(self, code: str) -> str:
        key = f"staff_corner.trouble.{code}.do"
        return self.kit.words(key) if key in self.kit.words else self.word("trouble.other.do", code=code)


class SlipsPage(FactsPage):
    """手工号码条 (R65): who prints them, and what counts while the hub is away. A kiosk gives none out by itself."""

    def facts(self) -> list[Fact]:
        machine = self.flow.machine
        if not self.kit.policy.by_hand.slips.value:
            return [(self.word("slips.state"), self.word("slips.not_here"))]
        now = "live" if machine.hub().live else "away"
        series = machine.slip_series
        return [
            (self.word("slips.state"), self.word(f"slips.{now}")),
            (self.word("slips.series"), series if series else self.word("slips.no_series")),
            (self.word("slips.how"), self.word("slips.how.print")),
            (self.word("slips.after"), self.word("slips.after.import")),
        ]


class InputsPage(FactsPage):
    def facts(self) -> list[Fact]:
        missing = self.flow.machine.missing()
        return [
            (
                self.word(f"inputs.{name}"),
                self.word(f"trouble.{code}.do") if code in missing else self.word("inputs.there"),
            )
            for name, code in INPUTS.items()
        ]


class SoundPage(StaffPage):
    """How loud a session begins; a citizen's own choice ends with the session."""

    def build(self) -> None:
        kit = self.kit
        self._chips = {}
        for percent in VOLUMES:
            chip = self._chips[percent] = Chip(kit, f"volume.{percent}", f"{percent}%", px=40)
            chip.bind(on_tap=partial(self._set, percent))
        self.body.add_widget(kit.row(kit.target_px(120), *self._chips.values()))
        self.body.add_widget(self.actions(Choice("ring", self.word("sound.do.ring"), then=self.flow.machine.ring)))
        self.body.add_widget(Widget())

    def refresh(self) -> None:
        for percent, chip in self._chips.items():
            chip.chosen = percent == self.flow.machine.volume_percent

    def _set(self, percent: int, _chip: object) -> None:
        self.flow.machine.set_volume(percent)
        self.refresh()


class TouchPage(StaffPage):
    """Cells that fill where the glass feels a finger: what stays empty is dead."""

    def build(self) -> None:
        columns, rows = _CELLS[self.kit.shape.across or self.kit.shape.low]
        self._cells = [Cell(self.kit) for _ in range(columns * rows)]
        grid = GridLayout(cols=columns, spacing=8)
        for cell in self._cells:
            grid.add_widget(cell)
        self.body.add_widget(grid)

    def refresh(self) -> None:
        felt = sum(cell.felt for cell in self._cells)
        self.hint.text = self.word("touch.felt", n=felt, of=len(self._cells))

    def state(self) -> str:
        return f"{sum(cell.felt for cell in self._cells)}.{len(self._cells)}"


class Cell(Widget):
    """Filled by the first finger that crosses it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.felt = False
        self._full = kit.palette.jade
        with self.canvas:
            self._tint = Color(*kit.palette.hair)
            self._ground = Rectangle()
        self.bind(pos=self._spread, size=self._spread)

    def on_touch_down(self, touch: Any) -> bool:
        return self._feel(touch)

    def on_touch_move(self, touch: Any) -> bool:
        return self._feel(touch)

    def _feel(self, touch: Any) -> bool:
        if self.collide_point(*touch.pos) and not self.felt:
            self.felt = True
            self._tint.rgba = self._full
        return False

    def _spread(self, *_: Any) -> None:
        self._ground.pos, self._ground.size = self.pos, self.size


class AboutPage(FactsPage):
    """What this machine is; starting the program again needs a second touch."""

    def build(self) -> None:
        super().build()
        self._sure = False
        self._restart = self.kit.key("restart", self.word("about.do.restart"), px=40, then=self._tapped)
        held = BoxLayout(size_hint_y=None, height=self.kit.target_px(120))
        held.add_widget(self._restart)
        self.body.add_widget(held)

    def facts(self) -> list[Fact]:
        kit, machine = self.kit, self.flow.machine
        glass = kit.scale.screen
        return [
            (self.word("about.terminal"), f"{machine.name} · {kit.hall.name}"),
            (self.word("about.software"), f"Bancheng {machine.software}"),
            (
                self.word("about.screen"),
                f"{glass.width_px}×{glass.height_px}  {glass.width_mm:.0f}×{glass.height_mm:.0f} mm",
            ),
        ]

    def _tapped(self) -> None:
        if self._sure:
            self.flow.machine.restart()
        self._sure = True
        self._restart.text, self._restart.kind = self.word("about.do.restart.sure"), "danger"


_PAGES: dict[str, type[StaffPage]] = {
    "pin": PinPage,
    "menu": MenuPage,
    "printer": PrinterPage,
    "hub": HubPage,
    "troubles": TroublesPage,
    "slips": SlipsPage,
    "inputs": InputsPage,
    "sound": SoundPage,
    "touch": TouchPage,
    "about": AboutPage,
}


def page_of_staff(kit: Kit, asks: Asks, flow: Staff) -> Screen:
    """The page of the corner's step."""
    return _PAGES[flow.step](kit, asks, flow)
