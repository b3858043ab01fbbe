from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from hub.config import load_calendar
from hub.domain.deadline import Due, due_at_filing
from hub.domain.due_words import explain
from hub.domain.errors import UnknownCode
from hub.domain.hall import Outlet
from hub.domain.policy import Cited
from hub.domain.words import Words
from hub.wire.messages import PrintedNumber
from printers.receipt import Chosen, ComplaintReceipt, offline_receipt
from printers.receipt_slip import slip_of
from printers.slip import Field, Line, Qr, Stamp
from tests.factories import a_policy
from tests.printers import factories


def lines(receipt: ComplaintReceipt) -> list[str]:
    return [block.text for block in slip_of(receipt).blocks if isinstance(block, Line)]


def fields(receipt: ComplaintReceipt) -> dict[str, str]:
    return {block.label: block.text for block in slip_of(receipt).blocks if isinstance(block, Field)}


@given(name=st.text(), phone=st.text(), text=st.text(), since=st.text())
@pytest.mark.rule("R13")
def test_nothing_a_citizen_typed_reaches_the_paper(name: str, phone: str, text: str, since: str) -> None:
    typed = factories.receipt(factories.complaint(name=name, phone=phone, text=text, since=since))
    assert typed == factories.receipt(factories.complaint())


def test_a_matter_that_the_hall_does_not_list_is_refused_rather_than_printed() -> None:
    with pytest.raises(UnknownCode):
        factories.receipt(factories.complaint(matter="张三，电话13800000000"))


def test_a_reason_that_the_policy_does_not_list_is_refused_rather_than_printed() -> None:
    with pytest.raises(UnknownCode):
        factories.receipt(factories.complaint(reasons=("李四",)))


def test_says_whose_it_is_and_where_to_wait() -> None:
    assert lines(factories.receipt())[:4] == [
        "岳阳县不动产登记中心",
        "“办不成事”反映登记回执",
        "F012",
        "前面 2 人 · 3 号窗口",
    ]


def test_a_registration_window_does_not_say_register_twice() -> None:
    at = factories.hall(window_name="“办不成事”登记窗口")
    assert lines(factories.receipt(at=at))[1] == "“办不成事”登记回执"


def test_without_a_ticket_the_serial_stands_huge_and_nobody_waits() -> None:
    said = lines(factories.receipt(ticket_number="", ahead=0, window=0))
    assert said[2:4] == ["0007", "已登记，不用排队等候"]


def test_the_first_in_the_queue_reads_that_nobody_is_ahead() -> None:
    assert lines(factories.receipt(ahead=0, window=0))[3] == "前面没有人"


def test_filed_at_is_the_halls_time() -> None:
    assert fields(factories.receipt())["提交时间"] == "2026-11-23 09:31"


def test_reasons_and_visits_stand_in_one_line() -> None:
    assert fields(factories.longest_receipt())["情形"] == (
        "交了材料，一直没受理；跑了好几趟，还是没办成；几个部门来回跑、互相推；来过 5 趟以上"
    )


def test_a_first_visit_is_not_counted() -> None:
    assert fields(factories.receipt(factories.complaint(visits=1)))["情形"] == "交了材料，一直没受理"


@pytest.mark.parametrize(("code", "said"), [("other", "其他事项"), ("unknown", "还不清楚属于哪类事项")])
def test_a_matter_outside_the_catalogue_has_words_of_its_own(code: str, said: str) -> None:
    assert fields(factories.receipt(factories.complaint(matter=code)))["反映事项"] == said


@pytest.mark.rule("R25")
def test_a_date_before_dispatch_is_marked_provisional_and_says_why() -> None:
    receipt = factories.receipt()
    assert fields(receipt)["答复期限"] == "最迟12月1日（暂定，6个工作日）"
    assert any("承办单位收到工单后起算" in text for text in lines(receipt))


@pytest.mark.rule("R25")
def test_where_the_document_gives_no_limit_the_paper_names_no_date() -> None:
    receipt = factories.receipt(by=factories.policy(classes=a_policy("wuxi").classes))
    assert "答复期限" not in fields(receipt)
    assert not any("期限" in text or "工单" in text for text in lines(receipt))


@pytest.mark.rule("R25")
def test_what_the_policy_promises_at_filing_is_what_the_paper_says() -> None:
    policy, calendar = factories.policy(), load_calendar()
    due = due_at_filing(policy, calendar, dt.date(2026, 11, 23))
    assert fields(factories.receipt(by=policy, due=due))["答复期限"] == "最迟12月1日（暂定，6个工作日）"
    at_filing = replace(policy, clock=replace(policy.clock, starts=Cited(value="filing")))
    due = due_at_filing(at_filing, calendar, dt.date(2026, 11, 23))
    receipt = factories.receipt(by=at_filing, due=due)
    assert fields(receipt)["答复期限"] == "最迟11月30日（5个工作日）"
    assert not any("暂定" in text for text in lines(receipt))


@pytest.mark.rule("R25")
def test_a_date_in_an_unpublished_year_says_so_and_names_the_year() -> None:
    due = load_calendar().due(dt.date(2027, 12, 29), 5)
    receipt = factories.receipt(due=due)
    assert fields(receipt)["答复期限"] == f"最迟{due.date.year}年{due.date.month}月{due.date.day}日（暂定，5个工作日）"
    told = [text for text in lines(receipt) if "暂定" in text]
    assert [text.rpartition("日期暂定：")[2] for text in told] == [f"{due.date.year}年放假安排还没有公布。"]


@pytest.mark.rule("R25")
def test_the_paper_says_how_its_date_was_counted_in_the_words_of_the_screens() -> None:
    due = load_calendar().due(dt.date(2026, 9, 28), 5)
    assert f"期限算法：{explain(due, Words('hub', 'zh_Hans'))}" in lines(factories.receipt(due=due))
    assert "期限以扫码所见为准。" not in lines(factories.receipt(due=due))


def test_the_paper_promises_what_the_policy_does() -> None:
    assert "期限内向您反馈办理结果。" in lines(factories.receipt())


def test_what_is_due_on_the_spot_has_no_count_of_days() -> None:
    day = dt.date(2026, 11, 23)
    receipt = factories.receipt(due=Due(date=day, start=day, wd=0, counted=(), skipped=()))
    assert fields(receipt)["答复期限"] == "最迟11月23日"


@pytest.mark.rule("R14")
def test_other_outlets_stand_on_paper_only_where_the_hall_names_them() -> None:
    named = factories.hall(outlets=(Outlet("县纪委监委", "0745-4222345"), Outlet("12345")))
    assert lines(factories.receipt(at=named))[-1] == "也可以向这里反映：县纪委监委 0745-4222345，12345"
    assert not any("也可以向这里反映" in text for text in lines(factories.receipt()))


@pytest.mark.rule("R13")
def test_a_confidential_complaint_says_that_it_is() -> None:
    assert "身份保密" in fields(factories.longest_receipt())
    assert "身份保密" not in fields(factories.receipt())


def test_the_qr_code_opens_the_page_with_the_papers_own_token() -> None:
    (code,) = [block for block in slip_of(factories.receipt()).blocks if isinstance(block, Qr)]
    assert code.text == f"https://bcs.yueyang.gov.cn/p/{factories.KEYS.token}"
    assert "7K3M-Q9XF-2VTD-8HNW-P" in lines(factories.receipt())


def test_a_reprint_is_the_same_number_marked_and_opened_by_other_keys() -> None:
    first = factories.receipt()
    again = first.reprinted(factories.fresh_keys())
    assert any(isinstance(block, Stamp) and block.text.startswith("补打") for block in slip_of(again).blocks)
    assert not any(isinstance(block, Stamp) for block in slip_of(first).blocks)
    assert (again.number, again.case_number) == (first.number, first.case_number)
    assert again.address != first.address


def test_a_receipt_can_be_kept_and_read_again() -> None:
    whole = factories.longest_receipt()
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(whole), type=ComplaintReceipt)
    assert kept == whole
    assert slip_of(kept) == slip_of(whole)


@pytest.mark.rule("R25")
def test_a_receipt_printed_without_the_hub_says_so_and_names_no_date() -> None:
    printed = PrintedNumber(
        business_date=factories.FILED.date(),
        printed_at=factories.FILED,
        case_number="430621-20261123-011007-6",
        ticket_number="K007",
    )
    chosen = Chosen.of(factories.complaint())
    receipt = offline_receipt(printed, factories.hall(), factories.policy(), chosen)
    assert receipt.number == "K007"
    assert [block.text for block in slip_of(receipt).blocks if isinstance(block, Stamp)] == ["离线登记 · 号码有效"]
    assert fields(receipt)["答复期限"] == "系统接通后确定，扫码可查"
    assert fields(receipt)["事项编号"] == "430621-20261123-011007-6"
    assert "系统暂时不通，请持本回执到窗口" in lines(receipt)
    assert not any("前面" in text for text in lines(receipt))
    again = receipt.reprinted(factories.fresh_keys())
    assert len([block for block in slip_of(again).blocks if isinstance(block, Stamp)]) == 2
