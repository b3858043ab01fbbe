"""The first screen: whose kiosk this is, one large way in, how it goes, and how many wait."""

from __future__ import annotations

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from display.theme import fonts
from display.theme.widgets import Panel, Text
from kiosk.screens.kit import EDGE_PX, Asks, Ground, Kit, Screen
from kiosk.strip import Strip

_SHOWN_REASONS = 8


class Home(Screen):
    """`strip` is the hall's live picture; `show` takes a newer one."""

    name = "home"

    def __init__(self, kit: Kit, asks: Asks, strip: Strip) -> None:
        super().__init__(kit, asks)
        self.add_widget(self._head())
        body = BoxLayout(orientation="vertical", padding=(EDGE_PX, 40, EDGE_PX, 0), spacing=36)
        body.add_widget(self._start())
        body.add_widget(self._how())
        body.add_widget(self._what())
        if kit.hall.phone or kit.hall.outlets:
            body.add_widget(self._elsewhere())
        body.add_widget(self._waiting())
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

    def _head(self) -> Widget:
        kit = self.kit
        head = Ground(
            kit.palette.jade,
            orientation="vertical",
            padding=(EDGE_PX, 44, EDGE_PX, 36),
            spacing=4,
            size_hint_y=None,
        )
        head.add_widget(kit.text(kit.hall.name, px=36, color=kit.palette.on_jade))
        name = kit.title(kit.hall.window_name, px=78, color=kit.palette.on_jade, max_lines=1, min_px=kit.main_px(48))
        head.add_widget(name)
        slogan = kit.words("home.slogan", slogan=kit.hall.slogan)
        head.add_widget(kit.note(slogan, px=36, color=kit.palette.on_jade, max_lines=1, min_px=kit.side_px(28)))
        head.bind(minimum_height=head.setter("height"))
        head.height = head.minimum_height
        return head

    def _start(self) -> Widget:
        kit = self.kit
        start = kit.key("start", kind="primary", then=lambda: self.asks.move("start"), padding=(56, 52), radius_px=36)
        start.size_hint_y, start.height = None, 430
        on = kit.palette.on_jade
        start.add_widget(kit.title(kit.words("home.start"), px=104, color=on))
        start.add_widget(Widget())
        line = BoxLayout(size_hint_y=None, height=132, spacing=24)
        line.add_widget(kit.text(kit.words("home.start.hint"), px=37, color=on, size_hint_y=1, valign="middle"))
        go = Panel(fill=kit.palette.gold, radius_px=24, size_hint_x=None, width=236)
        go.add_widget(
            Text(kit.words("home.go"), font_px=46, bold=True, align="center", size_hint_y=1, color=kit.palette.on_gold)
        )
        line.add_widget(go)
        start.add_widget(line)
        return start

    def _how(self) -> Widget:
        """Three short steps, so that nobody fears a long form."""
        kit = self.kit
        row = BoxLayout(size_hint_y=None, height=228, spacing=24)
        for number in (1, 2, 3):
            card = kit.card(
                Text(str(number), font_px=56, face=fonts.BLACK, color=kit.palette.jade, pitch=1.1, size_hint_y=None),
                kit.text(kit.words(f"home.how.{number}"), px=38, bold=True, pitch=1.3),
                kit.note(kit.words(f"home.how.{number}.hint"), px=28, pitch=1.3),
                frame=True,
                padding=(28, 18),
                spacing=2,
            )
            card.size_hint_y = 1
            card.add_widget(Widget())
            row.add_widget(card)
        return row

    def _what(self) -> Widget:
        """What the hall's own document takes in (R1), in the policy's words."""
        kit = self.kit
        card = kit.card(
            kit.text(kit.words("home.what"), px=38, bold=True), frame=True, spacing=14, padding=(40, 28), size_hint_y=1
        )
        grid = GridLayout(cols=2, spacing=(32, 4))
        for reason in kit.policy.reasons[:_SHOWN_REASONS]:
            words = kit.note(reason.text, px=33, color=kit.palette.ink, pitch=1.3, max_lines=1, min_px=kit.side_px(26))
            words.size_hint_y, words.valign = 1, "middle"
            grid.add_widget(words)
        card.add_widget(grid)
        return card

    def _elsewhere(self) -> Widget:
        """The hall's phone and the other outlets that its own document names (R14)."""
        kit = self.kit
        lines = [kit.words("home.phone", phone=kit.hall.phone)] if kit.hall.phone else []
        named = kit.words("home.outlets.between").join(f"{one.name} {one.phone}".strip() for one in kit.hall.outlets)
        if named:
            lines.append(kit.words("home.outlets", outlets=named))
        return kit.card(*(kit.text(line, px=34) for line in lines), frame=True)

    def _waiting(self) -> Widget:
        kit = self.kit
        self._strip = Panel(fill=kit.palette.jade_soft, padding=(44, 12), size_hint_y=None, height=128)
        self._count, self._windows = self._number(), self._number()
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
        self._stale = kit.text("", px=34, size_hint_y=1, valign="middle")
        self._away = BoxLayout()
        self._away.add_widget(self._stale)
        return self._strip

    def _word(self, key: str) -> Text:
        return self.kit.text(self.kit.words(key), px=38, hug=True, size_hint=(None, 1), valign="middle")

    def _number(self) -> Text:
        kit = self.kit
        return Text("", font_px=64, face=fonts.BLACK, hug=True, size_hint=(None, 1), color=kit.palette.jade)

    def _place(self, content: Widget) -> None:
        if content.parent is None:
            self._strip.clear_widgets()
            self._strip.add_widget(content)

    def _foot(self) -> Widget:
        kit = self.kit
        note = kit.note(kit.words("home.foot"), px=31, size_hint_y=1, valign="middle")
        row = kit.row(kit.target_px(136), self.staff_key(), note, gap_px=32)
        row.size_hint_y = 1
        foot = BoxLayout(padding=(EDGE_PX, 28, EDGE_PX, 44), size_hint_y=None, height=kit.target_px(136) + 72)
        foot.add_widget(row)
        return foot
