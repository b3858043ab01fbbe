"""Papers on their way in chunks: only what the hub lacks is sent, and it goes on where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from counter.transfers import Download, Upload
from hub.domain.attachment import CHUNK_BYTES
from hub.wire import messages as m
from tests.counter.states import NUMBER

CONTENT = bytes(range(256)) * (5 * CHUNK_BYTES // 512)  # two chunks and a half
ID = f"{NUMBER}/a1"


class Hub:
    """Keeps what was asked until a test answers it."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Any, Callable[[Any], None]]] = []
        self.asked: list[Any] = []

    def ask(self, command: Any, then: Callable[[Any], None]) -> None:
        self.waiting.append((command, then))
        self.asked.append(command)

    def answer(self, answer: Any) -> Any:
        command, then = self.waiting.pop(0)
        then(answer)
        return command


def upload(hub: Hub) -> tuple[Upload, list[str]]:
    finished: list[str] = []
    made = Upload(NUMBER, "evidence", "证据.pdf", CONTENT, hub.ask, lambda: None, finished.append)
    return made, finished


def begun(**fields: Any) -> m.AttachmentBegun:
    return m.AttachmentBegun(attachment_id=ID, chunk_bytes=CHUNK_BYTES, **fields)


def test_a_file_goes_up_chunk_by_chunk_and_is_finished() -> None:
    hub = Hub()
    made, finished = upload(hub)
    announced = hub.answer(begun())
    assert (announced.size_bytes, announced.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    sent = b""
    for ordinal in range(3):
        assert len(hub.waiting) == 1
        chunk = hub.answer(m.Done())
        assert chunk.ordinal == ordinal
        sent += chunk.data
        assert made.part == len(sent) / len(CONTENT)
    assert sent == CONTENT
    assert isinstance(hub.answer(m.Done()), m.FinishAttachment)
    assert (made.state, finished) == ("done", [ID])


def test_chunks_that_the_hub_has_are_not_sent_again() -> None:
    hub = Hub()
    made, _ = upload(hub)
    hub.answer(begun(have=(0, 2)))
    assert made.done_bytes == len(CONTENT) - CHUNK_BYTES
    assert hub.answer(m.Done()).ordinal == 1
    assert isinstance(hub.waiting[0][0], m.FinishAttachment)


def test_a_file_that_is_there_already_is_done_at_once() -> None:
    hub = Hub()
    made, finished = upload(hub)
    hub.answer(begun(finished=True))
    assert (made.state, made.part, finished, hub.waiting) == ("done", 1.0, [ID], [])


def test_chunks_of_an_earlier_try_that_were_damaged_are_all_sent_again_once() -> None:
    hub = Hub()
    made, finished = upload(hub)
    hub.answer(begun(have=(0, 1, 2)))
    damaged = m.Rejected(code="attachment_damaged", text="")
    hub.answer(damaged)
    assert [hub.answer(m.Done()).ordinal for _ in range(3)] == [0, 1, 2]
    hub.answer(damaged)
    assert (made.state, made.why, finished) == ("failed", damaged, [])


def test_what_is_given_up_sends_nothing_more() -> None:
    hub = Hub()
    made, finished = upload(hub)
    hub.answer(begun())
    made.give_up()
    hub.answer(m.Done())
    assert (hub.waiting, finished, made.state) == ([], [], "given_up")


def test_a_refusal_ends_it_with_the_hub_s_word() -> None:
    hub = Hub()
    made, _ = upload(hub)
    no = m.Rejected(code="bad_attachment", text="")
    hub.answer(no)
    assert (made.state, made.why, hub.waiting) == ("failed", no, [])


def test_a_paper_is_fetched_to_its_last_chunk() -> None:
    hub, came = Hub(), list[bytes]()
    made = Download(ID, "证据.pdf", len(CONTENT), hub.ask, lambda: None, came.append)
    for ordinal in range(3):
        data = CONTENT[ordinal * CHUNK_BYTES : (ordinal + 1) * CHUNK_BYTES]
        assert hub.answer(m.AttachmentChunk(data=data, more=ordinal < 2)).ordinal == ordinal
    assert came == [CONTENT]
    assert (made.state, hub.waiting) == ("done", [])
