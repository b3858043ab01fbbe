"""The hall's voice: calls and sounds, one after another, without ever making a screen wait."""

from display.voice.espeak import VOICES
from display.voice.reading import pinyin
from display.voice.turn import lock_file, turn
from display.voice.voice import Voice

__all__ = ["VOICES", "Voice", "lock_file", "pinyin", "turn"]
