"""The handwriting recogniser as a program of its own: a line (JSON) with `strokes` in, a line of characters (JSON) out.

`traditional` asks for them as they are written in Traditional characters: 发, however it was drawn, is 發 and 髮.

Zinnia keeps no memory of what it read, but it is C++ fed by fingers: whatever it may break, it breaks here. The kiosk
loses one reading, never a citizen's complaint, and the program is thrown away with the session.
"""

from __future__ import annotations

import ctypes
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kiosk.input.traditional import Traditional

LIBRARY = "libzinnia.so.0"
MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
"""Where Debian's tegaki-zinnia-simplified-chinese puts it: the 6,763 characters of GB2312."""
MOST = 36
"""So many characters are offered; beyond them writing anew is quicker than looking on."""
HAN = tuple(map(chr, range(0x4E00, 0xA000)))
"""All that a character of the model may become."""
SIDE = 1000
FILLS = 0.5
"""How much of the field's side a character fills when it is read. The library judges size and place, and people write
small, large and into corners: each character is put into the middle, as large as the model reads best."""

Strokes = list[list[tuple[float, float]]]


class Zinnia:
    """The library through ctypes; raises `OSError` where it or its model is missing or broken."""

    def __init__(self, model: Path) -> None:
        self._library = library = ctypes.CDLL(LIBRARY)
        pointer, size, number = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
        for name, answer, arguments in (
            ("recognizer_new", pointer, []),
            ("recognizer_open", number, [pointer, ctypes.c_char_p]),
            ("recognizer_classify", pointer, [pointer, pointer, size]),
            ("character_new", pointer, []),
            ("character_destroy", None, [pointer]),
            ("character_set_width", None, [pointer, size]),
            ("character_set_height", None, [pointer, size]),
            ("character_add", number, [pointer, size, number, number]),
            ("result_size", size, [pointer]),
            ("result_value", ctypes.c_char_p, [pointer, size]),
            ("result_destroy", None, [pointer]),
        ):
            function = getattr(library, f"zinnia_{name}")
            function.restype, function.argtypes = answer, arguments
        self._recogniser = library.zinnia_recognizer_new()
        if not library.zinnia_recognizer_open(self._recogniser, str(model).encode()):
            raise OSError(f"{model} is not a model of {LIBRARY}")

    def classify(self, strokes: Strokes, most: int = MOST) -> list[str]:
        """Characters that the strokes may be, the likeliest first; points in a field of `SIDE` by `SIDE`."""
        library = self._library
        character = library.zinnia_character_new()
        library.zinnia_character_set_width(character, SIDE)
        library.zinnia_character_set_height(character, SIDE)
        for number, stroke in enumerate(strokes):
            for x, y in stroke:
                library.zinnia_character_add(character, number, round(x), round(y))
        result = library.zinnia_recognizer_classify(self._recogniser, character, most)
        library.zinnia_character_destroy(character)
        if not result:
            return []
        count = library.zinnia_result_size(result)
        found = [library.zinnia_result_value(result, at).decode() for at in range(count)]
        library.zinnia_result_destroy(result)
        return found


def centred(strokes: Strokes) -> Strokes:
    """The strokes in the middle of the field, as large as the model reads best, their proportions kept."""
    points = [point for stroke in strokes for point in stroke]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    by = FILLS * SIDE / max(right - left, bottom - top, 1)
    x0, y0 = (left + right) / 2, (top + bottom) / 2
    return [[(SIDE / 2 + (x - x0) * by, SIDE / 2 + (y - y0) * by) for x, y in stroke] for stroke in strokes]


def main() -> None:
    zinnia = Zinnia(MODEL)
    traditional = ThreadPoolExecutor(1).submit(Traditional, HAN)  # now, while nobody waits for it
    for line in sys.stdin:
        asked = json.loads(line)
        found = zinnia.classify(centred(asked["strokes"]))
        if asked["traditional"]:
            found = [text for text, _ in traditional.result().of([(one, 1) for one in found])]
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
