"""用手机填写: the code to scan, what to do with it, and how long it can be used; and the key that leads here."""

from __future__ import annotations

from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import fonts
from display.theme.widgets import Panel, QrCode, Text
from display.theme.widgets.text import width_of
from kiosk.screens.frame import Asks, StepScreen
from kiosk.screens.kit import Kit
from kiosk.screens.spoken import unspoken
from kiosk.services.phone_form import PhoneForm

PHONE_FORM = "phone_form"
CODE_MM = 30.0
"""What a phone reads at arm's length; the screen gives it as much as it has."""
_MOST_PX = 700
_PITCH = 1.4
_KEY_PX = 36


def phone_key_beside(title: Text, kit: Kit, asks: Asks) -> Widget:
    """A step's question with 用手机填写 at its right; alone where no phone could open the form now."""
    if not asks.can_pair:
        return title
    words = kit.words("phone.key")
    key = kit.key(
        PHONE_FORM,
        words,
        px=_KEY_PX,
        main=False,
        then=lambda: asks.open(PHONE_FORM),
        padding=(16, 8),
        size_hint=(None, None),
        size=(width_of(words, kit.side_px(_KEY_PX), bold=True, face=kit.face) + 48, kit.target_px(76, main=False)),
        pos_hint={"center_y": 0.5},
    )
    row = kit.row(0, title, key, gap_px=24)
    title.pos_hint = {"center_y": 0.5}
    title.bind(height=lambda _title, high: setattr(row, "height", max(high, key.height)))
    row.height = max(title.height, key.height)
    return row


class PhoneScreen(StepScreen):
    """Waits for the phone; when it has no code any more it says why, and offers another. Leaving ends the pairing."""

    name = "phone"
    back_word = "phone.cancel"
    follows_hall = True

    def __init__(self, kit: Kit, asks: Asks) -> None:
        assert isinstance(asks.flow, PhoneForm)
        self._form = asks.flow
        self._over = self._form.step in ("expired", "away")
        self.next_word, self.next_name = ("phone.again", "again") if self._over else ("", "next")
        super().__init__(kit, asks)

    def build(self) -> None:
        if self._over:
            said = self.kit.text(self.kit.words(f"phone.{self._form.step}.text"), px=46, pitch=1.5)
            self.body.add_widget(Widget())
            self.body.add_widget(self.kit.card(said, frame=True, padding=(48, 40)))
            self.body.add_widget(Widget(size_hint_y=2))
            return
        beside = self.kit.shape.across or self.kit.shape.low
        room = BoxLayout(
            orientation="horizontal" if beside else "vertical", spacing=self.kit.gap_px(self.kit.high_px(40))
        )
        room.add_widget(self._code_card(beside))
        room.add_widget(self._instructions(beside))
        self.body.add_widget(room)

    def title_words(self) -> str:
        return self.kit.words(f"phone.{self._form.step}.title" if self._over else "phone.title")

    def hint_words(self) -> str:
        """Low there is no room above the code, and the sentence stands beside it instead of the steps."""
        return "" if self._over or self.kit.shape.low else self.kit.words("phone.hint")

    def refresh(self) -> None:
        if self._over:
            return
        words, left = self.kit.words, self._form.seconds_left
        silent = self._form.step == "waiting" and not self._form.reached
        said = self._beside if self.kit.shape.low else self.hint
        said.text = words("phone.silent" if silent else "phone.hint")
        said.color = self.kit.palette.seal if silent else self.kit.palette.ink_2
        self._left.text = words("phone.left", minutes=left // 60, seconds=f"{left % 60:02}") if left else ""

    def state(self) -> str:
        return self._form.step

    def go_next(self) -> None:
        self._form.begin()
        self.asks.show()

    def go_back(self) -> None:
        self.asks.close()

    def _code_card(self, beside: bool) -> Widget:
        """As large as there is room, white in every palette."""
        kit = self.kit
        card = Panel(fill=(1, 1, 1, 1), frame=kit.palette.line, frame_px=3, radius_px=36, padding=(12, 12))
        card.size_hint = (None, None)
        if self._form.address:
            card.add_widget(QrCode(self._form.address))
        else:
            card.add_widget(
                Text(
                    kit.words("phone.opening"),
                    font_px=kit.side_px(36),
                    face=kit.face,
                    color=(0.08, 0.14, 0.18, 1),
                    align="center",
                    size_hint_y=1,
                )
            )
        frame = AnchorLayout(anchor_x="center", anchor_y="center")
        frame.add_widget(card)
        wide = kit.inner_px * (0.36 if kit.modes.big else 0.48) if beside else kit.inner_px
        if beside:
            frame.size_hint_x = None

        def fit(*_: object) -> None:
            side = max(kit.scale.px(CODE_MM), min(wide, frame.height, _MOST_PX))
            card.size = (side, side)
            if beside:
                frame.width = side

        frame.bind(height=fit)
        return frame

    def _instructions(self, beside: bool) -> Widget:
        kit = self.kit
        column = BoxLayout(orientation="vertical", spacing=kit.gap_px(kit.high_px(20)))
        if not beside:
            column.size_hint_y = None
            column.bind(minimum_height=column.setter("height"))
        if beside:
            column.add_widget(Widget())
        self._beside = kit.text("", px=40, pitch=_PITCH)
        for row in [self._beside] if kit.shape.low else [self._step_row(number) for number in (1, 2, 3)]:
            column.add_widget(row)
        self._left = kit.text(
            "", px=50, bold=True, pitch=1.3, align="left" if beside else "center", color=kit.palette.jade
        )
        column.add_widget(unspoken(self._left))
        if beside:
            column.add_widget(Widget())
        return column

    def _step_row(self, number: int) -> Widget:
        kit = self.kit
        row = BoxLayout(size_hint_y=None, spacing=24)
        px = kit.main_px(40)
        digit = Text(
            str(number), font_px=px, face=fonts.BLACK, color=kit.palette.jade, size_hint_x=None, width=px, pitch=_PITCH
        )
        said = kit.text(kit.words(f"phone.step.{number}"), px=40, pitch=_PITCH)
        for one in (digit, said):
            one.pos_hint = {"top": 1}
            row.add_widget(one)
        said.bind(height=lambda _said, high: setattr(row, "height", high))
        row.height = said.height
        return row
