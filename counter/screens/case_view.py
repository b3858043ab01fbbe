"""One case whole: how it stands, what the citizen said in their own characters, its papers, and what has happened."""

from __future__ import annotations

from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter import forms, timeline
from counter.screens.case_head import answer_panel, fields, grievance_panel, head, refusal_panel, said_panel
from counter.screens.case_papers import CasePapers, materials_panel
from counter.screens.case_timeline import timeline_column
from counter.screens.case_trace import trace_panel
from counter.screens.parts import TITLE_PX, Column, Press, Row, Scroll, heading, small
from counter.screens.prints import Prints
from counter.workplace import Workplace
from display.theme.widgets import Text
from hub.wire.messages import CaseDetail, CaseLine, Refusal
from printers.office_form import refusal_forms, slip_of_form
from printers.slip import Slip


class CaseView(BoxLayout):
    """The selected case, scrolled when it is longer than its place. Rebuilt only when it changed."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(orientation="vertical", padding=(36, 0, 20, 0), **settings)
        self.place = place
        self._shown: object = None
        self.content = Column(spacing=24, padding=(0, 28, 24, 36))
        self.view = Scroll(self.content)
        self.papers: CasePapers | None = None
        self.print: Prints | None = None
        self.add_widget(self.view)

    def show(self) -> None:
        session, beside = self.place.session, self.place.case_file
        wanted = (
            session.selected,
            session.detail,
            session.line(),
            self.place.today,
            (beside.breaches, beside.refusal, beside.trace, tuple(beside.materials.items())),
        )
        if wanted != self._shown:
            other = not isinstance(self._shown, tuple) or self._shown[0] != session.selected
            self._shown = wanted
            self.content.clear_widgets()
            self.papers = self.print = None
            for part in self._parts(session.detail, session.line()):
                self.content.add_widget(part)
            if other:
                self.view.to_top()
        if self.papers is not None:
            self.papers.show()
        if self.print is not None:
            self.print.show()

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

    def _forms(self, detail: CaseDetail) -> Column | None:
        """The hall's own papers about this case, to look at."""
        kinds, words = forms.of_hall(self.place.policy), self.place.say.words
        if not kinds:
            return None
        number = detail.line.case_number
        looks = [
            Press(f"form.{kind}", words(f"form.{kind}"), partial(self.place.forms.look, number, kind), height=56)
            for kind in kinds
        ]
        return Column(heading(words("form.title")), Row(*looks, height=56), spacing=10)

    def _refusal_print(self, refusal: Refusal) -> Column | None:
        """Its form in as many copies as the hall's document wants (R50)."""
        if not self.place.printing.has_printer:
            return None
        place = self.place
        words = place.say.words("refusal.print", n=refusal.copies)

        def sheets() -> list[Slip]:
            return [slip_of_form(one) for one in refusal_forms(refusal, place.hall, place.policy, place.now)]

        self.print = Prints(place, [("refusal.print", words, sheets)], height=56)
        return self.print.column()

    def _whole(self, detail: CaseDetail) -> list[Widget]:
        place, say = self.place, self.place.say
        words, beside = say.words, place.case_file
        self.papers = CasePapers(place, detail)
        parts: list[Widget | None] = [
            head(place, detail),
            fields(say, detail),
            trace_panel(place, detail),
            grievance_panel(say, detail),
            answer_panel(say, detail),
            said_panel(words("case.text"), detail.text or words("case.no_text"), spoken=bool(detail.text)),
            small(words("case.scope", scope=say.exclusion(detail.scope))) if detail.scope else None,
            said_panel(words("case.note"), detail.note) if detail.note else None,
            refusal_panel(say, beside.refusal) if beside.refusal is not None else None,
            self._refusal_print(beside.refusal) if beside.refusal is not None else None,
            materials_panel(say, detail, beside.materials),
            self.papers,
            self._forms(detail),
            timeline_column(place, timeline.entries(say, detail, beside.materials)),
        ]
        return [one for one in parts if one is not None]
