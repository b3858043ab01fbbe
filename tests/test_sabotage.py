"""The list of `make sabotage` fits the tree and is whole: what it removes is there once, so is every test it names, and
each transition and each policy value that a rule cites is on it or held elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from hub.domain.case import MOVES, NEEDS_TEXT, SIDE_STEPS
from hub.domain.policy import Policy
from hub.domain.policy.shape import Part, parts
from hub.domain.policy.values import Stated
from tests.factories import a_policy
from tests.hub.desk import HALLS
from tests.sabotage.generated import generated
from tests.sabotage.protections import TREE, Protection, protections
from tests.test_rules_doc import keys_named

ALL = (*protections(), *generated())


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_a_protection_and_its_test_are_where_the_list_says(one: Protection) -> None:
    text = (TREE / one.file).read_text()
    assert one.taken_out(text) != text
    file, _, function = one.test.partition("::")
    assert re.search(rf"^def {function.partition('[')[0]}\(", (TREE / file).read_text(), re.MULTILINE)


def test_one_case_of_a_test_is_named_as_pytest_names_it() -> None:
    """Another fixture with parameters, such as one more database, renames every case of the tests that use it."""
    named = sorted({one.test for one in ALL if "[" in one.test})
    argv = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider", *named]
    collected = subprocess.run(argv, cwd=TREE, capture_output=True, text=True)
    assert collected.returncode == 0, collected.stdout + collected.stderr


def test_a_list_that_no_longer_fits_is_said() -> None:
    gone = Protection(name="gone", file="hub/server.py", remove="no such line", by="", test="")
    with pytest.raises(ValueError, match=r"hub/server\.py has 0 times"):
        gone.taken_out((TREE / "hub/server.py").read_text())


def test_every_transition_is_protected_by_a_rule_s_test() -> None:
    names = [one.name for one in generated()]
    assert len(names) == len(set(names)) == len(MOVES) + len(SIDE_STEPS) + len(NEEDS_TEXT)
    assert {f"a case that is {at} can {by}" for at, by in MOVES} <= set(names)


def test_every_policy_value_that_a_rule_cites_is_held() -> None:
    """By `test_policy_held`, where a document gives it; else, or as well, by a protection that carries its key."""
    given = {
        _key(part)
        for name in HALLS
        for part in parts(a_policy(name), Policy)
        if isinstance(part.value, Stated) and not part.silent
    }
    protected = {one.policy_key for one in ALL}
    loose = [
        (rule, key)
        for rule, key in keys_named()
        if key not in protected and not any(known == key or known.startswith(f"{key}.") for known in given)
    ]
    assert loose == []


def test_a_protection_of_a_policy_value_names_one_that_there_is() -> None:
    known = {_key(part) for part in parts(a_policy("wuxi"), Policy)}
    assert {one.policy_key for one in ALL} - {""} <= known


def test_what_protects_a_policy_value_carries_a_rule_s_mark() -> None:
    for one in ALL:
        file, _, function = one.test.partition("::")
        if one.policy_key:
            marks = (TREE / file).read_text().partition(f"\ndef {function.partition('[')[0]}(")[0].rpartition("\n\n")[2]
            assert "mark.rule(" in marks, one.name


def _key(part: Part) -> str:
    return ".".join(step for step in part.path if isinstance(step, str) and step != "value")
