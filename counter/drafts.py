"""Half-filled actions that survive closing the program: encrypted rows in the terminal's folder, by case and action."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from counter.steps.shape import ActionCode, Draft
from hub import keys

NONCE_BYTES = 12
_said = msgspec.json.Decoder(dict[str, str])


class DraftUnreadable(Exception):
    """A stored draft that its key does not open; the text names the file and what to do."""

    code = "draft_unreadable"


class Drafts:
    """The terminal's drafts. A row is sealed with AES-GCM and bound to its case and action; its id is their digest."""

    def __init__(self, folder: Path) -> None:
        keys.make_secret(folder / "drafts.key")
        self._path = folder / "drafts.db"
        self._cipher = AESGCM(keys.load_secret(folder / "drafts.key"))
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))  # only its owner reads it, from the first byte on
        self._rows = sqlite3.connect(self._path, isolation_level=None)
        self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute("PRAGMA synchronous=FULL")
        self._rows.execute("PRAGMA secure_delete=ON")
        self._rows.execute("CREATE TABLE IF NOT EXISTS draft (id BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID")

    def keep(self, case_number: str, action: ActionCode, draft: Draft) -> None:
        """Stores a draft, durably; an empty one is dropped."""
        if draft == Draft():
            self.drop(case_number, action)
            return
        row = _row(case_number, action)
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, msgspec.json.encode(draft.said), row)
        self._rows.execute("INSERT OR REPLACE INTO draft VALUES (?, ?)", (row, sealed))

    def find(self, case_number: str, action: ActionCode) -> Draft:
        """The draft, or an empty one; raises `DraftUnreadable` when the key is not the one that sealed it."""
        row = _row(case_number, action)
        found = self._rows.execute("SELECT sealed FROM draft WHERE id = ?", (row,)).fetchone()
        if found is None:
            return Draft()
        sealed: bytes = found[0]
        try:
            plain = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], row)
        except InvalidTag as wrong:
            raise DraftUnreadable(
                f"{self._path}: a draft does not open with drafts.key beside it; put the right key back or delete both"
            ) from wrong
        said = _said.decode(plain)
        return Draft({name: value for name, value in said.items() if value})

    def drop(self, case_number: str, action: ActionCode) -> None:
        self._rows.execute("DELETE FROM draft WHERE id = ?", (_row(case_number, action),))

    def close(self) -> None:
        self._rows.close()


def _row(case_number: str, action: ActionCode) -> bytes:
    return hashlib.sha256(f"{case_number}\n{action}".encode()).digest()
