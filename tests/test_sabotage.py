"""The list of `make sabotage` fits the tree: what it would remove is there once, and so is every test it names."""

from __future__ import annotations

import re

import pytest

from tests.sabotage.protections import TREE, Protection, protections


@pytest.mark.parametrize("one", protections(), ids=lambda one: one.name)
def test_a_protection_and_its_test_are_where_the_list_says(one: Protection) -> None:
    text = (TREE / one.file).read_text()
    assert one.taken_out(text) != text
    file, _, function = one.test.partition("::")
    assert re.search(rf"^def {function}\(", (TREE / file).read_text(), re.MULTILINE)


def test_a_list_that_no_longer_fits_is_said() -> None:
    gone = Protection(name="gone", file="hub/server.py", remove="no such line", by="", test="")
    with pytest.raises(ValueError, match=r"hub/server\.py has 0 times"):
        gone.taken_out((TREE / "hub/server.py").read_text())
