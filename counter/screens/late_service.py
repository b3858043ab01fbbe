"""延时服务 (R60): a window that goes on after hours, on which ground and until when; and its end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from counter import sheets
from counter.screens.choices import Choice, Option
from counter.screens.fields import Words, question
from counter.screens.parts import Column, Press, small
from counter.workplace import Workplace
from hub.wire.messages import Command, EndLate, OpeningNow, ServeLate


class LateService(Column):
    """What this window may say about it now."""

    def __init__(self, place: Workplace, send: Callable[[Command], None]) -> None:
        super().__init__(spacing=10)
        self.place, self._send = place, send
        self._opening: OpeningNow | None = None
        self._grounds = [Option(one.code, one.name) for one in place.policy.opening.late_grounds.value]
        self.ground = Choice("ground", "", self._edit, options=self._grounds, columns=2)
        self.until = Words("until", "", self._edit, hint=place.say.words("slots.until.hint"))

    def show(self, opening: OpeningNow | None) -> None:
        """How it stands, and what may be done."""
        words, say = self.place.say.words, self.place.say
        self._opening = opening
        self.clear_widgets()
        own = self.place.terminal.window
        mine = next((one for one in (opening.late if opening else ()) if one.window == own), None)
        for part in (self.ground, self.until):
            if part.parent is not None:
                part.parent.remove_widget(part)
        if mine is not None:
            until = words("slots.late.until", time=say.clock(mine.until)) if mine.until else words("slots.late.done")
            self.add_widget(small(words("slots.late.now", since=say.clock(mine.since), until=until), font_px=22))
            self.add_widget(Press("late.end", words("slots.late.end"), partial(self._send, EndLate()), height=60))
        elif not self._grounds:
            self.add_widget(small(words("slots.late.none")))
        else:
            self.begin = Press("late.begin", words("slots.late.begin"), self._begin, height=60)
            self.begin.disabled = not self.ground.value
            for part in (self.ground, question(words("slots.until"), self.until, remark=words("lodge.free"))):
                self.add_widget(part)
            self.add_widget(self.begin)

    def close(self) -> None:
        self.ground.value = ""
        self.until.wipe()

    def _edit(self, _name: str, _value: Any) -> None:
        self.begin.disabled = not self.ground.value

    def _begin(self) -> None:
        until = sheets.moment(self.until.value, self.place.today, ZoneInfo(self.place.hall.timezone))
        self._send(ServeLate(ground=self.ground.value, until=until))
