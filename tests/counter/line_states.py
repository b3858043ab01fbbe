"""The desk and the pages about the line in the gallery: a full line, each form, each page with its longest words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec.structs import replace

from hub.config import load_calendar
from hub.domain.deadline import DayOff, HallDay
from hub.wire import messages as m
from tests.counter.gallery import State
from tests.counter.makers import LONG_TEXT, NOON, TODAY, picture, ticket


def the_line(*, free: bool = False, busy: bool = True) -> Any:
    """A full line at window 2 and 3: every lane, bound ones, passed ones, parked and missed ones."""
    minute = dt.timedelta(minutes=1)

    def number(letter: str, serial: int, service: str, before: int, **fields: Any) -> m.TicketView:
        return ticket(f"{letter}{serial:03d}", service=service, taken_at=NOON - before * minute, **fields)

    def here(letter: str, serial: int, state: Any, before: int, **fields: Any) -> m.TicketView:
        return number(letter, serial, "one-window", before + 20, state=state, window=3, calls=1, **fields)

    now = [] if free else [here("A", 5, "serving", 12, called_at=NOON - 12 * minute)]
    listed = [
        *now,
        *(here("A", one, "parked", 30, called_at=NOON - one * minute) for one in (1, 2)),
        *(here("A", one, "no_show", 30, called_at=NOON - one * minute) for one in (3, 4)),
        number("A", 1009, "one-window", 128, passed=3),
        number("A", 10, "one-window", 64, passed=2),
        number("A", 11, "one-window", 50, lane="appointment", not_before=NOON - minute, stands_at=NOON - 80 * minute),
        number("A", 12, "one-window", 41, lane="green", stands_at=NOON - 41 * minute),
        number("H", 13, "green", 40, lane="advanced"),
        number("B", 14, "planning", 33, state="transferred", for_window=3),
        number("A", 15, "one-window", 30, not_before=NOON + 39 * minute),
        *(number("A", one, "one-window", 40 - one) for one in range(16, 40)),
        *(number("D", one, "inquiry", 40 - one) for one in range(16, 20)),
    ]
    made = picture(*listed)
    made.windows |= {one: m.WindowView(number=one, open=one != 1) for one in (1, 2, 3)}
    return made


def desk(do: Any = lambda place, shell: None, tickets: Any = the_line, **fields: Any) -> Any:
    def prepare(place: Any, shell: Any) -> None:
        place._link.picture = tickets(**fields)
        shell.show()
        do(place, shell)

    return prepare


def pressed(move: str, ticket_id: str = "") -> Any:
    return lambda place, shell: shell.desk.press_move(move, ticket_id)


def filled(move: str, ticket_id: str = "", **said: str) -> Any:
    def prepare(place: Any, shell: Any) -> None:
        shell.desk.press_move(move, ticket_id)
        for name, value in said.items():
            shell.desk.form.edit(name, value)
            for one in shell.desk.form.lists:
                one.value = value if one.name == name else one.value
        if "reason" in said:
            shell.desk.form.words.value = said["reason"]

    return prepare


def refused(place: Any, shell: Any) -> None:
    place._link.answers[m.CallNext] = m.Rejected(code="window_busy", text="")
    shell.desk.press_move("call")


GREEN = m.GreenAsks(
    asks=(
        m.GreenAsk(ticket_id="id-A016", asked_at=NOON - 2 * dt.timedelta(minutes=1), who="06", reason=LONG_TEXT * 2),
        m.GreenAsk(ticket_id="id-D017", asked_at=NOON, who="07", reason="孕晚期，站立困难"),
    )
)


def line(ticket_id: str = "", move: str = "", said: str = "", held: bool = True) -> Any:
    def prepare(place: Any, shell: Any) -> None:
        place._link.picture = the_line()
        place._link.answers[m.ListGreenAsks] = GREEN
        if held:
            post = m.PostHeld(post="hall_head", title="服务大厅负责人")
            place.session.staff = replace(place.session.staff, posts=(post,))
        place.session.notices = [
            m.Notice(notice_id=3, kind="green_asked", subject="id-A016", raised_at=NOON, post="hall_head")
        ]
        shell.turn_to("line")
        if ticket_id:
            shell.banner.look() if ticket_id == "id-A016" else shell.pages["line"].open(ticket_id)
        if move:
            shell.pages["line"]._move(move, place.picture.tickets[ticket_id])
        if said:
            shell.pages["line"].form.edit("reason", said)
            shell.pages["line"].form.words.value = said

    return prepare


def working() -> m.WorkingCalendar:
    """The published years, a closed day, a half day and a worked one, with who set them."""
    shipped = load_calendar()
    first = dt.date(min(shipped.years), 1, 1)
    every = (first + dt.timedelta(days=one) for one in range(366 * len(shipped.years)))
    days = [one for one in every if one.year in shipped.years]
    holidays = tuple(DayOff(one, "holiday", shipped._holidays[one]) for one in days if one in shipped._holidays)
    why = "受台风“摩羯”影响，按市防汛抗旱指挥部停工停业的通知全厅停止对外办公，已预约的改期，期限顺延"
    return m.WorkingCalendar(
        version=4,
        years=tuple(sorted(shipped.years)),
        holidays=holidays,
        workdays=tuple(one for one in days if one in shipped._moved),
        days=(
            HallDay(dt.date(2026, 11, 26), "closed", why),
            HallDay(dt.date(2026, 12, 31), "half", "年终盘点", dt.time(12)),
            HallDay(dt.date(2026, 11, 28), "worked", "补办公"),
        ),
        versions=(
            m.CalendarVersion(version=4, at=NOON, who="90", layer="hall", why=why, moved=127),
            m.CalendarVersion(version=3, at=NOON - dt.timedelta(days=3), who="90", layer="hall", why="年终盘点"),
            m.CalendarVersion(
                version=2, at=NOON - dt.timedelta(days=20), who="", layer="state", why="2027年放假安排", moved=12
            ),
        ),
    )


def calendar(*days: dt.date, kind: str = "", reason: str = "") -> Any:
    def prepare(place: Any, shell: Any) -> None:
        place._link.answers[m.ReadCalendar] = working()
        shell.turn_to("calendar")
        page = shell.pages["calendar"]
        for day in days:
            page.tap(day)
        if kind:
            page.kind.pick(["closed", "half", "worked", "as_published"].index(kind) + 1)
        if reason:
            page.reason.text = reason

    return prepare


def report(day: dt.date) -> m.SlipReport:
    """A day on which a window worked by hand, and not everything adds up."""
    minute = dt.timedelta(minutes=1)
    block = m.SlipBlock(
        block="S-7",
        series="S",
        first=1,
        last=50,
        service="one-window",
        printed_at=NOON - 40 * dt.timedelta(days=1),
        printed_by="90",
        held_by="07",
    )
    entries = tuple(
        m.SlipEntry(
            number=f"S{one:03d}",
            block="S-7",
            service="one-window",
            outcome=("served", "no_show", "waiting")[one % 3],
            taken_at=NOON - (90 - one) * minute,
            called_at=NOON - (60 - one) * minute if one % 3 < 2 else None,
            ended_at=NOON - (45 - one) * minute if one % 3 == 0 else None,
            window=3 if one % 3 < 2 else 0,
            staff="07" if one % 3 < 2 else "",
            entered_at=NOON,
            entered_by="06",
            because="window_computer",
        )
        for one in range(1, 12)
    )
    return m.SlipReport(
        date=day,
        blocks=(
            m.SlipBlockState(
                block=block, used=11, void=2, missing=("S003", "S007–S012", "S019"), blank=29, blank_from=22
            ),
            m.SlipBlockState(
                block=replace(block, block="S-8", first=51, last=80, printed_by="kiosk-1", held_by="kiosk-1"),
                used=0,
                void=0,
                missing=(),
                blank=30,
                blank_from=51,
            ),
        ),
        entries=entries,
        out_of_order=(
            m.SlipCall(number="S009", service="one-window", window=3, called_at=NOON, passed=("S004", "S005", "S006")),
        ),
        overlaps=(m.SlipOverlap(window=3, first="S004", second="S007"),),
    )


SHEET = "S014 0905 0931 0950 3 07\nS015 0906 0933 过 3 07\nS016 0910\nS017 废\nF005 - 0931 0950 3\nS018 9点半"


def slips(mode: str = "enter", sheet: str = "", faults: tuple[m.SlipFault, ...] = ()) -> Any:
    def prepare(place: Any, shell: Any) -> None:
        place._link.answers[m.ReadSlips] = lambda asked: report(asked.date)
        place._link.answers[m.ImportSlips] = m.SlipsImported(taken=0, faults=faults)
        shell.turn_to("slips")
        page = shell.pages["slips"]
        page.modes.pick(["enter", "print", "report"].index(mode) + 1)
        if sheet:
            page.sheet.text = sheet
            page.cause.pick(2)
        if faults:
            page.submit()

    return prepare


def appointments(slot: int = 0, *, made: bool = False, kind: int = 1) -> Any:
    """A day of appointments in every standing."""
    day = TODAY
    times = [dt.time(9 + one // 2, 30 * (one % 2)) for one in range(14)]
    slots_of = tuple(m.FreeSlot(date=day, slot=one, quota=6, free=(place * 5) % 7) for place, one in enumerate(times))
    states_of: tuple[Any, ...] = ("booked", "checked_in", "cancelled", "booked")
    listed = tuple(
        m.AppointmentView(
            appointment_id=f"a{one}",
            code=f"{1234 + one * 317}-{5678 - one}",
            service=("one-window", "planning", "inquiry")[one % 3],
            date=day,
            slot=times[one],
            kind=("booked", "overload")[one % 2],
            state=states_of[one % 4],
            made_at=NOON,
            called_off=one == 7,
        )
        for one in range(9)
    )

    def prepare(place: Any, shell: Any) -> None:
        place._link.answers[m.ListSlots] = m.SlotList(slots=slots_of)
        place._link.answers[m.ListAppointments] = m.AppointmentList(appointments=listed)
        late = (m.LateWindow(window=3, ground="x", since=NOON),) if made else ()
        place._link.answers[m.ReadOpening] = m.OpeningNow(services=(), late=late)
        place._link.answers[m.BookAppointment] = m.AppointmentMade(appointment=listed[0])
        shell.turn_to("appointments")
        page = shell.pages["appointments"]
        page.kind.pick(kind)
        if slot:
            page._mark(times[slot])
        if made:
            page.submit()

    return prepare


def fairness(part: int = 1, *, holds: bool = True, late: bool = False) -> Any:
    """A page of a report, with the longest reasons; or one that is still being worked out."""
    columns = ("时间", "号码", "例外", "谁决定", "理由")
    named = ("取号", "叫号", "办完", "过号", "离开", "等候中位", "九成不超过", "有例外的")
    said = ("812", "790", "771", "19", "22", "12 分钟", "34 分钟", "37")
    page = m.FairnessPage(
        date=TODAY,
        status="（至 09:31）",
        holds=holds,
        verdict="除下列例外外，没有别的变动。" if holds else "有 2 处变动，记录说不清，请核查。",
        seal="封印 " + " ".join(f"{one * 19088743:08x}"[-8:] for one in range(1, 9)),
        figures=tuple(m.FairnessFigure(name=name, said=one) for name, one in zip(named, said, strict=True)),
        columns=columns,
        rows=tuple(
            m.FairnessRow(cells=("09:07", f"A{one:03d}", "绿色通道", "服务大厅负责人 李主任", LONG_TEXT), apart=True)
            for one in range(1, 9)
        ),
        page=0,
        pages=3,
    )

    def prepare(place: Any, shell: Any) -> None:
        waits = m.Rejected(code="being_worked_out", text="")
        place._link.answers[m.ReadFairness] = waits if late else page
        shell.turn_to("fairness")
        shell.pages["fairness"].parts.pick(part)

    return prepare


def all_states() -> dict[str, State]:
    return {
        "calendar": State("supervisor", calendar(), hall="wuxi"),
        "calendar-change": State(
            "supervisor",
            calendar(*(TODAY + dt.timedelta(days=one) for one in range(1, 9)), kind="half", reason=LONG_TEXT),
            hall="shanting",
        ),
        "appointments": State("supervisor", appointments(1), hall="wuxi"),
        "appointments-window": State("window", appointments(1), hall="wuxi", terminal="window-3"),
        "appointments-made": State("window", appointments(2, made=True, kind=2), hall="yunfu", terminal="window-4"),
        "fairness": State("supervisor", fairness(), hall="wuxi"),
        "fairness-broken": State("supervisor", fairness(2, holds=False), hall="wuxi"),
        "fairness-late": State("supervisor", fairness(late=True), hall="wuxi"),
        "slips": State("supervisor", slips(sheet=SHEET), hall="wuxi"),
        "slips-faults": State(
            "window",
            slips(
                sheet=SHEET.rsplit("\n", 1)[0],
                faults=tuple(
                    m.SlipFault(line=one, number=f"S{13 + one:03d}", why="before_printed", about="2026-11-24 09:00")
                    for one in range(1, 5)
                ),
            ),
            hall="wuxi",
            terminal="window-3",
        ),
        "slips-print": State("supervisor", slips("print"), hall="wuxi"),
        "slips-report": State("window", slips("report"), hall="wuxi", terminal="window-3"),
        "line": State("supervisor", line(), hall="wuxi"),
        "line-asked": State("supervisor", line("id-A016"), hall="wuxi"),
        "line-not-mine": State("window", line("id-D017", held=False), hall="wuxi", terminal="window-3"),
        "line-row": State("supervisor", line("id-A010"), hall="wuxi"),
        "line-advance": State("supervisor", line("id-A010", "advance", LONG_TEXT), hall="wuxi"),
        "desk": State("window", desk(), hall="wuxi", terminal="window-3"),
        "desk-free": State("window", desk(free=True), hall="wuxi", terminal="window-3"),
        "desk-refused": State("window", desk(refused, free=True), hall="wuxi", terminal="window-3"),
        "desk-row": State(
            "window", desk(lambda place, shell: shell.desk.open_card("id-A017")), hall="wuxi", terminal="window-3"
        ),
        "desk-missed": State(
            "window", desk(lambda place, shell: shell.desk.open_card("id-A003")), hall="wuxi", terminal="window-3"
        ),
        "desk-call": State("window", desk(pressed("call_service"), free=True), hall="wuxi", terminal="window-3"),
        "desk-park": State("window", desk(pressed("park")), hall="wuxi", terminal="window-3"),
        "desk-pause": State("window", desk(pressed("set_window")), hall="wuxi", terminal="window-3"),
        "desk-transfer": State(
            "window", desk(filled("transfer", service="inquiry", reason=LONG_TEXT)), hall="wuxi", terminal="window-3"
        ),
        "desk-green": State(
            "window",
            desk(filled("green", "id-A017", choice="other", reason=LONG_TEXT)),
            hall="wuxi",
            terminal="window-3",
        ),
        "desk-withdraw": State(
            "window", desk(filled("withdraw", "id-A017", choice="gone")), hall="wuxi", terminal="window-3"
        ),
    }
