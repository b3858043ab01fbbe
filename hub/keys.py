"""Keys of a hall: CURVE pairs of hub and terminals, the data key and the pepper; files only their owner reads."""

from __future__ import annotations

import secrets
from pathlib import Path

import zmq
from msgspec import Struct

from hub import durable
from hub.errors import HubError


class KeyMissing(HubError):
    """A key file is missing or unreadable; the text names it and the remedy."""

    code = "key_missing"


class CurvePair(Struct, frozen=True):
    """A CURVE pair in Z85 (40 characters each)."""

    public: bytes
    secret: bytes


def make_pair(folder: Path, name: str) -> CurvePair:
    """A new pair `NAME.public`, `NAME.secret` in the folder; an existing one is kept and returned."""
    if (folder / f"{name}.secret").exists():
        return load_pair(folder, name)
    public, secret = zmq.curve_keypair()
    write_secret(folder / f"{name}.secret", secret)
    (folder / f"{name}.public").unlink(missing_ok=True)  # of a secret that was moved away
    durable.write_new(folder / f"{name}.public", public)
    return CurvePair(public=public, secret=secret)


def load_pair(folder: Path, name: str) -> CurvePair:
    return CurvePair(public=load_public(folder, name), secret=_read(folder / f"{name}.secret"))


def load_public(folder: Path, name: str) -> bytes:
    return _read(folder / f"{name}.public")


def fits(pair: CurvePair) -> bool:
    """Whether the public key is that of the secret one."""
    try:
        return zmq.curve_public(pair.secret) == pair.public
    except (ValueError, zmq.ZMQError):
        return False


def make_secret(path: Path, size: int = 32) -> None:
    """A file of random bytes, unless it is there already: losing it loses what it encrypts."""
    if not path.exists():
        write_secret(path, secrets.token_bytes(size))


def load_secret(path: Path) -> bytes:
    return _read(path)


def load_hall_secret(path: Path, size: int = 32) -> bytes:
    """The data key or the pepper: what they sealed opens with no others, so there is no making them anew."""
    remedy = "put it back from the safe (no backup holds it, but what bancheng backup --secrets wrote)"
    try:
        found = path.read_bytes()
    except OSError as wrong:
        raise KeyMissing(f"{path} cannot be read ({wrong.strerror}); {remedy}") from wrong
    if len(found) != size:
        raise KeyMissing(f"{path} is damaged: it has {len(found)} bytes instead of {size}; {remedy}")
    return found


def write_secret(path: Path, content: bytes) -> None:
    """Writes a file that only its owner can read, from the first byte on."""
    durable.write_new(path, content, mode=0o600)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise KeyMissing(
            f"{path} cannot be read ({wrong.strerror}); copy it from the hub's machine or run: bancheng terminal enroll"
        ) from wrong
