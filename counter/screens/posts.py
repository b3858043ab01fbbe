"""AB 岗 (R7): who covers for whom, and what whoever is here may do about it at this post."""

from __future__ import annotations

from functools import partial
from typing import Any

from msgspec.structs import replace

from counter import covers, naming
from counter.covers import Handing
from counter.screens.case_head import sheet
from counter.screens.choices import Choice, Option
from counter.screens.fields import Day, Words, question
from counter.screens.glyphs import readable
from counter.screens.page import Foot, Page, aside, between, body, pair, title
from counter.screens.parts import BODY_PX, Column, Row, heading, small
from counter.workplace import Workplace
from display.theme.widgets import Badge, Text
from hub.wire.messages import Answer, Command, Cover, DelegateList, ListDelegates, Rejected

NOBODY = DelegateList(pairs=(), covers=())


class PostsPage(Page):
    """The screen behind `AB岗`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        self.listed: DelegateList | None = None
        self.told = Handing()
        self.absent, self.reason = "", ""
        self.staff, self.delegate = "", ""
        self.sending = False
        self.feet: dict[str, Foot] = {}
        self.typed: list[Words | Day] = []
        self._drawn: object = None

    def show(self) -> None:
        wanted = (self.listed, self.place.today, self.me)
        if wanted != self._drawn:
            self._drawn = wanted
            self._draw()
        self._tell()

    def enter(self) -> None:
        self._ask()

    def close(self) -> None:
        for one in self.typed:
            one.wipe()
        self.told, self.absent, self.reason, self.staff, self.delegate = Handing(), "", "", "", ""
        self.listed, self._drawn = None, None
        self.clear_widgets()

    # --- asking

    def _ask(self) -> None:
        def answered(answer: Answer) -> None:
            if isinstance(answer, DelegateList):
                self.listed = answer

        self.place.session.ask(ListDelegates(), answered, quietly=True)

    def _send(self, command: Command) -> None:
        if self.sending:
            return
        self.sending = True

        def answered(answer: Answer) -> None:
            self.sending = False
            if not isinstance(answer, Rejected):
                self.close()
                self._ask()

        self.place.session.ask(command, answered)
        self._tell()

    # --- what is filled in

    def _edit(self, name: str, value: Any) -> None:
        self.told = replace(self.told, **{name: value})
        self._tell()

    def _set(self, name: str, value: str) -> None:
        setattr(self, name, value)
        self._tell()

    def _tell(self) -> None:
        words, place = self.place.say.words, self.place
        lacks = {
            "hand_over": covers.missing_to_hand_over(place.policy, place.today, self.told),
            "step_in": tuple(one for one in ("absent", "reason") if not getattr(self, one).strip()),
            "name": tuple(one for one in ("staff", "delegate") if not getattr(self, one).strip()),
        }
        for what, foot in self.feet.items():
            missing = lacks[what]
            said = "；".join(words(f"posts.missing.{one}") for one in missing)
            foot.tell(place, said, off=bool(missing) or self.sending)

    # --- drawing

    def _draw(self) -> None:
        place, words = self.place, self.place.say.words
        listed = self.listed or NOBODY
        self.clear_widgets()
        self.feet, self.typed = {}, []
        rule = place.policy.delegates.kept
        cite = words("action.rule.document", document=place.policy.name, cite=rule.cite)
        head = title(words("posts.title"), cite if rule.cite else words("action.rule.silent"))
        if not rule.value:
            self.add_widget(body(head, small(words("posts.not_kept"), font_px=BODY_PX)))
            return
        current = covers.today_first(listed.covers, place.today)
        self.add_widget(
            body(
                head,
                heading(words("posts.covers")),
                *([self._cover(one) for one in current] or [small(words("posts.covers_none"))]),
                heading(words("posts.pairs")),
                *([self._pair(*one) for one in self._pairs(listed)] or [small(words("posts.pairs_none"))]),
            )
        )
        self.add_widget(between())
        self.add_widget(aside(*self._forms(listed), width=760))

    def _pairs(self, listed: DelegateList) -> list[tuple[str, str]]:
        return [(one.staff, one.delegate) for one in listed.pairs]

    def _pair(self, staff: str, delegate: str) -> Row:
        words = self.place.say.words
        row = Row(Text(words("posts.pair", staff=staff, delegate=delegate), font_px=BODY_PX))
        if self.me in (staff, delegate):
            badge = Badge(words("posts.mine"), "soft", font_px=20)
            badge.pos_hint = {"center_y": 0.5}
            row.add_widget(badge)
        return row

    def _cover(self, one: Cover) -> Any:
        say, words = self.place.say, self.place.say.words
        today = one.first_day <= self.place.today <= one.last_day
        days = naming.date(say, one.first_day)
        if one.last_day != one.first_day:
            days = words("posts.days", first=days, last=naming.date(say, one.last_day))
        badges = [Badge(words("posts.today" if today else "posts.later"), "now" if today else "quiet", font_px=20)]
        if one.stepped_in:
            badges.append(Badge(words("posts.stepped_in"), "due", font_px=20))
        for badge in badges:
            badge.pos_hint = {"center_y": 0.5}
        who = Text(words("posts.cover", absent=one.absent, delegate=one.delegate), font_px=BODY_PX, bold=True)
        told = [small(days), Text(readable(one.note), font_px=BODY_PX - 2, pitch=1.5)]
        if one.liable:
            told.append(small(words("posts.liable", delegate=one.delegate)))
        return sheet(Row(who, *badges), *told)

    def _forms(self, listed: DelegateList) -> list[Any]:
        role, policy = self.place.terminal.role, self.place.policy
        words = self.place.say.words
        forms: list[Any] = []
        if covers.may_name(role, policy):
            forms.append(self._naming())
        if covers.may_hand_over(role, policy, listed, self.me):
            forms.append(self._handing(covers.my_delegate(listed.pairs, self.me)))
        elif role != "supervisor":
            forms.append(Column(heading(words("posts.hand_over")), small(words("posts.no_delegate"))))
        if covers.may_step_in(role, policy, listed, self.me):
            forms.append(self._stepping(listed))
        return forms

    def _handing(self, delegate: str) -> Column:
        words, place = self.place.say.words, self.place
        first = covers.earliest(place.policy, place.today)
        say = partial(naming.date, place.say)
        days = [
            Day("first_day", self.told.first_day, self._edit, start=first, say=say),
            Day("last_day", self.told.last_day, self._edit, start=first, say=say),
        ]
        note = Words("note", self.told.note, self._edit, hint=words("posts.note.hint"), rows=4)
        self.typed += [*days, note]
        foot = self._foot("hand_over", lambda: self._send(covers.hand_over(self.told)))
        return Column(
            heading(words("posts.hand_over")),
            small(words("posts.hand_over.to", delegate=delegate, day=naming.date(place.say, first))),
            question(words("posts.first_day"), days[0]),
            question(words("posts.last_day"), days[1]),
            question(words("posts.note"), note),
            foot,
            spacing=14,
        )

    def _stepping(self, listed: DelegateList) -> Column:
        words = self.place.say.words
        mine = covers.i_cover(listed.pairs, self.me)
        options = [Option(one, words("posts.staff_code", code=one)) for one in mine]
        who: Any = Choice("absent", self.absent, self._set, options=options)
        if not self.place.policy.delegates.authority_needed.value:
            who = Words("absent", self.absent, self._set, hint=words("posts.code.hint"))
            self.typed.append(who)
        reason = Words("reason", self.reason, self._set, hint=words("posts.reason.hint"), rows=2)
        self.typed.append(reason)
        foot = self._foot("step_in", lambda: self._send(covers.step_in(self.absent, self.reason)))
        return Column(
            heading(words("posts.step_in")),
            small(words("posts.step_in.note")),
            question(words("posts.absent"), who),
            question(words("posts.reason"), reason),
            foot,
            spacing=14,
        )

    def _naming(self) -> Column:
        words = self.place.say.words
        staff = Words("staff", self.staff, self._set, hint=words("posts.code.hint"))
        delegate = Words("delegate", self.delegate, self._set, hint=words("posts.code.hint"))
        self.typed += [staff, delegate]
        foot = self._foot("name", lambda: self._send(covers.name(self.staff, self.delegate)))
        return Column(
            heading(words("posts.name")),
            small(words("posts.name.note")),
            pair(question(words("posts.staff"), staff), question(words("posts.delegate"), delegate)),
            foot,
            spacing=14,
        )

    def _foot(self, what: str, send: Any) -> Foot:
        self.feet[what] = Foot(
            f"posts.{what}", self.place.say.words(f"posts.send.{what}"), send, width=250, shortcut=""
        )
        return self.feet[what]
