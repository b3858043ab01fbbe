"""What Kivy's loop does with an exception that nobody caught: nothing of it reaches the glass."""

from __future__ import annotations

import os
from collections.abc import Callable

from kivy.base import ExceptionHandler, ExceptionManager

from kiosk import stumbling


class Catcher(ExceptionHandler):
    """Logs it without its words and has the session ended; where even that fails the process ends at once."""

    def __init__(self, stumble: Callable[[], None]) -> None:
        self._stumble = stumble

    def handle_exception(self, wrong: BaseException) -> int:
        """Kivy's name. What ends a program on purpose is left to do so."""
        if not isinstance(wrong, Exception):
            return int(ExceptionManager.RAISE)
        stumbling.log(wrong)
        try:
            self._stumble()
        except Exception as worse:
            stumbling.log(worse)
            os._exit(stumbling.EXIT_CODE)  # nothing of the session may stay, and this window cannot wipe it
        return int(ExceptionManager.PASS)


def catch(stumble: Callable[[], None]) -> None:
    """From now on, in this process."""
    ExceptionManager.add_handler(Catcher(stumble))
