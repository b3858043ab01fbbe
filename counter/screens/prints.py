"""Buttons that print something here, and what became of it by the printer's own word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from counter.screens.parts import Column, Press, Row, small
from counter.workplace import Workplace
from printers.slip import Slip

Sheets = Callable[[], Sequence[Slip]]


class Prints:
    """One button for each thing to print, and a line on what became of it; bring both up to date with `show`."""

    def __init__(
        self, place: Workplace, choices: Sequence[tuple[str, str, Sheets]], *, idle: str = "", height: float = 72
    ) -> None:
        self.place = place
        self.presses = [Press(key, words, self._printing(sheets), height=height) for key, words, sheets in choices]
        self.said = small("", font_px=23)
        self._idle, self._height = idle, height
        place.printing.forget()
        self.show()

    def column(self) -> Column:
        """The buttons, and below them what became of it."""
        return Column(Row(*self.presses, height=self._height), self.said, spacing=8)

    def show(self) -> None:
        printing, words = self.place.printing, self.place.say.words
        for press in self.presses:
            press.disabled = not printing.possible
        why = words(f"trouble.{printing.why}") if printing.why else ""
        self.said.text = words(f"printing.{printing.state}", why=why) if printing.state else self._idle

    def _printing(self, sheets: Sheets) -> Callable[[], None]:
        return lambda: self.place.printing.print(sheets())
