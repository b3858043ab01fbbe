"""What became of it: the number, the code, what happens next, and the true state of the paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import fonts
from display.theme.widgets import Panel, QrCode, Text
from hub.domain.due_words import explain, say_date
from hub.domain.numbers import case_serial
from hub.wire.messages import ComplaintAccepted, Rejected
from kiosk.screens.code_card import code_card
from kiosk.screens.facts import Fact, Facts
from kiosk.screens.frame import Asks, Screen, foot_px
from kiosk.screens.heads import Ground
from kiosk.screens.kit import Kit
from kiosk.screens.sentences import Sentence, Sentences
from kiosk.screens.spoken import unspoken
from kiosk.session import Filed

IMPATIENT_S = 0.75
"""确认提交 stood where 我知道了 stands: who taps on, no slower than this, does not wipe the number unread."""
NUMBER_PX, FLAT_NUMBER_PX, LEAST_NUMBER_PX = 196, 150, 100
FACT_PX, FINISH_PX = 34, 52
LOW_PARTS, ACROSS_GAP_PX = (0.42, 0.58), 56
"""How a low glass is shared by number and code, and what lies between two columns."""


class DoneScreen(Screen):
    """Says only what is so: saved here, registered by the hub, printed. `count` shows the seconds left."""

    name = "done"

    def __init__(self, kit: Kit, asks: Asks, today: dt.date, *, paper: bool) -> None:
        super().__init__(kit, asks)
        self._today, self._paper = today, paper
        self._body = BoxLayout(orientation="vertical")
        self._left = unspoken(kit.note("", px=31, size_hint_y=1, valign="middle", pitch=1.15))
        self._left.max_lines, self._left.min_px = 4, kit.side_px(0)
        self._turner = kit.key("turn", kit.words("done.next"), px=40, then=self.turn, padding=(12, 8))
        self._middle = BoxLayout()
        self._middle.add_widget(self._left)
        self._reading = False
        self._picture = QrCode()  # drawn once, however often what stands around it changes
        self.add_widget(self._body)
        self.add_widget(self._foot())
        self._shown: object = None
        self._touched_s = Clock.get_time()
        self.refresh()

    def refresh(self) -> None:
        filed = self.asks.session.filed
        if filed is None or filed == self._shown:
            return
        self._shown = filed
        self._body.clear_widgets()
        if isinstance(filed.answer, Rejected):
            self._show_rejected()
        else:
            self._show_filed(filed)

    def on_touch_down(self, touch: Any) -> bool:
        """Taps that go on from the last screen are still meant for it."""
        hasty = touch.time_start - self._touched_s < IMPATIENT_S
        self._touched_s = touch.time_start
        return True if hasty else bool(super().on_touch_down(touch))

    def count(self, seconds: int) -> None:
        left = self.kit.words("done.left", n=seconds)
        # Large letters have room for how long this stays, and no more.
        self._left.text = left.partition("\n")[0] if self.kit.modes.big else left

    def state(self) -> str:
        filed = self.asks.session.filed
        if filed is None or not (filed.answer or filed.offline):
            return "waiting"
        if filed.answer is None:
            return f"offline.{filed.printed or 'none'}"
        return "rejected" if isinstance(filed.answer, Rejected) else f"answered.{filed.printed or 'none'}"

    def wipe(self) -> None:
        self._body.clear_widgets()

    # --- the three cases

    def _show_filed(self, filed: Filed) -> None:
        answer = filed.answer if isinstance(filed.answer, ComplaintAccepted) else None
        if not filed.numbers[1]:
            self._head("done.saved", "done.saved.sub")
        elif answer is None:
            self._head("done.offline", "done.sub.printed" if filed.printed == "confirmed" else "done.sub")
        else:
            self._head("done.title", "done.sub.printed" if filed.printed == "confirmed" else "done.sub")
        kit, gap = self.kit, self.kit.gap_px(self.kit.high_px(20))
        body = BoxLayout(padding=(kit.edge_px, kit.high_px(24), kit.edge_px, 0), spacing=gap)
        number, code, printing = self._number(filed), self._code(filed), self._printing(filed)
        facts = Facts(kit, self._facts(filed), px=FACT_PX)
        room = kit.shape.height_px - self._body.children[0].height - foot_px(kit) - kit.high_px(24)
        high = max(number.height, code.height)
        above = 0.0 if kit.shape.across else high if kit.shape.low else number.height + code.height + gap
        wide = self._part_px(1.0) if not kit.shape.low else kit.shape.width_px - 2 * kit.edge_px
        left = room - above - printing.height - 2 * gap
        if not facts.fits(wide, left):  # how it was counted stands on the paper and on the phone as well
            shorter = Facts(kit, self._facts(filed, counted=False), px=FACT_PX)
            facts = shorter if shorter.fits(wide, left) else facts
        whole = kit.shape.across and number.height + code.height + 2 * gap > room
        apart = whole or not facts.fits(wide, left)
        self._can_turn(apart)
        if kit.shape.across and not (apart and self._reading):
            body.spacing = ACROSS_GAP_PX
            left_column = (Widget(), number, Widget()) if apart else (number, code, Widget())
            body.add_widget(_column(gap, *left_column))
            body.add_widget(_column(gap, *((code, Widget()) if apart else (facts,)), printing))
            self._body.add_widget(body)
            return
        body.orientation = "vertical"
        shown: list[Widget] = [number, code]
        if kit.shape.low:
            number.size_hint, number.height, code.height = (LOW_PARTS[0], None), high, high
            code.size_hint_x = LOW_PARTS[1]
            shown = [kit.row(high, number, code, gap_px=16)]
        if apart:
            shown = [facts] if self._reading else [*shown, Widget()]
        else:
            shown.append(facts)
        for one in (*shown, printing):
            body.add_widget(one)
        self._body.add_widget(body)

    def turn(self) -> None:
        """Between the number and what happens next, where a glass has no room for both."""
        self._reading = not self._reading
        self._shown = None
        self.refresh()

    def _can_turn(self, can: bool) -> None:
        """The foot has the key that turns, or how long this stays."""
        want: Widget = self._turner if can else self._left
        self._turner.text = self.kit.words("done.number_again" if self._reading else "done.next")
        if want.parent is None:
            self._middle.clear_widgets()
            self._middle.add_widget(want)

    def _show_rejected(self) -> None:
        """The hub would not have it: honest, and with the way on; the complaint is kept for the staff."""
        kit = self.kit
        self._head("rejected.title", "rejected.sub", alarm=True)
        body = BoxLayout(padding=(kit.edge_px, kit.high_px(56), kit.edge_px, kit.high_px(20)))
        where = kit.words("rejected.where", window=kit.hall.window_name, place=kit.hall.place)
        card = Panel(fill=kit.palette.card, frame=kit.palette.line, frame_px=3, padding=kit.high_px(52))
        told = [Sentence(where, "title", 52), Sentence(kit.words("rejected.kept"), px=42)]
        card.add_widget(Sentences(kit, told))
        body.add_widget(card)
        self._body.add_widget(body)

    # --- pieces

    def _head(self, title: str, sub: str, *, alarm: bool = False) -> None:
        kit = self.kit
        ground, words = (kit.palette.seal, kit.palette.on_seal) if alarm else (kit.palette.jade, kit.palette.on_jade)
        above = 14 if kit.shape.low else 24 if kit.shape.across else 44
        inner = kit.shape.width_px - 2 * kit.edge_px
        head = Ground(ground, orientation="vertical", padding=(kit.edge_px, above), spacing=4, size_hint_y=None)
        head.add_widget(kit.headline(kit.words(title), 70, inner, color=words, align="center"))
        if not (kit.shape.low and kit.modes.big):  # the strip below says what to do with the paper
            head.add_widget(kit.text(kit.words(sub), px=38, color=words, align="center", width=inner, pitch=1.35))
        head.height = sum(one.height for one in head.children) + 2 * above + 4
        self._body.add_widget(head)

    def _number(self, filed: Filed) -> Widget:
        """The number in huge type, the case's own below it; while there is none, that it is on its way."""
        kit = self.kit
        box = BoxLayout(orientation="vertical", size_hint_y=None)
        ticket, case = filed.numbers
        wide = self._part_px(LOW_PARTS[0])
        if not case:
            box.height = kit.high_px(240 if kit.flat else 330)
            told = [
                Sentence(kit.words("done.registering"), "title", 54),
                Sentence(kit.words("done.registering.hint"), "note", 36),
            ]
            if kit.shape.low:
                told.pop()  # the first fact says it as well
                box.height = 3 * kit.main_px(40) * 1.45
            box.add_widget(Sentences(kit, told, align="center"))
            return box
        word = "done.number" if ticket else "done.serial"
        number = ticket or case_serial(case)
        flat = kit.flat
        pieces = [
            kit.note(kit.words(word), px=38, align="center", pitch=1.2, width=wide, color=kit.palette.ink),
            Text(
                number,
                font_px=FLAT_NUMBER_PX if flat else NUMBER_PX,
                min_px=LEAST_NUMBER_PX,
                max_lines=1,
                face=fonts.BLACK,
                align="center",
                pitch=1.05,
                width=wide,
                color=kit.palette.jade,
            ),
            kit.note(
                kit.words("done.case_number", number=case),
                px=36,
                align="center",
                pitch=1.3,
                width=wide,
                color=kit.palette.ink,
            ),
        ]
        if kit.shape.low:
            box.add_widget(Widget())
            if kit.modes.big:
                pieces.pop()  # the code beside it leads to the case as well
        for one in pieces:
            box.add_widget(one)
        if kit.shape.low:
            box.add_widget(Widget())
        box.height = sum(one.height for one in pieces)
        return box

    def _part_px(self, part: float) -> float:
        """How wide a piece is that shares its row."""
        kit = self.kit
        whole = kit.shape.width_px - 2 * kit.edge_px
        if kit.shape.across:
            return (whole - ACROSS_GAP_PX) / 2
        return (whole - 16) * part if kit.shape.low else whole

    def _code(self, filed: Filed) -> Widget:
        return code_card(self.kit, filed, self._picture, self._part_px(LOW_PARTS[1]))

    def _facts(self, filed: Filed, *, counted: bool = True) -> list[Fact]:
        """What happens next, and by when with the day it counts to; promises are the hall's own policy's."""
        kit = self.kit
        answer = filed.answer if isinstance(filed.answer, ComplaintAccepted) else None
        if filed.offline is not None and answer is None:
            window, place = kit.hall.window_name, kit.hall.place
            facts = [
                (kit.words("next.now"), kit.words("next.now.offline", window=window, place=place)),
                (kit.words("next.later"), kit.words("next.later.offline")),
            ]
        elif answer is None:
            facts = [(kit.words("next.now"), kit.words("next.now.saved"))]
        else:
            facts = [(kit.words("next.today"), self._today_line(answer))]
            if kit.policy.promises_a_date:
                date = say_date(answer.due.date, kit.shared, self._today)
                how = f"\n{explain(answer.due, kit.shared)}" if counted else ""
                facts.append((kit.words("next.due", date=date), f"{kit.policy.promise.value}{how}"))
        facts.append((kit.words("next.after"), kit.policy.after_closing.value))
        if self.asks.session.choices.confidential:
            facts.append((kit.words("next.secret"), kit.words("next.secret.text")))
        return facts

    def _today_line(self, answer: ComplaintAccepted) -> str:
        words = self.kit.words
        if not answer.ticket_number:
            return words("next.closed")
        ahead = words("next.ahead", n=answer.ahead) if answer.ahead else words("next.first")
        return words("next.window", window=answer.window, ahead=ahead) if answer.window else ahead

    def _printing(self, filed: Filed) -> Widget:
        """The printer's own word for it: printing, take it (only when it said so), or no paper."""
        kit = self.kit
        state = filed.paper(self._paper)
        alarm = state == "none"
        words = kit.words(f"print.{state}")
        room = (self._part_px(1.0) if not kit.shape.low else kit.shape.width_px - 2 * kit.edge_px) - 88
        said = kit.headline(words, 42, room, color=kit.palette.on_gold if alarm else kit.palette.ink)
        panel = Panel(
            fill=kit.palette.gold if alarm else kit.palette.gold_soft,
            frame=kit.palette.ink,
            frame_px=3 if alarm or kit.modes.contrast else 0,
            padding=(44, 6),
            size_hint_y=None,
            height=max(kit.high_px(120), said.height + 20),
        )
        said.size_hint_y, said.valign = 1, "middle"
        panel.add_widget(said)
        return panel

    def _foot(self) -> Widget:
        kit = self.kit
        words = kit.words("done.finish")
        finish = kit.key("finish", words, kind="primary", px=FINISH_PX, then=self.asks.finish, padding=(16, 8))
        finish.size_hint_x, finish.width = None, kit.wide_px(words, kit.main_px(FINISH_PX), 260, 60)
        return self.foot(self._middle, finish)


def _column(gap: float, *pieces: Widget) -> BoxLayout:
    column = BoxLayout(orientation="vertical", spacing=gap)
    for one in pieces:
        column.add_widget(one)
    return column
