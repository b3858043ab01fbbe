"""Says how loud it is, so that staff hear what they set."""

from __future__ import annotations

import logging
import subprocess

from hub.domain.words import Words

_log = logging.getLogger(__name__)

LONGEST_S = 20.0


def say_volume(percent: int) -> None:
    """Speaks at that loudness; call it in a thread. What keeps it silent is logged."""
    from display.voice import VOICE, WORDS_A_MINUTE, pinyin  # 47,000 phrases that no citizen needs

    said = pinyin(Words("kiosk", "zh_Hans")("staff_corner.sound.said", n=percent), Words("display", "zh_Hans"))
    command = ["espeak-ng", "-v", VOICE, "-a", str(percent), "-s", str(WORDS_A_MINUTE), "--stdin"]
    try:
        done = subprocess.run(command, input=said, capture_output=True, text=True, timeout=LONGEST_S, check=False)  # noqa: S603
    except (FileNotFoundError, subprocess.TimeoutExpired) as wrong:
        _log.warning("no sound: %s; install espeak-ng, look at the sound card", wrong)
        return
    if done.returncode or "error:" in done.stderr:
        _log.warning("no sound: %s; look at the sound card", done.stderr.strip()[:200])
