"""How the kiosk starts when one of its two files is broken: the other one goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from hub.domain.hall import Hall, Terminal
from kiosk.__main__ import _open_logo, _open_outbox, _open_station
from printers.spool import Spool
from tests.factories import a_hall
from tests.kiosk.filing_desk import KEY
from tests.printers import factories

BROKEN = b"this is no database, and longer than the header that SQLite looks at" * 20


def kiosk_1() -> tuple[Hall, Terminal]:
    hall = a_hall()
    return hall, hall.terminal("kiosk-1")


@pytest.mark.parametrize("broken", ["no database", "another key"])
def test_a_broken_spool_takes_the_paper_and_not_the_outbox(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "spool.db"
    if broken == "no database":
        path.write_bytes(BROKEN)
    else:
        spool = Spool(path, bytes(32))
        spool.add("a", factories.receipt())
        spool.close()
    hall, own = kiosk_1()
    outbox, fault = _open_outbox(tmp_path / "outbox.db", KEY)
    station, troubles = _open_station(hall, own, path, KEY)
    assert outbox is not None
    assert fault == ""
    assert station is None
    assert troubles == {"spool_unusable"}
    outbox.close()


def test_a_broken_outbox_takes_the_kiosk_out_of_service_and_the_printer_still_opens(tmp_path: Path) -> None:
    (tmp_path / "outbox.db").write_bytes(BROKEN)
    hall, own = kiosk_1()
    outbox, fault = _open_outbox(tmp_path / "outbox.db", KEY)
    station, troubles = _open_station(hall, own, tmp_path / "spool.db", KEY)
    assert (outbox, fault) == (None, "outbox_error")
    assert station is not None
    assert troubles == frozenset()
    station._spool.close()


def test_a_broken_logo_is_told_to_the_staff_and_takes_nothing_else(tmp_path: Path) -> None:
    assert _open_logo(tmp_path) == (None, frozenset())
    (tmp_path / "logo.png").write_bytes(b"no picture")
    assert _open_logo(tmp_path) == (None, {"logo_unreadable"})
    Image.new("L", (40, 20)).save(tmp_path / "logo.png")
    logo, troubles = _open_logo(tmp_path)
    assert logo is not None
    assert logo.size == (40, 20)
    assert troubles == frozenset()
