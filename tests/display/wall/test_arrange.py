"""Where the regions of a screen stand, and how its height is dealt out."""

from hypothesis import given, strategies as st

from display.wall.arrange import Need, columns, heights
from hub.domain.screens import REGIONS

sizes = st.floats(0, 2000)
needs = st.lists(st.builds(lambda least, more, grows: Need(least, least + more, grows), sizes, sizes, st.booleans()))


def test_a_wide_glass_has_calls_at_the_left_and_lists_at_the_right():
    assert columns(REGIONS, wide=True) == (("calls",), ("queues", "cases"))


def test_a_high_glass_has_everything_below_each_other():
    assert columns(REGIONS, wide=False) == (("calls", "recent", "queues", "cases"),)


def test_a_wide_glass_without_calls_has_its_lists_beside_each_other():
    assert columns(("cases", "queues", "counts"), wide=True) == (("queues",), ("cases",))
    assert columns(("stills",), wide=True) == (("stills",),)
    assert columns(("counts", "notice"), wide=True) == ()


@given(st.floats(1, 5000), needs.filter(bool))
def test_the_whole_height_is_dealt_out_and_nobody_gets_less_than_needed_where_there_is_room(
    room: float, asked: list[Need]
):
    given_px = heights(room, asked)
    assert abs(sum(given_px) - room) < 1e-6 * room + 1e-6
    if sum(one.least for one in asked) <= room:
        assert all(high >= one.least - 1e-6 for high, one in zip(given_px, asked, strict=True))


def test_who_grows_has_what_nobody_wishes():
    assert heights(100, [Need(10, 20, grows=True), Need(10, 30)]) == [70, 30]
    assert heights(100, [Need(10, 20), Need(10, 30)]) == [20, 80]
