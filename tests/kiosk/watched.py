"""`python -m tests.kiosk.watched ASK --hall DIR --terminal kiosk-1`: the real kiosk, with somebody who looks inside.

A question is a JSON file at ASK, its answer one at `ASK.told`. `later` moves the program's clock on; `texts` is every
word on the screen; `find` tells where in the program's memory words are, in what waits to be collected too; `raw`
counts them in all of its pages, freed ones too. Words come and go backwards: asking leaves no trace of them.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from display.theme import window


class Watcher:
    """Answers from Kivy's clock, between two frames."""

    def __init__(self, place: Path) -> None:
        from kivy.clock import Clock

        self._place = place
        self._later_s = 0.0
        own = Clock.get_time
        Clock.get_time = lambda: own() + self._later_s
        Clock.schedule_interval(self._look, 0.02)

    def _look(self, _dt: float) -> None:
        if not self._place.exists():
            return
        asked = json.loads(self._place.read_text())
        self._place.unlink()
        told = getattr(self, asked.pop("do"))(**asked)
        whole = self._place.with_suffix(".whole")
        whole.write_text(json.dumps(told))
        whole.replace(self._place.with_suffix(".told"))

    def later(self, seconds: float) -> float:
        self._later_s += seconds
        return self._later_s

    def texts(self) -> list[str]:
        from kivy.core.window import Window

        return [
            str(widget.text)[::-1]
            for root in Window.children
            for widget in root.walk()
            if getattr(widget, "text", "") and not hasattr(widget, "touch_key")
        ]

    def find(self, words: list[str]) -> list[str]:
        gc.unfreeze()  # what was there before the first citizen can hold words of one, too
        needles = [word[::-1] for word in words]
        sought = [(one, *(one.encode(code) for code in ("utf-8", "utf-16-le"))) for one in needles]
        ours = {id(needles), id(sought), *(id(part) for one in sought for part in (one, *one))}
        return [
            f"word {at} in a {type(leaf).__name__} of {_described(holder)}"
            for holder, leaf in _leaves(ours)
            for at, (text, *coded) in enumerate(sought)
            if (text in leaf if isinstance(leaf, str) else any(one in bytes(leaf) for one in coded))
        ]

    def raw(self, words: list[str]) -> list[int]:
        """How often each word stands in this process' writable pages."""
        found = [0] * len(words)
        with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
            for line in maps.read().splitlines():
                place, rights, *_ = line.split()
                if not rights.startswith("rw"):
                    continue
                start, end = (int(one, 16) for one in place.split("-"))
                try:
                    memory.seek(start)
                    page = memory.read(end - start)
                except (OSError, ValueError):
                    continue
                for at, word in enumerate(words):
                    found[at] += page.count(word[::-1].encode()) + page.count(word[::-1].encode("utf-16-le"))
        return found


def _leaves(ours: set[int]) -> Iterator[tuple[Any, str | bytes | bytearray]]:
    """Every string and every run of bytes that something alive holds, with its holder.

    The collector does not list containers that hold nothing but strings: they are found through what holds them.
    """
    seen = set(ours)
    for listed in gc.get_objects():
        waiting = [] if id(listed) in ours else [listed]
        while waiting:
            holder = waiting.pop()
            for one in gc.get_referents(holder):
                if id(one) in seen:
                    continue
                if issubclass(type(one), str | bytes | bytearray):  # a dead weak proxy cannot be asked for its class
                    seen.add(id(one))
                    yield holder, one
                elif not gc.is_tracked(one):
                    seen.add(id(one))
                    waiting.append(one)


def _described(holder: Any) -> str:
    """What a string hangs on, and what that hangs on: types alone, for the words are nobody's business."""
    chain = [type(holder).__qualname__]
    for _ in range(5):
        above = [
            one
            for one in gc.get_referrers(holder)
            if not isinstance(one, types.FrameType | types.GeneratorType) and type(one).__name__ != "list_iterator"
        ]
        if not above:
            break
        holder = min(above, key=lambda one: isinstance(one, list) and len(one) > 10_000)
        chain.append(f"{type(holder).__module__}.{type(holder).__qualname__}")
    return " in ".join(chain)


def main(place: Path) -> None:
    prepare = window.prepare

    def prepared(*argv: Any, **named: Any) -> Any:
        opened = prepare(*argv, **named)
        Watcher(place)
        return opened

    window.prepare = prepared
    from kiosk.__main__ import main as kiosk

    kiosk()


if __name__ == "__main__":
    asked = Path(sys.argv.pop(1))
    os.environ["PYTHONFAULTHANDLER"] = "1"
    main(asked)
