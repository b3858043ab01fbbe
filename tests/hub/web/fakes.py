"""A hub that is only a ROUTER over CURVE, and one that is only a function."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import zmq

import hub
from hub import keys
from hub.link import NoAnswer
from hub.wire import codec
from hub.wire.messages import Answer, Command, Done, EventsSince, LookUp, Rejected, ReportHealth, Snapshot
from tests.factories import FILED_AT

BULLETIN = "意见箱公告：收到2件，办结2件。<b>上午增开一个综合窗口。"


class HubThatKnows:
    """Answers from a table of secrets; remembers what it was asked. `silent` never answers."""

    def __init__(self, known: dict[str, Answer], silent: bool = False) -> None:
        self.known = known
        self.silent = silent
        self.asked: list[Command] = []

    async def ask(self, command: Command) -> Answer:
        self.asked.append(command)
        if self.silent:
            raise NoAnswer("nothing came")
        return answer(self.known, command)


def answer(known: dict[str, Answer], command: Command) -> Answer:
    if isinstance(command, EventsSince):
        return Snapshot(epoch="e" * 32, seq=1, at=FILED_AT, business_date=FILED_AT.date(), bulletin=BULLETIN)
    assert isinstance(command, LookUp)
    return known.get(command.secret, Rejected(code="not_found", text="no case opens with this code"))


class RouterHub:
    """The hub's side of the wire on a thread of its own, until `close`."""

    def __init__(self, pair: keys.CurvePair, decide: Callable[[Command], Answer]) -> None:
        self._context = zmq.Context()
        self._router = self._context.socket(zmq.ROUTER)
        self._router.linger = 0
        self._router.curve_server = True
        self._router.curve_publickey, self._router.curve_secretkey = pair.public, pair.secret
        self.port = self._router.bind_to_random_port("tcp://127.0.0.1", min_port=20000, max_port=30000)
        self._stop, stopped = self._context.socket(zmq.PAIR), self._context.socket(zmq.PAIR)
        self._stop.bind("inproc://stop")
        stopped.connect("inproc://stop")
        self._silent = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(stopped, decide), daemon=True)
        self._thread.start()

    def decide_nothing(self) -> None:
        """From now on takes commands and says nothing."""
        self._silent.set()

    def close(self) -> None:
        self._stop.send(b"")
        self._thread.join()
        self._stop.close(linger=0)
        self._context.term()

    def _serve(self, stopped: zmq.Socket[bytes], decide: Callable[[Command], Answer]) -> None:
        poller = zmq.Poller()
        poller.register(stopped, zmq.POLLIN)
        poller.register(self._router, zmq.POLLIN)
        while stopped not in dict(poller.poll()):
            who, frame = self._router.recv_multipart()
            command_id, command = codec.decode_request(frame)
            if self._silent.is_set():
                continue
            answer = Done() if isinstance(command, ReportHealth) else decide(command)
            self._router.send_multipart([who, codec.encode_reply(command_id, answer)])
        self._router.close()
        stopped.close()


def make_hall(folder: Path, commands_port: int, page_port: int) -> None:
    """A hall's directory with the keys of hub and web."""
    template = (Path(hub.__file__).parent / "halls" / "shanting.toml").read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hall.toml").write_text(
        template.replace(":17801", f":{commands_port}").replace(":17880", f":{page_port}"), encoding="utf-8"
    )
    for name in ("hub", "web"):
        keys.make_pair(folder / "keys", name)
