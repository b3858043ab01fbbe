"""The terminal's side: resent until answered, no gap in the picture. Against sockets that this test itself answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import zmq

from hub.domain.hall import HubAddress
from hub.keys import CurvePair
from hub.link import RESEND_FIRST_S, STALE_AFTER_S, Link, NoAnswer
from hub.wire import codec, messages as m
from tests import factories
from tests.ports import free_port
from tests.processes import until

AT = factories.FILED_AT


def new_pair() -> CurvePair:
    return CurvePair(*zmq.curve_keypair())


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class OtherSide:
    """The hub's two sockets, in the hands of the test."""

    def __init__(self, own: CurvePair | None = None) -> None:
        self.own = own or new_pair()
        self.address = HubAddress(commands=f"tcp://127.0.0.1:{free_port()}", feed=f"tcp://127.0.0.1:{free_port()}")
        self._context = zmq.Context()
        self.open()

    def open(self) -> None:
        self.router = self._bound(zmq.ROUTER, self.address.commands)
        self.feed = self._bound(zmq.XPUB, self.address.feed)

    def away(self) -> None:
        self.router.close(linger=0)
        self.feed.close(linger=0)

    def close(self) -> None:
        self._context.destroy(linger=0)

    def taken(self) -> tuple[bytes, str, Any]:
        """The next command that arrives: whom to answer, its id, itself."""
        reply_to, frame = self.router.recv_multipart()
        return (reply_to, *codec.decode_request(frame))

    def nothing_came(self) -> bool:
        return self.router.poll(0) == 0

    def answer(self, reply_to: bytes, command_id: str, answer: m.Answer) -> None:
        self.router.send_multipart([reply_to, codec.encode_reply(command_id, answer)])

    def subscribed(self, link: Link) -> None:
        """Waits until the terminal's subscription has arrived: what is published now reaches it."""
        polled(link, "the subscription", lambda: self.feed.poll(0))
        assert self.feed.recv() == b"\1"

    def publish(self, item: m.Published | m.Heartbeat) -> None:
        self.feed.send_multipart(codec.encode_feed(item))

    def _bound(self, kind: int, address: str) -> zmq.Socket[bytes]:
        socket: zmq.Socket[bytes] = self._context.socket(kind)
        socket.curve_server = True
        socket.curve_publickey, socket.curve_secretkey = self.own.public, self.own.secret
        socket.rcvtimeo = 10_000
        until(f"{address} is free", lambda: self._binds(socket, address))  # a closed socket lets go of it soon after
        return socket

    def _binds(self, socket: zmq.Socket[bytes], address: str) -> bool:
        try:
            socket.bind(address)
        except zmq.ZMQError as wrong:
            if wrong.errno == zmq.EADDRINUSE:
                return False
            raise
        return True


@pytest.fixture
def hub() -> Iterator[OtherSide]:
    made = OtherSide()
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def link(hub: OtherSide, clock: Clock) -> Iterator[Link]:
    made = Link((hub.address,), new_pair(), hub.own.public, role="window", monotonic=clock)
    yield made
    made.close()


@pytest.fixture
def heard() -> list[m.Answer]:
    return []


def asked(link: Link, hub: OtherSide, clock: Clock) -> tuple[bytes, str, Any]:
    """Polls, as a screen's clock does, until a command has reached the other side."""

    def came() -> bool:
        link.poll()
        clock.now += 0.1
        return not hub.nothing_came()

    until("a command", came)
    return hub.taken()


def polled(link: Link, what: str, condition: Any) -> None:
    def happened() -> bool:
        link.poll()
        return bool(condition())

    until(what, happened)


# --- commands


def test_an_answer_reaches_who_asked_once(link: Link, hub: OtherSide, clock: Clock, heard: list[m.Answer]) -> None:
    command_id = link.send(m.TakeTicket(service="general"), heard.append)
    reply_to, got_id, command = asked(link, hub, clock)
    assert (got_id, command) == (command_id, m.TakeTicket(service="general"))
    for _ in range(2):
        hub.answer(reply_to, command_id, m.Done())
    hub.answer(reply_to, link.send(m.LogOut(), heard.append), m.LoggedIn(staff="06", name="王芳", role="window"))
    polled(link, "both answers", lambda: len(heard) >= 2)
    assert [type(answer) for answer in heard] == [m.Done, m.LoggedIn]
    assert link.pending == 0


def test_what_is_not_answered_is_sent_again_as_it_was(
    link: Link, hub: OtherSide, clock: Clock, heard: list[m.Answer]
) -> None:
    command_id = link.send(m.TakeTicket(service="general"), heard.append)
    first = asked(link, hub, clock)
    for _ in range(3):
        assert asked(link, hub, clock) == first
    assert link.pending == 1
    hub.answer(first[0], command_id, m.Done())
    polled(link, "the answer", lambda: heard)
    assert heard == [m.Done()]


def test_it_waits_longer_each_time(link: Link, hub: OtherSide, clock: Clock, heard: list[m.Answer]) -> None:
    connected(link, hub)
    link.send(m.TakeTicket(service="general"), heard.append)
    first = hub.taken()
    for wait_s in (RESEND_FIRST_S, 1, 2, 4, 4, 4):
        clock.now += wait_s - 0.001
        link.poll()
        assert hub.nothing_came()
        clock.now += 0.001
        link.poll()
        assert hub.taken() == first


def connected(link: Link, hub: OtherSide) -> None:
    """Waits until what the link sends arrives, and takes in everything it sent to find that out."""

    def knock() -> bool:
        link.forget(link.send(m.LogOut(), lambda _: None))
        return not hub.nothing_came()

    until("the connection", knock)
    last = link.send(m.LogOut(), lambda _: None)
    link.forget(last)
    while hub.taken()[1] != last:
        pass


def test_a_command_sent_while_the_hub_is_away_arrives_when_it_is_back(
    link: Link, hub: OtherSide, clock: Clock, heard: list[m.Answer]
) -> None:
    hub.away()
    command_id = link.send(m.TakeTicket(service="general"), heard.append)
    for _ in range(50):
        link.poll()
        clock.now += 0.1
    assert link.pending == 1
    hub.open()
    reply_to, got_id, _ = asked(link, hub, clock)
    assert got_id == command_id
    hub.answer(reply_to, command_id, m.Done())
    polled(link, "the answer", lambda: heard)


@pytest.mark.parametrize("code", ["store_failed", "too_many"])
def test_what_the_hub_could_not_keep_or_did_not_look_at_is_asked_again(
    code: str, link: Link, hub: OtherSide, clock: Clock, heard: list[m.Answer]
) -> None:
    link.send(m.TakeTicket(service="general"), heard.append)
    reply_to, command_id, _ = asked(link, hub, clock)
    hub.answer(reply_to, command_id, m.Rejected(code=code, text="not just now"))
    assert asked(link, hub, clock)[1] == command_id
    assert heard == []
    hub.answer(reply_to, command_id, m.Rejected(code="unknown_code", text="no such service"))
    polled(link, "the refusal", lambda: heard)
    assert heard[0] == m.Rejected(code="unknown_code", text="no such service")


def test_a_forgotten_command_is_neither_resent_nor_answered(
    link: Link, hub: OtherSide, clock: Clock, heard: list[m.Answer]
) -> None:
    link.send(m.TakeTicket(service="general"), heard.append)
    reply_to, command_id, _ = asked(link, hub, clock)
    link.forget(command_id)
    hub.answer(reply_to, command_id, m.Done())
    other = link.send(m.LogOut(), heard.append)
    hub.answer(reply_to, other, m.Rejected(code="not_permitted", text="no"))
    polled(link, "the other answer", lambda: heard)
    assert [type(answer) for answer in heard] == [m.Rejected]


def test_bytes_that_are_no_answer_are_passed_over(
    link: Link, hub: OtherSide, clock: Clock, heard: list[m.Answer]
) -> None:
    link.send(m.TakeTicket(service="general"), heard.append)
    reply_to, command_id, _ = asked(link, hub, clock)
    for garbage in (b"", b"\xc1", b"\xff" * 300):
        hub.router.send_multipart([reply_to, garbage])
    hub.answer(reply_to, command_id, m.Done())
    polled(link, "the answer", lambda: heard)
    assert heard == [m.Done()]


def test_asking_a_hub_that_is_away_ends_with_an_error(hub: OtherSide) -> None:
    hub.away()
    link = Link((hub.address,), new_pair(), hub.own.public, feed=False)
    with pytest.raises(NoAnswer, match="TakeTicket"):
        link.ask(m.TakeTicket(service="general"), timeout_s=0.2)
    assert link.pending == 0
    link.close()


# --- the feed


def snapshot(seq: int = 3, epoch: str = "e" * 32, **more: Any) -> m.Snapshot:
    return m.Snapshot(epoch=epoch, seq=seq, at=AT, business_date=factories.MONDAY, **more)


def taken(number: str) -> m.TicketTaken:
    return m.TicketTaken(ticket=factories.a_ticket(number))


def published(seq: int, event: m.Event, epoch: str = "e" * 32) -> m.Published:
    return m.Published(epoch=epoch, numbered=m.Numbered(seq=seq, at=AT, event=event))


def beat(seq: int, epoch: str = "e" * 32) -> m.Heartbeat:
    return m.Heartbeat(epoch=epoch, seq=seq, at=AT, business_date=factories.MONDAY)


@pytest.fixture
def listening(link: Link, hub: OtherSide, clock: Clock) -> Link:
    """A link that has its picture at event 3."""
    hub.subscribed(link)
    hub.publish(beat(3))
    reply_to, command_id, question = asked(link, hub, clock)
    assert question == m.EventsSince()
    hub.answer(reply_to, command_id, snapshot(tickets=(factories.a_ticket("F001"),)))
    polled(link, "the snapshot", lambda: link.picture.epoch)
    return link


def test_a_first_heartbeat_makes_a_terminal_ask_for_the_picture(listening: Link) -> None:
    assert (listening.picture.epoch, listening.picture.seq) == ("e" * 32, 3)
    assert list(listening.picture.tickets) == ["t-F001"]
    assert listening.heard_at == AT


def test_the_next_event_is_laid_over_the_picture(listening: Link, hub: OtherSide) -> None:
    hub.publish(published(4, taken("F002")))
    polled(listening, "the event", lambda: listening.picture.seq == 4)
    assert list(listening.picture.tickets) == ["t-F001", "t-F002"]
    assert hub.nothing_came()


def test_listeners_hear_what_is_in_the_picture_already(listening: Link, hub: OtherSide) -> None:
    heard: list[tuple[int, int]] = []
    listening.listeners.event.append(lambda one: heard.append((one.seq, listening.picture.seq)))
    for seq in (4, 5):
        hub.publish(published(seq, taken(f"F00{seq}")))
    polled(listening, "both events", lambda: len(heard) == 2)
    assert heard == [(4, 4), (5, 5)]


def test_an_event_heard_twice_counts_once(listening: Link, hub: OtherSide) -> None:
    heard: list[int] = []
    listening.listeners.event.append(lambda one: heard.append(one.seq))
    for seq in (4, 4, 3, 5):
        hub.publish(published(seq, taken(f"F00{seq}")))
    polled(listening, "the last event", lambda: listening.picture.seq == 5)
    assert heard == [4, 5]


def test_a_gap_is_asked_for_and_filled_in_order(listening: Link, hub: OtherSide, clock: Clock) -> None:
    heard: list[int] = []
    listening.listeners.event.append(lambda one: heard.append(one.seq))
    hub.publish(published(6, taken("F006")))
    reply_to, command_id, question = asked(listening, hub, clock)
    assert question == m.EventsSince(epoch="e" * 32, seq=3)
    assert heard == []
    missed = tuple(m.Numbered(seq=seq, at=AT, event=taken(f"F00{seq}")) for seq in (4, 5, 6))
    hub.answer(reply_to, command_id, m.Events(epoch="e" * 32, events=missed, last=6))
    polled(listening, "what was missed", lambda: listening.picture.seq == 6)
    assert heard == [4, 5, 6]


def test_a_silent_gap_is_found_by_the_heartbeat(listening: Link, hub: OtherSide, clock: Clock) -> None:
    hub.publish(beat(5))
    assert asked(listening, hub, clock)[2] == m.EventsSince(epoch="e" * 32, seq=3)


def test_a_gap_is_asked_for_once_however_much_is_heard_meanwhile(listening: Link, hub: OtherSide, clock: Clock) -> None:
    hub.publish(published(6, taken("F006")))
    asked(listening, hub, clock)
    for seq in (7, 8):
        hub.publish(published(seq, taken(f"F00{seq}")))
    hub.publish(m.Heartbeat(epoch="e" * 32, seq=8, at=AT + dt.timedelta(seconds=9), business_date=factories.MONDAY))
    polled(listening, "the last of it", lambda: listening.heard_at == AT + dt.timedelta(seconds=9))
    assert hub.nothing_came()


def test_a_new_epoch_begins_the_picture_anew(listening: Link, hub: OtherSide, clock: Clock) -> None:
    began: list[str] = []
    listening.listeners.snapshot.append(lambda: began.append(listening.picture.epoch))
    hub.publish(beat(1, epoch="f" * 32))
    reply_to, command_id, question = asked(listening, hub, clock)
    assert question == m.EventsSince(epoch="e" * 32, seq=3)
    hub.answer(reply_to, command_id, snapshot(seq=1, epoch="f" * 32))
    polled(listening, "the new picture", lambda: listening.picture.epoch == "f" * 32)
    assert (listening.picture.seq, listening.picture.tickets, began) == (1, {}, ["f" * 32])


def test_a_picture_whose_epoch_ended_is_given_up_only_after_its_highest_numbers_are_told(
    listening: Link, hub: OtherSide, clock: Clock
) -> None:
    hub.publish(published(4, taken("F017")))
    polled(listening, "the ticket", lambda: listening.picture.seq == 4)
    hub.publish(beat(1, epoch="f" * 32))
    reply_to, command_id, _ = asked(listening, hub, clock)
    hub.answer(reply_to, command_id, snapshot(seq=1, epoch="f" * 32))
    polled(listening, "the new picture", lambda: listening.picture.epoch == "f" * 32)
    told = m.SeenNumber(business_date=factories.MONDAY, series="F", number=17)
    assert asked(listening, hub, clock)[2] == m.ReportNumbers(epoch="e" * 32, seen=(told,))


def test_an_event_that_cannot_be_read_leaves_a_gap_that_is_asked_for(
    listening: Link, hub: OtherSide, clock: Clock
) -> None:
    hub.feed.send_multipart([b"e", b"\xc1 of a newer hub"])
    hub.publish(published(5, taken("F005")))
    assert asked(listening, hub, clock)[2] == m.EventsSince(epoch="e" * 32, seq=3)


def test_withheld_events_keep_the_sequence_whole(listening: Link, hub: OtherSide) -> None:
    hub.publish(published(4, m.Withheld(roles=("department",))))
    hub.publish(published(5, taken("F005")))
    polled(listening, "both events", lambda: listening.picture.seq == 5)
    assert hub.nothing_came()


def test_what_is_withheld_for_this_terminal_s_role_is_asked_for(listening: Link, hub: OtherSide, clock: Clock) -> None:
    heard: list[m.Numbered] = []
    listening.listeners.event.append(heard.append)
    hub.publish(published(4, m.Withheld(roles=("window",))))
    hub.publish(published(5, taken("F005")))
    reply_to, command_id, question = asked(listening, hub, clock)
    assert question == m.EventsSince(epoch="e" * 32, seq=3)
    notice = m.Numbered(seq=4, at=AT, event=m.NoticeRaised(notice_id=1, kind="replied", roles=("window",)))
    hub.answer(reply_to, command_id, m.Events(epoch="e" * 32, events=(notice,), last=4))
    polled(listening, "both events", lambda: listening.picture.seq == 5)
    assert [one.event for one in heard] == [notice.event, taken("F005")]


@pytest.mark.rule("R67")
def test_a_hub_that_was_not_heard_is_said_to_be_away(listening: Link, hub: OtherSide, clock: Clock) -> None:
    assert listening.live is True
    clock.now += STALE_AFTER_S
    assert listening.live is False
    assert listening.heard_at == AT
    hub.publish(beat(3))
    polled(listening, "the heartbeat", lambda: listening.live)


def test_a_link_that_heard_nothing_yet_is_not_live(link: Link) -> None:
    assert link.live is False
    assert link.heard_at is None


# --- several hubs


@pytest.fixture
def standby(hub: OtherSide) -> Iterator[OtherSide]:
    """The hall's second hub, with the same key pair."""
    made = OtherSide(hub.own)
    yield made
    made.close()


@pytest.fixture
def pair(hub: OtherSide, standby: OtherSide, clock: Clock) -> Iterator[Link]:
    """A link that knows both and heard from the first that it is on duty."""
    made = Link((hub.address, standby.address), new_pair(), hub.own.public, monotonic=clock)
    for side in (hub, standby):
        side.subscribed(made)
    hub.publish(beat(0, epoch=""))
    polled(made, "the heartbeat", lambda: made.live)
    yield made
    made.close()


def inactive() -> m.Heartbeat:
    return m.Heartbeat(epoch="", seq=0, at=AT, business_date=factories.MONDAY, active=False)


def not_active() -> m.Rejected:
    return m.Rejected(code="not_active", text="this hub stands by")


def test_what_waits_goes_to_the_hub_that_takes_over_at_once_and_under_the_same_id(
    pair: Link, hub: OtherSide, standby: OtherSide, clock: Clock, heard: list[m.Answer]
) -> None:
    command_id = pair.send(m.TakeTicket(service="general"), heard.append)
    assert asked(pair, hub, clock)[1] == command_id
    clock.now += 0.1
    standby.publish(beat(0, epoch=""))

    def came() -> bool:
        pair.poll()  # with a clock that stands still: no resend is due
        return not standby.nothing_came()

    until("the command at the other hub", came)
    reply_to, again, command = standby.taken()
    assert (again, command) == (command_id, m.TakeTicket(service="general"))
    standby.answer(reply_to, command_id, m.Done())
    polled(pair, "the answer", lambda: heard)
    later = pair.send(m.LogOut(), heard.append)
    polled(pair, "the next command", lambda: not standby.nothing_came())
    assert standby.taken()[1] == later


def test_a_hub_that_stands_by_is_not_heard_as_the_hub(
    pair: Link, hub: OtherSide, standby: OtherSide, clock: Clock
) -> None:
    clock.now += STALE_AFTER_S
    standby.publish(inactive())
    hub.publish(inactive())
    polled(pair, "both heartbeats", lambda: all(one.heard == clock.now for one in pair._hubs))
    assert pair.live is False
    assert pair.pending == 0


def test_not_active_is_no_answer_and_the_other_hub_is_asked(
    hub: OtherSide, standby: OtherSide, clock: Clock, heard: list[m.Answer]
) -> None:
    link = Link((hub.address, standby.address), new_pair(), hub.own.public, feed=False, monotonic=clock)
    command_id = link.send(m.TakeTicket(service="general"), heard.append)
    for side in (hub, standby, hub, standby):
        reply_to, got_id, _ = asked(link, side, clock)
        assert got_id == command_id
        side.answer(reply_to, command_id, not_active())
        polled(link, "being turned away", lambda side=side: link._active is not link._hubs[(hub, standby).index(side)])
    assert heard == []
    reply_to, _, _ = asked(link, hub, clock)
    hub.answer(reply_to, command_id, m.Done())
    polled(link, "the answer", lambda: heard)
    link.close()


def test_without_a_feed_a_silent_hub_is_left_for_the_next(
    hub: OtherSide, standby: OtherSide, clock: Clock, heard: list[m.Answer]
) -> None:
    link = Link((hub.address, standby.address), new_pair(), hub.own.public, feed=False, monotonic=clock)
    command_id = link.send(m.TakeTicket(service="general"), heard.append)
    reply_to, _, _ = asked(link, standby, clock)
    standby.answer(reply_to, command_id, m.Done())
    polled(link, "the answer", lambda: heard)
    link.close()
