"""The window while somebody is logged in: header, rail, banner, and one of the screens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from counter.desk_moves import KEYS
from counter.screens.banner import Banner
from counter.screens.cases import Cases
from counter.screens.desk_screen import DeskScreen
from counter.screens.dialog import Dialog
from counter.screens.form_screen import FormScreen
from counter.screens.header import Header
from counter.screens.line_page import LinePage
from counter.screens.pages import Pages
from counter.screens.paper_screen import PaperScreen
from counter.screens.parts import RADIUS_PX, Band, Press
from counter.workplace import Workplace
from display.theme import touchmap
from display.theme.palette import NORMAL as P
from display.theme.widgets import Text, Touch

RAIL_PX = 96
ITEM_PX, CLOSE_PX = 80, 64
"""How high the rail's items are, and where more than `MANY` have to stand below each other."""
MANY = 9


class Shell(FloatLayout):
    """Everything of a shift. `log_out` ends it."""

    def __init__(self, place: Workplace, log_out: Callable[[], None], **settings: Any) -> None:
        super().__init__(**settings)
        self.place, self._log_out = place, log_out
        self.dialog: Dialog | None = None
        self.header = Header(place)
        self.banner = Banner(place, self.open_case, self.open_ticket)
        self.refusal = Refusal(place)
        self.cases = Cases(place, self.ask)
        self.desk = DeskScreen(place, self.open_case) if place.desk is not None else None
        self.papers, self.form = PaperScreen(place), FormScreen(place)
        self.pages = Pages(place)
        self.tabs = (*(("desk",) if self.desk is not None else ()), "cases", *self.pages.names)
        self.tab = self.tabs[0]
        self.rail = Rail(place, list(self.tabs), self.turn_to, self.ask_log_out)
        self.room = BoxLayout()
        body = BoxLayout()
        right = BoxLayout(orientation="vertical")
        for part in (self.banner, self.refusal, self.room):
            right.add_widget(part)
        body.add_widget(self.rail)
        body.add_widget(right)
        whole = BoxLayout(orientation="vertical")
        whole.add_widget(self.header)
        whole.add_widget(body)
        self.add_widget(whole)
        self.turn_to(self.tab)

    def show(self) -> None:
        shown = self._over() or self._screen()
        if shown is not self.desk and self.place.desk is not None and self.place.desk.refused is not None:
            self.place.session.refused, self.place.desk.refused = self.place.desk.refused.answer, None
        if shown.parent is not self.room:
            self.room.clear_widgets()
            self.room.add_widget(shown)
        for part in (self.header, self.banner, self.refusal, shown):
            part.show()
        self.rail.show(self.tab)

    def turn_to(self, tab: str) -> None:
        self.cases.close()
        self._put_away()
        self.tab = tab
        if self.desk is not None and tab == "desk":
            self.desk.enter()
        if tab in self.pages.names:
            self.pages[tab].enter()
        self.show()

    def open_case(self, case_number: str) -> None:
        self.turn_to("cases")
        self.place.session.select(case_number)

    def open_ticket(self, ticket_id: str) -> None:
        """A number of the line that waits for somebody's word."""
        if "line" in self.pages.names:
            self.turn_to("line")
            page = self.pages["line"]
            assert isinstance(page, LinePage)
            page.open(ticket_id)

    def close(self) -> None:
        """Keeps drafts and takes everything off the screen."""
        self.cases.close()
        self._put_away()
        if self.desk is not None:
            self.desk.close()
        for page in self.pages.values():
            page.close()
        self.clear_widgets()

    def _screen(self) -> Any:
        """What stands behind the item of the rail that is chosen."""
        if self.tab == "desk":
            return self.desk
        return self.cases if self.tab == "cases" else self.pages[self.tab]

    def _over(self) -> Any:
        """What lies over the whole room: a case's paper, or one of the hall's forms."""
        if self.place.papers.stage:
            return self.papers
        return self.form if self.place.forms.open else None

    def _put_away(self) -> None:
        self.place.papers.close()
        self.place.forms.close()
        for one in (self.papers, self.form):
            one.show()

    # --- keys

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if self.dialog is not None:
            return self.dialog.press("" if ctrl else key)  # a held Ctrl+Enter asks, and does not answer
        if key in KEYS and self.desk is not None:
            self.desk.press_move(KEYS[key])
            if self.desk.form is not None and self.tab != "desk":
                self.turn_to("desk")  # it asks something first
        elif key == "f11":
            self.banner.look()
        elif key == "f12":
            self.banner.acknowledge()
        elif ctrl and key.isdigit() and (int(key) or 10) <= len(self.tabs):
            self.turn_to(self.tabs[(int(key) or 10) - 1])
        elif (over := self._over()) is not None:
            return bool(over.press(key, ctrl, typing))
        elif self.tab in self.pages.names:
            return self.pages[self.tab].press(key, ctrl, typing)
        elif self.tab == "desk" and self.desk is not None and self.desk.press(key, ctrl, typing):
            return True
        elif self.cases.composer is None and self.tab == "desk" and key in ("f5", "f6"):
            self.turn_to("cases")
            self.cases.press(key, ctrl, typing)
        elif self.tab == "cases":
            return self.cases.press(key, ctrl, typing)
        else:
            return False
        return True

    # --- leaving

    def ask_log_out(self) -> None:
        words = self.place.say.words
        self.ask(words("logout.title"), words("logout.text"), words("logout.yes"), self._log_out, words("logout.no"))

    def ask(self, title: str, text: str, yes: str, on_yes: Callable[[], None], no: str = "") -> None:
        """Asks a question over everything else."""

        def said() -> None:
            self._stay()
            on_yes()

        self.dialog = Dialog(title, text, yes, no or self.place.say.words("confirm.no"), said, self._stay)
        self.add_widget(self.dialog)

    def _stay(self) -> None:
        if self.dialog is not None:
            self.remove_widget(self.dialog)
            self.dialog = None


class Rail(Band):
    """The screens of this terminal, and the way out."""

    def __init__(
        self,
        place: Workplace,
        tabs: list[str],
        turn_to: Callable[[str], None],
        leave: Callable[[], None],
        **settings: Any,
    ) -> None:
        super().__init__(
            orientation="vertical",
            fill=P.night,
            padding=(8, 12),
            spacing=8,
            size_hint_x=None,
            width=RAIL_PX,
            **settings,
        )
        words = place.say.words
        names = {tab: words(f"rail.{tab}") for tab in tabs if tab != "cases"}
        names["cases"] = words(f"rail.cases.{place.terminal.role}")
        keys = {tab: f"Ctrl {number % 10}" for number, tab in enumerate(tabs[:10], 1) if len(tabs) > 1}
        high = CLOSE_PX if len(tabs) > MANY else ITEM_PX
        self.items = {
            tab: _item(f"rail.{tab}", names[tab], keys.get(tab, ""), partial(turn_to, tab), high) for tab in tabs
        }
        for item in self.items.values():
            self.add_widget(item)
        self.add_widget(Widget())
        self.add_widget(_item("rail.log_out", words("rail.log_out"), "", leave, high))

    def show(self, tab: str) -> None:
        for name, item in self.items.items():
            item.now = name == tab
            item._look()


class _RailItem(Touch):
    """Light words on the dark rail; gold when it is the one shown."""

    now = False

    def _look(self, *args: Any) -> None:
        super()._look(*args)
        self.fill, self.frame = (P.gold, P.gold) if self.now else (P.night, P.night)
        self.title.color = self.subtitle.color = P.on_gold if self.now else P.on_night


def _item(key: str, words: str, hint: str, on_tap: Callable[[], None], high: float) -> _RailItem:
    item = _RailItem(
        words,
        hint,
        font_px=25,
        hint_px=17,
        align="center",
        radius_px=RADIUS_PX,
        padding=(2, 12 if high == ITEM_PX else 4),
        size_hint_y=None,
        height=high,
        debounce_s=0.15,
    )
    item.bind(on_tap=lambda _w: on_tap())
    return touchmap.name(item, key)  # type: ignore[no-any-return]  # it gives back what it was given


class Refusal(Band):
    """Why the last thing asked for was not done; gone when something else is."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(fill=P.seal, padding=(36, 8), spacing=24, size_hint_y=None, height=0, **settings)
        self.place = place
        words = place.say.words
        self.line = Text("", font_px=25, bold=True, color=P.on_seal, size_hint_y=1, max_lines=1, min_px=20)
        self.away = Press("refusal.close", words("refused.close"), self._away, height=48, font_px=23)
        self.away.size_hint_x, self.away.width, self.away.pos_hint = None, 150, {"center_y": 0.5}
        self.away.padding = (12, 4)

    def show(self) -> None:
        refused = self.place.session.refused
        self.clear_widgets()
        self.height = 64 if refused else 0
        self.fill = P.seal if refused else (0, 0, 0, 0)
        if refused is not None:
            self.line.text = f"{self.place.say.words('refused.title')}：{self.place.say.rejected(refused)}"
            self.add_widget(self.line)
            self.add_widget(self.away)

    def _away(self) -> None:
        self.place.session.refused = None
        self.show()
