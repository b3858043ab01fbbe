"""The form of one step in a window of its own; what is sent, asked and kept is a line of JSON on standard output.

Arguments: a hall, a role, a stage and a step. The hub refuses the first sending with `too_long` when told `refuse`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import msgspec

from counter.session import Session
from counter.steps import table
from counter.steps.shape import Action, Draft
from counter.steps.situation import Situation
from counter.wording import Wording
from display.theme import touchmap, window
from hub.domain.hall import Terminal
from hub.domain.words import Words
from hub.wire.messages import Rejected
from tests.counter.makers import CALENDAR
from tests.counter.steps import states


def told(**said: Any) -> None:
    print(json.dumps(said, ensure_ascii=False, default=str), flush=True)


class Place:
    """What a form needs of a workplace, without a hub."""

    live, calendar = True, CALENDAR

    def __init__(self, found: Situation, refusal: str) -> None:
        self.found, self.refusal = found, refusal
        self.say = Wording(Words("counter", "zh_Hans"), found.hall, found.policy)
        terminal = Terminal(name="t", role=found.role)
        self.session = Session(terminal, lambda *_: None, changed=lambda: None, alert=lambda _notice: None)

    def situation(self) -> Situation:
        return self.found

    def begun(self, action: Action, situation: Situation) -> Draft:
        return table.begun(action.code, situation, Draft())

    def keep(self, _action: Action, _situation: Situation, draft: Draft) -> None:
        told(kept=draft.said)

    def look_up(self, action: Action, _situation: Situation) -> None:
        told(looked=action.code)

    def carry_out(
        self,
        action: Action,
        situation: Situation,
        draft: Draft,
        done: Callable[[], None],
        refused: Callable[[Rejected], bool],
    ) -> None:
        sent = table.command(action.code, situation, draft)
        if self.refusal:
            told(refused=self.refusal, shown=refused(Rejected(self.refusal, "no")))
            self.refusal = ""
            return
        told(sent=msgspec.to_builtins(sent))
        done()


def main() -> None:
    hall, role, stage, code, *more = sys.argv[1:]
    opened = window.prepare(960, 1080, "composer")
    from kivy.app import App

    from counter.screens.composer import Composer

    found = states.of(hall, role, stage)
    place: Any = Place(found, more[0] if more else "")
    action = next(one for one in table.actions(found) if one.code == code)

    class Form(App):
        def build(self) -> Any:
            touchmap.follow(opened)
            self.composer = Composer(place, found, action, self._left, self._ask)
            return self.composer

        def _left(self, composer: Composer) -> None:
            composer.close()
            told(left=[one.entry.value for one in composer.questions.values() if one.field.kind == "text"])

        def _ask(self, title: str, text: str, yes: str, on_yes: Callable[[], None]) -> None:
            told(asked=title)
            on_yes()

    Form().run()


if __name__ == "__main__":
    main()
