"""A list that may be long: it keeps a row only for what is in view, and each can be opened."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.recycleboxlayout import RecycleBoxLayout
from kivy.uix.recycleview import RecycleView
from kivy.uix.recycleview.views import RecycleDataViewBehavior

from counter.screens.parts import RADIUS_PX, SCROLLING
from display.theme.palette import NORMAL as P
from display.theme.widgets import Touch


class ListRow(RecycleDataViewBehavior, Touch):
    """One row; views are used again while the list scrolls, so each shows what `refresh_view_attrs` gave it last."""

    selected = BooleanProperty(False)
    open_it = ObjectProperty(None, allownone=True)

    def __init__(self, **settings: Any) -> None:
        super().__init__("", kind="secondary", radius_px=RADIUS_PX, frame_px=2, debounce_s=0.15, **settings)

    def on_tap(self) -> None:
        if self.open_it is not None:
            self.open_it()

    def _look(self, *args: Any) -> None:
        super()._look(*args)
        if self.selected:
            self.fill, self.frame, self.frame_px = P.jade_soft, P.jade, 3
        else:
            self.frame_px = 2


class LongList(RecycleView):
    """The rows of `data`, all of one height."""

    def __init__(self, row: type[ListRow], row_px: float, spacing_px: float) -> None:
        super().__init__(**SCROLLING)
        layout = RecycleBoxLayout(
            orientation="vertical",
            size_hint_y=None,
            default_size=(None, row_px),
            default_size_hint=(1, None),
            spacing=spacing_px,
            padding=(0, 0, 18, 0),
        )
        layout.bind(minimum_height=layout.setter("height"))
        self.add_widget(layout)
        self.viewclass = row
