"""The hub with a terminal's key, the clocks of both, and the page that phones open."""

from __future__ import annotations

import datetime as dt
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub import keys
from hub.doctor import network
from hub.doctor.network import address_of_page, clocks, reported
from hub.wire import messages as m
from tests.hub.running import Running
from tests.ports import free_port
from tests.processes import Processes
from tests.running_hall import RunningHall

AT = dt.datetime(2026, 11, 23, 1, 31, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("https://bsc.example.gov.cn", "well"),
        ("https://8.8.8.8", "well"),
        ("http://bsc.example.gov.cn", "warns"),
        ("https://192.168.1.5:17880", "warns"),
        ("https://10.0.0.7", "warns"),
        ("http://127.0.0.1:17880", "broken"),
        ("https://localhost", "broken"),
        ("https://[::1]:1", "broken"),
        ("http://0.0.0.0:80", "broken"),
        ("hall.example.gov.cn", "broken"),
        ("", "broken"),
    ],
)
def test_an_address_that_a_phone_cannot_reach(address: str, state: str) -> None:
    assert address_of_page(address).state == state


@pytest.mark.parametrize(
    ("ahead_s", "state"), [(0.4, "well"), (-1.9, "well"), (2.5, "warns"), (-30.0, "warns"), (121.0, "broken")]
)
def test_clocks_that_differ(ahead_s: float, state: str) -> None:
    found = clocks(ahead_s)
    assert found.state == state
    assert ("ahead" in found.what) == (ahead_s > 0)


@pytest.mark.parametrize(
    ("told", "state", "says"),
    [
        (m.TerminalHealth("kiosk-1", "live", AT, AT), "well", "without trouble"),
        (m.TerminalHealth("kiosk-1", "troubled", AT, AT, ("paper_out",)), "warns", "since 01:31:00 UTC: paper_out"),
        (m.TerminalHealth("kiosk-1", "silent", AT, AT), "warns", "nothing since 01:31:00 UTC"),
        (m.TerminalHealth("kiosk-1", "never"), "warns", "nothing yet"),
    ],
)
def test_what_a_terminal_says_of_itself(told: m.TerminalHealth, state: str, says: str) -> None:
    found = reported(told)
    assert found.state == state
    assert says in found.what


# --- a page, a hub


class Answering(http.server.BaseHTTPRequestHandler):
    code = 200

    def do_GET(self) -> None:
        self.send_response(self.code)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = http.server.HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("code", "state"), [(200, "well"), (404, "well"), (502, "broken")])
def test_a_page_that_answers(site: str, monkeypatch: pytest.MonkeyPatch, code: int, state: str) -> None:
    monkeypatch.setattr(Answering, "code", code)
    assert [one.state for one in network.page(site)] == ["broken", state]  # its address is this machine alone


def test_a_page_that_nobody_serves() -> None:
    found = list(network.page(f"http://127.0.0.1:{free_port()}"))[-1]
    assert (found.name, found.state) == ("phone page", "broken")
    assert "bancheng-web" in found.remedy


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> RunningHall:
    return RunningHall(tmp_path / "hall", processes)


@pytest.fixture
def running(hall: RunningHall) -> Iterator[Running]:
    made = Running(hall, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=40))
    yield made
    made.close()


def asked(hall: RunningHall, name: str = "kiosk-1") -> dict[str, str]:
    checks, _ = network.as_terminal(hall.directory, hall.hall, hall.hall.terminal(name))
    return {one.name: one.state for one in checks}


@pytest.mark.e2e
def test_a_hub_that_answers_tells_its_time_and_how_the_terminal_is(hall: RunningHall, running: Running) -> None:
    assert [one.state for one in network.hub(hall.hall)] == ["well"]
    assert asked(hall) == {
        "hub, as kiosk-1": "well",
        "clock against the hub's": "warns",  # forty seconds ahead
        "kiosk-1, as it reports itself": "warns",
    }
    kiosk = running.link("kiosk-1")
    assert kiosk.ask(m.ReportHealth(troubles=("paper_out",))) == m.Done()
    _, health = network.as_terminal(hall.directory, hall.hall, hall.hall.terminal("kiosk-1"))
    assert health is not None
    assert (health.state, health.troubles) == ("troubled", ("paper_out",))
    assert asked(hall, "window-3")["window-3, as it reports itself"] == "warns"


@pytest.mark.e2e
@pytest.mark.usefixtures("running")
def test_a_key_that_the_hub_does_not_know_is_told_from_a_hub_that_is_away(
    hall: RunningHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "ASK_TIMEOUT_S", 1.0)
    for path in hall.directory.keys.glob("kiosk-1.*"):
        path.unlink()
    keys.make_pair(hall.directory.keys, "kiosk-1")
    (found,), health = network.as_terminal(hall.directory, hall.hall, hall.hall.terminal("kiosk-1"))
    assert (found.state, health) == ("broken", None)
    assert "bancheng terminal enroll kiosk-1" in found.remedy


def test_a_hub_that_is_away_is_said_once(hall: RunningHall) -> None:
    (found,) = network.hub(hall.hall)
    assert found.state == "broken"
    assert network.as_terminal(hall.directory, hall.hall, hall.hall.terminal("kiosk-1")) == ([], None)
