"""Scanners: what a line or a keyboard gives becomes whole codes, and a line that breaks is opened again."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator

import pytest

from hub.domain.hall import Scanner
from hub.domain.scanned import LONGEST
from printers import listening
from printers.scanners import BURST_S, QUIET_S, Codes, SerialScanner, Wedge, connector
from tests.processes import until

CODE = "https://shanting.example.org/p/AbC_dEf-GhIjKlMnOpQrSt"


def typed(wedge: Wedge, text: str, began_s: float, between_s: float) -> float:
    """Types a text and gives the moment of its last character."""
    at = began_s
    for one in text:
        wedge.type(one, at)
        at += between_s
    return at - between_s


# --- the bytes of a line


def test_a_code_ends_with_a_carriage_return_however_it_is_cut() -> None:
    codes, sent = Codes(), f"{CODE}\r".encode()
    for cut in range(len(sent)):
        assert codes.feed(sent[:cut], 0.0) + codes.feed(sent[cut:], 0.1) == [CODE]


def test_line_feeds_end_a_code_too_and_two_codes_are_two() -> None:
    assert Codes().feed(b"one\r\ntwo\n\r\rthree\r", 0.0) == ["one", "two", "three"]


def test_half_a_code_before_a_pause_is_not_put_before_the_next_one() -> None:
    codes = Codes()
    assert codes.feed(b"https://shan", 0.0) == []
    assert codes.feed(f"{CODE}\r".encode(), QUIET_S + 0.1) == [CODE]


def test_noise_without_end_is_not_kept() -> None:
    codes = Codes()
    for at in range(200):
        assert codes.feed(b"\xff" * 1000, at / 1000) == []
    (noise,) = codes.feed(b"\r", 0.2)
    assert len(noise) <= LONGEST + 1
    assert codes.feed(b"one\r", 0.21) == ["one"]


# --- a scanner that types


def test_a_burst_that_ends_with_enter_is_a_code() -> None:
    wedge = Wedge()
    last = typed(wedge, CODE, 0.0, 0.015)
    assert wedge.enter(last + 0.015) == CODE
    assert wedge.enter(last + 0.03) == ""


def test_who_types_slowly_is_no_scanner() -> None:
    wedge = Wedge()
    last = typed(wedge, "7K3MQ9", 0.0, BURST_S + 0.05)
    assert wedge.enter(last + BURST_S + 0.05) == ""


def test_what_stood_there_before_the_burst_is_not_part_of_it() -> None:
    wedge = Wedge()
    wedge.type("x", 0.0)
    last = typed(wedge, CODE, 5.0, 0.01)
    assert wedge.enter(last) == CODE
    typed(wedge, "abc", 6.0, 0.01)
    wedge.forget()
    assert wedge.enter(6.03) == ""


# --- real lines


@pytest.fixture
def pty() -> Iterator[tuple[int, str]]:
    """The scanner's end of a line, and the name of the kiosk's. What is sent before the line is open is lost there."""
    scanner, kiosk = os.openpty()
    yield scanner, os.ttyname(kiosk)
    os.close(kiosk)
    os.close(scanner)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "TRY_AGAIN_FIRST_S", 0.05)
    monkeypatch.setattr(listening, "LOOK_S", 0.05)


@pytest.mark.e2e
@pytest.mark.usefixtures("hurried")
def test_a_serial_scanner_s_codes_arrive_whole(pty: tuple[int, str]) -> None:
    scanner, name = pty
    reading = SerialScanner(connector(Scanner(url=name)), time.monotonic)
    reading.start()
    assert until("a code", lambda: os.write(scanner, f"{CODE}\r".encode()) and reading.codes())[0] == CODE
    assert reading.trouble == ""
    reading.stop()


@pytest.mark.e2e
@pytest.mark.usefixtures("hurried")
def test_a_line_that_breaks_is_opened_again() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    reading = SerialScanner(connector(Scanner(url=f"socket://127.0.0.1:{port}")), time.monotonic)
    reading.start()
    first, _ = listening.accept()
    until("the first code", lambda: "one" in (first.sendall(b"one\r") or reading.codes()))
    first.close()
    second, _ = listening.accept()
    until("the second code", lambda: "two" in (second.sendall(b"two\r") or reading.codes()))
    assert reading.trouble == ""
    reading.stop()
    second.close()
    listening.close()


@pytest.mark.e2e
@pytest.mark.usefixtures("hurried")
def test_a_scanner_that_is_not_there_is_named_to_the_staff_and_waited_for() -> None:
    reading = SerialScanner(connector(Scanner(url="/dev/serial/by-id/no-scanner")), time.monotonic)
    reading.start()
    until("somebody is told", lambda: reading.trouble == "scanner_silent")
    assert reading.codes() == []
    reading.stop()
