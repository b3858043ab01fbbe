"""The first screen: whose kiosk this is, one large way in, what else can be done here, and how many wait."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.palette import Colour
from display.theme.widgets import Panel, Text
from display.theme.widgets.text import width_of
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.heads import RAIL_EDGE_PX, Ground, rail
from kiosk.screens.kit import RAIL_PX, Kit
from kiosk.screens.modes_row import modes_row
from kiosk.screens.shelf import Choice, Shelf
from kiosk.services import offered
from kiosk.session import Session
from kiosk.strip import Strip

ROW_SPARE_PX = 70
STRIP_PX, STRIP_EDGE_PX, STRIP_GAP_PX, NUMBER_PART = 38, 40, 14, 1.6
HANG = 0.5
"""Of a full-width opening mark that carries no ink, in parts of the type."""


class Home(Screen):
    """`strip` is the hall's live picture; `show` takes a newer one. `services` are those the hall offers."""

    name = "home"
    stays = True

    def __init__(self, kit: Kit, asks: Asks, strip: Strip, services: Sequence[str] | None = None) -> None:
        across = kit.shape.across
        self._offered = offered(kit.hall, kit.policy) if services is None else services
        super().__init__(kit, asks, orientation="horizontal" if across else "vertical")
        body = BoxLayout(
            orientation="vertical",
            padding=(kit.edge_px, kit.high_px(32), kit.edge_px, 0),
            spacing=kit.gap_px(kit.high_px(24)),
        )
        body.add_widget(self._start())
        body.add_widget(self._services())
        self._waiting_row = self._waiting()
        body.add_widget(self._waiting_row)
        if across:
            self.add_widget(self._rail())
            beside = BoxLayout(orientation="vertical")
            beside.add_widget(body)
            beside.add_widget(self._foot())
            self.add_widget(beside)
        else:
            self.add_widget(self._head())
            self.add_widget(modes_row(kit, asks))
            self.add_widget(body)
            self.add_widget(self._foot())
        self.show(strip)

    def show(self, strip: Strip) -> None:
        """Numbers as they are, or since when they are not known."""
        words = self.kit.words
        if strip.live:
            self._count.text, self._windows.text = str(strip.waiting), str(strip.windows)
            self._place(self._live)
        else:
            self._stale.text = words("strip.stale", at=strip.as_of) if strip.as_of else words("strip.never")
            self._place(self._away)

    def lead(self, key: str, session: Session) -> None:
        if key == "start":
            session.move("start")

    def state(self) -> str:
        return "away" if self._away.parent else "live"

    # --- whose kiosk it is

    def _head(self) -> Widget:
        kit = self.kit
        above = kit.high_px(44) if not kit.shape.low else 14
        names = self._names(kit.inner_px)
        head = Ground(
            kit.palette.jade, orientation="vertical", padding=(kit.edge_px, above), spacing=4, size_hint_y=None
        )
        for text in names:
            head.add_widget(text)
        head.height = sum(one.height + 4 for one in names) + 2 * above
        return head

    def _rail(self) -> Widget:
        return rail(self.kit, self._names(RAIL_PX - 2 * RAIL_EDGE_PX), [modes_row(self.kit, self.asks)])

    def _names(self, room: float) -> list[Widget]:
        """Hall, window and slogan; low, the glass above says the hall's name and there is no room for the slogan."""
        kit, on, hall = self.kit, self.kit.palette.on_jade, self.kit.hall
        across = kit.shape.across
        if kit.shape.low:
            return [kit.headline(hall.window_name, 52, room, color=on)]
        window = Hanging(kit, hall.window_name, 60 if across else 80, room, on)
        slogan = kit.words("home.slogan", slogan=hall.slogan)
        if across and kit.modes.big:
            return [kit.note(hall.name, px=36, color=on, width=room, pitch=1.3), window]
        return [
            kit.text(hall.name, px=36, color=on, width=room, pitch=1.4),
            window,
            kit.note(slogan, px=36, color=on, width=room, pitch=1.45),
        ]

    # --- what can be done

    def _start(self) -> Widget:
        """我要反映, as large as its words and 开始 need."""
        kit, words = self.kit, self.kit.words
        roomy = not kit.flat and not kit.modes.big
        side, above = (56, 52) if roomy else (40, kit.high_px(26))
        inner = kit.inner_px - 2 * side
        on = kit.palette.on_jade
        go_px = kit.main_px(46)
        go_wide = max(kit.wide_px(words("home.go"), go_px, 236, 56), 0)
        go = Panel(fill=kit.palette.gold, radius_px=24, size_hint=(None, None), pos_hint={"center_y": 0.5})
        go.size = (go_wide, max(kit.high_px(120), go_px * 1.25 + 28))
        go.add_widget(
            kit.title(
                words("home.go"), px=46, align="center", size_hint_y=1, valign="middle", color=kit.palette.on_gold
            )
        )
        room = inner - go_wide - 28
        title = kit.headline(words("home.start"), 104 if roomy else 72, inner if roomy else room, color=on)
        hint = kit.note(words("home.start.hint"), px=37, color=on, width=room, pitch=1.4)
        line = BoxLayout(spacing=28, size_hint_y=None)
        between = kit.high_px(44) if roomy else 0
        if roomy:
            line.height = max(go.height, hint.height)
            line.add_widget(_middle(hint))
        else:
            both = BoxLayout(orientation="vertical", size_hint_y=None, pos_hint={"center_y": 0.5})
            both.add_widget(title)
            if not (kit.flat and kit.modes.big):
                both.add_widget(hint)
            both.height = sum(one.height for one in both.children)
            line.height = max(go.height, both.height)
            line.add_widget(both)
        line.add_widget(go)
        start = kit.key("start", kind="primary", then=lambda: self.asks.move("start"), padding=(side, above))
        start.radius_px, start.size_hint_y = 36, None
        start.height = line.height + 2 * above + (title.height + between if roomy else 0)
        if roomy:
            start.height += self._spare_rows() * ROW_SPARE_PX
        if roomy:
            start.add_widget(title)
            start.add_widget(Widget())
        start.add_widget(line)
        return start

    def _services(self) -> Widget:
        kit = self.kit
        choices = [
            Choice(
                f"service.{name}",
                kit.words(f"service.{name}"),
                kit.words(f"service.{name}.hint"),
                then=partial(self.asks.open, name),
            )
            for name in self._offered
        ]
        columns = 3 if kit.shape.across else 2
        most = 186 + (0 if kit.flat else self._spare_rows() * ROW_SPARE_PX / 2)
        return Shelf(kit, choices, px=52, columns=columns, most_px=most, even=True)

    def _spare_rows(self) -> int:
        """Rows of tiles that this hall does not fill: what does stand there is larger."""
        return max(0, 3 - -(-len(self._offered) // 2))

    # --- the strip

    def _waiting(self) -> Widget:
        """One quiet line, in letters as large as its width allows."""
        kit = self.kit
        room = kit.inner_px - 2 * STRIP_EDGE_PX
        px = next((one for one in range(STRIP_PX, 0, -2) if self._strip_px(kit.side_px(one)) <= room), 0)
        self._line_px = kit.side_px(px)
        self._stale = kit.note("", px=34, width=room, max_lines=2, min_px=kit.side_px(0), color=kit.palette.ink)
        self._stale.pitch, self._stale.size_hint_y, self._stale.valign = 1.25, 1, "middle"
        high = max(kit.high_px(112), round(self._line_px * NUMBER_PART * 1.35), kit.side_px(34) * 2.5 + 12)
        panel = Panel(fill=kit.palette.jade_soft, padding=(STRIP_EDGE_PX, 4), size_hint_y=None, height=high, spacing=12)
        if kit.modes.contrast:
            panel.frame, panel.frame_px = kit.palette.hair, 2
        self._count, self._windows = self._number(), self._number()
        self._live = BoxLayout(spacing=STRIP_GAP_PX)
        for piece in (
            self._word("strip.waiting"),
            self._count,
            self._word("strip.people"),
            Widget(),
            self._word("strip.windows"),
            self._windows,
        ):
            self._live.add_widget(piece)
        self._away = BoxLayout()
        self._away.add_widget(self._stale)
        return panel

    def _strip_px(self, px: int) -> float:
        """How wide the line is at that size, with numbers of three digits."""
        kit = self.kit
        words = sum(width_of(kit.words(f"strip.{one}"), px, face=kit.face) for one in ("waiting", "people", "windows"))
        return words + width_of("888888", round(px * NUMBER_PART), bold=True) + 6 * STRIP_GAP_PX

    def _place(self, one: Widget) -> None:
        if one.parent is None:
            self._waiting_row.clear_widgets()
            self._waiting_row.add_widget(one)

    def _word(self, key: str) -> Text:
        return self._piece(self.kit.words(key), self._line_px, bold=False)

    def _number(self) -> Text:
        return self._piece("0", round(self._line_px * NUMBER_PART), bold=True)

    def _piece(self, words: str, px: int, *, bold: bool) -> Text:
        kit = self.kit
        color = kit.palette.jade if bold else kit.palette.ink
        piece = kit.note(words, px=0, bold=bold, hug=True, size_hint=(None, 1), valign="middle", color=color)
        piece.font_px = px
        return piece

    def _foot(self) -> Widget:
        kit = self.kit
        note = kit.note(self._elsewhere() or kit.words("home.foot"), px=31, size_hint_y=1, valign="middle", pitch=1.25)
        note.max_lines, note.min_px = 3, kit.side_px(0)
        note.may_be_cut = True
        return self.foot(note, gap_px=32)

    def _elsewhere(self) -> str:
        """Other outlets, where the hall's document names them (R14), and its telephone."""
        kit = self.kit
        lines = []
        if kit.hall.outlets:
            named = kit.words("home.outlets.between").join(
                f"{one.name} {one.phone}".strip() for one in kit.hall.outlets
            )
            lines.append(kit.words("home.outlets", outlets=named))
        if kit.hall.phone:
            lines.append(kit.words("home.phone", phone=kit.hall.phone))
        return "\n".join(lines)


class Hanging(BoxLayout):
    """A name in bold that begins with a quotation mark: the mark hangs where the look has it, the words stand flush.

    A full-width mark carries its ink at its right and half a character of nothing at its left; drawn that much
    further left it lines up with what stands above and below.
    """

    def __init__(self, kit: Kit, words: str, px: int, room_px: float, color: Colour) -> None:
        super().__init__(size_hint_y=None)
        hang = words.startswith("“")
        size = kit.main_px(px)
        self._text = kit.headline(words, px, room_px + (size * HANG if hang else 0), color=color)
        self._hang_px = self._text.used_px * HANG if hang else 0.0
        self.height = self._text.height
        self.padding = (-self._hang_px, 0, 0, 0)
        self.add_widget(self._text)


def _middle(widget: Text) -> Widget:
    """In the middle of a row that is higher."""
    widget.pos_hint = {"center_y": 0.5}
    return widget
