"""办事指南: what a matter needs is told at once, in the same words, and on paper."""

from __future__ import annotations

import pytest

from hub.wire.messages import Checklist, ChecklistPart, Material, ReadChecklist, Rejected, ReportPrint
from kiosk.asking import Unanswered
from kiosk.services.guides import Guides
from printers.notice_slip import NoticeSlip
from tests.factories import a_hall, a_policy
from tests.kiosk.services.desk import FakeDesk

MATTER = "transfer-sale"
NEEDS = Checklist(
    matter=MATTER,
    version=3,
    materials=(
        Material(code="deed", name="不动产权证书原件"),
        Material(code="contract", name="存量房买卖合同（网签备案，双方签字）"),
        Material(code="tax", name="契税完税或者减免税证明"),
    ),
    parts=(
        ChecklistPart(kind="legal_basis", text="《不动产登记暂行条例》第十四条"),
        ChecklistPart(kind="time_limit", text="受理之日起5个工作日"),
    ),
)
NONE_YET = Rejected(code="no_checklist", text="there is no checklist yet")


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(a_hall("yueyang"), a_policy("yueyang"))


@pytest.fixture
def guides(desk: FakeDesk) -> Guides:
    return Guides(desk)


@pytest.mark.rule("R52", "R63")
def test_the_newest_notice_of_a_matter_is_asked_for_and_shown(desk: FakeDesk, guides: Guides) -> None:
    guides.choose(MATTER)
    assert desk.wanted() == [ReadChecklist(matter=MATTER)]
    assert guides.step == "asking"
    desk.answer(NEEDS)
    assert (guides.step, guides.checklist) == ("notice", NEEDS)
    assert desk.changes == 1


@pytest.mark.rule("R6")
def test_what_nobody_has_written_is_not_made_up_and_who_knows_is_named(desk: FakeDesk, guides: Guides) -> None:
    guides.choose(MATTER)
    desk.answer(NONE_YET)
    assert (guides.step, guides.checklist) == ("untold", None)
    assert guides.handled_by is not None
    assert guides.handled_by.name == "登记一室"


def test_what_was_read_once_is_known_without_a_hub(desk: FakeDesk, guides: Guides) -> None:
    guides.choose(MATTER)
    desk.answer(NEEDS)
    later = Guides(desk)
    desk.live = False
    later.choose(MATTER)
    assert (later.step, later.checklist) == ("notice", NEEDS)
    later.back()
    later.choose("first-home")
    assert (later.step, later.checklist) == ("away", None)


def test_a_notice_that_was_withdrawn_is_not_shown_from_memory(desk: FakeDesk, guides: Guides) -> None:
    desk.checklists[MATTER] = NEEDS
    guides.choose(MATTER)
    desk.answer(NONE_YET)
    assert guides.step == "untold"


def test_an_answer_that_comes_after_the_citizen_went_on_changes_nothing(desk: FakeDesk, guides: Guides) -> None:
    guides.choose(MATTER)
    guides.back()
    desk.answer(NEEDS)
    assert (guides.step, desk.changes) == ("topics", 0)


def test_back_leads_the_way_it_came(guides: Guides, desk: FakeDesk) -> None:
    guides.open_departments()
    guides.open_department("registry-1")
    guides.choose(MATTER)
    desk.answer(NEEDS)
    seen = []
    while guides.back():
        seen.append(guides.step)
    assert seen == ["matters", "departments", "topics"]


@pytest.mark.rule("R52")
def test_the_paper_says_the_same_and_comes_once_however_often_it_is_tapped(desk: FakeDesk, guides: Guides) -> None:
    guides.choose(MATTER)
    desk.answer(NEEDS)
    assert guides.printed is None
    guides.print()
    guides.print()
    assert desk.printer.given == 1
    (slip,) = desk.printer.jobs.values()
    assert isinstance(slip, NoticeSlip)
    assert (slip.version, slip.materials) == (3, tuple(one.name for one in NEEDS.materials))
    assert [one.text for one in slip.parts] == [one.text for one in NEEDS.parts]
    (job,) = desk.printer.jobs
    desk.slips.heard(ReportPrint(job_id=job, case_number="", state="confirmed"))
    assert guides.printed is not None
    assert guides.printed.state == "confirmed"


def test_another_matter_prints_its_own_paper(desk: FakeDesk, guides: Guides) -> None:
    for matter in (MATTER, "first-home"):
        guides.choose(matter)
        desk.answer(Checklist(matter=matter, version=1, materials=NEEDS.materials, parts=()))
        guides.print()
    assert [slip.matter for slip in desk.printer.jobs.values() if isinstance(slip, NoticeSlip)] == [
        "转移登记（二手房过户）",
        "转移登记（新建商品房）",
    ]


def test_no_answer_is_said_as_that(desk: FakeDesk, guides: Guides) -> None:
    guides.choose(MATTER)
    desk.answer(Unanswered(late=True))
    assert guides.step == "away"
