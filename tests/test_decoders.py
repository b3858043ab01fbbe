"""What a type looks like is learned while modules load: two threads that learn it at the same moment end the program.

msgspec has no decoder for TOML; those files are read at the start.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = [path for name in ("hub", "kiosk", "counter", "display", "printers") for path in (ROOT / name).rglob("*.py")]


def learned_late(tree: ast.AST, *, inside: bool = False) -> Iterator[int]:
    """Lines of functions that make a decoder, or decode to a type that they name."""
    for node in ast.iter_child_nodes(tree):
        if inside and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            names_a_type = any(one.arg == "type" for one in node.keywords)
            decodes = node.func.attr == "decode" and ast.unparse(node.func) != "msgspec.toml.decode"
            if node.func.attr == "Decoder" or (decodes and names_a_type):
                yield node.lineno
        yield from learned_late(node, inside=inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_decoder_is_made_while_the_program_runs() -> None:
    assert len(MODULES) > 300
    late = [
        f"{path.relative_to(ROOT)}:{line}" for path in MODULES for line in learned_late(ast.parse(path.read_bytes()))
    ]
    assert late == [], "make a msgspec Decoder where the module begins, and use that"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("def f(body):\n    return msgspec.json.decode(body, type=Paper)", [2]),
        ("def f(body):\n    return msgspec.msgpack.Decoder(Paper).decode(body)", [2]),
        ("_paper = msgspec.json.Decoder(Paper)\ndef f(body):\n    return _paper.decode(body)", []),
    ],
)
def test_it_sees_what_it_looks_for(source: str, lines: list[int]) -> None:
    assert list(learned_late(ast.parse(source))) == lines
