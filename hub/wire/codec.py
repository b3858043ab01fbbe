"""Messages as bytes: MessagePack, one frame a message. Decoding is strict; what is wrong has a code.

A request frame is `{v, id, body}`, a reply frame `{v, id, body}` with the same id, a feed frame the body alone
behind a topic frame. `id` is the client-made command id: 32 hex digits.
"""

from __future__ import annotations

import re

import msgspec

from hub.wire.messages import VERSION, Answer, Command, Heartbeat, Published, Rejected

MAX_FRAME_BYTES = 1 << 20
TOPIC_EVENT = b"e"
TOPIC_HEARTBEAT = b"h"
_ID = re.compile(r"[0-9a-f]{32}")


class BadFrame(Exception):
    """A frame that is not a message; `code` is stable. `command_id` is empty where even that was unreadable."""

    def __init__(self, code: str, text: str, command_id: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.command_id = command_id

    def rejection(self) -> Rejected:
        return Rejected(code=self.code, text=self.text)


class Request(msgspec.Struct, frozen=True):
    """A command's envelope; later versions may add fields to it."""

    v: int
    id: str
    body: msgspec.Raw


class _Envelope(msgspec.Struct, frozen=True):
    v: int
    id: str
    body: Command


class Reply(msgspec.Struct, frozen=True):
    v: int
    id: str
    body: Answer


class _Tag(msgspec.Struct, frozen=True):
    type: str


_encoder = msgspec.msgpack.Encoder()
_request = msgspec.msgpack.Decoder(Request)
_command = msgspec.msgpack.Decoder(Command)
_tag = msgspec.msgpack.Decoder(_Tag)
_reply = msgspec.msgpack.Decoder(Reply)
_answer: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)
_feed: msgspec.msgpack.Decoder[Published | Heartbeat] = msgspec.msgpack.Decoder(Published | Heartbeat)
UNREADABLE = (msgspec.DecodeError, ValueError, RecursionError)
"""What decoding raises: the library's own error, bytes that are no UTF-8, nesting without end."""
KNOWN_COMMANDS = frozenset(kind.__name__ for kind in Command.__args__)


def encode_request(command_id: str, command: Command) -> bytes:
    return _encoder.encode(_Envelope(v=VERSION, id=command_id, body=command))


def decode_request(frame: bytes) -> tuple[str, Command]:
    """Command id and command; raises `BadFrame` with `frame_too_large`, `malformed`, `unsupported_version`,
    `bad_command_id`, `unknown_command` or `bad_command`."""
    if len(frame) > MAX_FRAME_BYTES:
        raise BadFrame("frame_too_large", f"a frame has at most {MAX_FRAME_BYTES} bytes, this one {len(frame)}")
    try:
        request = _request.decode(frame)
    except UNREADABLE as wrong:
        raise BadFrame("malformed", f"not a request frame: {wrong}") from wrong
    if request.v != VERSION:
        raise BadFrame(
            "unsupported_version", f"this hub speaks version {VERSION}, not {request.v}", _safe_id(request.id)
        )
    if not _ID.fullmatch(request.id):
        raise BadFrame("bad_command_id", "a command id is 32 lowercase hexadecimal digits")
    try:
        return request.id, _command.decode(request.body)
    except UNREADABLE as wrong:
        raise _why(request, wrong) from wrong


def request_id(frame: bytes) -> str:
    """The id alone of a request that nobody will read; empty where even that is unreadable."""
    try:
        return _safe_id(_request.decode(frame).id)
    except UNREADABLE:
        return ""


def encode_reply(command_id: str, answer: Answer) -> bytes:
    return _encoder.encode(Reply(v=VERSION, id=command_id, body=answer))


def decode_reply(frame: bytes) -> tuple[str, Answer]:
    """Command id and answer; raises `BadFrame`."""
    try:
        reply = _reply.decode(frame)
    except UNREADABLE as wrong:
        raise BadFrame("malformed", f"not a reply frame: {wrong}") from wrong
    return reply.id, reply.body


def encode_answer(answer: Answer) -> bytes:
    """An answer alone, as the hub remembers it beside its command id."""
    return _encoder.encode(answer)


def decode_answer(stored: bytes) -> Answer:
    return _answer.decode(stored)


def encode_feed(item: Published | Heartbeat) -> list[bytes]:
    topic = TOPIC_HEARTBEAT if isinstance(item, Heartbeat) else TOPIC_EVENT
    return [topic, _encoder.encode(item)]


def decode_feed(frames: list[bytes]) -> Published | Heartbeat:
    """An item of the feed; raises `BadFrame`."""
    try:
        return _feed.decode(frames[-1])
    except UNREADABLE as wrong:
        raise BadFrame("malformed", f"not a feed frame: {wrong}") from wrong


def _safe_id(text: str) -> str:
    return text if _ID.fullmatch(text) else ""


def _why(request: Request, wrong: Exception) -> BadFrame:
    try:
        kind = _tag.decode(request.body).type
    except UNREADABLE:
        return BadFrame("malformed", f"the body is not a command: {wrong}", request.id)
    if kind not in KNOWN_COMMANDS:
        return BadFrame("unknown_command", f"no command is called {kind[:40]!r}", request.id)
    return BadFrame("bad_command", f"{kind}: {wrong}", request.id)
