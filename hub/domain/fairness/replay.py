"""The day lived again: link by link of the audit chain, with the step that each left and what the feed told of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

import msgspec

from hub.domain.fairness import judging, telling
from hub.domain.fairness.expectation import stood_before
from hub.domain.fairness.kinds import Finding
from hub.domain.fairness.rows import Day, InForce, Link, Standing, StepRow, TicketRow, Told
from hub.domain.fairness.story import Called, Story
from hub.domain.fairness.traces import TRACES, UNTOLD, Trace
from hub.domain.line_rules import LineRules

LEFT = frozenset({"done", "withdrawn", "no_show"})
NOT_TOLD_OF_STEPS = frozenset({"TurnDay", "TakeTicket", "FileComplaint", "ImportSlips"})
"""Links of which the feed tells the outcome as a whole."""


class Replay:
    """Walks one day; `stories`, `findings` and the `line` at its end are there afterwards."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.findings: list[Finding] = []
        self.line: dict[str, Standing] = {}
        self.stories = {row.ticket_id: Story(row) for row in day.tickets}
        self.taken_by: dict[str, Link] = {}
        self._instead = {one.number: one.stands for one in day.voids if one.reason == "paper_says_other" and one.stands}
        self._of_command = {row.command_id: row for row in day.tickets}
        self._asked: dict[str, StepRow] = {}
        self._ordinals: Counter[str] = Counter()
        self._steps, self._at_step = sorted(day.steps, key=lambda one: one.seq), 0
        self._told, self._at_told = list(day.told), 0
        self._rules: InForce | None = None
        self._open: set[int] = set()

    @property
    def rules(self) -> LineRules:
        assert self._rules is not None, "nothing is walked without rules"
        return self._rules.rules

    def run(self) -> None:
        self._begin()
        if not self.day.in_force:
            self._find("no_rules")
            return
        coming = list(self.day.in_force)
        for link in self.day.links:
            while coming and coming[0].ordinal < link.ordinal:
                self._rules = coming.pop(0)
                self._open = set(self._rules.opened)
            if (trace := TRACES.get(link.kind)) is not None:
                self._walk(link, trace)
        for link in self.day.later:
            self._walk(link, TRACES[link.kind])
        for step in self._steps[self._at_step :]:
            self._alone(step)
        for told in self._told[self._at_told :]:
            self._find("told_alone", told.at, self._number(told.ticket_id), told.what, told.move)

    def _begin(self) -> None:
        """Who was kept over night stands as the feed said last; what their steps were before is another day's."""
        kept = {row.ticket_id: row for row in self.day.tickets if row.business_date < self.day.date}
        passed: defaultdict[str, int] = defaultdict(int)
        for told in self.day.before:
            one = self._known(told.ticket_id)
            for other in told.ids if told.what == "called" else ():
                passed[self._known(other)] += 1
            if told.standing is not None and one in kept:
                self.line[one] = told.standing
                passed[one] = told.standing.passed
        for one, standing in self.line.items():
            self.line[one] = msgspec.structs.replace(standing, passed=passed[one])
            self.taken_by[one] = Link(0, standing.taken_at, "", "", "", one, kept[one].command_id)
        first = {step.ticket_id: step.ordinal for step in reversed(self._steps)}
        self._ordinals.update({one: first[one] for one in kept if one in first})

    # --- one link

    def _walk(self, link: Link, trace: Trace) -> None:
        if trace.takes:
            self._take(link)
        while trace.windows and (told := self._next_told()) is not None and _opens(told, link, self.rules):
            self._at_told += 1
            (self._open.add if told.open else self._open.discard)(told.window)
        waits_for_main = bool(trace.main)
        while (step := self._head()) is not None and self._fits(step, link, trace, waits_for_main):
            waits_for_main = waits_for_main and step.move not in trace.main
            self._step(link, step)
        if waits_for_main:
            self._catch_up(link, trace)
        while (trace.takes or trace.by_hand) and (told := self._next_told()) is not None:
            if not _tells_taking(told, link) or self._known(told.ticket_id) not in self.line:
                break
            self._at_told += 1
        if link.kind == "TurnDay":
            self._turn(link)

    def _fits(self, step: StepRow, link: Link, trace: Trace, waits_for_main: bool) -> bool:
        if trace.by_hand and step.because == "by_hand":
            return True
        if (step.at, step.staff) != (link.at, link.staff):
            return False
        if trace.takes:
            row = self._of_command.get(link.command_id)
            own = {row.ticket_id if row else "", self._known(link.subject)}
            return step.move in trace.also and step.ticket_id in own
        if waits_for_main and step.move in trace.main:
            return step.ticket_id == self._known(link.subject)
        return step.move in trace.also

    def _catch_up(self, link: Link, trace: Trace) -> None:
        """The step that the link speaks of is not the next one: those before it belong to nothing, or it is gone."""
        for place in range(self._at_step, len(self._steps)):
            if self._fits(self._steps[place], link, trace, True) and self._steps[place].move in trace.main:
                for step in self._steps[self._at_step : place]:
                    self._alone(step)
                self._at_step = place
                self._step(link, self._steps[place])
                return
        self._find("record_alone", link.at, self._number(link.subject), link.kind, str(link.ordinal))

    def _take(self, link: Link) -> None:
        row = self._of_command.get(link.command_id)
        if row is None:
            return  # a complaint without a ticket
        again = row.ticket_id in self.taken_by
        self.taken_by.setdefault(row.ticket_id, link)
        told = self._next_told()
        if told is not None and _tells_taking(told, link) and self._known(told.ticket_id) == row.ticket_id:
            self._at_told += 1
            if told.standing is not None:
                self._stands(row, told.standing)
            return
        if not again and not row.on_paper:
            self._find("untold", link.at, row.standing.number, "taken")
            self._stands(row, msgspec.structs.replace(row.standing, state="waiting", window=0, lane="line", passed=0))

    def _stands(self, row: TicketRow, standing: Standing) -> None:
        self.line[row.ticket_id] = standing
        self.stories[row.ticket_id].service = standing.service
        if (standing.number, standing.taken_at) != (row.standing.number, row.standing.taken_at):
            self._find("row_differs", standing.taken_at, standing.number, "taken_at")

    def _turn(self, link: Link) -> None:
        told = self._next_told()
        if told is not None and told.what == "turned" and told.at == link.at:
            self._at_told += 1
        else:
            self._find("untold", link.at, "", "turned")
        if self.rules.at_day_end == "close":
            for standing in self.line.values():
                if standing.state not in LEFT:
                    self._find("left_at_day_end", link.at, standing.number, standing.state)

    # --- one step

    def _step(self, link: Link, step: StepRow) -> None:
        self._at_step += 1
        if link.kind == "ImportSlips" and step.ticket_id not in self.line and step.ticket_id in self.stories:
            row = self.stories[step.ticket_id].row.standing
            self.taken_by[step.ticket_id] = link
            self.line[step.ticket_id] = msgspec.structs.replace(row, state=step.state, window=step.window)
        before = self.line.get(step.ticket_id)
        if before is None:
            self._find("nobody_s_ticket", step.at, self._number(step.ticket_id), step.move)
            return
        if step.ordinal != self._ordinals[step.ticket_id]:
            missing = str(self._ordinals[step.ticket_id])
            self._find("gap", step.at, before.number, str(step.ordinal), missing)
        self._ordinals[step.ticket_id] = step.ordinal + 1
        self._judge(link, step, before)
        passed = self._pass_by(step) if link.kind == "CallNext" and step.move == "call" else ()
        self._note(link, step, before, passed)
        lines_up = step.state in ("waiting", "transferred") and not before.waits
        if step.move == "join":
            lines_up = False
        self.line[step.ticket_id] = msgspec.structs.replace(
            before,
            **{
                name: getattr(step, name) for name in ("state", "service", "window", "lane", "not_before", "for_window")
            },
            stands_at=step.stands_at,
            passed=0 if lines_up else before.passed,
        )
        if step.move not in UNTOLD and link.kind not in NOT_TOLD_OF_STEPS:
            self._hear(step, passed)

    def _judge(self, link: Link, step: StepRow, before: Standing) -> None:
        story = self.stories[step.ticket_id]
        asked = self._asked.get(step.ticket_id)
        if step.because == "by_hand" and link.kind == "ImportSlips":
            return  # worked without the hub, out of its rules' reach: told as it was written on the sheet
        self.findings += judging.moved(before, step)
        self.findings += judging.placed(self.rules, self.line, before, step, story.chances)
        self.findings += judging.decided(self.rules, before, step, asked)
        if step.move != "call":
            return
        if step.window != self.rules.window_of(link.terminal):
            self._find("wrong_window", step.at, before.number, str(step.window), link.terminal)
        if step.window not in self._open:
            self._find("window_closed", step.at, before.number, str(step.window))
        if link.kind == "CallNext":
            self.findings += judging.called(self.rules, self.line, step)

    def _pass_by(self, step: StepRow) -> tuple[str, ...]:
        window = self.rules.window(step.window)
        passed = stood_before(window, self.line, step.ticket_id, step.at) if window else ()
        number = self.line[step.ticket_id].number
        for one in passed:
            self.line[one] = msgspec.structs.replace(self.line[one], passed=self.line[one].passed + 1)
            self.stories[one].passed_by.append(number)
        return passed

    def _note(self, link: Link, step: StepRow, before: Standing, passed: tuple[str, ...]) -> None:
        """What the report tells of it."""
        story = self.stories[step.ticket_id]
        asked = self._asked.pop(step.ticket_id, None) if step.move in ("advance", "refuse_green") else None
        if step.move == "ask_green":
            self._asked[step.ticket_id] = step
        numbers = tuple(self.line[one].number for one in passed)
        if step.because == "lane" and passed:
            story.went_before(before.lane, tuple(self.line[one].number for one in passed))
        story.exceptions += telling.exceptions(self.rules, self.line, step, link, asked, numbers)
        if step.move in ("call", "recall"):
            story.calls.append(Called(step.at, step.window))
        if step.move == "come_back" or (step.move == "recall" and before.state == "no_show"):
            story.chances += 1
        story.ended_at = step.at if step.state in LEFT else None

    # --- what everybody was told

    def _hear(self, step: StepRow, passed: tuple[str, ...]) -> None:
        what = "called" if step.move in ("call", "recall") else "moved"
        for place in range(self._at_told, len(self._told)):
            told = self._told[place]
            if (told.what, told.at, self._known(told.ticket_id)) == (what, step.at, step.ticket_id):
                for other in self._told[self._at_told : place]:
                    self._find("told_alone", other.at, self._number(other.ticket_id), other.what, other.move)
                self._at_told = place + 1
                now = self.line[step.ticket_id]
                if told.standing is None or not _same(told.standing, now):
                    self._find("told_otherwise", step.at, now.number, step.move)
                elif tuple(self._known(one) for one in told.ids) != passed:
                    self._find("told_otherwise", step.at, now.number, "passed")
                return
        self._find("untold", step.at, self._number(step.ticket_id), step.move)

    # --- in short

    def _head(self) -> StepRow | None:
        return self._steps[self._at_step] if self._at_step < len(self._steps) else None

    def _next_told(self) -> Told | None:
        return self._told[self._at_told] if self._at_told < len(self._told) else None

    def _alone(self, step: StepRow) -> None:
        self._find("step_alone", step.at, self._number(step.ticket_id), step.move, step.staff)
        self._ordinals[step.ticket_id] = max(self._ordinals[step.ticket_id], step.ordinal + 1)

    def _known(self, ticket_id: str) -> str:
        """The id that a ticket has now: a paper may have said another number since."""
        while ticket_id in self._instead:
            ticket_id = self._instead[ticket_id]
        return ticket_id

    def _number(self, ticket_id: str) -> str:
        story = self.stories.get(self._known(ticket_id))
        return story.row.standing.number if story else ticket_id.partition("-")[2] or ticket_id

    def _find(
        self, kind: str, at: dt.datetime | None = None, number: str = "", what: str = "", instead: str = ""
    ) -> None:
        self.findings.append(Finding(kind, at, number, what, instead))  # type: ignore[arg-type]  # one of kinds.py


def _tells_taking(told: Told, link: Link) -> bool:
    return told.what in ("taken", "replaced") and told.at == link.at


def _opens(told: Told, link: Link, rules: LineRules) -> bool:
    return (told.what, told.at, told.window) == ("window", link.at, rules.window_of(link.terminal))


def _same(told: Standing, now: Standing) -> bool:
    names = ("number", "service", "state", "window", "lane", "since", "not_before", "for_window")
    return all(getattr(told, name) == getattr(now, name) for name in names)
