"""The line of a value is the line on which somebody wrote it, however TOML let them write it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, strategies as st

from hub.config import default_policy, policy_file, shipped_policies
from hub.domain.policy.lines import Path, line_of, lines_of

KEYS = st.sampled_from(["a", "b", "rating-levels", "c_1", '"quoted.key"', "'single'", '"键"'])
PRELUDES = st.sampled_from(
    [
        "",
        "# a comment with [brackets] and = signs\n",
        'text_before = "a # and a [ and \\" inside"\n',
        "literal_before = 'C:\\'\n",
        'long_before = """\nthree = 1\n[lines]\n"""\n',
        "raw_before = '''\n[[no]]\n# table'''\n",
        "when_before = 2026-11-23T09:00:00+08:00\nopens = 09:00:00 # o'clock\n",
        "many_before = [ # one\n  1, 2,\n  { x = [3] }, # two ]\n]\n\n",
    ]
)


class Writer:
    """Writes random tables, and remembers on which line each number stands; numbers stand once."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.text = ""
        self.said: dict[int, int] = {}

    def number(self) -> str:
        marker = 1000 + len(self.said)
        self.said[marker] = self.text.count("\n") + 1
        return str(marker)

    def value(self, depth: int) -> None:
        kind = self.draw(st.sampled_from(["number", "array", "lines", "inline"] if depth else ["number"]))
        if kind == "number":
            self.text += self.number()
        elif kind == "inline":
            self.text += "{ "
            for place, key in enumerate(self.draw(st.lists(KEYS, unique=True, max_size=3))):
                self.text += (", " if place else "") + key + " = "
                self.value(depth - 1)
            self.text += " }"
        else:
            gap = "\n    # a comment, with ] and }\n  " if kind == "lines" else " "
            self.text += "["
            for place in range(self.draw(st.integers(0, 3))):
                self.text += ("," if place else "") + gap
                self.value(depth - 1)
            self.text += gap + "]"

    def pairs(self, prelude: str) -> None:
        self.text += prelude
        for key in self.draw(st.lists(KEYS, unique=True, max_size=3)):
            dotted = self.draw(st.sampled_from(["", " . sub"]))
            self.text += f"{key}{dotted} = "
            self.value(2)
            self.text += self.draw(st.sampled_from(["\n", "  # why\n", "\n\n"]))


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[int, int]]:
    writer = Writer(draw)
    writer.pairs(draw(PRELUDES))
    for name in draw(st.lists(st.sampled_from(["t1", "t2.deep", "t3 . 'deep er'"]), unique=True)):
        if draw(st.booleans()):
            writer.text += f"[{name}]\n"
            writer.pairs("")
            continue
        for _ in range(draw(st.integers(1, 3))):
            writer.text += f"[[ {name} ]] # an element\n"
            writer.pairs("")
            if draw(st.booleans()):
                writer.text += f"[{name}.of_it]\n"
                writer.pairs("")
    return writer.text, writer.said


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, dict | list):
        yield path, value
    for key, one in pairs:
        yield from leaves(one, (*path, key))


@given(documents(), st.booleans())
def test_every_number_is_found_on_its_line(written: tuple[str, dict[int, int]], crlf: bool) -> None:
    text, said = written
    lines = lines_of(text.replace("\n", "\r\n") if crlf else text)
    found = {value: lines[path] for path, value in leaves(tomllib.loads(text)) if value in said}
    assert found == said


@pytest.mark.parametrize("name", [*shipped_policies(), "default"])
def test_every_value_of_what_ships_is_found_where_it_stands(name: str) -> None:
    text = default_policy().decode() if name == "default" else policy_file(name).read_text()
    lines, rows = lines_of(text), text.splitlines()
    for path, value in leaves(tomllib.loads(text)):
        shown = str(value).lower() if isinstance(value, bool | int) else str(value)
        assert shown in rows[lines[path] - 1]


def test_what_is_missing_stands_where_its_table_does() -> None:
    lines = lines_of("a = 1\n\n[clock]\nstarts = { value = 2 }\n")
    assert line_of(("clock", "starts", "cite"), lines) == 4
    assert line_of(("clock", "limit", "value"), lines) == 3
    assert line_of(("rating",), lines) == 1
