"""`bancheng status`, with a hub, without one, and with one that hangs."""

from __future__ import annotations

import json
import re
import signal
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub.admin import app
from hub.gauges import Gauges
from hub.status import HANGS_AFTER_S, LOW_DISK_BYTES, Status, TerminalStatus
from hub.store import holding
from hub.store.transaction import open_store
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk, secrets_of
from tests.ports import free_port
from tests.postgres import Cluster
from tests.processes import Processes, until
from tests.running_hall import RunningHall


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> RunningHall:
    return RunningHall(tmp_path / "hall", processes)


@pytest.fixture
def running(hall: RunningHall) -> RunningHall:
    hall.start_hub()
    hall.ready_hub()
    until("the hub's first view", lambda: asked(hall)[1]["serving"] == "yes")
    return hall


def run(hall: RunningHall, *words: str) -> Result:
    return CliRunner().invoke(app, ["status", "--hall", str(hall.directory.path), *words], env={"COLUMNS": "200"})


def asked(hall: RunningHall) -> tuple[int, dict[str, Any]]:
    """Exit code and what it says as JSON."""
    result = run(hall, "--json")
    return result.exit_code, json.loads(result.output)


def test_a_hub_that_does_not_run_is_said_with_what_to_do_and_what_the_database_knows(hall: RunningHall) -> None:
    code, told = asked(hall)
    assert (code, told["serving"]) == (2, "no")
    assert f"bancheng-hub --hall {hall.directory.path}" in told["remedy"]
    assert re.fullmatch("[0-9a-f]{32}", told["epoch"])
    assert told["terminals"] == []
    shown = run(hall)
    assert shown.exit_code == 2
    assert "DOES NOT RUN" in shown.output
    assert "bancheng-hub --hall" in " ".join(shown.output.split())


def test_a_hall_without_its_database_is_told_as_far_as_it_is_known(hall: RunningHall) -> None:
    hall.directory.database.unlink()
    code, told = asked(hall)
    assert code == 2
    assert "restore a backup" in told["remedy"]
    assert not hall.directory.database.exists()


@pytest.mark.e2e
def test_a_working_hall_is_told_whole_without_any_pin(running: RunningHall) -> None:
    assert asked(running)[0] == 0
    kiosk = running.link("kiosk-1", feed=False)
    number = kiosk.ask(factories.a_complaint(on_paper=secrets_of("status"))).case_number
    kiosk.ask(m.ReportPrint(job_id="job", case_number=number, state="sent"))
    kiosk.ask(m.ReportHealth(troubles=("paper_out",)))
    kiosk.close()
    until("the trouble in the status", lambda: asked(running)[0] == 1)
    _, told = asked(running)
    terminals = {one["name"]: one for one in told["terminals"]}
    assert terminals["kiosk-1"]["state"] == "troubled"
    assert terminals["kiosk-1"]["troubles"] == ["paper_out"]
    assert terminals["wall"]["state"] == "never"
    assert told["notices_waiting"] == {"new_complaint": 1, "terminal_trouble": 1}
    assert told["print_jobs"] == {"sent": 1}
    assert told["seq"] >= 2
    assert told["disk_free_bytes"] > 0
    shown = run(running).output
    assert "kiosk-1 reports paper_out" in shown
    assert "1 new_complaint" in shown


@pytest.mark.e2e
def test_a_hub_that_hangs_is_not_taken_for_a_working_one(running: RunningHall) -> None:
    running.processes.signal("hub", signal.SIGSTOP)
    try:
        code, told = asked(running)
    finally:
        running.processes.signal("hub", signal.SIGCONT)
    assert (code, told["serving"]) == (2, "hangs")
    assert "restart it" in told["remedy"]


def test_a_loop_that_hangs_behind_metrics_that_answer_is_noticed(hall: RunningHall, desk: Desk) -> None:
    gauges = Gauges(hall.directory.hall(), hall.directory.path, clock=lambda: time.time() - HANGS_AFTER_S - 60)
    gauges.look(desk.store, desk.books, {})
    gauges.serve()
    code, told = asked(hall)
    gauges.close()
    assert (code, told["serving"]) == (2, "hangs")
    assert "has not moved for" in told["remedy"]


@pytest.mark.e2e
def test_a_hub_without_metrics_is_told_from_one_that_does_not_run(hall: RunningHall) -> None:
    file = hall.directory.file
    file.write_text(re.sub(r"metrics_port = \d+", "metrics_port = 0", file.read_text()))
    hall.start_hub()
    hall.ready_hub()
    code, told = asked(hall)
    assert (code, told["serving"]) == (1, "silent")
    assert "set metrics_port" in told["remedy"]


@pytest.fixture
def two_hubs(tmp_path: Path, processes: Processes, cluster: Cluster) -> RunningHall:
    """A hall in PostgreSQL with two hubs, which tell of themselves on one port: the first one to start has it."""
    return RunningHall(tmp_path / "hall", processes, database=cluster.address(cluster.new_database()), hubs=2)


def states(told: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["state"] for one in told["hubs"]}


def without_metrics(hall: RunningHall) -> RunningHall:
    """As on a machine where no hub tells of itself."""
    file = hall.directory.file
    file.write_text(re.sub(r"metrics_port = \d+", "metrics_port = 0", file.read_text()))
    return hall


@pytest.mark.e2e
def test_of_two_hubs_it_says_who_is_on_duty_who_stands_by_and_who_does_not(two_hubs: RunningHall) -> None:
    code, told = asked(two_hubs)
    assert (code, told["serving"], states(told)) == (2, "no", {"hub-1": "away", "hub-2": "away"})
    assert f"bancheng-hub --hall {two_hubs.directory.path} --name hub-2" in told["remedy"]
    two_hubs.start_hub("hub-1")
    two_hubs.ready_hub("hub-1")
    two_hubs.start_hub("hub-2")
    two_hubs.ready_hub("hub-2", "duty.standby")
    until("all is well", lambda: asked(two_hubs)[0] == 0)
    told = asked(two_hubs)[1]
    assert (told["serving"], states(told)) == ("yes", {"hub-1": "on duty", "hub-2": "stands by"})
    assert "hub-1 on duty, hub-2 stands by" in run(two_hubs).output

    # the one on duty dies: the other serves, and its own machine would tell more
    two_hubs.processes.kill("hub-1")
    two_hubs.ready_hub("hub-2")
    code, told = asked(two_hubs)
    assert (code, told["serving"], states(told)) == (1, "elsewhere", {"hub-1": "away", "hub-2": "on duty"})
    assert told["remedy"] == ""
    assert re.fullmatch("[0-9a-f]{32}", told["epoch"])
    assert "hub-1 does not stand by: start it" in run(two_hubs).output

    # nobody is left to take over from a hub that hangs
    two_hubs.processes.signal("hub-2", signal.SIGSTOP)
    try:
        code, told = asked(without_metrics(two_hubs))
    finally:
        two_hubs.processes.signal("hub-2", signal.SIGCONT)
    assert (code, told["serving"]) == (2, "hangs")
    assert re.search(r"hub-2 \(backend \d+\) has the duty and does not move; no other.*restart it", told["remedy"])


@pytest.mark.e2e
def test_a_hub_that_gave_its_duty_up_tells_no_old_news(two_hubs: RunningHall) -> None:
    for name, ready in (("hub-1", "hub.ready"), ("hub-2", "duty.standby")):
        two_hubs.start_hub(name)
        two_hubs.ready_hub(name, ready)
    until("hub-1's first view", lambda: asked(two_hubs)[1]["serving"] == "yes")
    two_hubs.processes.signal("hub-1", signal.SIGSTOP)
    two_hubs.ready_hub("hub-2")
    two_hubs.processes.signal("hub-1", signal.SIGCONT)
    two_hubs.ready_hub("hub-1", "duty.standby")
    until("what hub-2 does", lambda: asked(two_hubs)[1]["serving"] == "elsewhere")
    assert states(asked(two_hubs)[1]) == {"hub-1": "stands by", "hub-2": "on duty"}


def test_a_restore_at_work_is_said_instead_of_a_hub_that_does_not_run(two_hubs: RunningHall) -> None:
    with holding.held(str(two_hubs.directory.database), two_hubs.hall.code):
        code, told = asked(two_hubs)
    assert (code, told["serving"]) == (2, "no")
    assert "a restore of the hall is at work" in told["remedy"]


def test_a_hub_that_waits_without_taking_the_duty_is_named(two_hubs: RunningHall) -> None:
    waiting = open_store(two_hubs.directory.database, two_hubs.hall.code, "hub-2")
    code, told = asked(two_hubs)
    waiting.close()
    assert (code, states(told)) == (2, {"hub-1": "away", "hub-2": "stands by"})
    assert "nobody is on duty; hub-2 takes over within 3 s: ask again" in told["remedy"]


def test_a_database_that_is_away_is_said_with_what_happens_meanwhile(two_hubs: RunningHall, cluster: Cluster) -> None:
    file = two_hubs.directory.file
    file.write_text(file.read_text().replace(f"127.0.0.1:{cluster.port}/", f"127.0.0.1:{free_port()}/"))
    with socket.create_server(("127.0.0.1", int(two_hubs.hall.hubs[1].commands.rpartition(":")[2]))):
        code, told = asked(two_hubs)
    assert (code, told["serving"], states(told)) == (2, "no", {"hub-1": "away", "hub-2": "listens"})
    assert "refused" in told["remedy"]
    assert "hubs take the duty by themselves" in told["remedy"]


def test_silence_and_a_full_disk_concern_somebody_and_a_terminal_never_used_does_not() -> None:
    terminals = (
        TerminalStatus(name="wall", role="display", state="silent", heard_s_ago=120.0),
        TerminalStatus(name="window-1", role="window", state="never"),
        TerminalStatus(name="kiosk-1", role="kiosk", state="live", heard_s_ago=1.0),
    )
    well = Status(hall="370406", serving="yes", disk_free_bytes=LOW_DISK_BYTES, terminals=terminals[1:])
    assert well.concerns == []
    ill = Status(hall="370406", serving="yes", disk_free_bytes=LOW_DISK_BYTES - 1, terminals=terminals)
    assert [one.split()[0] for one in ill.concerns] == ["wall", "only"]
