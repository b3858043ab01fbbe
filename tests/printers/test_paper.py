from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from printers.paper import Mechanics
from printers.roll import KNIFE_ROWS, Fallen, Roll
from printers.sensors import Sensors

ROW = bytes((0xFF,)) * 48


@pytest.fixture
def said() -> list[bytes]:
    return []


@pytest.fixture
def works(tmp_path: Path, said: list[bytes]) -> Mechanics:
    return Mechanics(tmp_path, 384, said.append)


@pytest.fixture
def fallen(works: Mechanics) -> list[Fallen]:
    papers: list[Fallen] = []
    works.roll.fell = papers.append
    return papers


def sensors(state: dict[str, bool]) -> Sensors:
    made = Sensors(Roll(Path(), 48))
    for name, value in state.items():
        setattr(made.roll if name in ("paper", "near_end") else made, name, value)
    return made


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
    assert works.roll.rows_printed == 5


def test_a_fence_is_answered_only_after_what_stands_before_it(works: Mechanics, said: list[bytes]) -> None:
    works.take(raster(4) + b"\x1dr\x01")
    works.work(3)
    assert said == []
    works.work(2)
    assert said == [b"\x00"]


def test_without_paper_nothing_is_printed_or_answered(works: Mechanics, said: list[bytes]) -> None:
    works.roll.rows_left = 2
    works.take(raster(4) + b"\x1dVB\x00\x1dr\x01")
    works.work(100)
    assert (works.roll.rows_printed, works.receipts, said, works.roll.paper) == (2, 0, [], False)


def test_what_stands_on_a_roll_s_end_is_pulled_out_with_it_and_the_rest_is_on_the_new_one(
    works: Mechanics, said: list[bytes], fallen: list[Fallen]
) -> None:
    works.roll.rows_left = 3
    works.take(raster(4) + b"\x1dVB\x00\x1dr\x01")
    works.work(100)
    works.roll.renew()
    works.work(100)
    assert [len(one.dots) // one.stride for one in fallen] == [3, 1]
    assert said == [b"\x00"]


@pytest.mark.parametrize(
    ("state", "n", "answer"),
    [
        ({}, 1, "12"),
        ({"paper": False}, 1, "1A"),
        ({"paper": False}, 2, "32"),
        ({"cover_open": True}, 2, "16"),
        ({"jammed": True}, 2, "52"),
        ({"jammed": True}, 3, "1A"),
        ({"hot": True}, 3, "52"),
        ({"near_end": True}, 4, "1E"),
        ({"paper": False}, 4, "7E"),
    ],
)
def test_real_time_answers_are_the_documented_bytes(state: dict[str, bool], n: int, answer: str) -> None:
    assert sensors(state).real_time(n) == bytes.fromhex(answer)


@pytest.mark.parametrize(
    ("state", "block"),
    [
        ({}, "10 00 00 00"),
        ({"near_end": True}, "10 00 03 00"),
        ({"paper": False}, "18 00 0F 00"),
        ({"cover_open": True}, "38 00 00 00"),
        ({"jammed": True}, "18 08 00 00"),
        ({"hot": True}, "18 40 00 00"),
    ],
)
def test_automatic_status_blocks_are_the_documented_bytes(state: dict[str, bool], block: str) -> None:
    assert sensors(state).status_block() == bytes.fromhex(block)


def test_automatic_status_begins_with_how_the_printer_is(works: Mechanics, said: list[bytes]) -> None:
    works.take(b"\x1da\xff")
    works.work(1)
    assert said == [bytes.fromhex("10 00 00 00")]


def test_a_process_id_is_answered_when_the_printing_is_done(works: Mechanics, said: list[bytes]) -> None:
    works.take(raster(1) + bytes.fromhex("1D 28 48 06 00 30 30 41 42 43 44"))
    works.work(10)
    assert said == [bytes.fromhex("37 22 41 42 43 44 00")]


def test_chinese_outside_its_mode_and_unknown_commands_are_counted_as_strange(works: Mechanics) -> None:
    works.take("办".encode("gb18030") + b"\x1bZ")
    works.work(10)
    assert works.strange_bytes == 4


def test_a_picture_cut_off_waits_for_its_rest_and_zeros_fill_it_up(works: Mechanics) -> None:
    works.take(raster(4)[:-60])
    works.work(10)
    assert works.roll.rows_printed == 2
    works.take(bytes(500) + b"\x1dVB\x00")
    works.work(10)
    assert (works.roll.rows_printed, works.receipts, works.strange_bytes) == (4, 1, 0)


def test_a_cut_without_feeding_leaves_what_is_under_the_knife_on_the_next_paper(
    works: Mechanics, fallen: list[Fallen]
) -> None:
    works.take(raster(KNIFE_ROWS + 10) + b"\x1dV\x00" + b"\x1dVB\x00")
    works.work(1000)
    assert [len(one.dots) // one.stride for one in fallen] == [10, KNIFE_ROWS]


def test_without_a_knife_paper_falls_when_somebody_tears_it_off(tmp_path: Path, said: list[bytes]) -> None:
    works = Mechanics(tmp_path, 384, said.append, knife=False)
    works.take(raster(10) + b"\x1dVB\x00" + b"\x1dP\xcb\xcb\x1bJ" + bytes((KNIFE_ROWS,)))
    works.work(1000)
    assert works.receipts == 0
    works.roll.tear()
    with Image.open(tmp_path / "receipt-001.png") as paper:
        assert paper.size == (384, 10)


def test_a_knife_that_sticks_stops_the_printer_until_somebody_frees_it(works: Mechanics) -> None:
    works.knife_sticks = True
    works.take(raster(4) + b"\x1dVB\x00")
    works.work(100)
    assert (works.roll.rows_printed, works.receipts, works.offline) == (4, 0, True)
    works.free_knife()
    works.work(100)
    assert (works.receipts, works.offline) == (1, False)


def test_power_that_fails_empties_the_buffer_and_leaves_the_paper(works: Mechanics, fallen: list[Fallen]) -> None:
    works.take(raster(8))
    works.work(3)
    works.lose_power()
    works.take(raster(1) + b"\x1dVB\x00")
    works.work(100)
    assert [len(one.dots) // one.stride for one in fallen] == [4]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [(1, b"\x20"), (66, b"\x5fBANCHENG\x00"), (67, b"\x5fEMULATOR-384\x00"), (68, b"\x5f000000\x00")],
)
def test_it_says_what_it_is(works: Mechanics, said: list[bytes], asked: int, answer: bytes) -> None:
    works.take(b"\x1dI" + bytes((asked,)))
    works.work(1)
    assert said == [answer]


def test_a_clone_does_not_answer_what_it_does_not_know(tmp_path: Path, said: list[bytes]) -> None:
    works = Mechanics(tmp_path, 384, said.append, answers=frozenset(("fence",)))
    works.take(b"\x1da\xff" + bytes.fromhex("1D 28 48 06 00 30 30 41 42 43 44") + b"\x1dI\x43" + b"\x1dr\x01")
    works.work(1)
    assert said == [b"\x00"]
    assert (works.automatic_status, works.strange_bytes) == (False, 0)


def test_a_picture_stands_where_the_alignment_puts_it_and_may_be_twice_as_large(
    works: Mechanics, fallen: list[Fallen]
) -> None:
    works.take(b"\x1ba\x02" + b"\x1dv0\x03\x01\x00\x01\x00\x81" + b"\x1dVB\x00")
    works.work(100)
    assert fallen[0].dots == (bytes(46) + b"\xc0\x03") * 2
