"""Every kind of paper there is, for tests that hold of each: guides, forms of the office, and those of `factories`."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from hub.wire.messages import DirectorySlip, Form, FormBox, FormField, Refusal, SlipBlock
from printers import manual_slip
from printers.direction_slip import DirectionSlip, direction_slip
from printers.office_form import OfficeForm, form_of, refusal_forms, slip_of_form
from printers.papers import slip_of
from printers.receipt import Chosen, complaint_receipt
from printers.slip import Slip
from printers.trial import trial
from tests.factories import a_hall, a_policy
from tests.printers.factories import (
    FILED,
    a_notice,
    a_number,
    a_time,
    accepted,
    complaint,
    english_receipt,
    longest_receipt,
    receipt,
)


@cache
def papers() -> dict[str, Slip]:
    """Every kind of paper there is, plain and as long as it gets, in the citizens' languages."""
    hand = manual_block()
    wuxi = a_hall("wuxi")
    return {
        "receipt-plain": slip_of(receipt()),
        "receipt-longest": slip_of(longest_receipt()),
        "receipt-english": slip_of(english_receipt()),
        "receipt-traditional": slip_of(
            complaint_receipt(accepted(), a_hall("yueyang"), a_policy("yueyang"), _chosen("yueyang"), "zh_Hant")
        ),
        "number-plain": slip_of(a_number()),
        "number-green": slip_of(a_number(green="asked", number="B1014", lane="appointment", not_before=FILED)),
        "number-en": slip_of(a_number("en", green="asked")),
        "time": slip_of(a_time()),
        "notice": slip_of(a_notice()),
        "notice-en": slip_of(a_notice("en")),
        "direction": slip_of(a_direction()),
        "direction-traditional": slip_of(a_direction("zh_Hant")),
        "direction-en": slip_of(a_direction("en")),
        "transfer": slip_of_form(a_transfer()),
        "refusal": slip_of_form(some_refusals()[0]),
        "by-hand": manual_slip.slips(hand, wuxi)[0],
        "by-hand-instruction": manual_slip.instruction(hand, wuxi, a_policy("wuxi")),
        "trial": slip_of(trial(a_hall("shanting"), "kiosk-1", FILED, "0.1.0")),
    }


def _chosen(name: str) -> Chosen:
    return Chosen.of(complaint(matter=a_hall(name).matters[0].code, reasons=(a_policy(name).reasons[0].code,)))


def manual_block(count: int = 20) -> SlipBlock:
    return SlipBlock(
        block="S-7",
        series="S",
        first=301,
        last=300 + count,
        service=a_hall("wuxi").services[0].code,
        printed_at=dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.UTC),
        printed_by="90",
        held_by="06",
    )


def a_direction(language: str = "zh_Hans", department: str = "real-estate", person: str = "王䶮") -> DirectionSlip:
    """Everything that a slip may tell, with a name that few fonts have."""
    own = a_hall("shanting")
    there = own.department(department)
    told = DirectorySlip(
        department=there.name, place=there.place or own.place, phone="0632-8811234", person=f"{person}（负责人）"
    )
    return direction_slip(told, department, own, FILED, language)


TOLD = (
    "交了材料，一直没受理；跑了好几趟，还是没办成\n"
    "2026年10月12日、10月20日、11月3日三次到窗口办理父亲名下房屋的继承转移登记，第一次说缺亲属关系证明，补齐后又说要公证，"
    "第三次说系统里没有原来的档案，让我自己去档案馆找。"
)


def a_transfer(**changed: Any) -> OfficeForm:
    """转办单 of 山亭 as it is filled in when it goes out: what comes back is left to the hand."""
    policy = a_policy("shanting")
    values = {
        "number": "370406-20261123-0007-4/1",
        "name": "王䶮",
        "phone": "13800000000",
        "department": "自然资源局不动产登记窗口",
        "record": TOLD,
        "demand": "请核实档案，并书面说明理由。",
    }
    ticked = {"class": "complex", "demand": "complex"}
    boxes = {
        "class": [(one.code, one.name) for one in policy.classes],
        "rating": [(one.code, one.name) for one in policy.rating.levels.value],
    }
    fields = tuple(
        FormField(
            code=one.code,
            name=one.name,
            value=(values | changed).get(one.code, ""),
            under=one.under,
            boxes=tuple(
                FormBox(name=name, ticked=ticked.get(one.code) == code)
                for code, name in boxes.get(one.code, [(box.code, box.name) for box in one.boxes])
            ),
        )
        for one in policy.forms.transfer.value
    )
    form = Form(
        case_number="370406-20261123-0007-4",
        form="transfer",
        title=policy.forms.transfer.title,
        number=values["number"],
        fields=fields,
    )
    return form_of(form, a_hall("shanting"), FILED)


def some_refusals(**changed: Any) -> tuple[OfficeForm, ...]:
    """Both copies of a refusal that waits for its approval."""
    given: dict[str, Any] = {
        "case_number": "320200-20261123-0007-4",
        "text": "申请登记的房屋在2026年9月被人民法院查封，查封期间不能办理转移登记；"
        "解除查封后可以再来申请，材料不用重新准备。",
        "basis": "《不动产登记暂行条例实施细则》第九十一条、第九十二条",
        "proposed_by": "06",
        "proposed_at": FILED,
        "copies": 2,
        "notice_in": "written",
        "remedies": ("administrative_review", "administrative_litigation"),
    }
    return refusal_forms(Refusal(**(given | changed)), a_hall("wuxi"), a_policy("wuxi"), FILED)
