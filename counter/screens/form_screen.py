"""A paper of the hall about one case, as it would be printed: head, number, ruled fields, boxes to be ticked."""

from __future__ import annotations

from functools import partial
from typing import Any

from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.screens.glyphs import readable
from counter.screens.parts import BODY_PX, Column, Press, Row, Scroll, small
from counter.screens.prints import Prints
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Divider, Panel, Text
from hub.wire.messages import Form, FormField
from printers.office_form import form_of, slip_of_form
from printers.slip import Slip

SHEET_PX, NAME_PX = 1180, 300
TICKED, EMPTY = "■", "□"


class FormScreen(BoxLayout):
    """Shows what `Forms` holds."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(orientation="vertical", padding=(36, 24), spacing=16, **settings)
        self.place = place
        self._shown: object = ()
        self._print: Prints | None = None

    def show(self) -> None:
        forms = self.place.forms
        wanted = (forms.form, forms.why, self.place.live)
        if self._print is not None:
            self._print.show()
        if wanted == self._shown:
            return
        self._shown = wanted
        self.clear_widgets()
        words = self.place.say.words
        back = Press("form.back", words("compose.back"), forms.back, shortcut="Esc", height=72)
        back.size_hint_x, back.width = None, 210
        self._print = None
        if forms.form is not None and self.place.printing.has_printer:
            choices = [("form.print", words("printing.do"), partial(self._sheets, forms.form))]
            self._print = Prints(self.place, choices, idle=words("form.preview"))
            (press,) = self._print.presses
            press.size_hint_x, press.width = None, 210
            self._print.said.pos_hint = {"center_y": 0.5}
            self.add_widget(Row(self._print.said, press, back, height=72))
        else:
            self.add_widget(Row(small(words("form.preview"), font_px=23, size_hint_y=1), back, height=72))
        if forms.form is not None:
            self.add_widget(Scroll(_on_the_desk(sheet_of(self.place, forms.form))))
            return
        said = self.place.say.rejected(forms.why) if forms.why is not None else words("case.loading")
        self.add_widget(Text(said if self.place.live or forms.why else words("page.stale"), font_px=BODY_PX))
        self.add_widget(Widget())

    def _sheets(self, form: Form) -> list[Slip]:
        return [slip_of_form(form_of(form, self.place.hall, self.place.now))]

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if key == "escape":
            self.place.forms.back()
            return True
        return False


def sheet_of(place: Workplace, form: Form) -> Panel:
    """The paper itself."""
    words = place.say.words
    sheet = Panel(orientation="vertical", fill=P.card, frame=P.ink, frame_px=2, radius_px=2, spacing=0)
    sheet.padding, sheet.size_hint = (56, 44), (None, None)
    sheet.width = SHEET_PX
    sheet.bind(minimum_height=sheet.setter("height"))
    sheet.add_widget(Text(form.title, font_px=40, bold=True, align="center", pitch=1.4))
    number = Text(words("form.number", number=form.number), font_px=23, align="right")
    sheet.add_widget(number)
    sheet.add_widget(Widget(size_hint_y=None, height=14))
    for field in form.fields:
        sheet.add_widget(Divider(color=P.ink))
        sheet.add_widget(_row(words("form.by_hand"), field))
    sheet.add_widget(Divider(color=P.ink))
    return sheet


def _row(by_hand: str, field: FormField) -> Row:
    name = Text(field.name, font_px=BODY_PX, bold=True, pitch=1.45, size_hint_x=None, width=NAME_PX)
    value = Column(spacing=4)
    if field.boxes:
        boxes = "　".join(f"{TICKED if one.ticked else EMPTY} {one.name}" for one in field.boxes)
        value.add_widget(Text(boxes, font_px=BODY_PX, pitch=1.5))
    if field.value:
        value.add_widget(Text(readable(field.value), font_px=BODY_PX, pitch=1.5))
    if not field.boxes and not field.value:
        value.add_widget(small(by_hand))
    for one in (name, value):
        one.pos_hint = {"top": 1}
    row = Row(name, value, spacing=24, padding=(8, 14))
    return row


def _on_the_desk(sheet: Panel) -> AnchorLayout:
    desk = AnchorLayout(anchor_x="center", size_hint_y=None)
    sheet.fbind("height", lambda _w, high: setattr(desk, "height", high + 8))
    desk.height = sheet.height + 8
    desk.add_widget(sheet)
    return desk
