"""`docs/rules.md` names every rule once, and every policy key that it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from hub.domain.policy import Policy
from hub.domain.policy.shape import parts
from tests.factories import a_policy

TREE = Path(__file__).parents[1]
TEXT = (TREE / "docs" / "rules.md").read_text()
LINES = [line.split("|")[1:-1] for line in TEXT.splitlines() if re.match(r"\| R\d", line)]
ROWS = [line for line in LINES if len(line) == 4]
PROOFS = [line for line in LINES if len(line) == 3]


def test_every_rule_stands_once() -> None:
    named: list[int] = []
    for row in ROWS:
        first, *more = (int(number) for number in re.findall(r"R(\d+)", row[0]))
        named += range(first, more[0] + 1) if " - " in row[0] else [first, *more]
    assert sorted(named) == list(range(1, 75))


def test_every_rule_says_what_acts_on_it_or_why_nothing_does() -> None:
    for row in ROWS:
        assert row[3].strip(" -"), row[0]
        assert "not here" not in row[3] or "not here: " in row[3], row[0]


def test_every_policy_key_that_is_named_exists() -> None:
    known = set()
    for name in ("yueyang", "wuxi"):
        for part in parts(a_policy(name), Policy):
            known.add(".".join(str(step) for step in part.path if isinstance(step, str) and step != "value"))
    assert [(rule, key) for rule, key in keys_named() if key not in known] == []
    assert len(keys_named()) > 60


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof[0].strip())
def test_what_is_said_to_show_a_rule_carries_its_mark(proof: list[str]) -> None:
    rule, file, test = (cell.strip(" `") for cell in proof)
    tree = ast.parse((TREE / file).read_text())
    marks = [
        ast.unparse(mark)
        for one in tree.body
        if isinstance(one, ast.FunctionDef) and one.name == test
        for mark in one.decorator_list
    ]
    assert any(mark.startswith("pytest.mark.rule(") and f"'{rule}'" in mark for mark in marks), marks


def keys_named() -> list[tuple[str, str]]:
    """Each policy key that the table names, whole, with the rule it stands beside; a hall's file is none."""
    found = []
    for row in ROWS:
        theme = ""
        for key in re.findall(r"`([a-z_.*]+)`", row[2].split("(")[0]):
            theme = theme if key.startswith(".") else key.split(".")[0]
            if key != "hall.toml":
                found.append((row[0].strip(), theme + key if key.startswith(".") else key.removesuffix(".*")))
    return found
