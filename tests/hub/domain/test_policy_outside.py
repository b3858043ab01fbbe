"""What the documents prescribe of visits, pre-reviews, the kinds of counter and of working by hand."""

import pytest

from tests.factories import a_policy
from tests.hub.domain.documents import SHIPPED, says, silent


@pytest.mark.rule("R59")
def test_two_of_wuxi_s_staff_go_to_who_cannot_come_and_file_what_they_took_down():
    told = a_policy("wuxi").visits
    assert says(told.offered, True, "5.3.7.1")
    assert says(told.answered_within_wd, 1, "1个工作日内答复")
    assert says(told.staff_at_least, 2, "2名及以上")
    assert says(told.materials_filed, True, "归档")
    assert [one.name for one in told.grounds.value] == ["不动产登记类业务"]


@pytest.mark.rule("R59")
def test_yunfu_visits_who_cannot_leave_bed_or_hardly_walks_in_the_default_s_time():
    told = a_policy("yunfu").visits
    assert says(told.offered, True, "上门服务")
    assert [one.name for one in told.grounds.value] == ["卧床不起", "行动不便"]
    assert silent(told.answered_within_wd, told.staff_at_least, told.materials_filed)
    assert (told.answered_within_wd.value, told.staff_at_least.value, told.materials_filed.value) == (1, 2, True)


@pytest.mark.rule("R59", "R61")
def test_the_other_halls_documents_know_neither_visits_nor_pre_reviews():
    for name in ("yueyang", "shanting", "dahepingxiang"):
        policy = a_policy(name)
        assert not policy.visits.offered.value
        assert not policy.pre_review.offered.value
        assert silent(policy.visits.offered, policy.pre_review.offered)


@pytest.mark.rule("R61")
def test_a_pre_review_takes_24_hours_in_yunfu_and_a_working_day_in_wuxi():
    yunfu, wuxi = a_policy("yunfu").pre_review, a_policy("wuxi").pre_review
    assert says(yunfu.offered, True, "18")
    assert says(yunfu.within, 24, "必须在24小时内办结")
    assert says(yunfu.counted_in, "hours", "24小时")
    assert says(wuxi.offered, True, "5.9.2")
    assert says(wuxi.within, 1, "5.9.3.1")
    assert says(wuxi.counted_in, "working_days", "5.9.3.1")


@pytest.mark.rule("R61")
def test_what_names_no_outlet_is_reviewed_by_the_local_branch_in_wuxi():
    assert says(a_policy("wuxi").pre_review.unassigned_goes_to, "属地分局网点", "5.9.3.2")
    assert silent(a_policy("yunfu").pre_review.unassigned_goes_to)


@pytest.mark.rule("R62")
def test_yunfu_has_nine_kinds_of_counter_and_wuxi_names_two():
    assert says(
        a_policy("yunfu").counters.kinds,
        ("one_window", "general", "inquiry", "payment", "certificate", "advice", "green", "company", "unsettled"),
        "办不成事",
    )
    assert says(a_policy("wuxi").counters.kinds, ("one_window", "green"), "5.5.1")
    assert all(silent(a_policy(name).counters.kinds) for name in ("yueyang", "shanting", "dahepingxiang"))


@pytest.mark.rule("R65", "R66")
def test_wuxi_works_by_hand_with_slips_from_a_window_of_their_own_and_reports_it():
    told = a_policy("wuxi").by_hand
    assert says(told.slips, True, "人工叫号")
    assert says(told.issued_at, "special_window", "设专窗发放号码条")
    assert says(told.reported_to, "outlet_head", "上报网点负责人")
    for name in SHIPPED:
        if name != "wuxi":
            others = a_policy(name).by_hand
            assert silent(others.slips, others.issued_at, others.reported_to)
            assert others.reported_to.value == "hall_head"
