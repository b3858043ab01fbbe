"""The hall's voice: calls and sounds, one after another, without ever making a screen wait."""

from display.voice.espeak import VOICES
from display.voice.reading import pinyin
from display.voice.voice import Voice

__all__ = ["VOICES", "Voice", "pinyin"]
