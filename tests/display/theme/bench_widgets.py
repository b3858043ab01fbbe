"""A window with one of each widget; tells on standard output what is tapped and how the widgets came out."""

from __future__ import annotations

import gc
import json
import logging
import sys
import weakref
from functools import partial

from display.theme import window
from display.theme.palette import NORMAL


def tell(**what: object) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)


def outliving() -> list[str]:
    """Kinds of widgets that are still there when a tree of each of them was discarded, without collecting anything."""
    from kivy.uix.gridlayout import GridLayout
    from kivy.uix.widget import Widget

    from display.theme.widgets import Badge, Divider, Panel, QrCode, Steps, Text, Touch
    from display.theme.widgets.discard import discard

    gc.collect()
    gc.disable()
    root = GridLayout(cols=2)
    touch = Touch("提交", "窗口会收到")
    touch.bind(on_tap=partial(print, root))
    touch.chosen = True
    small = [Panel(), Steps(word="受理"), Badge("急"), Divider(), QrCode("https://a.cn"), Widget()]
    pieces = [touch, Text("王芳"), *small]
    for one in pieces:
        root.add_widget(one)
    kept = [weakref.ref(one) for one in root.walk()]
    discard(root)
    del root, touch, one, small, pieces
    found = [type(one()).__name__ for one in kept if one() is not None]
    gc.enable()
    return found


class Gone:
    """What was free before it was drawn."""


def nothing_left_to_draw() -> bool:
    """Whether words are no trouble that the collector of another thread has cleared, but not yet taken off the list."""
    from display.theme.widgets.text import _undrawn, draw_all

    draw_all()
    gone = Gone()
    _undrawn.data.add(weakref.ref(gone))  # without the set's callback, which is what the other thread has yet to call
    del gone
    draw_all()
    return not _undrawn


def measured_to_shrink() -> int:
    """How many sizes of a face are opened to find the one at which long words fit."""
    from display.theme.widgets.text import Text, advances

    before = advances.cache_info().misses
    Text("不动产登记综合受理 No. GB18030", font_px=97, max_lines=1, min_px=20, width=300, size_hint=(None, None))
    return advances.cache_info().misses - before


def main() -> None:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    opened = window.prepare(800, 600, "widgets", background=NORMAL.paper)
    from kivy.app import App
    from kivy.uix.floatlayout import FloatLayout

    from display.theme import fonts
    from display.theme.widgets import Badge, Panel, QrCode, Steps, Text, Touch

    root = FloatLayout()
    settings = {"size_hint": (None, None), "size": (200, 100)}
    go = Touch("提交", pos=(0, 0), on_tap=lambda _: tell(tap="go"), **settings)
    off = Touch("提交", pos=(220, 0), disabled=True, on_tap=lambda _: tell(tap="off"), **settings)
    key = Touch("a", pos=(440, 0), debounce_s=0, on_tap=lambda _: tell(tap="key"), **settings)
    capital = Text("H", font_px=100, hug=True, pos=(20, 400), size_hint=(None, None))
    long = Text(
        "不动产登记综合受理（含抵押、查封）", font_px=60, max_lines=2, min_px=20, width=300, size_hint=(None, None)
    )
    code = QrCode(
        "https://hall.example/p/abcdefghijklmnopqrstuv", pos=(500, 250), size_hint=(None, None), size=(290, 290)
    )
    badge = Badge("剩 5 个工作日", pos=(0, 200))
    steps = Steps(count=4, at=1, word="股室办理", pos=(0, 150), size_hint=(None, None), size=(400, 40))
    panel = Panel(
        fill=NORMAL.gold, frame=NORMAL.ink, frame_px=4, pos=(300, 350), size_hint=(None, None), size=(150, 80)
    )
    for widget in (go, off, key, capital, long, code, badge, steps, panel):
        root.add_widget(widget)

    def ready() -> None:
        tell(
            ready=True,
            size=list(opened.size),
            at=[opened.left, opened.top],
            long=[long.lines, long.used_px, long.width],
            modules=code.modules,
            badge=badge.width >= badge.words.width,
            black=fonts.BLACK,
            outliving=outliving(),
            nothing_left_to_draw=nothing_left_to_draw(),
            measured_to_shrink=measured_to_shrink(),
        )

    class Bench(App):
        def build(self) -> FloatLayout:
            return root

    window.when_shown(opened, ready)
    Bench(title="widgets").run()


if __name__ == "__main__":
    main()
