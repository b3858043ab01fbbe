"""What is set for one kiosk by those who look after it, in a small file of its own; a new session begins with it."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from hub import durable
from hub.domain.hall import Value

_log = logging.getLogger(__name__)

VOLUMES = (20, 40, 60, 80, 100)
"""Loudness in percent, as the corner offers it."""


class Settings(Value, frozen=True):
    """`volume_percent` is how loud speech and sounds are until a citizen says otherwise."""

    volume_percent: int = 60


_settings = msgspec.json.Decoder(Settings)


def load(path: Path) -> Settings:
    """What was set; what the program ships with where nothing was, or where the file is damaged, which is logged."""
    try:
        found = _settings.decode(path.read_bytes())
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError) as wrong:
        _log.error("%s cannot be read: %s; set it anew in the staff corner", path, wrong)
        return Settings()
    return found if found.volume_percent in VOLUMES else Settings()


def save(path: Path, settings: Settings) -> None:
    """On the disk when this returns; raises `OSError`."""
    durable.replace(path, msgspec.json.encode(settings), 0o600)
