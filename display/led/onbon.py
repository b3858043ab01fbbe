"""The Onbon dialect: a page is one frame with a dynamic area a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from display.led import frames, onbon_settings, text
from display.led.dialect import Answer, AnswerKind, Color, Line, Page, Setting, clock_is_right
from display.led.frames import Area, BadFrame, DynamicText, Frame
from display.led.onbon_settings import READ_STATUS, SetBrightness, SetClock, Status
from hub.domain.hall import Board

FORGET_S = 30
"""The board clears itself when it hears nothing for so long: no text is better than an old one."""
FONT = rb"\FO000"
_COLORS: dict[Color, bytes] = {"call": rb"\C1", "calm": rb"\C2"}
_KINDS: dict[int, AnswerKind] = {frames.ERR_BUSY: "busy", frames.ERR_CHECKSUM: "garbled"}


class Onbon:
    """BX-5K and BX-6K, the same on a serial line and on TCP."""

    hello = Frame(data=onbon_settings.PING).to_bytes()

    def __init__(self, board: Board) -> None:
        self._board = board

    def page(self, page: Page, *, anew: bool) -> bytes:
        return Frame(data=self.request(page).to_data()).to_bytes()

    def request(self, page: Page) -> DynamicText:
        """The page as areas; lines without words are areas too, so that nothing old stays."""
        rows = self._board.height_dots // text.LINE_DOTS
        lines = [*page, *[Line(words="")] * (rows - len(page))]
        return DynamicText(areas=tuple(self._area(row, line) for row, line in enumerate(lines)))

    def settings(self, now: dt.datetime, levels: tuple[int, ...]) -> tuple[Setting, ...]:
        found = [_setting("clock", SetClock(at=now).to_data(), lambda told: clock_is_right(told.clock, now))]
        if levels:
            level = round(levels[now.hour] * onbon_settings.MOST_BRIGHT / 100)
            change = SetBrightness(level=level).to_data()
            found.append(_setting("brightness", change, lambda told: told.brightness == level))
        return tuple(found)

    def answers(self, received: bytearray) -> list[Answer]:
        return [_answer(one) for one in frames.split(received)]

    def introduction(self, hello: Answer) -> str:
        return "an Onbon card" if hello.kind == "ok" else f"an Onbon card that answers: {hello.why}"

    def _area(self, row: int, line: Line) -> Area:
        return Area(
            area_id=row,
            x=0,
            y=row * text.LINE_DOTS,
            width=self._board.width_dots,
            height=text.LINE_DOTS,
            text=FONT + _COLORS[line.color] + text.encoded(line.words or " "),
            timeout_s=FORGET_S,
        )


def _setting(name: str, change: bytes, is_right: Callable[[Status], bool]) -> Setting:
    def judged(data: bytes) -> bool:
        try:
            return is_right(onbon_settings.parse_status(data))
        except BadFrame:
            return False

    return Setting(
        name=name,
        question=Frame(data=READ_STATUS).to_bytes(),
        is_right=judged,
        change=Frame(data=change).to_bytes(),
    )


def _answer(frame: bytes) -> Answer:
    try:
        data = frames.parse(frame).data
        if data[:1] != b"\xa0":
            return Answer(kind="ok", data=data)  # what was asked for
        reply = frames.parse_reply(data)
    except BadFrame as wrong:
        return Answer(kind="noise", why=f"what came is no answer: {wrong}")
    if reply.ok:
        return Answer(kind="ok")
    kind = _KINDS.get(reply.error, "refused")
    return Answer(kind=kind, why=f"error {reply.error}, {frames.ERRORS.get(reply.error, 'of no known name')}")
