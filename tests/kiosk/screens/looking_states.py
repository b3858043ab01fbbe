"""Look-up, rating and suggestions in every state, with the longest real words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hub.wire.messages import LevelChoice, Progress, Step
from kiosk.input.means import Means
from kiosk.screens.code import CodePage
from kiosk.screens.kit import Kit
from kiosk.screens.own_words import SuggestionContactPage, SuggestionWordsPage, WhyInWordsPage
from kiosk.screens.progress import ProgressPage
from kiosk.screens.rating import LevelPage, RatedPage, WhyPage
from kiosk.screens.suggestion import KindPage, ThanksPage
from kiosk.services.progress import Trouble
from kiosk.services.rating import WHY, CaseRating
from kiosk.services.suggestion import KINDS, Suggesting
from tests.factories import FILED_AT, a_long_due, a_progress, a_ticket, lookup_keys
from tests.kiosk.services.asked_hub import AskedHub
from tests.kiosk.test_session import TEXT

NOW = FILED_AT + dt.timedelta(days=9)
ANSWER = "经核对，您2019年购房时登记的面积与产权证不一致，已由不动产登记中心当场更正并换发新证，不再收费。" * 6
TROUBLES: tuple[Trouble, ...] = ("slip", "number", "other", "appointment", "not_found", "away", "late")


class Nobody:
    """What a screen asks of the program is not done."""

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_: None


def looking_states(kit: Kit, means: Means) -> dict[str, Callable[[], Any]]:
    """Every state, by name."""
    asks: Any = Nobody()
    head = "progress.heading"
    return {
        "look.code": lambda: CodePage(kit, asks, _coded(kit), head),
        "look.typing": lambda: CodePage(kit, asks, _coded(kit, 9), head),
        "look.typed": lambda: CodePage(kit, asks, _coded(kit, 16), head),
        **{f"look.{one}": lambda one=one: CodePage(kit, asks, _coded(kit, 17, one), head) for one in TROUBLES},
        "progress.open": lambda: ProgressPage(kit, asks, _found(kit), head, FILED_AT),
        "progress.late": lambda: ProgressPage(kit, asks, _found(kit, due=a_long_due(), ticket=a_ticket()), head, NOW),
        "progress.answered": lambda: ProgressPage(kit, asks, _answered(kit), head, NOW),
        "progress.not_yet": lambda: ProgressPage(kit, asks, _found(kit, at_once=True), head, FILED_AT),
        "rating.level": lambda: LevelPage(kit, asks, _answered(kit, at_once=True), "rating.heading"),
        "rating.bad": lambda: LevelPage(kit, asks, _rating(kit), "rating.heading"),
        "rating.why": lambda: WhyPage(kit, asks, _rating(kit, why=WHY[:3]), "rating.heading"),
        "rating.late": lambda: WhyPage(kit, asks, _rating(kit, why=WHY[:1], trouble="late"), "rating.heading"),
        "rating.refused": lambda: WhyPage(kit, asks, _rating(kit, why=WHY[:1], trouble="rated"), "rating.heading"),
        "rating.writing": lambda: WhyInWordsPage(kit, asks, _rating(kit, text=TEXT), "rating.heading", means),
        "rating.good": lambda: RatedPage(kit, asks, _answered(kit, at_once=True), "rating.heading"),
        "rating.rework": lambda: RatedPage(kit, asks, _reworked(kit), "rating.heading"),
        "suggestion.kind": lambda: KindPage(kit, asks, Suggesting(AskedHub(), "zh_Hans")),
        "suggestion.words": lambda: SuggestionWordsPage(kit, asks, _suggesting(), means),
        "suggestion.contact": lambda: SuggestionContactPage(kit, asks, _suggesting(), means),
        "suggestion.phone": lambda: SuggestionContactPage(kit, asks, _suggesting(phone="13800138000"), means),
        "suggestion.away": lambda: SuggestionContactPage(kit, asks, _suggesting(phone="1380013", away=True), means),
        "suggestion.thanks": lambda: ThanksPage(kit, asks, _suggesting()),
    }


def _coded(kit: Kit, count: int = 0, trouble: Trouble = "") -> CaseRating:
    flow = CaseRating(AskedHub(), kit.hall, at_once=False)
    flow.code.text = lookup_keys(1).typed[:count]
    flow.trouble = trouble
    return flow


def _found(kit: Kit, *, at_once: bool = False, **changes: Any) -> CaseRating:
    hub = AskedHub()
    flow = CaseRating(hub, kit.hall, at_once=at_once)
    flow.scanned(lookup_keys(1).token)
    longest = max(kit.hall.matters, key=lambda one: len(one.name)).code
    shown = {"matter": longest, "department": kit.hall.departments[0].code, "promised": kit.policy.promises_a_date}
    hub.answer(a_progress(**shown | changes))
    return flow


def _levels(kit: Kit) -> tuple[LevelChoice, ...]:
    return tuple(
        LevelChoice(one.code, one.name, kit.policy.sends_back(one.code)) for one in kit.policy.rating.levels.value
    )


def _answered(kit: Kit, *, at_once: bool = False) -> CaseRating:
    moves: tuple[Any, ...] = ("file", "triage", "dispatch", "accept", "progress", "extend", "reply")
    steps = tuple(
        Step(at=FILED_AT + dt.timedelta(days=at), move=move, department=kit.hall.departments[0].code)
        for at, move in enumerate(moves)
    )
    return _found(kit, at_once=at_once, stage="replied", answer=ANSWER, steps=steps, levels=_levels(kit))


def _rating(kit: Kit, why: tuple[str, ...] = (), text: str = "", trouble: Trouble = "") -> CaseRating:
    flow = _answered(kit, at_once=True)
    flow.choose(_levels(kit)[-1].code)
    flow.why, flow.text, flow.trouble = why, text, trouble
    return flow


def _reworked(kit: Kit) -> CaseRating:
    flow = _rating(kit, why=WHY[:1])
    found: Progress = a_progress(stage="rework", due=a_long_due())
    flow.found = found
    return flow


def _suggesting(phone: str = "", *, away: bool = False) -> Suggesting:
    hub = AskedHub()
    hub.away = away
    flow = Suggesting(hub, "zh_Hans")
    flow.choose(KINDS[1])
    flow.write(TEXT)
    flow.step = "contact"
    flow.write_phone(phone)
    if away:
        flow.phone = ""
        flow.go_on()
        flow.phone = phone
    return flow
