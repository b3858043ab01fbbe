"""What is done around a case: told at once, allowed to follow, done for the citizen, handed out, given back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from hub.store import commands, schema
from hub.wire import messages as m
from tests.hub.desk import HALLS, Desk, make_database, secrets_of
from tests.hub.service.test_attachments import JPEG, attached, read_whole
from tests.hub.service.test_printed import offline

MATTER = "transfer-sale"
DEED, ID_CARD, TAX = (
    m.Material(code="deed", name="不动产权证书原件"),
    m.Material(code="id", name="买卖双方身份证"),
    m.Material(code="tax", name="完税证明"),
)
MATERIALS = (DEED, ID_CARD, TAX)
PARTS: tuple[m.ChecklistPart, ...] = (
    m.ChecklistPart(kind="conditions", text="房屋没有查封。"),
    m.ChecklistPart(kind="prerequisites", text="先网签备案。"),
    m.ChecklistPart(kind="where_prerequisites", text="网签在住建窗口办理。"),
    m.ChecklistPart(kind="procedure", text="受理、审核、登簿、发证。"),
    m.ChecklistPart(kind="time_limit", text="3个工作日。"),
)


def opened(name: str, folder: Path) -> Desk:
    made = Desk(make_database(folder / f"{name}.db", HALLS[name]), name)
    for terminal, staff in (("window-3", "06"), ("window-1", "07"), ("supervisor", "90")):
        made.log_in(terminal, staff)
    return made


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Desk]:
    """大合坪."""
    made = opened("dahepingxiang", tmp_path)
    yield made
    made.close()


@pytest.fixture
def outlet(tmp_path: Path) -> Iterator[Desk]:
    """无锡."""
    made = opened("wuxi", tmp_path)
    yield made
    made.close()


def filed(desk: Desk, matter: str = "", **changes: Any) -> str:
    told = m.FileComplaint(
        matter=matter or desk.hall.matters[0].code,
        reasons=("other",),
        on_paper=secrets_of(desk.new_id()),
        **changes,
    )
    return desk.ask("window-3", told).case_number


def answered(desk: Desk, **changes: Any) -> str:
    number = filed(desk, **changes)
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="王秀兰女士的证已办好。")) == m.Done()
    return number


def published(desk: Desk, matter: str, materials: tuple[m.Material, ...] = MATERIALS) -> Any:
    return desk.ask("supervisor", m.PublishChecklist(matter=matter, materials=materials, parts=PARTS))


def records(desk: Desk, number: str) -> list[tuple[str, tuple[str, ...], str]]:
    found = desk.ask("window-3", m.ReadCase(case_number=number))
    return [(one.kind, one.items, one.detail) for one in found.records]


# --- 一次性告知


@pytest.mark.rule("R52")
def test_everybody_tells_the_words_of_the_checklist_and_its_version_is_kept(centre: Desk) -> None:
    matter = centre.hall.matters[0].code
    first = published(centre, matter)
    numbers = [filed(centre), filed(centre)]
    told = [
        centre.ask(terminal, m.GiveOneTimeNotice(case_number=number, missing=("tax", "deed")))
        for terminal, number in zip(("window-3", "window-1"), numbers, strict=True)
    ]
    assert told == [first, first]
    assert published(centre, matter, (*MATERIALS, m.Material(code="map", name="宗地图"))).version == 2
    (record,) = centre.ask("window-3", m.ReadCase(case_number=numbers[0])).records
    assert (record.kind, record.items, record.version, record.who) == (
        "one_time_notice",
        ("tax", "deed"),
        1,
        "name of 06",
    )
    assert centre.query("window-1", m.ReadChecklist(matter=matter)).version == 2


@pytest.mark.rule("R52")
def test_everything_missing_is_named_at_once(centre: Desk) -> None:
    matter = centre.hall.matters[0].code
    published(centre, matter)
    number = filed(centre)

    def tell(*missing: str) -> Any:
        return centre.ask("window-3", m.GiveOneTimeNotice(case_number=number, missing=missing))

    assert isinstance(tell("tax"), m.Checklist)
    assert isinstance(tell("tax"), m.Checklist)
    assert tell("tax", "deed").code == "not_named_at_once"
    published(centre, matter)
    assert isinstance(tell("tax", "deed"), m.Checklist)
    assert tell("weather").code == "unknown_code"


@pytest.mark.rule("R52")
@pytest.mark.parametrize("left_out", PARTS, ids=lambda part: part.kind)
def test_a_checklist_has_all_that_the_document_has_told(centre: Desk, left_out: m.ChecklistPart) -> None:
    parts = tuple(part for part in PARTS if part != left_out)
    matter = centre.hall.matters[0].code
    told = m.PublishChecklist(matter=matter, materials=MATERIALS, parts=parts)
    assert centre.ask("supervisor", told).code == "still_missing"
    empty = m.PublishChecklist(matter=matter, materials=(), parts=PARTS)
    assert centre.ask("supervisor", empty).code == "still_missing"


def test_a_checklist_names_each_material_once_and_with_words(centre: Desk) -> None:
    matter = centre.hall.matters[0].code
    assert published(centre, matter, (DEED, DEED)).code == "bad_checklist"
    assert published(centre, matter, (m.Material(code="deed", name=" "),)).code == "too_long"
    assert published(centre, "no-such-matter").code == "unknown_code"


def test_without_a_checklist_nobody_makes_up_words(centre: Desk) -> None:
    told = m.GiveOneTimeNotice(case_number=filed(centre), missing=())
    assert centre.ask("window-3", told).code == "no_checklist"
    assert centre.query("window-3", m.ReadChecklist(matter="fee")).code == "no_checklist"


# --- 容缺 and delivery


@pytest.mark.rule("R53", "R70")
def test_what_may_follow_is_there_before_the_result_is_handed_out(outlet: Desk) -> None:
    number = filed(outlet)
    later = ("项目批复", "可行性研究报告")
    assert outlet.ask("window-3", m.AllowLater(case_number=number, materials=later)) == m.Done()
    deliver = m.DeliverResult(case_number=number, way="pickup", originals_checked=True)
    assert outlet.ask("window-3", deliver).code == "case_open"
    outlet.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已办结。"))
    outlet.ask("window-3", m.ReceiveMaterials(case_number=number, materials=later[:1]))
    assert outlet.ask("window-3", deliver).code == "still_missing"
    outlet.ask("window-3", m.ReceiveMaterials(case_number=number, materials=later[1:]))
    assert outlet.ask("window-3", deliver) == m.Done()
    assert records(outlet, number) == [
        ("allowed_later", later, "collection"),
        ("received", later[:1], ""),
        ("received", later[1:], ""),
        ("delivered", (), "pickup"),
    ]


@pytest.mark.rule("R53")
def test_only_what_the_document_lists_may_follow(outlet: Desk, desk: Desk) -> None:
    number = filed(outlet)
    for materials in (("不动产权证书",), ("项目批复", "身份证"), ()):
        told = m.AllowLater(case_number=number, materials=materials)
        assert outlet.ask("window-3", told).code == "not_allowed_here"
    told = m.AllowLater(case_number=desk.file().case_number, materials=("项目批复",))
    assert desk.ask("window-3", told).code == "not_allowed_here"
    unasked = m.ReceiveMaterials(case_number=number, materials=("项目批复",))
    assert outlet.ask("window-3", unasked).code == "unknown_code"


@pytest.mark.rule("R53")
def test_what_was_promised_where_nobody_appears_comes_before_the_decision(outlet: Desk) -> None:
    number = filed(outlet)
    told = m.AllowLater(case_number=number, materials=("项目批复",), promised=True)
    assert outlet.ask("window-3", told) == m.Done()
    assert records(outlet, number) == [("allowed_later", ("项目批复",), "decision")]


@pytest.mark.rule("R70")
def test_at_a_pickup_the_originals_are_checked_and_ways_are_the_document_s(outlet: Desk, desk: Desk) -> None:
    number = answered(outlet)
    assert outlet.ask("window-3", m.DeliverResult(case_number=number, way="pickup")).code == "still_missing"
    assert outlet.ask("window-3", m.DeliverResult(case_number=number, way="mail")) == m.Done()
    here = desk.file().case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=here, text="已办结。"))
    assert desk.ask("window-3", m.DeliverResult(case_number=here, way="mail")).code == "not_allowed_here"
    assert desk.ask("window-3", m.DeliverResult(case_number=here, way="pickup")) == m.Done()


@pytest.mark.rule("R51")
def test_materials_go_back_to_who_shows_who_they_are_and_signs(outlet: Desk) -> None:
    number = answered(outlet)

    def give_back(**how: Any) -> Any:
        return outlet.ask("window-3", m.ReturnMaterials(case_number=number, materials=("户口簿",), **how))

    signature = attached(outlet, number, JPEG, kind="signature")
    assert give_back(id_shown=True).code == "still_missing"
    assert give_back(signature=signature).code == "still_missing"
    other = attached(outlet, answered(outlet), JPEG, kind="signature")
    assert give_back(id_shown=True, signature=other).code == "still_missing"
    assert give_back(id_shown=True, signature=signature) == m.Done()
    assert records(outlet, number) == [("returned", ("户口簿",), signature)]


# --- 帮代办


@pytest.mark.rule("R54")
def test_an_agent_acts_with_the_citizen_s_consent_on_paper(centre: Desk) -> None:
    number = filed(centre)

    def appoint(consent: str, staff: str = "07") -> Any:
        return centre.ask("window-3", m.AppointAgent(case_number=number, staff=staff, consent=consent))

    assert appoint("").code == "still_missing"
    assert appoint(attached(centre, number, JPEG + JPEG, kind="evidence")).code == "still_missing"
    consent = attached(centre, number, JPEG, kind="consent")
    assert appoint(consent, staff="31").code == "unknown_code"
    assert appoint(consent) == m.Done()
    assert records(centre, number) == [("agent_appointed", (), "07")]


@pytest.mark.rule("R54")
def test_where_the_document_offers_no_agents_nobody_is_appointed(yueyang: Desk) -> None:
    told = m.AppointAgent(case_number=yueyang.file().case_number, staff="07", consent="")
    assert yueyang.ask("window-3", told).code == "not_allowed_here"


# --- a case that is put under the number of its paper


def test_records_and_papers_go_with_a_case_under_the_number_of_its_paper(desk: Desk) -> None:
    told, command_id = desk.complaint(), desk.new_id()
    first = desk.ask("kiosk-1", told, command_id).case_number
    attachment_id = attached(desk, first, JPEG)
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=first, text="已办结。"))
    desk.ask("window-3", m.DeliverResult(case_number=first, way="pickup"))
    said = offline(desk)
    stands = desk.ask("kiosk-1", replace(told, printed_number=said), command_id).case_number
    assert stands == said.case_number
    assert records(desk, stands) == [("delivered", (), "pickup")]
    (paper,) = desk.ask("window-3", m.ReadCase(case_number=stands)).attachments
    assert paper.attachment_id == attachment_id
    assert read_whole(desk, attachment_id) == JPEG


# --- erasing a person


@pytest.mark.rule("R71")
def test_a_closed_case_forgets_its_citizen_and_the_chain_stays_whole(desk: Desk) -> None:
    told = desk.complaint(name="王秀兰", phone="13800000000", text="跑了三趟", since="三月")
    number = desk.ask("kiosk-1", told).case_number
    attachment_id = attached(desk, number, JPEG)
    erase = m.ErasePerson(case_number=number, because="本人要求")
    assert desk.ask("supervisor", erase).code == "case_open"
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    assert desk.ask("supervisor", m.ErasePerson(case_number=number, because=" ")).code == "still_missing"
    chain = desk.count(schema.audit)
    assert desk.ask("supervisor", erase) == m.Done()
    found = desk.ask("window-3", m.ReadCase(case_number=number))
    assert (found.name, found.phone, found.text, found.since, found.attachments) == ("", "", "", "", ())
    assert [step.text for step in found.steps] == ["", "已讲清。"]
    assert [(one.kind, one.detail, one.who) for one in found.records] == [("person_erased", "本人要求", "name of 90")]
    assert desk.ask("window-3", m.ReadAttachment(attachment_id=attachment_id)).code == "unknown_attachment"
    assert desk.query("web", m.LookUp(secret=told.on_paper.token)).code == "not_found"
    assert desk.count(schema.audit) == chain + 2
    assert (desk.rows(schema.audit)[chain].kind, desk.rows(schema.audit)[chain].subject) == ("ErasePerson", number)
    with desk.store.reading() as db:
        assert commands.verify_audit(db, desk.hall.code) is None


@pytest.mark.rule("R13", "R71")
def test_what_was_erased_is_in_no_page_of_the_file(tmp_path: Path) -> None:
    desk = opened("shanting", tmp_path)
    number = answered(desk, name="王秀兰")
    attached(desk, number, JPEG)
    sealed = [row.sealed for row in (*desk.rows(schema.person), *desk.rows(schema.chunk))]
    desk.reopen()  # the log has gone into the file
    database = Path(desk.store.path)
    assert all(one in database.read_bytes() for one in sealed)
    assert desk.ask("supervisor", m.ErasePerson(case_number=number, because="本人要求")) == m.Done()
    desk.close()
    assert not any(one in database.read_bytes() for one in sealed)


@pytest.mark.rule("R69")
def test_a_department_does_nothing_around_the_cases_of_another(desk: Desk) -> None:
    number = desk.dispatched("tax").case_number
    told = m.GiveOneTimeNotice(case_number=number, missing=())
    assert desk.ask("department-real-estate", told).code == "unknown_case"
    assert desk.ask("department-tax", told).code == "no_checklist"


@pytest.mark.rule("R71")
def test_what_was_said_in_facts_ratings_and_handovers_is_forgotten_too(desk: Desk) -> None:
    number = desk.ask("kiosk-1", desk.complaint(name="王秀兰")).case_number
    desk.ask("window-3", m.TriageCase(case_number=number, finding="王秀兰的登记属实。", case_class="general"))
    desk.ask("supervisor", m.NameDelegate(staff="06", delegate="07"))
    day = dt.date(2026, 11, 25)
    for note in (f"{number} 在办。", "王秀兰下周来。", "一切如常。"):
        assert desk.ask("window-3", m.HandOverPost(first_day=day, last_day=day, note=note)) == m.Done()
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    desk.ask("supervisor", m.FollowUpCase(case_number=number, text="王秀兰说满意，是孙女陪着来的。"))
    desk.ask("supervisor", m.ErasePerson(case_number=number, because="本人要求"))
    found = desk.ask("window-3", m.ReadCase(case_number=number))
    (fact,) = found.facts
    assert {field.name: field.value for field in fact.fields} == {"case_class": "general", "finding": ""}
    assert "王秀兰" not in repr(found)
    assert "孙女" not in repr(found), "of what the citizen said nothing stays, named in it or not"
    covers = desk.query("supervisor", m.ListDelegates()).covers
    assert [one.note for one in covers] == ["", "", "一切如常。"]


@pytest.mark.rule("R71")
def test_the_citizen_s_name_and_number_go_out_of_what_staff_wrote_and_names_of_staff_stay(desk: Desk) -> None:
    citizen = {"name": "王秀兰", "phone": "13800000000"}
    number = desk.ask("kiosk-1", desk.complaint(**citizen)).case_number
    said = "王秀兰您好，李明已为您办好，会拨打13800000000。"
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text=said))
    desk.ask("supervisor", m.SuperviseCase(case_number=number, text="请再联系王秀兰。"))
    told = m.ErasePerson(case_number=number, because="王秀兰本人要求")
    assert desk.ask("supervisor", told) == m.Done()
    found = desk.ask("window-3", m.ReadCase(case_number=number))
    assert "王秀兰" not in repr(found)
    assert "13800000000" not in repr(found)
    (answer,) = [one.text for one in found.steps if one.move == "answer_on_the_spot"]
    assert answer == "＊＊＊您好，李明已为您办好，会拨打＊＊＊。"
