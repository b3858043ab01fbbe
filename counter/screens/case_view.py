"""One case whole: what the citizen said, in their own characters, and what has happened since."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, SmoothEllipse
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.screens.glyphs import readable
from counter.screens.parts import BODY_PX, RADIUS_PX, TITLE_PX, Column, Row, Scroll, heading, label, small
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Panel, Text
from hub.wire.messages import CaseDetail, CaseLine, Step


class CaseView(BoxLayout):
    """The selected case, scrolled when it is longer than its place. Rebuilt only when it changed."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(orientation="vertical", padding=(36, 0, 20, 0), **settings)
        self.place = place
        self._shown: object = None
        self.content = Column(spacing=24, padding=(0, 28, 24, 36))
        self.view = Scroll(self.content)
        self.add_widget(self.view)

    def show(self) -> None:
        session = self.place.session
        wanted = (session.selected, session.detail, session.line(), self.place.today)
        if wanted == self._shown:
            return
        other = not isinstance(self._shown, tuple) or self._shown[0] != session.selected
        self._shown = wanted
        self.content.clear_widgets()
        for part in self._parts(session.detail, session.line()):
            self.content.add_widget(part)
        if other:
            self.view.to_top()

    def _parts(self, detail: CaseDetail | None, line: CaseLine | None) -> list[Widget]:
        words = self.place.say.words
        if detail is not None:
            return self._whole(detail)
        if line is not None or self.place.session.selected:
            return [small(words("case.loading"))]
        return [
            Widget(size_hint_y=None, height=180),
            Text(words("case.choose"), font_px=TITLE_PX, bold=True, align="center"),
            small(words("case.choose_hint"), align="center"),
        ]

    def _whole(self, detail: CaseDetail) -> list[Widget]:
        say, line = self.place.say, detail.line
        words = say.words
        came = f"{line.case_number} · {say.source(detail)} · {say.moment(line.filed_at, self.place.today)}"
        title = Column(
            Text(say.matter(line), font_px=TITLE_PX, bold=True, pitch=1.35), small(came, font_px=23), spacing=4
        )
        parts: list[Widget] = [title, self._fields(detail)]
        answer = say.answer(detail)
        if answer is not None:
            parts.append(self._said(say.step(answer), answer.text, True))
        parts.append(self._said(words("case.text"), detail.text or words("case.no_text"), bool(detail.text)))
        if detail.scope:
            parts.append(small(words("case.scope", scope=say.exclusion(detail.scope))))
        if detail.note:
            parts.append(self._said(words("case.note"), detail.note, True))
        parts.append(
            Column(
                heading(words("case.timeline")),
                *(self._step(step, step is not answer) for step in detail.steps),
                spacing=12,
            )
        )
        return parts

    def _fields(self, detail: CaseDetail) -> Column:
        say, line = self.place.say, detail.line
        words = say.words
        person = label(words("case.person"), readable(say.person(detail)))
        if line.confidential:
            person.add_widget(Badge(words("case.confidential"), "due", font_px=20))
        return Column(
            Row(
                person,
                label(words("case.stage"), say.stage(line)),
                label(words("case.department"), say.in_charge(line)),
            ),
            Row(
                label(words("case.since"), detail.since or words("case.not_said")),
                label(words("case.receipt"), say.receipt(detail)),
                label(words("case.owner"), line.owner or words("case.not_yet")),
            ),
            label(words("case.reasons"), say.reasons(line)),
        )

    def _said(self, name: str, text: str, spoken: bool) -> Column:
        """Somebody's own words, set apart, in full."""
        paper = Panel(orientation="vertical", fill=P.card, frame=P.line, frame_px=2, radius_px=RADIUS_PX)
        paper.padding, paper.size_hint_y = (26, 20), None
        paper.bind(minimum_height=paper.setter("height"))
        paper.add_widget(Text(readable(text), font_px=BODY_PX, pitch=1.6, color=P.ink if spoken else P.ink_2))
        return Column(small(name), paper, spacing=6)

    def _step(self, step: Step, in_full: bool) -> Row:
        say = self.place.say
        time = Text(say.moment(step.at, self.place.today), font_px=23, color=P.ink_2, pitch=1.45, size_hint_x=None)
        time.width = 200
        what = Column(Text(say.step(step), font_px=23, pitch=1.45), spacing=0)
        if step.text and in_full and step.move != "file":
            what.add_widget(Text(readable(step.text), font_px=23, pitch=1.5, color=P.ink_2))
        row = Row(_Dot(), time, what, spacing=14)
        # The dot and the time stand at the top of however many lines there are.
        for one in (row.children[-1], time):
            one.pos_hint = {"top": 1}
        return row


class _Dot(Widget):
    """A step of the timeline."""

    def __init__(self) -> None:
        super().__init__(size_hint=(None, None), size=(16, 34))
        with self.canvas:
            Color(*P.jade)
            self._round = SmoothEllipse(size=(16, 16))
        self.bind(pos=self._place)

    def _place(self, *_: Any) -> None:
        self._round.pos = (self.x, self.center_y - 8)
