"""What GB2312 lacks is seen to lack."""

import pytest
from hypothesis import given, strategies as st

from display.led.text import cells, encoded, shown


@pytest.mark.parametrize(
    ("written", "on_board"),
    [
        ("䶮先生", "□先生"),
        ("𠮷林路", "□林路"),
        ("二〇二六年", "二○二六年"),
        ("①登记", "①登记"),
        ("請到三號窗口", "□到三□窗口"),
        ("“办不成事”…", "“办不成事”…"),
        ("C:\\目录", "C:＼目录"),
        ("响铃\x07", "响铃□"),
    ],
)
def test_a_character_that_is_lacking_is_replaced_visibly(written: str, on_board: str):
    assert shown(written) == on_board
    assert encoded(written).decode("gb2312") == on_board


@given(st.text())
def test_nothing_is_dropped(text: str):
    assert len(encoded(text).decode("gb2312")) >= len(text)


@given(st.text())
def test_dots_are_those_of_the_bytes(text: str):
    plain = text.replace("\n", "")
    assert cells(plain) == len(encoded(plain))
