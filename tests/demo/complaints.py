"""The complaints of `complaints.toml`, ready to be filed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from hub.domain.hall import Value
from hub.domain.lookup import LookupKeys
from hub.wire.messages import FileComplaint, LookupSecrets


class DemoComplaint(Value, frozen=True):
    """One citizen's complaint. No name and no phone: anonymous."""

    hall: str
    matter: str
    reasons: tuple[str, ...]
    visits: int
    text: str
    name: str = ""
    phone: str = ""
    confidential: bool = False

    def filed_with(self, keys: LookupKeys) -> FileComplaint:
        """The command that files it, with the keys of its paper."""
        return FileComplaint(
            matter=self.matter,
            reasons=self.reasons,
            visits=self.visits,
            text=self.text,
            name=self.name,
            phone=self.phone,
            confidential=self.confidential,
            on_paper=LookupSecrets(token=keys.token, typed=keys.typed),
        )


class _File(Value, frozen=True):
    complaints: tuple[DemoComplaint, ...]


@cache
def complaints(hall: str = "shanting") -> tuple[DemoComplaint, ...]:
    """Those whose codes are the hall template's."""
    text = Path(__file__).with_name("complaints.toml").read_bytes()
    return tuple(one for one in msgspec.toml.decode(text, type=_File).complaints if one.hall == hall)
