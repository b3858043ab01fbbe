"""A bundle's bytes: the same for the same case, and whatever was changed is named."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from hub.archive import bundle
from hub.archive.bundle import Index

CONTENTS = {
    "case.json": '{"name": "李䶮"}\n'.encode(),
    "attachments/01.pdf": b"%PDF-1.7\n%%EOF\n",
    "index.html": b"<p>",
}
INDEX = Index(
    format=bundle.FORMAT,
    hall="370406",
    hall_name="山亭区政务服务大厅",
    case_number="370406-20261123-0001-6",
    policy="shanting",
    policy_version=1,
    closed_at=dt.datetime(2026, 11, 30, 16, 20, tzinfo=dt.timezone(dt.timedelta(hours=8))),
    holds={"ledger": ("case.json",), "minutes": ()},
    parts=tuple(bundle.part(name, name, content) for name, content in CONTENTS.items()),
)
MADE = bundle.pack(INDEX, CONTENTS)


def rewritten(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The bundle unpacked, changed by somebody, and packed again with any program."""
    with zipfile.ZipFile(io.BytesIO(MADE)) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    change(held)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in held.items():
            packed.writestr(name, content)
    return made.getvalue()


@pytest.mark.rule("R40")
def test_a_bundle_is_whole_and_the_same_bytes_whenever_it_is_made() -> None:
    assert bundle.pack(INDEX, CONTENTS) == MADE
    assert bundle.check(MADE) == bundle.Checked((), INDEX, bundle.digest(bundle.encoded(INDEX)))
    with zipfile.ZipFile(io.BytesIO(MADE)) as packed:
        assert packed.namelist() == ["index.json", *CONTENTS]
        assert {one.date_time for one in packed.infolist()} == {(2026, 11, 30, 16, 20, 0)}
        assert {one.external_attr >> 16 for one in packed.infolist()} == {0o600}


@pytest.mark.rule("R40")
def test_a_part_that_is_missing_changed_or_added_is_named() -> None:
    def change(held: dict[str, bytes]) -> None:
        del held["attachments/01.pdf"]
        held["case.json"] = held["case.json"].replace("李䶮".encode(), "李龑".encode())
        held["notes.txt"] = b"by the way"

    missing, changed, added = sorted(bundle.check(rewritten(change)).faults)
    assert missing == "attachments/01.pdf (attachments/01.pdf) is missing"
    assert changed.startswith("case.json (case.json) is not what was archived: 19 bytes, SHA-256 ")
    assert added == "notes.txt is not in the index: it was added later"


@pytest.mark.rule("R40")
@settings(max_examples=300)
@given(at=st.integers(0, len(MADE) - 1), by=st.integers(1, 255))
def test_one_changed_byte_anywhere_is_found(at: int, by: int) -> None:
    changed = bytearray(MADE)
    changed[at] ^= by
    assert bundle.check(bytes(changed)).faults


@pytest.mark.rule("R40")
@settings(max_examples=100)
@given(length=st.integers(0, len(MADE) - 1))
def test_a_file_that_was_cut_off_anywhere_is_found(length: int) -> None:
    assert bundle.check(MADE[:length]).faults


def test_bytes_before_and_after_the_zip_are_found_though_programs_open_it() -> None:
    assert bundle.check(b"hidden" + MADE).faults
    assert bundle.check(MADE + b"hidden").faults


def test_a_zip_without_an_index_with_a_broken_one_and_of_a_newer_program_says_so() -> None:
    (said,) = bundle.check(rewritten(lambda held: held.pop("index.json"))).faults
    assert said == "index.json is missing: without it nobody can say what was archived"
    (said,) = bundle.check(rewritten(lambda held: held.update({"index.json": b"{"}))).faults
    assert said.startswith("index.json is damaged")
    newer = bundle.encoded(msgspec.structs.replace(INDEX, format=2))
    (said,) = bundle.check(rewritten(lambda held: held.update({"index.json": newer}))).faults
    assert said == "index.json has format 2: a newer Bancheng wrote it, update this one"
    (said,) = bundle.check(b"<html>").faults
    assert "no whole zip file" in said


def test_a_part_that_is_there_twice_is_named() -> None:
    made = io.BytesIO(MADE)
    with zipfile.ZipFile(made, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("case.json", CONTENTS["case.json"])
    assert "case.json is there 2 times" in bundle.check(made.getvalue()).faults
