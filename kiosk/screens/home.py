"""The first screen: whose kiosk this is, one large way in, what else can be done here, and how many wait."""

from __future__ import annotations

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Panel, Text
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.heads import Ground
from kiosk.screens.kit import RAIL_PX, Kit
from kiosk.screens.modes_row import modes_row
from kiosk.screens.shelf import Choice, Shelf
from kiosk.services import offered
from kiosk.strip import Strip


class Home(Screen):
    """`strip` is the hall's live picture; `show` takes a newer one."""

    name = "home"

    def __init__(self, kit: Kit, asks: Asks, strip: Strip) -> None:
        across = kit.shape.across
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

    def state(self) -> str:
        return "away" if self._away.parent else "live"

    # --- whose kiosk it is

    def _head(self) -> Widget:
        kit = self.kit
        head = Ground(
            kit.palette.jade,
            orientation="vertical",
            padding=(kit.edge_px, kit.high_px(44), kit.edge_px, kit.high_px(36)),
            spacing=4,
            size_hint_y=None,
        )
        for text in self._names():
            head.add_widget(text)
        head.bind(minimum_height=head.setter("height"))
        head.height = head.minimum_height
        return head

    def _rail(self) -> Widget:
        kit = self.kit
        rail = Ground(
            kit.palette.jade,
            orientation="vertical",
            padding=(32, 48, 32, 40),
            spacing=20,
            size_hint_x=None,
            width=RAIL_PX,
        )
        for text in self._names():
            text.max_lines = 0
            rail.add_widget(text)
        rail.add_widget(Widget())
        rail.add_widget(modes_row(kit, self.asks))
        return rail

    def _names(self) -> list[Text]:
        kit, on = self.kit, self.kit.palette.on_jade
        window = 56 if kit.shape.across else 78
        slogan = kit.words("home.slogan", slogan=kit.hall.slogan)
        names = [
            kit.text(kit.hall.name, px=36, color=on, max_lines=1, min_px=kit.main_px(0)),
            kit.title(kit.hall.window_name, px=window, color=on, max_lines=1, min_px=kit.main_px(44)),
        ]
        if not kit.shape.low:
            names.append(kit.note(slogan, px=36, color=on, max_lines=1, min_px=kit.side_px(28)))
        return names

    # --- what can be done

    def _start(self) -> Widget:
        kit = self.kit
        low = kit.shape.low or kit.shape.across
        start = kit.key(
            "start",
            kind="primary",
            then=lambda: self.asks.move("start"),
            padding=(56, kit.high_px(28 if low else 52)),
            radius_px=36,
        )
        start.size_hint_y, start.height = None, kit.high_px(270 if low else 400)
        on = kit.palette.on_jade
        start.add_widget(kit.title(kit.words("home.start"), px=72 if low else 104, color=on))
        start.add_widget(Widget())
        line = BoxLayout(size_hint_y=None, height=kit.high_px(110 if low else 132), spacing=24)
        line.add_widget(kit.text(kit.words("home.start.hint"), px=37, color=on, size_hint_y=1, valign="middle"))
        go = Panel(fill=kit.palette.gold, radius_px=24, size_hint_x=None, width=236)
        go.add_widget(
            kit.title(
                kit.words("home.go"), px=46, align="center", size_hint_y=1, valign="middle", color=kit.palette.on_gold
            )
        )
        line.add_widget(go)
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
            for name in offered(kit.hall, kit.policy)
        ]
        return Shelf(kit, choices, px=52, columns=3 if kit.shape.across else 2, most_px=190)

    # --- the strip

    def _waiting(self) -> Widget:
        kit = self.kit
        panel = Panel(
            fill=kit.palette.jade_soft,
            padding=(44, 8),
            spacing=16,
            size_hint_y=None,
            height=max(kit.high_px(120), kit.main_px(38) * 1.5),
        )
        self._count, self._windows, self._stale = self._number(), self._number(), kit.text("", px=34)
        self._live = BoxLayout(spacing=16)
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
        self._stale.size_hint_y, self._stale.valign = 1, "middle"
        self._away.add_widget(self._stale)
        return panel

    def _place(self, one: Widget) -> None:
        if one.parent is None:
            self._waiting_row.clear_widgets()
            self._waiting_row.add_widget(one)

    def _word(self, key: str) -> Text:
        return self.kit.text(self.kit.words(key), px=38, hug=True, size_hint=(None, 1), valign="middle")

    def _number(self) -> Text:
        kit = self.kit
        return kit.title("0", px=64, hug=True, size_hint=(None, 1), valign="middle", color=kit.palette.jade)

    def _foot(self) -> Widget:
        kit = self.kit
        high = kit.target_px(136)
        note = kit.note(self._elsewhere() or kit.words("home.foot"), px=31, size_hint_y=1, valign="middle")
        note.max_lines, note.min_px = 3, kit.side_px(0)
        row = kit.row(high, self.staff_key(), note, gap_px=32)
        row.size_hint_y = 1
        above, below = (10, 16) if kit.shape.low else (20, 44)
        foot = BoxLayout(padding=(kit.edge_px, above, kit.edge_px, below), size_hint_y=None)
        foot.height = high + above + below
        foot.add_widget(row)
        return foot

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
