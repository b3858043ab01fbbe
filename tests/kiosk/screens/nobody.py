"""What a screen asks of the program, where nothing is to be done."""

from __future__ import annotations

from collections.abc import Callable


class Nobody:
    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_: None
