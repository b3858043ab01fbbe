"""Cases behind every paper of an office: how each came to where its paper can be filled in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from hub.wire import messages as m
from tests.hub.desk import HALLS, POLICIES, Desk, make_database

NAME, PHONE = "欧阳䶮𠮷", "13806320417"
AT_WORK = {"window-3": "06", "department-real-estate": "31", "supervisor": "90"}
SAID = "说要结婚证，再去又说要离婚证，王姐让我找李科，李科说“不归我管”。"
ANSWER = "经核实，离婚协议不影响本次登记，已为您受理，请持受理凭证于三日后到3号窗口领取。"


def at_desk(folder: Path, policy: str) -> Desk:
    """A hub of 山亭's hall that works by one of the five documents."""
    desk = Desk(make_database(folder / f"{policy}.db", HALLS["shanting"]), policy=POLICIES[policy])
    for terminal, staff in AT_WORK.items():
        desk.log_in(terminal, staff)
    return desk


def done(desk: Desk, terminal: str, command: Any) -> Any:
    answer = desk.ask(terminal, command)
    assert not isinstance(answer, m.Rejected), answer
    return answer


def exported(desk: Desk, number: str, form: m.PaperKind, terminal: str = "window-3") -> m.Form:
    found = done(desk, terminal, m.ExportForm(case_number=number, form=form))
    assert isinstance(found, m.Form)
    return found


def filed(desk: Desk, text: str = SAID, **changes: Any) -> str:
    told = {"name": NAME, "phone": PHONE, "text": text, "matter": "transfer-sale"} | changes
    return str(desk.file(reasons=(desk.policy.reasons[0].code,), **told).case_number)


def came_back(desk: Desk, text: str = SAID, answer: str = ANSWER) -> str:
    """A case that a department had, answered, and whose citizen rated it: 转办单 has all there is."""
    kind = desk.policy.classes[min(1, len(desk.policy.classes) - 1)].code
    number = filed(desk, text)
    finding = "材料齐全，属实，应当受理。"
    done(desk, "window-3", m.TriageCase(case_number=number, finding=finding, case_class=kind))
    desk.later(minutes=5)
    note = "请两个工作日内书面答复，并告知反映人。"
    sent = m.DispatchCase(case_number=number, department="real-estate", case_class=kind, note=note)
    order = done(desk, "window-3", sent).work_order_id
    desk.later(minutes=10)
    done(desk, "department-real-estate", m.AcceptWorkOrder(work_order_id=order))
    desk.later(minutes=20)
    done(desk, "department-real-estate", m.ReplyToWorkOrder(work_order_id=order, text=answer))
    desk.later(minutes=5)
    done(desk, "window-3", m.RateCase(case_number=number, level="satisfied"))
    return number


def on_the_spot(desk: Desk, text: str = SAID, answer: str = ANSWER) -> str:
    number = filed(desk, text)
    told = m.TriageCase(case_number=number, finding="一句话能讲清的。", case_class=desk.policy.classes[0].code)
    done(desk, "window-3", told)
    done(desk, "window-3", m.AnswerOnTheSpot(case_number=number, text=answer))
    return number


def refused(desk: Desk, reasons: str = "车棚无规划许可，不符合首次登记条件。", *, approved: bool | None = True) -> str:
    """否定事项报备, as 无锡's document has it; `approved` is nothing while it waits."""
    number = filed(desk, matter="first-registration" if _has(desk, "first-registration") else "transfer-sale")
    basis = "《不动产登记暂行条例实施细则》第三十五条"
    done(desk, "window-3", m.ProposeRefusal(case_number=number, text=reasons, basis=basis))
    if approved is not None:
        desk.later(minutes=30)
        decided = m.DecideRefusal(case_number=number, approved=approved, text="" if approved else "先查房改资料。")
        done(desk, "supervisor", decided)
    return number


def declined(desk: Desk, text: str = "请到规划部门补办规划核实，再来登记。") -> str:
    """Answered otherwise (R3) where no refusal is filed."""
    number = filed(desk)
    ground = next(one for one in desk.policy.exclusions if one.basis_named)
    done(
        desk,
        "window-3",
        m.DeclineCase(
            case_number=number,
            kind=ground.answer,
            text=text,
            exclusion=ground.code,
            basis="《城乡规划法》第四十条",
            supply=("规划核实意见",) if ground.answer == "supply" else (),
            medium="written",
        ),
    )
    return number


def told_at_once(desk: Desk, materials: int = 4, text: str = "向自然资源部门申请规划核实，取得意见书。") -> str:
    """一次性告知 with what is missing; as many materials as wanted, one part of each kind."""
    named = tuple(
        m.Material(code=f"m{place}", name=f"第{place}项材料：规划核实意见原件及复印件") for place in range(materials)
    )
    parts: tuple[m.ChecklistPart, ...] = tuple(
        m.ChecklistPart(kind=kind, text=text)
        for kind in ("legal_basis", "conditions", "prerequisites", "where_prerequisites", "procedure", "time_limit")
    )
    published = m.PublishChecklist(matter="transfer-sale", materials=named, parts=parts)
    done(desk, "supervisor", published)
    number = filed(desk)
    done(desk, "window-3", m.GiveOneTimeNotice(case_number=number, missing=("m1", "m2")))
    return number


def in_the_folder(desk: Desk) -> str:
    """A case that came back, with papers of the citizen's attached."""
    number = came_back(desk)
    for name in ("离婚协议书.pdf", "房屋所有权证.pdf"):
        content = b"%PDF-1.4\n" + name.encode() + b"\n%%EOF\n"
        digest = hashlib.sha256(content).hexdigest()
        begun = m.BeginAttachment(
            case_number=number, kind="evidence", name=name, size_bytes=len(content), sha256=digest
        )
        attachment = done(desk, "window-3", begun).attachment_id
        done(desk, "window-3", m.SendChunk(attachment_id=attachment, ordinal=0, data=content))
        done(desk, "window-3", m.FinishAttachment(attachment_id=attachment))
    return number


def _has(desk: Desk, matter: str) -> bool:
    return any(one.code == matter for one in desk.hall.matters)
