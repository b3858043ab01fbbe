"""Where a finger was between two frames, for strokes whose corners a slow frame must not cut."""

from __future__ import annotations

from typing import Any

from kivy.core.window import Window

_MOST_PRESSES = 4
_SAME_PLACE = 1e-6

Point = tuple[float, float]


class Trails:
    """The way of each press of the mouse, point by point, while `widget` is shown.

    Kivy's touches of a mouse tell once a frame where it is by then, and many touchscreens are mice to the system; the
    window's own events tell every point. Touches of other devices bring all their points themselves.
    """

    def __init__(self, widget: Any) -> None:
        self._widget = widget
        self._presses: list[list[Point]] = []
        widget.bind(parent=self._listen)

    def of(self, touch: Any) -> list[Point]:
        """The points of a touch that were not asked for yet, in the widget's coordinates; its place at the least."""
        press = touch.ud.setdefault(self, self._press_of(touch))
        if not press:
            return [touch.pos]
        points = [self._widget.to_widget(x, Window.height - y) for x, y in press]
        press.clear()
        return points

    def wipe(self) -> None:
        """Forgets every point, and listens no more until the widget is shown anew."""
        self._presses.clear()
        self._listen(self._widget, None)

    def _listen(self, _widget: Any, parent: Any) -> None:
        events = {"on_mouse_down": self._pressed, "on_mouse_move": self._moved}
        Window.unbind(**events)
        if parent is not None:
            Window.bind(**events)

    def _press_of(self, touch: Any) -> list[Point]:
        """The press that a touch comes from; an empty one for touches of other devices."""
        return next((one for one in self._presses if one and _is_at(one[-1], touch)), [])

    def _pressed(self, _window: Any, x: float, y: float, *_: Any) -> None:
        self._presses = [*(one for one in self._presses if one), [(x, y)]][-_MOST_PRESSES:]

    def _moved(self, _window: Any, x: float, y: float, *_: Any) -> None:
        if self._presses:
            self._presses[-1].append((x, y))


def _is_at(point: Point, touch: Any) -> bool:
    """Whether a touch is now at the point; where it began it does not tell any more."""
    x, y = Window.to_normalized_pos(*point)
    return bool(abs(touch.sx - x) < _SAME_PLACE and abs(touch.sy - (1 - y)) < _SAME_PLACE)
