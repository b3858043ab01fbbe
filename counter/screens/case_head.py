"""The upper part of a case: what it is, how it stands, its fields, a 投诉's own, what was said, a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.uix.stacklayout import StackLayout
from kivy.uix.widget import Widget

from counter import naming, particulars
from counter.particulars import Mark
from counter.screens.glyphs import readable
from counter.screens.parts import BODY_PX, RADIUS_PX, TITLE_PX, Column, Row, heading, label, small
from counter.wording import Wording
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Panel, Text
from hub.wire.messages import CaseDetail, Refusal


def head(place: Workplace, detail: CaseDetail) -> Column:
    """Its matter or that it is a 投诉, its number, and what holds now as marks."""
    say, line = place.say, detail.line
    came = f"{line.case_number} · {say.source(detail)} · {say.moment(line.filed_at, place.today)}"
    column = Column(Text(say.matter(line), font_px=TITLE_PX, bold=True, pitch=1.35), small(came, font_px=23), spacing=4)
    beside = place.case_file
    marks = particulars.marks(say, detail, beside.breaches, beside.refusal)
    if marks:
        column.add_widget(_badges(marks))
    return column


def fields(say: Wording, detail: CaseDetail) -> Column:
    line, words = detail.line, say.words
    person = label(words("case.person"), readable(say.person(detail)))
    if line.confidential:
        person.add_widget(Badge(words("case.confidential"), "due", font_px=20))
    named: list[Widget] = [
        person,
        label(words("case.stage"), say.stage(line)),
        label(words("case.department"), say.in_charge(line)),
        label(words("case.owner"), line.owner or words("case.not_yet")),
        label(words("case.receipt"), say.receipt(detail)),
    ]
    if detail.grievance is None:
        named.append(label(words("case.since"), detail.since or words("case.not_said")))
    if detail.ratings:
        named.append(label(words("rating.newest"), naming.level(say, detail.ratings[-1].level)))
    column = Column(*rows_of(named))
    if line.reasons:
        column.add_widget(label(words("case.reasons"), say.reasons(line)))
    return column


def grievance_panel(say: Wording, detail: CaseDetail) -> Panel | None:
    """What a 投诉 says beyond its text (R11), and that who signs it is kept secret (R13)."""
    about = detail.grievance
    if about is None:
        return None
    named = [label(name, readable(value)) for name, value in particulars.grievance_fields(say, detail)]
    panel = sheet(heading(say.words("grievance.about")), *rows_of(named, columns=2))
    if detail.line.confidential:
        panel.add_widget(small(say.words("grievance.confidential")))
    return panel


def answer_panel(say: Wording, detail: CaseDetail) -> Column | None:
    answer = say.answer(detail)
    return said_panel(say.step(answer), answer.text) if answer is not None else None


def said_panel(name: str, text: str, *, spoken: bool = True) -> Column:
    """Somebody's own words, set apart, in full."""
    words = Text(readable(text), font_px=BODY_PX, pitch=1.6, color=P.ink if spoken else P.ink_2)
    return Column(small(name), sheet(words), spacing=6)


def refusal_panel(say: Wording, refusal: Refusal) -> Panel:
    """The form of a refusal (R50): its reasons in full, and how it stands."""
    named = [label(name, readable(value)) for name, value in particulars.refusal_fields(say, refusal)]
    return sheet(
        heading(say.words("refusal.title")),
        Text(readable(refusal.text), font_px=BODY_PX, pitch=1.6),
        *rows_of(named, columns=2),
    )


def sheet(*children: Widget) -> Panel:
    """A framed surface that is as high as what stands on it."""
    panel = Panel(orientation="vertical", fill=P.card, frame=P.line, frame_px=2, radius_px=RADIUS_PX, spacing=14)
    panel.padding, panel.size_hint_y = (26, 20), None
    panel.bind(minimum_height=panel.setter("height"))
    for child in children:
        panel.add_widget(child)
    return panel


def rows_of(named: Sequence[Widget], columns: int = 3) -> list[Row]:
    """Fields beside each other, `columns` a row."""
    rows = []
    for start in range(0, len(named), columns):
        row = list(named[start : start + columns])
        row += [Widget(size_hint_y=None, height=1) for _ in range(columns - len(row))]
        rows.append(Row(*row))
    return rows


def _badges(marks: Sequence[Mark]) -> StackLayout:
    stack = StackLayout(spacing=(10, 8), padding=(0, 8, 0, 0), size_hint_y=None)
    stack.bind(minimum_height=stack.setter("height"))
    for mark in marks:
        stack.add_widget(Badge(mark.words, mark.tone, font_px=21))
    return stack
