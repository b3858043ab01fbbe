"""取号 (R55, R56): a service, perhaps another time where the day is full, and the number. Pure."""

from __future__ import annotations

from kiosk.services.taking import Desk, Taking


class Number(Taking):
    """The plain way: a tap on a service is a number."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "service")
