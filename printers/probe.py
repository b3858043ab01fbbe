"""Finds out what a printer answers, so that the hall's file can say it: for `bancheng printer probe`.

Questions are asked one by one on a bare line, each answer read as only that question can be answered. Sources are
Epson's command reference (DLE EOT, GS I, GS a, GS r, GS ( H) and what clones do with it.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace
from PIL import Image, ImageDraw

from hub.domain.hall import Value
from hub.domain.printer import Confirmation, Printer
from printers.connection import Connection
from printers.conversation import TROUBLES
from printers.lettering import face
from printers.status import (
    ASB_ON,
    ASK_ERROR,
    ASK_OFFLINE_CAUSE,
    ASK_PAPER,
    ASK_PRINTER,
    FENCE,
    AsbBlock,
    Condition,
    Demultiplexer,
    ErrorCause,
    FenceAnswer,
    Heard,
    OfflineCause,
    PaperSensor,
    PrinterStatus,
    ProcessId,
    RealTime,
    ask,
    process_id_request,
)

T = TypeVar("T")

ASB_OFF = b"\x1da\x00"
OUR_ID = b"HALL"
TRIES = 2
DOTS_PER_MM = 8
RULER_DOTS = 832
"""Wider than any printer here, so that its edge is where the printer's is."""
LABEL_EVERY_MM = 4
_USUAL = Printer(name="", url="")
_INFORMATION = re.compile(rb"_([\x20-\x7e]{1,80})\x00")
_ABOUT = {66: "maker", 67: "model", 68: "serial", 65: "firmware", 69: "own fonts"}
"""`GS I n`, answered `_text NUL`."""


class Found(Value, frozen=True):
    """What a printer answered. `condition` is `silent` where it answers no `DLE EOT`.

    `about` is what it says of itself, by name; `says_why` whether it tells what error it has (DLE EOT 3); `reports`
    whether it tells every change by itself (GS a); `strange_bytes` came and were no answer to anything.
    """

    condition: Condition
    about: dict[str, str]
    says_why: bool
    reports: bool
    process_id: bool
    fence: bool
    strange_bytes: int

    @property
    def confirmation(self) -> Confirmation:
        """The best of what it answered."""
        return "process_id" if self.process_id else "fence" if self.fence else "none"

    @property
    def answers(self) -> bool:
        return self.condition != "silent" or self.process_id or self.fence or bool(self.about)

    @property
    def own_font(self) -> str:
        """The text setting that its own fonts suit; empty where it does not say that they are Chinese."""
        fonts = self.about.get("own fonts", "").upper()
        return "gb18030" if "18030" in fonts else "gb2312" if "2312" in fonts else ""


class Prober:
    """One open line; `answer_s` is how long each answer is waited for, twice."""

    def __init__(
        self, line: Connection, answer_s: float = 1.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._line, self._answer_s, self._now = line, answer_s, monotonic
        self._strange = 0

    def probe(self, tell: Callable[[str], None] = lambda step: None) -> Found:
        """Asks everything, telling each step; raises `ConnectionLost`."""
        tell("status")
        self._settle(b"")  # what an earlier program was still to be answered
        condition = self._condition()
        says_why = condition != "silent" and self._real_time(ASK_ERROR) is not None
        about: dict[str, str] = {}
        for n, name in _ABOUT.items():
            tell(name)
            if said := self._information(n):
                about[name] = said
            elif name == "model":
                break  # it knows neither: the other three would only take their time
        tell("automatic status")
        reports = self._heard(ASB_ON, _first(AsbBlock)) is not None
        self._settle(ASB_OFF)
        tell("process id")
        process_id = self._heard(process_id_request(OUR_ID), _first(ProcessId)) == ProcessId(OUR_ID)
        tell("fence")
        fence = self._heard(FENCE, _first(FenceAnswer)) is not None
        return Found(
            condition=condition,
            about=about,
            says_why=says_why,
            reports=reports,
            process_id=process_id,
            fence=fence,
            strange_bytes=self._strange,
        )

    def answers(self) -> bool:
        """Whether it answers the plainest question: is the rate right?"""
        return self._real_time(ASK_PRINTER) is not None

    def print_ruler(self) -> None:
        """A scale that runs off the paper's edge, and no cut: what is torn off is two fingers wide."""
        data, sent = ruler(), 0
        until = self._now() + 10 * self._answer_s
        while sent < len(data) and self._now() < until:
            sent += self._line.exchange(data[sent:], self._answer_s)[0]

    # --- asking

    def _condition(self) -> Condition:
        """How it is, as `Conversation.look` reads it; `silent` when one of the three is not answered."""
        if (status := self._real_time(ASK_PRINTER)) is None:
            return "silent"
        paper, cause = self._real_time(ASK_PAPER), self._real_time(ASK_OFFLINE_CAUSE)
        if paper is None or cause is None:
            return "silent"
        why = OfflineCause.parse(cause)
        sensor = PaperSensor.parse(paper)
        if why.cover_open:
            return "cover_open"
        if sensor.out or why.paper_end:
            return "paper_out"
        if why.error or PrinterStatus.parse(status).offline:
            error = self._real_time(ASK_ERROR)
            return "fault" if error is None else ErrorCause.parse(error).condition
        return "paper_near_end" if sensor.near_end else "ready"

    def _real_time(self, n: int) -> bytes | None:
        found = self._heard(ask(n), _first(RealTime))
        return found.to_bytes() if found else None

    def _information(self, n: int) -> str:
        found = self._raw(b"\x1dI" + bytes((n,)), lambda heard: _INFORMATION.search(heard))
        return found[1].decode("ascii").strip() if found else ""

    def _heard(self, question: bytes, wanted: Callable[[list[Heard]], T | None]) -> T | None:
        """What is wanted of the frames that come after the question; None within the time."""
        streams: list[Demultiplexer] = []

        def read(heard: bytes) -> T | None:
            streams.append(Demultiplexer())
            return wanted(streams[-1].feed(heard))

        found = self._raw(question, read)
        self._strange += streams[-1].nonsense_bytes if streams else 0
        return found

    def _settle(self, command: bytes) -> None:
        """Sends what is not answered, and lets pass what comes."""
        until = self._now() + self._answer_s / 2
        while self._now() < until:
            written, _ = self._line.exchange(command, self._answer_s / 10)
            command = command[written:]

    def _raw(self, question: bytes, read: Callable[[bytes], T | None]) -> T | None:
        """Asks, at most twice, and reads until `read` makes something of all that came."""
        for _ in range(TRIES):
            heard, unsent = b"", question
            until = self._now() + self._answer_s
            while self._now() < until:
                written, more = self._line.exchange(unsent, self._answer_s / 10)
                unsent, heard = unsent[written:], heard + more
                if more and (found := read(heard)) is not None:
                    return found
        return None


def _first(kind: type[T]) -> Callable[[list[Heard]], T | None]:
    return lambda heard: next((one for one in heard if isinstance(one, kind)), None)


def ruler() -> bytes:
    """A scale of millimetres as ESC/POS, each fourth labelled on the left of its line.

    The last line that is whole stands where the printer ends. Fed out, not cut.
    """
    picture = Image.new("1", (RULER_DOTS, 64), 1)
    pen = ImageDraw.Draw(picture)
    digits = face("Bold", 26)
    for mm in range(1, RULER_DOTS // DOTS_PER_MM + 1):
        right = mm * DOTS_PER_MM - 1
        labelled = mm % LABEL_EVERY_MM == 0
        pen.line((right, 0 if labelled else 44, right, 63), fill=0)
        if labelled:
            pen.text((right - 2, 0), str(mm), font=digits, fill=0, anchor="rt")
    dots = bytes(255 - byte for byte in picture.tobytes())
    stride = RULER_DOTS // 8
    head = b"\x1b@\x1dv0\x00" + bytes((stride & 0xFF, stride >> 8, picture.height, 0))
    return head + dots + b"\x1bJ\xc8"


def width_dots(last_mm: int) -> int:
    """The printer's width by the last label whose line is whole."""
    return last_mm * DOTS_PER_MM


def suggestion(printer: Printer, found: Found, last_mm: int | None = None, *, slow: bool = False) -> str:
    """What to write into `hall.toml` of a printer, as TOML; `last_mm` is what the ruler showed, if it was asked."""
    lines = ["[[printers]]", f'name = "{printer.name}"', f'url = "{printer.url}"']
    if printer.url.startswith("/"):
        lines.append(f"baud = {printer.baud}")
    if last_mm is not None:
        wide = width_dots(last_mm)
        paper_mm = 58 if wide <= 58 * DOTS_PER_MM - 40 else 80
        lines.append(f"paper_mm = {paper_mm}")
        if wide != {58: 384, 80: 576}[paper_mm]:
            lines.append(f"width_dots = {wide}")
    else:
        lines.append(f"paper_mm = {printer.paper_mm}  # the roll's width: 58 or 80")
    if found.own_font and slow:
        printer = replace(printer, text=found.own_font)
    kept = {key: getattr(printer, key) for key in ("text", "ending", "density", "feed_rows", "dots_per_mm")}
    lines += [f"{key} = {json.dumps(value)}" for key, value in kept.items() if value != getattr(_USUAL, key)]
    lines.append(f'confirmation = "{found.confirmation}"')
    return "\n".join(lines) + "\n"


def trouble(condition: Condition) -> str:
    """What to do about a condition that keeps it from printing; empty when nothing does."""
    return TROUBLES[condition][1] if condition in TROUBLES else ""
