"""A receipt printer made of software: ESC/POS in over TCP or a pty, paper out as PNG, faults on command.

It speaks bytes and knows nothing of the driver it stands opposite. Control lines (one JSON line answers each):
`paper out`, `paper in`, `paper left ROWS`, `near end`, `cover open`, `cover closed`, `drop connection`,
`drop after BYTES`, `nonsense on|off`, `silent on|off`, `speed ROWS_PER_S`, `status`, `wait receipts N`,
`wait received N`, `wait printed ROWS`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from printers.paper import Mechanics

READ_BYTES = 4096
TICK_S = 0.02


class Emulator:
    """One printer. `buffer_bytes` is its receive buffer: when that is full it stops reading, as a real one does."""

    def __init__(self, out: Path, width_dots: int, rows_per_s: float, buffer_bytes: int) -> None:
        self.mechanics = Mechanics(out, width_dots, self._answer)
        self.rows_per_s = rows_per_s
        self.received = 0
        self._buffer_bytes = buffer_bytes
        self._tail = b""
        self._send: Callable[[bytes], None] | None = None
        self._drop: Callable[[], None] | None = None
        self._drop_at: int | None = None
        self._nonsense = False
        self._silent = False
        self._changed = asyncio.Condition()

    # --- the line

    def connect(self, send: Callable[[bytes], None], drop: Callable[[], None]) -> None:
        """A host is there; an older connection is dropped, for a printer serves one."""
        if self._drop is not None:
            self._drop()
        self._send, self._drop, self._tail = send, drop, b""

    def disconnect(self, send: Callable[[bytes], None]) -> None:
        if self.serves(send):
            self._send = self._drop = None

    def serves(self, send: Callable[[bytes], None]) -> bool:
        """Whether this connection still stands."""
        return self._send is send

    @property
    def full(self) -> bool:
        return self.mechanics.waiting_bytes >= self._buffer_bytes

    async def receive(self, data: bytes) -> None:
        """Answers real-time requests at once, wherever they stand, and queues the bytes."""
        if self._drop_at is not None and self.received + len(data) >= self._drop_at:
            data = data[: self._drop_at - self.received]
            self._drop_at = None
            self.drop()
        self.received += len(data)
        seen = self._tail + data
        for at in range(len(seen) - 2):
            if seen[at : at + 2] == b"\x10\x04" and 1 <= seen[at + 2] <= 4:
                self._answer(self.mechanics.real_time(seen[at + 2]))
        self._tail = seen[-2:]
        self.mechanics.take(data)
        await self._tell()

    def drop(self) -> None:
        if self._drop is not None:
            self._drop()
        self._send = self._drop = None

    def _answer(self, data: bytes) -> None:
        if self._send is None or self._silent:
            return
        if self._nonsense:
            data = bytes(random.choice((0x80, 0x93, 0xA5, 0xC1, 0xFF)) for _ in range(len(data) + 2))  # noqa: S311 - nonsense need not be secret
        self._send(data)

    # --- the works

    async def run(self) -> None:
        """Prints what waits, at the printer's speed."""
        owed = 0.0
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: not self.mechanics.idle)
            before = self.mechanics.offline
            owed = owed + self.rows_per_s * TICK_S if self.rows_per_s else 1e9
            self.mechanics.work(int(owed))
            owed -= int(owed)
            if self.mechanics.offline != before:
                self._announce()
            await self._tell()
            await asyncio.sleep(TICK_S if self.rows_per_s else 0)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _announce(self) -> None:
        if self.mechanics.automatic_status:
            self._answer(self.mechanics.status_block())

    # --- control

    async def control(self, line: str) -> dict[str, object]:
        """Obeys one line of the control channel."""
        words = line.split()
        works = self.mechanics
        match words:
            case ["paper", "out"]:
                works.paper = False
            case ["paper", "in"]:
                works.paper, works.near_end, works.rows_left = True, False, None
            case ["paper", "left", rows]:
                works.rows_left = int(rows)
            case ["near", "end"]:
                works.near_end = True
            case ["cover", ("open" | "closed") as cover]:
                works.cover_open = cover == "open"
            case ["drop", "connection"]:
                self.drop()
            case ["drop", "after", count]:
                self._drop_at = self.received + int(count)
            case ["nonsense", ("on" | "off") as switch]:
                self._nonsense = switch == "on"
            case ["silent", ("on" | "off") as switch]:
                self._silent = switch == "on"
            case ["speed", rows]:
                self.rows_per_s = float(rows)
            case ["wait", ("receipts" | "received" | "printed") as what, count]:
                await self._wait(what, int(count))
            case ["status"]:
                pass
            case _:
                return {"error": f"unknown command {line!r}; --help lists them"}
        if words[0] in ("paper", "near", "cover"):
            self._announce()
        await self._tell()
        return self.status()

    async def _wait(self, what: str, count: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: int(str(self.status()[what])) >= count)

    def status(self) -> dict[str, object]:
        works = self.mechanics
        return {
            "paper": works.paper,
            "near_end": works.near_end,
            "cover_open": works.cover_open,
            "connected": self._send is not None,
            "received": self.received,
            "waiting_bytes": works.waiting_bytes,
            "printed": works.rows_printed,
            "receipts": works.receipts,
            "strange_bytes": works.strange_bytes,
        }


async def serve_tcp(emulator: Emulator, host: str, port: int) -> asyncio.Server:
    """The printer's own port (raw, as port 9100 of network printers)."""

    async def host_connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        send = writer.write
        emulator.connect(send, writer.transport.abort)
        with contextlib.suppress(ConnectionError):
            while True:
                while emulator.full:
                    await asyncio.sleep(TICK_S)
                data = await reader.read(READ_BYTES)
                if not data or not emulator.serves(send):
                    break
                await emulator.receive(data)
        emulator.disconnect(send)
        writer.close()

    return await asyncio.start_server(host_connected, host, port, limit=READ_BYTES)


async def serve_control(emulator: Emulator, host: str, port: int) -> asyncio.Server:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while line := await reader.readline():
                answer = await emulator.control(line.decode())
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        writer.close()

    return await asyncio.start_server(connected, host, port)


async def serve_pty(emulator: Emulator, master: int) -> None:
    """The printer at the end of a serial line."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()

    def send(data: bytes) -> None:
        os.write(master, data)

    emulator.connect(send, lambda: None)
    loop.add_reader(master, readable.set)
    while True:
        await readable.wait()
        readable.clear()
        while emulator.full:
            await asyncio.sleep(TICK_S)
        await emulator.receive(os.read(master, READ_BYTES))


def open_pty() -> tuple[int, str]:
    """A raw pty: our end and the path of the other. The other end stays open here, so that hosts may come and go."""
    master, slave = os.openpty()
    tty.setraw(slave)
    return master, os.ttyname(slave)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host or "127.0.0.1", int(port)


async def _serve(emulator: Emulator, tcp: str, control: str, pty: bool) -> None:
    ready: dict[str, object] = {"event": "ready"}
    tasks = [asyncio.create_task(emulator.run())]
    if pty:
        master, ready["pty"] = open_pty()
        tasks.append(asyncio.create_task(serve_pty(emulator, master)))
    servers = []
    if tcp:
        servers.append(await serve_tcp(emulator, *_address(tcp)))
        ready["tcp"] = tcp
    if control:
        servers.append(await serve_control(emulator, *_address(control)))
        ready["control"] = control
    typer.echo(json.dumps(ready))
    await asyncio.gather(*tasks, *(server.serve_forever() for server in servers))


def main(
    out: Annotated[Path, typer.Option(help="Folder for receipt-001.png and receipt-001.bin, one pair a cut.")],
    tcp: Annotated[str, typer.Option(help="HOST:PORT to be reached at, such as 127.0.0.1:9100.")] = "",
    pty: Annotated[bool, typer.Option("--pty", help="Stand at the end of a pty; its path is printed.")] = False,
    control: Annotated[str, typer.Option(help="HOST:PORT of the control channel.")] = "",
    width_dots: Annotated[int, typer.Option(help="576 for 80 mm paper, 384 for 58 mm.")] = 576,
    rows_per_s: Annotated[float, typer.Option(help="Printing speed; 0 is at once, real ones do 800 to 2400.")] = 0.0,
    buffer_bytes: Annotated[int, typer.Option(help="Receive buffer.")] = 65536,
) -> None:
    """A receipt printer (ESC/POS) that prints PNG pictures and has faults on command.

    Control lines: paper out | paper in | paper left ROWS | near end | cover open | cover closed | drop connection |
    drop after BYTES | nonsense on|off | silent on|off | speed ROWS_PER_S | status |
    wait receipts|received|printed COUNT. Each is answered by the status as one JSON line.
    """
    if not tcp and not pty:
        raise typer.BadParameter("name --tcp HOST:PORT or --pty")
    out.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(Emulator(out, width_dots, rows_per_s, buffer_bytes), tcp, control, pty))


if __name__ == "__main__":
    typer.run(main)
