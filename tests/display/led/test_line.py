"""Lines to boards, on real sockets and ptys of this machine."""

from __future__ import annotations

import os
import select
import socket
import tty
from collections.abc import Callable, Iterator

import pytest
import serial

from display.led.line import Connection, connect
from hub.domain.hall import Board


def until(there: Callable[[], bool]) -> None:
    for _ in range(500):
        if there():
            return
        select.select([], [], [], 0.01)
    raise AssertionError("it did not come")


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        yield server


def board(listening: socket.socket) -> Board:
    return Board(name="board", url=f"socket://127.0.0.1:{listening.getsockname()[1]}")


@pytest.fixture
def opened(listening: socket.socket) -> Iterator[tuple[Connection, socket.socket]]:
    line = connect(board(listening))
    until(line.ready)
    peer, _ = listening.accept()
    yield line, peer
    line.close()
    peer.close()


def test_bytes_pass_both_ways_and_nothing_waits(opened: tuple[Connection, socket.socket]):
    line, peer = opened
    assert line.read() == b""
    assert line.write(b"\xa5\x5a") == 2
    assert peer.recv(10) == b"\xa5\x5a"
    peer.sendall(b"ja")
    until(lambda: line.read() == b"ja")


def test_a_peer_that_hangs_up_is_noticed(opened: tuple[Connection, socket.socket]):
    line, peer = opened
    peer.close()
    with pytest.raises(ConnectionResetError):
        until(lambda: bool(line.read()))


def test_a_line_that_takes_no_more_says_so_and_its_rest_dies_with_it(opened: tuple[Connection, socket.socket]):
    line, peer = opened
    for _ in range(10_000):
        if not line.write(bytes(65536)):
            break
    assert line.write(b"x") == 0
    line.close()
    with pytest.raises(ConnectionResetError):
        until(lambda: not peer.recv(65536))


def test_a_port_where_nobody_listens_is_an_error_and_not_a_wait(listening: socket.socket):
    nobody = board(listening)
    listening.close()
    line = connect(nobody)
    with pytest.raises(OSError, match="refused"):
        until(line.ready)
    line.close()


@pytest.mark.parametrize("url", ["socket://board", "socket://:5005"])
def test_an_address_without_host_or_port_says_how_one_looks(url: str):
    with pytest.raises(ValueError, match="socket://HOST:PORT"):
        connect(Board(name="board", url=url))


def test_a_serial_line_is_nobody_elses_while_it_is_open():
    master, slave = os.openpty()
    tty.setraw(slave)
    on_pty = Board(name="board", url=os.ttyname(slave))
    line = connect(on_pty)
    with pytest.raises(serial.SerialException):
        connect(on_pty)
    assert line.ready()
    assert line.write(b"abc") == 3
    assert os.read(master, 10) == b"abc"
    os.write(master, b"ja")
    until(lambda: line.read() == b"ja")
    line.close()
    connect(on_pty).close()
    os.close(master)
    os.close(slave)
