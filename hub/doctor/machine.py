"""This machine: its clock, disk, keys and database."""

from __future__ import annotations

import datetime as dt
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from hub import keys
from hub.config import HallDirectory
from hub.doctor.checks import Check, broken, warns, well
from hub.domain.hall import Terminal
from hub.errors import HubError
from hub.status import LOW_DISK_BYTES
from hub.store import soundness
from hub.store.transaction import one_transaction

FULL_DISK_BYTES = 64 << 20
OLDEST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""A clock that shows less lost its battery."""
LOOK_AGAIN_S = 0.5


def clock(now: dt.datetime, synchronised: str) -> Check:
    """`synchronised` is what timedatectl says: `yes`, `no`, or something else where it says nothing."""
    shown = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if now < OLDEST:
        return broken("clock", f"shows {shown}, which is long past", "set it: timedatectl set-ntp true")
    if synchronised == "no":
        return warns("clock", f"shows {shown}, but nothing sets it", "turn it on: timedatectl set-ntp true")
    return well("clock", f"shows {shown}" + (", and is kept by the network" if synchronised == "yes" else ""))


def ask_timedatectl() -> str:
    """Whether the network sets this machine's clock; empty where that cannot be told."""
    program = shutil.which("timedatectl")
    if program is None:
        return ""
    try:
        asked = [program, "show", "--property=NTPSynchronized", "--value"]
        return subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False).stdout.strip()  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""


def disk(folder: Path, free_bytes: int) -> Check:
    what = f"{free_bytes / (1 << 30):.1f} GiB are free at {folder}"
    remedy = f"make room where {folder} is: old logs and backups first"
    if free_bytes < FULL_DISK_BYTES:
        return broken("disk", what, remedy)
    return warns("disk", what, remedy) if free_bytes < LOW_DISK_BYTES else well("disk", what)


def key_files(place: HallDirectory, terminals: Sequence[Terminal]) -> Iterator[Check]:
    """The hub's public key, each terminal's pair, and that nobody else on this machine reads a secret."""
    found = list(_keys_amiss(place, terminals))
    if not found:
        found.append(well("keys", f"those of {', '.join(one.name for one in terminals) or 'the hub'} are here"))
    yield from found
    yield from readable_by_others(place)


def readable_by_others(place: HallDirectory) -> Iterator[Check]:
    secrets = [*place.keys.glob("*.secret"), place.data_key, place.pepper, *place.path.glob("terminals/*/*.key")]
    for path in secrets:
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield broken(f"key {path.name}", "others on this machine can read it", f"chmod 600 {path}")


def _keys_amiss(place: HallDirectory, terminals: Sequence[Terminal]) -> Iterator[Check]:
    try:
        keys.load_public(place.keys, "hub")
    except keys.KeyMissing as wrong:
        yield broken("keys", str(wrong), "copy keys/hub.public from the hub's machine")
    for one in terminals:
        try:
            fits = keys.fits(keys.load_pair(place.keys, one.name))
        except keys.KeyMissing as wrong:
            yield broken(f"keys of {one.name}", str(wrong), f"copy keys/{one.name}.* from the hub's machine")
            continue
        if not fits:
            yield broken(
                f"keys of {one.name}",
                "public and secret key are not of one pair: the hub takes it for nobody",
                f"copy both keys/{one.name}.* from the hub's machine",
            )


def database(place: HallDirectory) -> Iterator[Check]:
    """The hall's data, where this machine has it; nothing is changed."""
    where = place.database
    if isinstance(where, Path):
        if where.exists():
            yield _file(where)
        return
    if not place.data_key.exists():
        return  # a terminal's machine
    try:
        with one_transaction(where, read_only=True):
            yield well("database", "PostgreSQL answers")
    except HubError as wrong:
        yield broken("database", str(wrong), "see to the database's server and to this machine's network")


def _file(path: Path) -> Check:
    """A hub at work writes while it is looked at: only what is wrong twice is wrong."""
    for last in (False, True):
        try:
            soundness.check(path)
        except HubError as wrong:
            if last:
                return broken("database", str(wrong), "stop the hub before anything else: bancheng restore says how on")
            time.sleep(LOOK_AGAIN_S)  # a command that looks twice and ends: nobody waits for it in a loop
        else:
            break
    return well("database", f"{path} is sound, {path.stat().st_size / (1 << 20):.1f} MiB (a quick look)")
