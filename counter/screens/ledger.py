"""台账导出 (R17, R71): which days, where to, that it is logged, and how far it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from counter import files, naming
from counter.screens.choices import Choice, Option
from counter.screens.fields import Day, Words, question
from counter.screens.page import Foot, Page, aside, between, body, title
from counter.screens.parts import BODY_PX, Column, heading, small
from counter.screens.progress import Bar
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, Text


class LedgerPage(Page):
    """The screen behind `台账`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        self.export = place.export
        self._form()

    def show(self) -> None:
        words, export = self.place.say.words, self.export
        first, last = self.first.value, self.last.value
        dates = first is not None and last is not None and first <= last
        under_way = export.state == "under_way"
        said = "" if dates or under_way else words("ledger.trouble.dates")
        self.foot.tell(self.place, said, off=not dates or under_way)
        self.bar.part = export.part
        self.bar.opacity = 1 if export.state in ("under_way", "done") else 0
        self.told.text = self._told()
        self.told.color = P.seal if export.trouble else P.ink

    def enter(self) -> None:
        """Sticks may have been plugged in since."""
        if self.export.state != "under_way":
            self._form()
            self.show()

    def close(self) -> None:
        self.export.close()
        self._form()

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        return self.foot.press(key, ctrl)

    def begin(self) -> None:
        self.export.begin(self.first.value, self.last.value, Path(self.folder.value), self.name.value)
        self.show()

    # --- inside

    def _form(self) -> None:
        place, words = self.place, self.place.say.words
        today = place.today
        say = partial(naming.date, place.say)
        self.clear_widgets()
        self.first = Day("ledger_first", today.replace(day=1), self._changed, start=today, say=say)
        self.last = Day("ledger_last", today, self._changed, start=today, say=say)
        options = [
            Option(str(one.path), words("file.stick" if one.removable else "file.home"), str(one.path))
            for one in files.places(Path.home())
        ]
        self.folder = Choice("folder", options[0].code, self._changed, options=options, columns=2)
        self.name = Words("ledger_name", self._proposed(), self._changed)
        self.foot = Foot("ledger.send", words("ledger.send"), self.begin, width=360)
        self.bar = Bar(opacity=0)
        self.told = Text("", font_px=BODY_PX, pitch=1.5)
        rule = place.policy.forms.ledger
        cite = words("action.rule.document", document=place.policy.name, cite=rule.cite)
        columns = "、".join(one.name for one in rule.value)
        self.add_widget(
            body(
                title(words("ledger.title"), cite if rule.cite else words("action.rule.silent")),
                question(words("ledger.first"), self.first),
                question(words("ledger.last"), self.last),
                question(words("ledger.folder"), self.folder),
                question(words("ledger.name"), self.name, remark=words("ledger.name.hint")),
                self.bar,
                self.told,
                foot=self.foot,
            )
        )
        self.add_widget(between())
        self.add_widget(
            aside(
                _warning(words("ledger.logged"), words("ledger.logged.text")),
                Column(heading(words("ledger.columns")), small(columns, font_px=23), spacing=4),
                Column(heading(words("ledger.secrecy")), small(words("ledger.secrecy.text"), font_px=23), spacing=4),
                width=640,
            )
        )

    def _changed(self, name: str, _value: Any) -> None:
        if name in ("ledger_first", "ledger_last") and self.export.state != "under_way":
            self.name.value = self._proposed()
        self.show()

    def _proposed(self) -> str:
        first, last = self.first.value, self.last.value
        days = "-".join(f"{one:%Y%m%d}" for one in (first, last) if one is not None)
        return self.place.say.words("ledger.file", days=days)

    def _told(self) -> str:
        words, export = self.place.say.words, self.export
        if export.trouble == "refused" and export.why is not None:
            return self.place.say.rejected(export.why)
        if export.trouble:
            return words(f"ledger.trouble.{export.trouble}")
        if export.state == "under_way":
            return words("ledger.under_way", n=export.rows)
        if export.state == "done":
            return words("ledger.done", n=export.rows, path=export.target)
        return ""


def _warning(name: str, text: str) -> Panel:
    panel = Panel(orientation="vertical", fill=P.gold_soft, radius_px=16, padding=(26, 20), spacing=6, size_hint_y=None)
    panel.bind(minimum_height=panel.setter("height"))
    panel.add_widget(Text(name, font_px=28, bold=True))
    panel.add_widget(Text(text, font_px=23, pitch=1.55))
    return panel
