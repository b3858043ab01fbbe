"""What is seen of calls: the list and the cards in pictures of the wall, and the lines of an emulated board."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

from PIL import Image

from benchmarks.reading import tall_words
from display.board import PLACES
from tests.screen import Screen

CALL = "请到"
"""Stands in a line of the board that calls somebody."""
POLL_S = 0.002
CARDS_EVERY_S = 0.4
"""So often the cards are read; a call stands for eight seconds."""
FRAME_PX = 16
"""A card's frame and round corners, which are no words."""
SMALLER = 2
"""Pictures of cards are kept at half the size: there are thousands."""


class Watch:
    """What was seen of the wall and on the board, with the moment of each change."""

    def __init__(self, screen: Screen, board: Path) -> None:
        self._screen, self._board = screen, board
        self._strip = screen.seen()["touch"]["recent"]
        self._before = self._glance()
        self._listed: list[tuple[float, Image.Image]] = []
        self._cards: list[tuple[float, list[Image.Image]]] = []
        self.led: list[tuple[float, list[str]]] = []
        self._told = board.stat().st_size
        self._cards_s = 0.0

    def look(self) -> None:
        now_s = time.monotonic()
        if (glance := self._glance()) != self._before:
            self._before = glance
            time.sleep(POLL_S)  # the picture is put on the screen in one piece, but not in no time
            left, top, width, height = self._strip
            picture = self._screen.picture(top, top + height).crop((left, 0, left + width, height))
            self._listed.append((now_s, picture.convert("L")))
        if self._board.stat().st_size > self._told:
            self._read_board(now_s)
        if now_s - self._cards_s > CARDS_EVERY_S:
            self._cards_s = now_s
            self._cards.append((now_s, self._cut()))

    def calling(self) -> bool:
        """Whether somebody is still called: more than the last card stands, or a call is on the board."""
        return len(self._cards[-1][1]) > 1 or any(CALL in line for _, lines in self.led[-1:] for line in lines)

    def lists(self) -> list[tuple[float, list[str]]]:
        """The last calls that were seen, read only now: reading would take from what is measured."""
        title_px = self._screen.seen()["touch"]["recent.1"][0] - self._strip[0]
        numbers = [picture.crop((title_px, 0, *picture.size)) for _, picture in self._listed]
        read = [re.findall(r"[A-Z]+[0-9]+", tall_words(picture)) for picture in numbers]
        return [(at, numbers) for (at, _), numbers in zip(self._listed, read, strict=True)]

    def cards(self) -> list[tuple[float, list[str]]]:
        """And the cards."""
        return [(at, [tall_words(picture) for picture in pictures]) for at, pictures in self._cards]

    def _glance(self) -> bytes:
        left, top, width, height = self._strip
        return self._screen.part(left, top, width, height)

    def _cut(self) -> list[Image.Image]:
        """Each card, without its frame, and small: there are thousands."""
        touch, less = self._screen.seen()["touch"], FRAME_PX
        places = [touch[key] for key in (f"call.{number}" for number in range(1, PLACES + 1)) if key in touch]
        if not places:
            return []
        above = min(top for _, top, _, _ in places)
        picture = self._screen.picture(above, max(top + height for _, top, _, height in places))
        return [
            picture.crop((left + less, top - above + less, left + width - less, top - above + height - less))
            .convert("L")
            .reduce(SMALLER)
            for left, top, width, height in places
        ]

    def _read_board(self, now_s: float) -> None:
        with self._board.open("rb") as log:
            log.seek(self._told)
            lines = log.read().splitlines(keepends=True)
        for line in lines:
            if line.endswith(b"\n"):
                self._told += len(line)
                if b'"shown"' in line:
                    self.led.append((now_s, json.loads(line)["shown"]))
