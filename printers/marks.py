"""What is sent behind a paper and answered when all before it is printed: the ground that "printed" stands on. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from hub.domain.hall import Value
from printers.status import FENCE, FenceAnswer, ProcessId, process_id_request

Answer = FenceAnswer | ProcessId


class Fence(Value, frozen=True):
    """`GS r 1`, queued behind the paper. Its answer is one byte that names nobody, so it must stand alone."""

    name = "GS r 1"

    def to_bytes(self) -> bytes:
        return FENCE

    def answer(self, heard: Iterable[Answer]) -> Answer | None:
        return next((one for one in heard if isinstance(one, FenceAnswer)), None)


class Process(Value, frozen=True):
    """`GS ( H` with an id of this paper's own: another paper's late answer is none to this one."""

    id: bytes
    name = "GS ( H"

    def to_bytes(self) -> bytes:
        return process_id_request(self.id)

    def answer(self, heard: Iterable[Answer]) -> Answer | None:
        return next((one for one in heard if one == ProcessId(self.id)), None)


Mark = Fence | Process
