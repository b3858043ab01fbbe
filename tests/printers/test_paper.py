from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from printers.paper import Mechanics

ROW = bytes((0xFF,)) * 48


@pytest.fixture
def said() -> list[bytes]:
    return []


@pytest.fixture
def works(tmp_path: Path, said: list[bytes]) -> Mechanics:
    return Mechanics(tmp_path, 384, said.append)


def raster(rows: int) -> bytes:
    return b"\x1dv0\x00" + bytes((48, 0)) + rows.to_bytes(2, "little") + ROW * rows


def test_a_cut_lets_a_picture_and_its_bytes_fall(works: Mechanics, tmp_path: Path) -> None:
    sent = b"\x1b@" + raster(3) + b"\x1dP\xcb\xcb\x1bJ\x05" + raster(1) + b"\x1dVB\x00"
    works.take(sent)
    works.work(100)
    with Image.open(tmp_path / "receipt-001.png") as paper:
        assert paper.size == (384, 9)
        assert [paper.getpixel((0, y)) for y in range(9)] == [0, 0, 0, 255, 255, 255, 255, 255, 0]
    assert (tmp_path / "receipt-001.bin").read_bytes() == sent


def test_feeding_is_half_as_far_until_the_unit_is_set(works: Mechanics) -> None:
    works.take(b"\x1bJ\x0a")
    works.work(100)
    assert works.rows_printed == 5


def test_a_fence_is_answered_only_after_what_stands_before_it(works: Mechanics, said: list[bytes]) -> None:
    works.take(raster(4) + b"\x1dr\x01")
    works.work(3)
    assert said == []
    works.work(2)
    assert said == [b"\x00"]


def test_without_paper_nothing_is_printed_or_answered_and_after_the_refill_it_goes_on(
    works: Mechanics, said: list[bytes]
) -> None:
    works.rows_left = 2
    works.take(raster(4) + b"\x1dVB\x00\x1dr\x01")
    works.work(100)
    assert (works.rows_printed, works.receipts, said, works.paper) == (2, 0, [], False)
    works.paper = True
    works.work(100)
    assert (works.rows_printed, works.receipts, said) == (4, 1, [b"\x00"])


@pytest.mark.parametrize(
    ("state", "n", "answer"),
    [
        ({}, 1, "12"),
        ({"paper": False}, 1, "1A"),
        ({"paper": False}, 2, "32"),
        ({"cover_open": True}, 2, "16"),
        ({"near_end": True}, 4, "1E"),
        ({"paper": False}, 4, "7E"),
    ],
)
def test_real_time_answers_are_the_documented_bytes(
    works: Mechanics, state: dict[str, bool], n: int, answer: str
) -> None:
    for name, value in state.items():
        setattr(works, name, value)
    assert works.real_time(n) == bytes.fromhex(answer)


@pytest.mark.parametrize(
    ("state", "block"), [({}, "10 00 00 00"), ({"near_end": True}, "10 00 03 00"), ({"paper": False}, "18 00 0F 00")]
)
def test_automatic_status_blocks_are_the_documented_bytes(
    works: Mechanics, said: list[bytes], state: dict[str, bool], block: str
) -> None:
    works.take(b"\x1da\xff")
    works.work(1)
    assert said == [bytes.fromhex("10 00 00 00")]
    for name, value in state.items():
        setattr(works, name, value)
    assert works.status_block() == bytes.fromhex(block)


def test_a_process_id_is_answered_when_the_printing_is_done(works: Mechanics, said: list[bytes]) -> None:
    works.take(raster(1) + bytes.fromhex("1D 28 48 06 00 30 30 41 42 43 44"))
    works.work(10)
    assert said == [bytes.fromhex("37 22 41 42 43 44 00")]


def test_native_text_and_unknown_commands_are_counted_as_strange(works: Mechanics) -> None:
    works.take("办".encode("gb18030") + b"\x1bZ")
    works.work(10)
    assert works.strange_bytes == 4


def test_a_picture_cut_off_waits_for_its_rest_and_zeros_fill_it_up(works: Mechanics) -> None:
    works.take(raster(4)[:-60])
    works.work(10)
    assert works.rows_printed == 2
    works.take(bytes(500) + b"\x1dVB\x00")
    works.work(10)
    assert (works.rows_printed, works.receipts, works.strange_bytes) == (4, 1, 0)
