"""PINs under argon2."""

from __future__ import annotations

import argon2
import pytest

from hub import pins


def test_the_right_pin_is_right_and_another_is_not() -> None:
    kept = pins.hash_pin("480615")
    assert pins.is_right(kept, "480615") is True
    assert pins.is_right(kept, "480616") is False
    assert pins.is_right(kept, "") is False


def test_a_person_who_does_not_exist_has_no_right_pin_and_is_checked_all_the_same() -> None:
    assert pins.is_right(None, "480615") is False
    assert argon2.extract_parameters(pins._NOBODY) == argon2.extract_parameters(pins.hash_pin("480615"))


def test_two_people_with_one_pin_have_different_hashes() -> None:
    assert pins.hash_pin("480615") != pins.hash_pin("480615")


def test_a_hash_that_is_none_raises() -> None:
    with pytest.raises(argon2.exceptions.InvalidHashError):
        pins.is_right("480615", "480615")


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("", "6 to 12 digits"),
        ("48061", "6 to 12 digits"),
        ("4806154806151", "6 to 12 digits"),
        ("48061a", "6 to 12 digits"),
        ("４８０６１５", "6 to 12 digits"),
        ("000000", "different digits"),
        ("112112", "different digits"),
        ("123123", "repeats itself"),
        ("48064806", "repeats itself"),
        ("123456", "in even steps"),
        ("765432", "in even steps"),
        ("890123", "in even steps"),
    ],
)
def test_pins_that_anybody_tries_first_are_weak(pin: str, why: str) -> None:
    assert why in pins.weakness(pin)


@pytest.mark.parametrize("pin", ["480615", "591726", "135790", "102030405060"])
def test_other_pins_are_not(pin: str) -> None:
    assert pins.weakness(pin) == ""
