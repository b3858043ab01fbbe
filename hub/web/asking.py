"""Asking the hub from asyncio: one `hub.link.Link` a process, futures for its answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from hub.link import NoAnswer
from hub.wire.messages import Answer, Command

TIMEOUT_S = 3.0
TICK_S = 0.2
"""How often the link is polled besides its descriptors: a resend has no descriptor that wakes up."""


class Asks(Protocol):
    """Whatever can be asked: the real link's adapter, or a test's."""

    async def ask(self, command: Command) -> Answer:
        """The hub's answer; raises `NoAnswer` in time."""


class PolledLink(Protocol):
    """What this adapter uses of `hub.link.Link`."""

    def send(self, command: Command, then: Callable[[Answer], None]) -> str: ...

    def forget(self, command_id: str) -> None: ...

    def poll(self) -> None: ...

    def descriptors(self) -> list[int]: ...


class AsyncLink:
    """A link on an event loop, between `start` and `stop`. Many may ask at once."""

    def __init__(
        self, link: PolledLink, timeout_s: float = TIMEOUT_S, ticked: Callable[[], object] = lambda: None
    ) -> None:
        """`ticked` is called whenever the link is polled without a reason."""
        self._link = link
        self._ticked = ticked
        self._timeout_s = timeout_s
        self._ticking: asyncio.Task[None] | None = None

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        for descriptor in self._link.descriptors():
            loop.add_reader(descriptor, self._link.poll)
        self._ticking = loop.create_task(self._tick())

    async def stop(self) -> None:
        loop = asyncio.get_running_loop()
        for descriptor in self._link.descriptors():
            loop.remove_reader(descriptor)
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.gather(self._ticking, return_exceptions=True)

    async def ask(self, command: Command) -> Answer:
        """The hub's answer; raises `NoAnswer` when it does not come in time."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()

        def keep(got: Answer) -> None:
            if not answer.done():
                answer.set_result(got)

        command_id = self._link.send(command, keep)
        loop.call_soon(self._link.poll)  # sending may have swallowed the edge that announced an answer
        try:
            return await asyncio.wait_for(answer, self._timeout_s)
        except TimeoutError as late:
            raise NoAnswer(f"the hub did not answer {type(command).__name__} in {self._timeout_s:g} s") from late
        finally:
            self._link.forget(command_id)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            self._link.poll()
            self._ticked()
