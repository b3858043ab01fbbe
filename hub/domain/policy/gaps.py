"""What a policy leaves open that is needed: a list without entries, nobody who acts, words that say nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from hub.domain.policy.lines import Path
from hub.domain.policy.mistakes import Mistake
from hub.domain.policy.policy import Policy
from hub.domain.policy.values import Cited


def _lists_are_not_empty(policy: Policy) -> Iterator[Mistake]:
    needed = {
        ("reasons",): policy.reasons,
        ("channels",): policy.channels.value,
        ("handling", "result_goes_to"): policy.handling.result_goes_to.value,
        ("one_time_notice", "tells"): policy.one_time_notice.tells.value,
        ("delivery", "ways"): policy.delivery.ways.value,
    }
    for path, value in needed.items():
        if not value:
            yield Mistake(path, "this list is empty", "name at least one, or leave it out to inherit it")


def _somebody_acts(policy: Policy) -> Iterator[Mistake]:
    needed: dict[Path, tuple[bool, Cited[str], str]] = {
        ("handling", "progress_by"): (True, policy.handling.progress_by, "tells the citizen how it goes"),
        ("supervision", "followed_by"): (True, policy.supervision.followed_by, "follows a case to its end"),
        ("notices", "escalate_to"): (True, policy.notices.escalate_to, "is told of what nobody takes"),
        ("follow_up", "by"): (policy.has("follow_up"), policy.follow_up.by, "follows up"),
        ("complaints", "followed_by"): (policy.complaints.taken.value, policy.complaints.followed_by, "follows a 投诉"),
        ("agents", "by"): (policy.agents.offered.value, policy.agents.by, "acts for citizens"),
    }
    for path, (wanted, told, does) in needed.items():
        if wanted and not told.value:
            yield Mistake(path, f"nobody {does}", "name a role, or leave it out to inherit it")


def _words_are_said(policy: Policy) -> Iterator[Mistake]:
    said: dict[Path, Cited[str]] = {
        ("promise",): policy.promise,
        ("after_closing",): policy.after_closing,
        **{("answers", kind): told for kind, told in policy.answers.items()},
    }
    if policy.agents.offered.value:
        said["agents", "for_what"] = policy.agents.for_what
    for path, told in said.items():
        if not told.value.strip():
            yield Mistake(
                path, "these words are empty", "write what the citizen is told, or leave it out to inherit it"
            )


def _a_follow_up_that_is_owed_can_be_made(policy: Policy) -> Iterator[Mistake]:
    owed = policy.follow_up.of.value == "every_case" or bool(policy.rating.rework.value)
    if owed and not policy.has("follow_up"):
        wrong = "no case is archived before its follow-up, and none is ever followed up"
        remedy = 'set it to true, or write follow_up.of = "bad_ratings" and rating.rework = []'
        yield Mistake(("moves", "follow_up"), wrong, remedy)


def _names_differ(policy: Policy) -> Iterator[Mistake]:
    named: dict[Path, list[str]] = {
        ("classes",): [one.name for one in policy.classes],
        ("rating", "levels", "value"): [one.name for one in policy.rating.levels.value],
        ("complaints", "grounds", "value"): [one.name for one in policy.complaints.grounds.value],
        ("clock", "pause_grounds", "value"): [one.name for one in policy.clock.pause_grounds.value],
    }
    for path, names in named.items():
        for name, times in Counter(name.strip() for name in names).items():
            if times > 1:
                last = max(place for place, one in enumerate(names) if one.strip() == name)
                yield Mistake((*path, last), f"{name!r} is the name of {times}: nobody can tell them apart", "name it")


def _nobody_steps_in_where_none_is_named(policy: Policy) -> Iterator[Mistake]:
    steps_in = policy.delegates.steps_in_himself
    if steps_in.value and not policy.delegates.kept.value:
        wrong = "a delegate steps in by himself, but delegates.kept is false"
        path: Path = ("delegates", "kept" if steps_in.silent else "steps_in_himself")
        yield Mistake(path, wrong, "set delegates.kept to true, or this to false")


CHECKS: tuple[Callable[[Policy], Iterator[Mistake]], ...] = (
    _lists_are_not_empty,
    _somebody_acts,
    _words_are_said,
    _a_follow_up_that_is_owed_can_be_made,
    _names_differ,
    _nobody_steps_in_where_none_is_named,
)
