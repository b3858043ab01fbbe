"""A hall after a month: cases of every fate, ratings, suggestions, written as the hub keeps them, from one seed.

Rows go in without a hub, so that a thousand people stand in them within a second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from sqlalchemy import insert

from hub import keys
from hub.config import HallDirectory, load_calendar
from hub.domain.numbers import case_number
from hub.domain.register import (
    Assessed,
    Assessor,
    Correction,
    Duty,
    Entry,
    Incident,
    Inspection,
    Item,
    Kept,
    Survey,
    Training,
    Verification,
    kind_of,
    number,
)
from hub.store import registers, schema, suggestions as box
from hub.store.commands import AuditRecord
from hub.store.policies import keep
from hub.store.sealing import Person, Sealer
from hub.store.suggestions import Stored
from hub.store.transaction import one_transaction
from hub.store.windows import StaffMember, add_staff
from tests.hub.backup.hall import found

MONTH = dt.date(2026, 10, 1)
"""Cases are filed in this month, and a third as many in the one before."""
NOW = dt.datetime(2026, 11, 2, 1, 30, tzinfo=dt.UTC)
STAFF = {
    "06": ("陈晓燕", "window", ""),
    "07": ("刘志强", "window", ""),
    "31": ("赵国平", "department", "real-estate"),
    "32": ("孙丽华", "department", "tax"),
    "90": ("周建军", "supervisor", ""),
}
OCTOBER = MONTH.replace(day=20)
LONG = (
    "窗口叫号后等待时间偏长，个别人员未按规定佩戴工牌；"
    "资料填写区示范文本缺“继承过户”一类，䶮姓、𠮷姓群众姓名打印为方框。"
)
ENTRIES: tuple[Entry, ...] = (
    Correction(
        on=OCTOBER, source="complaint", found=LONG, cause="高峰时段综合窗口只开两个，示范文本没有随事项清单更新。",
        measures=("training", "standard"), measure="高峰时段增开窗口；每月核对示范文本。", responsible="06",
        due=MONTH.replace(day=30),
    ),
    Verification(
        on=MONTH.replace(day=29), of="JZ-2026-001", effective=False, evidence="现场查看，仍缺一类示范文本。", by="90",
    ),
    Training(on=OCTOBER, topic="一次性告知与不动产登记操作规范", hours=8, passed=("06", "31"), failed=("07",)),
    Inspection(
        on=OCTOBER, kind="covert", inspectors=("90", "吴检"), where="一楼综合窗口", found=LONG, faults=2,
        demanded="三日内补齐示范文本，并报送整改情况。",
    ),
    Inspection(
        on=MONTH.replace(day=27), kind="special", inspectors=("90", "吴检"), where="绿色通道", found="未发现问题。",
        faults=0,
    ),
    Assessor(
        on=OCTOBER, name="郑代表", capacity="人大代表", occasion="政务服务开放日", opinion="建议午间不断档。",
        taken_up="已采纳。",
    ),
    Survey(on=OCTOBER, by="第三方调查机构", asked=400, satisfied=371, found="满意率较上年提高；停车仍不便。"),
    Incident(
        on=OCTOBER, kind="power", began=dt.time(9, 12), ended=dt.time(10, 5), happened="市电中断，叫号和打印停止。",
        done="启用手工号条，引导群众；来电后补录。", led_by="90",
    ),
    Duty(on=OCTOBER, until=OCTOBER + dt.timedelta(days=4), place="“办不成事”窗口", staff=("06", "07"), led_by="90"),
    Assessed(
        on=OCTOBER, kind="own", unit="综合受理窗口", by="90",
        items=(Item(name="服务态度", full=30, points=28), Item(name="办理时限", full=40, points=37.5),
               Item(name="台账资料", full=30, points=26)),
    ),
    Assessed(
        on=OCTOBER, kind="own", unit="发证窗口", by="90",
        items=(Item(name="服务态度", full=50, points=47), Item(name="办理时限", full=50, points=43.5)),
    ),
)  # fmt: skip
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤䶮"
)
GIVEN = "芳伟娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红𠮷"


def people(count: int) -> list[tuple[str, str]]:
    """So many names and telephones, each once."""
    made = [(f"{family}{one}{two}", "") for family in SURNAMES for one in GIVEN for two in GIVEN][: count * 3 : 3]
    return [(name, f"13{9 - at % 5}{at:04d}{(at * 7919) % 10000:04d}") for at, (name, _) in enumerate(made)]


def filled(path: Path, template: str = "shanting", cases: int = 300, seed: str = "a month") -> HallDirectory:
    """The hall, with its hub at rest."""
    place = found(path, template)
    hall, policy = place.hall(), place.policy()
    sealer = Sealer(keys.load_hall_secret(place.data_key), keys.load_hall_secret(place.pepper))
    departments = {one.code for one in hall.departments}
    with one_transaction(place.database) as tx:
        keep(tx, hall.code, policy)
        for code, (name, role, department) in STAFF.items():
            if not department or department in departments:
                add_staff(tx, hall.code, StaffMember(code, name, role, department, "no PIN", ()))
        rows: dict[Any, list[dict[str, Any]]] = {}
        for table, row in _cases(place, sealer, cases, Random(seed)):
            rows.setdefault(table, []).append({"hall": hall.code, **row})
        for table in (
            schema.case,
            schema.person,
            schema.step,
            schema.work_order,
            schema.fact,
            schema.rating,
            schema.grievance,
        ):
            if rows.get(table):
                tx.execute(insert(table), rows[table])
        _box(tx, place, sealer, Random(seed))
        _exports(tx, hall.code)
        for at, one in enumerate(ENTRIES):
            kept = Kept(number=number(kind_of(one), 2026, at + 1), entry=one, at=NOW, staff="90")
            registers.add(tx, hall.code, sealer, kept)
    return place


def _cases(place: HallDirectory, sealer: Sealer, count: int, random: Random) -> Iterator[tuple[Any, dict[str, Any]]]:
    hall, policy, calendar = place.hall(), place.policy(), load_calendar()
    days = [MONTH + dt.timedelta(days=at) for at in range(-30, 31)]
    days = [day for day in days if calendar.is_working(day)]
    serials: dict[dt.date, int] = {}
    who = people(count)
    levels = [one.code for one in policy.rating.levels.value]
    for at in range(count):
        day = random.choice([one for one in days if (one >= MONTH) == (at % 4 != 0)])
        serials[day] = serials.get(day, 0) + 1
        number = case_number(hall.code, day, serials[day])
        filed = dt.datetime.combine(day, dt.time(1), dt.UTC) + dt.timedelta(minutes=random.randrange(420))
        known = random.choice(policy.classes)
        due = calendar.due(day, known.limit_wd or 1)
        grievance, confidential = at % 29 == 5, at % 11 == 3
        department = random.choice([one.code for one in hall.departments[:4]]) if at % 6 else ""
        late = random.random() < 0.15
        fate = random.choice(
            ["open", "accepted", "answered", "answered", "answered", "rated", "rated", "rated", "archived"]
        )
        spent = dt.timedelta(days=random.randrange(1, 4) + (9 if late else 0))
        answered = filed + spent if fate not in ("open", "accepted") else None
        stage = {
            "open": "dispatched" if department else "triaged",
            "accepted": "accepted" if department else "filed",
            "answered": "replied" if department else "answered_on_the_spot",
        }.get(fate, fate)
        name, phone = who[at]
        yield schema.case, {
            "number": number, "command_id": f"{at:032x}", "business_date": day, "filed_at": filed, "stage": stage,
            "matter": random.choice(hall.matters[:5]).code,
            "reasons": ",".join(one.code for one in random.sample(policy.reasons[:4], 1 + at % 2)),
            "visits": random.randrange(1, 6), "confidential": confidential,
            "channel": random.choice(["kiosk", "window"]),
            "language": "zh_Hans", "scope": "", "policy_code": policy.code, "policy_version": policy.version,
            "due_date": due.date, "due": msgspec.msgpack.encode(due), "case_class": known.code,
            "department": department, "owner": random.choice(["06", "07"]), "ticket_id": "", "answered_at": answered,
            "kind": "grievance" if grievance else "matter",
        }  # fmt: skip
        text = f"我叫{name}，电话{phone}，跑了三趟还是没办成。"
        yield schema.person, {"case_number": number, "sealed": sealer.seal_person(Person(name, phone, text), number)}
        moves = [("file", filed, ""), ("triage", filed + dt.timedelta(minutes=9), "06")]
        if department:
            moves += [("dispatch", filed + dt.timedelta(minutes=20 + one), "06") for one in range(1 + (at % 13 == 0))]
        else:
            moves += [("answer_on_the_spot", answered, "07")] if answered else []
        if department and stage != "dispatched":
            moves.append(("accept", filed + dt.timedelta(minutes=40), "31"))
        if answered and department:
            moves.append(("reply", answered, "31"))
        if answered and at % 5:
            moves.append(("tell", answered + dt.timedelta(hours=1), "06"))
        if late and at % 2:
            moves.append(("extend", filed + dt.timedelta(days=1), "31"))
        if fate in ("rated", "archived") and answered:
            moves.append(("rate", answered + dt.timedelta(hours=2), "06"))
        if fate == "archived" and answered:
            moves.append(("archive", answered + dt.timedelta(hours=3), "06"))
        moves.sort(key=lambda one: one[1])
        for ordinal, (move, when, staff) in enumerate(moves):
            sealed = sealer.seal_text(f"{name}说{phone}", f"step/{number}/{ordinal}")
            yield (
                schema.step,
                {
                    "case_number": number,
                    "ordinal": ordinal,
                    "at": when,
                    "move": move,
                    "staff": staff,
                    "department": department if move == "reply" else "",
                    "sealed": sealed,
                },
            )
        if department:
            yield schema.work_order, {
                "work_order_id": f"{number}/1", "case_number": number, "department": department,
                "case_class": known.code, "sent_at": filed, "sent_by": "06", "due_date": due.date,
                "due": msgspec.msgpack.encode(due), "accepted_at": None if stage == "dispatched" else filed,
                "accepted_by": "" if stage == "dispatched" else random.choice(["31", "32"]), "replied_at": answered,
            }  # fmt: skip
        if at % 9 == 0:
            called = filed + dt.timedelta(minutes=25)
            came = called + dt.timedelta(minutes=random.randrange(3, 60) + (1440 * 40 if at % 27 == 0 else 0))
            for ordinal, (kind, when) in enumerate((("HeadCalled", called), ("HeadArrived", came))):
                yield (
                    schema.fact,
                    {"case_number": number, "ordinal": ordinal, "at": when, "staff": "06", "kind": kind, "sealed": b""},
                )
        if fate in ("rated", "archived") and answered:
            level = random.choice([*levels[:2], *levels])
            yield (
                schema.rating,
                {
                    "case_number": number,
                    "ordinal": 0,
                    "at": answered + dt.timedelta(hours=2),
                    "level": level,
                    "staff": random.choice(["06", ""]),
                    "sent_back": False,
                },
            )
        if grievance:
            yield (
                schema.grievance,
                {
                    "case_number": number,
                    "ground": policy.complaints.grounds.value[0].code,
                    "weight": "",
                    "department": department,
                    "respondent_staff": "",
                    "barred": True,
                    "must_be_written": False,
                    "written_at": filed if at % 2 else None,
                },
            )


def _box(tx: Any, place: HallDirectory, sealer: Sealer, random: Random) -> None:
    """Suggestions of which some are dealt with, by words that name who left them."""
    hall = place.hall().code
    for at, (name, phone) in enumerate(people(40)):
        left = dt.datetime(2026, 10, 1 + at % 28, 2, tzinfo=dt.UTC)
        kind = random.choice(["praise", "criticism", "suggestion"])
        made = Stored(f"YJ-{left:%Y%m%d}-{at:03d}", kind, "left", left, "kiosk-1", "zh_Hans")
        box.add(tx, hall, sealer, made, Person(name, phone, f"{name}建议多开一个窗口。"), left.date())
        if at % 3:
            done = left + dt.timedelta(days=2)
            said = f"已电话联系{name}（{phone}）说明情况，上午增开一个综合窗口，并在叫号屏公布；由陈晓燕负责落实。"
            box.handle(tx, hall, sealer, made.number, at=done, staff="90", result=said)


def _exports(tx: Any, hall: str) -> None:
    at, previous, records = dt.datetime(2026, 10, 9, 3, tzinfo=dt.UTC), b"", []
    for ordinal, (kind, subject) in enumerate(
        [
            ("ExportLedger", "2026-09-01..2026-09-30/80"),
            ("NoteExport", "progress 2026-10-05..2026-10-11"),
            ("ExportForm", "20261009-370406-0001-5/acceptance"),
            ("ExportCase", "20261009-370406-0001-5/0123456789ab"),
            ("ReadCase", "20261009-370406-0001-5"),
            ("ReadCase", "20261009-370406-0002-3"),
        ],
        1,
    ):
        record = AuditRecord(
            ordinal, at + dt.timedelta(days=ordinal), "supervisor", "90", kind, subject, f"{ordinal:032x}"
        )
        previous = record.chained(previous)
        records.append({"hall": hall, **vars(record), "hash": previous})
    tx.execute(insert(schema.audit), records)
