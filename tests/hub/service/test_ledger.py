"""The ledger as it leaves the system."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.store import ledger, schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk, secrets_of

TODAY = factories.MONDAY


def exported(desk: Desk, after: str = "", command_id: str = "") -> m.Ledger:
    found = desk.ask("supervisor", m.ExportLedger(filed_from=TODAY, filed_to=TODAY, after=after), command_id)
    assert isinstance(found, m.Ledger), found
    return found


@pytest.mark.rule("R17")
def test_a_line_has_the_columns_of_the_hall_s_form_in_their_order(desk: Desk) -> None:
    number = desk.dispatched(matter="transfer-sale", name="王秀兰", phone="13800000000", text="跑了三趟").case_number
    order = desk.line(number).work_order_id
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=order))
    desk.later(minutes=20)
    desk.ask("department-real-estate", m.ReplyToWorkOrder(work_order_id=order, text="已办结，请来领证。"))
    found = exported(desk)
    assert [column.name for column in found.columns] == [
        *("编号", "反映人", "联系电话", "反映事项", "受理时间", "问题类型及办理时限"),
        *("承办单位", "办理结果", "实际办结时间", "备注"),
    ]
    (row,) = found.rows
    kind = desk.policy.case_class("general").name
    assert row.cells == (
        *(number, "王秀兰", "13800000000", f"{desk.hall.matter('transfer-sale').name} 跑了三趟", "2026-11-23 09:32"),
        *(f"{kind} 2026-11-25", desk.hall.department("real-estate").name, "已办结，请来领证。", "2026-11-23 09:52", ""),
    )


@pytest.mark.rule("R13", "R17")
def test_who_asked_for_secrecy_is_not_named_and_no_grievance_is_in_it(desk: Desk) -> None:
    number = desk.file(name="王秀兰", phone="13800000000", confidential=True).case_number
    told = m.LodgeGrievance(ground="attitude", text="态度差。", on_paper=secrets_of("grievance"))
    desk.ask("window-3", told)
    (row,) = exported(desk).rows
    assert row.cells[:3] == (number, "", "")


@pytest.mark.rule("R47", "R71")
def test_each_export_is_logged_with_who_took_what_out(desk: Desk) -> None:
    desk.file()
    for _ in range(2):
        exported(desk, command_id="0" * 31 + "a")
    logged = [(row.staff, row.subject) for row in desk.rows(schema.audit) if row.kind == "ExportLedger"]
    assert logged == [("90", f"{TODAY}..{TODAY}/1")] * 2
    assert "ExportLedger" not in {row.kind for row in desk.rows(schema.command)}


def test_long_ledgers_come_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [desk.file().case_number for _ in range(3)]
    monkeypatch.setattr(ledger, "PAGE", 2)
    first = exported(desk)
    second = exported(desk, after=first.last)
    assert [row.cells[0] for row in (*first.rows, *second.rows)] == numbers
    assert (first.more, second.more) == (True, False)


def test_dates_are_in_order_and_others_are_left_out(desk: Desk) -> None:
    desk.file()
    before = TODAY - dt.timedelta(days=1)
    turned = m.ExportLedger(filed_from=TODAY, filed_to=before)
    assert desk.ask("supervisor", turned).code == "bad_dates"
    none = desk.ask("supervisor", m.ExportLedger(filed_from=before, filed_to=before))
    assert (none.rows, none.last, none.more) == ((), "", False)
