"""What the hub counts, and the view that its loop puts down once a second."""

from __future__ import annotations

import datetime as dt
import re
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub import gauges as module
from hub.gauges import BATCH, SILENT_AFTER_S, Gauges, View, terminal_state
from hub.logs import Watch
from hub.service.books import Asked
from hub.service.round import Job
from hub.store import tallies
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import HALLS, Ask, Desk
from tests.ports import free_port


@pytest.fixture
def gauges(tmp_path: Path) -> Gauges:
    return Gauges(HALLS["shanting"], tmp_path)


def value(gauges: Gauges, name: str, **labels: str) -> float | None:
    return gauges.registry.get_sample_value(f"bancheng_{name}", labels)


def look(gauges: Gauges, desk: Desk, **troubles: tuple[str, ...]) -> None:
    gauges.look(desk.store, desk.books, troubles)


def printed(desk: Desk, number: str, job: str, state: m.PrintState) -> Job:
    """A report of printing, carried out."""
    told = m.ReportPrint(job_id=job, case_number=number, state=state)
    done = Job(Asked(desk.new_id(), desk.actor("kiosk-1"), desk.at), told)
    desk.commit([done])
    return done


def test_an_answer_is_counted_by_kind_of_command_and_a_refusal_by_its_code(gauges: Gauges) -> None:
    began = time.perf_counter()
    gauges.answered(m.TakeTicket, began, m.Done())
    gauges.answered(m.TakeTicket, began, m.Rejected(code="unknown_code", text=""))
    gauges.answered(None, began, m.Rejected(code="malformed", text=""))
    assert value(gauges, "answer_seconds_count", command="TakeTicket") == 2
    assert value(gauges, "answer_seconds_count", command="unreadable") == 1
    assert value(gauges, "rejections_total", code="unknown_code") == 1
    assert value(gauges, "rejections_total", code="malformed") == 1


def test_a_commit_is_counted_with_what_shared_it(gauges: Gauges) -> None:
    gauges.committed(3, 0.002)
    gauges.committed(50, 0.004)
    assert value(gauges, "batch_commands_sum") == 53
    assert value(gauges, "batch_commands_bucket", le=f"{BATCH[2]:.1f}") == 1
    assert value(gauges, "commit_seconds_sum") == pytest.approx(0.006)


def test_a_resend_is_counted_and_a_first_time_is_not(gauges: Gauges, desk: Desk) -> None:
    job = Job(Asked("0" * 32, desk.actor("kiosk-1"), desk.at), m.TakeTicket(service="general"))
    for _ in range(3):
        desk.commit([job])
        gauges.settled(job)
        job.carried = False
    assert value(gauges, "resends_total") == 2


@pytest.mark.parametrize(("known", "lacks"), [(7, 3), (10, 0), (99, 10), (-1, 10)])
def test_how_far_behind_a_terminal_was_is_counted(gauges: Gauges, desk: Desk, known: int, lacks: int) -> None:
    picture = desk.books.picture
    picture.seq = 10
    gauges.behind(picture, m.EventsSince(epoch=picture.epoch, seq=known))
    assert value(gauges, "feed_behind_events_sum") == lacks


def test_the_view_has_feed_notices_and_room(gauges: Gauges, desk: Desk) -> None:
    desk.round(*(Ask("kiosk-1", desk.complaint()) for _ in range(3)))
    desk.ask("window-3", m.AcknowledgeNotice(notice_id=1))
    desk.ask("kiosk-1", m.ReportHealth(troubles=("paper_out",)))
    look(gauges, desk)
    assert value(gauges, "feed_seq") == desk.books.picture.seq
    assert value(gauges, "notices_waiting", kind="new_complaint") == 2
    assert value(gauges, "notices_waiting", kind="terminal_trouble") == 1
    assert (value(gauges, "disk_free_bytes") or 0) > 0
    day = desk.books.business_date.isoformat()
    assert value(gauges, "hub", epoch=desk.books.picture.epoch, business_date=day, hall=desk.hall.code) == 1


def test_a_hub_that_stands_by_tells_nothing_of_the_hall_as_it_was(gauges: Gauges, desk: Desk) -> None:
    look(gauges, desk)
    gauges.stand_by()
    assert value(gauges, "feed_seq") is None
    look(gauges, desk)
    assert value(gauges, "feed_seq") == desk.books.picture.seq


def test_print_jobs_are_counted_by_their_newest_state_over_a_restart_of_the_hub(gauges: Gauges, desk: Desk) -> None:
    number, other = desk.file().case_number, desk.file().case_number
    printed(desk, number, "a", "sent")
    printed(desk, number, "a", "confirmed")
    printed(desk, other, "b", "sent")
    look(gauges, desk)
    assert value(gauges, "print_jobs", state="confirmed") == 1
    assert value(gauges, "print_jobs", state="sent") == 1
    gauges.settled(printed(desk, other, "b", "failed"))
    look(gauges, desk)
    assert value(gauges, "print_jobs", state="failed") == 1
    assert value(gauges, "print_jobs", state="sent") is None
    assert value(gauges, "print_outcomes_total", state="failed") == 1


def test_a_new_day_begins_with_the_print_jobs_that_are_still_to_be_seen_to(gauges: Gauges, desk: Desk) -> None:
    look(gauges, desk)
    for job, state in (("a", "confirmed"), ("b", "failed")):
        gauges.settled(printed(desk, desk.file().case_number, job, state))
    desk.turn_day(desk.books.business_date + dt.timedelta(days=1))
    look(gauges, desk)
    assert value(gauges, "print_jobs", state="confirmed") is None
    assert value(gauges, "print_jobs", state="failed") == 1


def test_terminals_are_counted_by_role_and_state(gauges: Gauges, desk: Desk) -> None:
    now = time.perf_counter()
    gauges.heard |= {"kiosk-1": now, "wall": now, "led": now - SILENT_AFTER_S - 1, "web": now}
    gauges.look(desk.store, desk.books, {"wall": ("no_voice",), "web": ()})
    assert value(gauges, "terminals", role="kiosk", state="live") == 1
    assert value(gauges, "terminals", role="display", state="troubled") == 1
    assert value(gauges, "terminals", role="display", state="silent") == 1
    assert value(gauges, "terminals", role="window", state="never") == 3
    assert value(gauges, "terminal_trouble", terminal="wall", trouble="no_voice") == 1
    heard = value(gauges, "terminal_heard_timestamp_seconds", terminal="kiosk-1", role="kiosk")
    assert heard == pytest.approx(time.time(), abs=60)


def test_a_terminal_that_is_silent_is_so_though_it_reported_trouble() -> None:
    view = View(1000.0, "e", 1, factories.MONDAY, heard_s={"wall": 900.0}, troubles={"wall": ("no_voice",)})
    assert terminal_state("wall", view) == "silent"


def test_the_counts_read_few_indexed_rows(desk: Desk) -> None:
    """They are asked every second: no scan of a table that grows for ever."""
    with desk.store.reading() as db:
        statements: list[str] = []
        raw = db.connection.driver_connection
        raw.set_trace_callback(statements.append)
        tallies.notices_waiting(db, desk.hall.code)
        tallies.print_jobs(db, desk.hall.code, desk.books.business_date)
        raw.set_trace_callback(None)
        plans = [row[-1] for one in statements for row in raw.execute(f"EXPLAIN QUERY PLAN {one}")]
    assert len(statements) == 2
    assert any("ix_notice_waiting" in plan for plan in plans)
    assert not any(plan.startswith(("SCAN notice", "SCAN print_outcome")) for plan in plans)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[int]:
    port = free_port()
    made = Gauges(replace(HALLS["shanting"], metrics_port=port), tmp_path)
    made.serve()
    yield port
    made.close()


def test_metrics_are_served_on_loopback_and_on_no_other_address(served: int) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{served}/metrics", timeout=10) as page:
        assert b"bancheng_answer_seconds" in page.read()
    with socket.create_server(("127.0.0.2", served)):  # nobody else listens there, as on 0.0.0.0 somebody would
        pass
    assert module.LOOPBACK == "127.0.0.1"


def test_a_taken_port_costs_the_metrics_and_not_the_hub(served: int, tmp_path: Path) -> None:
    second = Gauges(replace(HALLS["shanting"], metrics_port=served), tmp_path)
    second.serve()
    second.close()


def test_no_port_in_the_hall_s_file_serves_nothing(tmp_path: Path) -> None:
    made = Gauges(replace(HALLS["shanting"], metrics_port=0), tmp_path)
    made.serve()
    made.close()


def test_each_metric_is_described_and_no_other(desk: Desk, tmp_path: Path) -> None:
    watch = Watch()
    watch(None, "error", {"level": "error", "event": "store.failed"})
    gauges = Gauges(desk.hall, tmp_path, watch)
    look(gauges, desk)
    page = (Path(module.__file__).parents[1] / "docs" / "metrics.md").read_text()
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == {one.name for one in gauges.registry.collect()}
    assert f"`silent` for {SILENT_AFTER_S:.0f} s" in page
    assert f"counted up to {tallies.COUNT_AT_MOST} in all" in page
