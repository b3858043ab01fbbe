"""Every frame that the vendors print, read and written again byte for byte; and which of them are misprints, and why.

But for one: Onbon 8.3.4 prints 500 bytes of a picture.

Onbon: 仰邦 BX-5K/6K 通讯协议用户版本 1.4, by chapter. Lumen: the C-Power documents "External Calls Communication
Protocol", "Basic Protocol" and "Communication Protocol for Setting the Controller", by clause.
"""

from __future__ import annotations

import datetime as dt

import pytest

from display.led import frames, lumen_calls, lumen_frames, onbon_settings
from display.led.frames import BadFrame
from display.led.lumen_calls import Packet, PureText
from display.led.onbon_settings import SetClock

LEAD = "A5 A5 A5 A5 A5 A5 A5 A5 "
ONBON = {
    "5.1.1 and 8.2.1, dynamic area": "feff0080000000000000fe022c00a306010000000123000000800000808020000000000a"
    "0000000002010100020a08000000bbb6d3adb9e2c1d93c495a",
    "8.1.1, begin a file": "feff0080000000000000fe020e00a10501000001503030304700000048145a",
    "8.1.2, write a file": "feff0080000000000000fe025900a1060100005030303001000047000000000000503030"
    "3047000000ff000001ffffffffffffffff010000012c000000000080000080802000ff00"
    "000000000000020202000a0a0d000000bbb6d3adb9e2c1d94f6e626f6e0f18ecf05a",
    "8.3.1, special area": "01000080000000000000fe021d00a401010000280000000800400000010002000200020a"
    "00000000000000fdc05a",
    "8.3.2, pages": "01000080000000000000fe021700a402010000000f007777772e6f6e626f6e62782e636f6d68b55a",
    "8.3.3, delete pages": "01000080000000000000fe020600a40901000000659c5a",
    "8.3.5, delete areas": "01000080000000000000fe020500a404010000e1c85a",
    "8.3.7, MAC address": "feff0080000000000000fe020b00a40601000000fffe83a8561c2c5a",
    "8.5, format": "01000080000000000000fe020500a1000100002cf85a",
    "8.7, ping": "01000080000000000000fe020500a20001000068f85a",
    "8.10, clock": "01000080000000000000fe020d00a2030108001320012511172605b03f5a",
    "8.18, lock": "01000080000000000000fe020b00a304010000000150303030c2405a",
    "8.18, unlock": "01000080000000000000fe020b00a304010000000050303030ff805a",
    "8.19, show": "feff0080ff0000000000fe020600a20801000001bc515a",
    "8.19, hide": "feff0080ff0000000000fe020600a208010000007d915a",
    "8.20, fonts": "feff0080ff0000000000fe020500a209010000f0005a",
    "9.2, two areas": "0100008000000000000063027700a1060100005030303001000065000000000000503030"
    "3065000000ff000001ffffffffffffffff0100000227000000000080000080801000ff00"
    "000000000000020203000a0a08000000bbb6d3adb9e2c1d9230000000000801000808010"
    "00ff00000000000000020203000a0a04000000313233348aecf74c5a",
    "11.2, begin a file": "01000080000000000000fe020e00a105010000015030303049000000e2165a",
    "11.2, with an escape in its length": "01000080000000000000fe025b0100a10601000050303030010000490000000000005030"
    "303049000000ff000001ffff012414200124ff0000012a000000001800000008004000ff"
    "0000000000000002020100000a0f0000007777772e6f6e626f6e62782e636f6d524d0711"
    "5a",
}
NINE_LEADS = {
    "7.1, ACK": "a50080feff000000000000fe020500a00000000014ac5a",
    "7.2, NACK": "a50080feff000000000000fe020500a00105000005515a",
}
"""Misprints: nine A5s, where chapter 3 has eight. What follows them is right, and a reader takes any number."""
WRONG_CHECKS = {
    "8.3.6, address": (
        "feff0080000000000000fe023100a40501000002c0a800ebffffff00c0a800018d1300c0"
        "a8000171173030303030303030140042582d4e4554303030303016905a",
        "A938",
    ),
    "8.29, relays": ("feff0080ff0000000000fe020600a2120103000100ffff5a", "CF52"),
}
"""Misprints: their CRC is not that of their bytes. FF FF stands where somebody meant to fill it in; of 8.3.6 bytes were
changed afterwards. (8.29 also says 6 bytes and has 7.)
"""
LUMEN = {
    "External Calls 12, example 2": "a56832017b01130000001200000100000302ff00006162630d636261009a04ae",
    "Basic 1.2.9.1, ask for power": "a56832017601011301ae",
    "Basic 1.2.9.2, off": "a568320176010000000000000000001201ae",
    "Basic 1.2.9.2, on": "a568320176010001000000000000001301ae",
    "Setting 2.4.1.2": "a56832013c0100c0a801dec0a80101ffffff001450ffffffffe60bae",
    "Setting 2.4.1.2, answer": "a5e832013c01015901ae",
}
LUMEN_MISPRINT = "a56832017b010f00000120000000000302ff0000616263006203ae"
"""External Calls 12, example 1: the sub-command 12 stands as `01 20`, half a byte too far right, and one zero byte is
lost. Its length says 15 and there are 14; its checksum is that of the frame with both put right.
"""


@pytest.mark.parametrize("printed", ONBON.values(), ids=ONBON)
def test_onbon_frames_are_as_printed(printed: str):
    whole = bytes.fromhex(LEAD + printed)
    assert frames.parse(whole).to_bytes() == whole


@pytest.mark.parametrize("printed", NINE_LEADS.values(), ids=NINE_LEADS)
def test_onbon_answers_are_as_printed_but_for_one_lead_too_many(printed: str):
    whole = bytes.fromhex(LEAD + printed)
    assert frames.split(bytearray(whole)) == [whole]
    assert frames.parse(whole).to_bytes() == whole[1:]


@pytest.mark.parametrize(("printed", "right"), WRONG_CHECKS.values(), ids=WRONG_CHECKS)
def test_onbon_misprints_are_refused_for_their_crc(printed: str, right: str):
    with pytest.raises(BadFrame, match=f"the bytes give {right}"):
        frames.parse(bytes.fromhex(LEAD + printed))


def test_the_printed_clock_is_the_25th_of_january_2013():
    data = frames.parse(bytes.fromhex(LEAD + ONBON["8.10, clock"])).data
    at = SetClock(at=dt.datetime.fromisoformat("2013-01-25T11:17:26"))
    assert onbon_settings.parse_set_clock(data) == at
    assert at.to_data() == data


def test_the_printed_ping_is_ours():
    assert frames.parse(bytes.fromhex(LEAD + ONBON["8.7, ping"])).data == onbon_settings.PING


@pytest.mark.parametrize("printed", LUMEN.values(), ids=LUMEN)
def test_lumen_frames_are_as_printed(printed: str):
    whole = bytes.fromhex(printed)
    assert lumen_frames.parse_serial(whole).to_serial() == whole


def test_the_printed_text_is_three_letters_a_line_in_red():
    packet = lumen_calls.parse_packet(
        lumen_frames.parse_serial(bytes.fromhex(LUMEN["External Calls 12, example 2"])).data
    )
    text = PureText(window=0, text=b"abc\rcba", alignment=1, speed=0, stay_s=3, rgb=(255, 0, 0))
    assert lumen_calls.parse_pure_text(packet.content) == text
    assert Packet(content=text.to_content()) == packet


def test_the_misprinted_text_has_the_length_and_the_checksum_of_the_right_one():
    printed = bytes.fromhex(LUMEN_MISPRINT)
    with pytest.raises(BadFrame, match="checksum is 0362"):
        lumen_frames.parse_serial(printed)
    text = PureText(window=0, text=b"abc", speed=0, stay_s=3, rgb=(255, 0, 0))
    right = lumen_frames.Frame(command=0x7B, data=Packet(content=text.to_content()).to_data()).to_serial()
    assert (right[:9], right[-6:]) == (printed[:9], printed[-6:])
    assert len(right) == len(printed) + 1


def test_the_answer_that_is_printed_says_that_it_succeeded():
    answer = lumen_frames.parse_serial(bytes.fromhex(LUMEN["Setting 2.4.1.2, answer"]))
    assert (answer.kind, answer.command, answer.data) == (lumen_frames.REPLY, 0x3C, b"\x01")
