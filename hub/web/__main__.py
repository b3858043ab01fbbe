"""`bancheng-web`: the look-up site as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from granian.constants import Interfaces
from granian.server.embed import Server

from hub.config import HallDirectory
from hub.errors import HubError
from hub.link import Link
from hub.logs import log_as_json
from hub.pulse import Pulse
from hub.web.app import make_app
from hub.web.asking import AsyncLink

app = typer.Typer(add_completion=False)


@app.command()
def run(
    hall: Annotated[Path | None, typer.Option(help="the hall's directory; default: $BANCHENG_HALL")] = None,
    terminal: Annotated[str, typer.Option(help="this terminal's name in hall.toml; its role is web")] = "web",
    listen: Annotated[str, typer.Option(help="HOST:PORT to listen on; default: those of the hall's page_url")] = "",
) -> None:
    """Serves the progress page behind the QR codes. Stops on SIGTERM or Ctrl-C."""
    log_as_json()
    try:
        asyncio.run(_serve(HallDirectory(hall), terminal, listen))
    except HubError as wrong:
        typer.echo(f"bancheng-web: {wrong}", err=True)
        raise typer.Exit(1) from wrong


async def _serve(directory: HallDirectory, terminal: str, listen: str) -> None:
    hall = directory.hall()
    host, port = _address(listen, hall.page_url)
    _require_free(host, port)
    with contextlib.closing(Link.of_terminal(directory, terminal, feed=False)) as link:
        pulse = Pulse(link.send)
        asking = AsyncLink(link, ticked=lambda: pulse.poll(time.monotonic()))

        @contextlib.asynccontextmanager
        async def lifespan() -> AsyncIterator[None]:
            asking.start()
            announcing = asyncio.create_task(_announce(hall.name, host, port))
            yield
            announcing.cancel()
            await asking.stop()

        server = Server(
            make_app(hall, asking, lifespan=lifespan),
            address=host,
            port=port,
            interface=Interfaces.ASGI,
            websockets=False,
            log_enabled=False,
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, server.stop)
        await server.serve()


def _address(listen: str, page_url: str) -> tuple[str, int]:
    """Host and port to listen on; raises `BadAddress`."""
    parts = urlsplit(f"//{listen}" if listen else page_url)
    try:
        if parts.hostname and parts.port:
            return parts.hostname, parts.port
    except ValueError as wrong:
        raise BadAddress(listen or page_url) from wrong
    raise BadAddress(listen or page_url)


def _require_free(host: str, port: int) -> None:
    """Raises `AddressTaken`; the server shares its port and would take turns with a forgotten older one."""
    try:
        socket.create_server((host, port)).close()
    except OSError as wrong:
        raise AddressTaken(
            f"cannot listen on {host}:{port} ({wrong.strerror}); stop the other program or give --listen HOST:PORT"
        ) from wrong


async def _announce(hall_name: str, host: str, port: int) -> None:
    """Says that the page can be opened, once it can."""
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            typer.echo(f"bancheng-web: {hall_name} at http://{host}:{port}")
            return


class AddressTaken(HubError):
    """Somebody listens there already, or nobody may."""

    code = "address_taken"


class BadAddress(HubError):
    """Where to listen is not HOST:PORT."""

    code = "bad_address"

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} names no host and port to listen on; give --listen HOST:PORT")


def main() -> None:
    app()


if __name__ == "__main__":
    main()
