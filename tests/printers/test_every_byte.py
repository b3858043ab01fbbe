"""A fault at some tens of a receipt's bytes; `python -m benchmarks.printing` does it at every one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from printers.profiles import Profile
from tests.printers.conftest import EmulatedPrinter
from tests.printers.every_byte import FAULTS, Run, quick_folder
from tests.printers.real_every_byte import RealRun

PROFILES = {
    "pictures": Profile(width_dots=576),
    "own type": Profile(width_dots=576, text="gb18030"),
    "58 mm": Profile(width_dots=384),
    "58 mm, own type, torn off": Profile(width_dots=384, text="gb18030", ending="tear", feed_rows=120),
}
HEADS = range(18, 34)
"""The first picture's head is among these bytes; what is cut off there makes the printer wait for a size."""


@pytest.fixture(scope="module", params=PROFILES)
def run(request: pytest.FixtureRequest) -> Iterator[Run]:
    with quick_folder() as folder:
        yield Run(Path(folder), PROFILES[request.param])


@pytest.fixture(scope="module")
def size(run: Run) -> int:
    outcome = run()
    assert outcome.wrong == []
    assert outcome.states == {"job-0": "confirmed", "job-1": "confirmed"}
    return outcome.bytes_received


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_happens_at_a_byte_each_citizen_holds_one_valid_receipt_and_a_row_says_so(
    run: Run, size: int, name: str
) -> None:
    for at in (*range(0, size, size // 10), *HEADS, *range(size - 4, size + 1)):
        outcome = run(FAULTS[name], at)
        assert outcome.wrong == [], (at, outcome)


@pytest.mark.parametrize(
    ("name", "detail"),
    [("line breaks", "connection_lost"), ("paper out", "paper_out"), ("program killed", "interrupted")],
)
def test_the_row_says_what_happened(run: Run, size: int, name: str, detail: str) -> None:
    outcome = run(FAULTS[name], size // 2)
    assert detail in outcome.details
    assert sorted(outcome.states.values()) == ["confirmed", "confirmed", "unknown"]


@pytest.mark.e2e
@pytest.mark.parametrize(("name", "pty"), [("line breaks", False), ("program killed", False), ("paper out", True)])
def test_with_real_processes_it_is_the_same(emulate: Callable[..., EmulatedPrinter], name: str, pty: bool) -> None:
    with quick_folder() as folder:
        run = RealRun(Path(folder), emulate(pty=pty))
        try:
            for at in (27, 20_002):
                outcome = run(FAULTS[name], at)
                assert outcome.wrong == [], (at, outcome)
        finally:
            run.close()
