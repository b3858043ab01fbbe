"""A process of terminals that file complaints over CURVE as fast as they are answered; prints what each took.

`python -m benchmarks.filing --hall DIR --terminal NAME ... --each N` writes one JSON object to standard output.
"""

from __future__ import annotations

import io
import json
import secrets
import select
import time
from pathlib import Path
from typing import Annotated

import typer

from hub.config import HallDirectory
from hub.domain.lookup import make_keys
from hub.link import Link
from tests.demo.clients import Client
from tests.demo.complaints import complaints


def run(
    hall: Annotated[Path, typer.Option()],
    terminals: Annotated[list[str], typer.Option("--terminal")],
    each: Annotated[int, typer.Option()],
) -> None:
    """File `each` complaints from every terminal, one after another at each, all terminals at once."""
    directory, log = HallDirectory(hall), io.StringIO()
    clients = [Client(Link.of_terminal(directory, name, feed=False), name, log) for name in terminals]
    texts = complaints()
    prepared = {
        client.name: [texts[n % len(texts)].filed_with(make_keys(secrets.token_bytes)) for n in range(each)]
        for client in clients
    }
    descriptors = [one for client in clients for one in client.link.descriptors()]
    began = time.time()
    while any(prepared.values()) or not all(client.done for client in clients):
        for client in clients:
            if client.done and prepared[client.name]:
                client.file(prepared[client.name].pop())
        select.select(descriptors, [], [], 0.01)
        for client in clients:
            client.link.poll()
    took = sorted(ms for client in clients for ms in client.took_ms)
    answered = [json.loads(line) for line in log.getvalue().splitlines()]
    typer.echo(json.dumps({"began": began, "ended": time.time(), "took_ms": took, "log": answered}))
    for client in clients:
        client.link.close()


if __name__ == "__main__":
    typer.run(run)
