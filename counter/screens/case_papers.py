"""The papers of a case: materials that may follow, and attachments, which can be looked at, saved and added to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from counter import particulars
from counter.screens.case_head import sheet
from counter.screens.glyphs import readable
from counter.screens.parts import BODY_PX, Column, Press, Row, heading, small
from counter.wording import Wording
from counter.workplace import Workplace
from display.theme.widgets import Badge, Panel, Text
from hub.domain.attachment import EACH_CASE_AT_MOST
from hub.wire.messages import AttachmentView, CaseDetail


class CasePapers(Column):
    """Attachments with their buttons."""

    def __init__(self, place: Workplace, detail: CaseDetail) -> None:
        super().__init__(spacing=10)
        self.place, self.detail = place, detail
        words = place.say.words
        self.add = Press("paper.add", words("paper.add"), self._add, height=52, font_px=22, size_hint_x=None, width=190)
        self.add.padding = (12, 4)
        self.looks = [self._look(number, one) for number, one in enumerate(detail.attachments, 1)]
        title = heading(words("paper.title", n=len(detail.attachments)))
        title.size_hint_y = 1
        self.add_widget(Row(title, self.add, height=52))
        for look, one in zip(self.looks, detail.attachments, strict=True):
            self.add_widget(self._row(one, look))
        if not detail.attachments:
            hidden = not detail.name and detail.line.confidential
            self.add_widget(small(words("paper.hidden" if hidden else "paper.none")))
        self.show()

    def show(self) -> None:
        for one in self.looks:
            one.disabled = not self.place.live
        self.add.disabled = not self.place.live or len(self.detail.attachments) >= EACH_CASE_AT_MOST

    def _row(self, one: AttachmentView, look: Press) -> Panel:
        name = Text(readable(one.name), font_px=BODY_PX - 2, bold=True, max_lines=2, min_px=18)
        told = Column(name, small(particulars.paper(self.place.say, one)), spacing=0, pos_hint={"center_y": 0.5})
        panel = sheet(Row(told, look, spacing=16))
        panel.padding = (22, 12)
        return panel

    def _look(self, number: int, one: AttachmentView) -> Press:
        look = Press(
            f"paper.look.{number}",
            self.place.say.words("paper.look"),
            partial(self.place.papers.look, one),
            height=52,
            font_px=22,
            size_hint_x=None,
            width=110,
        )
        look.padding, look.pos_hint = (12, 4), {"center_y": 0.5}
        return look

    def _add(self) -> None:
        about = self.detail.grievance
        owed = about is not None and about.must_be_written and about.written_at is None
        self.place.papers.add(
            self.detail.line.case_number,
            is_grievance=about is not None,
            kind="written_form" if owed else "evidence",
        )


def materials_panel(say: Wording, detail: CaseDetail, materials: Mapping[str, str]) -> Column | None:
    """Materials that may follow (R53), and whether they came."""
    found = particulars.awaited(detail.records, materials)
    if not found:
        return None
    column = Column(heading(say.words("awaited.title")), spacing=8)
    for one in found:
        badge = Badge(
            say.words("awaited.came" if one.came else "awaited.owed"), "soft" if one.came else "due", font_px=20
        )
        badge.pos_hint = {"center_y": 0.5}
        column.add_widget(Row(badge, Text(readable(one.name), font_px=BODY_PX - 2), spacing=14))
    return column
