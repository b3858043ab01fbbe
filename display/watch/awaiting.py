"""Waits for the display that a window needs, with what takes long to load already loaded: it is soon back then."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import re
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from display.watch.heartbeat import Heartbeat

TURN_S = 0.05
AHEAD = ("kivy.app", "kivy.graphics", "kivy.uix.boxlayout", "kivy.uix.floatlayout", "kivy.uix.gridlayout", "hub.link")
"""What every window loads before its first frame and asks for no display."""

_log = logging.getLogger("watchdog")
_DISPLAY = re.compile(r"(?:unix)?:(\d+)(?:\.\d+)?")


def await_display(beating: Heartbeat, ahead: Sequence[str] = ()) -> None:
    """Returns at once where there is a display; else when there is one, with the modules `ahead` loaded, too."""
    if display_answers(os.environ):
        return
    _load(*AHEAD, *ahead)
    _log.warning("no X server answers at %s: the window waits for one", os.environ["DISPLAY"])
    while not display_answers(os.environ):
        beating.wait()
        time.sleep(TURN_S)


def display_answers(environment: Mapping[str, str]) -> bool:
    """Whether the X server of this machine takes connections; what is no such display is left to the window to find."""
    named = _DISPLAY.fullmatch(environment.get("DISPLAY", ""))
    if named is None:
        return True
    place = Path("/tmp/.X11-unix") / f"X{named[1]}"  # noqa: S108 - where X servers listen
    for address in (str(place), f"\0{place}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking, contextlib.suppress(OSError):
            asking.connect(address)
            return True
    return False


def _load(*names: str) -> None:
    from display.theme import window  # which the watchdog has no use for

    os.environ.update(window.environment())
    for name in names:
        importlib.import_module(name)
