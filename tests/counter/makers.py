"""Tickets, cases and a picture for the counter's tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from counter.steps.situation import Situation
from hub import config
from hub.config import load_calendar
from hub.domain import posts
from hub.domain.deadline import Due
from hub.domain.facts import Fact
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.service import reading
from hub.store.facts import Kept
from hub.wire.messages import CaseDetail, CaseLine, LaidDown, Snapshot, Step, TicketView, WindowView
from hub.wire.picture import Picture

CALENDAR = load_calendar()
NOON = dt.datetime(2026, 11, 23, 1, 31, tzinfo=dt.UTC)  # 09:31 in the hall
TODAY = dt.date(2026, 11, 23)

LONG_TEXT = (
    "我叫䶮𠮷，第一次说缺契税完税证明，补了以后又说委托书要公证，第三次说房屋坐落和证上差一个字要去公安开证明。"
    "我從外地回來請不起這麼多假，能不能一次說清楚還差甚麼？窗口說系統裡查不到，讓我去檔案館；檔案館說2008年以前的在登記一室。"
)


def ticket(number: str = "F012", **fields: object) -> TicketView:
    base = TicketView(ticket_id=f"id-{number}", number=number, service="cases", state="waiting", taken_at=NOON)
    return msgspec.structs.replace(base, **fields)


def picture(*tickets: TicketView, open: bool = True, number: int = 3) -> Picture:
    made = Picture()
    made.take(
        Snapshot(
            epoch="e",
            seq=1,
            at=NOON,
            business_date=TODAY,
            tickets=tickets,
            windows=(WindowView(number=number, open=open),),
        )
    )
    return made


def line(serial: int = 7, **fields: object) -> CaseLine:
    base = CaseLine(
        case_number=f"430621-20261123-{serial:04d}-4",
        stage="filed",
        matter="transfer-sale",
        reasons=("not_accepted", "repeated"),
        visits=2,
        filed_at=NOON,
        due=CALENDAR.due(TODAY, 5),
    )
    return msgspec.structs.replace(base, **fields)


def detail(of: CaseLine | None = None, **fields: object) -> CaseDetail:
    base = CaseDetail(
        line=of or line(),
        text=LONG_TEXT,
        name="王䶮",
        phone="13800000000",
        since="2026-09",
        channel="kiosk",
        language="zh_Hans",
        scope="",
        note="",
        steps=(Step(at=NOON, move="file"),),
        print_state="confirmed",
    )
    return msgspec.structs.replace(base, **fields)


def due_on(date: dt.date) -> Due:
    return Due(date=date, start=date, wd=0, counted=(), skipped=())


HALLS = ("yueyang", "shanting", "dahepingxiang", "yunfu", "wuxi")


@cache
def policy_of(name: str) -> Policy:
    return config.load_policy(name)


@cache
def hall_of(name: str) -> Hall:
    return config.parse_hall((Path(config.__file__).parent / "halls" / f"{name}.toml").read_bytes())


def laid(fact: Fact, hall: str = "yueyang", at: dt.datetime = NOON) -> LaidDown:
    """A fact as the hub tells it."""
    return reading._as_read(Kept(fact=fact, at=at, staff="06", name="王敏"), policy_of(hall))


def step(move: str, after_h: float = 1, **fields: object) -> Step:
    return Step(at=NOON + dt.timedelta(hours=after_h), move=move, **fields)


def situation(
    hall: str = "yueyang",
    role: str = "window",
    *,
    facts: Sequence[Fact] = (),
    steps: Sequence[Step] = (),
    today: dt.date = TODAY,
    detail_of: dict[str, object] | None = None,
    policy: Policy | None = None,
    held: frozenset[str] | None = None,
    read: tuple[object, ...] = (),
    **fields: object,
) -> Situation:
    """A case of a hall at a terminal, before who holds every post there unless `held` says other ones; `fields` are
    its line's, `detail_of` its detail's."""
    made = detail(
        line(**fields),
        facts=tuple(laid(one, hall) for one in facts),
        steps=(Step(at=NOON, move="file"), *steps),
        **(detail_of or {}),
    )
    policy = policy or policy_of(hall)
    held = frozenset(posts.at(policy, role)) if held is None else held
    return Situation(role, made, policy, hall_of(hall), CALENDAR, today, held, read)
