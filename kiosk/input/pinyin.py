"""Pinyin to characters through the decoder's own process, which is thrown away with each citizen's session."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from kiosk.input.composition import Candidate
from kiosk.input.decoder import DICTIONARIES, LIBRARY

ANSWER_WITHIN_S = 2.0
"""A search takes 0.4 ms; the first one waits for the process to start."""


class PinyinMissing(Exception):
    """libgooglepinyin is not on this machine; the other inputs remain. The text says what to install."""

    code = "pinyin_missing"


class Pinyin:
    """Searches candidates; `fresh` forgets everything the decoder learned. Raises `PinyinMissing`."""

    def __init__(self) -> None:
        if not any(path.exists() for path in DICTIONARIES):
            raise PinyinMissing(f"{LIBRARY} and its dictionary are missing; install: apt-get install libgooglepinyin0")
        self._used = False
        self._process = self._start()

    def search(self, letters: str) -> tuple[Candidate, ...]:
        """Candidates, the likeliest first; none when the decoder cannot make anything of it or died of it."""
        self._used = True
        answer = self._ask(letters)
        if answer is None:
            self._replace()
            return ()
        return tuple(Candidate(text=text, letters=used) for text, used in json.loads(answer))

    def fresh(self) -> None:
        """A new decoder with an empty user dictionary, for the next citizen."""
        if self._used:
            self._replace()

    @property
    def folder(self) -> Path:
        """Where this session's user dictionary is, until the session ends."""
        return Path(self._folder.name)

    def close(self) -> None:
        self._end()

    def _ask(self, letters: str) -> bytes | None:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(letters.encode("ascii") + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            return None
        ready, _, _ = select.select([process.stdout], [], [], ANSWER_WITHIN_S)
        answer = process.stdout.readline() if ready else b""
        return answer if answer.endswith(b"\n") else None

    def _replace(self) -> None:
        self._end()
        self._process = self._start()
        self._used = False

    def _start(self) -> subprocess.Popen[bytes]:
        self._folder = tempfile.TemporaryDirectory(prefix="bancheng-pinyin-", ignore_cleanup_errors=True)
        return subprocess.Popen(  # noqa: S603 - this interpreter, a module of ours
            [sys.executable, "-m", "kiosk.input.decoder", str(self.folder / "user.dat")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # the library's own assertion, with the letters nowhere in it
        )

    def _end(self) -> None:
        """Closing its input ends it; a stuck one is killed. What it learned goes with its folder."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError):
            process.stdin.close()
        try:
            process.wait(ANSWER_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        self._folder.cleanup()
