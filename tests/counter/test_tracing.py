"""The way to a date at the counter: every day once, in weeks, with what was done to the clock and what it rests on."""

from __future__ import annotations

import datetime as dt

import pytest

from counter import tracing
from counter.case_file import CaseFile
from counter.wording import Wording
from hub.domain.words import Words
from hub.wire import messages as m
from tests.counter import states
from tests.counter.makers import detail
from tests.counter.test_transfers import Hub
from tests.factories import a_due, a_hall, a_policy

FOUND = states.trace(a_due(5, dt.date(2026, 9, 23)))


@pytest.fixture
def say() -> Wording:
    return Wording(Words("counter", "zh_Hans"), a_hall("yueyang"), a_policy("yueyang"))


@pytest.mark.rule("R25")
def test_each_week_shows_what_counts_what_does_not_and_where_it_ends(say: Wording) -> None:
    first, golden, last = tracing.weeks(say, FOUND)[0], *tracing.weeks(say, FOUND)[1:]
    assert [cell.look for cell in first] == ["empty", "empty", "begins", "counts", "off", "off", "off"]
    assert [cell.number for cell in golden] == ["2", "3", "4", "", "", "", ""]
    assert (last[3].look, last[3].day, last[3].number) == ("due", "10/8止", "5")
    assert "休 放假" in tracing.legend(say, FOUND)


@pytest.mark.rule("R26")
def test_who_put_it_back_and_by_which_article_is_told(say: Wording) -> None:
    assert any("准予延期" in line and "分管领导" in line and "到 10月8日" in line for line in tracing.acts(say, FOUND))
    assert any("第十三条" in line for line in tracing.basis(say, FOUND))


@pytest.mark.rule("R47")
def test_the_trace_is_asked_for_only_when_somebody_wants_it_and_goes_with_the_case() -> None:
    hub = Hub()
    beside = CaseFile("supervisor", hub.ask)
    beside.explain()
    beside.follow(detail())
    assert not any(isinstance(one, m.ExplainDue) for one in hub.asked)
    beside.explain()
    assert isinstance(hub.asked[-1], m.ExplainDue)
    beside.follow(None)
    assert beside.trace is None
