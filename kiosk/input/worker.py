"""A program of ours that answers one line by one line: what a library may break, it breaks there."""

from __future__ import annotations

import ctypes
import select
import subprocess
import sys

ANSWER_WITHIN_S = 2.0
"""Answers take milliseconds; the first one waits for the program to start."""


def loads(library: str) -> bool:
    """Whether this machine has that library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


class Worker:
    """One run of `python -m MODULE ARGUMENTS`. It ends when told, or when the kiosk itself does: its input closes."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, a module of ours
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's last words, with nothing of the citizen's in them
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, line: bytes) -> bytes | None:
        """The answer's line; None when the program died of it or took too long: then it is of no more use."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(line + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            return None
        ready, _, _ = select.select([process.stdout], [], [], ANSWER_WITHIN_S)
        answer = process.stdout.readline() if ready else b""
        return answer if answer.endswith(b"\n") else None

    def end(self) -> None:
        """Killed, not asked: the next citizen does not wait for it. Its memory goes with it."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.kill()
        process.wait()
        try:
            process.stdin.close()
        except BrokenPipeError:
            return  # it died before it read the last line
        finally:
            process.stdout.close()


class OfOneCitizen:
    """A worker that is thrown away once a citizen used it, with all that it saw and learned."""

    def __init__(self) -> None:
        self._used = False
        self._worker = self._begun()

    def _begun(self) -> Worker:
        """A worker that has seen nothing yet."""
        raise NotImplementedError  # each library has its own

    def fresh(self) -> None:
        """Another one for the next citizen."""
        if self._used:
            self._replace()

    @property
    def pid(self) -> int:
        """The worker's process."""
        return self._worker.pid

    def close(self) -> None:
        """Ends the worker."""
        self._worker.end()

    def _ask(self, line: bytes) -> bytes | None:
        """The answer's line; None when the worker died of it, and another one stands ready."""
        self._used = True
        answer = self._worker.ask(line)
        if answer is None:
            self._replace()
        return answer

    def _replace(self) -> None:
        self.close()
        self._used = False
        self._worker = self._begun()
