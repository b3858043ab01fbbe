"""一次性告知清单 (R52): what each matter needs, in everybody's words; a supervisor writes the next version."""

from __future__ import annotations

from functools import partial
from typing import Any

from counter import checklists
from counter.checklists import Change, Sheet
from counter.screens.case_head import sheet
from counter.screens.fields import Lines, Words, question
from counter.screens.glyphs import readable
from counter.screens.page import Foot, Page, aside, between, body, title
from counter.screens.parts import BODY_PX, Column, Press, Row, heading, small
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Text
from hub.domain.care import NoticePart
from hub.wire.messages import Answer, Checklist, ReadChecklist

LIST_PX = 460


class ChecklistPage(Page):
    """The screen behind `告知`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        self.matter = ""
        self.known: Checklist | None = None
        self.read = False
        """Whether the hub has said what there is of this matter."""
        self.writing: Sheet | None = None
        self.checking = False
        """Whether the changes are shown, to be confirmed."""
        self.sending = False
        self.typed: list[Words] = []
        self.foot: Foot | None = None
        words = place.say.words
        self.items = {
            one.code: Press(f"matter.{one.code}", one.name, partial(self.open, one.code), height=64, font_px=24)
            for one in place.hall.matters
        }
        for item in self.items.values():
            item.title.align, item.title.max_lines, item.title.min_px = "left", 1, 18
        rule = place.policy.one_time_notice.tells
        cite = words("action.rule", cite=rule.cite) if rule.cite else words("action.rule.silent")
        self.list = aside(title(words("checklist.title"), cite), *self.items.values(), width=LIST_PX)
        self._draw()

    def show(self) -> None:
        for code, item in self.items.items():
            item.kind = "primary" if code == self.matter else "secondary"
            item.disabled = self.writing is not None and code != self.matter
        self._tell()

    def close(self) -> None:
        self._wipe()
        self.matter, self.known, self.read, self.writing, self.checking = "", None, False, None, False
        self._draw()

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if key == "escape" and self.writing is not None:
            self.step_back()
            return True
        return self.foot is not None and self.foot.press(key, ctrl)

    # --- what is asked

    def open(self, matter: str) -> None:
        """Reads a matter's newest version."""
        self._wipe()
        self.matter, self.known, self.read, self.writing, self.checking = matter, None, False, None, False

        def answered(answer: Answer) -> None:
            if matter != self.matter:
                return
            self.known, self.read = (answer if isinstance(answer, Checklist) else None), True
            self._draw()

        self.place.session.ask(ReadChecklist(matter=matter), answered, quietly=True)
        self._draw()

    def begin(self) -> None:
        """Begins the next version from the last one."""
        self.writing = checklists.sheet_of(self.known)
        self._draw()

    def check(self) -> None:
        """Shows what the next version changes."""
        self.checking = True
        self._draw()

    def step_back(self) -> None:
        if self.checking:
            self.checking = False
        else:
            self.writing = None
        self._draw()

    def publish(self) -> None:
        assert self.writing is not None
        if self.sending:
            return
        self.sending = True

        def answered(answer: Answer) -> None:
            self.sending = False
            if isinstance(answer, Checklist):
                self._wipe()
                self.known, self.writing, self.checking = answer, None, False
                self._draw()

        self.place.session.ask(checklists.command(self.matter, self.known, self.writing), answered)
        self._tell()

    # --- what is filled in

    def _edit_part(self, name: str, text: str) -> None:
        assert self.writing is not None
        kept = [(kind, said) for kind, said in self.writing.parts if kind != name]
        kind: NoticePart = next(one for one in checklists.PARTS if one == name)
        self.writing = Sheet(parts=(*kept, (kind, text)), materials=self.writing.materials)
        self._tell()

    def _edit_materials(self, _name: str, names: tuple[str, ...]) -> None:
        assert self.writing is not None
        self.writing = Sheet(parts=self.writing.parts, materials=names)
        self._tell()

    def _wipe(self) -> None:
        for one in self.typed:
            one.input.focus = False
            one.wipe()
        self.typed = []

    def _tell(self) -> None:
        if self.foot is None or self.writing is None:
            return
        words, place = self.place.say.words, self.place
        missing = checklists.missing(place.policy, self.writing)
        same = not checklists.changes(self.known, self.writing)
        if missing:
            said = words("checklist.missing", what="、".join(words(f"checklist.part.{one}") for one in missing))
        else:
            said = words("checklist.same") if same else ""
        self.foot.tell(place, said, off=bool(missing) or same, sending=self.sending)

    # --- drawing

    def _draw(self) -> None:
        self.clear_widgets()
        self.foot = None
        self.add_widget(self.list)
        self.add_widget(between())
        if not self.matter:
            self.add_widget(body(small(self._say("checklist.choose"), font_px=BODY_PX)))
        elif self.writing is None:
            self.add_widget(body(*self._reading()))
        elif not self.checking:
            self._form(self.writing)
        else:
            self._changes(self.writing)
        self.show()

    def _reading(self) -> list[Any]:
        known = self.known
        parts: list[Any] = [title(self._name(), self._version())]
        if known is not None:
            by_kind = {one.kind: one.text for one in known.parts}
            parts += [
                Column(heading(self._say(f"checklist.part.{kind}")), _paragraph(by_kind[kind]), spacing=4)
                for kind in checklists.PARTS
                if kind in by_kind
            ]
            named = [_paragraph(f"{number}. {one.name}") for number, one in enumerate(known.materials, 1)]
            parts.append(Column(heading(self._say("checklist.part.materials")), *named, spacing=6))
        if self.read and self.place.terminal.role == "supervisor":
            begin = Press("checklist.begin", self._say("checklist.begin"), self.begin, height=80, kind="primary")
            begin.size_hint_x, begin.width = None, 420
            parts.append(begin)
        return parts

    def _form(self, writing: Sheet) -> None:
        self._wipe()
        kinds = checklists.offered(self.place.policy, self.known)
        fields = [Words(kind, writing.text(kind), self._edit_part, rows=3) for kind in kinds]
        materials = Lines("materials", writing.materials, self._edit_materials, rows=7)
        self.typed = [*fields, materials]
        asked = [question(self._say(f"checklist.part.{one.name}"), one) for one in fields]
        lines = question(self._say("checklist.part.materials"), materials, remark=self._say("checklist.materials.hint"))
        self.foot = Foot("checklist.check", self._say("checklist.check"), self.check, width=360)
        self.add_widget(
            body(
                title(self._name(), self._say("checklist.writing", n=self._next())),
                lines,
                *asked,
                foot=self._with_back(),
            )
        )

    def _changes(self, writing: Sheet) -> None:
        self.foot = Foot("checklist.publish", self._say("checklist.publish", n=self._next()), self.publish, width=400)
        found = checklists.changes(self.known, writing)
        note = self._say("checklist.confirm") if self.known else self._say("checklist.first")
        self.add_widget(body(title(self._name(), note), *(self._change(one) for one in found), foot=self._with_back()))

    def _change(self, one: Change) -> Any:
        tone = {"added": "soft", "removed": "alarm", "changed": "due"}[one.kind]
        badge = Badge(self._say(f"checklist.change.{one.kind}"), tone, font_px=21)
        badge.pos_hint = {"center_y": 0.5}
        what = "materials" if one.what == "material" else one.what
        name = Text(self._say(f"checklist.part.{what}"), font_px=BODY_PX, bold=True)
        said = [Text(readable(one.before), font_px=BODY_PX - 2, pitch=1.5, color=P.ink_2)] if one.before else []
        if one.before and one.after:
            said = [small(self._say("checklist.before")), *said, small(self._say("checklist.after"))]
        if one.after:
            said.append(Text(readable(one.after), font_px=BODY_PX, pitch=1.5))
        return sheet(Row(badge, name, spacing=16), *said)

    def _with_back(self) -> Row:
        assert self.foot is not None
        back = Press("checklist.back", self._say("compose.back"), self.step_back, height=84, shortcut="Esc")
        back.size_hint_x, back.width = None, 210
        return Row(back, self.foot, height=84, spacing=24)

    def _name(self) -> str:
        return next((one.name for one in self.place.hall.matters if one.code == self.matter), self.matter)

    def _next(self) -> int:
        return self.known.version + 1 if self.known else 1

    def _version(self) -> str:
        if self.known is not None:
            return self._say("checklist.version", n=self.known.version)
        return self._say("checklist.none" if self.read else "case.loading")

    def _say(self, key: str, **values: object) -> str:
        return self.place.say.words(key, **values)


def _paragraph(text: str) -> Text:
    return Text(readable(text), font_px=BODY_PX, pitch=1.55)
