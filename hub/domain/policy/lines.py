"""Where a value stands in a TOML file: key path → line, for messages that name the line.

Decoders keep no places, so this reads the text a second time. It asks for text that a decoder has accepted: it
follows the grammar of TOML 1.0 and checks none of it.
"""

from __future__ import annotations

import re
import tomllib

Path = tuple[str | int, ...]
"""Keys, and places in arrays: `("reasons", 2, "code")`."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL
)
_PLAIN = re.compile(r"[^,\]}#\n]+")


def lines_of(text: str) -> dict[Path, int]:
    """The line (from 1) on which each key, table and element of an array begins; `()` is the file itself."""
    return _Reader(text).read()


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of a path, or of the nearest table above it where the path itself is missing."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


class _Reader:
    """One pass over one text; `_at` is the place in it."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._lines: dict[Path, int] = {(): 1}
        self._lengths: dict[Path, int] = {}

    def read(self) -> dict[Path, int]:
        table: Path = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._here("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self._lines

    def _header(self) -> Path:
        """`[a.b]`, or `[[a.b]]`, which begins another element; a name on the way means an array's latest element."""
        double = self._here("[[")
        start = self._at
        self._at += 2 if double else 1
        keys = self._keys()
        self._skip(_SPACE)
        self._at += 2 if double else 1
        path: Path = ()
        for key in keys[:-1]:
            path = self._latest((*path, key))
            self._lines.setdefault(path, self._line(start))
        path = (*path, keys[-1])
        if double:
            self._lines.setdefault(path, self._line(start))
            self._lengths[path] = self._lengths.get(path, 0) + 1
            path = self._latest(path)
        self._lines.setdefault(path, self._line(start))
        return path

    def _pair(self, table: Path) -> None:
        start = self._at
        path = table
        for key in self._keys():
            path = (*path, key)
            self._lines.setdefault(path, self._line(start))
        self._skip(_SPACE)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._here("["):
            self._array(path)
        elif self._here("{"):
            self._inline_table(path)
        elif self._skip(_STRING) is None:
            self._skip(_PLAIN)

    def _array(self, path: Path) -> None:
        self._at += 1
        self._skip(_BLANK)
        place = 0
        while not self._here("]"):
            self._lines[(*path, place)] = self._line(self._at)
            self._value((*path, place))
            place += 1
            self._separator(_BLANK)
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip(_SPACE)
        while not self._here("}"):
            self._pair(path)
            self._separator(_SPACE)
        self._at += 1

    def _separator(self, space: re.Pattern[str]) -> None:
        self._skip(space)
        if self._here(","):
            self._at += 1
            self._skip(space)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while not keys or self._here("."):
            self._at += 1 if keys else 0
            self._skip(_SPACE)
            quoted = self._skip(_STRING)
            keys.append(self._skip(_BARE_KEY) or "" if quoted is None else tomllib.loads(f"k = {quoted}")["k"])
            self._skip(_SPACE)
        return keys

    def _latest(self, path: Path) -> Path:
        length = self._lengths.get(path, 0)
        return (*path, length - 1) if length else path

    def _here(self, mark: str) -> bool:
        return self._text.startswith(mark, self._at)

    def _skip(self, what: re.Pattern[str]) -> str | None:
        found = what.match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        return found.group()

    def _line(self, at: int) -> int:
        return self._text.count("\n", 0, at) + 1
