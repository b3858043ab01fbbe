"""A hall that changes its policy while a case is open: the case keeps the one under which it was opened."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.config import policy_file
from hub.store.policies import PolicyChanged
from hub.wire import messages as m
from tests.stories.town import Citizen, HallAtWork, Town, moment

pytestmark = pytest.mark.e2e

HALLS = ("yueyang",)
FIRST_DAY = moment(11, 23)
SHIPPED = policy_file("yueyang").read_text()
REVISED = (
    SHIPPED.replace("limit_wd = 5", "limit_wd = 3")
    .replace("[extension.cap_wd]\nvalue = 10", "[extension.cap_wd]\nvalue = 8")
    .replace('value = ["unsatisfied", "very_unsatisfied"]', 'value = ["very_unsatisfied"]')
)
SUBDIVISION = Citizen(
    name="易堉", phone="", text="老屋五間，兄弟分家各辦各的證，分割測繪量了兩回，窗口還是說圖上少一堵牆。"
)


@pytest.mark.rule("R25", "R26", "R33")
def test_a_case_is_decided_by_the_policy_under_which_it_was_opened(town: Town) -> None:
    hall = town["yueyang"]
    old = hall.hears(SUBDIVISION, "split-merge", "repeated").number
    with pytest.raises(PolicyChanged):
        hall.adopts(REVISED)
    hall.adopts(REVISED.replace("version = 1", "version = 2"))
    new = hall.hears(SUBDIVISION, "split-merge", "repeated").number
    assert sent(hall, old) == dt.date(2026, 11, 30)
    assert sent(hall, new) == dt.date(2026, 11, 26)
    peng, chen = hall.person("彭湘云"), hall.person("陈立群")
    put_back = {"reason": "补测隔墙，共十个工作日。", "citizen_told": True}
    peng.does(m.AskExtension(case_number=old, added_wd=5, **put_back))
    assert peng.is_refused(m.AskExtension(case_number=new, added_wd=7, **put_back)) == "extension_too_long"
    for number, stage in ((old, "rework"), (new, "rated")):
        peng.does(m.ReplyToWorkOrder(work_order_id=f"{number}/1", text="补测完，分户图已出。"))
        chen.does(m.RateCase(case_number=number, level="unsatisfied", text="兩回白跑。"))
        assert chen.line(number).stage == stage


def sent(hall: HallAtWork, number: str) -> dt.date:
    """Sent to the survey section and accepted there; when its answer is due."""
    order = hall.person("陈立群").does(m.DispatchCase(case_number=number, department="survey", case_class="work_order"))
    hall.person("彭湘云").does(m.AcceptWorkOrder(work_order_id=order.work_order_id))
    return order.due.date
