"""登记投诉: a 投诉 taken at the window, with what the hall's policy asks for; then its number and code, large."""

from __future__ import annotations

import secrets
from typing import Any

from msgspec.structs import replace

from counter import lodging
from counter.lodging import Lodged, Told
from counter.screens.choices import Choice, Choices, Option
from counter.screens.fields import Words, question
from counter.screens.lodged import LodgedView
from counter.screens.page import Foot, Page, aside, between, body, pair, title
from counter.screens.parts import Column, heading, small
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, Text
from hub.domain.lookup import make_keys
from hub.wire.messages import Answer, ComplaintAccepted

ASIDE_PX = 700


class LodgePage(Page):
    """The screen behind `投诉`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        self.told = self._blank()
        self.sending = False
        self.lodged: Lodged | None = None
        self.done: LodgedView | None = None
        self.fields: dict[str, Any] = {}
        self._lay()

    def show(self) -> None:
        if self.done is not None:
            self.done.show()
        if self.lodged is not None or not self.place.policy.complaints.taken.value:
            return
        words, policy = self.place.say.words, self.place.policy
        missing, long = lodging.missing(policy, self.told), lodging.too_long(self.told)
        if missing:
            said = words("lodge.missing", what="、".join(words(f"lodge.{one}") for one in missing))
        elif long:
            said = words("lodge.too_long", what="、".join(words(f"lodge.{one}") for one in long))
        else:
            due = lodging.due(policy, self.place.calendar, self.place.local_now)
            said = words("lodge.ready", due=self.place.say.due(due))
        self.foot.tell(self.place, said, off=bool(missing or long), sending=self.sending)
        self.written.text = words("lodge.written") if lodging.must_be_written(policy, self.told) else ""
        signed = lodging.confidential(policy, self.told)
        self.secrecy.text = words("lodge.confidential" if signed else "lodge.unsigned")

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        return self.lodged is None and self.foot.press(key, ctrl)

    def close(self) -> None:
        self._again()

    def submit(self) -> None:
        """Sends it once; the link repeats it under the same id until the hub has answered."""
        if self.sending:
            return
        told, policy = self.told, self.place.policy
        keys = make_keys(secrets.token_bytes)
        self.sending = True

        def answered(answer: Answer) -> None:
            self.sending = False
            if isinstance(answer, ComplaintAccepted):
                self.lodged = Lodged(
                    case_number=answer.case_number,
                    due=answer.due,
                    keys=keys,
                    must_be_written=lodging.must_be_written(policy, told),
                    confidential=lodging.confidential(policy, told),
                )
                self.place.session.refresh()
                self._lay()

        self.place.session.ask(lodging.command(told, keys, self.place.hall.language), answered)

    # --- inside

    def _blank(self) -> Told:
        channels = lodging.channels(self.place.policy)
        return Told(channel=channels[0] if channels else "window")

    def _again(self) -> None:
        self.told, self.lodged, self.sending = self._blank(), None, False
        self._lay()

    def _edit(self, name: str, value: object) -> None:
        self.told = replace(self.told, **{name: value})
        self.show()

    def _lay(self) -> None:
        for one in self.fields.values():
            if isinstance(one, Words):
                one.input.focus = False
                one.wipe()
        self.fields, self.done = {}, None
        self.clear_widgets()
        if self.lodged is not None:
            self.done = LodgedView(self.place, self.lodged, self._again)
            self.add_widget(self.done)
            return
        if not self.place.policy.complaints.taken.value:
            self.add_widget(
                body(title(self._say("lodge.title")), small(self._say("lodge.not_taken")), *self._outlets())
            )
            return
        self._form()
        self.show()

    def _form(self) -> None:
        policy = self.place.policy
        grounds = [Option(one.code, one.name) for one in policy.complaints.grounds.value]
        self.fields["ground"] = Choice("ground", self.told.ground, self._edit, options=grounds, columns=2)
        self.written = Text("", font_px=23, bold=True, color=P.seal, pitch=1.4)
        self.secrecy = Text("", font_px=23, pitch=1.5)
        self.foot = Foot("lodge.send", self._say("lodge.send"), self.submit, width=360)
        departments = [Option(one.code, one.name) for one in self.place.hall.departments]
        self.fields["department"] = Choice("unit", self.told.department, self._unit, options=departments, free=True)
        weights = [
            Option(one, self._say(f"grievance.weight.{one}"), self._say("lodge.weight.hint"))
            for one in policy.complaints.written_when.value
        ]
        self.fields["weight"] = Choices("weight", self.told.weight, self._edit, options=weights, columns=2)
        channels = [Option(one, self._say(f"channel.{one}")) for one in lodging.channels(policy)]
        self.fields["channel"] = Choice("channel", self.told.channel, self._edit, options=channels, columns=4)
        ways = [self._question("channel")] if len(channels) > 1 else []
        major = [Column(self._question("weight"), self.written, spacing=8)] if weights else []
        self.add_widget(
            body(
                title(self._say("lodge.title"), self._rule()),
                self._question("ground"),
                question(self._say("lodge.text"), self._words("text", rows=4), remark=self._remark("text")),
                pair(self._asked("happened"), self._asked("place")),
                *major,
                *ways,
            )
        )
        self.add_widget(between())
        self.add_widget(
            aside(
                heading(self._say("lodge.about")),
                pair(self._asked("respondent"), self._asked("respondent_staff")),
                self._question("department"),
                heading(self._say("lodge.who")),
                pair(self._asked("name"), self._asked("phone")),
                _note(self.secrecy),
                *self._outlets(),
                width=ASIDE_PX,
                foot=self.foot,
            )
        )

    def _unit(self, _name: str, code: str) -> None:
        self._edit("department", code)

    def _question(self, name: str) -> Column:
        return question(self._say(f"lodge.{name}"), self.fields[name], remark=self._remark(name))

    def _asked(self, name: str) -> Column:
        return question(self._say(f"lodge.{name}"), self._words(name), remark=self._remark(name))

    def _words(self, name: str, rows: int = 1) -> Words:
        key = f"lodge.{name}.hint"
        hint = self._say(key) if key in self.place.say.words else ""
        self.fields[name] = Words(name, getattr(self.told, name), self._edit, hint=hint, rows=rows)
        return self.fields[name]  # type: ignore[no-any-return]  # what was just put there

    def _remark(self, name: str) -> str:
        return self._say("lodge.needed" if name in lodging.needed(self.place.policy) else "lodge.free")

    def _rule(self) -> str:
        cite = self.place.policy.complaints.grounds.cite
        if not cite:
            return self._say("action.rule.silent")
        return self._say("action.rule.document", document=self.place.policy.name, cite=cite)

    def _outlets(self) -> list[Column]:
        """Where else the citizen may turn, where the hall's document says so (R14)."""
        names = self.place.policy.complaints.outlets.value
        phones = {one.name: one.phone for one in self.place.hall.outlets}
        if not names:
            return []
        told = [f"{one}　{phones[one]}" if phones.get(one) else one for one in names]
        return [Column(heading(self._say("lodge.outlets")), small("\n".join(told), font_px=23), spacing=4)]

    def _say(self, key: str, **values: object) -> str:
        return self.place.say.words(key, **values)


def _note(words: Text) -> Panel:
    panel = Panel(fill=P.jade_soft, radius_px=16, padding=(22, 14), size_hint_y=None)
    panel.bind(minimum_height=panel.setter("height"))
    panel.add_widget(words)
    return panel
