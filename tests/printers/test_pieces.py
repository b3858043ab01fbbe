from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from printers.paper import Mechanics
from printers.pieces import PIECE_BYTES, pieces
from printers.profiles import PROFILES
from printers.render import render
from printers.status import ASK_PRINTER, ask
from tests.printers import factories

PICTURE = b"\x1dv0\x00\x48\x00\x80\x00" + b"\x1b\x1d\x1c" * (72 * 128 // 3)


@given(st.binary())
def test_whatever_a_job_is_its_pieces_are_the_job(job: bytes) -> None:
    assert b"".join(pieces(job)) == job


@pytest.mark.parametrize("width", PROFILES)
def test_a_receipt_is_asked_about_every_strip(width: int) -> None:
    found = pieces(render(factories.longest_receipt(), PROFILES[width]))
    assert len(found) > 5
    assert max(len(one) for one in found) < PIECE_BYTES + len(PICTURE)


@pytest.mark.parametrize("text", ["gb18030", "gb2312"])
def test_a_receipt_in_the_printers_own_font_is_asked_about_all_the_way(text: str) -> None:
    found = pieces(render(factories.longest_receipt(), replace(PROFILES[80], text=text)))
    assert len(found) > 1
    assert max(len(one) for one in found) < PIECE_BYTES + len(PICTURE)


def test_no_picture_and_no_command_is_parted() -> None:
    job = b"\x1b@" + PICTURE * 3 + b"\x1bJ\x1d" + b"\x1dVB\x00"
    assert pieces(job) == [b"\x1b@" + PICTURE, PICTURE, PICTURE, b"\x1bJ\x1d\x1dVB\x00"]


def test_no_character_of_the_printers_own_font_is_parted() -> None:
    line = "一次性告知：䶮".encode("gb18030") * 9 + b"\x1bJ\x08"
    found = pieces(b"\x1b@\x1c&" + line * 40)
    assert len(found) > 3
    assert all(one.decode("gb18030") for one in found)
    assert all(one.startswith(b"\x1b") for one in found)


def test_behind_a_command_that_nobody_knows_nothing_is_asked() -> None:
    job = b"\x1b@" + b"\x1f\x1b\x01\x1d\x99" + PICTURE * 3
    assert pieces(job) == [job]


def test_questions_between_the_pieces_leave_the_paper_as_it_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    job = render(factories.receipt(), PROFILES[80])
    asked = b"".join(one + ask(ASK_PRINTER) for one in pieces(job))
    assert printed(asked, tmp_path_factory) == printed(job, tmp_path_factory)


def printed(job: bytes, folders: pytest.TempPathFactory) -> bytes:
    out = folders.mktemp("paper")
    works = Mechanics(out, 576, lambda answer: None)
    works.take(job)
    works.work(100_000)
    assert works.strange_bytes == 0
    return (out / "receipt-001.png").read_bytes()
