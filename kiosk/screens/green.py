"""绿色通道 (R57): on which ground somebody asks to go first, in the words of the hall's document."""

from __future__ import annotations

from functools import partial

from kiosk.screens.frame import Asks
from kiosk.screens.kit import Kit
from kiosk.screens.shelf import Choice, Shelf
from kiosk.screens.taking import TakingPage
from kiosk.services.green import OTHER, GreenChannel


class GroundPage(TakingPage):
    """The listed grounds, and another that somebody decides on."""

    name = "ground"
    words = "green.ground"
    next_word = ""

    def __init__(self, kit: Kit, asks: Asks, flow: GreenChannel, heading: str) -> None:
        self._green = flow
        super().__init__(kit, asks, flow, heading)

    def build(self) -> None:
        kit, green = self.kit, self._green
        named = {one.code: one.name for one in kit.policy.queue.green_grounds.value}
        choices = [self._choice(code, named.get(code, "")) for code in green.grounds]
        self.body.add_widget(Shelf(kit, choices, px=46, columns=2 if kit.shape.across else 1, most_px=200))

    def _choice(self, code: str, name: str) -> Choice:
        kit, then = self.kit, partial(self._green.choose_ground, code)
        if code != OTHER:
            return Choice(f"ground.{code}", name, kit.words("green.proof"), then=then)
        hint = kit.words("green.other.hint", title=self._green.confirmed_by)
        return Choice(f"ground.{OTHER}", kit.words("green.other"), hint, then=then)
