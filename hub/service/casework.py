"""The moves of a case: answered on the spot, dispatched, accepted, replied. Each a load, a decision and its rows."""

from __future__ import annotations

import datetime as dt

import msgspec

from hub.domain import case as case_table
from hub.domain.case import CaseMove
from hub.domain.deadline import Due, due_at_dispatch
from hub.errors import Refused
from hub.service import notices
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import cases, notices as stored_notices, policies, views
from hub.store.cases import OpenCase, WorkOrder
from hub.store.transaction import Transaction
from hub.wire import messages as m


def answer_on_the_spot(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.AnswerOnTheSpot) -> Decision:
    """当场答复 (R20): triaged and answered in one; the first receiver becomes the owner (R5)."""
    found = _case(tx, books, told.case_number)
    stage = case_table.move(_triaged(found), "answer_on_the_spot", told.text)
    cases.save(
        tx, books.hall.code, found.number, stage=stage, answered_at=asked.at, owner=found.owner or asked.actor.staff
    )
    _step(tx, books, asked, found.number, "answer_on_the_spot", text=told.text)
    return Decision(m.Done(), [_moved(tx, books, draft, found, "answer_on_the_spot", asked.at)], found.number)


def dispatch(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.DispatchCase) -> Decision:
    """转办 (R16): a work order to a department; its clock starts where the case's own policy says (R25)."""
    found = _case(tx, books, told.case_number)
    department = books.hall.department(told.department)
    policy = policies.find(tx, books.hall.code, found.policy_code, found.policy_version)
    stage = case_table.move(_triaged(found), "dispatch")
    due = due_at_dispatch(
        policy, books.calendar, books.local_date(found.filed_at), books.local_date(asked.at), told.case_class
    )
    if found.kind == "grievance":
        due = min(due, found.due, key=lambda one: one.date)  # within what was promised, however many have it (R10)
    earlier = cases.work_orders(tx, books.hall.code, found.number)
    order = WorkOrder(
        work_order_id=f"{found.number}/{len(earlier) + 1}",
        case_number=found.number,
        department=department.code,
        case_class=told.case_class,
        due=due,
        accepted_at=None,
        replied_at=None,
    )
    cases.add_work_order(
        tx, books.hall.code, books.sealer, order, sent_by=asked.actor.staff, at=asked.at, note=told.note
    )
    cases.save(
        tx,
        books.hall.code,
        found.number,
        stage=stage,
        department=department.code,
        case_class=told.case_class,
        due=due,
        owner=found.owner or asked.actor.staff,
    )
    _step(tx, books, asked, found.number, "dispatch", department=department.code)
    row, waiting = notices.raised(
        draft, asked.at, kind="work_order", roles=("department",), subject=found.number, department=department.code
    )
    stored_notices.add(tx, books.hall.code, [row])
    moved = _moved(tx, books, draft, found, "dispatch", asked.at)
    return Decision(m.WorkOrderSent(work_order_id=order.work_order_id, due=due), [moved, waiting], found.number)


def accept(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.AcceptWorkOrder) -> Decision:
    """The department takes the work order on."""
    order, found = _order(tx, books, asked, told.work_order_id)
    stage = case_table.move(found.stage, "accept")
    cases.save_work_order(tx, books.hall.code, order.work_order_id, accepted_at=asked.at, accepted_by=asked.actor.staff)
    cases.save(tx, books.hall.code, found.number, stage=stage)
    _step(tx, books, asked, found.number, "accept", department=order.department)
    return Decision(m.Done(), [_moved(tx, books, draft, found, "accept", asked.at)], found.number)


def reply(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ReplyToWorkOrder) -> Decision:
    """The department's result, to the citizen's page and to the window (R24); it cannot be empty (R3)."""
    order, found = _order(tx, books, asked, told.work_order_id)
    stage = case_table.move(found.stage, "reply", told.text)
    cases.save_work_order(tx, books.hall.code, order.work_order_id, replied_at=asked.at)
    cases.save(tx, books.hall.code, found.number, stage=stage, answered_at=asked.at)
    _step(tx, books, asked, found.number, "reply", department=order.department, text=told.text)
    row, waiting = notices.raised(draft, asked.at, kind="replied", roles=("window",), subject=found.number)
    stored_notices.add(tx, books.hall.code, [row])
    return Decision(m.Done(), [_moved(tx, books, draft, found, "reply", asked.at), waiting], found.number)


def _case(tx: Transaction, books: Books, number: str) -> OpenCase:
    found = cases.find(tx, books.hall.code, number)
    if found is None:
        raise Refused("unknown_case", f"no case {number}")
    return found


def _order(tx: Transaction, books: Books, asked: Asked, work_order_id: str) -> tuple[WorkOrder, OpenCase]:
    order = cases.find_work_order(tx, books.hall.code, work_order_id)
    if order is None or order.department != asked.actor.terminal.department:
        raise Refused("unknown_work_order", f"this department has no work order {work_order_id}")
    newest = cases.work_orders(tx, books.hall.code, order.case_number)[-1]
    if newest.work_order_id != work_order_id:
        raise Refused("superseded", f"{order.case_number} was dispatched anew as {newest.work_order_id}")
    return order, _case(tx, books, order.case_number)


def _triaged(found: OpenCase) -> case_table.Stage:
    """Triage is the look the receiver takes by answering or dispatching: its step goes without saying."""
    return case_table.move(found.stage, "triage") if found.stage == "filed" else found.stage


def _step(
    tx: Transaction, books: Books, asked: Asked, number: str, move: CaseMove, *, department: str = "", text: str = ""
) -> None:
    cases.add_step(
        tx,
        books.hall.code,
        books.sealer,
        number,
        at=asked.at,
        move=move,
        staff=asked.actor.staff,
        department=department,
        text=text,
    )


def _moved(
    tx: Transaction, books: Books, draft: Draft, before: OpenCase, move: CaseMove, at: dt.datetime
) -> m.CaseMoved:
    after = views.progress(tx, books.hall.code, before.number)
    if after.respondent is None and after.stage in case_table.ANSWERED and _this_month(books, before.business_date):
        draft.counts = msgspec.structs.replace(
            draft.counts,
            answered_month=draft.counts.answered_month + 1,
            on_time_month=draft.counts.on_time_month + _on_time(books, before.due, at),
        )
    return m.CaseMoved(move=move, case=after, counts=draft.counts)


def _this_month(books: Books, filed_on: dt.date) -> bool:
    return filed_on.replace(day=1) == books.business_date.replace(day=1)


def _on_time(books: Books, due: Due, at: dt.datetime) -> bool:
    return books.local_date(at) <= due.date
