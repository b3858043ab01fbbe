"""The keyboard on the glass: keys or a field to write in, and what may be picked: candidates, else phrases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets.text import width_of
from kiosk.input import layouts
from kiosk.input.layouts import MOST_KEYS, OF_STROKES
from kiosk.input.phrases import Phrase, Phrases
from kiosk.input.room import Sizes, field_px, room_of, row_px
from kiosk.input.writing import Writing
from kiosk.screens.handwriting import WritingField
from kiosk.screens.key_rows import KEY_PX, WORD_PX, KeyRows, letter_key
from kiosk.screens.kit import Key, Kit
from kiosk.screens.offers import Offers
from kiosk.screens.spoken import unspoken

_EASY_MM = 15.0
_MOST_PX, _OFFER_PX, _STRIP_PX, _GAP_PX = 108, 76, 34, 12
_KEY_SIDES_PX = 10
_DIGITS_WIDER = 2.4
_LINE = 1.35
"""So many times its size is a key's word high, with the air around it."""

Placed = tuple[Any, tuple[float, float, float, float]]
"""A widget, and its x, y, width and height."""


def sizes_of(kit: Kit) -> Sizes:
    """What a keyboard needs on this glass, in this citizen's letters."""
    return Sizes(
        least_px=max(kit.target_px(0, main=False), round(kit.side_px(0) * _LINE)),
        easy_px=max(kit.scale.px(_EASY_MM), round(kit.side_px(0) * _LINE)),
        most_px=kit.target_px(_MOST_PX, main=False),
        gap_px=kit.gap_px(_GAP_PX),
        offer_px=max(kit.target_px(_OFFER_PX, main=False), round(kit.side_px(KEY_PX) * 1.4)),
        strip_px=round(kit.side_px(_STRIP_PX) * 1.35),
    )


class Keyboard(Widget):
    """Writes into a `Writing` and calls `changed` after every key; lays itself out anew in whatever room it gets.

    `within` tells how much height it may take; `phrases` are offered while nothing is being composed; `take` puts
    another field under the fingers.
    """

    def __init__(
        self,
        kit: Kit,
        writing: Writing,
        changed: Callable[[], None],
        *,
        phrases: Phrases | None = None,
    ) -> None:
        super().__init__(size_hint_y=None, width=kit.inner_px)
        self.kit, self.writing, self._changed, self._phrases = kit, writing, changed, phrases
        self._sizes = sizes_of(kit)
        self.height = self._sizes.wanted_px
        unspoken(self)
        self._offered: tuple[Phrase, ...] = ()
        self._rows: dict[layouts.Rows, KeyRows] = {}
        self._over = False
        self._strip = kit.note("", px=_STRIP_PX, size_hint=(None, 1), color=kit.palette.jade, bold=True)
        self._strip.may_be_cut, self._strip.min_px = True, kit.side_px(0)
        self._offers = Offers(kit, self._sizes.offer_px, self._pick)
        self._bar = Offers(kit, self._sizes.offer_px, self._say, called="phrases")
        self.field = WritingField(kit, self._lifted)
        self._of_strokes = [letter_key(kit, key, self._press) for key in OF_STROKES]
        self._shown: Any = None
        moved = Clock.create_trigger(lambda _dt: self._moved(), -1)
        self.bind(pos=moved, size=moved)
        self.show()

    def within(self, box: BoxLayout, leaving: Callable[[float], float] = lambda _height: 0.0) -> None:
        """Takes what it can use of a box's height, and leaves `leaving(height)` to the box's other pieces."""

        def share(_box: BoxLayout, height: float) -> None:
            left = leaving(height)
            self.height = self.height_in(height - (left + box.spacing if left else 0))

        box.bind(height=share)
        share(box, box.height)

    def height_in(self, room_px: float) -> float:
        """The height it takes of so much: never less than keys need, never more than is useful."""
        return max(self._sizes.needed_px, min(room_px, self._sizes.wanted_px))

    def take(self, writing: Writing) -> None:
        self.writing = writing
        self.show()

    def state(self) -> str:
        """Keyboard, characters written, letters or strokes being composed, page of candidates: `pinyin.4.9.0`."""
        writing = self.writing
        composing = len(writing.handwriting.strokes) if writing.layout == "hand" else len(writing.composition.letters)
        return f"{writing.layout}.{len(writing.text)}.{composing}.{self._offers.page}"

    def wipe(self) -> None:
        """Letters, strokes and candidates, and the textures they were drawn with. Its keys go to the next keyboard."""
        self.writing.wipe()
        self.field.wipe()
        self._offers.wipe()
        self._bar.wipe()
        self._strip.text, self._offered = "", ()
        self._over = True
        for wanted, rows in self._rows.items():
            rows.give_back()
            self.kit.spare_keys[wanted] = rows
        self._rows.clear()

    # --- what fingers do

    def _press(self, key: layouts.Key) -> None:
        self.writing.press(key)
        self._said()

    def _lifted(self) -> None:
        self._said()

    def _pick(self, at: int) -> None:
        if self.writing.composing:
            self.writing.pick(at)
            self._said()
        else:
            self._say(at)

    def _say(self, at: int) -> None:
        self.writing.say(self._offered[at].adds)
        self._said()

    def _said(self) -> None:
        self.show()
        self._changed()

    # --- showing

    def show(self) -> None:
        """The keys, the strokes and what may be picked, as the writing has them now."""
        shown = (self.writing.layout, self.writing.upper)
        if shown != self._shown:
            self._shown = shown
            self._arrange()
        if self.writing.layout == "hand":
            self.field.take(self.writing.handwriting)
            for key in self._of_strokes:
                key.disabled = self.writing.handwriting.empty
        self._show_offers()

    def _show_offers(self) -> None:
        writing = self.writing
        if self._phrases is not None:
            self._offered = self._phrases.offered(writing.text, writing.limit - len(writing.text))
        phrases = [one.text for one in self._offered]
        if self._bar.parent is not None:
            self._bar.show("phrase", phrases, now=False)
        if writing.composing or self._bar.parent is not None:
            self._offers.show("candidate", writing.candidates, now=True)
        else:
            self._offers.show("phrase", phrases, now=False)
        self._strip.text = self._said_above()

    def _said_above(self) -> str:
        """The line above: the letters being composed, or what to do here."""
        writing, words = self.writing, self.kit.words
        if writing.composition.full:
            return f"{writing.composition.letters} {words('composition.full')}"
        if not writing.composition.empty:
            return writing.composition.letters
        if writing.layout == "hand" and not writing.composing:
            alone = self._strip.max_lines == 1 or self._bar.parent is not None or not self._offered
            return words("hand.hint") if alone else ""
        if writing.layout == "hand":
            return "" if writing.candidates else words("hand.none")
        return words("phrases.hint") if self._offered else ""

    # --- placing

    def _moved(self) -> None:
        """Another place or size: what is offered where may differ as well."""
        self._arrange()
        self._show_offers()

    def _arrange(self) -> None:
        """Puts what is up where it belongs; it is taken out and in again only where something else comes up."""
        if self._over:
            return  # the keys are another's by now
        arranged = self._field_arranged() if self.writing.layout == "hand" else self._keys_arranged()
        for widget, place in arranged:
            _put(widget, *place)
        standing = [widget for widget, _ in arranged]
        if standing != [*reversed(self.children)]:
            self.clear_widgets()
            for widget in standing:
                self.add_widget(widget)
        for widget in standing:
            if isinstance(widget, Key):
                self._fit(widget)

    def _keys_arranged(self) -> list[Placed]:
        gap = self._sizes.gap_px
        room = room_of(self.height, self._sizes, offering=self.writing.layout != "digits")
        above: list[Placed] = []
        if room.offer_rows:
            above, top = self._strip_arranged(self.x, self.y + self.height, self.width, room.strip_px)
            offers = room.offer_rows * (self._sizes.offer_px + gap) - gap
            above.append((self._offers, (self.x, top - offers, self.width, offers)))
        return above + self._rows_arranged(room.key_px)

    def _field_arranged(self) -> list[Placed]:
        """The field at the left; beside it the candidates, with 撤一笔 and 重写 below; phrases above where they fit."""
        gap, sizes = self._sizes.gap_px, self._sizes
        key_px = row_px(self.height, sizes)
        side = round(field_px(self.width, self.height, sizes))
        bottom = round(self.y + key_px + gap)
        left, beside = self.x + side + 2 * gap, self.width - side - 2 * gap
        above, top = self.height - key_px - side - 2 * gap, bottom + side + gap
        phrases = self._phrases is not None and above >= sizes.offer_px
        arranged: list[Placed] = [(self._bar, (self.x, top, self.width, above))] if phrases else []
        each = (beside - gap) / 2
        for at, key in enumerate(self._of_strokes):
            arranged.append((key, (round(left + at * (each + gap)), bottom, each, key_px)))
        candidates = (left, bottom + key_px + gap, beside, side - key_px - gap)
        if not phrases and above >= sizes.strip_px:
            arranged += self._strip_arranged(self.x, self.y + self.height, self.width, sizes.strip_px)[0]
        else:  # where the candidates will be
            self._strip.max_lines, self._strip.valign = 0, "top"
            arranged.append((self._strip, candidates))
        arranged += [(self.field, (self.x, bottom, side, side)), (self._offers, candidates)]
        return arranged + self._rows_arranged(key_px)

    def _strip_arranged(self, x: float, top: float, width: float, height: float) -> tuple[list[Placed], float]:
        """The line above, if there is room; where it ends."""
        if not height:
            return [], top
        self._strip.max_lines, self._strip.valign = 1, "middle"
        return [(self._strip, (x, top - height, width, height))], top - height - self._sizes.gap_px

    def _rows_arranged(self, key_px: float) -> list[Placed]:
        gap = self._sizes.gap_px
        unit = (self.width - (MOST_KEYS - 1) * gap) / MOST_KEYS
        if self.writing.layout == "digits":
            unit = min(unit * _DIGITS_WIDER, (self.width - 2 * gap) / 3)
        arranged: list[Placed] = []
        for number, row in enumerate(reversed(self._made())):
            widths = [unit * key.width + (key.width - 1) * gap for key, _ in row]
            x = self.x + (self.width - sum(widths) - (len(row) - 1) * gap) / 2
            for (_, widget), width in zip(row, widths, strict=True):
                arranged.append((widget, (round(x), round(self.y + number * (key_px + gap)), width, key_px)))
                x += width + gap
        return arranged

    def _made(self) -> list[list[tuple[layouts.Key, Key]]]:
        """The keys of the keyboard that is up: once made, they are used again, by the next screen's keyboard too."""
        wanted = self.writing.rows
        if wanted not in self._rows:
            rows = self.kit.spare_keys.pop(wanted, None) or KeyRows(self.kit, wanted)
            self._rows[wanted], rows.press = rows, self._press
        return self._rows[wanted].rows

    def _fit(self, key: Key) -> None:
        """A long word, and any on a low key, stands smaller, down to the least that eyes need."""
        room, least = key.width - _KEY_SIDES_PX, self.kit.side_px(0)
        px = max(least, min(self.kit.side_px(KEY_PX if len(key.text) == 1 else WORD_PX), int(key.height / _LINE)))
        while px > least and width_of(key.text, px, bold=True, face=self.kit.face) > room:
            px -= 1
        key.title.font_px = px


def _put(widget: Any, x: float, y: float, width: float, height: float) -> None:
    widget.pos, widget.size = (x, y), (width, height)
