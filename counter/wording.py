"""How the counter says things: badges, dates with their explanation, timeline lines. Pure; words from the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from counter.casework import Remaining
from hub.domain import due_words, posts
from hub.domain.case import OPEN, CaseMove
from hub.domain.deadline import Due
from hub.domain.hall import Hall, Terminal
from hub.domain.numbers import case_serial
from hub.domain.policy import Policy
from hub.domain.words import Words
from hub.wire.messages import CaseDetail, CaseLine, Notice, PostHeld, Rejected, Step, TicketView

ANSWERING: frozenset[CaseMove] = frozenset({"answer_on_the_spot", "reply", "refer_out", "decline"})


class Wording:
    """The words of one hall in one language, with its names, its policy and its time zone."""

    def __init__(self, words: Words, hall: Hall, policy: Policy) -> None:
        self.words = words
        self.hall = hall
        self.policy = policy
        self.shared = Words("hub", words.language)
        """What the citizen is told in the same words."""
        self._zone = ZoneInfo(hall.timezone)
        self._departments = {one.code: one.name for one in hall.departments}
        self._matters = {one.code: one.name for one in hall.matters}
        self._reasons = {one.code: one.text for one in policy.reasons}

    # --- times

    def local(self, at: dt.datetime) -> dt.datetime:
        return at.astimezone(self._zone)

    def clock(self, at: dt.datetime) -> str:
        return f"{self.local(at):%H:%M}"

    def moment(self, at: dt.datetime, today: dt.date) -> str:
        """`09:31` today, `11月23日 09:31` on another day."""
        local = self.local(at)
        return self.clock(at) if local.date() == today else f"{self.day(local.date())} {local:%H:%M}"

    def day(self, date: dt.date) -> str:
        return self.words("date.day", month=date.month, day=date.day)

    # --- deadlines

    def badge(self, left: Remaining) -> str:
        """`剩 5 个工作日`, `今天到期`, `超期 1 个工作日`."""
        if left.urgency == "overdue":
            return self.words("due.overdue", n=left.wd) if left.wd else self.words("due.overdue_days_off")
        if left.urgency in ("today", "answered"):
            return self.words(f"due.{left.urgency}")
        return self.words("due.left", n=left.wd)

    def due(self, due: Due) -> str:
        """`11月30日（周一）`."""
        return due_words.say_date(due.date, self.shared)

    def explained(self, due: Due) -> str:
        """How it was counted, and on a line of its own the very days: `计入11月24 25 26 27 30日。`"""
        said = due_words.explain(due, self.shared)
        if not due.counted:
            return said
        months = groupby(due.counted, key=lambda one: one.month)
        days = [self.words("date.days", month=month, days=" ".join(str(one.day) for one in of)) for month, of in months]
        return said + "\n" + self.words("due.days", days="，".join(days))

    # --- cases

    def matter(self, line: CaseLine) -> str:
        if line.kind == "grievance":
            return self.words("grievance.title")
        return self.matter_named(line.matter)

    def matter_named(self, code: str) -> str:
        return self._matters.get(code) or self._word("matter", code)

    def department(self, code: str) -> str:
        return self._departments.get(code, code)

    def stage(self, line: CaseLine) -> str:
        return self.words(f"stage.{line.stage}")

    def reasons(self, line: CaseLine) -> str:
        said = "、".join(self._reasons.get(one, one) for one in line.reasons)
        if line.visits < 2:
            return said
        trips = self.words("case.visits_many" if line.visits >= 5 else "case.visits", n=line.visits)
        return f"{said}{trips}"

    def about(self, line: CaseLine) -> str:
        """A list's second line: where the case is, and with whom."""
        said = [self.stage(line)]
        if line.department:
            said.append(self.department(line.department))
        if line.ticket_number:
            said.append(line.ticket_number)
        return " · ".join(said)

    def in_charge(self, line: CaseLine) -> str:
        """The department that has the case, with the class it was sent out in."""
        if not line.department:
            return self.words("case.no_department")
        classes = {one.code: one.name for one in self.policy.classes}
        return "\n".join(one for one in (self.department(line.department), classes.get(line.case_class)) if one)

    def exclusion(self, code: str) -> str:
        return next((one.text for one in self.policy.exclusions if one.code == code), code)

    def person(self, detail: CaseDetail) -> str:
        """Name and phone; that they are kept secret from this unit, or were not given."""
        said = "\n".join(one for one in (detail.name, detail.phone) if one)
        return said or self.words("case.kept_secret" if detail.line.confidential else "case.anonymous")

    def source(self, detail: CaseDetail) -> str:
        return self.words(f"channel.{detail.channel}")

    def receipt(self, detail: CaseDetail) -> str:
        return self.words(f"print.{detail.print_state or 'none'}")

    def answer(self, detail: CaseDetail) -> Step | None:
        """The step that answered the case, while it holds; None for one that is open (again)."""
        if detail.line.stage in OPEN:
            return None
        return next((one for one in reversed(detail.steps) if one.move in ANSWERING and one.text), None)

    def step(self, step: Step) -> str:
        """One line of the timeline without its time: what happened, where, by whom."""
        said = self.words(f"step.{step.move}")
        if step.department:
            said = self.words("step.at", said=said, department=self.department(step.department))
        return self.words("step.by", said=said, who=step.who) if step.who else said

    def rule(self, cite: str, *, document: bool = False) -> str:
        """The article that a step follows, on demand with its document; that it is silent where it is."""
        if not cite:
            return self.words("action.rule.silent")
        if document:
            return self.words("action.rule.document", document=self.policy.name, cite=cite)
        return self.words("action.rule", cite=cite)

    # --- notices and terminals

    def notice(self, notice: Notice, line: CaseLine | None = None) -> str:
        """The banner's line; `line` is the case that it is about, when it is known here."""
        detail = self.trouble(notice.detail) if notice.kind.endswith("_trouble") else notice.detail
        subject = f"{case_serial(line.case_number)} · {self.matter(line)}" if line is not None else notice.subject
        said = self.words(f"notice.{notice.kind}", subject=subject, detail=detail)
        return (
            self.words("notice.waits_on", said=said, title=posts.title(self.policy, notice.post))
            if notice.post
            else said
        )

    def trouble(self, code: str) -> str:
        return self._word("trouble", code)

    def remedy(self, code: str) -> str:
        """What to do about a trouble; of one that a newer program reports, where to look."""
        key = f"trouble.{code}.do"
        return self.words(key) if key in self.words else self.words("trouble.other.do")

    def terminal(self, terminal: Terminal) -> str:
        """`3 号窗口`, or what a terminal is by its name in the hall's file."""
        if terminal.role in ("window", "department"):
            return self.where(terminal)
        return self.words(f"terminal.{terminal.role}", name=terminal.name)

    def rejected(self, refusal: Rejected) -> str:
        """The hub's refusal in this language; its own words where the catalogue has none for the code."""
        key = f"rejected.{refusal.code}"
        return self.words(key) if key in self.words else refusal.text

    def waited(self, ticket: TicketView, now: dt.datetime | None) -> str:
        minutes = int(((now or ticket.taken_at) - ticket.taken_at).total_seconds() // 60)
        return self.words("desk.waited", n=max(0, minutes))

    def calls(self, ticket: TicketView) -> str:
        """When a ticket was called, and how often."""
        return self.words("desk.called", time=self.clock(ticket.called_at or ticket.taken_at), n=ticket.calls)

    def where(self, terminal: Terminal) -> str:
        """`3 号窗口`, or the department's name."""
        if terminal.role == "window":
            return self.words("header.window", n=terminal.window)
        if terminal.role == "supervisor":
            return self.hall.name
        return self.department(terminal.department)

    def title(self, terminal: Terminal) -> str:
        """`3 号窗口 · 办不成事反映`."""
        if terminal.role != "window":
            return f"{self.where(terminal)} · {self.words(f'header.{terminal.role}')}"
        name = self.hall.window(terminal.window).name
        return " · ".join(one for one in (self.where(terminal), name) if one)

    def post(self, terminal: Terminal, held: Sequence[PostHeld] = ()) -> str:
        """The hall's own titles for who works here (R4): of what not everybody there is, else the plain one."""
        plain = posts.plain(self.policy, terminal.role)
        own = [one.title for one in held if one.post not in plain]
        return "、".join(dict.fromkeys(own)) or "".join(posts.titles(self.policy, plain)[:1])

    def freshness(self, live: bool, heard_at: dt.datetime | None) -> str:
        """`09:42 实时`, or since when the picture is stale."""
        if heard_at is None:
            return self.words("header.never")
        return self.words("header.live" if live else "header.stale", time=self.clock(heard_at))

    def _word(self, group: str, code: str) -> str:
        key = f"{group}.{code}"
        return self.words(key) if key in self.words else code
