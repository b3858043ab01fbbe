"""Real processes for demonstration and end-to-end tests: started together, logged each to a file, stopped for sure."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
LAST_WORDS = 2000
_running: list[Processes] = []
"""Those whose block is not left yet."""


class NotInTime(AssertionError):
    """Something that should happen did not; the text says what and where to look."""


def until(
    what: str | Callable[[], str], ask: Callable[[], T | None], timeout_s: float = 30.0, every_s: float = 0.02
) -> T:
    """Asks again until the answer is true, and returns it; raises `NotInTime` naming what was waited for.

    A `what` that is asked for tells what is there when the time is over, and not what was there in the beginning.
    """
    ends = time.monotonic() + timeout_s
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > ends:
            said = "".join(processes.last_words() for processes in _running)
            raise NotInTime(f"{what if isinstance(what, str) else what()}: not within {timeout_s:g} s{said}")
        time.sleep(every_s)


class Processes:
    """Programs by name; `logs/NAME.log` has what each said. Leaving the block stops them all."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._logs.mkdir(parents=True, exist_ok=True)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._begun: dict[str, int] = {}
        """Where in its log a program's present run begins."""
        _running.append(self)

    def start(self, name: str, *argv: str, env: dict[str, str] | None = None) -> None:
        """Starts a program, `python -m` for ours when `argv` begins with `-m`."""
        command = [sys.executable, *argv] if argv[0] == "-m" else list(argv)
        with self.log(name).open("ab") as log:
            self._begun[name] = log.tell()
            self._running[name] = subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **(env or {})},
            )

    def log(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def said(self, name: str, words: str) -> bool:
        """Whether the program has said these words since its last start; raises when it has ended instead."""
        if words in self._words(name):
            return True
        self.check(name)
        return False

    def last_words(self) -> str:
        """The end of what each said: why something that was waited for did not come is mostly there."""
        ends = {name: process.poll() for name, process in self._running.items()}
        return "".join(
            f"\n--- {name} ({'runs' if code is None else f'ended with {code}'}):\n{self._words(name)[-LAST_WORDS:]}"
            for name, code in ends.items()
        )

    def check(self, name: str) -> None:
        """Raises `NotInTime` with the end of its log when the program is no longer running."""
        code = self._running[name].poll()
        if code is not None:
            raise NotInTime(f"{name} ended with {code}:\n{self._words(name)[-LAST_WORDS:]}")

    def _words(self, name: str) -> str:
        return self.log(name).read_bytes()[self._begun[name] :].decode(errors="replace")

    def pid(self, name: str) -> int:
        return self._running[name].pid

    def signal(self, name: str, number: signal.Signals) -> None:
        self._running[name].send_signal(number)

    def ended(self, name: str, timeout_s: float = 30.0) -> int:
        """Waits until a program has ended by itself, and returns its exit code."""
        code = until(f"the end of {name}", lambda: _exit_code(self._running[name]), timeout_s)[0]
        del self._running[name]
        return code

    def kill(self, name: str) -> None:
        """As a pulled plug does: no goodbye."""
        process = self._running.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self, name: str, timeout_s: float = 10.0) -> int:
        """Asks politely, insists after `timeout_s`, and returns the exit code."""
        process = self._running.pop(name)
        process.terminate()
        try:
            return process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def close(self) -> None:
        if self in _running:
            _running.remove(self)
        for process in self._running.values():
            process.terminate()
        for name in reversed(list(self._running)):
            self.stop(name)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _exit_code(process: subprocess.Popen[bytes]) -> tuple[int] | None:
    code = process.poll()
    return None if code is None else (code,)
