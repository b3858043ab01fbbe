"""Frames of the Lumen C-Power protocol as frozen values, named as the vendor's documents name them. No connection.

Source: the vendor's "External Calls Communication Protocol" (7B) and "Basic Protocol" (46, 47, 2E), as published with
arturas88/led-controller-sdk. A frame is the same on a serial line and on TCP, but for what stands around it.
"""

from __future__ import annotations

import struct

from msgspec import Struct

from display.led.frames import BadFrame

SEND, REPLY = 0x68, 0xE8
CARD_TYPE = 0x32
EXTERNAL, BRIGHTNESS, TIME, VERSION = 0x7B, 0x46, 0x47, 0x2E
NETWORK_ID = 0xFFFFFFFF
"""A card's network id code as it comes from the factory."""
NETWORK_HEAD_BYTES = 8
MOST_BODY_BYTES = 2048
START, ESCAPE, END = 0xA5, 0xAA, 0xAE

_ESCAPES = {START: b"\xaa\x05", ESCAPE: b"\xaa\x0a", END: b"\xaa\x0e"}
_PLAIN = {escape: bytes([byte]) for byte, escape in _ESCAPES.items()}
_NETWORK = struct.Struct(">I2s2s")


class Frame(Struct, frozen=True):
    """One frame. `mark` asks for an answer with 1 and spares it with 0; in an answer to 7B it is the return value."""

    command: int
    data: bytes
    mark: int = 1
    card: int = 1
    kind: int = SEND

    def body(self) -> bytes:
        """From the packet type to the checksum, which is the plain sum of all before it."""
        packet = bytes([self.kind, CARD_TYPE, self.card, self.command, self.mark]) + self.data
        return packet + struct.pack("<H", sum(packet) & 0xFFFF)

    def to_serial(self) -> bytes:
        return bytes([START]) + b"".join(_ESCAPES.get(one, bytes([one])) for one in self.body()) + bytes([END])

    def to_network(self, network_id: int = NETWORK_ID) -> bytes:
        body = self.body()
        return _NETWORK.pack(network_id, struct.pack("<H", len(body)), bytes(2)) + body


def parse_body(body: bytes) -> Frame:
    """The frame whose packet type begins and whose checksum ends these bytes; raises `BadFrame`."""
    if len(body) < 7:
        raise BadFrame(f"a frame has at least 7 bytes, this one {len(body)}")
    packet, (total,) = body[:-2], struct.unpack("<H", body[-2:])
    if total != sum(packet) & 0xFFFF:
        raise BadFrame(f"the checksum is {total:04X}, the bytes give {sum(packet) & 0xFFFF:04X}")
    kind, card_type, card, command, mark = packet[:5]
    if kind not in (SEND, REPLY) or card_type != CARD_TYPE:
        raise BadFrame("a frame begins with 68 or E8, and 32")
    return Frame(command=command, data=packet[5:], mark=mark, card=card, kind=kind)


def parse_serial(frame: bytes) -> Frame:
    """The frame from its A5 to its AE; raises `BadFrame`."""
    if frame[:1] != bytes([START]) or frame[-1:] != bytes([END]) or len(frame) < 2:
        raise BadFrame("a frame begins with A5 and ends with AE")
    plain, at = bytearray(), 1
    while at < len(frame) - 1:
        if frame[at] != ESCAPE:
            plain.append(frame[at])
            at += 1
        elif frame[at : at + 2] in _PLAIN:
            plain += _PLAIN[frame[at : at + 2]]
            at += 2
        else:
            raise BadFrame(f"no escape is {frame[at : at + 2].hex()}")
    return parse_body(bytes(plain))


def parse_network(frame: bytes) -> Frame:
    """The frame behind a network head; raises `BadFrame`."""
    if len(frame) < NETWORK_HEAD_BYTES or frame[6:8] != bytes(2):
        raise BadFrame("a network head has 8 bytes, the last two 0")
    if int.from_bytes(frame[4:6], "little") != len(frame) - NETWORK_HEAD_BYTES:
        raise BadFrame("the network head says another length")
    return parse_body(frame[NETWORK_HEAD_BYTES:])


def split_serial(received: bytearray) -> list[bytes]:
    """Takes the whole frames out; an A5 always begins one, so what was cut off before it goes."""
    found: list[bytes] = []
    while (end := received.find(END)) >= 0:
        if (start := received.rfind(START, 0, end)) >= 0:
            found.append(bytes(received[start : end + 1]))
        del received[: end + 1]
    start = received.rfind(START)
    del received[: start if start >= 0 else len(received)]
    return found


def split_network(received: bytearray) -> list[bytes]:
    """Takes the whole frames out; bytes that can be no head go, one by one, until one is."""
    found: list[bytes] = []
    while len(received) >= NETWORK_HEAD_BYTES + 2:
        size = int.from_bytes(received[4:6], "little")
        begins = received[6:8] == bytes(2) and received[8] in (SEND, REPLY) and received[9] == CARD_TYPE
        if not begins or size > MOST_BODY_BYTES:
            del received[:1]
        elif len(received) < NETWORK_HEAD_BYTES + size:
            break
        else:
            found.append(bytes(received[: NETWORK_HEAD_BYTES + size]))
            del received[: NETWORK_HEAD_BYTES + size]
    return found
