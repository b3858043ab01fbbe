"""How a keyboard shares the room it is given: keys stay large enough to touch, the rest follows."""

from __future__ import annotations

import pytest

from kiosk.input.layouts import LAYOUTS
from kiosk.input.room import KEY_ROWS, MOST_OFFER_ROWS, Room, Sizes, field_px, room_of, row_px

SIZES = Sizes(least_px=49, easy_px=61, most_px=108, gap_px=13, offer_px=76, strip_px=46)


def used_px(room: Room) -> float:
    return SIZES.above_px(room.offer_rows, room.strip_px) + SIZES.keys_px(room.key_px)


def test_with_all_the_room_it_wants_everything_is_as_large_as_useful() -> None:
    room = room_of(SIZES.wanted_px, SIZES)
    assert room == Room(SIZES.strip_px, MOST_OFFER_ROWS, SIZES.most_px)
    assert room_of(2 * SIZES.wanted_px, SIZES) == room


def test_with_the_least_room_there_is_one_row_of_candidates_and_keys_of_the_least_size() -> None:
    assert room_of(SIZES.needed_px, SIZES) == Room(0, 1, SIZES.least_px)


@pytest.mark.parametrize("height_px", range(350, 900, 10))
def test_no_room_is_overrun_and_keys_never_become_too_small(height_px: int) -> None:
    room = room_of(max(height_px, SIZES.needed_px), SIZES)
    assert used_px(room) <= max(height_px, SIZES.needed_px) + 0.01
    assert room.key_px >= SIZES.least_px
    assert 1 <= room.offer_rows <= MOST_OFFER_ROWS


def test_digits_have_nothing_to_offer_and_larger_keys() -> None:
    assert room_of(400, SIZES, offering=False) == Room(0, 0, (400 - SIZES.keys_px(0)) / KEY_ROWS)
    assert room_of(SIZES.wanted_px, SIZES, offering=False).key_px == SIZES.most_px


def test_the_more_room_the_more_candidates() -> None:
    rows = [room_of(height_px, SIZES).offer_rows for height_px in (400, 480, 560, 660)]
    assert rows == [1, 1, 2, 3]


@pytest.mark.parametrize(("width_px", "height_px"), [(952, 750), (1368, 480), (1000, 330), (1000, 311)])
def test_the_writing_field_is_a_square_that_leaves_room_for_candidates_and_keys(
    width_px: float, height_px: float
) -> None:
    side = field_px(width_px, height_px, SIZES)
    assert side + SIZES.gap_px + row_px(height_px, SIZES) <= height_px
    assert width_px - side - 2 * SIZES.gap_px >= 3 * 96
    assert side >= 3 * SIZES.least_px


def test_there_are_as_many_rows_of_keys_as_the_keyboards_have() -> None:
    assert {len(rows) for layout, rows in LAYOUTS.items() if layout != "hand"} == {KEY_ROWS}
