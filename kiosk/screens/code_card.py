"""The code that follows a case: for a phone's camera, and beside it to be typed."""

from __future__ import annotations

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Panel, QrCode, Text
from display.theme.widgets.text import width_of
from hub.domain.lookup import grouped, page_address
from kiosk.screens.kit import Kit
from kiosk.screens.spoken import unspoken
from kiosk.session import Filed

CODE_PX, LOW_CODE_PX, CODE_MM = 340, 176, 31.0
"""The QR code with its quiet ground; on the glass never smaller than so many millimetres."""


def code_card(kit: Kit, filed: Filed, picture: QrCode, wide_px: float) -> Panel:
    """The QR code in `picture`, always dark on white, and the code to type beside it."""
    side = max(LOW_CODE_PX if kit.shape.low else CODE_PX, kit.scale.px(CODE_MM) + 4)
    card = Panel(
        fill=kit.palette.card,
        frame=kit.palette.line,
        frame_px=3,
        padding=(16, 8, 24, 8),
        spacing=20,
        size_hint_y=None,
    )
    picture.size_hint, picture.size, picture.pos_hint = (None, None), (side, side), {"center_y": 0.5}
    picture.data = page_address(kit.hall.page_url, filed.on_screen.token)
    if picture.parent is not None:
        picture.parent.remove_widget(picture)
    card.add_widget(picture)
    room = wide_px - side - 60
    typed = grouped(filed.on_screen.typed)
    px = max(kit.side_px(0), min(kit.side_px(38), 44))
    while px > kit.side_px(0) and width_of(typed, px, bold=True) > room:
        px -= 1
    code = Text(_by_groups(typed, px, room), font_px=px, bold=True, palette=kit.palette, width=room, pitch=1.3)
    pieces = [
        kit.title(kit.words("done.scan"), px=46, width=room, pitch=1.25),
        kit.note(kit.words("done.scan.hint"), px=36, width=room, pitch=1.35, color=kit.palette.ink),
        unspoken(code),
    ]
    if kit.shape.low and kit.modes.big:
        del pieces[1]
    beside = BoxLayout(orientation="vertical", spacing=4)
    for one in (Widget(), *pieces, Widget()):
        beside.add_widget(one)
    card.add_widget(beside)
    card.height = max(side, sum(one.height + 4 for one in pieces)) + 20
    return card


def _by_groups(typed: str, px: int, room: float) -> str:
    """A code to be typed breaks only between its groups."""
    if width_of(typed, px, bold=True) <= room:
        return typed
    lines = [""]
    for group in typed.split("-"):
        longer = f"{lines[-1]}{group}-"
        if lines[-1] and width_of(longer, px, bold=True) > room:
            lines.append(f"{group}-")
        else:
            lines[-1] = longer
    return "\n".join(lines).rstrip("-")
