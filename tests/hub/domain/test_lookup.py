import base64

import pytest
from hypothesis import given, strategies as st

from hub.domain.lookup import ALPHABET, TOKEN_LENGTH, WrongCode, grouped, make_keys, page_address, read_typed
from tests.factories import lookup_keys

SEEDS = st.integers(0, 255)


def test_a_token_is_128_bits_and_a_typed_code_80_and_a_check_character():
    asked = []

    def random_bytes(size):
        asked.append(size)
        return b"\xff" * size

    keys = make_keys(random_bytes)
    assert asked == [16, 10]
    assert base64.urlsafe_b64decode(keys.token + "==") == b"\xff" * 16
    assert len(keys.token) == TOKEN_LENGTH
    assert keys.typed[:16] == "Z" * 16
    assert len(keys.typed) == 17


@given(SEEDS)
def test_a_code_is_read_however_it_was_typed(seed):
    typed = lookup_keys(seed).typed
    for one in (typed, grouped(typed), f" {grouped(typed).lower()}\n", typed.replace("0", "o").replace("1", "l")):
        assert read_typed(one) == typed


@given(SEEDS, st.integers(0, 15), st.integers(1, 31))
def test_a_single_wrong_character_is_seen(seed, at, by):
    typed = lookup_keys(seed).typed
    other = ALPHABET[(ALPHABET.index(typed[at]) + by) % 32]
    with pytest.raises(WrongCode):
        read_typed(typed[:at] + other + typed[at + 1 :])


@given(st.text(max_size=40))
def test_anything_else_is_refused_and_nothing_else_raised(text):
    try:
        assert len(read_typed(text)) == 17
    except WrongCode as wrong:
        assert wrong.code == "wrong_code"  # noqa: PT017 both ends are right


def test_codes_are_printed_in_groups_and_the_address_takes_the_token():
    assert grouped("7K3MQ9XF2VTD8HNWP") == "7K3M-Q9XF-2VTD-8HNW-P"
    assert page_address("https://hall.example", "abc") == "https://hall.example/p/abc"
