"""Papers on their way: sent up in chunks and fetched in chunks, one chunk under way at a time. Pure.

Resumable: the hub says which chunks of the same content it has, and only the others are sent. `ask` is asked again by
the link until it is answered, so that a hub that was away only delays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Literal

from hub.domain.attachment import AttachmentKind, chunk_count
from hub.wire.messages import (
    Answer,
    AttachmentBegun,
    AttachmentChunk,
    BeginAttachment,
    Command,
    FinishAttachment,
    ReadAttachment,
    Rejected,
    SendChunk,
)

Ask = Callable[[Command, Callable[[Answer], None]], None]
State = Literal["under_way", "done", "failed", "given_up"]


class Transfer:
    """What a progress bar shows. `content` is forgotten when it is given up."""

    def __init__(self, name: str, size_bytes: int, ask: Ask, changed: Callable[[], None]) -> None:
        self.name, self.size_bytes = name, size_bytes
        self.done_bytes = 0
        self.state: State = "under_way"
        self.why: Rejected | None = None
        """The hub's word when it failed."""
        self._ask_hub, self._changed = ask, changed

    @property
    def part(self) -> float:
        """How much is done, 0 to 1."""
        return 1.0 if self.state == "done" else min(1.0, self.done_bytes / max(1, self.size_bytes))

    def give_up(self) -> None:
        """Nothing more is sent or kept; answers still under way no longer count."""
        self.state = "given_up"

    def _ask(self, command: Command, then: Callable[[Answer], None]) -> None:
        def answered(answer: Answer) -> None:
            if self.state != "under_way":
                return
            if isinstance(answer, Rejected):
                if not self._mended(answer):
                    self.state, self.why = "failed", answer
                    self._failed()
            else:
                then(answer)
            self._changed()

        self._ask_hub(command, answered)

    def _mended(self, _refusal: Rejected) -> bool:
        """Whether there is another way than failing, and it was taken."""
        return False

    def _failed(self) -> None:
        """What is kept is let go."""


class Upload(Transfer):
    """One file to one case. Begins at once; `finished` is called when the hub has it whole."""

    def __init__(
        self,
        case_number: str,
        kind: AttachmentKind,
        name: str,
        content: bytes,
        ask: Ask,
        changed: Callable[[], None],
        finished: Callable[[str], None],
    ) -> None:
        super().__init__(name, len(content), ask, changed)
        self._content, self._finished = content, finished
        self._left: list[int] = []
        self._id = ""
        self._chunk_bytes = 1
        self._anew = False
        digest = hashlib.sha256(content).hexdigest()
        wanted = BeginAttachment(case_number=case_number, kind=kind, name=name, size_bytes=len(content), sha256=digest)
        self._ask(wanted, self._begun)

    def give_up(self) -> None:
        super().give_up()
        self._failed()

    def _mended(self, refusal: Rejected) -> bool:
        """Chunks of an earlier try that the hub cannot use are all sent again, once."""
        if refusal.code != "attachment_damaged" or self._anew:
            return False
        self._anew, self.done_bytes = True, 0
        self._left = list(range(chunk_count(self.size_bytes)))
        self._next()
        return True

    def _failed(self) -> None:
        self._content = b""

    def _begun(self, answer: Answer) -> None:
        assert isinstance(answer, AttachmentBegun)
        self._id, self._chunk_bytes = answer.attachment_id, answer.chunk_bytes
        if answer.finished:
            self._whole()
            return
        self._left = [one for one in range(chunk_count(self.size_bytes)) if one not in answer.have]
        self.done_bytes = sum(len(self._chunk(one)) for one in answer.have)
        self._next()

    def _next(self) -> None:
        if not self._left:
            self._ask(FinishAttachment(attachment_id=self._id), lambda _answer: self._whole())
            return
        ordinal = self._left[0]
        data = self._chunk(ordinal)
        self._ask(SendChunk(attachment_id=self._id, ordinal=ordinal, data=data), lambda _answer: self._sent(len(data)))

    def _sent(self, length: int) -> None:
        self._left.pop(0)
        self.done_bytes += length
        self._next()

    def _chunk(self, ordinal: int) -> bytes:
        return self._content[ordinal * self._chunk_bytes : (ordinal + 1) * self._chunk_bytes]

    def _whole(self) -> None:
        self.state, self.done_bytes, self._content = "done", self.size_bytes, b""
        self._finished(self._id)


class Download(Transfer):
    """One attachment from the hub, kept in memory only; `finished` gets its bytes."""

    def __init__(
        self,
        attachment_id: str,
        name: str,
        size_bytes: int,
        ask: Ask,
        changed: Callable[[], None],
        finished: Callable[[bytes], None],
    ) -> None:
        super().__init__(name, size_bytes, ask, changed)
        self._id, self._finished = attachment_id, finished
        self._chunks: list[bytes] = []
        self._fetch()

    def give_up(self) -> None:
        super().give_up()
        self._failed()

    def _failed(self) -> None:
        self._chunks = []

    def _fetch(self) -> None:
        self._ask(ReadAttachment(attachment_id=self._id, ordinal=len(self._chunks)), self._came)

    def _came(self, answer: Answer) -> None:
        assert isinstance(answer, AttachmentChunk)
        self._chunks.append(answer.data)
        self.done_bytes += len(answer.data)
        if answer.more and len(self._chunks) < chunk_count(self.size_bytes):
            self._fetch()
            return
        self.state = "done"
        content, self._chunks = b"".join(self._chunks), []
        self._finished(content)
