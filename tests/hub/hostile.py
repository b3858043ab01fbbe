"""Frames that no honest terminal sends, the same for the same seed, and what a hub may still make of them."""

from __future__ import annotations

import datetime as dt
import random
import typing
from collections.abc import Callable

import msgspec

from hub.domain.hall import Role
from hub.service.permissions import ALLOWED, STAFF, WITHOUT_LOGIN
from hub.wire import codec, messages as m

ID = "c0ffee" + "0" * 26
HARMLESS = (m.EventsSince, m.ListNotices, m.LookUp)
"""Commands that change nothing wherever they are permitted."""
NOON = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
SAMPLES: dict[object, object] = {
    str: "general",
    bytes: b"general",
    int: 3,
    bool: True,
    dt.date: NOON.date(),
    dt.datetime: NOON,
    dt.time: NOON.time(),
}


def sample(kind: type[msgspec.Struct]) -> typing.Any:
    """A message of a kind with something in each field."""
    hints = typing.get_type_hints(kind)
    return kind(**{field.name: _value(hints[field.name]) for field in msgspec.structs.fields(kind)})


def _value(kind: typing.Any) -> typing.Any:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if kind in SAMPLES:
        return SAMPLES[kind]
    if origin is typing.Literal:
        return args[0]
    if origin is tuple:
        return (_value(args[0]), _value(args[0]))
    if origin is not None or args:
        return _value(next(one for one in args if one is not type(None)))
    return sample(kind)


COMMANDS = [sample(kind) for kind in typing.get_args(m.Command)]


def changes_nothing(frame: bytes, role: Role) -> bool:
    """Whether a hub must leave everything as it is, whoever of that role sends this with nobody logged in."""
    try:
        _, command = codec.decode_request(frame)
    except codec.BadFrame:
        return True
    kind = type(command)
    if role not in ALLOWED[kind] or (role in STAFF and kind not in WITHOUT_LOGIN):
        return True
    return kind in HARMLESS


class HostileFrames:
    """An endless choice of hostile messages, each one or more frames."""

    def __init__(self, seed: int, role: Role) -> None:
        self._random = random.Random(seed)
        self._role = role
        self.kinds: tuple[Callable[[], list[bytes]], ...] = (
            self.noise,
            self.truncated,
            self.mutated,
            self.mutated,
            self.wrong_field,
            self.wrong_field,
            self.other_version,
            self.nested,
            self.huge,
            self.promised,
            self.no_utf8,
            self.twice,
            self.many_frames,
            self.empty,
            self.not_permitted,
        )

    def next(self) -> list[bytes]:
        while True:
            frames = self._random.choice(self.kinds)()
            if len(frames) != 1 or changes_nothing(frames[0], self._role):
                return frames

    def _valid(self) -> bytes:
        command_id = f"{self._random.getrandbits(128):032x}"
        return codec.encode_request(command_id, self._random.choice(COMMANDS))

    def _enveloped(self, **changes: object) -> list[bytes]:
        envelope = {"v": m.VERSION, "id": f"{self._random.getrandbits(128):032x}", "body": {"type": "LogOut"}}
        return [msgspec.msgpack.encode(envelope | changes)]

    def noise(self) -> list[bytes]:
        return [self._random.randbytes(self._random.randrange(200))]

    def truncated(self) -> list[bytes]:
        frame = self._valid()
        return [frame[: self._random.randrange(len(frame))]]

    def mutated(self) -> list[bytes]:
        frame = bytearray(self._valid())
        for _ in range(self._random.randint(1, 6)):
            at = self._random.randrange(len(frame))
            match self._random.randrange(4):
                case 0:
                    frame[at] ^= 1 << self._random.randrange(8)
                case 1:
                    frame[at] = self._random.randrange(256)
                case 2:
                    frame[at:at] = self._random.randbytes(self._random.randint(1, 4))
                case 3 if len(frame) > 1:
                    del frame[at]
        return [bytes(frame)]

    def wrong_field(self) -> list[bytes]:
        """A command with a field that is missing, unknown, of a wrong type or far too large."""
        body: dict[str, object] = msgspec.to_builtins(self._random.choice(COMMANDS))
        name = self._random.choice([*body, "vip"])
        if self._random.random() < 0.2:
            body.pop(name, None)
        else:
            body[name] = self._random.choice((None, -1, 1 << 63, 1.5, "", "x" * 3000, [], [[]], {}, b"\0", True, "\0"))
        return self._enveloped(body=body)

    def other_version(self) -> list[bytes]:
        return self._enveloped(v=self._random.choice((-1, 0, 2, 99, 1 << 40, "1", None, 1.5)))

    def nested(self) -> list[bytes]:
        depth = self._random.choice((10, 100, 1000, 5000))
        inner = self._random.choice((b"\x91", b"\x81\xa1a", b"\x81\xa4type")) * depth
        opening = b"\x83\xa1v\x01\xa2id\xd9\x20" + ID.encode() + b"\xa4body"
        return [self._random.choice((b"", opening)) + inner + self._random.choice((b"", b"\xc0"))]

    def huge(self) -> list[bytes]:
        value: object = self._random.choice(
            ((1 << 64) - 1, -(1 << 63), "字" * 20_000, [0] * 20_000, b"\0" * 50_000, {str(n): n for n in range(3000)})
        )
        body = {"type": self._random.choice(("AcknowledgeNotice", "LookUp", "EventsSince", "ReportHealth"))}
        field = self._random.choice(("notice_id", "secret", "seq", "epoch", "troubles", "outbox", "x" * 5000))
        return self._enveloped(**{self._random.choice(("body", "v", "id", "more")): body | {field: value}})

    def promised(self) -> list[bytes]:
        """A length of gigabytes is announced and does not come."""
        head = self._random.choice((b"\xdb", b"\xdd", b"\xdf", b"\xc6", b"\xc9"))
        return [self._random.choice((b"", self._valid()[:-4])) + head + b"\xff\xff\xff\xf0"]

    def no_utf8(self) -> list[bytes]:
        frame = self._valid()
        return [frame.replace(b"type", b"ty\xffe").replace(b"general", b"\xed\xa0\x80\xfe\xffal")]

    def twice(self) -> list[bytes]:
        """Keys that stand twice in one map."""
        body = b"\x82\xa4type\xa6LogOut\xa4type" + self._random.choice((b"\xa6LogOut", b"\xa8CallNext", b"\xc0"))
        key = self._random.choice((b"\xa1v\x01", b"\xa1v\x02", b"\xa4body\x80"))
        return [b"\x84\xa1v\x01\xa2id\xd9\x20" + ID.encode() + b"\xa4body" + body + key]

    def many_frames(self) -> list[bytes]:
        return [self._random.choice((b"", self._valid())) for _ in range(self._random.randint(2, 5))]

    def empty(self) -> list[bytes]:
        return [b""]

    def not_permitted(self) -> list[bytes]:
        return [self._valid()]
