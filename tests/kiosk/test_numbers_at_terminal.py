"""The ways to a number on the kiosk without its window: the slip's paper, and the next citizen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.wire.messages import OpeningNow, ReadOpening, TakeTicket
from kiosk.services.number import Number
from tests.kiosk.bare_kiosk import Kiosk
from tests.kiosk.services.test_number import ISSUED


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path / "outbox.db")
    kiosk.hub.live = True
    yield kiosk
    kiosk.outbox.close()


def taken(kiosk: Kiosk) -> tuple[Number, str]:
    """A flow that has its number, and its command's id."""
    flow = Number(kiosk.terminal)
    kiosk.terminal.open("number", flow)
    flow.begin()
    kiosk.hub.answer(kiosk.hub.of(ReadOpening)[-1][0], OpeningNow(services=()))
    flow.choose("general")
    command_id = kiosk.hub.of(TakeTicket)[-1][0]
    kiosk.hub.answer(command_id, replace(ISSUED, service="general"))
    return flow, command_id


def test_the_printers_word_on_a_slip_reaches_the_screen(kiosk: Kiosk) -> None:
    changes: list[str] = []
    flow, command_id = taken(kiosk)
    kiosk.terminal.changed = lambda: changes.append(flow.step)
    assert kiosk.paper.jobs == [command_id]
    kiosk.paper.say(command_id, "queued", "paper_out")
    kiosk.terminal.poll()
    assert (changes, flow.printed.trouble) == (["issued"], "paper_out")


def test_a_slip_of_the_citizen_before_is_nothing_to_the_next(kiosk: Kiosk) -> None:
    flow, command_id = taken(kiosk)
    kiosk.terminal.begin()
    assert (flow.issued, kiosk.terminal.flow) == (None, None)
    changes: list[str] = []
    kiosk.terminal.changed = lambda: changes.append("changed")
    kiosk.paper.say(command_id, "confirmed")
    kiosk.terminal.poll()
    assert changes == []


def test_two_numbers_of_one_citizen_are_two_commands(kiosk: Kiosk) -> None:
    _, first = taken(kiosk)
    _, second = taken(kiosk)
    assert first != second
    assert kiosk.paper.jobs == [first, second]
