"""Follows a hall's feed: which event is laid over the picture next, and when the hub is asked what was missed.

Knows no socket: `hub.link` gives it what arrived. Nothing is laid out of order, nothing is left out: an event that
comes too early waits until those before it are there, and so does all that follows one that this role must ask for.
"""

from __future__ import annotations

from collections.abc import Callable

from hub.domain.hall import Role
from hub.wire.messages import Answer, Command, Events, EventsSince, Heartbeat, Numbered, Published, Snapshot, Withheld
from hub.wire.picture import Picture
from hub.wire.seen import seen_in

WAITING_AT_MOST = 1000
"""Events that may wait for those before them; of more, the hub is asked again."""

Ask = Callable[[Command, Callable[[Answer], None]], object]


class Following:
    """Keeps `picture` whole. `laid` and `began` hear of each event laid and each picture begun anew.

    `role` is this terminal's; empty for a program that leaves everything withheld.
    """

    def __init__(
        self, picture: Picture, role: Role | None, ask: Ask, laid: Callable[[Numbered], None], began: Callable[[], None]
    ) -> None:
        self._picture = picture
        self._role = role
        self._ask = ask
        self._laid = laid
        self._began = began
        self._asking = False
        self._early: dict[int, Numbered] = {}

    def hear_beat(self, beat: Heartbeat) -> None:
        """A heartbeat names the newest event: a silent gap is noticed by it."""
        if beat.epoch != self._picture.epoch or beat.seq > self._picture.seq:
            self._catch_up()

    def hear(self, item: Published) -> None:
        """One event from the feed, in whatever order."""
        if item.epoch != self._picture.epoch:
            self._catch_up()
        elif item.numbered.seq > self._picture.seq:
            if len(self._early) < WAITING_AT_MOST:
                self._early[item.numbered.seq] = item.numbered
            self._lay_what_follows()
            if self._early:
                self._catch_up()

    # --- inside

    def _catch_up(self) -> None:
        """Asks for what was missed, once at a time."""
        if not self._asking:
            self._asking = True
            self._ask(EventsSince(epoch=self._picture.epoch, seq=self._picture.seq), self._caught_up)

    def _caught_up(self, answer: Answer) -> None:
        self._asking = False
        before = (self._picture.epoch, self._picture.seq)
        if isinstance(answer, Snapshot):
            if answer.epoch != self._picture.epoch:
                self._early.clear()
                if self._picture.epoch:  # restored: it must not give these numbers again
                    self._ask(seen_in(self._picture), lambda _: None)
            self._picture.take(answer)
            self._began()
        elif isinstance(answer, Events) and answer.epoch == self._picture.epoch:
            for numbered in answer.events:
                if numbered.seq == self._picture.seq + 1:
                    self._lay(numbered)
        self._lay_what_follows()
        if self._early and before != (self._picture.epoch, self._picture.seq):
            self._catch_up()  # an answer that brought nothing is asked for again at the next heartbeat

    def _lay_what_follows(self) -> None:
        while (numbered := self._early.get(self._picture.seq + 1)) is not None:
            if self._must_ask_for(numbered):
                break
            self._lay(numbered)
        for seq in [seq for seq in self._early if seq <= self._picture.seq]:
            del self._early[seq]

    def _must_ask_for(self, numbered: Numbered) -> bool:
        """Whether PUB only said that there is something for this terminal's role."""
        return isinstance(numbered.event, Withheld) and self._role in numbered.event.roles

    def _lay(self, numbered: Numbered) -> None:
        self._picture.apply(numbered.seq, numbered.event)
        self._laid(numbered)
