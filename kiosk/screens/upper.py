"""What stands above a low screen, out of reach: whose kiosk it is. Nothing in it is touched."""

from __future__ import annotations

from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.screens.heads import Ground
from kiosk.screens.kit import EDGE_PX, Kit


def staged(kit: Kit, screen: Widget) -> FloatLayout:
    """A screen on the whole glass: at its foot where it is low, with the rest of the glass above it."""
    stage = FloatLayout()
    shape, whole_px = kit.shape, kit.scale.screen.height_px
    if shape.low:
        upper = Ground(kit.palette.jade, orientation="vertical", padding=(EDGE_PX, 0, EDGE_PX, 72), spacing=8)
        upper.size_hint, upper.size, upper.pos = (1, None), (shape.width_px, whole_px - shape.height_px), (0, 0)
        upper.y = shape.height_px
        room = shape.width_px - 2 * EDGE_PX
        upper.add_widget(Widget())
        upper.add_widget(kit.text(kit.hall.name, px=40, color=kit.palette.on_jade))
        upper.add_widget(kit.headline(kit.hall.window_name, 76, room, color=kit.palette.on_jade))
        stage.add_widget(upper)
    screen.size_hint, screen.size, screen.pos = (1, None), (shape.width_px, shape.height_px), (0, 0)
    stage.add_widget(screen)
    return stage
