"""The fields of a step, each under its name, with what it still lacks or why the hub refused it beside that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.uix.widget import Widget

from counter.phrasing import Phrasing
from counter.screens.choices import Choice, Choices, Option, Tick
from counter.screens.fields import Number, Words
from counter.screens.parts import HEAD_PX, RADIUS_PX, SMALL_PX, Column, Row, small
from counter.steps.shape import Field
from display.theme import touchmap
from display.theme.palette import NORMAL as P, Colour
from display.theme.widgets import Panel, Text
from hub.domain.deadline import Calendar
from hub.domain.extension import extended

LARGE_PX, TALL_PX, DUE_PX, PLACE_PX, TWO_LINES_PX = 96, 120, 100, 80, 112
NARROW, SHORT_HINT, ONE_LINE = 10, 13, 40
"""Characters that a title and a hint may have where three choices stand beside each other, and one line of a hint."""
MOST_DAYS = 250

Change = Callable[[str, str], None]


class Question(Column):
    """One field of a form: its name, a remark beside it, and what it is filled in with."""

    def __init__(
        self,
        code: str,
        field: Field,
        phrases: Phrasing,
        calendar: Calendar,
        change: Change,
        *,
        said: str,
        height_px: float,
    ) -> None:
        super().__init__(spacing=8)
        self.field, self._phrases, self._calendar, self._change = field, phrases, calendar, change
        self.remark = small("", align="right", size_hint_y=1)
        name = phrases.field(code, field)
        optional = phrases.words("compose.optional") if not field.required and field.kind != "yes" else ""
        if field.kind != "yes":
            title = Text(name, font_px=HEAD_PX - 2, bold=True, hug=True, size_hint_y=1)
            self.add_widget(Row(title, small(optional, hug=True, size_hint_y=1), self.remark, height=38, spacing=8))
        self.after: Text | None = None
        self.entry = self._made(code, name, said, height_px)

    # --- what it is filled in with

    def _made(self, code: str, name: str, said: str, height_px: float) -> Any:
        field, phrases = self.field, self._phrases
        match field.kind:
            case "choice" | "many":
                return self._choices(code, said)
            case "yes":
                tick = Tick(field.name, said == field.token, self._ticked, text=name)
                tick.title.max_lines, tick.title.min_px = 2, 20
                self.add_widget(tick)
                return tick
            case "days":
                return self._days(said)
            case _:
                words = Words(
                    field.name,
                    said,
                    self._change,
                    hint=phrases.hint(code, field),
                    rows=1 if field.kind == "line" else 4,
                )
                if field.kind != "line":
                    words.height = height_px
                touchmap.name(words.input, f"compose.{field.name}")
                self.add_widget(words)
                return words

    def _choices(self, code: str, said: str) -> Any:
        field = self.field
        options = [Option(one.code, *self._phrases.choice(code, field, one)) for one in field.choices]
        if not options:
            self.add_widget(small(self._phrases.missing(code, f"{field.name}.none")))
            return None
        columns = self._columns(options)
        if field.kind == "many":
            chosen = Choices(field.name, tuple(said.splitlines()), self._several, options=options, columns=columns)
            self.add_widget(chosen)
            return chosen
        one_of = Choice(
            field.name,
            said,
            self._change,
            options=options,
            columns=columns,
            free=not field.required,
            row_px=self._row_px(options),
        )
        for touch in one_of.touches.values():
            if field.large and columns > 3:  # the tick stands above the words
                touch.title.font_px, touch.title.valign, touch.padding = 25, "bottom", (18, 14)
            elif field.large:
                touch.title.font_px, touch.title.min_px = HEAD_PX, 22
            if columns == 1:
                touch.subtitle.max_lines = 2
            elif len(touch.text) <= NARROW:
                touch.title.max_lines = 1
        self.add_widget(one_of)
        return one_of

    def _row_px(self, options: list[Option]) -> float:
        """How high each is; 0: as the choices themselves think."""
        if any(one.due is not None for one in self.field.choices):
            return DUE_PX
        if max(len(one.hint) for one in options) > ONE_LINE:
            return TWO_LINES_PX
        if self.field.large:
            return TALL_PX if self._columns(options) > 3 else LARGE_PX
        return PLACE_PX if self.field.name == "department" else 0

    def _columns(self, options: list[Option]) -> int:
        """As many beside each other as their words allow."""
        longest = max(len(one.title) for one in options)
        hint = max(len(one.hint) for one in options)
        if longest > 2 * NARROW or hint > SHORT_HINT:
            return 1
        if self.field.large and len(options) <= 5 and longest <= NARROW:
            return len(options)
        return 3 if longest <= NARROW else 2

    def _days(self, said: str) -> Number:
        most = self.field.most or MOST_DAYS
        number = Number(self.field.name, int(said or 1), self._counted, least=1, most=most)
        self._date = Text("", font_px=30, bold=True, size_hint_y=1, max_lines=1, min_px=22)
        self._how = Text("", font_px=SMALL_PX, color=P.ink_2, pitch=1.4)
        shown = Panel(orientation="vertical", fill=P.gold_soft, radius_px=RADIUS_PX, padding=(24, 8))
        shown.add_widget(self._date)
        unit = Text(self._phrases.words("compose.days"), font_px=25, hug=True, size_hint_y=1)
        self.add_widget(Row(number, unit, shown, height=68, spacing=16))
        self.add_widget(self._how)
        self._tell(number.value)
        return number

    def _tell(self, wd: int) -> None:
        if self.field.due is None:
            return
        due = extended(self._calendar, self.field.due, wd)
        self._date.text = self._phrases.words("compose.until", due=self._phrases.say.due(due))
        self._how.text = self._phrases.say.explained(due).replace("\n", "")

    # --- what changes

    def _ticked(self, name: str, value: bool) -> None:
        self._change(name, self.field.token if value else "")

    def _several(self, name: str, value: tuple[str, ...]) -> None:
        self._change(name, "\n".join(value))

    def _counted(self, name: str, value: int) -> None:
        self._tell(value)
        self._change(name, str(value))

    # --- what is said beside it

    def say(self, remark: str, *, wrong: bool = False) -> None:
        """A remark beside the name; in the colour of what must be mended when it is wrong. A tick says it below."""
        if self.field.kind == "yes":
            if self.after is None and remark:
                self.after = small("")
                self.add_widget(self.after)
            if self.after is not None:
                self.after.text, self.after.color = remark, P.seal
            return
        self.remark.text = remark
        self.remark.color, self.remark.bold = (P.seal, True) if wrong else (P.ink_2, False)

    def step(self, by: int) -> None:
        """The next of what can be chosen, or the one before."""
        if self.field.kind == "days":
            self.entry.move(by)
        else:
            self.entry.step(by)

    def take_focus(self) -> None:
        if hasattr(self.entry, "take_focus"):
            self.entry.take_focus()

    def wipe(self) -> None:
        """Takes what was typed off the screen."""
        if hasattr(self.entry, "wipe"):
            getattr(self.entry, "words", self.entry).input.focus = False
            self.entry.wipe()


def notes(words: list[str], *, fill: Colour = P.gold_soft, font_px: float = 23) -> Widget:
    """What the document wants, said calmly before it is sent."""
    panel = Panel(orientation="vertical", fill=fill, radius_px=RADIUS_PX, padding=(24, 16), spacing=6)
    panel.size_hint_y = None
    panel.bind(minimum_height=panel.setter("height"))
    for one in words:
        panel.add_widget(Text(one, font_px=font_px, pitch=1.5))
    return panel


def quoted(name: str, text: str) -> Widget:
    """Somebody's own words, in full."""
    paper = Panel(orientation="vertical", fill=P.paper, frame=P.hair, frame_px=2, radius_px=RADIUS_PX)
    paper.padding, paper.size_hint_y = (24, 16), None
    paper.bind(minimum_height=paper.setter("height"))
    paper.add_widget(Text(text, font_px=24, pitch=1.55))
    return Column(small(name), paper, spacing=6)
