"""The ways to a number in every state, with the longest real words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from hub.domain.estimate import Wait
from hub.domain.hall import Service
from hub.wire.messages import FreeSlot, OpeningNow, Rejected, ReportPrint, ServiceOpening, WindowView
from kiosk.screens.check_in import CodePage, CodeRefusedPage
from kiosk.screens.given import page_of_given
from kiosk.screens.green import GroundPage
from kiosk.screens.kit import Kit
from kiosk.screens.number import RefusedPage, ServicePage
from kiosk.screens.taking import AskingPage, AwayPage, TimesPage
from kiosk.services.check_in import CheckingIn
from kiosk.services.green import GreenChannel
from kiosk.services.number import Number
from kiosk.services.offers import numbered
from kiosk.services.taking import Taking
from tests.factories import FILED_AT, MONDAY, a_ticket
from tests.kiosk.screens.nobody import Nobody
from tests.kiosk.services.desk import FakeDesk
from tests.kiosk.services.test_number import ISSUED, made

JOB = "0" * 31 + "1"
TOMORROW = MONDAY + dt.timedelta(days=1)
TIMES = tuple(
    FreeSlot(date=TOMORROW, slot=dt.time(9 + at // 2, 30 * (at % 2)), quota=4, free=1 + at % 3) for at in range(6)
)


def numbering_states(kit: Kit) -> dict[str, Callable[[], Any]]:
    """Every state, by name."""
    asks: Any = Nobody()
    return {
        "number.service": lambda: ServicePage(kit, asks, _choosing(kit, Number), "number.heading"),
        "number.thirty": lambda: _thirty(kit, asks),
        "number.asking": lambda: AskingPage(kit, asks, _choosing(kit, Number), "number.heading"),
        "number.times": lambda: _refused(kit, asks, TimesPage, "times", code="over_capacity", times=TIMES),
        "number.away": lambda: _away(kit, asks, "away"),
        "number.late": lambda: _away(kit, asks, "late"),
        "number.closed": lambda: _refused(
            kit, asks, RefusedPage, "refused", code="closed", opens_at=FILED_AT + dt.timedelta(hours=24)
        ),
        "number.issued": lambda: _issued(kit, asks),
        "number.taken": lambda: _issued(kit, asks, state="confirmed", ahead=0, wait=None),
        "number.paper_out": lambda: _issued(kit, asks, trouble="paper_out", ahead=118, wait=Wait(150, 240)),
        "number.booked": lambda: _booked(kit, asks),
        "green.ground": lambda: GroundPage(kit, asks, GreenChannel(_desk(kit)), "green.heading"),
        **{
            f"green.{became}": lambda became=became: _green(kit, asks, became) for became in ("open", "asked", "failed")
        },
        "check_in.code": lambda: _code(kit, asks, ""),
        "check_in.typed": lambda: _code(kit, asks, "7K3MQ9"),
        **{f"check_in.{when}": lambda when=when: _arrived(kit, asks, when) for when in ("early", "now", "behind")},
        **{
            f"check_in.{code}": lambda code=code: _code_refused(kit, asks, code)
            for code in ("unknown_appointment", "too_many_codes", "appointment_ended", "other_day", "too_early")
        },
    }


def _desk(kit: Kit) -> FakeDesk:
    desk = FakeDesk(kit.hall, kit.policy)
    for window in kit.hall.windows[1:]:
        desk.picture.windows[window.number] = WindowView(number=window.number, open=True)
    for at, service in enumerate(kit.hall.services):
        for place in range(at * 3):
            number = f"{service.letter}{place:03}"
            desk.picture._put(a_ticket(number, service=service.code, ticket_id=number))
    desk.slips.print(JOB, None)  # type: ignore[arg-type]
    return desk


def _choosing(kit: Kit, flow: type[Taking]) -> Any:
    made = flow(_desk(kit))  # type: ignore[call-arg]
    last = numbered(kit.hall, kit.policy)[-1].code
    closed = ServiceOpening(service=last, open=False, opens_at=FILED_AT + dt.timedelta(hours=23, minutes=29))
    made.opening = OpeningNow(services=(closed,))
    return made


def _thirty(kit: Kit, asks: Any) -> ServicePage:
    """A city's hall: as many services as ten times the county's."""
    services = tuple(
        Service(code=f"s{at}", letter="A", name=f"{one.name}（{at}区）")
        for at, one in enumerate(kit.hall.services * 10)
        if at < 30
    )
    hall = replace(kit.hall, services=services, service_for_cases="none", windows=())
    city = Kit(hall, kit.policy, kit.scale.screen, kit.modes)
    return ServicePage(city, asks, Number(FakeDesk(hall, kit.policy)), "number.heading")


def _refused(kit: Kit, asks: Any, page: Any, step: str, **refused: Any) -> Any:
    flow = Number(_desk(kit))
    flow.step, flow.refused = step, Rejected(text="", **refused)
    return page(kit, asks, flow, "number.heading")


def _away(kit: Kit, asks: Any, step: str) -> AwayPage:
    flow = Number(_desk(kit))
    flow.step = step
    return AwayPage(kit, asks, flow, "number.heading")


def _given(kit: Kit, flow: Any, state: Any = None, trouble: str = "", **changed: Any) -> Any:
    longest = max(kit.hall.services, key=lambda one: len(one.name)).code
    flow._command_id, flow.step = JOB, "issued"
    flow.issued = replace(ISSUED, **{"service": longest} | changed)
    if state or trouble:
        flow.desk.slips.heard(ReportPrint(job_id=JOB, case_number="", state=state or "queued", detail=trouble))
    return flow


def _issued(kit: Kit, asks: Any, **changed: Any) -> Any:
    return page_of_given(kit, asks, _given(kit, Number(_desk(kit)), **changed), "number.heading")


def _booked(kit: Kit, asks: Any) -> Any:
    flow = Number(_desk(kit))
    flow._command_id, flow.step = JOB, "booked"
    flow.booked = replace(made(TIMES[3]).appointment, service=kit.hall.services[0].code)
    return page_of_given(kit, asks, flow, "number.heading")


def _green(kit: Kit, asks: Any, became: Any) -> Any:
    flow = GreenChannel(_desk(kit))
    flow.became = became
    return page_of_given(kit, asks, _given(kit, flow), "green.heading")


def _code(kit: Kit, asks: Any, code: str) -> CodePage:
    flow = CheckingIn(_desk(kit))
    flow.code = code
    return CodePage(kit, asks, flow, "check_in.heading")


def _arrived(kit: Kit, asks: Any, when: str) -> Any:
    given = {"early": FILED_AT + dt.timedelta(minutes=25), "now": FILED_AT, "behind": None}[when]
    lane = "line" if when == "behind" else "appointment"
    flow = _given(kit, CheckingIn(_desk(kit)), lane=lane, not_before=given)
    return page_of_given(kit, asks, flow, "check_in.heading")


def _code_refused(kit: Kit, asks: Any, code: str) -> CodeRefusedPage:
    flow = CheckingIn(_desk(kit))
    opens = FILED_AT + dt.timedelta(hours=26) if code in ("too_many_codes", "too_early", "other_day") else None
    flow.step, flow.refused = "refused", Rejected(code=code, text="", opens_at=opens)
    return CodeRefusedPage(kit, asks, flow, "check_in.heading")
