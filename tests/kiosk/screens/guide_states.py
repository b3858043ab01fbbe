"""The guides in every state, with the longest real words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hub.wire.messages import Checklist, ChecklistPart, Material, Rejected, ReportPrint
from kiosk.asking import Unanswered
from kiosk.screens.guides import (
    AskingPage as GuideAskingPage,
    DepartmentsPage,
    HallPage,
    MattersPage,
    NothingPage,
    NoticePage,
    TopicsPage,
)
from kiosk.screens.kit import Kit
from kiosk.services.guides import Guides
from tests.kiosk.screens.nobody import Nobody
from tests.kiosk.services.desk import FakeDesk

LONG = (
    "不动产权证书原件（证书遗失、灭失的，先申请补发）",
    "申请人身份证明（委托他人办理的，另交公证的委托书、代理人身份证明）",
    "存量房买卖合同（网签备案，双方签字）",
    "契税完税或者减免税证明、增值税及个人所得税完税证明",
    "已设立抵押权的，抵押权人同意转让的书面材料",
    "夫妻共有而只登记一人的，配偶同意出售的声明（当场签字）或者财产约定",
    "维修资金、物业、水电气、有线电视过户的承诺书",
)


def guide_states(kit: Kit) -> dict[str, Callable[[], Any]]:
    """Every state, by name."""
    asks: Any = Nobody()
    return {
        "guides.topics": lambda: TopicsPage(kit, asks, _flow(kit)),
        "guides.departments": lambda: DepartmentsPage(kit, asks, _flow(kit)),
        "guides.matters": lambda: MattersPage(kit, asks, _behind(kit)),
        "guides.asking": lambda: GuideAskingPage(kit, asks, _flow(kit)),
        "guides.notice": lambda: NoticePage(kit, asks, _told(kit)),
        "guides.notice.taken": lambda: NoticePage(kit, asks, _told(kit, state="confirmed")),
        "guides.notice.paper_out": lambda: NoticePage(kit, asks, _told(kit, trouble="paper_out")),
        "guides.untold": lambda: NothingPage(kit, asks, _told(kit, Rejected(code="no_checklist", text=""))),
        "guides.away": lambda: NothingPage(kit, asks, _told(kit, Unanswered())),
        "guides.hall": lambda: HallPage(kit, asks, _flow(kit)),
    }


def _flow(kit: Kit) -> Guides:
    desk = FakeDesk(kit.hall, kit.policy)
    desk.modes = kit.modes
    return Guides(desk)


def _behind(kit: Kit) -> Guides:
    flow = _flow(kit)
    flow.open_department(
        max(flow.departments, key=lambda one: sum(m.department == one.code for m in kit.hall.matters)).code
    )
    return flow


def _told(kit: Kit, answer: Any = None, state: Any = None, trouble: str = "") -> Guides:
    flow = _flow(kit)
    matter = max(kit.hall.matters, key=lambda one: len(one.name)).code
    flow.choose(matter)
    parts = (
        ChecklistPart(
            kind="legal_basis", text="《不动产登记暂行条例》第十四条、《不动产登记暂行条例实施细则》第三十八条"
        ),
        ChecklistPart(
            kind="procedure", text="取号，窗口收件、询问、受理，审核，登簿，缴费领证；能当场办结的当场办结。"
        ),
        ChecklistPart(kind="time_limit", text="受理之日起5个工作日（法律另有规定的除外）"),
    )
    materials = tuple(Material(code=f"m{at}", name=name) for at, name in enumerate(LONG))
    desk: Any = flow.desk
    desk.answer(answer or Checklist(matter=matter, version=12, materials=materials, parts=parts))
    if state or trouble:
        flow.print()
        (job,) = desk.printer.jobs
        desk.slips.heard(ReportPrint(job_id=job, case_number="", state=state or "queued", detail=trouble))
    return flow
