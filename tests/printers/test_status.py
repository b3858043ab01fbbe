from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from printers.status import (
    ID_LETTERS,
    AsbBlock,
    Demultiplexer,
    ErrorCause,
    FenceAnswer,
    Heard,
    NotThisFrame,
    OfflineCause,
    PaperSensor,
    PrinterStatus,
    ProcessId,
    RealTime,
    ask,
    process_id_request,
)

OK_BLOCK = AsbBlock(offline=False, cover_open=False, error=False, near_end=False, paper_out=False)
NEAR_END = AsbBlock(offline=False, cover_open=False, error=False, near_end=True, paper_out=False)
OUT = AsbBlock(offline=True, cover_open=False, error=False, near_end=True, paper_out=True)

GOLDEN = [  # as the command reference has them, and as printers sent them
    ("12", PrinterStatus(offline=False)),
    ("1A", PrinterStatus(offline=True)),
    ("12", OfflineCause(cover_open=False, paper_end=False, error=False)),
    ("32", OfflineCause(cover_open=False, paper_end=True, error=False)),
    ("16", OfflineCause(cover_open=True, paper_end=False, error=False)),
    ("1A", ErrorCause(cutter=True, overheated=False, other=False)),
    ("52", ErrorCause(cutter=False, overheated=True, other=False)),
    ("32", ErrorCause(cutter=False, overheated=False, other=True)),
    ("12", PaperSensor(near_end=False, out=False)),
    ("1E", PaperSensor(near_end=True, out=False)),
    ("7E", PaperSensor(near_end=True, out=True)),
    ("10 00 00 00", OK_BLOCK),
    ("10 00 03 00", NEAR_END),
    ("18 00 0F 00", OUT),
    ("00", FenceAnswer(near_end=False, paper_out=False)),
    ("37 22 41 42 43 44 00", ProcessId(b"ABCD")),
]


@pytest.mark.parametrize(("golden", "frame"), GOLDEN)
def test_a_frame_is_read_from_and_written_as_the_documented_bytes(golden: str, frame: Heard) -> None:
    assert type(frame).parse(bytes.fromhex(golden)) == frame
    assert frame.to_bytes() == bytes.fromhex(golden)


@pytest.mark.parametrize(
    ("block", "condition"),
    [
        ("10 00 00 00", "ready"),
        ("10 00 03 00", "paper_near_end"),
        ("18 00 0F 00", "paper_out"),
        ("38 00 00 00", "cover_open"),
        ("18 08 00 00", "cutter_jam"),
        ("18 40 00 00", "overheated"),
        ("18 20 00 00", "fault"),
        ("18 04 00 00", "fault"),
        ("18 00 00 00", "fault"),
    ],
)
def test_a_status_block_says_how_the_printer_is(block: str, condition: str) -> None:
    assert AsbBlock.parse(bytes.fromhex(block)).condition == condition


flags = st.booleans()
frames = st.one_of(
    st.builds(AsbBlock, offline=flags, cover_open=flags, error=flags, near_end=flags, paper_out=flags),
    st.builds(FenceAnswer, near_end=flags, paper_out=flags),
    st.builds(ProcessId, st.lists(st.sampled_from(ID_LETTERS), min_size=4, max_size=4).map(bytes)),
    st.sampled_from([0x12, 0x16, 0x1A, 0x1E, 0x32, 0x72, 0x7E]).map(RealTime),
)


@given(st.lists(frames), st.data())
def test_frames_come_out_of_one_stream_as_they_went_in_whatever_the_pieces(
    sent: list[Heard], data: st.DataObject
) -> None:
    stream = b"".join(frame.to_bytes() for frame in sent)
    heard: list[Heard] = []
    demultiplexer = Demultiplexer()
    while stream:
        cut = data.draw(st.integers(1, len(stream)))
        heard += demultiplexer.feed(stream[:cut])
        stream = stream[cut:]
    assert heard == sent
    assert demultiplexer.nonsense_bytes == 0


@given(st.binary())
def test_nothing_a_line_says_can_raise(noise: bytes) -> None:
    demultiplexer = Demultiplexer()
    heard = demultiplexer.feed(noise)
    assert sum(len(frame.to_bytes()) for frame in heard) + demultiplexer.nonsense_bytes <= len(noise)


def test_a_real_time_answer_may_cut_into_a_status_block() -> None:
    heard = Demultiplexer().feed(bytes.fromhex("10 00 12 03 00"))
    assert heard == [RealTime(0x12), NEAR_END]


@pytest.mark.parametrize("at", range(1, 7))
def test_a_real_time_answer_may_cut_into_a_process_id(at: int) -> None:
    frame = bytes.fromhex("37 22 41 42 43 44 00")
    for answer in (0x12, 0x16, 0x1A, 0x32, 0x72, 0x7E):
        assert Demultiplexer().feed(frame[:at] + bytes((answer,)) + frame[at:]) == [
            RealTime(answer),
            ProcessId(b"ABCD"),
        ]


def test_flow_control_that_a_serial_server_lets_through_is_neither_answer_nor_nonsense() -> None:
    demultiplexer = Demultiplexer()
    assert demultiplexer.feed(bytes.fromhex("13 10 00 11 00 00 11")) == [OK_BLOCK]
    assert demultiplexer.nonsense_bytes == 0


def test_no_byte_of_an_id_looks_like_the_beginning_of_another_answer() -> None:
    assert all(Demultiplexer().feed(bytes((byte,))) == [] and byte & 0x10 == 0 for byte in ID_LETTERS)


def test_the_request_for_an_id_is_the_documented_one() -> None:
    assert process_id_request(b"ABCD") == bytes.fromhex("1D 28 48 06 00 30 30 41 42 43 44")


def test_a_block_that_breaks_off_is_counted_and_the_next_one_is_understood() -> None:
    demultiplexer = Demultiplexer()
    assert demultiplexer.feed(bytes.fromhex("10 00 10 00 00 00")) == [OK_BLOCK]
    assert demultiplexer.nonsense_bytes == 2


@pytest.mark.parametrize("noise", ["80", "FF", "93", "41", "01", "0D 0A", "37 41"])
def test_noise_is_counted_and_never_taken_for_a_printed_job(noise: str) -> None:
    demultiplexer = Demultiplexer()
    demultiplexer.feed(bytes.fromhex(noise) + b"\x80")
    assert demultiplexer.nonsense_bytes == len(bytes.fromhex(noise)) + 1


@pytest.mark.parametrize(
    ("parse", "wrong"),
    [
        (RealTime.parse, b"\x10"),
        (RealTime.parse, b""),
        (AsbBlock.parse, b"\x12\x00\x00\x00"),
        (AsbBlock.parse, b"\x10\x00\x00"),
        (FenceAnswer.parse, b"\x01"),
        (ProcessId.parse, b"\x37\x22\x01\x01\x01\x01\x00"),
        (ProcessId.parse, b"\x37\x22AB2D\x00"),
    ],
)
def test_other_bytes_are_not_read_as_a_frame(parse: Callable[[bytes], object], wrong: bytes) -> None:
    with pytest.raises(NotThisFrame):
        parse(wrong)


def test_the_question_is_the_documented_one() -> None:
    assert ask(4) == bytes.fromhex("10 04 04")
