"""The kiosk's sign while its hall, policy or keys cannot be read: 机器故障，正在维修 (R67)."""

from __future__ import annotations

from collections.abc import Callable

from display.theme.scale import Scale
from display.watch import closed
from display.watch.heartbeat import Heartbeat
from hub.domain.screens import Screen
from hub.domain.words import Words
from kiosk.screens.sizes import MAIN_CAP_MM


def show(heartbeat: Heartbeat, mended: Callable[[], bool]) -> None:
    """Returns once what was wrong is `mended`."""
    words = Words("kiosk", "zh_Hans")
    closed.show(heartbeat, mended, (words("fault.title"), words("fault.text")), _sizes)


def _sizes(screen: Screen) -> tuple[int, int]:
    least_px = Scale(screen).font(MAIN_CAP_MM)
    return max(84, least_px), max(44, least_px)
