"""How many choices stand on a page, and how large."""

from __future__ import annotations

from hypothesis import given, strategies as st

from kiosk.shelving import plan

GAP, TURNER = 16.0, 120.0


def need(lines_at_full_width: int):
    """A choice whose text wraps to more lines the narrower and larger it stands."""
    return lambda width, font_px: 24 + font_px * 1.25 * -(-lines_at_full_width * 900 * font_px // (int(width) * 42))


def test_few_choices_stand_large_in_one_column() -> None:
    found = plan([need(1)] * 4, (952, 900), GAP, TURNER, [42, 36, 32], columns=2)
    assert (found.font_px, found.columns, found.pages) == (42, 1, 1)


def test_more_choices_take_a_second_column_before_their_type_shrinks() -> None:
    found = plan([need(1)] * 12, (952, 900), GAP, TURNER, [42, 36, 32], columns=2)
    assert (found.font_px, found.columns, found.pages) == (42, 2, 1)


def test_what_does_not_fit_at_the_least_size_turns_pages() -> None:
    found = plan([need(1)] * 60, (952, 900), GAP, TURNER, [42, 32], columns=2)
    assert (found.font_px, found.columns) == (32, 2)
    assert found.pages > 1


@given(
    count=st.integers(0, 60),
    lines=st.integers(1, 4),
    width=st.floats(400, 1800),
    height=st.floats(200, 1400),
    columns=st.integers(1, 3),
)
def test_a_page_is_never_fuller_than_it_is_high_unless_one_choice_alone_is(
    count: int, lines: int, width: float, height: float, columns: int
) -> None:
    found = plan([need(lines)] * count, (width, height), GAP, TURNER, [42, 32], columns)
    used = found.rows * found.high_px + (found.rows - 1) * GAP + (TURNER if found.pages > 1 else 0)
    assert used <= height + 1e-6 or found.rows == 1
    assert found.pages * found.a_page >= count
    assert (found.pages - 1) * found.a_page < max(count, 1)
