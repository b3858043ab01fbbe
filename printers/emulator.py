"""A receipt printer made of software: ESC/POS in over TCP or a pty, paper out as PNG, faults on command.

It speaks bytes and knows nothing of the driver it stands opposite. The control channel takes the lines of
`printers.machine.COMMANDS` and `wait receipts|received|printed COUNT`; each is answered by the status as one JSON line.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import tty
from pathlib import Path
from typing import Annotated

import typer

from printers.machine import COMMANDS, Machine, UnknownCommand
from printers.paper import ANSWERS, Charset

READ_BYTES = 4096
TICK_S = 0.02


class Emulator:
    """One machine at a real line. `buffer_bytes` is its receive buffer: when that is full it stops reading."""

    def __init__(self, machine: Machine, buffer_bytes: int) -> None:
        self.machine = machine
        self._buffer_bytes = buffer_bytes
        self._changed = asyncio.Condition()

    async def room(self) -> None:
        """Waits until the receive buffer takes more."""
        while self.machine.works.waiting_bytes >= self._buffer_bytes:
            await asyncio.sleep(TICK_S)

    async def receive(self, data: bytes) -> None:
        self.machine.receive(data)
        await self._tell()

    async def run(self) -> None:
        """Lets the machine's time pass while it has something to print."""
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: not self.machine.works.idle)
            self.machine.step(TICK_S)
            await self._tell()
            await asyncio.sleep(TICK_S if self.machine.rows_per_s else 0)

    async def control(self, line: str) -> dict[str, object]:
        """Obeys one line of the control channel."""
        match line.split():
            case ["wait", ("receipts" | "received" | "printed") as what, count] if count.isdecimal():
                async with self._changed:
                    await self._changed.wait_for(lambda: int(str(self.machine.status()[what])) >= int(count))
            case _:
                try:
                    self.machine.obey(line.strip())
                except UnknownCommand as wrong:
                    return {"error": str(wrong)}
                await self._tell()
        return self.machine.status()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


async def serve_tcp(emulator: Emulator, host: str, port: int) -> asyncio.Server:
    """The printer's own port (raw, as port 9100 of network printers)."""
    machine = emulator.machine

    async def host_connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        send = writer.write
        machine.connect(send, writer.transport.abort)
        with contextlib.suppress(ConnectionError):
            while True:
                await emulator.room()
                data = await reader.read(READ_BYTES)
                if not data or not machine.serves(send):
                    break
                await emulator.receive(data)
        machine.disconnect(send)
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
    """The printer at the end of a serial line, which has no connections: a line that breaks loses what is on it."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()

    def send(data: bytes) -> None:
        with contextlib.suppress(BlockingIOError):  # nobody reads at the other end: a serial line forgets
            os.write(master, data)

    loop.add_reader(master, readable.set)
    while True:
        await readable.wait()
        await emulator.room()
        readable.clear()
        with contextlib.suppress(BlockingIOError):  # the other end may have thrown away what was announced
            data = os.read(master, READ_BYTES)
            if not emulator.machine.serves(send):
                emulator.machine.connect(send, lambda: None)
            await emulator.receive(data)


def open_pty() -> tuple[int, str]:
    """A raw pty: our end and the path of the other. The other end stays open here, so that hosts may come and go."""
    master, slave = os.openpty()
    tty.setraw(slave)
    os.set_blocking(master, False)
    return master, os.ttyname(slave)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host or "127.0.0.1", int(port)


async def _serve(machine: Machine, buffer_bytes: int, tcp: str, control: str, pty: bool) -> None:
    emulator = Emulator(machine, buffer_bytes)
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


app = typer.Typer(add_completion=False, rich_markup_mode="markdown")

HELP = f"""A receipt printer (ESC/POS) that prints PNG pictures and has faults on command.

Start it, name it in hall.toml, and print:

    python -m printers.emulator --tcp 127.0.0.1:9100 --control 127.0.0.1:9101 --out out/paper

    hall.toml: url = "socket://127.0.0.1:9100", or the path that --pty prints

Faults, one line each, for instance with `nc 127.0.0.1 9101`:

{chr(10).join(f"- {one}" for one in COMMANDS)}
- wait receipts|received|printed COUNT

`after BYTES COMMAND` lets any of them happen exactly there: `after 20000 paper out`, `after 100 power cycle`.
Another job's late answer is `say 00` (GS r) or `say 37224142434400` (GS ( H), or `answers held` and later
`answers released`. Every line is answered by the printer's state as one line of JSON.
"""


@app.command(help=HELP)
def main(
    out: Annotated[Path, typer.Option(help="Folder for receipt-001.png and receipt-001.bin, one pair a paper.")],
    tcp: Annotated[str, typer.Option(help="HOST:PORT to be reached at, such as 127.0.0.1:9100.")] = "",
    pty: Annotated[bool, typer.Option("--pty", help="Stand at the end of a pty; its path is printed.")] = False,
    control: Annotated[str, typer.Option(help="HOST:PORT of the control channel.")] = "",
    width_dots: Annotated[int, typer.Option(help="576 for 80 mm paper, 384 for 58 mm.")] = 576,
    rows_per_s: Annotated[float, typer.Option(help="Printing speed; 0 is at once, real ones do 800 to 2400.")] = 0.0,
    buffer_bytes: Annotated[int, typer.Option(help="Receive buffer.")] = 65536,
    knife: Annotated[bool, typer.Option(help="Without one, paper falls by the command `tear`.")] = True,
    charset: Annotated[str, typer.Option(help="Its own font: gb18030, or gb2312 as older clones have.")] = "gb18030",
    without: Annotated[
        list[str] | None, typer.Option(help=f"What it does not answer, as clones do not: {', '.join(sorted(ANSWERS))}.")
    ] = None,
) -> None:
    if not tcp and not pty:
        raise typer.BadParameter("name --tcp HOST:PORT or --pty")
    charsets: dict[str, Charset] = {"gb18030": "gb18030", "gb2312": "gb2312"}
    if charset not in charsets:
        raise typer.BadParameter(f"--charset {charset} is not known; it is one of {', '.join(charsets)}")
    if strange := set(without or ()) - ANSWERS:
        raise typer.BadParameter(f"--without {', '.join(strange)} is not known; known: {', '.join(sorted(ANSWERS))}")
    out.mkdir(parents=True, exist_ok=True)
    answers = ANSWERS - set(without or ())
    machine = Machine(out, width_dots, rows_per_s=rows_per_s, knife=knife, charset=charsets[charset], answers=answers)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(machine, buffer_bytes, tcp, control, pty))


if __name__ == "__main__":
    app()
