"""Who may ask what."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from hub.domain.hall import Role, Terminal
from hub.errors import Refused
from hub.service.books import Actor
from hub.service.handlers import ADDITIVE, CONTENDING
from hub.service.permissions import ALLOWED, EVERYBODY, STAFF, WITHOUT_LOGIN, authorise
from hub.service.reading import Query
from hub.wire import messages as m, pairing
from tests.hub.desk import Desk, secrets_of

COMMANDS: tuple[type[m.Message], ...] = get_args(m.Command)
EXAMPLES: dict[type[m.Message], m.Message] = {
    m.FileComplaint: m.FileComplaint(matter="other", reasons=("other",), on_paper=secrets_of("paper")),
    m.TakeTicket: m.TakeTicket(service="general"),
    m.CallNext: m.CallNext(),
    m.RecallTicket: m.RecallTicket(ticket_id="20261123-F001"),
    m.ServeTicket: m.ServeTicket(ticket_id="20261123-F001"),
    m.FinishTicket: m.FinishTicket(ticket_id="20261123-F001"),
    m.MarkNoShow: m.MarkNoShow(ticket_id="20261123-F001"),
    m.ParkTicket: m.ParkTicket(ticket_id="20261123-F001"),
    m.CallParked: m.CallParked(ticket_id="20261123-F001"),
    m.TransferTicket: m.TransferTicket(ticket_id="20261123-F001", window=1),
    m.ReturnTicket: m.ReturnTicket(ticket_id="20261123-F001"),
    m.WithdrawTicket: m.WithdrawTicket(ticket_id="20261123-F001"),
    m.AskGreenChannel: m.AskGreenChannel(ticket_id="20261123-F001", reason="孩子明天入学"),
    m.DecideGreenChannel: m.DecideGreenChannel(ticket_id="20261123-F001", granted=True),
    m.AdvanceTicket: m.AdvanceTicket(ticket_id="20261123-F001", reason="突发不适"),
    m.BookAppointment: m.BookAppointment(service="general", date=dt.date(2026, 11, 24), slot=dt.time(10)),
    m.MoveAppointment: m.MoveAppointment(code="7K3MQ9", date=dt.date(2026, 11, 24), slot=dt.time(10)),
    m.CancelAppointment: m.CancelAppointment(code="7K3MQ9"),
    m.CheckIn: m.CheckIn(code="7K3MQ9"),
    m.ListSlots: m.ListSlots(service="general", date=dt.date(2026, 11, 24)),
    m.ListAppointments: m.ListAppointments(date=dt.date(2026, 11, 24)),
    m.ServeLate: m.ServeLate(ground="urgent"),
    m.EndLate: m.EndLate(),
    m.ReadOpening: m.ReadOpening(),
    m.SetWindow: m.SetWindow(open=True),
    m.AnswerOnTheSpot: m.AnswerOnTheSpot(case_number="370406-20261123-0001-6", text="已讲清。"),
    m.DispatchCase: m.DispatchCase(case_number="370406-20261123-0001-6", department="tax", case_class="general"),
    m.ReportProgress: m.ReportProgress(work_order_id="370406-20261123-0001-6/1", text="已调档。", reasons="待核。"),
    m.AcceptWorkOrder: m.AcceptWorkOrder(work_order_id="370406-20261123-0001-6/1"),
    m.ReplyToWorkOrder: m.ReplyToWorkOrder(work_order_id="370406-20261123-0001-6/1", text="已办结。"),
    m.TriageCase: m.TriageCase(case_number="370406-20261123-0001-6", finding="已核实。"),
    m.DeclineCase: m.DeclineCase(
        case_number="370406-20261123-0001-6", kind="supply", text="请补齐。", supply=("完税证明",)
    ),
    m.AskExtension: m.AskExtension(case_number="370406-20261123-0001-6", added_wd=3, reason="需要核实。"),
    m.DecideExtension: m.DecideExtension(case_number="370406-20261123-0001-6", granted=True),
    m.PauseClock: m.PauseClock(case_number="370406-20261123-0001-6", ground="superior", evidence="请示"),
    m.ResumeClock: m.ResumeClock(case_number="370406-20261123-0001-6", evidence="批复"),
    m.CallToWindow: m.CallToWindow(case_number="370406-20261123-0001-6"),
    m.RecordArrival: m.RecordArrival(case_number="370406-20261123-0001-6", name="李科长"),
    m.EscalateCase: m.EscalateCase(case_number="370406-20261123-0001-6", question="能否受理？"),
    m.Instruct: m.Instruct(case_number="370406-20261123-0001-6", text="可以受理。"),
    m.RecordMeeting: m.RecordMeeting(
        case_number="370406-20261123-0001-6", members=("甲", "乙"), minutes="记录", decision="办理"
    ),
    m.ReferOut: m.ReferOut(case_number="370406-20261123-0001-6", authority="市局", way="帮办代办", text="已转市局。"),
    m.FollowReferral: m.FollowReferral(case_number="370406-20261123-0001-6", text="市局已受理。"),
    m.HandOver: m.HandOver(case_number="370406-20261123-0001-6", taker="07", reason="轮岗"),
    m.SendToDepartment: m.SendToDepartment(department="tax", person="王强"),
    m.NameDelegate: m.NameDelegate(staff="06", delegate="07"),
    m.HandOverPost: m.HandOverPost(first_day=dt.date(2026, 11, 24), last_day=dt.date(2026, 11, 24), note="在办两件。"),
    m.StepIn: m.StepIn(absent="06", reason="06病假。"),
    m.RateByCode: m.RateByCode(secret="nobody", level="satisfied"),
    m.RateCase: m.RateCase(case_number="370406-20261123-0001-6", level="satisfied"),
    m.FollowUpCase: m.FollowUpCase(case_number="370406-20261123-0001-6", text="已问过。"),
    m.ArchiveCase: m.ArchiveCase(case_number="370406-20261123-0001-6"),
    m.TellCitizen: m.TellCitizen(case_number="370406-20261123-0001-6", medium="oral"),
    m.ExplainLateness: m.ExplainLateness(case_number="370406-20261123-0001-6", text="等待上级批复。"),
    m.SuperviseCase: m.SuperviseCase(case_number="370406-20261123-0001-6", text="请尽快办理。"),
    m.ReadBreaches: m.ReadBreaches(case_number="370406-20261123-0001-6"),
    m.ProposeRefusal: m.ProposeRefusal(case_number="370406-20261123-0001-6", text="在禁建区内。", basis="第七十四条"),
    m.DecideRefusal: m.DecideRefusal(case_number="370406-20261123-0001-6", approved=True),
    m.ListGreenAsks: m.ListGreenAsks(),
    m.ExplainDue: m.ExplainDue(case_number="370406-20261123-0001-6"),
    m.ReadRefusal: m.ReadRefusal(case_number="370406-20261123-0001-6"),
    m.PostBulletin: m.PostBulletin(text="停电。"),
    m.AcknowledgeNotice: m.AcknowledgeNotice(notice_id=1),
    m.ReportPrint: m.ReportPrint(job_id="job", case_number="370406-20261123-0001-6", state="sent"),
    m.ReplacePaperCode: m.ReplacePaperCode(case_number="370406-20261123-0001-6", lost="", on_paper=secrets_of("fresh")),
    m.LogIn: m.LogIn(staff="06", pin="480615"),
    m.LogOut: m.LogOut(),
    m.ReportHealth: m.ReportHealth(),
    m.ReadTerminals: m.ReadTerminals(),
    m.ReportNumbers: m.ReportNumbers(epoch="e" * 32, seen=()),
    m.EventsSince: m.EventsSince(),
    m.ListCases: m.ListCases(),
    m.ReadCase: m.ReadCase(case_number="370406-20261123-0001-6"),
    m.ListNotices: m.ListNotices(),
    m.ListDelegates: m.ListDelegates(),
    m.LookUp: m.LookUp(secret="nobody"),
    m.LodgeGrievance: m.LodgeGrievance(ground="overdue", text="拖了三个月。", on_paper=secrets_of("grievance")),
    m.NameRespondent: m.NameRespondent(case_number="370406-20261123-0001-6", staff="07"),
    m.BeginAttachment: m.BeginAttachment(
        case_number="370406-20261123-0001-6", kind="evidence", name="回执.jpg", size_bytes=1, sha256="0" * 64
    ),
    m.SendChunk: m.SendChunk(attachment_id="370406-20261123-0001-6/a1", ordinal=0, data=b"0"),
    m.FinishAttachment: m.FinishAttachment(attachment_id="370406-20261123-0001-6/a1"),
    m.ReadAttachment: m.ReadAttachment(attachment_id="370406-20261123-0001-6/a1"),
    m.PublishChecklist: m.PublishChecklist(
        matter="transfer-sale", materials=(m.Material(code="deed", name="权属证书"),)
    ),
    m.ReadChecklist: m.ReadChecklist(matter="transfer-sale"),
    m.GiveOneTimeNotice: m.GiveOneTimeNotice(case_number="370406-20261123-0001-6", missing=("deed",)),
    m.AllowLater: m.AllowLater(case_number="370406-20261123-0001-6", materials=("项目批复",)),
    m.ReceiveMaterials: m.ReceiveMaterials(case_number="370406-20261123-0001-6", materials=("项目批复",)),
    m.AppointAgent: m.AppointAgent(case_number="370406-20261123-0001-6", staff="06", consent=""),
    m.DeliverResult: m.DeliverResult(case_number="370406-20261123-0001-6", way="pickup"),
    m.ReturnMaterials: m.ReturnMaterials(case_number="370406-20261123-0001-6", materials=("户口簿",)),
    m.ErasePerson: m.ErasePerson(case_number="370406-20261123-0001-6", because="本人要求"),
    m.ReadFairness: m.ReadFairness(date=dt.date(2026, 11, 23)),
    m.ExportLedger: m.ExportLedger(filed_from=dt.date(2026, 11, 1), filed_to=dt.date(2026, 11, 30)),
    m.ExportCase: m.ExportCase(case_number="370406-20261123-0001-6", digest="0" * 64),
    m.EndKeeping: m.EndKeeping(category="case", number="370406-20261123-0001-6"),
    m.SimilarCases: m.SimilarCases(case_number="370406-20261123-0001-6"),
    m.NoteExport: m.NoteExport(what="progress", first=dt.date(2026, 11, 1), last=dt.date(2026, 11, 30)),
    m.RecordEntry: m.RecordEntry(kind="duty", fields=(m.EntryField(name="on", value="2026-11-23"),)),
    m.RecordStatement: m.RecordStatement(case_number="370406-20261123-0001-6", text="已按规定告知。"),
    m.ChangeCalendar: m.ChangeCalendar(days=(dt.date(2026, 12, 1),), kind="closed", reason="台风停业"),
    m.ReadCalendar: m.ReadCalendar(year=2026),
    m.ReadForm: m.ReadForm(case_number="370406-20261123-0001-6", form="acceptance"),
    m.ExportForm: m.ExportForm(case_number="370406-20261123-0001-6", form="acceptance"),
    m.PrintSlips: m.PrintSlips(service="general", count=20),
    m.ImportSlips: m.ImportSlips(uses=(m.SlipUse(number="S001", outcome="void"),)),
    m.ReportByHand: m.ReportByHand(window=1, since=dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC), because="power"),
    m.ReadSlips: m.ReadSlips(date=dt.date(2026, 11, 23)),
    m.CountSlips: m.CountSlips(),
    m.AskVisit: m.AskVisit(ground="bedridden", name="李桂英", phone="", address="河滨路12号"),
    m.AnswerVisit: m.AnswerVisit(number="SM-20261123-001", agreed=False, text="请家属代办。"),
    m.RecordVisit: m.RecordVisit(
        number="SM-20261123-001", staff=("06", "07"), visited_at=dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
    ),
    m.ReceivePreReview: m.ReceivePreReview(reference="YF2026112300017"),
    m.TellPreReview: m.TellPreReview(number="YS-20261123-001", passed=True, way="sms"),
    m.ListRequests: m.ListRequests(),
    m.ReadRequest: m.ReadRequest(number="SM-20261123-001"),
    m.LeaveSuggestion: m.LeaveSuggestion(kind="praise", text="窗口的同志很耐心。"),
    m.ListSuggestions: m.ListSuggestions(),
    m.ReadSuggestion: m.ReadSuggestion(number="YJ-20261123-001"),
    m.HandleSuggestion: m.HandleSuggestion(number="YJ-20261123-001", text="已表扬。"),
    m.EraseSuggestion: m.EraseSuggestion(number="YJ-20261123-001", because="本人要求"),
    pairing.OpenPairing: pairing.OpenPairing(token="t" * 22),
    pairing.ReadPairing: pairing.ReadPairing(token="t" * 22),
    pairing.SendDraft: pairing.SendDraft(token="t" * 22, draft=pairing.PhoneDraft(text="说系统升级。")),
    pairing.CollectDraft: pairing.CollectDraft(token="t" * 22),
    pairing.ClosePairing: pairing.ClosePairing(token="t" * 22),
}

FORBIDDEN = [(role, kind) for kind in COMMANDS for role in get_args(Role) if role not in ALLOWED[kind]]


def actor(role: Role, staff: str = "06") -> Actor:
    return Actor(Terminal(name=f"a {role}", role=role, window=3, department="tax"), staff if role in STAFF else "")


def named(case: object) -> str:
    return case.__name__ if isinstance(case, type) else str(case)


def test_every_command_has_its_row_in_the_table() -> None:
    assert set(ALLOWED) == set(COMMANDS) == set(EXAMPLES)


def test_every_command_has_one_home() -> None:
    homes = [*(k for k in ADDITIVE), *(k for k in CONTENDING), *get_args(Query), m.LogIn]
    assert all(homes.count(kind) == 1 for kind in COMMANDS)


def test_what_the_hub_does_by_itself_cannot_be_sent() -> None:
    own = {kind.__name__ for kind in CONTENDING} - {kind.__name__ for kind in COMMANDS}
    assert own == {"ClockJumped", "LookAround", "PinVerified", "Recount", "Restored", "TakePublished", "TurnDay"}


def test_every_role_is_known() -> None:
    assert frozenset(get_args(Role)) == EVERYBODY


@pytest.mark.rule("R4", "R71")
@pytest.mark.parametrize(("role", "kind"), FORBIDDEN, ids=named)
def test_what_the_table_does_not_list_is_refused(role: Role, kind: type[m.Message]) -> None:
    with pytest.raises(Refused) as refused:
        authorise(actor(role), EXAMPLES[kind])
    assert refused.value.code == "not_permitted"


@pytest.mark.parametrize("kind", COMMANDS, ids=named)
def test_what_the_table_lists_is_let_through(kind: type[m.Message]) -> None:
    for role in ALLOWED[kind]:
        authorise(actor(role), EXAMPLES[kind])


@pytest.mark.parametrize("role", sorted(STAFF))
def test_nobody_logged_in_means_nothing_of_citizens_is_seen_or_done(role: Role) -> None:
    for kind in COMMANDS:
        if role not in ALLOWED[kind]:
            continue
        if kind in WITHOUT_LOGIN:
            authorise(actor(role, staff=""), EXAMPLES[kind])
        else:
            with pytest.raises(Refused) as refused:
                authorise(actor(role, staff=""), EXAMPLES[kind])
            assert refused.value.code == "login_needed"


def test_what_needs_no_login_is_a_short_list() -> None:
    assert {
        m.LogIn,
        m.LogOut,
        m.EventsSince,
        m.ReportHealth,
        m.ReportNumbers,
        m.ListNotices,
        m.ReadCalendar,
        m.ReadTerminals,  # of itself: without staff a terminal hears of no other
    } == WITHOUT_LOGIN


def test_a_refusal_leaves_no_trace_in_the_books(desk: Desk) -> None:
    before = desk.kept()
    for role, terminal in (("kiosk", "kiosk-1"), ("display", "wall"), ("web", "web"), ("window", "window-3")):
        for kind in COMMANDS:
            if role not in ALLOWED[kind]:
                assert desk.ask(terminal, EXAMPLES[kind]).code == "not_permitted"
    assert desk.kept() == before


# --- logins


def test_a_login_opens_the_window_and_is_bound_to_the_terminal(empty_desk: Desk) -> None:
    answer = empty_desk.log_in("window-3", "06")
    assert (answer.staff, answer.name, answer.role) == ("06", "name of 06", "window")
    assert empty_desk.ask("window-3", m.CallNext()).code == "queue_empty"
    assert empty_desk.ask("window-1", m.CallNext()).code == "login_needed"


@pytest.mark.rule("R7")
@pytest.mark.parametrize(
    ("terminal", "staff"),
    [("window-3", "31"), ("department-tax", "31"), ("department-tax", "06"), ("supervisor", "06"), ("window-3", "90")],
)
def test_nobody_stands_in_where_they_do_not_work(empty_desk: Desk, terminal: str, staff: str) -> None:
    assert empty_desk.log_in(terminal, staff).code == "wrong_role"
    assert empty_desk.books.picture.windows == {}


def test_a_logout_ends_the_login_and_closes_the_window(desk: Desk) -> None:
    assert desk.ask("window-3", m.LogOut()) == m.Done()
    assert desk.books.picture.windows[3].open is False
    desk.staff.pop("window-3")
    assert desk.ask("window-3", m.CallNext()).code == "login_needed"


def test_who_logs_in_after_another_takes_the_terminal_over(desk: Desk) -> None:
    desk.log_in("window-3", "07")
    number = desk.file().case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    assert desk.line(number).owner == "name of 07"
