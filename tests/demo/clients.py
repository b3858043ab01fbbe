"""Citizens at several kiosks at once: files complaints over `hub.link` and logs what each was answered.

A process of its own. Each line of its log is one JSON object: the command id when it is sent, the number when it is
answered. A separate script (`count`) holds these logs against the database.
"""

from __future__ import annotations

import json
import secrets
import select
import time
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from hub.config import HallDirectory
from hub.domain.lookup import make_keys
from hub.link import Link
from hub.wire.messages import Answer, ComplaintAccepted, ComplaintFiled, FileComplaint, Numbered
from tests.demo.complaints import complaints


class Client:
    """One kiosk terminal's link, filing its complaints one after another, resending until each is answered."""

    def __init__(self, link: Link, name: str, log: TextIO) -> None:
        self.link = link
        self.name = name
        self._log = log
        self._sent: dict[str, float] = {}
        self.answered_at: dict[str, float] = {}
        self.took_ms: list[float] = []

    def file(self, command: FileComplaint) -> None:
        command_id = secrets.token_hex(16)
        self._write(sent=command_id)
        self._sent[command_id] = time.perf_counter()
        self.link.send(command, lambda answer: self._answered(command_id, answer), command_id)

    @property
    def done(self) -> bool:
        return not self._sent

    def _answered(self, command_id: str, answer: Answer) -> None:
        now = time.perf_counter()
        self.took_ms.append((now - self._sent.pop(command_id)) * 1000)
        if isinstance(answer, ComplaintAccepted):
            self.answered_at[answer.case_number] = now
            self._write(answered=command_id, case_number=answer.case_number, ticket_number=answer.ticket_number)
        else:
            self._write(refused=command_id, answer=repr(answer))

    def _write(self, **line: Any) -> None:
        self._log.write(json.dumps({"client": self.name, **line}, ensure_ascii=False) + "\n")
        self._log.flush()


def run(
    hall: Annotated[Path, typer.Option()],
    terminals: Annotated[list[str], typer.Option("--terminal")],
    watcher: Annotated[str, typer.Option(help="the window terminal whose link listens to the feed")],
    out: Annotated[Path, typer.Option(help="folder of the logs")],
) -> None:
    """File every complaint of the hall's set, shared out among the terminals, all at once."""
    directory = HallDirectory(hall)
    heard: dict[str, float] = {}

    def hear(numbered: Numbered) -> None:
        if isinstance(numbered.event, ComplaintFiled):
            heard[numbered.event.case.case_number] = time.perf_counter()

    listening = Link.of_terminal(directory, watcher)
    listening.listeners.event.append(hear)
    while not listening.picture.epoch:
        listening.wait(0.1)
    logs = {name: (out / f"client-{name}.jsonl").open("a") for name in terminals}
    clients = [Client(Link.of_terminal(directory, name, feed=False), name, logs[name]) for name in terminals]
    queue = list(complaints())
    descriptors = [one for link in (*(client.link for client in clients), listening) for one in link.descriptors()]
    while queue or not all(client.done for client in clients):
        for client in clients:
            if client.done and queue:
                client.file(queue.pop(0).filed_with(make_keys(secrets.token_bytes)))
        select.select(descriptors, [], [], 0.05)
        for client in clients:
            client.link.poll()
        listening.poll()
    numbers = {number: at for client in clients for number, at in client.answered_at.items()}
    while not numbers.keys() <= heard.keys():
        listening.wait(0.1)
    timings = {
        "submit_to_answer": sorted(took for client in clients for took in client.took_ms),
        "answer_to_counter": sorted(max(0.0, heard[number] - at) * 1000 for number, at in numbers.items()),
    }
    (out / "clients-timings.json").write_text(json.dumps(timings))
    for client in clients:
        client.link.close()
    listening.close()
    for log in logs.values():
        log.close()


if __name__ == "__main__":
    typer.run(run)
