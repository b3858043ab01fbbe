"""What the citizen is told of the paper, whatever the printer and its spool do."""

from __future__ import annotations

from pathlib import Path

import pytest

from printers.errors import PrinterError
from tests.kiosk.bare_kiosk import Kiosk, kiosk as kiosk
from tests.kiosk.filing_desk import accepted


def printer_troubles() -> set[str]:
    """The code of every error of printing that there is."""

    def below(kind: type[PrinterError]) -> set[str]:
        return {kind.code}.union(*(below(one) for one in kind.__subclasses__()))

    return below(PrinterError)


def test_a_spool_that_is_broken_is_said_on_the_screen_instead_of_printing(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path / "outbox.db")
    command_id = kiosk.submitted()
    kiosk.paper.broken = True
    kiosk.hub.answer(command_id, accepted())
    filed = kiosk.terminal.session.filed
    assert filed is not None
    assert (filed.answer, filed.trouble) == (accepted(), "spool_unusable")
    kiosk.outbox.close()


@pytest.mark.parametrize("code", sorted(printer_troubles()))
def test_whatever_the_printer_says_is_wrong_the_citizen_is_not_told_to_wait_for_paper(kiosk: Kiosk, code: str) -> None:
    command_id = kiosk.submitted()
    kiosk.hub.answer(command_id, accepted())
    assert paper_of(kiosk) == "printing"
    kiosk.paper.say(command_id, "queued", code)
    kiosk.terminal.poll()
    assert paper_of(kiosk) == "none"
    kiosk.paper.say(command_id, "confirmed")
    kiosk.terminal.poll()
    assert paper_of(kiosk) == "taken"


@pytest.mark.parametrize("state", ["unknown", "failed"])
def test_a_receipt_that_may_not_have_been_printed_is_said_so_until_its_second_one_is(kiosk: Kiosk, state: str) -> None:
    command_id = kiosk.submitted()
    kiosk.hub.answer(command_id, accepted())
    kiosk.paper.say(command_id, state, "connection_lost")
    kiosk.terminal.poll()
    assert paper_of(kiosk) == "none"
    kiosk.paper.say(f"{command_id}/0a", "confirmed")
    kiosk.terminal.poll()
    assert paper_of(kiosk) == "taken"


def test_a_spool_that_fails_while_it_prints_says_nothing_more_and_so_the_screen_does(kiosk: Kiosk) -> None:
    command_id = kiosk.submitted()
    kiosk.hub.answer(command_id, accepted())
    kiosk.paper.spool_failed = True
    kiosk.terminal.poll()
    assert paper_of(kiosk) == "none"


def test_before_there_is_a_number_the_paper_comes_later_and_without_a_printer_never(kiosk: Kiosk) -> None:
    kiosk.submitted()
    assert paper_of(kiosk) == "later"
    assert kiosk.terminal.session.filed is not None
    assert kiosk.terminal.session.filed.paper(printer=False) == "none"


def paper_of(kiosk: Kiosk) -> str:
    """What the screen says of the receipt."""
    filed = kiosk.terminal.session.filed
    assert filed is not None
    return filed.paper(printer=True)
