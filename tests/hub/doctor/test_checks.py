"""Probes run side by side, each within its time; none takes the others with it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from hub.doctor.checks import Check, Probe, broken, run, warns, well, worst


def test_checks_come_in_the_order_of_their_probes_whichever_ends_first() -> None:
    second_ended = threading.Event()

    def first() -> Iterator[Check]:
        assert second_ended.wait(5)
        yield well("first", "")

    done: list[str] = []

    def heard(probe: Probe) -> None:
        done.append(probe.name)
        second_ended.set()

    checks = run([Probe("first", first), Probe("second", lambda: [well("second", "")])], heard)
    assert [one.name for one in checks] == ["first", "second"]
    assert done == ["second", "first"]


def test_one_that_breaks_is_a_check_and_the_others_go_on() -> None:
    def breaks() -> Iterator[Check]:
        yield well("never told", "")
        raise RuntimeError("no such thing")

    one, other = run([Probe("one", breaks), Probe("other", lambda: [well("other", "")])])
    assert (one.name, one.state) == ("one", "broken")
    assert "RuntimeError: no such thing" in one.what
    assert other == well("other", "")


def test_one_that_hangs_is_given_up_and_the_others_are_told() -> None:
    for_ever = threading.Event()

    def hangs() -> Iterator[Check]:
        for_ever.wait(60)
        yield well("too late", "")

    one, other = run([Probe("one", hangs, timeout_s=0.2), Probe("other", lambda: [well("other", "")])])
    assert (one.state, one.what) == ("broken", "did not answer within 0.2 s")
    assert one.remedy
    assert other.state == "well"
    for_ever.set()


def test_a_probe_may_find_nothing_and_there_may_be_none() -> None:
    assert run([Probe("nothing", list)]) == []
    assert run([]) == []


def test_the_worst_decides() -> None:
    good, bad, worse = well("a", ""), warns("b", "", ""), broken("c", "", "")
    assert worst([]) == worst([good]) == "well"
    assert worst([good, bad, good]) == "warns"
    assert worst([bad, worse, good]) == "broken"
