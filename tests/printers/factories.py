"""Values that printing is tested with: two halls' receipts, short and as long as they get."""

from __future__ import annotations

import datetime as dt
import os
import random
import secrets
import socket
from typing import Any

from msgspec.structs import replace

from hub.domain.deadline import Due
from hub.domain.estimate import Wait
from hub.domain.hall import Hall, Matter, Outlet
from hub.domain.lookup import LookupKeys, make_keys
from hub.domain.policy import Cited, Policy, Reason
from hub.wire.messages import (
    AppointmentView,
    Checklist,
    ChecklistPart,
    ComplaintAccepted,
    FileComplaint,
    LookupSecrets,
    Material,
    TicketIssued,
)
from printers.notice_slip import NoticeSlip, notice_slip
from printers.number_slip import Green, NumberSlip, TimeSlip, number_slip, time_slip
from printers.receipt import Chosen, ComplaintReceipt, complaint_receipt
from tests.factories import a_hall, a_long_due, a_policy

LONG_MATTER = "国有建设用地使用权及房屋所有权转移登记（二手房过户，含继承、夫妻财产约定）"
FILED = dt.datetime(2026, 11, 23, 1, 31, tzinfo=dt.UTC)
KEYS = LookupKeys(token="AbCdEfGhIjKlMnOpQrStUv", typed="7K3MQ9XF2VTD8HNWP")


def hall(**changed: Any) -> Hall:
    """A shipped hall with texts of our own, so that pictures do not change with its file."""
    given: dict[str, Any] = {
        "name": "岳阳县不动产登记中心",
        "window_name": "“办不成事”反映窗口",
        "page_url": "https://bcs.yueyang.gov.cn",
        "matters": (
            Matter(code="transfer", name="不动产转移登记（二手房过户）"),
            Matter(code="long", name=LONG_MATTER),
        ),
        "phone": "0730-7622345",
        "outlets": (),
    }
    return a_hall("yueyang", **(given | changed))


def policy(**changed: Any) -> Policy:
    """A shipped policy with reasons and promises of our own."""
    given: dict[str, Any] = {
        "reasons": (
            Reason(code="not_accepted", text="交了材料，一直没受理", ground="", cite="第九条"),
            Reason(code="repeated", text="跑了好几趟，还是没办成", ground="", cite="第九条"),
            Reason(code="passed_around", text="几个部门来回跑、互相推", ground="", cite="第九条"),
        ),
        "promise": Cited(value="向您反馈办理结果"),
        "after_closing": Cited(value="不满意的退回重办，并跟踪回访。"),
    }
    return replace(a_policy("yueyang"), **(given | changed))


def accepted(**changed: Any) -> ComplaintAccepted:
    due = Due(
        date=dt.date(2026, 12, 1),
        start=dt.date(2026, 11, 23),
        wd=6,
        counted=(),
        skipped=(),
        provisional_because=("clock_not_started",),
    )
    given: dict[str, Any] = {
        "case_number": "430621-20261123-0007-4",
        "filed_at": FILED,
        "due": due,
        "ticket_number": "F012",
        "ahead": 2,
        "window": 3,
    }
    return ComplaintAccepted(**(given | changed))


def complaint(**changed: Any) -> FileComplaint:
    given: dict[str, Any] = {
        "matter": "transfer",
        "reasons": ("not_accepted",),
        "visits": 2,
        "on_paper": LookupSecrets(token=KEYS.token, typed=KEYS.typed),
    }
    return FileComplaint(**(given | changed))


def receipt(
    filed: FileComplaint | None = None, at: Hall | None = None, by: Policy | None = None, **answer: Any
) -> ComplaintReceipt:
    return complaint_receipt(accepted(**answer), at or hall(), by or policy(), Chosen.of(filed or complaint()))


def longest_receipt() -> ComplaintReceipt:
    """As much as one receipt ever carries."""
    filed = complaint(matter="long", reasons=("not_accepted", "repeated", "passed_around"), visits=5, confidential=True)
    full = hall(
        name="枣庄市山亭区人民政府政务服务中心（政务服务大厅）",
        window_name="“办不成事”登记窗口",
        outlets=(Outlet("县纪委监委", "0745-4222345"), Outlet("12345政务服务便民热线")),
    )
    return receipt(filed, full).reprinted(KEYS)


def english_receipt() -> ComplaintReceipt:
    """As much as one receipt ever carries, for a citizen who chose English."""
    filed = complaint(matter="long", reasons=("not_accepted", "repeated", "passed_around"), visits=5, confidential=True)
    at = hall(
        outlets=(Outlet("县纪委监委", "0745-4222345"), Outlet("12345热线")),
        translations={
            "en": {
                LONG_MATTER: "Change of owner of state land and building (second-hand home, inheritance, couples)",
                "几个部门来回跑、互相推": "Sent from office to office",
                "向您反馈办理结果": "We will tell you the result",
                "不满意的退回重办，并跟踪回访。": "If you are dissatisfied, it is done again and we ask you once more.",
            }
        },
    )
    whole = complaint_receipt(accepted(due=a_long_due()), at, policy(), Chosen.of(filed), "en")
    return whole.reprinted(KEYS)


def longest_receipt_of(name: str, language: str) -> ComplaintReceipt:
    """As much as a shipped hall's receipt ever carries, printed again."""
    at = a_hall(name)
    by = a_policy(at.policy)
    reasons = sorted(by.reasons, key=lambda one: -len(one.text))[:4]
    filed = complaint(
        matter=max(at.matters, key=lambda one: len(one.name)).code,
        reasons=tuple(one.code for one in reasons),
        visits=5,
        confidential=True,
        language=language,
    )
    return complaint_receipt(accepted(due=a_long_due()), at, by, Chosen.of(filed), language).reprinted(KEYS)


def fresh_keys() -> LookupKeys:
    return make_keys(secrets.token_bytes)


def free_port() -> int:
    """A port nobody listens on, below the range that retrying clients would connect to themselves in."""
    while True:
        port = random.Random(os.urandom(8)).randrange(20000, 32000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


MATERIALS = (
    "不动产权证书原件",
    "申请人身份证明（委托他人的，另交公证的委托书、代理人身份证明）",
    "存量房买卖合同（网签备案，双方签字）",
    "契税完税或者减免税证明",
)
ISSUED = TicketIssued(
    ticket_id="20261123-B014",
    number="B014",
    service="inquiry",
    ahead=6,
    wait=Wait(low_min=15, high_min=30),
    taken_at=FILED,
)


def a_number(language: str = "zh_Hans", green: Green = "", **changed: Any) -> NumberSlip:
    return number_slip(replace(ISSUED, **changed), hall(), a_policy("wuxi"), FILED, green=green, language=language)


def a_notice(language: str = "zh_Hans") -> NoticeSlip:
    """Long names of materials, three parts."""
    checklist = Checklist(
        matter="transfer-sale",
        version=3,
        materials=tuple(Material(code=f"m{at}", name=name) for at, name in enumerate(MATERIALS)),
        parts=(
            ChecklistPart(kind="legal_basis", text="《不动产登记暂行条例》第十四条"),
            ChecklistPart(kind="procedure", text="取号，窗口收件、询问、受理，审核，登簿，缴费领证"),
            ChecklistPart(kind="time_limit", text="受理之日起5个工作日"),
        ),
    )
    own = a_hall("yueyang")
    return notice_slip(checklist, own.matter("transfer-sale"), own, own.department("registry-1"), FILED, language)


def a_time(language: str = "zh_Hans") -> TimeSlip:
    made = AppointmentView(
        appointment_id="0" * 32,
        code="7K3MQ9",
        service="inquiry",
        date=dt.date(2026, 11, 24),
        slot=dt.time(10, 30),
        kind="overload",
        state="booked",
        made_at=FILED,
    )
    return time_slip(made, hall(), a_policy("yunfu"), language)
