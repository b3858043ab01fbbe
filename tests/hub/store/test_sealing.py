"""Personal fields at rest, and fingerprints instead of secrets."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from hub.store.sealing import Person, SealBroken, Sealer

KEY, PEPPER = bytes(range(32)), b"pepper"
PERSON = Person(name="欧阳秀兰", phone="13800000000", text="䶮𠮷：跑了三趟")


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(KEY, PEPPER)


def test_a_person_opens_as_it_was_sealed(sealer: Sealer) -> None:
    assert sealer.open_person(sealer.seal_person(PERSON, "case 1"), "case 1") == PERSON


@given(text=st.text(), about=st.text())
def test_any_text_opens_as_it_was_sealed(text: str, about: str) -> None:
    sealer = Sealer(KEY, PEPPER)
    assert sealer.open_text(sealer.seal_text(text, about), about) == text


@pytest.mark.rule("R13")
def test_nothing_of_it_shows(sealer: Sealer) -> None:
    sealed = sealer.seal_person(PERSON, "case 1")
    assert not any(field.encode() in sealed for field in (PERSON.name, PERSON.phone, PERSON.text))


def test_the_same_words_never_look_the_same(sealer: Sealer) -> None:
    assert len({sealer.seal(b"yes", "case 1") for _ in range(50)}) == 50


def test_a_field_that_was_moved_elsewhere_does_not_open(sealer: Sealer) -> None:
    sealed = sealer.seal_person(PERSON, "case 1")
    with pytest.raises(SealBroken, match="person/case 2"):
        sealer.open_person(sealed, "case 2")


def test_another_data_key_does_not_open_it(sealer: Sealer) -> None:
    sealed = sealer.seal_person(PERSON, "case 1")
    with pytest.raises(SealBroken, match=r"data\.key"):
        Sealer(bytes(32), PEPPER).open_person(sealed, "case 1")


def test_no_bit_can_be_changed(sealer: Sealer) -> None:
    sealed = sealer.seal(b"yes", "case 1")
    for place in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(SealBroken):
            sealer.open(bytes(changed), "case 1")


@pytest.mark.parametrize("size", [0, 1, 11, 12, 20, 27])
def test_bytes_too_short_to_be_sealed_are_said_to_be_broken(sealer: Sealer, size: int) -> None:
    with pytest.raises(SealBroken):
        sealer.open(sealer.seal(b"yes", "case 1")[:size], "case 1")


def test_no_text_needs_no_seal(sealer: Sealer) -> None:
    assert sealer.seal_text("", "step/1/0") is None
    assert sealer.open_text(None, "step/1/0") == ""


def test_a_fingerprint_depends_on_content_purpose_and_pepper(sealer: Sealer) -> None:
    prints = {
        sealer.fingerprint("lookup", b"secret"),
        sealer.fingerprint("lookup", b"Secret"),
        sealer.fingerprint("command", b"secret"),
        sealer.fingerprint("lookups", b"ecret"),
        Sealer(KEY, b"other").fingerprint("lookup", b"secret"),
    }
    assert len(prints) == 5
    assert sealer.fingerprint("lookup", b"secret") == Sealer(bytes(32), PEPPER).fingerprint("lookup", b"secret")
    assert {len(one) for one in prints} == {32}
