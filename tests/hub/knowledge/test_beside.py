"""The search as a process beside the hub."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.errors import Refused
from hub.knowledge.beside import Beside
from hub.wire import messages as m
from tests.hub.archive.conftest import Kept
from tests.hub.desk import Desk
from tests.hub.knowledge.test_searching import LIKE, answered
from tests.processes import until
from tests.stories.town import PIN

pytestmark = pytest.mark.e2e


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    yield made
    made.close()


def two(desk: Desk) -> tuple[str, str]:
    return answered(desk), desk.file(text=LIKE).case_number


def found(beside: Beside, number: str) -> tuple[m.SimilarCase, ...]:
    until("what is like it", lambda: beside.near(number) is not None)
    cases = beside.near(number)
    assert cases is not None
    return cases


@pytest.mark.rule("R38")
def test_it_is_answered_from_beside_and_again_after_a_restart(kept: Kept) -> None:
    first, asked = kept.at_desk(two)
    for _ in range(2):
        beside = Beside(kept.place.path)
        assert beside.near(asked) is None, "nobody waits for it"
        assert [one.case_number for one in found(beside, asked)] == [first]
        beside.close()


def test_a_search_that_ended_is_said_and_begun_again(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    first, asked = kept.at_desk(two)
    monkeypatch.setattr("hub.knowledge.beside.AGAIN_AFTER_S", 0.0)
    key = kept.place.data_key
    key.rename(key.with_suffix(".away"))
    beside = Beside(kept.place.path)

    def fails() -> bool:
        try:
            return beside.near(asked) is not None
        except Refused as refusal:
            return refusal.code == "search_failed"

    until("that it failed", fails)
    key.with_suffix(".away").rename(key)
    assert [one.case_number for one in found(beside, asked)] == [first]
    beside.close()


@pytest.mark.rule("R38")
def test_a_window_is_told_by_a_working_hub(kept: Kept) -> None:
    first, asked = kept.at_desk(two)
    kept.serve(hours=1)
    assert kept.running is not None
    window = kept.running.link("window-3")
    window.ask(m.LogIn(staff="06", pin=PIN))
    answers: list[m.SimilarList] = []

    def told() -> bool:
        answer = window.ask(m.SimilarCases(case_number=asked))
        assert isinstance(answer, m.SimilarList), answer
        answers.append(answer)
        return answer.ready

    until("what is like it", told, every_s=0.2)
    assert [one.case_number for one in answers[-1].cases] == [first]
