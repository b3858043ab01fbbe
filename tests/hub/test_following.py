"""Following a feed: in order, without a gap, and without what others may not know. No socket here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from hub.following import WAITING_AT_MOST, Following
from hub.service import audience
from hub.wire import messages as m
from hub.wire.picture import Picture
from tests import factories
from tests.hub.desk import HALLS

EPOCH = "e" * 32
AT = factories.FILED_AT
SECRET = m.NoticeRaised(notice_id=1, kind="new_complaint", roles=("window",))
WINDOW, WALL = HALLS["shanting"].terminal("window-3"), HALLS["shanting"].terminal("wall")


def event(seq: int, what: m.Event | None = None) -> m.Numbered:
    return m.Numbered(seq=seq, at=AT, event=what or m.BulletinPosted(text=str(seq)))


class Terminal:
    """A picture at event 3, and what is asked while it follows."""

    def __init__(self, terminal: m.Snapshot | None = None, role: str = "window") -> None:
        self.picture = Picture()
        self.picture.take(snapshot(3))
        self.laid: list[m.Numbered] = []
        self.began = 0
        self.asked: list[tuple[m.Command, Callable[[m.Answer], None]]] = []
        self.following = Following(self.picture, role, self._ask, self.laid.append, self._began)  # type: ignore[arg-type]

    def hear(self, *numbered: m.Numbered, epoch: str = EPOCH) -> None:
        for one in numbered:
            self.following.hear(m.Published(epoch=epoch, numbered=one))

    def beat(self, seq: int, epoch: str = EPOCH) -> None:
        self.following.hear_beat(m.Heartbeat(epoch=epoch, seq=seq, at=AT, business_date=factories.MONDAY))

    def answer(self, answer: m.Answer) -> m.Command:
        question, then = self.asked.pop(0)
        then(answer)
        return question

    @property
    def seqs(self) -> list[int]:
        return [one.seq for one in self.laid]

    def _ask(self, question: m.Command, then: Callable[[m.Answer], None]) -> None:
        self.asked.append((question, then))

    def _began(self) -> None:
        self.began += 1


def snapshot(seq: int, epoch: str = EPOCH) -> m.Snapshot:
    return m.Snapshot(epoch=epoch, seq=seq, at=AT, business_date=factories.MONDAY)


def events(*numbered: m.Numbered) -> m.Events:
    return m.Events(epoch=EPOCH, events=numbered, last=numbered[-1].seq if numbered else 3)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


def test_the_next_event_is_laid_at_once(terminal: Terminal) -> None:
    terminal.hear(event(4), event(5))
    assert (terminal.seqs, terminal.picture.seq, terminal.asked) == ([4, 5], 5, [])


def test_an_event_heard_before_is_dropped(terminal: Terminal) -> None:
    terminal.hear(event(4), event(4), event(2))
    assert terminal.seqs == [4]


def test_what_came_too_early_waits_for_what_was_missed(terminal: Terminal) -> None:
    terminal.hear(event(6), event(7))
    assert terminal.seqs == []
    assert terminal.answer(events(event(4), event(5))) == m.EventsSince(epoch=EPOCH, seq=3)
    assert terminal.seqs == [4, 5, 6, 7]
    assert terminal.asked == []


def test_it_is_asked_once_at_a_time(terminal: Terminal) -> None:
    terminal.hear(event(6))
    terminal.hear(event(8))
    terminal.beat(9)
    assert len(terminal.asked) == 1


def test_a_gap_that_an_answer_left_is_asked_for_at_once(terminal: Terminal) -> None:
    terminal.hear(event(5), event(8))
    terminal.answer(events(event(4)))
    assert terminal.seqs == [4, 5]
    assert terminal.answer(events(event(6), event(7), event(8))) == m.EventsSince(epoch=EPOCH, seq=5)
    assert terminal.seqs == [4, 5, 6, 7, 8]


def test_an_answer_that_brought_nothing_is_not_asked_for_again_before_the_next_heartbeat(terminal: Terminal) -> None:
    terminal.hear(event(6))
    terminal.answer(m.Rejected(code="internal", text="no"))
    assert terminal.asked == []
    terminal.beat(6)
    assert len(terminal.asked) == 1


def test_a_heartbeat_that_says_nothing_new_asks_nothing(terminal: Terminal) -> None:
    terminal.beat(3)
    terminal.beat(2)
    assert terminal.asked == []


def test_a_snapshot_begins_the_picture_anew_and_what_waits_goes_on_from_there(terminal: Terminal) -> None:
    terminal.hear(event(900), event(902))
    terminal.answer(snapshot(901))
    assert (terminal.began, terminal.seqs, terminal.picture.seq) == (1, [902], 902)


def test_of_another_epoch_nothing_is_laid_before_its_snapshot(terminal: Terminal) -> None:
    terminal.hear(event(6))
    terminal.hear(event(4), epoch="f" * 32)
    terminal.answer(snapshot(1, "f" * 32))
    assert (terminal.seqs, terminal.picture.epoch, terminal.picture.seq) == ([], "f" * 32, 1)
    assert [question for question, _ in terminal.asked] == [m.ReportNumbers(epoch=EPOCH, seen=())]
    terminal.hear(event(2), epoch="f" * 32)
    terminal.hear(event(4), epoch=EPOCH)
    assert terminal.seqs == [2]


def test_what_is_withheld_from_all_roles_but_others_only_counts(terminal: Terminal) -> None:
    terminal.hear(event(4, m.Withheld(roles=("department",))), event(5))
    assert (terminal.seqs, terminal.asked) == ([4, 5], [])


def test_what_is_withheld_for_this_role_is_asked_for_and_laid_in_its_place(terminal: Terminal) -> None:
    terminal.hear(event(4), event(5, m.Withheld(roles=("supervisor", "window"))), event(6))
    assert terminal.seqs == [4]
    assert terminal.answer(events(event(5, SECRET), event(6))) == m.EventsSince(epoch=EPOCH, seq=4)
    assert terminal.laid == [event(4), event(5, SECRET), event(6)]


def test_what_the_hub_withholds_from_the_asker_is_laid_and_not_asked_for_again(terminal: Terminal) -> None:
    terminal.hear(event(4, m.Withheld(roles=("window",))))
    terminal.answer(events(event(4, m.Withheld())))
    assert (terminal.seqs, terminal.asked) == ([4], [])


def test_a_program_without_a_role_asks_for_nothing_withheld() -> None:
    terminal = Terminal(role="")
    terminal.hear(event(4, m.Withheld(roles=("window",))))
    assert (terminal.seqs, terminal.asked) == ([4], [])


def test_more_than_can_wait_is_asked_for_instead(terminal: Terminal) -> None:
    terminal.hear(*(event(seq) for seq in range(5, 5 + WAITING_AT_MOST + 10)))
    terminal.answer(events(event(4)))
    assert terminal.seqs == list(range(4, 5 + WAITING_AT_MOST))
    terminal.hear(event(2000))
    assert terminal.asked[0][0].seq == 4 + WAITING_AT_MOST


@given(
    kinds=st.lists(st.booleans(), min_size=1, max_size=30),
    lost=st.sets(st.integers(0, 29)),
    answered_after=st.integers(1, 6),
)
def test_whatever_is_lost_each_role_lays_what_it_may_know_once_and_in_order(
    kinds: list[bool], lost: set[int], answered_after: int
) -> None:
    feed = [event(4 + place, SECRET if secret else None) for place, secret in enumerate(kinds)]
    for known in (WINDOW, WALL):
        terminal = Terminal(role=known.role)
        for place, one in enumerate(feed):
            if place not in lost:
                terminal.hear(audience.as_published(one))
            if place % answered_after == 0:
                reply(terminal, known, feed[: place + 1])
        terminal.beat(feed[-1].seq)
        while terminal.asked:
            reply(terminal, known, feed)
        assert terminal.laid == [audience.as_told(one, known) for one in feed] or known is WALL
        assert terminal.seqs == [one.seq for one in feed]
        if known is WALL:
            assert SECRET not in [one.event for one in terminal.laid]


def reply(terminal: Terminal, known: object, happened: list[m.Numbered]) -> None:
    if terminal.asked:
        seq = terminal.asked[0][0].seq
        told = [audience.as_told(one, known) for one in happened if one.seq > seq]  # type: ignore[arg-type]
        terminal.answer(m.Events(epoch=EPOCH, events=tuple(told), last=happened[-1].seq))
