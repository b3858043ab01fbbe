"""Lines of every kind take what they can, say how much, notice their end, and let nothing of a lost job out later."""

from __future__ import annotations

import os
import socket
import termios
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.domain.printer import Printer
from printers import connection
from printers.connection import Connection, Stream, connector, open_line
from printers.errors import ConnectionLost, PrinterSilent

MUCH = bytes(range(256)) * 40_000
TICK_S = 0.05


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        server.settimeout(10)
        yield server


@pytest.fixture
def serial() -> Iterator[tuple[int, str]]:
    """A serial line: the printer's end, and the path of ours."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    os.set_blocking(ours, False)
    yield ours, os.ttyname(theirs)
    os.close(theirs)
    os.close(ours)


def url_of(server: socket.socket) -> str:
    return f"socket://127.0.0.1:{server.getsockname()[1]}"


def fill(line: Connection) -> int:
    """Writes until the line takes no more; how much it took."""
    taken = 0
    while written := line.exchange(MUCH[taken:], TICK_S)[0]:
        taken += written
    return taken


def test_a_network_line_says_how_much_it_took_and_the_rest_goes_on_from_there(listener: socket.socket) -> None:
    line = open_line(url_of(listener), 0)
    printer, _ = listener.accept()
    with printer:
        printer.settimeout(10)
        taken = fill(line)
        assert 0 < taken < len(MUCH), "nobody reads: it must stop without blocking"
        came = b""
        while len(came) < len(MUCH):
            came += printer.recv(65536)
            taken += line.exchange(MUCH[taken : taken + 65536], 0)[0]
        assert came == MUCH
    line.close()


def test_a_network_line_brings_an_answer_that_came_with_the_greeting(listener: socket.socket) -> None:
    line = open_line(url_of(listener), 0)
    printer, _ = listener.accept()
    with printer:
        printer.sendall(b"\x12")
        assert line.exchange(b"", 10) == (0, b"\x12")
    line.close()


def test_a_printer_that_hangs_up_is_a_lost_line_and_not_an_empty_answer(listener: socket.socket) -> None:
    line = open_line(url_of(listener), 0)
    listener.accept()[0].close()
    with pytest.raises(ConnectionLost, match="hung up"):
        line.exchange(b"", 10)
    line.close()


def test_what_was_not_sent_yet_dies_with_an_abandoned_network_line(listener: socket.socket) -> None:
    line = open_line(url_of(listener), 0)
    printer, _ = listener.accept()
    with printer:
        printer.settimeout(10)
        taken = fill(line)
        line.abandon()
        came: list[int] = []
        with pytest.raises(ConnectionResetError):
            came.extend(len(data) for data in iter(lambda: printer.recv(65536), b""))
        assert sum(came) < taken


def test_what_was_written_still_arrives_after_a_line_is_closed(listener: socket.socket) -> None:
    line = open_line(url_of(listener), 0)
    printer, _ = listener.accept()
    with printer:
        printer.settimeout(10)
        taken = fill(line)
        line.close()
        came = 0
        while data := printer.recv(65536):
            came += len(data)
        assert came == taken


def test_a_device_file_takes_and_gives_bytes_and_stops_when_it_is_full(tmp_path: Path) -> None:
    path = tmp_path / "lp0"
    os.mkfifo(path)  # opened for both ways it gives back what it took
    line = open_line(str(path), 0)
    assert line.exchange(b"\x10\x04\x01", TICK_S) == (3, b"")
    assert line.exchange(b"", TICK_S) == (0, b"\x10\x04\x01")
    assert 0 < fill_one_way(path) < len(MUCH)
    line.close()


def fill_one_way(path: Path) -> int:
    """How much a device takes of which nobody reads."""
    fd = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    line = Stream(fd, lambda: os.close(fd), ends=False)
    try:
        return fill(line)
    finally:
        line.close()


def test_a_printers_device_with_nothing_to_say_is_no_lost_line() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    line = Stream(ours.fileno(), ours.close, ends=False)
    assert line.exchange(b"", TICK_S) == (0, b"")
    line.close()


def test_a_serial_line_says_how_much_it_took(serial: tuple[int, str]) -> None:
    printer, path = serial
    line = open_line(path, 9600)
    taken = fill(line)
    assert 0 < taken < len(MUCH)
    came = os.read(printer, 65536)
    assert MUCH.startswith(came)
    line.close()


@pytest.mark.parametrize("gone", [False, True])
def test_what_a_serial_line_has_not_sent_dies_when_it_is_abandoned(gone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    class Port:
        def fileno(self) -> int:
            return 0

        def reset_output_buffer(self) -> None:
            done.append("forget")
            if gone:
                raise termios.error(5, "Input/output error")

        def close(self) -> None:
            done.append("close")

    monkeypatch.setattr(connection.serial, "serial_for_url", lambda url, **settings: Port())
    open_line("/dev/null", 9600).abandon()
    assert done == ["forget", "close"]


def test_two_programs_do_not_share_one_serial_line(serial: tuple[int, str]) -> None:
    _, path = serial
    line = open_line(path, 9600)
    with pytest.raises(PrinterSilent, match=r"another program prints on it.*end that one first"):
        connector(Printer(name="receipt-1", url=path))()
    line.close()
    connector(Printer(name="receipt-1", url=path))().close()


def test_a_device_without_right_names_the_group_that_has_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "lp0").touch()

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(connection.os, "open", refuse)
    with pytest.raises(PrinterSilent, match=r"receipt-1.*this user.*dialout or lp"):
        connector(Printer(name="receipt-1", url=str(tmp_path / "lp0")))()


@pytest.mark.parametrize("url", ["/dev/no-such-printer", "socket://127.0.0.1", "usb://wrong"])
def test_a_line_that_cannot_be_opened_names_printer_and_remedy(url: str) -> None:
    with pytest.raises(PrinterSilent, match=r"receipt-1.*check its power and cable, and its url in hall\.toml"):
        connector(Printer(name="receipt-1", url=url))()
