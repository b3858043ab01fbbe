"""Sentences as sound, by espeak-ng."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from display.voice.errors import NotSpoken, VoiceMissing
from display.voice.reading import readable
from display.voice.sound import Sound

PROGRAM = "espeak-ng"
VOICES = {"zh_Hans": ("cmn-latn-pinyin", 140), "zh_Hant": ("cmn-latn-pinyin", 140), "en": ("en", 150)}
"""By language, espeak-ng's voice and its words a minute."""
LONGEST_S = 20.0
"""It takes some hundredths of a second."""


def spoken(text: str, language: str, program: str = PROGRAM) -> Sound:
    """The sentence as sound; raises `VoiceMissing`, `NotSpoken`."""
    voice, pace = VOICES[language]
    with tempfile.TemporaryDirectory(prefix="bancheng-voice-") as folder:
        file = Path(folder) / "said.wav"
        command = [program, "-v", voice, "-s", str(pace), "-z", "--stdin", "-w", str(file)]
        try:
            done = subprocess.run(  # noqa: S603 (a fixed command; the words go through its input)
                command,
                input=readable(text, language),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                timeout=LONGEST_S,
                check=False,
            )
        except FileNotFoundError as missing:
            raise VoiceMissing(program) from missing
        except subprocess.TimeoutExpired as slow:
            raise NotSpoken(program, f"it took more than {LONGEST_S:g} s") from slow
        if done.returncode or not file.exists():
            raise NotSpoken(program, done.stderr.strip() or f"it ended with {done.returncode}")
        return Sound.parse(program, file.read_bytes())
