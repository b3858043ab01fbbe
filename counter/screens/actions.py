"""What may be done with the selected case: its due date, what its state asks for, and the rest in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from counter.casework import Remaining
from counter.phrasing import Phrasing
from counter.screens.form import notes
from counter.screens.parts import BODY_PX, HEAD_PX, RADIUS_PX, Column, Press, Row, Scroll, heading, side, small
from counter.steps import table
from counter.steps.shape import GROUPS, Action, Draft, Group
from counter.steps.situation import Situation
from counter.steps.waiting import waits
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Panel, Text
from hub.wire.messages import CaseLine


class Actions(BoxLayout):
    """The right column of casework."""

    def __init__(self, place: Workplace, compose: Callable[[Action], None], **settings: Any) -> None:
        super().__init__(**settings)
        self.place, self.compose = place, compose
        self.group: Group | None = None
        """Whose steps are shown; None: what comes first."""
        self._of = ""
        self._shown: object = None
        self.content = Column(spacing=20, padding=(0, 0, 14, 0))
        self.view = Scroll(self.content)
        self.add_widget(side(self.view))

    def show(self) -> None:
        place = self.place
        line, situation = place.session.line(), place.situation()
        if line is None or line.case_number != self._of:
            self.group, self._of = None, line.case_number if line is not None else ""
        offered = tuple(place.actions())
        drafts = tuple(place.has_draft(line, one) for one in offered) if line else ()
        wanted = (
            line,
            offered,
            waits(situation) if situation else (),
            drafts,
            place.live,
            place.today,
            frozenset(place.session.busy),
            self.group,
        )
        if wanted == self._shown:
            return
        self._shown = wanted
        self.content.clear_widgets()
        if line is None:
            return
        self.content.add_widget(due_panel(place, line))
        if situation is None:
            return
        waiting = waits(situation)
        if waiting:
            phrases = Phrasing(place.say)
            self.content.add_widget(notes([phrases.note(one) for one in waiting], fill=P.jade_soft, font_px=22))
        drafted = {one.code for one, has in zip(offered, drafts, strict=True) if has}
        if self.group is not None and self.group in _groups(offered):
            self._group(situation, self.group, list(offered), drafted)
        else:
            self._first(situation, list(offered), drafted)

    def turn_to(self, group: Group | None) -> None:
        """Shows the steps of a group, or again what comes first."""
        self.group = group
        self.show()
        self.view.to_top()

    def turn(self) -> None:
        """The next group, by the keyboard; after the last what comes first."""
        groups = [None, *_groups(self.place.actions())]
        at = groups.index(self.group) if self.group in groups else 0
        self.turn_to(groups[(at + 1) % len(groups)])

    def pick(self, number: int) -> None:
        """The n-th step (from 1) of the group that is shown."""
        inside = [one for one in self.place.actions() if not one.now and one.group == self.group]
        if 1 <= number <= len(inside):
            self.compose(inside[number - 1])

    # --- inside

    def _first(self, situation: Situation, offered: list[Action], drafted: set[str]) -> None:
        """What the state of the case asks for, and the names of the groups, two beside each other."""
        words = self.place.say.words
        self.content.add_widget(heading(words("action.title")))
        now = [one for one in offered if one.now]
        for number, action in enumerate(now):
            self.content.add_widget(self._action(situation, action, action.code in drafted, first=number == 0))
        if not now:
            self.content.add_widget(small(words("action.none")))
        names = GridLayout(cols=2, spacing=10, size_hint_y=None, row_default_height=58, row_force_default=True)
        names.bind(minimum_height=names.setter("height"))
        for group in _groups(offered):
            inside = [one for one in offered if one.group == group and not one.now]
            names.add_widget(self._name(group, any(one.code in drafted for one in inside)))
        if names.children:
            self.content.add_widget(Column(small(words("group.title")), names, spacing=10))

    def _group(self, situation: Situation, group: Group, offered: list[Action], drafted: set[str]) -> None:
        """The steps of one group, and the way back."""
        words = self.place.say.words
        back = Press("group.back", words("group.back"), partial(self.turn_to, None), height=58, font_px=23)
        back.size_hint_x, back.width = None, 130
        self.content.add_widget(
            Row(Text(words(f"group.{group}"), font_px=HEAD_PX, bold=True, size_hint_y=1), back, height=58)
        )
        inside = [one for one in offered if one.group == group and not one.now]
        for number, action in enumerate(inside, 1):
            self.content.add_widget(self._action(situation, action, action.code in drafted, key=str(number)))

    def _name(self, group: Group, drafted: bool) -> Press:
        words = self.place.say.words
        name = words(f"group.{group}")
        press = Press(
            f"group.{group}",
            words("group.drafted", name=name) if drafted else name,
            partial(self.turn_to, group),
            kind="quiet",
            height=58,
            font_px=23,
        )
        press.padding = (10, 4)
        press.title.max_lines, press.title.min_px = 1, 16
        return press

    def _action(
        self, situation: Situation, action: Action, drafted: bool, *, first: bool = False, key: str = ""
    ) -> Widget:
        place, words = self.place, self.place.say.words
        button = Press(
            f"action.{action.code}",
            words(f"action.{action.code}"),
            partial(self.compose, action),
            hint=words("action.draft" if drafted else f"action.{action.code}.hint"),
            shortcut=action.key.upper() or key,
            kind="primary" if first else "secondary",
            height=84 if first else 68,
            font_px=30 if first else 26,
        )
        # What needs words can be written while the hub is away: it stays as a draft.
        sending = (situation.line.case_number, action.code) in place.session.busy
        at_once = table.form(action.code, situation, Draft()).is_empty
        button.disabled = sending or (at_once and not place.live)
        rule = small(place.say.rule(action.cite), font_px=20, max_lines=2, min_px=20)  # whole above its form
        return Column(button, rule, spacing=6)


def _groups(offered: Iterable[Action]) -> list[Group]:
    """The groups that have something beside what comes first, in their order."""
    found = {one.group for one in offered if not one.now}
    return [one for one in GROUPS if one in found]


def due_panel(place: Workplace, line: CaseLine) -> Panel:
    """The due date and how it was counted; gold while it runs, seal when it is over."""
    say, left = place.say, place.remaining(line)
    over, answered = left.urgency == "overdue", left.urgency == "answered"
    fill = P.seal if over else P.jade_soft if answered else P.gold_soft
    ink = P.on_seal if over else P.ink
    panel = Panel(orientation="vertical", fill=fill, radius_px=RADIUS_PX, padding=(24, 18), spacing=6, size_hint_y=None)
    panel.bind(minimum_height=panel.setter("height"))
    name = "due.was" if answered else "due.expected" if line.due.provisional else "due.title"
    panel.add_widget(Text(say.words(name), font_px=22, color=ink))
    panel.add_widget(Text(say.due(line.due), font_px=36, bold=True, color=ink, max_lines=1, min_px=24))
    panel.add_widget(_left(say.badge(left), left))
    panel.add_widget(Text(say.explained(line.due), font_px=21, color=ink, pitch=1.5))
    return panel


def _left(words: str, left: Remaining) -> Widget:
    kind = {"overdue": "quiet", "today": "now", "answered": "quiet"}.get(left.urgency, "quiet")
    badge = Badge(words, kind, font_px=BODY_PX - 2)
    row = BoxLayout(size_hint_y=None, height=badge.height + 8, padding=(0, 4))
    row.add_widget(badge)
    row.add_widget(Widget())
    return row
