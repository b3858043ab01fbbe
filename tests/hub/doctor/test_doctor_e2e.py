"""The doctor beside a kiosk that really runs, and what it says when one thing after another is taken away."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.doctor.installed import FONTS
from hub.wire import messages as m
from tests.processes import Processes, until
from tests.running_hall import KIOSK, RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

DEVICES, ITSELF, PRINTER = "devices of kiosk-1", "kiosk-1, as it reports itself", "printer receipt-1 of kiosk-1"
HERE = {"clock", "page address"}
"""What is so on the machine of a test, whatever the hall is like."""


class Doctor:
    """`bancheng doctor --json`, typed on the kiosk's machine."""

    def __init__(self, hall: RunningHall) -> None:
        self._command = [sys.executable, "-m", "hub.admin", "doctor", "--hall", str(hall.directory.path)]
        self._command += ["--terminal", "kiosk-1", "--json"]
        self.exit_code = 0

    def __call__(self, *before: str) -> dict[str, tuple[str, str]]:
        """State and words of each check, but of those that are as they are here."""
        ran = subprocess.run([*before, *self._command], capture_output=True, text=True, timeout=60, check=False)
        assert ran.returncode in (0, 1, 2), ran.stderr
        self.exit_code = ran.returncode
        found = {one["name"]: (one["state"], f"{one['what']} → {one['remedy']}") for one in json.loads(ran.stdout)}
        return {name: said for name, said in found.items() if name not in HERE}

    def amiss(self, *before: str) -> dict[str, str]:
        return {name: what for name, (state, what) in self(*before).items() if state != "well"}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHall]:
    """Hub, phone page, printer and kiosk."""
    screen = Screen(*KIOSK)
    with Processes(tmp_path / "logs") as processes:
        hall = RunningHall(tmp_path / "hall", processes)
        hall.start_hub()
        hall.start_printer()
        hall.start_web()
        hall.ready_hub()
        hall.ready_device("printer")
        hall.start_kiosk(screen)
        screen.at("home", timeout_s=60)
        hall.ready_web()
        yield hall
    screen.close()


def reports(hall: RunningHall) -> tuple[str, ...] | None:
    """The troubles that the kiosk last reported; None before it has said anything."""
    link = hall.link("kiosk-1", feed=False)
    try:
        answer = link.ask(m.ReadTerminals())
    finally:
        link.close()
    assert isinstance(answer, m.TerminalList)
    (own,) = answer.terminals
    return own.troubles if own.state in ("live", "troubled") else None


def test_a_kiosk_that_runs_is_found_well_and_whatever_is_taken_from_it_is_named(hall: RunningHall) -> None:
    doctor, programs = Doctor(hall), hall.processes
    until("the kiosk's first report", lambda: reports(hall) == (), every_s=0.2)
    found = doctor()
    assert {name: what for name, (state, what) in found.items() if state != "well"} == {}
    assert "runs, without trouble" in found[ITSELF][1]
    assert "in use by its program" in found[DEVICES][1]

    programs.kill("printer")
    until("the kiosk's report of its printer", lambda: reports(hall) == ("printer_silent",), 60, every_s=0.5)
    amiss = doctor.amiss()
    assert set(amiss) == {ITSELF}
    assert "printer_silent" in amiss[ITSELF]
    assert "docs/devices.md" in amiss[ITSELF]

    programs.kill("hub")
    found = doctor()
    assert {name for name, (state, _) in found.items() if state != "well"} == {"hub"}
    assert "nobody listens" in found["hub"][1]
    assert "in use by kiosk-1" in found[PRINTER][1], "the kiosk has its printer still, and nobody else asks it"

    programs.stop("kiosk-1")
    amiss = doctor.amiss()
    assert (set(amiss), doctor.exit_code) == ({"hub", PRINTER}, 2)
    assert "check its power and cable" in amiss[PRINTER]


def test_fonts_that_are_missing_are_named_with_what_to_install(tmp_path: Path) -> None:
    with Processes(tmp_path / "logs") as processes:
        doctor = Doctor(RunningHall(tmp_path / "hall", processes))
        hidden = ["unshare", "--mount", "sh", "-c", f'mount -t tmpfs tmpfs {FONTS} && exec "$@"', "sh"]
        if subprocess.run([*hidden, "true"], capture_output=True, check=False).returncode:
            pytest.skip("no file system can be mounted here: it takes an administrator")
        state, what = doctor(*hidden)["font NotoSansCJK-Regular"]
        assert (state, doctor.exit_code) == ("broken", 2)
        assert "no Chinese on screens and paper" in what
        assert "apt-get install fonts-noto-cjk" in what
