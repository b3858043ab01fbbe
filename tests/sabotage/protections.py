"""The list of protections: what each promises, the change that removes it, and the test that must then fail."""

from __future__ import annotations

from pathlib import Path

import msgspec

from hub.domain.hall import Value

LIST = Path(__file__).with_name("protections.toml")
TREE = Path(__file__).parents[2]


class Protection(Value, frozen=True):
    """`remove` stands exactly once in `file` and is replaced `by` something that works, but without the protection.

    `policy_key` is the policy's value that is acted on there, if one is (`extension.cap_wd`).
    """

    name: str
    file: str
    remove: str
    by: str
    test: str
    policy_key: str = ""

    def taken_out(self, text: str) -> str:
        """The file's text without the protection; raises `ValueError` when the list no longer fits the file."""
        found = text.count(self.remove)
        if found != 1:
            raise ValueError(f"{self.name}: {self.file} has {found} times what protections.toml would remove")
        return text.replace(self.remove, self.by)


class _List(Value, frozen=True):
    protection: tuple[Protection, ...]


def protections() -> tuple[Protection, ...]:
    return msgspec.toml.decode(LIST.read_bytes(), type=_List).protection
