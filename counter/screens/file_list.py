"""Folders and files to choose from, in our own look: only what can be taken is shown, nothing hidden."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from counter import naming
from counter.files import Item
from counter.screens.glyphs import readable
from counter.screens.long_list import ListRow, LongList
from counter.screens.parts import Column, Press, Row, small
from counter.workplace import Workplace
from display.theme import touchmap
from display.theme.palette import NORMAL as P
from display.theme.widgets import Text

ROW_PX = 72


class FileRow(ListRow):
    """One folder or file."""

    name = StringProperty("")
    told = StringProperty("")
    key = StringProperty("")

    def __init__(self, **settings: Any) -> None:
        super().__init__(orientation="horizontal", padding=(22, 6), spacing=16, **settings)
        self._name = Text("", font_px=24, size_hint_y=1, max_lines=1, min_px=18)
        self._told = small("", size_hint=(None, 1), width=330, align="right")
        self.add_widget(self._name)
        self.add_widget(self._told)

    def refresh_view_attrs(self, view: Any, index: int, data: dict[str, Any]) -> None:
        super().refresh_view_attrs(view, index, data)
        self._name.text, self._told.text = self.name, self.told
        touchmap.name(self, self.key)
        self._look()


class FileList(BoxLayout):
    """What is in the folder that `Papers` shows, and the way up."""

    def __init__(self, place: Workplace, *, folders_only: bool = False, **settings: Any) -> None:
        super().__init__(orientation="vertical", padding=(28, 24), spacing=16, **settings)
        self.place, self._folders_only = place, folders_only
        self._shown: object = None
        words = place.say.words
        self.up = Press(
            "file.up", words("file.up"), place.papers.up, height=60, font_px=23, size_hint_x=None, width=150
        )
        self.where = Text("", font_px=22, size_hint_y=1, max_lines=2, min_px=16, pitch=1.25, color=P.ink_2)
        self.none = small("", font_px=24)
        self.rows = LongList(FileRow, ROW_PX, 10)
        self.add_widget(Row(self.up, self.where, height=60))
        self.add_widget(self.rows)

    def show(self) -> None:
        papers = self.place.papers
        wanted = (papers.folder, tuple(papers.items), papers.chosen)
        if wanted == self._shown:
            return
        self._shown = wanted
        self.where.text = readable(str(papers.folder))
        self.up.disabled = papers.folder == papers.folder.parent
        items = [one for one in papers.items if one.is_folder or not self._folders_only]
        key = "file.no_folders" if self._folders_only else "file.none"
        self.none.text = self.place.say.words(key)
        if bool(items) == (self.none.parent is not None):
            self.remove_widget(self.none) if items else self.add_widget(self.none, index=1)
        self.rows.data = [self._row(number, one) for number, one in enumerate(items, 1)]

    def _row(self, number: int, item: Item) -> dict[str, Any]:
        say, papers = self.place.say, self.place.papers
        told = say.words("file.folder")
        if not item.is_folder:
            at = dt.datetime.fromtimestamp(item.modified_s, dt.UTC)
            told = f"{naming.size(say, item.size_bytes)} · {say.moment(at, self.place.today)}"
        return {
            "name": readable(item.path.name),
            "told": told,
            "key": f"file.{number}",
            "selected": item == papers.chosen,
            "open_it": partial(papers.choose, item),
        }


class PlaceList(Column):
    """Where to begin: sticks that are plugged in, and home."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(spacing=12)
        words = place.say.words
        for number, one in enumerate(place.papers.places()):
            name = readable(one.path.name) if one.removable else words("file.home")
            press = Press(
                f"place.{number}",
                name,
                partial(place.papers.go, one.path),
                hint=words("file.stick") if one.removable else "",
                height=72,
            )
            self.add_widget(press)
        self.add_widget(small(words("file.places")))
