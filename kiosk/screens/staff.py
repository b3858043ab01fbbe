"""The staff corner's pages, on the citizens' frame and in Chinese: for whoever looks after the machine.

Each shows what `kiosk.services.staff` knows, anew four times a second.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.facts import Fact
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.kit import Chip, Kit
from kiosk.screens.shelf import Choice, Shelf
from kiosk.screens.staff_page import FactsPage, StaffPage
from kiosk.screens.staff_pin import PinPage
from kiosk.screens.staff_slips import SlipsPage, SurePage, WishPage
from kiosk.screens.staff_touch import TouchPage
from kiosk.services.staff import INPUTS, PAGES, Staff
from kiosk.settings import VOLUMES

MOST_TROUBLES, MOST_TROUBLES_LOW = 4, 3
"""So many are shown with their remedy; the others follow when these are mended."""


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
    "slips_wish": WishPage,
    "slips_sure": SurePage,
    "inputs": InputsPage,
    "sound": SoundPage,
    "touch": TouchPage,
    "about": AboutPage,
}


def page_of_staff(kit: Kit, asks: Asks, flow: Staff) -> Screen:
    """The page of the corner's step."""
    return _PAGES[flow.step](kit, asks, flow)
