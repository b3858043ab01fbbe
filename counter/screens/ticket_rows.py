"""Numbers as rows: who waits, who is parked, who was missed. A row that has just moved takes no touch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.line_words import LineWords
from counter.screens.parts import GAP_PX, RADIUS_PX, Column, Press, Row, small
from display.theme import fonts, touchmap
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Panel, Text, Touch
from hub.domain.ticket import WAITING
from hub.wire.messages import TicketView

ROW_PX = 80
M = TypeVar("M", bound=str)


class TicketRow(Touch):
    """One number that waits: what it is called, how it stands in line, how long it has waited."""

    def __init__(
        self, key: str, ticket: TicketView, say: LineWords, on_tap: Callable[[str], None], *, own: int, service: bool
    ) -> None:
        super().__init__(
            kind="secondary",
            frame_px=2,
            radius_px=RADIUS_PX,
            padding=(20, 8),
            spacing=0,
            size_hint_y=None,
            height=ROW_PX,
        )
        self.ticket, self.say = ticket, say
        self.marked = self.first = False
        self.bind(on_tap=lambda _w: on_tap(ticket.ticket_id))
        touchmap.name(self, key)
        head = Row(Text(ticket.number, font_px=32, face=fonts.BLACK, hug=True, size_hint_y=1), spacing=8, height=38)
        head.add_widget(Widget())
        for words, kind in say.badges(ticket, own):
            badge = Badge(words, kind, font_px=18)
            badge.pos_hint = {"center_y": 0.5}
            head.add_widget(badge)
        self.waited = Text("", font_px=19, color=P.ink_2, hug=True, align="right", size_hint_y=1)
        told = say.about(ticket, service=service)
        about = Text(
            told if ticket.state in WAITING else f"{say.state(ticket)} · {told}",
            font_px=19,
            color=P.ink_2,
            size_hint_y=1,
            max_lines=1,
            min_px=15,
        )
        self.add_widget(head)
        self.add_widget(Row(about, self.waited, spacing=12, height=26))

    def show(self, now: Any, *, first: bool, marked: bool, still: bool) -> None:
        self.waited.text = self.say.waited(self.ticket, now)
        self.first, self.marked = first, marked
        self.disabled = not still
        self._look()

    def _look(self, *_: Any) -> None:
        """As it stands, also in the moment in which it takes no touch."""
        first, marked = getattr(self, "first", False), getattr(self, "marked", False)
        self.fill = P.chosen if marked else P.gold_soft if first else P.card
        self.frame, self.frame_px = (P.jade, 4) if marked else (P.line, 2)
        if self._finger is not None:
            self.fill = P.paper


class SmallList(BoxLayout):
    """Parked or missed ones: the number with what is usual for it, and a way to what else may be done."""

    def __init__(self, name: str, title: str, none: str) -> None:
        super().__init__(orientation="vertical", spacing=8)
        self.name, self._none = name, none
        self.add_widget(Text(title, font_px=22, bold=True, pitch=1.4))
        self.rows = Column(spacing=8, padding=(0, 0, 12, 0))

    def fill(
        self,
        tickets: tuple[TicketView, ...],
        usual: str,
        *,
        press: Callable[[str], None],
        more: Callable[[str], None],
        off: bool,
        still: Callable[[str], bool],
    ) -> None:
        """Shows them; `usual` is what a press does, `off` that it may not be now."""
        self.rows.clear_widgets()
        for ticket in tickets:
            again = Press(
                f"{self.name}.{ticket.number}",
                ticket.number,
                partial(press, ticket.ticket_id),
                hint=usual,
                kind="quiet",
                height=54,
                font_px=25,
            )
            again.padding = (14, 4)
            again.disabled = off or not still(ticket.ticket_id)
            others = Press(f"more.{ticket.number}", "⋯", partial(more, ticket.ticket_id), kind="quiet", height=54)
            others.size_hint_x, others.width, others.padding = None, 54, (2, 2)
            others.disabled = not still(ticket.ticket_id)
            self.rows.add_widget(Row(again, others, spacing=6))
        if not tickets:
            self.rows.add_widget(small(self._none))


class TicketCard(Panel):
    """One number that is not at the window: what may be done with it, each move with its words and why it is off."""

    def __init__(
        self,
        ticket: TicketView,
        say: LineWords,
        moves: Sequence[tuple[M, str, str]],
        press: Callable[[M], None],
        leave: Callable[[], None],
        *,
        own: int,
    ) -> None:
        super().__init__(
            orientation="vertical", fill=P.card, frame=P.hair, frame_px=2, radius_px=RADIUS_PX, spacing=GAP_PX
        )
        self.padding = (32, 24)
        self.ticket, self._leave = ticket, leave
        back = Press("ticket.back", say.words("compose.back"), leave, shortcut="Esc", height=60)
        back.size_hint_x, back.width, back.pos_hint = None, 170, {"center_y": 0.5}
        number = Text(ticket.number, font_px=64, face=fonts.BLACK, hug=True, size_hint_y=1)
        head = Row(number, spacing=14, height=88)
        for words, kind in say.badges(ticket, own):
            badge = Badge(words, kind, font_px=22)
            badge.pos_hint = {"center_y": 0.5}
            head.add_widget(badge)
        head.add_widget(Widget())
        head.add_widget(back)
        self.add_widget(head)
        self.add_widget(small(f"{say.state(ticket)} · {say.about(ticket, service=True)}", font_px=24))
        self.buttons: list[Press] = []
        for place, (move, words, why) in enumerate(moves, 1):
            one = Press(f"ticket.{move}", words, partial(press, move), hint=why or " ", shortcut=str(place), height=72)
            one.disabled = bool(why)
            self.buttons.append(one)
            self.add_widget(one)
        self.add_widget(Widget())

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if key == "escape":
            self._leave()
        elif key.isdigit() and not ctrl and not typing and 0 < int(key) <= len(self.buttons):
            if not self.buttons[int(key) - 1].disabled:
                self.buttons[int(key) - 1].dispatch("on_tap")
        else:
            return False
        return True
