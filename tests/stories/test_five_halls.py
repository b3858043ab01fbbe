"""One citizen's words in all five halls at once, in one database: what each document makes of them."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from hub.wire import messages as m
from tests.stories.staff import STAFF
from tests.stories.town import Citizen, HallAtWork, Town, moment

pytestmark = pytest.mark.e2e

HALLS = ("yueyang", "shanting", "dahepingxiang", "yunfu", "wuxi")
FIRST_DAY = moment(9, 24)
HOUSE = Citizen(
    name="喬靐",
    phone="",
    text="門牌改了三回，證上還是一九八六年的，跑了五個窗口，一個說先改戶口，一個說先改證，像皮球一樣踢。",
    visits=5,
)


class Made(NamedTuple):
    """What a hall makes of it: the page's date, and the code of each step (empty: it was taken)."""

    promised: str
    unverified: str
    called: str
    paused: str
    refused: str
    five_levels: str


EXPECTED = {
    "yueyang": Made("预计最迟 10月10日（周六）反馈办理结果。", "", "", "not_prescribed", "not_prescribed", ""),
    "shanting": Made(
        "最迟 10月9日（周五）反馈办理结果或办理进度。", "", "", "not_prescribed", "not_prescribed", "unknown_code"
    ),
    "dahepingxiang": Made(
        "预计最迟 10月8日（周四）解决或答复。",
        *("not_verified", "not_prescribed", "not_prescribed", "not_prescribed", "unknown_code"),
    ),
    "yunfu": Made("", "", "not_prescribed", "not_prescribed", "not_prescribed", "unknown_code"),
    "wuxi": Made("", "", "not_prescribed", "", "", "unknown_code"),
}


@pytest.mark.rule("R18", "R20", "R25", "R27", "R32", "R50")
def test_five_documents_make_five_procedures_of_the_same_words(town: Town) -> None:
    assert {name: made_of(town[name]) for name in HALLS} == EXPECTED
    town.nothing_crossed()


def made_of(hall: HallAtWork) -> Made:
    clerk, department = hall.staff[0], STAFF[hall.template][2].department
    case, other, third = (hall.hears(HOUSE, "other", "repeated") for _ in range(3))
    promised, policy = case.page.due, hall.directory.policy()
    routed = m.DispatchCase(case_number=case.number, department=department, case_class=policy.classes[-1].code)
    unverified = code(clerk.asks(routed))
    called = code(clerk.asks(m.CallToWindow(case_number=case.number, department=department)))
    pause = m.PauseClock(case_number=case.number, ground="superior", evidence="请示上级〔2026〕9号。")
    refusal = m.ProposeRefusal(case_number=other.number, text="须先变更户籍门牌。", basis="实施细则第二十六条")
    clerk.does(m.AnswerOnTheSpot(case_number=third.number, text="三个部门已约定一次办好。"))
    rated = m.RateCase(case_number=third.number, level="fairly_satisfied")
    return Made(
        promised, unverified, called, code(clerk.asks(pause)), code(clerk.asks(refusal)), code(clerk.asks(rated))
    )


def code(answer: Any) -> str:
    """Why it was refused; empty where it was not."""
    return answer.code if isinstance(answer, m.Rejected) else ""
