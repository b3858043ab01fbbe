"""What became of receipts, and the codes they carry."""

from __future__ import annotations

import pytest

from hub.domain.lookup import grouped
from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Ask, Desk, secrets_of

NOBODY = "370406-20261123-9999-0"


def report(number: str, state: m.PrintState, detail: str = "", **more: object) -> m.ReportPrint:
    return m.ReportPrint(job_id=f"job of {number}", case_number=number, state=state, detail=detail, **more)


def trouble(desk: Desk) -> list[tuple[str, str]]:
    listed = desk.query("window-3", m.ListNotices()).notices
    return [(notice.subject, notice.detail) for notice in listed if notice.kind == "print_trouble"]


def troubled(desk: Desk) -> list[tuple[str, str]]:
    listed = desk.query("window-3", m.ListNotices()).notices
    return [(notice.subject, notice.detail) for notice in listed if notice.kind == "terminal_trouble"]


@pytest.mark.parametrize("state", ["queued", "sent", "confirmed"])
def test_a_receipt_that_goes_its_way_is_recorded_quietly(desk: Desk, state: m.PrintState) -> None:
    number = desk.file().case_number
    assert desk.ask("kiosk-1", report(number, state)) == m.Done()
    assert trouble(desk) == []
    assert desk.ask("window-3", m.ReadCase(case_number=number)).print_state == state


@pytest.mark.parametrize(
    ("state", "detail", "told"),
    [("failed", "paper_out", "paper_out"), ("unknown", "", "unknown"), ("unknown", "interrupted", "interrupted")],
)
def test_trouble_with_paper_is_noticed_by_the_staff(desk: Desk, state: m.PrintState, detail: str, told: str) -> None:
    number = desk.file().case_number
    desk.ask("kiosk-1", report(number, state, detail))
    desk.ask("kiosk-1", report(number, state, detail))
    assert trouble(desk) == [(number, told)]


@pytest.mark.parametrize("state", ["queued", "sent"])
def test_what_keeps_papers_waiting_is_one_notice_about_the_terminal(desk: Desk, state: m.PrintState) -> None:
    """However many wait there, and whether the printer's job or the terminal's heartbeat says it first."""
    first, second = desk.file().case_number, desk.file().case_number
    desk.ask("kiosk-1", report(first, state, "paper_out"))
    desk.ask("kiosk-1", m.ReportHealth(troubles=("paper_out",)))
    desk.ask("kiosk-1", report(second, "queued", "paper_out"))
    assert (trouble(desk), troubled(desk)) == ([], [("kiosk-1", "paper_out")])


def test_the_newest_outcome_counts(desk: Desk) -> None:
    number = desk.file().case_number
    for state in ("queued", "sent", "unknown", "queued", "confirmed"):
        desk.later(seconds=2)
        desk.ask("kiosk-1", report(number, state))
        assert desk.ask("window-3", m.ReadCase(case_number=number)).print_state == state


def test_outcomes_that_arrive_together_are_taken_in_their_order(desk: Desk) -> None:
    number = desk.file().case_number
    desk.round(*(Ask("kiosk-1", report(number, state)) for state in ("queued", "sent", "unknown", "queued", "sent")))
    desk.round(*(Ask("kiosk-1", report(number, state)) for state in ("unknown", "confirmed")))
    assert desk.ask("window-3", m.ReadCase(case_number=number)).print_state == "confirmed"


def test_a_case_nobody_printed_has_no_outcome(desk: Desk) -> None:
    assert desk.ask("window-3", m.ReadCase(case_number=desk.file().case_number)).print_state is None


def test_a_reprint_is_recorded_as_one(desk: Desk) -> None:
    number = desk.file().case_number
    desk.ask("kiosk-1", report(number, "confirmed"))
    desk.ask("window-3", report(number, "sent", reprint=True))
    assert [(row.terminal, row.reprint) for row in desk.rows(schema.print_outcome)] == [
        ("kiosk-1", False),
        ("window-3", True),
    ]


def test_a_receipt_of_no_case_is_refused(desk: Desk) -> None:
    assert desk.ask("kiosk-1", report(NOBODY, "sent")).code == "unknown_case"
    replace = m.ReplacePaperCode(case_number=NOBODY, lost="lost", on_paper=secrets_of("new"))
    assert desk.ask("kiosk-1", replace).code == "unknown_secret"


def test_a_paper_of_no_case_is_reported_by_where_it_is_printed(desk: Desk) -> None:
    assert desk.ask("kiosk-1", report("", "confirmed")) == m.Done()
    assert trouble(desk) == []
    assert desk.ask("kiosk-1", report("", "queued", "paper_out")) == m.Done()
    assert (trouble(desk), troubled(desk)) == ([], [("kiosk-1", "paper_out")])
    assert desk.ask("kiosk-1", report("", "unknown", "interrupted")) == m.Done()
    assert trouble(desk) == [("kiosk-1", "interrupted")]
    assert desk.rows(schema.print_outcome) == []


def opens(desk: Desk, secret: str) -> str:
    found = desk.query("web", m.LookUp(secret=secret))
    return found.case_number if isinstance(found, m.Progress) else found.code


def test_a_reprint_s_code_kills_the_lost_paper_s_and_not_the_screen_s(desk: Desk) -> None:
    paper, screen, fresh = secrets_of("paper"), secrets_of("screen"), secrets_of("fresh")
    number = desk.file(on_paper=paper, on_screen=screen).case_number
    assert {opens(desk, key) for key in (paper.token, paper.typed, screen.token, screen.typed)} == {number}
    replaced = m.ReplacePaperCode(case_number=number, lost=paper.token, on_paper=fresh)
    assert desk.ask("kiosk-1", replaced) == m.Done()
    assert [opens(desk, key) for key in (paper.token, paper.typed)] == ["not_found", "not_found"]
    assert {opens(desk, key) for key in (screen.token, screen.typed, fresh.token, fresh.typed)} == {number}


def test_a_second_reprint_kills_the_first_one_s_code(desk: Desk) -> None:
    number = desk.file(on_paper=secrets_of("paper")).case_number
    for lost, seed in (("paper", "first"), ("first", "second")):
        replace = m.ReplacePaperCode(case_number=number, lost=secrets_of(lost).token, on_paper=secrets_of(seed))
        assert desk.ask("kiosk-1", replace) == m.Done()
    assert [opens(desk, secrets_of(seed).token) for seed in ("paper", "first")] == ["not_found", "not_found"]
    assert opens(desk, secrets_of("second").token) == number


def test_only_who_printed_the_lost_paper_can_replace_its_code(desk: Desk) -> None:
    paper, screen = secrets_of("paper"), secrets_of("screen")
    number = desk.file(on_paper=paper, on_screen=screen).case_number
    for lost in ("", "nonsense", secrets_of("guess").token, screen.token):
        taken_over = m.ReplacePaperCode(case_number=number, lost=lost, on_paper=secrets_of("mine"))
        assert desk.ask("kiosk-1", taken_over).code == "unknown_secret"
    assert opens(desk, paper.token) == number
    assert opens(desk, secrets_of("mine").token) == "not_found"


@pytest.mark.parametrize("detail", ["Paper Out", "纸尽", "x" * 49, "张秀兰13800001234"])
def test_a_detail_that_is_no_code_is_refused(desk: Desk, detail: str) -> None:
    number = desk.file().case_number
    told = m.ReportPrint(job_id="job", case_number=number, state="queued", detail=detail)
    assert desk.ask("kiosk-1", told).code == "bad_detail"
    assert desk.ask("kiosk-1", m.ReportHealth(troubles=(detail,))).code == "bad_detail"


def test_a_report_of_more_troubles_than_a_terminal_has_parts_is_refused(desk: Desk) -> None:
    before = desk.kept()
    assert desk.ask("kiosk-1", m.ReportHealth(troubles=tuple(f"t{n}" for n in range(17)))).code == "bad_detail"
    assert desk.kept() == before


def test_a_reprint_touches_no_other_case(desk: Desk) -> None:
    other = desk.file(on_paper=secrets_of("other")).case_number
    number = desk.file(on_paper=secrets_of("paper")).case_number
    lost = secrets_of("paper").token
    assert (
        desk.ask("kiosk-1", m.ReplacePaperCode(case_number=number, lost=lost, on_paper=secrets_of("fresh"))) == m.Done()
    )
    assert opens(desk, secrets_of("other").token) == other


def test_a_reprint_with_keys_that_are_none_leaves_the_paper_alive(desk: Desk) -> None:
    number = desk.file(on_paper=secrets_of("paper")).case_number
    bad = m.LookupSecrets(token="short", typed=secrets_of("x").typed)
    assert desk.ask("kiosk-1", m.ReplacePaperCode(case_number=number, lost="", on_paper=bad)).code == "bad_secret"
    taken = m.ReplacePaperCode(case_number=number, lost=secrets_of("paper").token, on_paper=secrets_of("paper"))
    assert desk.ask("kiosk-1", taken).code == "internal"  # the same keys a second time
    assert opens(desk, secrets_of("paper").token) == number


SPELLINGS = {
    "as printed": grouped,
    "small letters": lambda typed: grouped(typed).lower(),
    "no hyphens": lambda typed: typed,
    "spaces": lambda typed: " ".join(typed[at : at + 4] for at in range(0, len(typed), 4)),
    "letters for digits": lambda typed: grouped(typed).replace("0", "O").replace("1", "l"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_typed_code_opens_however_it_is_written(desk: Desk, spelling: str) -> None:
    keys = [secrets_of(f"paper {seed}") for seed in range(20)]
    assert any("0" in key.typed for key in keys)
    assert any("1" in key.typed for key in keys)
    for key in keys:
        number = desk.file(on_paper=key).case_number
        assert opens(desk, SPELLINGS[spelling](key.typed)) == number


def test_unknown_mistyped_and_revoked_codes_get_the_same_answer(desk: Desk) -> None:
    paper = secrets_of("paper")
    number = desk.file(on_paper=paper).case_number
    desk.ask("kiosk-1", m.ReplacePaperCode(case_number=number, lost=paper.token, on_paper=secrets_of("fresh")))
    asked = [
        paper.token,
        paper.typed,
        secrets_of("nobody").token,
        secrets_of("nobody").typed,
        "",
        "x",
        number,
        "字" * 22,
    ]
    answers = {desk.query("web", m.LookUp(secret=secret)) for secret in asked}
    assert len(answers) == 1
    assert answers.pop().code == "not_found"


def test_a_code_is_kept_as_a_fingerprint_only(desk: Desk) -> None:
    paper = secrets_of("paper")
    desk.file(on_paper=paper)
    kept = b"".join(row.digest for row in desk.rows(schema.lookup))
    assert len(kept) == 2 * 32
    assert paper.token.encode() not in kept
    assert paper.typed.encode() not in kept


def test_progress_tells_nothing_of_who_complained_or_who_handled_it(desk: Desk) -> None:
    told = desk.complaint(name="王秀兰", phone="13800000000", text="跑了三趟", since="今年三月")
    number = desk.ask("kiosk-1", told).case_number
    sent = desk.ask(
        "window-3",
        m.DispatchCase(case_number=number, department="real-estate", case_class="general", note="内部说明"),
    )
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=sent.work_order_id))
    reply = m.ReplyToWorkOrder(work_order_id=sent.work_order_id, text="已办结。")
    desk.ask("department-real-estate", reply)
    progress = desk.query("web", m.LookUp(secret=told.on_paper.token))
    shown = repr(progress)
    for personal in ("王秀兰", "13800000000", "跑了三趟", "今年三月", "内部说明"):
        assert personal not in shown
    assert {(step.who, step.text) for step in progress.steps} == {("", "")}
    assert (progress.answer, progress.department) == ("已办结。", "real-estate")


def test_progress_says_how_many_are_before_the_citizen(desk: Desk) -> None:
    tokens = [secrets_of(f"paper {seed}") for seed in range(3)]
    for key in tokens:
        desk.file(on_paper=key)
        desk.later(seconds=10)

    def ahead() -> list[int]:
        return [desk.query("web", m.LookUp(secret=key.token)).ahead for key in tokens]

    assert ahead() == [0, 1, 2]
    desk.ask("window-3", m.CallNext())
    assert ahead() == [0, 0, 1]
    called = desk.query("web", m.LookUp(secret=tokens[0].token)).ticket
    assert (called.state, called.window) == ("called", 3)


def test_a_case_without_a_ticket_has_progress_too(empty_desk: Desk) -> None:
    key = secrets_of("paper")
    empty_desk.file(on_paper=key)
    assert empty_desk.query("web", m.LookUp(secret=key.token)).ticket is None
