"""Lumen frames and what they carry: whatever is written is read again, and what is none says why."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from display.led import lumen_calls as calls, lumen_frames
from display.led.frames import BadFrame
from display.led.lumen_calls import Brightness, Clock, Division, Packet, PureText, Window
from display.led.lumen_frames import REPLY, SEND, Frame

byte, word = st.integers(0, 255), st.integers(0, 0xFFFF)
frame = st.builds(
    Frame,
    command=byte,
    data=st.binary(max_size=200) | st.text("\xa5\xaa\xae\x05", max_size=20).map(lambda text: text.encode("latin1")),
    mark=byte,
    card=byte,
    kind=st.sampled_from([SEND, REPLY]),
)


@given(frame, st.integers(0, 0xFFFFFFFF))
def test_a_frame_is_read_back_from_both_lines(one: Frame, network_id: int):
    serial, network = one.to_serial(), one.to_network(network_id)
    assert lumen_frames.parse_serial(serial) == one
    assert lumen_frames.parse_network(network) == one
    assert serial[1:-1].count(0xA5) == serial[1:-1].count(0xAE) == 0
    assert network[:4] == network_id.to_bytes(4, "big")


@given(st.lists(frame, max_size=4), st.integers(1, 30))
def test_frames_come_whole_out_of_pieces_of_any_size(many: list[Frame], size: int):
    for line, split, parse in (
        (Frame.to_serial, lumen_frames.split_serial, lumen_frames.parse_serial),
        (Frame.to_network, lumen_frames.split_network, lumen_frames.parse_network),
    ):
        sent, received, found = b"".join(line(one) for one in many), bytearray(), []
        for at in range(0, len(sent), size):
            received += sent[at : at + size]
            found += [parse(one) for one in split(received)]
        assert found == many
        assert not received


def test_what_was_cut_off_spoils_nothing_that_follows():
    one = Frame(command=0x46, data=b"\x01")
    received = bytearray(one.to_serial()[:5] + one.to_serial())
    assert lumen_frames.split_serial(received) == [one.to_serial()]
    received = bytearray(b"\x11\x22\x33" + one.to_network())
    assert lumen_frames.split_network(received) == [one.to_network()]


@given(st.binary(max_size=60))
def test_foreign_bytes_are_refused_and_never_crash(noise: bytes):
    for parse, bytes_ in ((lumen_frames.parse_serial, b"\xa5" + noise + b"\xae"), (lumen_frames.parse_network, noise)):
        with pytest.raises(BadFrame):
            parse(bytes_)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"", "begins with A5"),
        (b"\xa5\xae", "at least 7"),
        (b"\xa5\xaa\x09\xae", "no escape is aa09"),
        (b"\xa5\x77\x32\x01\x01\x01\xac\x00\xae", "68 or E8"),
    ],
)
def test_what_is_no_frame_says_why(bad: bytes, why: str):
    with pytest.raises(BadFrame, match=why):
        lumen_frames.parse_serial(bad)


@pytest.mark.parametrize(
    ("head", "why"), [("ffffffff 0900 0001", "last two 0"), ("ffffffff 0800 0000", "another length")]
)
def test_what_is_no_network_head_says_why(head: str, why: str):
    with pytest.raises(BadFrame, match=why):
        lumen_frames.parse_network(bytes.fromhex(head) + Frame(command=0x46, data=b"\x01\x00").body())


@given(st.binary(max_size=100), byte, byte)
def test_a_packet_is_read_back(content: bytes, number: int, last: int):
    packet = Packet(content=content, number=number, last=last)
    assert calls.parse_packet(packet.to_data()) == packet


@given(st.lists(st.builds(Window, x=word, y=word, width=word, height=word), min_size=1, max_size=8))
def test_a_division_is_read_back(windows: list[Window]):
    division = Division(windows=tuple(windows))
    assert calls.parse_division(division.to_content()) == division


@given(
    st.builds(
        PureText,
        window=st.integers(0, 7),
        text=st.binary(max_size=60).map(lambda text: text.replace(b"\x00", b"")),
        effect=byte,
        alignment=byte,
        speed=byte,
        stay_s=word,
        font=byte,
        rgb=st.tuples(byte, byte, byte),
    )
)
def test_a_text_is_read_back(text: PureText):
    assert calls.parse_pure_text(text.to_content()) == text


@given(st.lists(st.integers(0, 31), min_size=24, max_size=24))
def test_brightness_is_read_back(levels: list[int]):
    assert calls.parse_brightness(Brightness(levels=tuple(levels)).to_data()) == Brightness(levels=tuple(levels))


@given(st.datetimes(dt.datetime.fromisoformat("2000-01-01"), dt.datetime.fromisoformat("2099-12-31")))
def test_a_clock_is_read_back(at: dt.datetime):
    clock = Clock(at=at.replace(microsecond=0))
    assert calls.parse_clock(clock.to_data()) == clock


def test_a_sunday_is_the_weekday_0():
    assert Clock(at=dt.datetime.fromisoformat("2026-11-22T18:05:09")).to_data() == bytes([0, 9, 5, 18, 0, 22, 11, 26])


@pytest.mark.parametrize(
    ("parse", "bad"),
    [
        (calls.parse_packet, b"\x05\x00\x00\x00abc"),
        (calls.parse_packet, b""),
        (calls.parse_division, b"\x01\x02" + bytes(8)),
        (calls.parse_division, b""),
        (calls.parse_pure_text, b"\x12" + bytes(9) + b"abc"),
        (calls.parse_pure_text, b"\x12"),
        (calls.parse_brightness, bytes(24)),
        (calls.parse_brightness, b"\x01" + bytes([32] * 24)),
        (calls.parse_clock, b"\x00" + bytes(7)),
        (calls.parse_clock, b"\x00"),
    ],
)
def test_what_carries_nothing_known_is_refused(parse, bad: bytes):
    with pytest.raises(BadFrame):
        parse(bad)


@pytest.mark.parametrize(
    "make",
    [
        lambda: PureText(window=0, text=b"a\x00b").to_content(),
        lambda: Division(windows=()).to_content(),
        lambda: Division(windows=(Window(x=0, y=0, width=8, height=8),) * 9).to_content(),
        lambda: Brightness(levels=(1,)).to_data(),
        lambda: Brightness(levels=(32,) * 24).to_data(),
    ],
)
def test_what_a_card_cannot_take_is_not_written(make):
    with pytest.raises(ValueError, match=r"zero byte|windows|levels"):
        make()
