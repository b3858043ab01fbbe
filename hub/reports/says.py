"""A hall's way to tell a report: its names for things, its period and for whom it is, in the staff's language."""

from __future__ import annotations

import datetime as dt

from hub.domain import posts
from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.policy.oversight import Report as Owed
from hub.domain.reported import CaseRow, Reading
from hub.domain.spans import Span
from hub.domain.words import STAFF, Words
from hub.reports.report import Box, Column, ColumnKind, Report, Table

WIDE: dict[ColumnKind, int] = {"text": 8, "count": 4, "percent": 4, "date": 7}


class Says:
    """One report of one period. `owed` is how the hall's document orders it, `names` whether it names people.

    `today` is the day as of which it tells, the last of the period where that is over; without one, when it is made.
    """

    def __init__(
        self, code: str, hall: Hall, policy: Policy, owed: Owed | None, span: Span, made: dt.datetime, found: Reading,
        *, today: dt.date | None = None,
    ) -> None:  # fmt: skip
        self.code, self.hall, self.policy, self.owed, self.span = code, hall, policy, owed, span
        self.made, self.today = made, today or made.date()
        self.names = owed is None or owed.names_people
        self.words = Words("hub.reports", STAFF)
        self._people = {one.code: one.name for one in found.staff}
        self._homes = {one.code: one.department for one in found.staff}
        self._policies = (policy, *found.policies.values())

    # --- names

    def matter(self, code: str) -> str:
        return next((one.name for one in self.hall.matters if one.code == code), code)

    def department(self, code: str) -> str:
        """A unit; the window itself where a case went to none."""
        if not code:
            return self.words("at_the_window")
        return next((one.name for one in self.hall.departments if one.code == code), code)

    def reason(self, code: str) -> str:
        """A reason as the hall words it; a 投诉's ground stands among them."""
        for policy in self._policies:
            grounds = policy.complaints.grounds.value
            for known, text in [(one.code, one.text) for one in policy.reasons] + [(g.code, g.name) for g in grounds]:
                if known == code:
                    return text
        return code

    def level(self, code: str) -> str:
        return next(
            (one.name for policy in self._policies for one in policy.rating.levels.value if one.code == code), code
        )

    def case_class(self, code: str) -> str:
        for policy in self._policies:
            try:
                return policy.case_class(code).name
            except UnknownCode:
                continue
        return code or self.words("unclassified")

    def staff(self, code: str) -> str:
        """Somebody's name and code; nothing for nobody."""
        return f"{self._people[code]}（{code}）" if code in self._people else code

    def staff_department(self, code: str) -> str:
        """Where somebody works."""
        home = self._homes.get(code, "")
        return self.department(home) if home else self.words("in_the_hall")

    def stage(self, one: CaseRow) -> str:
        return self.words("stage.paused" if one.stopped and one.is_open else f"stage.{one.stage}")

    def move(self, move: str) -> str:
        """A step of a case's timeline; the code itself where no word is there for it."""
        return self.words(f"move.{move}") if f"move.{move}" in self.words else move

    def every(self) -> str:
        return self.words(f"every.{self.owed.every}") if self.owed else ""

    def date(self, day: dt.date) -> str:
        return self.words("date", year=day.year, month=day.month, day=day.day)

    def period(self) -> str:
        first, last = self.span.first, self.span.last
        if self.span.every in ("day", "week"):
            return (
                self.date(first)
                if first == last
                else self.words("from_to", first=self.date(first), last=self.date(last))
            )
        part = (first.month + 2) // 3
        if self.span.every == "half_year":
            return self.words("period.first_half" if first.month == 1 else "period.second_half", year=first.year)
        return self.words(f"period.{self.span.every}", year=first.year, month=first.month, part=part)

    # --- parts

    def column(self, name: str, kind: ColumnKind = "text", wide: int = 0) -> Column:
        return Column(name=self.words(f"col.{name}"), kind=kind, wide=wide or WIDE[kind])

    def box(self, name: str, said: object) -> Box:
        return Box(name=self.words(f"box.{name}"), said=self.words("none") if said is None else str(said))

    def box_named(self, name: str, said: object) -> Box:
        """A key figure that the hall's own document has a name for."""
        return Box(name=name, said=str(said))

    def percent(self, value: int | None) -> str:
        return self.words("none") if value is None else f"{value}%"

    def title(self) -> str:
        return self.owed.name if self.owed else self.words(f"title.{self.code}")

    def to(self) -> str:
        """For whom, by the hall's own titles."""
        if self.owed is None:
            return ""
        said = posts.titles(self.policy, self.owed.to)
        return self.words("list").join(said) or self.words("everybody")

    def report(
        self, boxes: tuple[Box, ...], texts: tuple[str, ...], tables: tuple[Table, ...], scope: str = "scope.filed"
    ) -> Report:
        """The whole: with for whom it is, how often, by which article, what it counts and of which moment."""
        w = self.words
        made = f"{self.made:%Y-%m-%d %H:%M}"
        until = f"{self.today} 24:00" if self.today < self.made.date() else made
        facts = [(w("fact.as_of"), until), (w("fact.made"), made), (w("fact.scope"), w(scope))]
        if self.owed is not None:
            public = w("fact.public") if self.owed.public else ""
            ordered = [
                (w("fact.to"), w("list").join(one for one in (self.to(), public) if one)),
                (w("fact.every"), self.every()),
            ]
            said = self.policy.document + (f" {self.owed.cite}" if self.owed.cite else "")
            facts = [*ordered, (w("fact.cite"), said if not self.owed.silent else w("fact.silent")), *facts]
        if self.names:
            facts.append((w("fact.care"), w("care.names")))
        elif self.owed is not None and self.owed.public:
            facts.append((w("fact.care"), w("care.public")))
        return Report(
            hall=self.hall.name,
            title=self.title(),
            period=self.period(),
            facts=tuple(facts),
            boxes=boxes,
            texts_title=w("texts"),
            texts=texts,
            tables=tables,
            signatures=tuple(w("signatures").split()),
        )
