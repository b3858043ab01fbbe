"""Pinyin to characters through the decoder's own process, which is thrown away with each citizen's session."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from kiosk.input.composition import Candidate
from kiosk.input.decoder import DICTIONARIES, LIBRARY
from kiosk.input.worker import OfOneCitizen, Worker, loads


class PinyinMissing(Exception):
    """libgooglepinyin is not on this machine; the other inputs remain. The text says what to install."""

    code = "pinyin_missing"


class Pinyin(OfOneCitizen):
    """Searches candidates; `fresh` forgets everything the decoder learned. Raises `PinyinMissing`."""

    def __init__(self) -> None:
        if not loads(LIBRARY) or not any(path.exists() for path in DICTIONARIES):
            raise PinyinMissing(f"{LIBRARY} and its dictionary are missing; install: apt-get install libgooglepinyin0")
        super().__init__()

    def search(self, letters: str, *, traditional: bool = False) -> tuple[Candidate, ...]:
        """Candidates, the likeliest first; none when the decoder cannot make anything of it or died of it."""
        answer = self._ask(letters.encode("ascii") + b" traditional" * traditional)
        return tuple(Candidate(text=text, letters=used) for text, used in json.loads(answer or "[]"))

    @property
    def folder(self) -> Path:
        """Where this session's user dictionary is, until the session ends."""
        return Path(self._folder.name)

    def close(self) -> None:
        """Ends the decoder; what it learned goes with its folder."""
        super().close()
        self._folder.cleanup()

    def _begun(self) -> Worker:
        """With an empty user dictionary."""
        self._folder = tempfile.TemporaryDirectory(prefix="bancheng-pinyin-", ignore_cleanup_errors=True)
        return Worker("kiosk.input.decoder", str(self.folder / "user.dat"))
