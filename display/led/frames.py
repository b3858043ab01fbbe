"""Frames of the Onbon BX-5K/6K protocol as frozen values, named as the vendor's document names them. No connection.

Source: 仰邦 BX-5K/6K 通讯协议用户版本 1.4, chapters 3 (frame, escapes), 4 (header), 5 to 7 (request, reply, errors) and
the dynamic areas of chapter 8. All numbers are little-endian.
"""

from __future__ import annotations

import struct

from msgspec import Struct

ANY, PC = 0xFFFE, 0x8000
ANY_DEVICE, VERSION = 0xFE, 0x02
START, END = 0xA5, 0x5A
LEAD = bytes([START]) * 8
MAX_AREA_BYTES = 512
"""What a 5K takes in one area; a 6K takes 1024."""

ERR_BUSY, ERR_CHECKSUM = 3, 5
ERRORS = {
    1: "command group unknown",
    2: "command unknown",
    ERR_BUSY: "busy",
    4: "out of memory",
    ERR_CHECKSUM: "checksum wrong",
    7: "flash broken",
    12: "font missing",
    13: "firmware of another type",
    14: "not a time",
}
"""The vendor's numbers (chapter 6) that what is written here can be answered with."""
_HEADER = struct.Struct("<HH3sBBBBBH")
_AREA = struct.Struct("<BHHHHBBBHBBBBBBBBBI")
_PIXELS = 0x8000
"""Bit 15 of X and width: the number is in pixels, not in units of 8."""

_ESCAPES = {0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"}
_PLAIN = {escape: bytes([byte]) for byte, escape in _ESCAPES.items()}


class BadFrame(Exception):
    """Bytes that are no frame of this protocol; the text says where they stop being one."""

    code = "bad_frame"


class Frame(Struct, frozen=True):
    """One frame: 8 x A5, header, data, CRC-16, 5A."""

    data: bytes
    dst: int = ANY
    src: int = PC
    device: int = ANY_DEVICE
    display_mode: int = 0
    version: int = VERSION
    reserved: bytes = bytes(3)
    """Zeros; a few of the vendor's examples begin them with FF."""

    def to_bytes(self) -> bytes:
        told = (self.reserved, 0, 0, self.display_mode, self.device, self.version, len(self.data))
        header = _HEADER.pack(self.dst, self.src, *told)
        packet = header + self.data
        return LEAD + escape(packet + struct.pack("<H", crc16(packet))) + bytes([END])


def parse(frame: bytes) -> Frame:
    """The frame in these bytes, from its A5s to its 5A; raises `BadFrame`."""
    if frame[:1] != bytes([START]) or frame[-1:] != bytes([END]):
        raise BadFrame("a frame begins with A5 and ends with 5A")
    packet = unescape(frame.lstrip(bytes([START]))[:-1])
    if len(packet) < _HEADER.size + 2:
        raise BadFrame(f"a frame has at least {_HEADER.size + 2} bytes, this one {len(packet)}")
    body, (crc,) = packet[:-2], struct.unpack("<H", packet[-2:])
    if crc != crc16(body):
        raise BadFrame(f"the CRC is {crc:04X}, the bytes give {crc16(body):04X}")
    dst, src, reserved, barcode, check, mode, device, version, size = _HEADER.unpack_from(body)
    if barcode or check:
        raise BadFrame("frames with a barcode or another check than CRC-16 are not spoken here")
    data = body[_HEADER.size :]
    if len(data) != size:
        raise BadFrame(f"the header says {size} bytes of data, there are {len(data)}")
    return Frame(
        data=data, dst=dst, src=src, device=device, display_mode=mode, version=version, reserved=bytes(reserved)
    )


def split(received: bytearray) -> list[bytes]:
    """Takes the whole frames out of what was received; what is not yet whole stays, noise before a frame goes.

    No A5 stands inside a frame, so each begins one: what came before it, and was never ended, was cut off.
    """
    frames: list[bytes] = []
    while (end := received.find(END)) >= 0:
        if (start := _begin(received, end)) >= 0:
            frames.append(bytes(received[start : end + 1]))
        del received[: end + 1]
    start = _begin(received, len(received))
    del received[: start if start >= 0 else len(received)]
    return frames


def _begin(received: bytearray, end: int) -> int:
    """Where the last run of A5s before `end` begins; -1 when there is none."""
    start = received.rfind(START, 0, end)
    while start > 0 and received[start - 1] == START:
        start -= 1
    return start


# --- data of requests and replies --------------------------------------------------------------------------------


class Area(Struct, frozen=True):
    """A dynamic area (动态区): a rectangle of the board in pixels with its text, GB2312 with the vendor's escapes.

    It lives in RAM, wears nothing, and deletes itself after `timeout_s` without an update (`run_mode` 2).
    """

    area_id: int
    x: int
    y: int
    width: int
    height: int
    text: bytes
    timeout_s: int = 0
    run_mode: int = 2
    alignment: int = 0
    single_line: int = 1
    wrap: int = 1
    effect: int = 1
    speed: int = 0
    stay: int = 10

    def to_bytes(self) -> bytes:
        if len(self.text) > MAX_AREA_BYTES:
            raise ValueError(f"an area holds {MAX_AREA_BYTES} bytes of text, not {len(self.text)}")
        return (
            _AREA.pack(
                *(0, self.x | _PIXELS, self.y, self.width | _PIXELS, self.height),
                *(self.area_id, 0, self.run_mode, self.timeout_s, 0, 0, self.alignment),
                *(self.single_line, self.wrap, self.effect, 0, self.speed, self.stay, len(self.text)),
            )
            + self.text
        )


def parse_area(area: bytes) -> Area:
    """The area in these bytes; raises `BadFrame`."""
    if len(area) < _AREA.size:
        raise BadFrame(f"an area has at least {_AREA.size} bytes, this one {len(area)}")
    _, x, y, width, height, area_id, _, run_mode, timeout_s, _, _, alignment, *rest, size = _AREA.unpack_from(area)
    single_line, wrap, effect, _, speed, stay = rest
    text = area[_AREA.size :]
    if len(text) != size or not x & width & _PIXELS:
        raise BadFrame("an area's text is as long as it says, and its place is in pixels")
    return Area(
        area_id=area_id,
        x=x & ~_PIXELS,
        y=y,
        width=width & ~_PIXELS,
        height=height,
        text=text,
        timeout_s=timeout_s,
        run_mode=run_mode,
        alignment=alignment,
        single_line=single_line,
        wrap=wrap,
        effect=effect,
        speed=speed,
        stay=stay,
    )


class DynamicText(Struct, frozen=True):
    """`A3 06`: updates dynamic areas; every area not named stays as it is."""

    areas: tuple[Area, ...]

    def to_data(self) -> bytes:
        areas = (area.to_bytes() for area in self.areas)
        return bytes([0xA3, 0x06, 0x01, 0, 0, 0, len(self.areas)]) + b"".join(
            struct.pack("<H", len(area)) + area for area in areas
        )


def parse_dynamic_text(data: bytes) -> DynamicText:
    """The request in a frame's data; raises `BadFrame`."""
    if data[:2] != b"\xa3\x06" or len(data) < 7:
        raise BadFrame("not a request for dynamic areas")
    at, areas = 7 + data[5], []
    try:
        for _ in range(data[at - 1]):
            (size,) = struct.unpack_from("<H", data, at)
            areas.append(parse_area(data[at + 2 : at + 2 + size]))
            at += 2 + size
    except (IndexError, struct.error) as wrong:
        raise BadFrame("the request names more areas than it holds") from wrong
    return DynamicText(areas=tuple(areas))


class Reply(Struct, frozen=True):
    """`A0`: ACK, or NACK with the vendor's error number (chapter 6)."""

    ok: bool
    error: int = 0

    def to_data(self) -> bytes:
        return bytes([0xA0, 0 if self.ok else 1, self.error, 0, 0])


def parse_reply(data: bytes) -> Reply:
    """The reply in a frame's data; raises `BadFrame`."""
    if len(data) < 5 or data[0] != 0xA0 or data[1] > 1:
        raise BadFrame("neither ACK nor NACK")
    return Reply(ok=data[1] == 0, error=data[2])


def crc16(data: bytes) -> int:
    """CRC-16/ARC: reflected polynomial A001, from 0 (the document's appendix)."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def escape(packet: bytes) -> bytes:
    return b"".join(_ESCAPES.get(byte, bytes([byte])) for byte in packet)


def unescape(packet: bytes) -> bytes:
    """The bytes before escaping; raises `BadFrame` for an escape that does not exist."""
    plain, at = bytearray(), 0
    while at < len(packet):
        if packet[at] in (0xA6, 0x5B):
            try:
                plain += _PLAIN[packet[at : at + 2]]
            except KeyError:
                raise BadFrame(f"no escape is {packet[at : at + 2].hex()}") from None
            at += 2
        else:
            plain.append(packet[at])
            at += 1
    return bytes(plain)
