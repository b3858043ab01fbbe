import datetime as dt
from typing import get_args

import msgspec
import pytest
from hypothesis import given, strategies as st

from hub.wire import codec
from hub.wire.codec import BadFrame
from hub.wire.messages import (
    Answer,
    Command,
    Event,
    FileComplaint,
    Heartbeat,
    LogOut,
    LookUp,
    Numbered,
    Published,
    TicketTaken,
)
from tests.factories import FILED_AT, a_complaint, a_progress, a_ticket
from tests.hub.wire.messages import any_of

ID = "0123456789abcdef" * 2


@pytest.mark.parametrize("kind", get_args(Command), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_command_comes_back_as_it_was_sent(kind, data):
    command = data.draw(any_of(kind))
    assert codec.decode_request(codec.encode_request(ID, command)) == (ID, command)


@pytest.mark.parametrize("kind", get_args(Answer), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_answer_comes_back_as_it_was_sent(kind, data):
    answer = data.draw(any_of(kind))
    assert codec.decode_reply(codec.encode_reply(ID, answer)) == (ID, answer)
    assert codec.decode_answer(codec.encode_answer(answer)) == answer


@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_event_comes_back_as_it_was_published(kind, data):
    numbered = Numbered(seq=7, at=FILED_AT, event=data.draw(any_of(kind)))
    published = Published(epoch="e1", numbered=numbered)
    frames = codec.encode_feed(published)
    assert frames[0] == b"e"
    assert codec.decode_feed(frames) == published


def test_a_heartbeat_has_a_topic_of_its_own():
    beat = Heartbeat(epoch="e1", seq=7, at=FILED_AT, business_date=dt.date(2026, 11, 23))
    frames = codec.encode_feed(beat)
    assert frames[0] == b"h"
    assert codec.decode_feed(frames) == beat


def test_rare_characters_cross_the_wire_whole():
    command = a_complaint(number=1)
    assert "䶮" in command.text
    assert codec.decode_request(codec.encode_request(ID, command))[1] == command


@given(frame=st.binary(max_size=200))
def test_random_bytes_are_a_bad_frame_and_nothing_else(frame):
    for decode in (codec.decode_request, codec.decode_reply, lambda one: codec.decode_feed([one])):
        with pytest.raises(BadFrame):
            decode(frame)


DAMAGE = st.lists(st.tuples(st.integers(min_value=0), st.binary(min_size=1, max_size=3)), min_size=1, max_size=3)


def damaged(frame, damage):
    for at, piece in damage:
        place = at % len(frame)
        frame = frame[:place] + piece + frame[place + len(piece) :]
    return frame


@given(damage=DAMAGE)
def test_a_damaged_request_is_a_request_or_a_bad_frame(damage):
    frame = damaged(codec.encode_request(ID, a_complaint()), damage)
    try:
        command_id, _ = codec.decode_request(frame)
    except BadFrame as wrong:
        assert wrong.code in CODES  # noqa: PT017 both ends are right
    else:
        assert len(command_id) == 32


@given(damage=DAMAGE)
def test_a_damaged_answer_or_event_is_one_or_a_bad_frame(damage):
    reply = codec.encode_reply(ID, a_progress(ticket=a_ticket()))
    published = Published(epoch="e1", numbered=Numbered(seq=7, at=FILED_AT, event=TicketTaken(ticket=a_ticket())))
    for decode, frame in (
        (codec.decode_reply, reply),
        (lambda one: codec.decode_feed([one]), codec.encode_feed(published)[-1]),
    ):
        try:
            decode(damaged(frame, damage))
        except BadFrame as wrong:
            assert wrong.code == "malformed"  # noqa: PT017 both ends are right


def test_text_that_is_no_utf8_is_a_bad_command():
    frame = codec.encode_request(ID, LookUp(secret="zzzz")).replace(b"zzzz", b"\xba\xba\xba\xba")
    with pytest.raises(BadFrame) as wrong:
        codec.decode_request(frame)
    assert (wrong.value.code, wrong.value.command_id) == ("bad_command", ID)


CODES = {
    "frame_too_large",
    "malformed",
    "unsupported_version",
    "bad_command_id",
    "unknown_command",
    "bad_command",
}


def packed(**fields):
    return msgspec.msgpack.encode({"v": 1, "id": ID, "body": {"type": "LogOut"}} | fields)


@pytest.mark.parametrize(
    ("frame", "code", "command_id"),
    [
        (b"", "malformed", ""),
        (b"\xc1", "malformed", ""),
        (msgspec.msgpack.encode([1, 2]), "malformed", ""),
        (b"\x91" * 5000, "malformed", ""),
        (b"\x00" * (codec.MAX_FRAME_BYTES + 1), "frame_too_large", ""),
        (packed(v=2), "unsupported_version", ID),
        (packed(v=2, id="<script>"), "unsupported_version", ""),
        (packed(id="ABC"), "bad_command_id", ""),
        (packed(id=ID.upper()), "bad_command_id", ""),
        (packed(body={"type": "OpenTheDoor"}), "unknown_command", ID),
        (packed(body={"type": "Done"}), "unknown_command", ID),
        (packed(body=7), "malformed", ID),
        (packed(body={"type": "LookUp"}), "bad_command", ID),
        (packed(body={"type": "LookUp", "secret": 7}), "bad_command", ID),
        (packed(body={"type": "LogOut", "more": 1}), "bad_command", ID),
    ],
)
def test_what_is_wrong_has_its_code(frame, code, command_id):
    with pytest.raises(BadFrame) as wrong:
        codec.decode_request(frame)
    assert (wrong.value.code, wrong.value.command_id) == (code, command_id)
    assert code in CODES
    assert wrong.value.rejection().code == code
    assert wrong.value.rejection().text


def test_a_newer_envelope_with_more_fields_is_still_read():
    assert codec.decode_request(packed(trace="x")) == (ID, LogOut())


def test_a_bad_command_says_which_field():
    with pytest.raises(BadFrame, match=r"LookUp: .*secret"):
        codec.decode_request(packed(body={"type": "LookUp"}))


def test_a_frame_of_the_largest_size_is_read():
    room = codec.MAX_FRAME_BYTES - len(codec.encode_request(ID, LookUp(secret="x" * 70_000))) + 70_000
    largest = LookUp(secret="x" * room)
    frame = codec.encode_request(ID, largest)
    assert len(frame) == codec.MAX_FRAME_BYTES
    assert codec.decode_request(frame) == (ID, largest)


def test_the_tag_on_the_wire_is_the_class_name():
    body = msgspec.msgpack.decode(codec.encode_request(ID, a_complaint()))["body"]
    assert body["type"] == FileComplaint.__name__
