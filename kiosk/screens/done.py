"""What became of it: the number, the code, what happens next, and the true state of the paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import fonts
from display.theme.widgets import Divider, Panel, QrCode, Text
from hub.domain.due_words import explain, say_date
from hub.domain.lookup import grouped, page_address
from hub.domain.numbers import case_serial
from hub.wire.messages import ComplaintAccepted, Rejected
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.heads import Ground
from kiosk.screens.kit import Kit
from kiosk.screens.spoken import unspoken
from kiosk.session import Filed

IMPATIENT_S = 0.75
"""确认提交 stood where 我知道了 stands: who taps on, no slower than this, does not wipe the number unread."""


class DoneScreen(Screen):
    """Says only what is so: saved here, registered by the hub, printed. `count` shows the seconds left."""

    name = "done"

    def __init__(self, kit: Kit, asks: Asks, today: dt.date, *, paper: bool) -> None:
        super().__init__(kit, asks)
        self._today, self._paper = today, paper
        self._body = BoxLayout(orientation="vertical")
        self._left = unspoken(kit.note("", px=31, size_hint_y=1, valign="middle"))
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
        self._left.text = self.kit.words("done.left", n=seconds)

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
        body = BoxLayout(orientation="vertical", padding=(self.kit.edge_px, 20, self.kit.edge_px, 0), spacing=18)
        body.add_widget(self._number(filed))
        body.add_widget(self._code(filed))
        body.add_widget(self._next(filed, answer))
        body.add_widget(Widget())
        body.add_widget(self._printing(filed))
        self._body.add_widget(body)

    def _show_rejected(self) -> None:
        """The hub would not have it: honest, and with the way on; the complaint is kept for the staff."""
        kit = self.kit
        self._head("rejected.title", "rejected.sub", alarm=True)
        body = BoxLayout(orientation="vertical", padding=(kit.edge_px, 64), spacing=40)
        where = kit.words("rejected.where", window=kit.hall.window_name, place=kit.hall.place)
        body.add_widget(
            kit.card(
                kit.text(where, px=48, bold=True), kit.text(kit.words("rejected.kept"), px=40), frame=True, spacing=28
            )
        )
        body.add_widget(Widget())
        self._body.add_widget(body)

    # --- pieces

    def _head(self, title: str, sub: str, *, alarm: bool = False) -> None:
        kit = self.kit
        ground, words = (kit.palette.seal, kit.palette.on_seal) if alarm else (kit.palette.jade, kit.palette.on_jade)
        head = Ground(
            ground,
            orientation="vertical",
            padding=(kit.edge_px, 44, kit.edge_px, 32),
            spacing=8,
            size_hint_y=None,
            height=236,
        )
        head.add_widget(
            kit.title(kit.words(title), px=70, color=words, align="center", max_lines=1, min_px=kit.main_px(44))
        )
        head.add_widget(kit.text(kit.words(sub), px=38, color=words, align="center"))
        self._body.add_widget(head)

    def _number(self, filed: Filed) -> Widget:
        kit = self.kit
        ticket, case = filed.numbers
        box = BoxLayout(orientation="vertical", size_hint_y=None, height=310)
        if not case:
            box.add_widget(kit.text(kit.words("done.registering"), px=54, bold=True, align="center", size_hint_y=1))
            box.add_widget(
                kit.text(kit.words("done.registering.hint"), px=36, align="center", size_hint_y=1, valign="top")
            )
            return box
        word = "done.number" if ticket else "done.serial"
        box.add_widget(kit.text(kit.words(word), px=38, align="center", color=kit.palette.ink_2, pitch=1.2))
        number = ticket or case_serial(case)
        box.add_widget(
            Text(
                number,
                font_px=196,
                min_px=120,
                max_lines=1,
                face=fonts.BLACK,
                align="center",
                pitch=1.05,
                color=kit.palette.jade,
            )
        )
        box.add_widget(kit.text(kit.words("done.case_number", number=case), px=40, align="center", pitch=1.3))
        return box

    def _code(self, filed: Filed) -> Widget:
        kit = self.kit
        card = Panel(
            fill=kit.palette.card,
            frame=kit.palette.line,
            frame_px=3,
            padding=(20, 6, 40, 6),
            spacing=24,
            size_hint_y=None,
            height=352,
        )
        address = page_address(kit.hall.page_url, filed.on_screen.token)
        card.add_widget(QrCode(address, size_hint_x=None, width=340))
        beside = BoxLayout(orientation="vertical", spacing=6)
        beside.add_widget(Widget())
        beside.add_widget(kit.title(kit.words("done.scan"), px=46))
        beside.add_widget(kit.text(kit.words("done.scan.hint"), px=36))
        code = Text(
            grouped(filed.on_screen.typed),
            font_px=38,
            min_px=kit.main_px(32),
            max_lines=1,
            bold=True,
            palette=kit.palette,
        )
        beside.add_widget(unspoken(code))
        beside.add_widget(Widget())
        card.add_widget(beside)
        return card

    def _next(self, filed: Filed, answer: ComplaintAccepted | None) -> Widget:
        """What happens next, and by when with the day it counts to; promises are the hall's own policy's."""
        kit = self.kit
        lines: list[tuple[str, str]] = []
        counted = ""
        if filed.offline is not None and answer is None:
            window, place = kit.hall.window_name, kit.hall.place
            lines.append((kit.words("next.now"), kit.words("next.now.offline", window=window, place=place)))
            lines.append((kit.words("next.later"), kit.words("next.later.offline")))
        elif answer is None:
            lines.append((kit.words("next.now"), kit.words("next.now.saved")))
        else:
            lines.append((kit.words("next.today"), self._today_line(answer)))
            if kit.policy.promises_a_date:
                date = say_date(answer.due.date, kit.shared, self._today)
                counted = kit.words("next.due", date=date)
                lines.append((counted, kit.policy.promise.value))
        lines.append((kit.words("next.after"), kit.policy.after_closing.value))
        if self.asks.session.choices.confidential:
            lines.append((kit.words("next.secret"), kit.words("next.secret.text")))
        table = BoxLayout(orientation="vertical", size_hint_y=None, spacing=12)
        for label, text in lines:
            table.add_widget(self._row(label, text))
            if answer is not None and label == counted:  # across the whole width, for it can be long
                table.add_widget(kit.note(explain(answer.due, kit.shared), pitch=1.3))
            table.add_widget(Divider(palette=kit.palette))
        table.bind(minimum_height=table.setter("height"))
        return table

    def _today_line(self, answer: ComplaintAccepted) -> str:
        words = self.kit.words
        if not answer.ticket_number:
            return words("next.closed")
        ahead = words("next.ahead", n=answer.ahead) if answer.ahead else words("next.first")
        return words("next.window", window=answer.window, ahead=ahead) if answer.window else ahead

    def _row(self, label: str, text: str) -> Widget:
        kit = self.kit
        row = BoxLayout(spacing=24, size_hint_y=None)
        left = kit.text(label, px=34, bold=True, color=kit.palette.jade, size_hint_x=None, width=356, pitch=1.35)
        right = kit.text(text, px=34, pitch=1.35)
        for one in (left, right):
            one.bind(height=lambda *_: setattr(row, "height", max(left.height, right.height)))
            one.pos_hint = {"top": 1}
            row.add_widget(one)
        row.height = max(left.height, right.height)
        return row

    def _printing(self, filed: Filed) -> Widget:
        """The printer's own word for it: printing, take it (only when it said so), or no paper."""
        kit = self.kit
        state = filed.paper(self._paper)
        alarm = state == "none"
        panel = Panel(
            fill=kit.palette.gold if alarm else kit.palette.gold_soft,
            frame=kit.palette.ink,
            frame_px=3 if alarm else 0,
            padding=(44, 12),
            size_hint_y=None,
            height=124,
        )
        panel.add_widget(
            kit.text(
                kit.words(f"print.{state}"), px=42, bold=True, size_hint_y=1, valign="middle", max_lines=2, min_px=32
            )
        )
        return panel

    def _foot(self) -> Widget:
        kit = self.kit
        finish = kit.key("finish", kit.words("done.finish"), kind="primary", px=52, then=self.asks.finish)
        row = kit.row(kit.target_px(136), self.staff_key(), self._left, finish, gap_px=24)
        row.size_hint_y = 1
        self._left.size_hint_x, self._left.width = None, 300
        frame = BoxLayout(padding=(kit.edge_px, 20, kit.edge_px, 44), size_hint_y=None, height=kit.target_px(136) + 64)
        frame.add_widget(row)
        return frame
