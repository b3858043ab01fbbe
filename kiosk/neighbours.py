"""What a kiosk's terminal stands between: the hub, and the receipt printer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from hub.wire.messages import Answer, Command, PrintState
from hub.wire.picture import Picture
from kiosk.reports import Reporting
from printers import papers


class Hub(Protocol):
    """The link to the hub; `hub.link.Link` is one."""

    picture: Picture
    heard_at: dt.datetime | None

    @property
    def live(self) -> bool: ...
    def send(self, command: Command, then: Callable[[Answer], None], command_id: str = "") -> str: ...
    def forget(self, command_id: str) -> None: ...
    def poll(self) -> None: ...


class Paper(Reporting, Protocol):
    """The receipt printer; `printers.station.Station` is one."""

    def print(self, job_id: str, paper: papers.Paper) -> None: ...
    def states(self, job_ids: str) -> dict[str, PrintState]: ...


class Scanner(Protocol):
    """What reads codes; `printers.scanners.SerialScanner` is one."""

    trouble: str

    def codes(self) -> list[str]: ...
