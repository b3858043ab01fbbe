"""Filling in one step: what its document wants, what it asks for, and sending it. What is typed is kept as a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.phrasing import Phrasing
from counter.screens.form import Question, notes, quoted
from counter.screens.glyphs import readable
from counter.screens.parts import TITLE_PX, Column, Press, Row, Scroll, side, small
from counter.screens.similar import similar
from counter.steps import table
from counter.steps.shape import Action, Field, Form
from counter.steps.situation import Situation
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Text
from hub.wire.messages import CaseLine, Rejected

KEEP_AFTER_S = 0.4
AGAIN_S = 0.5
"""What is looked for beside the hub is asked for again after so long."""
ONE_TEXT_PX, ABOVE_SIMILAR_PX, TEXT_PX, TYPED = 380, 264, 176, ("text", "line", "lines")

Ask = Callable[[str, str, str, Callable[[], None]], None]
"""Asks a question over everything else: title, text, the word for yes, and what yes does."""


class Composer(BoxLayout):
    """The form of one step on one case."""

    def __init__(
        self,
        place: Workplace,
        situation: Situation,
        action: Action,
        left: Callable[[Composer], None],
        ask: Ask,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.place, self.situation, self.action, self._left, self._ask = place, situation, action, left, ask
        self._closed = False
        self.refused: Rejected | None = None
        self.draft = place.begun(action, situation)
        self.phrases = Phrasing(place.say)
        self._keep_soon = Clock.create_trigger(lambda _dt: self.keep(), KEEP_AFTER_S)
        self._look_again = Clock.create_trigger(lambda _dt: self._look(), AGAIN_S)
        self._form = Form()
        self.questions: dict[str, Question] = {}
        words = place.say.words
        self.ready = small("", size_hint_y=1)
        self.send = Press(
            "compose.send",
            words(f"compose.send.{action.code}"),
            self.submit,
            kind="primary",
            shortcut="Ctrl+Enter",
            height=88,
            font_px=30,
            size_hint_x=None,
            width=330,
        )
        back = Press(
            "compose.back", words("compose.back"), self.leave, height=88, shortcut="Esc", size_hint_x=None, width=170
        )
        title = Text(words(f"action.{action.code}"), font_px=TITLE_PX, bold=True)
        self.body = Column(spacing=22, padding=(0, 0, 24, 12))
        self.view = Scroll(self.body)
        rule = small(place.say.rule(action.cite, document=True))
        self.add_widget(side(title, rule, self.view, Row(back, self.ready, self.send, height=88, spacing=24)))
        self._look()
        self.show()

    @property
    def line(self) -> CaseLine:
        return self.situation.line

    # --- what the step asks for

    def _look(self) -> None:
        """Asks for what is shown beside the case; again while it is being looked for."""
        if not self._closed:
            self.place.look_up(self.action, self.situation)

    def _lay(self, form: Form) -> None:
        """Builds what is new; a field that is asked for as before keeps its widget, its caret and its words."""
        if form == self._form and self.body.children:
            return
        texts = sum(one.kind in TYPED for one in form.fields)
        high = ONE_TEXT_PX if texts == 1 and len(form.fields) == 1 and not form.quotes else TEXT_PX
        high = min(high, ABOVE_SIMILAR_PX) if form.similar is not None else high
        before = self.questions
        self.questions = {}
        for one in form.fields:
            kept = before.pop(one.name, None)
            if kept is None or kept.field != one:
                if kept is not None:
                    kept.wipe()
                kept = self._question(one, high)
            self.questions[one.name] = kept
        for gone in before.values():
            gone.wipe()
        parts: list[Widget] = [quoted(self.phrases.quote(one.code, one.who), readable(one.text)) for one in form.quotes]
        if form.notes:
            parts.append(notes([self.phrases.note(one) for one in form.notes]))
        parts += self.questions.values()
        if form.similar is not None:
            parts.append(similar(self.place.say, form.similar))
        self.body.clear_widgets()
        for part in parts:
            self.body.add_widget(part)
        self._form = form

    def _question(self, field: Field, high: float) -> Question:
        return Question(
            self.action.code,
            field,
            self.phrases,
            self.place.calendar,
            lambda name, value: self.edit(name, value),
            said=self.draft.said.get(field.name, ""),
            height_px=high,
        )

    # --- filling in

    def edit(self, name: str, value: str) -> None:
        if self._closed:
            return
        self.draft = self.draft.put(name, value)
        self.refused = None
        self._keep_soon()
        self.show()

    def keep(self) -> None:
        """Stores the draft now."""
        self._keep_soon.cancel()
        if not self._closed:
            self.place.keep(self.action, self.situation, self.draft)

    def show(self) -> None:
        if self._closed:
            return
        fresh = self.place.situation()
        code = self.action.code
        sending = (self.line.case_number, code) in self.place.session.busy
        if fresh is not None and fresh.line.case_number == self.line.case_number:
            if not sending and code not in [one.code for one in table.actions(fresh)]:
                self.place.session.refused = self.refused or self.place.session.refused
                self.leave()  # somebody else has done it, or what it was for is over
                return
            self.situation = fresh
        self._lay(table.form(code, self.situation, self.draft))
        if self._form.similar is not None and not self._form.similar.ready:
            self._look_again()
        words, missing = self.place.say.words, table.missing(code, self.situation, self.draft)
        self.send.disabled = bool(missing) or sending or not self.place.live
        blamed = table.blamed(code, self._form.fields, self.refused.code) if self.refused is not None else ""
        for name, question in self.questions.items():
            self._remark(question, name == blamed)
        self.ready.color = P.ink_2
        if sending:
            self.ready.text = words("action.sending")
        elif not self.place.live:
            self.ready.text = words("action.stale")
        elif self.refused is not None:
            self.ready.text = "" if blamed else self.phrases.rejected(self.refused)
            self.ready.color = P.seal
        elif missing:
            self.ready.text = "；".join(self.phrases.missing(code, one) for one in missing)
        else:
            self.ready.text = self._becomes()

    def _remark(self, question: Question, wrong: bool) -> None:
        field = question.field
        if wrong and self.refused is not None:
            question.say(self.phrases.rejected(self.refused), wrong=True)
        elif field.kind == "text":
            question.say(self.place.say.words("compose.count", n=len(self.draft.text(field.name))))
        else:
            question.say("")

    def _becomes(self) -> str:
        """What sending it does."""
        say = self.place.say
        if self.action.code in ("dispatch", "dispatch_again"):
            chosen = self.draft.text("case_class")
            classes = self.questions["case_class"].field.choices
            due = next(one.due for one in classes if one.code == chosen and one.due is not None)
            return say.words(
                "compose.ready.dispatch", department=say.department(self.draft.text("department")), due=say.due(due)
            )
        return say.words(f"compose.ready.{self.action.code}")

    def choose(self, by: int, *, second: bool) -> None:
        """The next (1) or the one before (-1) of the first or the second field that is chosen from, by arrow keys."""
        fields = [one for one in self.questions.values() if one.field.kind in ("choice", "days") and one.entry]
        if len(fields) > second:
            fields[second].step(by)

    def focus(self) -> None:
        """Puts the caret where typing begins, when typing is what is asked for first."""
        first = next(iter(self.questions.values()), None)
        if first is not None and first.field.kind in TYPED:
            first.take_focus()

    # --- leaving

    def submit(self) -> None:
        """Sends it; what cannot be taken back is asked about first."""
        if self.send.disabled:
            return
        if not self._form.confirm:
            self._send()
            return
        say = self.phrases
        code = self.action.code
        self._ask(say.confirm(code, "title"), say.confirm(code, "text"), say.confirm(code, "yes"), self._send)

    def leave(self) -> None:
        """Goes back to the case; what is filled in stays as a draft."""
        self.keep()
        self._left(self)

    def close(self) -> None:
        """Takes what was typed off the screen; nothing more is kept."""
        self._closed = True
        self._keep_soon.cancel()
        self._look_again.cancel()
        for question in self.questions.values():
            question.wipe()

    def _send(self) -> None:
        if self._closed:
            return
        self.show()
        if not self.send.disabled:
            self.refused = None
            self.place.carry_out(self.action, self.situation, self.draft, self._sent, self._was_refused)
            self.show()

    def _sent(self) -> None:
        if not self._closed:
            self._closed = True
            self._left(self)

    def _was_refused(self, rejected: Rejected) -> bool:
        """Whether the refusal is said here."""
        if self._closed:
            return False
        self.refused = rejected
        return True
