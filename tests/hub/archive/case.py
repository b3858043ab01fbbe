"""A case that went the long way before it was archived, at a desk."""

from __future__ import annotations

from hub.wire import messages as m
from tests.hub.desk import Desk
from tests.hub.service.test_attachments import JPEG, PDF, attached

CITIZEN = {"name": "李䶮", "phone": "13963200958", "text": "公证处和登记窗口来回推，跑了十一趟。"}

ANSWER = "李䶮女士可凭档案证明领证。"


def archived(desk: Desk, *, papers: bool = True, answer: str = ANSWER, **citizen: object) -> str:
    """Escalated, met over, put back, dispatched, answered, rated, asked again, told, archived."""
    number = desk.file(reasons=("repeated",), **(CITIZEN | citizen)).case_number
    if papers:
        attached(desk, number, PDF)
        attached(desk, number, JPEG, kind="consent", name="委托书.jpg")
    does(desk, "window-3", m.TriageCase(case_number=number, finding="涉及三家，证载姓名不符。", case_class="complex"))
    sent = desk.ask(
        "window-3", m.DispatchCase(case_number=number, department="tax", case_class="complex", note="请核。")
    )
    assert isinstance(sent, m.WorkOrderSent), sent
    does(desk, "department-tax", m.AcceptWorkOrder(work_order_id=sent.work_order_id))
    does(
        desk,
        "supervisor",
        m.RecordMeeting(
            case_number=number, members=("张主任", "赵强"), minutes="各家意见如下。", decision="由档案馆出具证明。"
        ),
    )
    does(desk, "department-tax", m.AskExtension(case_number=number, added_wd=3, reason="需外单位核实。"))
    does(desk, "supervisor", m.DecideExtension(case_number=number, granted=True))
    desk.later(hours=1)
    does(desk, "department-tax", m.ReplyToWorkOrder(work_order_id=sent.work_order_id, text=answer))
    return closed(desk, number)


def closed(desk: Desk, number: str) -> str:
    """What is left to do after the answer, up to the archive."""
    does(desk, "window-3", m.RateCase(case_number=number, level="satisfied"))
    does(desk, "supervisor", m.FollowUpCase(case_number=number, text="群众说已办好。"))
    does(desk, "window-3", m.TellCitizen(case_number=number, medium="oral"))
    does(desk, "window-3", m.ArchiveCase(case_number=number))
    return number


def does(desk: Desk, terminal: str, command: m.Message) -> None:
    answer = desk.ask(terminal, command)
    assert answer == m.Done(), answer
