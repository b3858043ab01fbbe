"""What all screens are built with: colours, sizes in millimetres, words, named touches, and the frame around a step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from kivy.graphics import Color, Rectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import touchmap
from display.theme.palette import NORMAL, Colour, Palette
from display.theme.scale import Scale
from display.theme.widgets import Panel, Steps, Text, Touch
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.words import Words
from kiosk.screens.sizes import GAP_MM, MAIN_CAP_MM, MAIN_TOUCH_MM, SIDE_CAP_MM, SIDE_TOUCH_MM
from kiosk.session import Move, Session

EDGE_PX = 64
_KEYBOARD_DEBOUNCE_S = 0.0
"""Letters are typed as fast as they come: a slow frame takes in two honest touches at once, and a letter too many can
be erased. Everything else waits for the theme's own time."""


class Asks(Protocol):
    """What a screen may ask for; the program behind it decides."""

    session: Session

    def move(self, by: Move) -> None: ...
    def submit(self) -> None: ...
    def abandon(self) -> None: ...
    def finish(self) -> None: ...
    def call_staff(self) -> None: ...


class Key(Touch):
    """A touch with a name of its own (`display.theme.touchmap`); `main` marks the main path, where sizes are larger."""

    def __init__(self, name: str, text: str = "", hint: str = "", *, main: bool = True, **settings: Any) -> None:
        touchmap.name(self, name)
        self.main = main
        super().__init__(text, hint, **settings)
        self.title.least_cap_mm = MAIN_CAP_MM if main else SIDE_CAP_MM
        if hint:
            self._stack()

    def _stack(self) -> None:
        """Title and hint as high as they are, together in the middle: neither takes room the other needs."""
        self.clear_widgets()
        for one in (self.title, self.subtitle):
            one.size_hint_y = None
        for one in (Widget(), self.title, self.subtitle, Widget()):
            self.add_widget(one)


class Kit:
    """One screen's size and language. Sizes are of the 1080 px picture and never below what people need."""

    def __init__(self, hall: Hall, policy: Policy, scale: Scale, language: str, palette: Palette = NORMAL) -> None:
        self.hall, self.policy, self.scale, self.palette, self.language = hall, policy, scale, palette, language
        self.words = Words("kiosk", language)
        self.shared = Words("hub", language)

    # --- sizes

    def main_px(self, wanted_px: int) -> int:
        """A font size of the main path."""
        return max(wanted_px, self.scale.font(MAIN_CAP_MM))

    def side_px(self, wanted_px: int) -> int:
        """A font size beside the main path."""
        return max(wanted_px, self.scale.font(SIDE_CAP_MM))

    def target_px(self, wanted_px: int, main: bool = True) -> int:
        return max(wanted_px, self.scale.px(MAIN_TOUCH_MM if main else SIDE_TOUCH_MM))

    def gap_px(self, wanted_px: int) -> int:
        return max(wanted_px, self.scale.px(GAP_MM))

    def fitting_px(self, text: str, width_px: float, height_px: float, wanted_px: int, pitch: float) -> int:
        """The largest font size, down to the smallest allowed, at which Chinese text of any wrapping fits."""
        least = self.side_px(0)
        for px in range(self.main_px(wanted_px), least, -1):
            a_line = max(1, int(width_px / px) - 1)  # punctuation may push a character to the next line
            lines = sum(-(-len(part) // a_line) or 1 for part in text.split("\n"))
            if lines * pitch * px <= height_px:
                return px
        return least

    # --- pieces

    def title(self, words: str, px: int = 60, **settings: Any) -> Text:
        return self.text(words, px, **({"bold": True, "pitch": 1.3} | settings))

    def text(self, words: str, px: int = 38, **settings: Any) -> Text:
        """Words of the main path."""
        text = Text(words, font_px=self.main_px(px), **({"palette": self.palette} | settings))
        text.least_cap_mm = MAIN_CAP_MM
        return text

    def note(self, words: str, px: int = 30, **settings: Any) -> Text:
        return Text(words, font_px=self.side_px(px), **{"color": self.palette.ink_2, **settings})

    def key(
        self,
        name: str,
        words: str = "",
        hint: str = "",
        *,
        kind: str = "secondary",
        px: int = 42,
        then: Callable[[], None],
        main: bool = True,
        **settings: Any,
    ) -> Key:
        """A touch that asks for something; `then` is called once a tap."""
        size = self.main_px(px) if main else self.side_px(px)
        touch = Key(
            name,
            words,
            hint,
            main=main,
            kind=kind,
            font_px=size,
            hint_px=self.side_px(29),
            palette=self.palette,
            **settings,
        )
        touch.bind(on_tap=lambda _touch: then())
        return touch

    def letter_key(self, name: str, words: str, then: Callable[[], None], **own: Any) -> Key:
        """A key of a keyboard: the same letter twice in a row is meant."""
        usual: dict[str, Any] = {"px": 40, "padding": (4, 4), "radius_px": 16, "debounce_s": _KEYBOARD_DEBOUNCE_S}
        return self.key(name, words, then=then, main=False, **(usual | own))

    def row(self, height_px: float, *widgets: Widget, gap_px: int = 16) -> BoxLayout:
        row = BoxLayout(size_hint_y=None, height=height_px, spacing=self.gap_px(gap_px))
        for widget in widgets:
            row.add_widget(widget)
        return row

    def card(self, *widgets: Widget, fill: Any = None, frame: bool = False, **settings: Any) -> Panel:
        """A quiet surface as high as what it holds."""
        settings = {"orientation": "vertical", "padding": (40, 28), "spacing": 12, "size_hint_y": None} | settings
        panel = Panel(
            fill=self.palette.card if fill is None else fill,
            frame=self.palette.hair,
            frame_px=2 if frame else 0,
            **settings,
        )
        for widget in widgets:
            panel.add_widget(widget)
        if panel.size_hint_y is None:
            panel.bind(minimum_height=panel.setter("height"))
            panel.height = panel.minimum_height
        return panel


class Ground(BoxLayout):
    """A plain coloured ground from edge to edge."""

    def __init__(self, fill: Colour, **settings: Any) -> None:
        super().__init__(**settings)
        with self.canvas.before:
            Color(*fill)
            self._ground = Rectangle()
        self.bind(pos=self._spread, size=self._spread)

    def _spread(self, *_: Any) -> None:
        self._ground.pos, self._ground.size = self.pos, self.size


class Screen(BoxLayout):
    """A whole screen from top to bottom; `name` is what drivers see. `refresh` shows what changed without a rebuild."""

    name = ""

    def __init__(self, kit: Kit, asks: Asks) -> None:
        super().__init__(orientation="vertical")
        self.kit, self.asks = kit, asks

    def refresh(self) -> None:
        """The session or the hall's picture changed."""

    def state(self) -> str:
        """What a driver may know besides the name: keys of ours, never words of a citizen."""
        return ""

    def wipe(self) -> None:
        """Forgets what a citizen typed, before the screen is thrown away."""

    def staff_key(self) -> Key:
        """呼叫工作人员, at the same place on every screen."""
        kit = self.kit
        return kit.key(
            "staff",
            kit.words("staff.call"),
            kind="danger",
            px=36,
            then=self.asks.call_staff,
            padding=(16, 12),
            size_hint_x=None,
            width=216,
        )


class StepScreen(Screen):
    """A step of the form: heading bar, progress, question; then the body; then 呼叫工作人员, 上一步 and 下一步."""

    next_word = "next"
    next_name = "next"

    def __init__(self, kit: Kit, asks: Asks) -> None:
        super().__init__(kit, asks)
        self.add_widget(self._bar())
        self.body = BoxLayout(orientation="vertical", padding=(EDGE_PX, 28, EDGE_PX, 0), spacing=kit.gap_px(14))
        self.add_widget(self.body)
        at, count = asks.session.place()
        words = kit.words("step", at=at, count=count - 1)
        self.body.add_widget(
            Steps(
                at=at - 1,
                count=count - 1,
                word=words,
                font_px=kit.side_px(31),
                piece_px=(92, 22),
                palette=kit.palette,
                size_hint_y=None,
                height=48,
            )
        )
        self.body.add_widget(kit.title(kit.words(f"{self.name}.title")))
        self.hint = kit.note(kit.words(f"{self.name}.hint"), px=33)
        self.body.add_widget(self.hint)
        self.build()
        self.body.add_widget(Widget(size_hint_y=0.0001))
        self.add_widget(self._foot())
        self.refresh()

    def build(self) -> None:
        """Adds the step's own pieces to `body`."""
        raise NotImplementedError

    def go_next(self) -> None:
        self.asks.move("next")

    def go_back(self) -> None:
        self.asks.move("back")

    def complain(self, missing: str) -> None:
        """Says what the step lacks, where the hint stood."""
        self.hint.text = self.kit.words(f"missing.{missing}")
        self.hint.color = self.kit.palette.seal
        self.hint.bold = True

    def _bar(self) -> Widget:
        kit = self.kit
        bar = Ground(kit.palette.jade, padding=(EDGE_PX, 26), size_hint_y=None, height=kit.target_px(84) + 52)
        bar.add_widget(
            kit.title(kit.words("form.title"), px=50, color=kit.palette.on_jade, size_hint_y=1, valign="middle")
        )
        leave = kit.key(
            "abandon",
            kit.words("abandon"),
            kind="quiet",
            px=34,
            then=self.asks.abandon,
            main=False,
            padding=(16, 8),
            size_hint_x=None,
            width=232,
        )
        bar.add_widget(leave)
        return bar

    def _foot(self) -> BoxLayout:
        kit = self.kit
        back = kit.key(
            "back",
            kit.words("back"),
            then=self.go_back,
            px=42,
            padding=(16, 12),
            size_hint_x=None,
            width=232,
        )
        self.next = kit.key(self.next_name, kit.words(self.next_word), kind="primary", px=52, then=self.go_next)
        foot = kit.row(kit.target_px(136), self.staff_key(), back, self.next, gap_px=24)
        foot.size_hint_y = 1
        frame = BoxLayout(padding=(EDGE_PX, 20, EDGE_PX, 44), size_hint_y=None, height=kit.target_px(136) + 64)
        frame.add_widget(foot)
        return frame
