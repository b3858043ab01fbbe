"""Every page of the counter in states worth looking at, with the longest real words, behind a hub that answers at once.

Knows no window: `tests.counter.gallery` draws them, and measures that no words are cut off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from hub.domain.deadline import Due
from hub.domain.hall import Hall, Role
from hub.domain.numbers import case_number
from hub.domain.trace import TraceAct, articles, days
from hub.link import Listeners
from hub.wire import messages as m
from tests.counter.makers import CALENDAR, LONG_TEXT, NOON, TODAY, detail, line, picture, ticket
from tests.factories import a_policy

HOUR = dt.timedelta(hours=1)
NUMBER = case_number("430621", TODAY, 7)
NAMES: dict[Role, str] = {"window": "window-3", "department": "department-registry-1", "supervisor": "supervisor"}


class AnsweringLink:
    """A link whose hub answers in the same breath, from `answers` by the command's type; what is not there waits."""

    def __init__(self) -> None:
        self.picture = picture(ticket("F012"), ticket("F013"))
        self.listeners = Listeners()
        self.heard_at: dt.datetime | None = NOON
        self.live = True
        self.answers: dict[type, Any] = {}
        self.asked: list[Any] = []

    @classmethod
    def of_terminal(cls, *_: object, **__: object) -> AnsweringLink:
        return cls()

    def send(self, command: Any, then: Callable[[Any], None], command_id: str = "") -> str:
        self.asked.append(command)
        answer = self.answers.get(type(command))
        if callable(answer):
            answer = answer(command)
        if answer is not None:
            then(answer)
        return command_id

    def poll(self) -> None:
        pass

    def close(self) -> None:
        pass


def laid(kind: str, hours: float, who: str = "王敏", **fields: str) -> m.LaidDown:
    named = tuple(m.LaidDownField(name=name, value=value) for name, value in fields.items())
    return m.LaidDown(at=NOON + hours * HOUR, who=who, kind=kind, fields=named)


def step(move: Any, hours: float, text: str = "", department: str = "", who: str = "王敏") -> m.Step:
    return m.Step(at=NOON + hours * HOUR, move=move, department=department, who=who, text=text)


MEETING = (
    "登记一室：檔案館2008年以前的登記簿已經找到，屋主姓名為“䶮𠮷”，與身份證一致；登记簿上“𠮷祥街18號附2”与证载“吉祥街18号附2”系同一房屋。\n"
    "税务：契税完税证明可凭电子票据核验，不再要求纸质原件。\n信息档案室：当天出具查询结果。"
)


def whole() -> m.CaseDetail:
    """A case to which everything happened."""
    facts = (
        laid("Verified", 0.2, case_class="work_order", finding="已核对登记：来过 3 趟，三次所要材料不一致，属实。"),
        laid("HeadCalled", 0.3, role="section_head"),
        laid("HeadArrived", 0.5, name="陈志远"),
        laid(
            "Escalated",
            1,
            role="deputy_leader",
            rung="1",
            question="档案馆与登记室登记簿不一致，以哪一份为准？请批示。",
        ),
        laid(
            "Instructed",
            2,
            who="李主任",
            role="deputy_leader",
            text="以登记簿原件为准，登记一室当天到档案馆核对，不得再让群众跑腿。",
        ),
        laid(
            "MeetingHeld",
            3,
            convener="leading_group",
            department="",
            members="登记一室 陈志远\n税务 李䶮\n信息档案室 歐陽娜娜\n大厅 王敏",
            minutes=MEETING,
            decision="以登记簿原件为准，不再要求公安机关出具地址证明；登记一室三个工作日内换证。",
        ),
        laid("ClockPaused", 4, ground="superior", evidence="岳自然资函〔2026〕118号，11月23日报市局"),
        laid("ClockResumed", 26, evidence="市局批复岳自然资复〔2026〕57号，11月24日收到", wd="1"),
        laid(
            "ExtensionAsked",
            27,
            who="陈志远",
            added_wd="3",
            until="2026-12-03",
            reason="原始登记簿破损，须由档案馆修复后扫描",
            in_writing="yes",
            citizen_told="yes",
            citizen_agreed_to="2026-12-03",
        ),
        laid("ExtensionGranted", 28, who="李主任", added_wd="3", until="2026-12-03", approver="deputy_leader"),
        laid("HandedOver", 29, giver="06", taker="07", reason="王敏 11月25日起参加培训，已交接全部材料"),
        laid("ReferredOut", 30, authority="市不动产登记中心", way="帮办代办专线", followed="yes"),
    )
    steps = (
        step("file", 0, who=""),
        step("triage", 0.2),
        step("escalate", 1, "档案馆与登记室登记簿不一致，以哪一份为准？请批示。"),
        step("meet", 3),
        step("dispatch", 3.5, department="registry-1"),
        step("accept", 3.6, department="registry-1", who="陈志远"),
        step("pause", 4, "岳自然资函〔2026〕118号，11月23日报市局"),
        step("resume", 26, "市局批复岳自然资复〔2026〕57号，11月24日收到"),
        step("extend", 28, "原始登记簿破损，须由档案馆修复后扫描", department="registry-1", who="李主任"),
        step(
            "explain",
            29.5,
            "已电话说明：登记簿修复需要时间，12月3日前一定办结，请您谅解。",
            department="registry-1",
            who="陈志远",
        ),
        step("note", 31, "务必当面致歉。", who="赵监察"),
    )
    records = (
        m.CaseRecord(kind="one_time_notice", at=NOON + 0.4 * HOUR, who="王敏", items=("tax", "proxy"), version=3),
        m.CaseRecord(
            kind="allowed_later", at=NOON + 0.6 * HOUR, who="王敏", items=("tax", "proxy"), detail="collection"
        ),
        m.CaseRecord(kind="received", at=NOON + 5 * HOUR, who="王敏", items=("tax",)),
        m.CaseRecord(kind="agent_appointed", at=NOON + 6 * HOUR, who="王敏", detail="07"),
    )
    papers = (
        paper(1, "evidence", "三次补正告知单（歐陽䶮𠮷）扫描件.pdf", "pdf", 2_411_724),
        paper(2, "consent", "委托书.jpg", "jpeg", 861_200),
        paper(
            3,
            "evidence",
            "2008年以前登记簿第0731号内页照片——由信息档案室提供，含附图、附注、骑缝章，共计四页之第一页.png",
            "png",
            8_912_004,
        ),
    )
    of = line(
        case_number=NUMBER,
        stage="accepted",
        department="registry-1",
        case_class="work_order",
        owner="王敏",
        confidential=True,
        due=CALENDAR.due(TODAY, 8),
        work_order_id=f"{NUMBER}/w1",
        visits=5,
    )
    return replace(
        detail(of, note="请当天核对登记簿，办结后当面告知。", name="歐陽䶮𠮷", steps=steps),
        facts=facts,
        records=records,
        ratings=(m.CaseRating(at=NOON + 40 * HOUR, level="very_unsatisfied"),),
        attachments=papers,
    )


def paper(number: int, kind: Any, name: str, media_type: Any, size_bytes: int) -> m.AttachmentView:
    return m.AttachmentView(
        attachment_id=f"{NUMBER}/a{number}",
        kind=kind,
        name=name,
        media_type=media_type,
        size_bytes=size_bytes,
        at=NOON + number * HOUR,
    )


def grievance() -> m.CaseDetail:
    """A signed, major 投诉 that still has to be put in writing."""
    about = m.GrievanceView(
        ground="bribery",
        weight=("major", "wide_impact"),
        respondent="二楼5号窗口戴眼镜、工牌被遮住的女工作人员，自称姓𠮷",
        respondent_staff="21",
        department="registry-1",
        happened="11月20日（周五）上午10点20分左右",
        place="二楼不动产登记5号窗口，后来到走廊尽头的信息档案室门口",
        must_be_written=True,
    )
    of = line(
        case_number=NUMBER, matter="other", reasons=(), visits=1, owner="王敏", confidential=True, kind="grievance"
    )
    return replace(detail(of, name="歐陽䶮𠮷", channel="window", since="", print_state=None), grievance=about)


REFUSAL = m.Refusal(
    case_number=NUMBER,
    text="所涉房屋尚在法院查封期内，依法不能办理转移登记；查封解除后凭解封裁定书即可办理，不需重新取号。",
    basis="《不动产登记暂行条例实施细则》第二十二条第（二）项",
    proposed_by="王敏",
    proposed_at=NOON,
    copies=2,
    notice_in="written",
    remedies=("administrative_review", "administrative_litigation"),
)

CHECKLIST = m.Checklist(
    matter="transfer-sale",
    version=3,
    materials=(
        m.Material(code="tax", name="契税完税证明或者电子完税凭证"),
        m.Material(code="proxy", name="经公证的授权委托书（本人到场的不需要）"),
        m.Material(code="id", name="买卖双方身份证原件"),
        m.Material(code="deed", name="不动产权属证书原件；遗失的提交遗失声明和补证申请"),
        m.Material(code="contract", name="存量房买卖合同（网签备案）"),
    ),
    parts=(
        m.ChecklistPart(
            kind="legal_basis",
            text="《不动产登记暂行条例》第十四条、第十六条；《不动产登记暂行条例实施细则》第三十八条。",
        ),
        m.ChecklistPart(kind="conditions", text="房屋权属清楚，没有查封、异议登记；有抵押的已告知抵押权人。"),
        m.ChecklistPart(
            kind="procedure", text="取号 → 窗口受理 → 审核 → 缴税 → 登簿发证。材料齐全的一次办完，缺少的一次告知。"
        ),
        m.ChecklistPart(kind="time_limit", text="法定 30 个工作日，承诺 3 个工作日。"),
    ),
)

FORM = m.Form(
    case_number=NUMBER,
    form="transfer",
    title="山亭区政务服务大厅“办不成事”登记窗口转办单",
    number=NUMBER,
    fields=(
        m.FormField(code="name", name="反映人姓名", value="歐陽䶮𠮷"),
        m.FormField(code="phone", name="联系电话", value="13800000000"),
        m.FormField(code="department", name="承办单位", value="区自然资源局不动产登记中心"),
        m.FormField(code="handler", name="承办人", value="陈志远"),
        m.FormField(
            code="class",
            name="问题类型",
            boxes=tuple(
                m.FormBox(name=name, ticked=name == "复杂问题") for name in ("简单问题", "一般问题", "复杂问题")
            ),
        ),
        m.FormField(code="record", name="“办不成事”情况记录", value=LONG_TEXT * 2),
        m.FormField(code="demand", name="办理要求", value="请当天核对登记簿，办结后当面告知。"),
        m.FormField(
            code="rating",
            name="当事人",
            under="结果反馈",
            boxes=(m.FormBox(name="满意", ticked=False), m.FormBox(name="不满意", ticked=False)),
        ),
        m.FormField(code="returned_at", name="结果反馈区政务服务中心时间", under="结果反馈"),
        m.FormField(code="remarks", name="备注"),
    ),
)

DELEGATES = m.DelegateList(
    pairs=(
        m.DelegatePair(staff="06", delegate="07"),
        m.DelegatePair(staff="08", delegate="06"),
        m.DelegatePair(staff="21", delegate="22"),
    ),
    covers=(
        m.Cover(
            absent="08",
            delegate="06",
            first_day=TODAY,
            last_day=TODAY,
            stepped_in=True,
            liable=True,
            note="08 突发急病送医，来不及移交；在办 3 件，已按期限逐件核对。",
        ),
        m.Cover(
            absent="21",
            delegate="22",
            first_day=TODAY + dt.timedelta(days=3),
            last_day=TODAY + dt.timedelta(days=7),
            stepped_in=False,
            liable=True,
            note="在办 4 件：0007 已请示待批，0009 周四到期，0012、0015 材料齐全；歐陽䶮𠮷一件须当面告知。",
        ),
    ),
)


def cases(count: int = 9) -> m.CaseList:
    stages: list[Any] = ["filed", "accepted", "dispatched", "triaged", "replied"]
    lines = [
        line(
            number,
            stage=stages[number % 5],
            department="registry-1" if number % 5 in (1, 2, 4) else "",
            due=CALENDAR.due(TODAY, number % 6),
        )
        for number in range(8, 8 + count)
    ]
    return m.CaseList(cases=(line(case_number=NUMBER), *lines))


def trace(due: Due) -> m.DueTrace:
    """The way to a date, with everything that may have been done to its clock."""
    policy = a_policy("yueyang")
    granted = TraceAct(
        NOON, "extension_granted", who="22", post="分管领导（党组成员、副主任）", name="延期", wd=5, until=due.date
    )
    return m.DueTrace(
        case_number=NUMBER,
        work_order_id=f"{NUMBER}/1",
        policy=policy.document,
        policy_version=1,
        calendar_version=3,
        due=due,
        articles=articles(policy, due, "matter", "matter", ("extend", "pause")),
        days=days(CALENDAR, due),
        acts=(
            TraceAct(NOON - 9 * HOUR, "file", who="06"),
            TraceAct(NOON - 8 * HOUR, "dispatch", who="06", name="反映事项", wd=due.wd, until=due.date),
            granted,
            TraceAct(NOON, "recount", name="台风停业一天（县政府办公室通知）", until=due.date),
        ),
    )


def answers(of: m.CaseDetail, role: Role) -> dict[type, Any]:
    """What the hub says to everything a page asks."""
    return {
        m.LogIn: m.LoggedIn(staff="06", name="王敏" if role != "supervisor" else "赵监察", role=role),
        m.ListCases: cases(),
        m.ListNotices: m.NoticeList(notices=()),
        m.ReadCase: of,
        m.ReadBreaches: m.Breaches(case_number=NUMBER, codes=("late", "late_without_extension"), explanation_owed=True),
        m.ReadRefusal: REFUSAL,
        m.ReadChecklist: CHECKLIST,
        m.ExplainDue: trace(of.line.due),
        m.ReadForm: FORM,
        m.ListDelegates: DELEGATES,
        m.SendToDepartment: m.DirectorySlip(
            department="不动产登记信息档案查询与权籍调查服务中心（信息档案室）",
            place="政务服务大厅二楼东侧 2017 室（电梯出口右转到底）",
            phone="0730-7620119",
            person="歐陽䶮𠮷（档案查询岗）",
        ),
        m.LodgeGrievance: m.ComplaintAccepted(case_number=NUMBER, filed_at=NOON, due=CALENDAR.due(TODAY, 3)),
    }


def terminals(hall: Hall) -> m.TerminalList:
    """A day on which much is broken."""
    said = {
        "kiosk-1": m.TerminalHealth(
            "kiosk-1", "troubled", NOON, NOON - HOUR, ("paper_out", "handwriting_missing", "complaint_rejected"), 3
        ),
        "wall": m.TerminalHealth("wall", "silent", NOON - 30 * HOUR, NOON - 30 * HOUR),
        "led": m.TerminalHealth("led", "troubled", NOON, NOON, ("board_silent",)),
        "web": m.TerminalHealth("web", "never"),
    }
    return m.TerminalList(
        at=NOON,
        terminals=tuple(said.get(one.name, m.TerminalHealth(one.name, "live", NOON, NOON)) for one in hall.terminals),
    )


def scan(place: Path) -> Path:
    """A folder with papers in it, as on somebody's stick."""
    from PIL import Image, ImageDraw, ImageFont

    from display.theme import fonts

    folder = place / "投诉材料（歐陽䶮𠮷）"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "2025年").mkdir(exist_ok=True)
    (folder / "其他").mkdir(exist_ok=True)
    drawn = Image.new("RGB", (1240, 1754), "white")
    pen, font = ImageDraw.Draw(drawn), ImageFont.truetype(str(fonts.face("Regular")), 40)
    for number, said in enumerate(
        ["书 面 投 诉", "", *(LONG_TEXT[at : at + 26] for at in range(0, len(LONG_TEXT), 26))]
    ):
        pen.text((90, 120 + number * 70), said, fill="#14232e", font=font)
    drawn.save(folder / "书面投诉.png")
    drawn.save(folder / "告知单照片.jpg")
    (folder / "完税证明 電子票據.pdf").write_bytes(b"%PDF-1.7\n" + b"0" * 2_400_000 + b"\n%%EOF\n")
    (folder / "录像.pdf").write_bytes(b"%PDF-1.7\n" + b"0" * 11_000_000)
    (folder / "说明.docx").write_bytes(b"PK")
    return folder
