"""A process of terminals that file complaints over CURVE as fast as they are answered; prints what each took.

Says `ready` when all terminals are connected, files when it is given a line on standard input, and then writes what
each complaint took as JSON. It is as lean as a client can be, so that on a small machine the hub is measured and not
its clients: frames are made beforehand, answers are only put aside, only sockets with something to read are touched.
"""

from __future__ import annotations

import gc
import json
import secrets
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer
import zmq

from hub import keys
from hub.config import HallDirectory
from hub.domain.lookup import make_keys
from hub.wire import codec
from hub.wire.messages import ComplaintAccepted, ReportHealth
from tests.demo.complaints import complaints

PATIENCE_MS = 30_000


class Filer:
    """One terminal's socket, connected and known to the hub, filing its complaints one after another."""

    def __init__(self, context: zmq.Context[Any], directory: HallDirectory, name: str, each: int) -> None:
        texts = complaints()
        own = keys.load_pair(directory.keys, name)
        self.socket: zmq.Socket[bytes] = context.socket(zmq.DEALER)
        self.socket.curve_publickey, self.socket.curve_secretkey = own.public, own.secret
        self.socket.curve_serverkey = keys.load_public(directory.keys, "hub")
        self.socket.linger, self.socket.rcvtimeo = 0, PATIENCE_MS
        self.socket.connect(directory.hall().hubs[0].commands)
        self._frames = [
            (
                command_id,
                codec.encode_request(command_id, texts[n % len(texts)].filed_with(make_keys(secrets.token_bytes))),
            )
            for n in range(each)
            for command_id in [secrets.token_hex(16)]
        ]
        self._sent_s = 0.0
        self.answered: list[tuple[str, float, float, bytes]] = []
        """Command id, when it was sent and when it was answered (monotonic seconds), and the answer's frame."""

    @property
    def waits(self) -> bool:
        return len(self.answered) < len(self._frames)

    def greet(self) -> None:
        """Waits until the hub has answered something that is no complaint: the connection stands."""
        self.socket.send(codec.encode_request(secrets.token_hex(16), ReportHealth()))
        self.socket.recv()

    def send(self) -> None:
        self._sent_s = time.perf_counter()
        self.socket.send(self._frames[len(self.answered)][1])

    def receive(self) -> None:
        """Puts the answer aside and sends the next."""
        frame = self.socket.recv()
        self.answered.append((self._frames[len(self.answered)][0], self._sent_s, time.perf_counter(), frame))
        if self.waits:
            self.send()


def run(
    hall: Annotated[Path, typer.Option()],
    terminals: Annotated[list[str], typer.Option("--terminal")],
    each: Annotated[int, typer.Option()],
) -> None:
    """File `each` complaints from every terminal, one after another at each, all terminals at once."""
    directory, context = HallDirectory(hall), zmq.Context()
    filers = {one.socket: one for one in (Filer(context, directory, name, each) for name in terminals)}
    poller = zmq.Poller()
    for socket, one in filers.items():
        one.greet()
        poller.register(socket, zmq.POLLIN)
    gc.freeze()  # a client's own pauses are not the hub's
    typer.echo("ready")
    sys.stdin.readline()
    for one in filers.values():
        one.send()
    while any(one.waits for one in filers.values()):
        ready = poller.poll(PATIENCE_MS)
        if not ready:
            raise SystemExit(f"the hub answered nothing for {PATIENCE_MS // 1000} s")
        for socket, _ in ready:
            filers[socket].receive()
    typer.echo(json.dumps([_line(*answer) for one in filers.values() for answer in one.answered]))
    context.destroy(linger=0)


def _line(command_id: str, sent_s: float, answered_s: float, frame: bytes) -> dict[str, Any]:
    answered_id, answer = codec.decode_reply(frame)
    if answered_id != command_id or not isinstance(answer, ComplaintAccepted):
        raise SystemExit(f"{command_id} was answered with {answered_id}: {answer}")
    return {"id": command_id, "sent_s": sent_s, "answered_s": answered_s, "case_number": answer.case_number}


if __name__ == "__main__":
    typer.run(run)
