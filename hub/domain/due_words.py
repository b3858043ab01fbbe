"""A due date in words: the day, and how it was counted. Kiosk, receipt, counter and phone page say the same.

`words` is `Words("hub", language)`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from hub.domain.deadline import Due, Why
from hub.domain.translated import text_in
from hub.domain.words import Words

DAY = dt.timedelta(days=1)


def say_date(date: dt.date, words: Words, today: dt.date | None = None) -> str:
    """`11月30日（周一）`; with its year when that is not `today`'s."""
    return words.date("due.date_of_year" if today is not None and date.year != today.year else "due.date", date)


def explain(due: Due, words: Words) -> str:
    """How the date was counted, in one sentence: `从11月23日（当天不算）起数 5 个工作日，周末不算。`

    From when and why not earlier, how many working days and what was added, which days do not count, which count
    although one might think otherwise; and behind it what makes the date provisional.
    """
    said = [words("due.clause").join(part for part in (_length(due, words), _off(due, words)) if part)]
    said += [
        words(f"due.{key}", days=_days(days, words))
        for key, days in (("moved", due.moved_workdays), ("hall_worked", due.hall_workdays), ("half", due.half_days))
        if days
    ]
    sentence = _sentence("due.sentence", said, words)
    if not due.provisional:
        return sentence
    reasons = [words(f"due.{because}", year=due.date.year) for because in due.provisional_because]
    return words("due.both", counted=sentence, provisional=_sentence("due.provisional", reasons, words))


def _sentence(key: str, clauses: Sequence[str], words: Words) -> str:
    """The clauses as one sentence; it begins with a capital where the language has them."""
    said = words(key, clauses=words("due.and").join(clauses))
    return said[:1].upper() + said[1:]


def _length(due: Due, words: Words) -> str:
    """Since when, and how long."""
    if "clock_not_started" in due.provisional_because:
        return words("due.about", n=due.wd)
    anew = words("due.anew") if due.anew else ""
    begins = "due.from" if due.wd else "due.same_day"
    came, moved = "", due.start_moved
    if moved is not None:
        after = f"{moved.after:%H:%M}" if moved.after else ""
        came = words(f"due.came.{moved.why}", day=_day(moved.came, words), after=after)
        begins += ".next_day" if due.start - moved.came == DAY else ".next_working_day"
    counts = "due.zero_counts" if due.counted[:1] == (due.start,) else "due.zero_does_not_count"
    since = words(begins, start=_day(due.start, words), zero=words(counts))
    return anew + came + since + (_working_days(due, words) if due.wd else "")


def _working_days(due: Due, words: Words) -> str:
    added = [words(f"due.{key}", n=wd) for key, wd in (("extended", due.extended_wd), ("paused", due.paused_wd)) if wd]
    if not added:
        return words("due.counted", n=due.wd)
    first = words("due.at_first", n=due.wd - due.extended_wd - due.paused_wd)
    return words("due.counted_with", n=due.wd, parts=words("due.clause").join([first, *added]))


def _off(due: Due, words: Words) -> str:
    """The days in between that do not count; weekends together, others by their name and dates."""
    alike: dict[tuple[Why, str], list[dt.date]] = {}
    for one in sorted(due.skipped, key=lambda one: one.why != "weekend"):
        alike.setdefault((one.why, one.name), []).append(one.date)
    named = [
        words(f"due.off.{why}", name=text_in(name, words.language), days=_days(days, words))
        for (why, name), days in alike.items()
    ]
    return words("due.without", days=words.joined("due.list", named)) if named else ""


def _days(days: Sequence[dt.date], words: Words) -> str:
    """`10月1日至7日、10月9日`: days that follow each other as a span."""
    return words.joined("due.list", [_span(run, words) for run in _runs(days)])


def _runs(days: Iterable[dt.date]) -> list[list[dt.date]]:
    runs: list[list[dt.date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _span(days: list[dt.date], words: Words) -> str:
    """The month once, where the language has it: `10月1日至7日`, `1 to 7 October`."""
    first, last = days[0], days[-1]
    if first == last:
        return _day(first, words)
    within = ".of_month" if last.month == first.month else ""
    return words("due.span", first=words.date(f"due.first{within}", first), last=words.date(f"due.last{within}", last))


def _day(day: dt.date, words: Words) -> str:
    return words.date("due.day", day)
