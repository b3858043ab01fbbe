"""Draws the counter's pages in a window of its own and tells, as JSON, what words came out cut or outside their place.

`python -m tests.counter.gallery FOLDER [NAME ...]`: the states of these names, or all, measured and saved there as PNG;
`python -m tests.counter.gallery FOLDER --measure`: all of them, measured only.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from display.theme import window
from hub.config import HallDirectory, hall_template
from hub.domain.hall import Role
from hub.wire import messages as m
from tests.counter import states

WIDTH_PX, HEIGHT_PX = 1920, 1080
SETTLE_FRAMES = 3

Prepare = Callable[[Any, Any], None]


class State:
    """One picture: at which hall and role, which case is there, and what is done before it is drawn."""

    def __init__(
        self,
        role: Role,
        prepare: Prepare,
        hall: str = "yueyang",
        of: m.CaseDetail | None = None,
        terminal: str = "",
    ) -> None:
        self.role, self.prepare, self.hall, self.of, self.terminal = role, prepare, hall, of, terminal


def main(folder: Path, only: list[str]) -> None:
    opened = window.prepare(WIDTH_PX, HEIGHT_PX, "gallery", cursor=False)
    from kivy.app import App
    from kivy.clock import Clock
    from kivy.uix.floatlayout import FloatLayout

    import counter.workplace
    from counter.screens.shell import Shell
    from tests.counter.shown import all_states

    counter.workplace.Link = states.AnsweringLink  # type: ignore[assignment,misc]
    shown = all_states(folder)
    measuring = only == ["--measure"]
    scrolled = {"case-middle", "case-end"} if measuring else set()  # measured with their first picture
    waiting = [name for name in shown if name not in scrolled and (measuring or not only or name in only)]

    class Gallery(App):
        def build(self) -> FloatLayout:
            self.room = FloatLayout()
            self.place: Any = None
            Clock.schedule_once(self.begin)
            return self.room

        def begin(self, _dt: float) -> None:
            self.room.clear_widgets()
            if self.place is not None:
                self.shell.close()
                self.place.close()
            if not waiting:
                self.stop()
                return
            state = shown[waiting[0]]
            self.place = a_place(folder, state)
            self.shell = Shell(self.place, lambda: None)
            self.room.add_widget(self.shell)
            self.frames, self.prepared = 2 * SETTLE_FRAMES, False
            Clock.schedule_once(self.settle)

        def settle(self, _dt: float) -> None:
            self.frames -= 1
            if not self.prepared and self.frames == SETTLE_FRAMES:
                shown[waiting[0]].prepare(self.place, self.shell)
                self.prepared = True
            self.shell.show()
            if self.frames:
                opened.canvas.ask_update()
                Clock.schedule_once(self.settle)
                return
            name = waiting.pop(0)
            print(json.dumps({"state": name, "wrong": wrong(self.room)}, ensure_ascii=False), flush=True)
            if not measuring:
                save(folder / f"{name}.png")
            Clock.schedule_once(self.begin)

    gallery = Gallery()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)  # looking for garbage after every few widgets took half of the time
    if not measuring:
        gallery.run()
        return
    opened.add_widget(gallery.build())
    while waiting:
        Clock.tick()
        Clock.tick_draw()  # all of a frame but its drawing, which nobody looks at


def a_place(folder: Path, state: State) -> Any:
    """A workplace with somebody logged in, in front of a hub that answers at once."""
    from counter.workplace import Workplace

    directory = HallDirectory(folder / state.hall)
    directory.path.mkdir(parents=True, exist_ok=True)
    directory.file.write_bytes(hall_template(state.hall))
    names = {one.role: one.name for one in directory.hall().terminals if one.name != "window-1"}
    place = Workplace(directory, state.terminal or names[state.role], changed=lambda: None, alert=lambda _notice: None)
    link: Any = place._link
    link.answers = states.answers(state.of or states.whole(), state.role)
    place.session.log_in("06", "4711")
    return place


def wrong(root: Any) -> list[str]:
    """Words that are cut off, or wider or higher than where they stand; boxes fuller than they are wide."""
    from kivy.uix.boxlayout import BoxLayout

    from counter.screens.case_list import CaseRow
    from display.theme.widgets import Text

    found = []
    shortened = {id(one) for row in root.walk() if isinstance(row, CaseRow) for one in row.walk()}
    for widget in root.walk():
        if id(widget) in shortened:
            continue  # a list's second line may end in dots: the case says it in full
        if isinstance(widget, Text) and widget.text.strip() and widget._placed:
            wide = max(one.size[0] for one in widget._placed)
            high = (len(widget.lines) - 1) * widget.pitch * widget.used_px + widget.used_px
            cut = widget.lines[-1].endswith("…") and not widget.text.endswith("…")
            if wide > widget.width + 2 or high > widget.height + 2 or cut:
                size = f"{wide:.0f}x{high:.0f} in {widget.width:.0f}x{widget.height:.0f}"
                found.append(f"{widget.text[:30]!r} {size}{' cut' if cut else ''}")
        elif isinstance(widget, BoxLayout) and widget.minimum_width > widget.width + 1:
            found.append(f"{type(widget).__name__} {widget.minimum_width:.0f} wide in {widget.width:.0f}")
    return found


def save(path: Path) -> None:
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
    from PIL import Image

    data = glReadPixels(0, 0, WIDTH_PX, HEIGHT_PX, GL_RGB, GL_UNSIGNED_BYTE)
    picture = Image.frombytes("RGB", (WIDTH_PX, HEIGHT_PX), data)
    picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM).save(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
