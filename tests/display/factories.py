"""A hall as its picture shows it: queues, windows, cases and calls at a fixed morning."""

from __future__ import annotations

import datetime as dt

from hub.domain.case import Stage
from hub.domain.hall import Hall, HubAddress, Service, Window
from hub.domain.numbers import case_number, ticket_number
from hub.domain.ticket import TicketState
from hub.wire.messages import CaseProgress, Counts, Snapshot, TicketView, WindowView
from hub.wire.picture import Picture

MORNING = dt.datetime(2026, 11, 23, 1, 42, 10, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
LONG_NAME = "不动产登记综合受理（含抵押、查封）"

SERVICES = (
    Service(code="complaint", letter="F", name="办不成事反映", minutes=8),
    Service(code="register", letter="A", name="登记受理", minutes=15),
    Service(code="inquiry", letter="B", name="查询缴费", minutes=6),
)
MORE_SERVICES = (
    *SERVICES,
    Service(code="general", letter="C", name=LONG_NAME, minutes=20),
    Service(code="certificate", letter="D", name="领取证书", minutes=5),
    Service(code="company", letter="E", name="企业专窗", minutes=25),
    Service(code="green", letter="G", name="绿色通道", minutes=10),
    Service(code="advice", letter="H", name="咨询引导", minutes=3),
)


def hall(services: tuple[Service, ...] = SERVICES, windows: int = 4) -> Hall:
    codes = [service.code for service in services]
    return Hall(
        name="岳阳县不动产登记中心",
        code="430621",
        policy="yueyang",
        window_name="“办不成事”反映窗口",
        page_url="http://127.0.0.1:17880",
        hubs=(HubAddress(commands="tcp://127.0.0.1:1", feed="tcp://127.0.0.1:2"),),
        services=services,
        windows=tuple(
            Window(number=number, services=tuple(codes[number - 1 :: windows]) or tuple(codes[:1]))
            for number in range(1, windows + 1)
        ),
        departments=(),
        matters=(),
        terminals=(),
        service_for_cases="complaint",
    )


def ticket(
    letter: str,
    number: int,
    service: str = "complaint",
    *,
    window: int = 0,
    state: TicketState = "waiting",
    called: dt.datetime | None = None,
    ended: dt.datetime | None = None,
    calls: int = 1,
) -> TicketView:
    name = ticket_number(letter, number)
    return TicketView(
        ticket_id=f"t-{name}",
        number=name,
        service=service,
        state=state if called is None or state != "waiting" else "called",
        taken_at=MORNING - dt.timedelta(minutes=30) + dt.timedelta(seconds=number),
        window=window,
        called_at=called,
        ended_at=ended,
        calls=calls if called else 0,
    )


def case(serial: int, stage: Stage, due: dt.date = TODAY + dt.timedelta(days=5)) -> CaseProgress:
    return CaseProgress(
        case_number=case_number("430621", TODAY, serial),
        stage=stage,
        filed_at=MORNING - dt.timedelta(hours=1) + dt.timedelta(minutes=serial),
        due_date=due,
    )


def picture(
    *tickets: TicketView,
    cases: tuple[CaseProgress, ...] = (),
    opened: tuple[int, ...] = (1, 2, 3),
    counts: Counts | None = None,
    bulletin: str = "",
) -> Picture:
    seen = Picture()
    seen.take(
        Snapshot(
            epoch="e1",
            seq=1,
            at=MORNING,
            business_date=TODAY,
            tickets=tickets,
            windows=tuple(WindowView(number=number, open=number in opened) for number in range(1, 5)),
            cases=cases,
            counts=counts or Counts(),
            bulletin=bulletin,
        )
    )
    return seen
