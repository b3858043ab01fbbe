"""What a power cut would have left of a database, rebuilt from a trace of the system calls of who wrote it.

A trace is what strace wrote, see `TRACED`. Only what a completed sync covers counts as on the disk: a write counts when
it had returned before the sync began, a new file when its folder was synced after it was made.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

CALLS = "trace=pwrite64,ftruncate,fdatasync,fsync,sendto"
TRACED = ("strace", "-D", "-f", "-yy", "-xx", "--seccomp-bpf", "-s", "70000", "-e", CALLS)
"""How a program is traced; `-o FILE` and the program follow. With -D the program is the child that was started."""
TRACED_SAYING = (*TRACED[:-1], f"{CALLS},write")
"""The same with what it writes from the start of a file to its end at once, such as its touch map, or down a line
to a printer (`say`)."""

_CALL = re.compile(r"(?P<pid>\d+) +(?P<name>\w+)\(\d+<(?P<what>.*?)>(?:\(deleted\))?(?=[,)]| <)(?P<rest>.*)")
_RESUMED = re.compile(r"(?P<pid>\d+) +<\.\.\. \w+ resumed>.*\) += (?P<result>-?\d+)")
_RESULT = re.compile(r"\) += (?P<result>-?\d+)")
_WRITTEN = re.compile(r', "(?P<content>[^"]*)", \d+, (?P<at>\d+)')
_LENGTH = re.compile(r", (?P<length>\d+)")
_SAID = re.compile(r', "(?P<content>[^"]*)", \d+')
_SENT = re.compile(r', "[^"]*"(?:\.\.\.)?, (?P<length>\d+), ')
UNFINISHED = "<unfinished ...>"


def must_trace() -> None:
    """Skips the test where no program can be traced."""
    try:
        allowed = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("strace is not installed: apt-get install strace")
    if allowed.returncode:
        pytest.skip(f"this system lets no process trace another one: {allowed.stderr.strip()}")


@dataclass
class Step:
    """One system call: the lines of the trace at which it began and had returned."""

    kind: Literal["write", "truncate", "sync", "send", "say"]
    what: str
    began: int
    ended: int = -1
    content: bytes = b""
    at: int = 0
    """Where a write goes, the length that a file is cut to, how many bytes are sent."""


def steps(trace: Path) -> list[Step]:
    """The calls of a trace that succeeded, in the order in which they returned."""
    found: list[Step] = []
    open_calls: dict[str, Step] = {}
    for number, line in enumerate(trace.read_text().splitlines()):
        if call := _CALL.match(line):
            step = _step(call["name"], _plain(call["what"]), call["rest"], number)
            if UNFINISHED in line:
                open_calls[call["pid"]] = step
            # a call that was not cut short always has its result; without one the trace is not what strace writes
            elif int(_RESULT.search(line)["result"]) >= 0:  # type: ignore[index]
                step.ended = number
                found.append(step)
        elif (resumed := _RESUMED.match(line)) and resumed["pid"] in open_calls:
            step = open_calls.pop(resumed["pid"])
            if int(resumed["result"]) >= 0:
                step.ended = number
                found.append(step)
    return found


def _step(name: str, what: str, rest: str, number: int) -> Step:
    match name:
        case "pwrite64":
            write = _WRITTEN.match(rest)
            assert write, rest[-80:]
            return Step(
                "write", what, number, content=bytes.fromhex(write["content"].replace("\\x", "")), at=int(write["at"])
            )
        case "write":
            said = _SAID.match(rest)
            return Step("say", what, number, content=bytes.fromhex(said["content"].replace("\\x", "")) if said else b"")
        case "ftruncate":
            length = _LENGTH.match(rest)
            assert length, rest
            return Step("truncate", what, number, at=int(length["length"]))
        case "sendto":
            sent = _SENT.match(rest)
            return Step("send", what, number, at=int(sent["length"]) if sent else 0)
        case _:
            return Step("sync", what, number)


def _plain(what: str) -> str:
    return bytes.fromhex(what.replace("\\x", "")).decode() if what.startswith("\\x") else what


def cut(calls: Iterable[Step], line: int, before: Path, after: Path) -> None:
    """Writes into `after` the files of the folder `before` (made ready before the trace began) with all that was surely
    on the disk when the trace had come to that line; `before` is named as it was when it was traced."""
    past = [call for call in calls if 0 <= call.ended < line]
    syncs = [call for call in past if call.kind == "sync"]
    files = {path.name: bytearray(path.read_bytes()) for path in before.iterdir() if path.is_file()}
    for call in past:
        place = Path(call.what)
        if call.kind not in ("write", "truncate") or place.parent.name != before.name:
            continue
        if not any(sync.what == call.what and sync.began > call.ended for sync in syncs):
            continue
        if place.name not in files:
            if not any(sync.what == str(place.parent) and sync.began > call.ended for sync in syncs):
                continue
            files[place.name] = bytearray()
        _apply(files[place.name], call)
    after.mkdir()
    for name, content in files.items():
        (after / name).write_bytes(content)


def _apply(file: bytearray, call: Step) -> None:
    if call.kind == "truncate":
        del file[call.at :]
        file.extend(bytes(call.at - len(file)))
        return
    file.extend(bytes(max(0, call.at - len(file))))
    file[call.at : call.at + len(call.content)] = call.content
