"""Whatever storm of calls comes: each is listed at once, stands its eight seconds, and is said once and in order."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from hypothesis import given, strategies as st
from msgspec import Struct

from display.board import LISTED, PLACES, STANDS_S, Board, Call, Standing
from hub.wire.messages import TicketCalled, TicketView
from hub.wire.picture import Picture
from tests.display.factories import MORNING, hall, picture, ticket

TICK_S = 0.5
"""A quarter would find no more: all times of a storm are multiples of it."""


class Step(Struct, frozen=True):
    """So many ticks after the last one somebody is called, or the board begins anew from a snapshot."""

    ticks: int
    number: int
    window: int
    snapshot: bool


STORMS = st.lists(
    st.builds(
        Step,
        ticks=st.integers(0, 6) | st.just(0),
        number=st.integers(1, 12),
        window=st.integers(1, 4),
        snapshot=st.sampled_from((False, False, False, False, True)),
    ),
    max_size=24,
)


class Watched:
    """A board in a storm, and what somebody who looks at it every half second has seen of it."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.board = Board(hall(), places=places)
        self.picture: Picture = picture()
        self.tick = 0
        self.called: list[Call] = []
        self.stood: dict[Call, float] = defaultdict(float)
        self.said: list[Call] = []
        self.shown: tuple[Standing, ...] = ()
        self.look()

    @property
    def now_s(self) -> float:
        return self.tick * TICK_S

    @property
    def now(self) -> dt.datetime:
        return MORNING + dt.timedelta(seconds=self.now_s)

    def call(self, number: int, window: int) -> None:
        times = sum(one.ticket_id == self._ticket(number, window, 1).ticket_id for one in self.called) + 1
        event = TicketCalled(ticket=self._ticket(number, window, times))
        self.picture.apply(self.picture.seq + 1, event)
        self.board.apply(event, self.now, self.now, self.now_s)
        self.called.append(Call(event.ticket.ticket_id, event.ticket.number, window, times))
        assert self.look()[0] == self.called[-1], "a call is in the list at once"

    def begin_anew(self) -> None:
        self.board.begin(self.picture, self.now, self.now_s)

    def wait(self, ticks: int) -> None:
        for _ in range(ticks):
            for one in self.standing():
                self.stood[one] += TICK_S
            self.tick += 1
            self.look()
            if (said := self.board.next_speech()) is not None:
                self.said.append(said)

    def standing(self) -> list[Call]:
        """Who flashes, as it was seen last."""
        return [one.call for one in self.shown if one.flashing]

    def look(self) -> tuple[Call, ...]:
        view = self.board.view(self.picture, self.now, self.now_s, live=True, heard=self.now)
        self.shown = view.calls
        assert len(view.calls) <= self.places
        assert len({one.call.ticket_id for one in view.calls}) == len(view.calls)
        again = [one.flashing and one.call.calls > 1 for one in view.calls]
        assert again == sorted(again, reverse=True), "who is called again stands above the others"
        return view.recent

    def _ticket(self, number: int, window: int, times: int) -> TicketView:
        at = self.now + dt.timedelta(microseconds=len(self.called))
        return ticket("F", number, window=window, called=at, calls=times)


def newest_of_each(calls: list[Call]) -> list[Call]:
    """The last five tickets that were called, each as it was called last."""
    found: dict[str, Call] = {}
    for one in reversed(calls):
        found.setdefault(one.ticket_id, one)
    return list(found.values())[:LISTED]


@given(STORMS, st.integers(1, PLACES))
def test_no_storm_drops_shortens_or_repeats_a_call(storm: list[Step], places: int):
    seen = Watched(places)
    superseded: set[Call] = set()
    for step in storm:
        seen.wait(step.ticks)
        if step.snapshot:
            seen.begin_anew()
        else:
            seen.call(step.number, step.window)
            superseded |= {one for one in seen.called[:-1] if one.ticket_id == seen.called[-1].ticket_id}
        assert list(seen.look()) == newest_of_each(seen.called)
    seen.wait(len(seen.called) + 1)
    while seen.standing():
        seen.wait(1)
    assert seen.said == seen.called, "each is said once, in the order of the calls"
    for call in set(seen.called) - superseded:
        assert seen.stood[call] == STANDS_S, f"{call} stood {seen.stood[call]} s"
    stays = [one.call for one in seen.shown]
    assert len(stays) == bool(seen.called), "the last that stood stays when all is over"
    assert superseded.isdisjoint(stays)
