"""The pieces that all screens are built from. Import after `display.theme.window.prepare`."""

from display.theme.widgets.marks import Badge, Divider, QrCode, Steps
from display.theme.widgets.panel import Panel
from display.theme.widgets.text import Text
from display.theme.widgets.touch import Touch

__all__ = ["Badge", "Divider", "Panel", "QrCode", "Steps", "Text", "Touch"]
