"""The Lumen dialect: the board is divided into a window a line, and each line is a text in its window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from display.led import lumen_calls as calls, lumen_frames as frames, text
from display.led.dialect import Answer, Color, Line, Page, Setting, clock_is_right
from display.led.frames import BadFrame
from display.led.lumen_calls import Brightness, Clock, Division, Packet, PureText, Window
from display.led.lumen_frames import Frame
from hub.domain.hall import Board

_COLORS: dict[Color, tuple[int, int, int]] = {"call": (255, 0, 0), "calm": (0, 255, 0)}
_RESENT = {1: "checksum wrong", 2: "packets out of order"}
"""What a card says of a 7B frame that came broken; other numbers have no published meaning."""


class Lumen:
    """C-Power 5200 and its kin: escapes on a serial line, a head with the network id on TCP (`socket://`)."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._network = board.url.startswith("socket://")
        self.hello = self._framed(Frame(command=frames.VERSION, data=b"\x00", card=board.card))

    def page(self, page: Page, *, anew: bool) -> bytes:
        """All frames of a page in one write; only the last asks for an answer, which a shared pair of wires needs."""
        rows = self._board.height_dots // text.LINE_DOTS
        lines = [*page, *[Line(words="")] * (rows - len(page))]
        contents = [
            PureText(window=row, text=text.encoded(line.words or " "), rgb=_COLORS[line.color]).to_content()
            for row, line in enumerate(lines)
        ]
        if anew:
            contents.insert(0, self._division(rows))
        return b"".join(
            self._framed(
                Frame(
                    command=frames.EXTERNAL,
                    data=Packet(content=content).to_data(),
                    mark=int(at == len(contents)),
                    card=self._board.card,
                )
            )
            for at, content in enumerate(contents, start=1)
        )

    def settings(self, now: dt.datetime, levels: tuple[int, ...]) -> tuple[Setting, ...]:
        def near(data: bytes) -> bool:
            return clock_is_right(calls.parse_clock(data).at, now)

        found = [self._setting("clock", frames.TIME, near, Clock(at=now).to_data())]
        if levels:
            wanted = Brightness(levels=tuple(round(one * calls.MOST_BRIGHT / 100) for one in levels))

            def same(data: bytes) -> bool:
                return calls.parse_brightness(data) == wanted

            found.append(self._setting("brightness", frames.BRIGHTNESS, same, wanted.to_data()))
        return tuple(found)

    def answers(self, received: bytearray) -> list[Answer]:
        if self._network:
            return [_answer(frames.parse_network, one) for one in frames.split_network(received)]
        return [_answer(frames.parse_serial, one) for one in frames.split_serial(received)]

    def introduction(self, hello: Answer) -> str:
        if len(hello.data) < 8:
            return "a C-Power card"
        return f"a C-Power card of type {hello.data[1]:02X}, APP {hello.data[7] >> 4}.{hello.data[7] & 15}"

    def _division(self, rows: int) -> bytes:
        width, high = self._board.width_dots, text.LINE_DOTS
        windows = (Window(x=0, y=row * high, width=width, height=high) for row in range(rows))
        return Division(windows=tuple(windows)).to_content()

    def _framed(self, frame: Frame) -> bytes:
        return frame.to_network(self._board.network_id) if self._network else frame.to_serial()

    def _setting(self, name: str, command: int, is_right: Callable[[bytes], bool], change: bytes) -> Setting:
        def judged(data: bytes) -> bool:
            try:
                return is_right(data)
            except BadFrame:
                return False

        card = self._board.card
        return Setting(
            name=name,
            question=self._framed(Frame(command=command, data=calls.ASK, card=card)),
            is_right=judged,
            change=self._framed(Frame(command=command, data=change, card=card)),
        )


def _answer(parse: Callable[[bytes], Frame], one: bytes) -> Answer:
    try:
        frame = parse(one)
    except BadFrame as wrong:
        return Answer(kind="noise", why=f"what came is no answer: {wrong}")
    if frame.command == frames.EXTERNAL:
        if frame.mark in _RESENT:
            return Answer(kind="garbled", why=f"error {frame.mark}, {_RESENT[frame.mark]}")
        return Answer(kind="refused", why=f"error {frame.mark}") if frame.mark else Answer(kind="ok")
    if frame.command != frames.VERSION and frame.data[:1] != b"\x01":
        return Answer(kind="refused", why=f"command {frame.command:02X} failed")
    return Answer(kind="ok", data=frame.data)
