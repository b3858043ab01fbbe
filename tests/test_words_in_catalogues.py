"""What citizens read stands in catalogues, never in code: no Chinese in a string, no key that a catalogue lacks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import hub
from hub.domain.words import Words

ROOT = Path(hub.__file__).parents[1]
CITIZENS = ("kiosk", "printers", "display", "hub/web")
CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uffef]")
"""Characters and punctuation; the wide space parts words without being one."""
MEANT = {
    "kiosk/input/decoder.py": "the characters that the pinyin table writes and the engine lacks, and the range it has",
    "kiosk/input/layouts.py": "what stands on the keys of punctuation",
    "kiosk/input/phrases.py": "the marks that end a sentence, part it or bracket a remark, in the text typed so far",
    "printers/lettering.py": "which marks are half blank",
    "printers/typeset.py": "which marks begin and end no line",
    "display/theme/wrap.py": "which marks begin and end no line",
    "display/led/text.py": "what stands on the board for what its fonts lack",
}


def sources() -> Iterator[tuple[str, str]]:
    for folder in CITIZENS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def strings(source: str) -> list[str]:
    """Every string of a module that is no docstring."""
    tree = ast.parse(source)
    alone = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    return [
        one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in alone
    ]


def test_no_chinese_stands_in_code() -> None:
    found = {name: [one for one in strings(source) if CHINESE.search(one)] for name, source in sources()}
    assert {name: texts for name, texts in found.items() if texts and name not in MEANT} == {}


def test_every_exception_is_still_one() -> None:
    with_chinese = {name for name, source in sources() if any(CHINESE.search(one) for one in strings(source))}
    assert set(MEANT) <= with_chinese


def test_no_chinese_stands_in_a_page_s_template() -> None:
    templates = sorted((ROOT / "hub/web/templates").glob("*.html"))
    assert templates
    assert {one.name: found for one in templates if (found := CHINESE.findall(one.read_text(encoding="utf-8")))} == {}


def test_a_string_with_chinese_is_seen_and_a_docstring_is_none() -> None:
    assert strings('"""取号"""\nx = f"{n} 人"\ny = \'办\'') == ["办", " 人"]


@pytest.mark.parametrize(("package", "called"), [("kiosk", "words"), ("printers", "words")])
def test_every_key_that_code_names_is_in_the_catalogue(package: str, called: str) -> None:
    """Of keys that are written out; those put together are found by the tests that show every state."""
    known = Words(package, "zh_Hans")
    missing = []
    for path in sorted((ROOT / package).rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == called and call.args:
                key = call.args[0]
                if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value not in known:
                    missing.append(f"{path.relative_to(ROOT)}:{call.lineno}: {key.value}")
    assert missing == []
