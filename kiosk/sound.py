"""Says how loud it is, so that staff hear what they set."""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path

from display.voice import lock_file, turn
from hub.domain.words import Words
from kiosk import speech

_log = logging.getLogger(__name__)

LONGEST_S = 20.0


def say_volume(percent: int, lock: Path | None = None) -> None:
    """Speaks as loud as a citizen would hear it, when nobody else on this machine does; call it in a thread.

    What keeps it silent is logged.
    """
    said = speech.readable([Words("kiosk", "zh_Hans")("staff_corner.sound.said", n=percent)], "zh_Hans")
    command = speech.command("zh_Hans", percent)
    try:
        with turn(lock or lock_file()):
            done = subprocess.run(command, input=said, capture_output=True, text=True, timeout=LONGEST_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as wrong:
        _log.warning("no sound: %s; install espeak-ng, look at the sound card", wrong)
        return
    if done.returncode or "error:" in done.stderr:
        _log.warning("no sound: %s; look at the sound card", done.stderr.strip()[:200])
