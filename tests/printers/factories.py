"""Values that printing is tested with: two halls' receipts, short and as long as they get."""

from __future__ import annotations

import datetime as dt
import os
import random
import secrets
from typing import Any

from hub.domain.deadline import Due
from hub.domain.hall import Department, Hall, HubAddress, Matter, Outlet, Service, Window
from hub.domain.lookup import LookupKeys, make_keys
from hub.domain.policy import CaseClass, Cited, Policy, RatingLevel, Reason
from hub.wire.messages import ComplaintAccepted, FileComplaint, LookupSecrets
from printers.receipt import Chosen, ComplaintReceipt, complaint_receipt

LONG_MATTER = "国有建设用地使用权及房屋所有权转移登记（二手房过户，含继承、夫妻财产约定）"
FILED = dt.datetime(2026, 11, 23, 1, 31, tzinfo=dt.UTC)
KEYS = LookupKeys(token="AbCdEfGhIjKlMnOpQrStUv", typed="7K3MQ9XF2VTD8HNWP")


def hall(**changed: Any) -> Hall:
    given: dict[str, Any] = {
        "name": "岳阳县不动产登记中心",
        "code": "430621",
        "policy": "yueyang",
        "window_name": "“办不成事”反映窗口",
        "page_url": "https://bcs.yueyang.gov.cn",
        "hub": HubAddress(commands="tcp://127.0.0.1:7101", feed="tcp://127.0.0.1:7102"),
        "services": (Service(code="complaint", letter="F", name="反映"),),
        "windows": (Window(number=3, services=("complaint",)),),
        "departments": (Department(code="registry", name="登记一室"),),
        "matters": (
            Matter(code="transfer", name="不动产转移登记（二手房过户）"),
            Matter(code="long", name=LONG_MATTER),
        ),
        "terminals": (),
        "service_for_cases": "complaint",
        "phone": "0730-7622345",
    }
    return Hall(**(given | changed))


def policy(**changed: Any) -> Policy:
    given: dict[str, Any] = {
        "code": "yueyang",
        "version": 1,
        "name": "工作制度",
        "source": "岳阳县不动产登记中心",
        "reasons": (
            Reason(code="not_accepted", text="交了材料，一直没受理", ground="", cite="第九条"),
            Reason(code="repeated", text="跑了好几趟，还是没办成", ground="", cite="第九条"),
            Reason(code="passed_around", text="几个部门来回跑、互相推", ground="", cite="第九条"),
        ),
        "exclusions": (),
        "classes": (CaseClass(code="general", name="一般事项", limit_wd=5, owed="settled", cite="第十三条"),),
        "clock_starts": Cited(value="dispatch", cite="第十三条"),
        "triage_limit_wd": Cited(value=1, silent=True),
        "extension_cap_wd": Cited(value=10),
        "extension_counts": Cited(value="total"),
        "extension_needs": Cited(value=("citizen_told",)),
        "rating": Cited(value=(RatingLevel(code="satisfied", name="满意"),)),
        "follow_up_by": Cited(value=""),
        "follow_up_wd": Cited(value=0),
        "channels": Cited(value=("window",)),
        "titles": {},
        "after_closing": Cited(value="不满意的退回重办，并跟踪回访。"),
    }
    known = {name: value for name, value in (given | changed).items() if name in Policy.__struct_fields__}
    return Policy(**known)


def accepted(**changed: Any) -> ComplaintAccepted:
    due = Due(date=dt.date(2026, 12, 1), start=dt.date(2026, 11, 23), wd=6, counted=(), skipped=(), provisional_because=("clock_not_started",))
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


def fresh_keys() -> LookupKeys:
    return make_keys(secrets.token_bytes)


def free_port() -> int:
    """A port nobody listens on, below the range that retrying clients would connect to themselves in."""
    import socket

    while True:
        port = random.Random(os.urandom(8)).randrange(20000, 32000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
