"""The moves of a case: answered on the spot, dispatched, accepted, replied. Each a load, a decision and its rows."""

from __future__ import annotations

from hub.domain.errors import ClockIsPaused
from hub.domain.recount import due_when_sent
from hub.errors import Refused
from hub.service import answering, case_file, clocks, notices
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import cases, closing, notices as stored_notices
from hub.store.cases import OpenCase, WorkOrder
from hub.store.transaction import Transaction
from hub.wire import messages as m


def answer_on_the_spot(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.AnswerOnTheSpot) -> Decision:
    """当场答复 (R20): triaged and answered in one; the first receiver becomes the owner (R5)."""
    found = case_file.find(tx, books, told.case_number)
    policy = case_file.policy_of(tx, books, found)
    stage = case_file.prescribed(policy, case_file.triaged(found, policy), "answer_on_the_spot", told.text)
    owed = answering.answered(tx, books, draft, asked, found, policy, stage)
    case_file.step(tx, books, asked, found.number, "answer_on_the_spot", text=told.text)
    moved = case_file.moved(tx, books, draft, found, "answer_on_the_spot", asked.at)
    return Decision(m.Done(), [moved, *owed], found.number)


def dispatch(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.DispatchCase) -> Decision:
    """转办 (R16): a work order to a department; its clock starts where the case's own policy says (R25)."""
    found = case_file.find(tx, books, told.case_number)
    department = books.hall.department(told.department)
    policy = case_file.policy_of(tx, books, found)
    stage = case_file.prescribed(policy, case_file.verified(found, policy), "dispatch")
    began = closing.clock_began(tx, books.hall.code, found.number, found.filed_at, policy)
    due = due_when_sent(
        policy,
        books.calendar,
        found.kind,
        found.due,
        case_file.standing_of(tx, books, found.number, since=began),
        began=books.local(began),
        sent=books.local(asked.at),
        case_class=told.case_class,
    )
    lapsed = clocks.lapse(tx, books, draft, asked, found)
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
    case_file.step(tx, books, asked, found.number, "dispatch", department=department.code)
    row, waiting = notices.raised(
        draft, asked.at, kind="work_order", roles=("department",), subject=found.number, department=department.code
    )
    stored_notices.add(tx, books.hall.code, [row])
    moved = case_file.moved(tx, books, draft, found, "dispatch", asked.at)
    return Decision(
        m.WorkOrderSent(work_order_id=order.work_order_id, due=due), [*lapsed, moved, waiting], found.number
    )


def accept(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.AcceptWorkOrder) -> Decision:
    """The department takes the work order on."""
    order, found = own_order(tx, books, asked, told.work_order_id)
    stage = case_file.prescribed(case_file.policy_of(tx, books, found), found.stage, "accept")
    cases.save_work_order(tx, books.hall.code, order.work_order_id, accepted_at=asked.at, accepted_by=asked.actor.staff)
    cases.save(tx, books.hall.code, found.number, stage=stage)
    case_file.step(tx, books, asked, found.number, "accept", department=order.department)
    return Decision(m.Done(), [case_file.moved(tx, books, draft, found, "accept", asked.at)], found.number)


def reply(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ReplyToWorkOrder) -> Decision:
    """The department's result, to the citizen's page and to the window (R24); it cannot be empty (R3)."""
    order, found = own_order(tx, books, asked, told.work_order_id)
    policy = case_file.policy_of(tx, books, found)
    stage = case_file.prescribed(policy, found.stage, "reply", told.text)
    if found.paused_at is not None:
        raise ClockIsPaused(found.number)
    cases.save_work_order(tx, books.hall.code, order.work_order_id, replied_at=asked.at)
    events = answering.answered(tx, books, draft, asked, found, policy, stage)
    case_file.step(tx, books, asked, found.number, "reply", department=order.department, text=told.text)
    if "window" in policy.handling.result_goes_to.value:
        events.append(case_file.notify(tx, books, draft, asked, "replied", found.number, "window"))
    return Decision(m.Done(), [case_file.moved(tx, books, draft, found, "reply", asked.at), *events], found.number)


def own_order(tx: Transaction, books: Books, asked: Asked, work_order_id: str) -> tuple[WorkOrder, OpenCase]:
    """The newest work order of a case, for the department that has it."""
    order = cases.find_work_order(tx, books.hall.code, work_order_id)
    if order is None or order.department != asked.actor.terminal.department:
        raise Refused("unknown_work_order", f"this department has no work order {work_order_id}")
    newest = cases.work_orders(tx, books.hall.code, order.case_number)[-1]
    if newest.work_order_id != work_order_id:
        raise Refused("superseded", f"{order.case_number} was dispatched anew as {newest.work_order_id}")
    return order, case_file.find(tx, books, order.case_number)
