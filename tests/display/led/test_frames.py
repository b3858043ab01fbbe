"""Frames against the vendor's own bytes (仰邦 BX-5K/6K 通讯协议 1.4)."""

import pytest
from hypothesis import given, strategies as st

from display.led import frames
from display.led.frames import Area, BadFrame, DynamicText, Frame, Reply

WELCOME = bytes.fromhex(
    "a5a5a5a5a5a5a5a5 feff0080000000000000fe022c00"
    "a306010000000123000000800000808020000000000a0000000002010100020a08000000bbb6d3adb9e2c1d9 3c495a"
)
ACK = bytes.fromhex("a5a5a5a5a5a5a5a5 0080feff000000000000fe020500 a000000000 14ac 5a")
NACK = bytes.fromhex("a5a5a5a5a5a5a5a5 0080feff000000000000fe020500 a001050000 0551 5a")
AREA = Area(
    area_id=0,
    x=0,
    y=0,
    width=128,
    height=32,
    text="欢迎光临".encode("gb2312"),
    timeout_s=10,
    run_mode=0,
    single_line=2,
    speed=2,
)


def test_the_vendors_example_comes_out_byte_for_byte():
    assert Frame(data=DynamicText(areas=(AREA,)).to_data()).to_bytes() == WELCOME


def test_the_vendors_example_is_read():
    assert frames.parse_dynamic_text(frames.parse(WELCOME).data) == DynamicText(areas=(AREA,))


def test_the_vendors_answers_are_read():
    assert frames.parse_reply(frames.parse(ACK).data) == Reply(ok=True)
    assert frames.parse_reply(frames.parse(NACK).data) == Reply(ok=False, error=frames.ERR_CHECKSUM)
    assert frames.parse(ACK).src == frames.ANY


def test_the_checksum_is_arc():
    assert frames.crc16(b"123456789") == 0xBB3D


def test_bytes_that_frame_a_frame_are_escaped_in_it():
    frame = Frame(data=bytes([0xA5, 0xA6, 0x5A, 0x5B]))
    assert bytes.fromhex("a602a6015b025b01") in frame.to_bytes()
    assert frame.to_bytes()[8:-1].count(0xA5) == 0
    assert frames.parse(frame.to_bytes()) == frame


@given(st.binary(max_size=200), st.integers(0, 0xFFFF), st.integers(0, 0xFFFF), st.integers(0, 255))
def test_every_frame_is_read_back(data: bytes, dst: int, src: int, device: int):
    frame = Frame(data=data, dst=dst, src=src, device=device)
    assert frames.parse(frame.to_bytes()) == frame


@given(
    st.builds(
        Area,
        area_id=st.integers(0, 255),
        x=st.integers(0, 0x7FFF),
        y=st.integers(0, 0xFFFF),
        width=st.integers(0, 0x7FFF),
        height=st.integers(0, 0xFFFF),
        text=st.binary(max_size=40),
        timeout_s=st.integers(0, 0xFFFF),
        run_mode=st.integers(0, 5),
        alignment=st.integers(0, 2),
        single_line=st.integers(1, 2),
        wrap=st.integers(1, 2),
        effect=st.integers(1, 6),
        speed=st.integers(0, 0x18),
        stay=st.integers(0, 255),
    )
)
def test_every_area_is_read_back(area: Area):
    assert frames.parse_area(area.to_bytes()) == area


@given(st.binary(max_size=60))
def test_foreign_bytes_are_refused_and_never_crash(noise: bytes):
    try:
        frame = frames.parse(b"\xa5" + noise + b"\x5a")
    except BadFrame:
        return
    assert frames.parse(frame.to_bytes()) == frame


def test_a_broken_bit_is_found():
    broken = bytearray(WELCOME)
    broken[40] ^= 0x10
    with pytest.raises(BadFrame, match="CRC"):
        frames.parse(bytes(broken))


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"", "begins with"),
        (b"\xa5\xa5\x5a", "at least"),
        (b"\xa5\xa6\x09\x5a", "no escape"),
        (WELCOME[:-1], "ends with"),
    ],
)
def test_what_is_no_frame_says_why(bad: bytes, why: str):
    with pytest.raises(BadFrame, match=why):
        frames.parse(bad)


@pytest.mark.parametrize("data", [b"", b"\xa2\x00\x00\x00\x00", b"\xa0\x02\x00\x00\x00"])
def test_what_is_no_answer_is_refused(data: bytes):
    with pytest.raises(BadFrame):
        frames.parse_reply(data)


def test_an_area_too_long_for_the_card_is_refused():
    with pytest.raises(ValueError, match="512"):
        Area(area_id=0, x=0, y=0, width=128, height=16, text=b"1" * 513).to_bytes()


def test_frames_come_whole_out_of_pieces_and_noise():
    received = bytearray(b"\x00\xff" + ACK + NACK[:12])
    assert frames.split(received) == [ACK]
    received += NACK[12:] + b"\x11"
    assert frames.split(received) == [NACK]
    assert received == b""


def test_an_answer_that_was_cut_off_spoils_none_that_follows():
    received = bytearray(NACK[:15] + ACK + NACK[:3])
    assert frames.split(received) == [ACK]
    assert received == NACK[:3]
