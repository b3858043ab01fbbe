"""How long a citizen waits for candidates: pinyin after each letter, handwriting after each stroke.

`python -m benchmarks.input_methods` prints JSON. A measurement begins where the kiosk asks and ends where it holds the
candidates, the way to the library's own process and back included; `_ratio` is the median over the median of the
library called bare in this process, in turns with it, so that both have the same machine.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import typer
from pypinyin import lazy_pinyin

from kiosk.input import decoder, recogniser
from kiosk.input.composition import MOST_LETTERS, Composition
from kiosk.input.handwriting import Stroke
from kiosk.input.pinyin import Pinyin
from kiosk.input.zinnia import Zinnia
from tests.demo.complaints import complaints
from tests.kiosk.input.strokes import STROKES

PHRASE_CHARACTERS = 6
"""People type a few characters, pick, and go on."""
LETTERS, READINGS = 3000, 1000
"""So many letters typed and strokes lifted are measured."""
STEP = 30
"""A finger is seen every so many thousandths of the field."""


def pinyin_times(letters: int = LETTERS) -> dict[str, float]:
    """Milliseconds a letter of real complaints costs until its candidates are there: `pinyin_p50_ms`, `_p99_ms`."""
    pinyin = Pinyin()
    with tempfile.TemporaryDirectory() as folder:
        library = decoder.GooglePinyin(str(Path(folder) / "user.dat"))
        pinyin.search("wo")  # its process has started
        ours: list[float] = []
        bare: list[float] = []
        for typed in _typed():
            composition = Composition(pinyin.search)
            for letter in typed:
                ours.append(_took_ms(composition.type, letter))
                bare.append(_took_ms(list[tuple[str, int]], library.search(composition.letters)))
            if len(ours) >= letters:
                break
    pinyin.close()
    return _told("pinyin", ours, bare)


def handwriting_times(readings: int = READINGS) -> dict[str, float]:
    """Milliseconds from the pen lifted to its candidates: `handwriting_p50_ms`, `_p99_ms`."""
    zinnia, library = Zinnia(), recogniser.Zinnia(recogniser.MODEL)
    zinnia.recognise((((500, 500),),))  # its process has started
    ours: list[float] = []
    bare: list[float] = []
    while len(ours) < readings:
        for character in STROKES.values():
            drawn = tuple(_dense(stroke) for stroke in character)
            for count in range(1, len(drawn) + 1):
                strokes = drawn[:count]
                ours.append(_took_ms(zinnia.recognise, strokes))
                placed = recogniser.centred([list(stroke) for stroke in strokes])
                bare.append(_took_ms(library.classify, placed))
    zinnia.close()
    return _told("handwriting", ours, bare)


def _typed() -> Iterator[str]:
    """The letters of real complaints, a few characters at a time."""
    for complaint in complaints():
        text = "".join(one for one in complaint.text if "\u4e00" <= one <= "\u9fff")
        for at in range(0, len(text), PHRASE_CHARACTERS):
            letters = "".join(lazy_pinyin(text[at : at + PHRASE_CHARACTERS], v_to_u=False))
            yield "".join(one for one in letters if "a" <= one <= "z")[:MOST_LETTERS]


def _dense(stroke: Stroke) -> Stroke:
    """The points that a finger's way along the corners gives."""
    points = [stroke[0]]
    for (x, y), (to_x, to_y) in pairwise(stroke):
        steps = max(1, max(abs(to_x - x), abs(to_y - y)) // STEP)
        points += [(x + (to_x - x) * at // steps, y + (to_y - y) * at // steps) for at in range(1, steps + 1)]
    return tuple(points)


def _took_ms(call: Callable[..., object], *given: object) -> float:
    began = time.perf_counter()
    call(*given)
    return (time.perf_counter() - began) * 1000


def _told(name: str, ours: list[float], bare: list[float]) -> dict[str, float]:
    percentiles = statistics.quantiles(ours, n=100, method="inclusive")
    return {
        f"{name}_p50_ms": round(percentiles[49], 2),
        f"{name}_p99_ms": round(percentiles[98], 2),
        f"{name}_ratio": round(statistics.median(ours) / statistics.median(bare), 2),
        f"{name}_measured": len(ours),
    }


def main() -> None:
    """Measures both and prints one line of JSON."""
    print(json.dumps(pinyin_times() | handwriting_times()))


if __name__ == "__main__":
    typer.run(main)
