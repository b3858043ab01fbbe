"""A report in the hall's words: a pure function from what the replay found to everything that a page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from hub.domain.fairness.kinds import Exceptional, Finding
from hub.domain.fairness.proof import grouped
from hub.domain.fairness.report import Entry, Report
from hub.domain.hall import Hall
from hub.domain.line_rules import LineRules
from hub.domain.words import STAFF, Words
from hub.fairness.shown import Box, Line, Sheet

PASSED_SHOWN = 4
"""Numbers that a line names; a long list would hide what it says."""


class Says:
    """A hall's way to tell the report of a date, in its language and own time; other dates' times have their date."""

    def __init__(self, hall: Hall, date: dt.date) -> None:
        self._hall, self._zone, self._day = hall, ZoneInfo(hall.timezone), date
        self.words = Words("hub.fairness", STAFF)

    def sheet(self, found: Report) -> Sheet:
        w = self.words
        return Sheet(
            hall=self._hall.name,
            title=w("title"),
            date=self._date(found.date),
            iso=f"{found.date}",
            status=self._status(found),
            holds=found.holds,
            verdict=self._verdict(found),
            links=w("proof.links", first=found.links[0], last=found.links[1]),
            seal=grouped(found.seal),
            check=w("proof.check", date=found.date),
            boxes=self._boxes(found),
            kinds=tuple(self._kind(kind, count, found.summary.tickets) for kind, count in found.summary.exceptions),
            findings=tuple(self.finding(one) for one in found.findings),
            columns=self._columns("at", "number", "kind", "who", "why"),
            exceptions=tuple(self.exception(one, found.rules) for one in found.exceptions),
            ticket_columns=self._columns(
                "order", "number", "service", "taken", "called", "window", "waited", "passed", "result", "exceptions"
            ),
            tickets=tuple(self._line(at, one, found.rules) for at, one in enumerate(found.entries, 1)),
            rules=tuple(self._rules(found.rules)) if found.rules else (),
            signatures=self._signatures(found.rules),
        )

    # --- one thing in a sentence

    def exception(self, one: Exceptional, rules: LineRules | None) -> tuple[str, ...]:
        """Time, number, what it was, who decided it, why."""
        return (
            self._time(one.at),
            one.number,
            self.words(f"kind.{one.kind}"),
            self._who(one, rules),
            self.words("why.join").join(self._why(one, rules)) or self.words("none"),
        )

    def finding(self, one: Finding) -> str:
        key = "not_due_nobody" if one.kind == "not_due" and not one.instead else one.kind
        return self.words(
            f"find.{key}",
            at=self._time(one.at) if one.at else "",
            number=one.number,
            what=self._said(one.what),
            instead=self._said(one.instead),
        )

    def _said(self, code: str) -> str:
        """A code in words; a number or a name as it is, a moment as the hall's clock shows it."""
        for kind in ("word", "state"):
            if f"{kind}.{code}" in self.words:
                return self.words(f"{kind}.{code}")
        if "/" in code:
            number, _, because = code.partition("/")
            return f"{number}（{self._said(because)}）"
        try:
            at = dt.datetime.fromisoformat(code)
        except ValueError:
            return code
        return self._time(at) if at.tzinfo else code

    def _who(self, one: Exceptional, rules: LineRules | None) -> str:
        w = self.words
        if not one.staff:
            return w("who.hub")
        title = rules.titles.get(one.post, one.post) if rules and one.post else ""
        who = w("who.post", title=title, staff=one.staff) if title else w("who.staff", staff=one.staff)
        if one.acting_for:
            who = w("who.for", who=who, absent=one.acting_for)
        return w("who.asked", who=who, asked=one.asked_by) if one.asked_by else who

    def _why(self, one: Exceptional, rules: LineRules | None) -> Iterable[str]:
        if one.ground and one.kind not in ("appointment", "overload"):
            yield rules.grounds.get(one.ground, one.ground) if rules else one.ground
        if one.kind == "bound":
            yield self.words("why.to_window", window=one.window)
        if one.kind == "transfer":
            yield self.words("why.to_service", service=rules.service_name(one.service) if rules else one.service)
        if one.reason:
            yield one.reason
        if one.passed:
            yield self.words("went_before", numbers=self._numbers(one.passed))

    # --- parts of the page

    def _verdict(self, found: Report) -> str:
        links = found.links[1] - found.links[0] + 1 if found.links[1] else 0
        counts = {"links": links, "exceptions": len(found.exceptions), "findings": len(found.findings)}
        if not found.holds:
            return self.words("proof.fails", **counts)
        return self.words("proof.holds" if found.exceptions else "proof.holds_plain", **counts)

    def _status(self, found: Report) -> str:
        if found.over:
            return self.words("over")
        return self.words("until", time=self._time(found.until)) if found.until else self.words("until_nothing")

    def _boxes(self, found: Report) -> tuple[Box, ...]:
        s = found.summary
        said = {
            "tickets": str(s.tickets),
            "called": str(s.called),
            "done": str(s.done),
            "no_show": str(s.no_show),
            "withdrawn": str(s.withdrawn),
            "median": self._span(s.median_wait),
            "nine": self._span(s.nine_of_ten_wait),
            "set_apart": self.words("share", count=s.set_apart, percent=_percent(s.set_apart, s.tickets)),
        }
        return tuple(Box(name=self.words(f"sum.{key}"), said=value) for key, value in said.items())

    def _kind(self, kind: str, count: int, tickets: int) -> tuple[str, str, str]:
        return self.words(f"kind.{kind}"), str(count), f"{_percent(count, tickets)}%"

    def _line(self, at: int, one: Entry, rules: LineRules | None) -> Line:
        w = self.words
        passed = w("passed", count=len(one.passed_by), numbers=self._numbers(one.passed_by)) if one.passed_by else ""
        cells = (
            str(at),
            one.number,
            rules.service_name(one.service) if rules else one.service,
            self._time(one.taken_at),
            self._time(one.called_at) if one.called_at else w("none"),
            str(one.window or w("none")),
            self._span(one.waited),
            passed,
            w(f"state.{one.state}"),
            w("list").join(w(f"kind.{kind}") for kind in one.exceptions),
        )
        return Line(cells=cells, apart=bool(one.exceptions))

    def _rules(self, rules: LineRules) -> Iterable[str]:
        w = self.words
        for window in rules.windows:
            served = [
                w("rules.weight", service=rules.service_name(code), weight=weight)
                if (weight := window.weights.get(code, 1)) != 1
                else rules.service_name(code)
                for code in window.services
            ]
            yield w("rules.window", number=window.number, services=w("list").join(served))
        yield w("rules.may_pass", count=rules.may_pass)

    def _signatures(self, rules: LineRules | None) -> tuple[str, ...]:
        head = rules.titles.get(rules.exceptions_by, "") if rules else ""
        checked = self.words("sign.checked", title=head) if head else ""
        return tuple(one for one in (self.words("sign.made"), checked, self.words("sign.date")) if one)

    def _columns(self, *names: str) -> tuple[str, ...]:
        return tuple(self.words(f"col.{name}") for name in names)

    def _numbers(self, numbers: tuple[str, ...]) -> str:
        more = "…" if len(numbers) > PASSED_SHOWN else ""
        return self.words("list").join(numbers[:PASSED_SHOWN]) + more

    def _date(self, day: dt.date) -> str:
        weekday = self.words("weekdays").split()[day.weekday()]
        return self.words("date", year=day.year, month=day.month, day=day.day, weekday=weekday)

    def _time(self, at: dt.datetime) -> str:
        local = at.astimezone(self._zone)
        return f"{local:%H:%M:%S}" if local.date() == self._day else f"{local:%m-%d %H:%M}"

    def _span(self, span: dt.timedelta | None) -> str:
        if span is None:
            return self.words("none")
        hours, minutes = divmod(round(span.total_seconds() / 60), 60)
        return self.words("hours" if hours else "minutes", hours=hours, minutes=minutes)


def _percent(count: int, of: int) -> str:
    return f"{100 * count / of:.1f}" if of else "0"
