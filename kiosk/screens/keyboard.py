"""The keyboard on the glass: keys in rows, and above them the letters being composed with their candidates."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Panel
from kiosk.input import layouts
from kiosk.input.layouts import MOST_KEYS, packed
from kiosk.input.writing import Writing
from kiosk.screens.kit import Kit
from kiosk.screens.sizes import SIDE_CAP_MM

KEY_GAP_PX, KEY_HEIGHT_PX = 12, 84
CANDIDATE_PX, CANDIDATE_HEIGHT_PX, CANDIDATE_ROWS = 42, 88, 2
_LETTERS_HEIGHT_PX = 50
_PX, _PITCH = 42, 1.45


class Keyboard(BoxLayout):
    """Writes into a `Writing` and calls `changed` after every key. `take` puts another field under the fingers."""

    def __init__(self, kit: Kit, writing: Writing, changed: Callable[[], None]) -> None:
        super().__init__(orientation="vertical", spacing=kit.gap_px(KEY_GAP_PX), size_hint_y=None)
        self.kit, self.writing, self._changed = kit, writing, changed
        self._gap = kit.gap_px(KEY_GAP_PX)
        self._key_height = kit.target_px(KEY_HEIGHT_PX, main=False)
        self._page = 0
        self._above = BoxLayout(orientation="vertical", spacing=4, size_hint_y=None)
        self._letters = kit.text(
            "", px=36, size_hint_y=None, height=_LETTERS_HEIGHT_PX, color=kit.palette.jade, bold=True
        )
        self._candidates = BoxLayout(spacing=self._gap)
        self._above.height = _LETTERS_HEIGHT_PX + 4 + CANDIDATE_ROWS * CANDIDATE_HEIGHT_PX + self._gap
        self._above.add_widget(self._letters)
        self._above.add_widget(self._candidates)
        self._keys = BoxLayout(orientation="vertical", spacing=self._gap, size_hint_y=None)
        self._keys.height = 4 * self._key_height + 3 * self._gap
        self.height = self._above.height + self._gap + self._keys.height
        self.add_widget(self._above)
        self.add_widget(self._keys)
        self._shown: Any = None
        self._show()

    def take(self, writing: Writing) -> None:
        self.writing = writing
        self._page = 0
        self._show()

    def state(self) -> str:
        """Keyboard, characters written, letters being composed, page of candidates: `pinyin.4.9.0`."""
        writing = self.writing
        return f"{writing.layout}.{len(writing.text)}.{len(writing.composition.letters)}.{self._page}"

    def _press(self, key: layouts.Key) -> None:
        self.writing.press(key)
        self._page = 0
        self._show()
        self._changed()

    def _pick(self, at: int) -> None:
        self.writing.pick(at)
        self._page = 0
        self._show()
        self._changed()

    def _turn(self, by: int) -> None:
        self._page += by
        self._show_candidates()

    # --- showing

    def _show(self) -> None:
        shown = (self.writing.layout, self.writing.upper, self.writing.pinyin)
        if shown != self._shown:
            self._shown = shown
            self._show_keys()
        self._show_candidates()

    def _show_keys(self) -> None:
        self._keys.clear_widgets()
        unit = (self.kit.inner_px - (MOST_KEYS - 1) * self._gap) / MOST_KEYS
        if self.writing.layout == "digits":
            unit *= 2.6
        for row in self.writing.rows:
            widths = [unit * key.width + (key.width - 1) * self._gap for key in row]
            spare = self.kit.inner_px - sum(widths) - (len(row) - 1) * self._gap
            line = BoxLayout(spacing=self._gap, padding=(max(0, spare / 2), 0))
            for key, width in zip(row, widths, strict=True):
                line.add_widget(self._key(key, width))
            self._keys.add_widget(line)

    def _key(self, key: layouts.Key, width: float) -> Widget:
        words = key.text or self.kit.words(f"key.{key.does}")
        plain = key.does in ("letter", "sign")
        return self.kit.letter_key(
            key.name,
            words,
            lambda: self._press(key),
            kind="secondary" if plain else "quiet",
            px=42 if plain else 34,
            size_hint_x=None,
            width=width,
        )

    def _show_candidates(self) -> None:
        composition = self.writing.composition
        self._letters.text = composition.letters
        if composition.full:
            self._letters.text = f"{composition.letters}  {self.kit.words('composition.full')}"
        self._candidates.clear_widgets()
        if not composition.candidates:
            return
        px = self.kit.side_px(CANDIDATE_PX)
        least = self.kit.target_px(96, main=False)
        widths = [max(least, len(one.text) * px + 40) for one in composition.candidates]
        turner = self.kit.target_px(96, main=False)
        room = self.kit.inner_px - turner - self._gap
        starts = packed(widths, room, self._gap, CANDIDATE_ROWS)
        self._page = max(0, min(self._page, len(starts) - 1))
        first = starts[self._page]
        last = starts[self._page + 1] if self._page + 1 < len(starts) else len(widths)
        rows = BoxLayout(orientation="vertical", spacing=self._gap)
        line, used = BoxLayout(spacing=self._gap), 0.0
        lines = [line]
        for at in range(first, last):
            width = min(widths[at], room)
            if used and used + self._gap + width > room:
                line, used = BoxLayout(spacing=self._gap), 0.0
                lines.append(line)
            used += (self._gap if used else 0) + width
            line.add_widget(self._candidate(at - first, at, composition.candidates[at].text, width, px))
        while len(lines) < CANDIDATE_ROWS:
            lines.append(BoxLayout())
        for line in lines:
            line.add_widget(Widget())
            rows.add_widget(line)
        self._candidates.add_widget(rows)
        self._candidates.add_widget(self._turner(turner, self._page > 0, last < len(widths)))

    def _candidate(self, place: int, at: int, text: str, width: float, px: int) -> Widget:
        return self.kit.letter_key(
            f"candidate.{place}",
            text,
            lambda: self._pick(at),
            px=px,
            size_hint_x=None,
            width=width,
            kind="now" if at == 0 else "secondary",
        )

    def _turner(self, width: float, before: bool, after: bool) -> Widget:
        column = BoxLayout(orientation="vertical", spacing=self._gap, size_hint_x=None, width=width)
        for name, possible, by in (("candidates.before", before, -1), ("candidates.after", after, 1)):
            key = self.kit.letter_key(name, self.kit.words(name), partial(self._turn, by), kind="quiet")
            key.disabled = not possible
            column.add_widget(key)
        return column


class Paper(Panel):
    """Where the text stands while it is written: wrapped, the end always in sight, with a count of what is left."""

    def __init__(self, kit: Kit, placeholder: str, limit: int) -> None:
        super().__init__(
            orientation="vertical",
            fill=kit.palette.card,
            frame=kit.palette.jade,
            frame_px=3,
            padding=(36, 14),
            spacing=4,
        )
        self.kit, self._placeholder, self._limit = kit, placeholder, limit
        self._text = kit.text("", px=40, pitch=_PITCH, size_hint_y=1, valign="top")
        self._text.least_cap_mm = SIDE_CAP_MM  # the citizen's own words, as many as there are
        self._text.bind(size=lambda *_: self._fit())
        self._left = kit.note("", px=28, align="right")
        self.add_widget(self._text)
        self.add_widget(self._left)

    def show(self, text: str, composing: str) -> None:
        """The text with a caret; a placeholder while there is none."""
        palette = self.kit.palette
        if text or composing:
            self._text.color = palette.ink
            self._text.text = f"{text}{composing}▏"
        else:
            self._text.color = palette.ink_2
            self._text.text = self._placeholder
        self._left.text = self.kit.words("paper.count", n=len(text), most=self._limit)
        self._fit()

    def _fit(self) -> None:
        """All of it stays in sight: the more there is, the smaller it stands."""
        room = self._text
        room.font_px = self.kit.fitting_px(room.text, room.width, room.height, _PX, _PITCH)

    def wipe(self) -> None:
        self._text.text = ""
