"""简/繁/EN, 大字, 高对比, 语音 and 轮椅: at the same place on every screen, for everybody's own way of using it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kivy.graphics import Color, Rectangle
from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.gridlayout import GridLayout

from display.theme.widgets.text import width_of
from kiosk.modes import Switch
from kiosk.screens.kit import CHIP_SIDE_PX, RAIL_PX, Chip, Kit
from kiosk.screens.spoken import unspoken

if TYPE_CHECKING:
    from kiosk.screens.frame import Asks

ROW_PX, MODE_PX, TITLE_PITCH = 88, 30, 1.2


class RailChip(Chip):
    """On the rail's strong colour: an outline, and filled when it is on."""

    def _look(self, *_: object) -> None:
        super()._look()
        on, ground = self.palette.on_jade, self.palette.jade
        self.fill, self.title.color = (on, ground) if self.chosen else (ground, on)
        self.frame = on


def modes_row(kit: Kit, asks: Asks) -> AnchorLayout:
    """A strip from edge to edge; across, a block for the rail, two in a row."""
    made = RailChip if kit.shape.across else Chip
    keys = [made(kit, "mode.language", kit.words("mode.language"), main=False, px=MODE_PX)]
    keys[0].bind(on_tap=lambda _key: asks.choose_language())
    for switch in _switches(kit):
        loud = switch == "speech" and kit.modes.speech
        words = kit.words("mode.volume", n=kit.modes.volume) if loud else kit.words(f"mode.{switch}")
        chip = made(kit, f"mode.{switch}", words, main=False, px=MODE_PX)
        chip.chosen = getattr(kit.modes, switch)
        chip.bind(on_tap=partial(_switch, kit, asks, switch))
        keys.append(chip)
    lines = max(key.text.count("\n") + 1 for key in keys)
    high = max(kit.target_px(ROW_PX, main=False), lines * kit.side_px(MODE_PX) * TITLE_PITCH + 12)
    columns, gap = (2, kit.gap_px(20)) if kit.shape.across else (len(keys), _gap(kit, keys))
    rows = -(-len(keys) // columns)
    grid = GridLayout(cols=columns, spacing=gap, size_hint_y=None, height=rows * high + (rows - 1) * gap)
    if kit.shape.across:
        strip = AnchorLayout(size_hint=(None, None), size=(RAIL_PX - 64, grid.height))
    else:
        around = 10 if kit.shape.low else 20
        strip = AnchorLayout(padding=(kit.edge_px, around), size_hint_y=None, height=grid.height + 2 * around)
        _ground(kit, strip)
    for key in keys:
        key.title.max_lines, key.title.min_px, key.title.pitch = 2, kit.side_px(0), TITLE_PITCH
        grid.add_widget(key)
    strip.add_widget(grid)
    return unspoken(strip)


def _gap(kit: Kit, keys: list[Chip]) -> int:
    """How far apart they stand side by side: closer where their words need it."""
    widest = max(
        width_of(word, kit.side_px(0), bold=True, face=kit.face) for key in keys for word in key.text.split("\n")
    )
    gap = kit.gap_px(20)
    roomy = (kit.inner_px - (len(keys) - 1) * gap) / len(keys) - 2 * CHIP_SIDE_PX >= widest
    return gap if roomy else kit.gap_px(0)


def _switches(kit: Kit) -> list[Switch]:
    """What this kiosk can do: without a voice it offers none, and a glass within reach needs no lowering."""
    switches: list[Switch] = ["big", "contrast", *(("speech",) if kit.can_speak else ())]
    if kit.can_lower:
        switches.append("low")
    return switches


def _switch(kit: Kit, asks: Asks, switch: Switch, _key: object) -> None:
    asks.switch(kit.modes.louder() if switch == "speech" else kit.modes.switched(switch))


def _ground(kit: Kit, strip: AnchorLayout) -> None:
    """A card's ground and a line below it, as wide as the picture."""
    with strip.canvas.before:
        Color(*kit.palette.card)
        ground = Rectangle()
        Color(*kit.palette.line)
        line = Rectangle()

    def spread(*_: object) -> None:
        ground.pos, ground.size = strip.pos, strip.size
        line.pos, line.size = strip.pos, (strip.width, 2)

    strip.bind(pos=spread, size=spread)
