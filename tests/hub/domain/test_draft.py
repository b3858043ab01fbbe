"""What a citizen may write by themselves."""

from __future__ import annotations

import pytest

from hub.domain.draft import digits_of, is_phone, plain


@pytest.mark.parametrize("number", ["13800001234", "06328836760", "8836760", "02088886666"])
def test_mobiles_and_landlines_are_numbers(number: str) -> None:
    assert is_phone(number)


@pytest.mark.parametrize("number", ["", "12345", "138 0000 1234", "138000012345", "1380000123x", "１３８００００"])
def test_what_cannot_be_called_is_none(number: str) -> None:
    assert not is_phone(number)


def test_a_number_is_kept_as_its_digits() -> None:
    assert digits_of(" 138-0000 1234 ") == "13800001234"


def test_a_text_keeps_what_is_seen_and_its_lines_where_it_may_have_some() -> None:
    assert plain("说\x07明\u202e：😀\r\n第二行", lines=True) == "说明：😀\n第二行"
    assert plain("李\n秀兰\t") == "李秀兰"
