"""What is read at the kiosk is told apart, however it was written; nonsense is never taken for a code."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, strategies as st

from hub.domain.lookup import ALPHABET, CHECK, grouped, make_keys, page_address
from hub.domain.scanned import AppointmentCode, CaseCode, NotACode, read_code

KEYS = make_keys(lambda size: hashlib.sha256(b"paper").digest()[:size])
PAGE = "https://shanting.example.org"


@pytest.mark.parametrize("page", [PAGE, "http://10.0.0.7:8080", "https://city.example.org/banshi"])
def test_the_address_on_a_receipt_gives_its_token(page: str) -> None:
    assert read_code(page_address(page, KEYS.token)) == CaseCode(KEYS.token)
    assert read_code(f" {page_address(page, KEYS.token)}/\r\n") == CaseCode(KEYS.token)


def test_a_token_alone_is_one_too() -> None:
    assert read_code(KEYS.token) == CaseCode(KEYS.token)


@pytest.mark.parametrize("write", [str, str.lower, grouped, lambda code: grouped(code).replace("-", " ")])
def test_a_typed_code_is_read_with_or_without_its_groups(write) -> None:
    assert read_code(write(KEYS.typed)) == CaseCode(KEYS.typed)


def test_letters_that_look_like_digits_are_forgiven() -> None:
    zeros = make_keys(lambda size: bytes(size)).typed
    assert zeros.startswith("0" * 16)
    assert read_code("O" * 16 + zeros[16:]) == CaseCode(zeros)


@pytest.mark.parametrize("place", range(17))
@pytest.mark.parametrize("other", CHECK)
def test_one_wrong_character_is_said_to_be_a_slip_and_asks_nobody(place: int, other: str) -> None:
    typed = KEYS.typed[:place] + other + KEYS.typed[place + 1 :]
    if typed == KEYS.typed:
        assert read_code(typed) == CaseCode(KEYS.typed)
        return
    with pytest.raises(NotACode, match="compare it with the paper") as wrong:
        read_code(grouped(typed))
    assert wrong.value.why == "slip"


@pytest.mark.parametrize("text", ["7K3MQ9", "7k3-mq9", " 7K3 MQ9 "])
def test_six_characters_are_an_appointment(text: str) -> None:
    assert read_code(text) == AppointmentCode("7K3MQ9")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "6901234567892",
        "https://weixin.qq.com/r/abc",
        f"{PAGE}/",
        f"{PAGE}/p/",
        f"{PAGE}/x/{KEYS.token}",
        f"{PAGE}/p/7K3MQ9",
        "WIFI:S:hall;T:WPA;P:secret;;",
        "你好",
        "\x00\x1b",
        "http://[",
        "A" * 400,
    ],
)
def test_nonsense_is_said_to_be_of_something_else(text: str) -> None:
    with pytest.raises(NotACode, match="scan the square on the receipt") as wrong:
        read_code(text)
    assert wrong.value.why == "other"


def test_the_number_of_a_case_is_told_from_its_code() -> None:
    with pytest.raises(NotACode, match="below the square") as wrong:
        read_code("370406-20261123-0001-6")
    assert wrong.value.why == "number"


@given(st.text(max_size=60) | st.text(ALPHABET, min_size=10, max_size=24))
def test_any_text_is_a_code_or_a_sentence(text: str) -> None:
    said: set[str] = set()
    try:
        assert isinstance(read_code(text), CaseCode | AppointmentCode)
    except NotACode as wrong:
        said.add(wrong.why)
    assert said <= {"slip", "number", "other"}
