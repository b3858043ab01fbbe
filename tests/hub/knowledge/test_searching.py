"""What closed cases teach, to whom, and what of them is never told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from hub.knowledge.searching import Searching
from hub.store.transaction import Reader
from hub.wire import messages as m
from tests.hub.archive.case import does
from tests.hub.desk import Desk
from tests.hub.knowledge.people import PLANTED
from tests.hub.service.test_grievances import lodged

TEXT = "父亲去世留下一套房，登记窗口说要公证，公证处说不强制公证，两边来回推。"
LIKE = "俺爹走了留下房子，等记窗口非要恭证，公證處又說不強制，兩邊推。"


class Told:
    """A desk with what works beside it; `near` asks as a window does."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._reader = Reader(desk.store.path)
        self._searching = Searching(self._reader, desk.hall.code, ZoneInfo(desk.hall.timezone), desk.sealer)
        self._searching.read()
        self.last: tuple[m.SimilarCase, ...] | None = None
        desk.books.knowledge = self

    def near(self, number: str) -> tuple[m.SimilarCase, ...] | None:
        if self.last is None:
            return self._searching.near(number)
        return self.last

    def cases(self, number: str, terminal: str = "window-3") -> tuple[m.SimilarCase, ...]:
        answer = self.desk.query(terminal, m.SimilarCases(case_number=number))
        assert isinstance(answer, m.SimilarList), answer
        assert answer.ready
        return answer.cases

    def numbers(self, number: str) -> list[str]:
        return [one.case_number for one in self.cases(number)]

    def close(self) -> None:
        self._reader.close()


@pytest.fixture
def told(desk: Desk) -> Iterator[Told]:
    made = Told(desk)
    yield made
    made.close()


def answered(
    desk: Desk, text: str = TEXT, answer: str = "凭档案馆的亲属证明办理，不用公证。", **citizen: object
) -> str:
    number = desk.file(text=text, **citizen).case_number
    does(desk, "window-3", m.TriageCase(case_number=number, finding="两家对公证的要求不一致。", case_class="general"))
    does(desk, "window-3", m.AnswerOnTheSpot(case_number=number, text=answer))
    return number


@pytest.mark.rule("R38")
def test_the_closest_earlier_case_is_told_with_its_cause_and_its_answer(told: Told) -> None:
    desk = told.desk
    first = answered(desk, matter="transfer-inheritance")
    answered(desk, "买二手房交税，窗口说系统升级，让下周再来。", "系统已恢复。")
    does(desk, "window-3", m.RateCase(case_number=first, level="satisfied"))
    (found,) = told.cases(desk.file(text=LIKE).case_number)
    assert found == m.SimilarCase(
        case_number=first,
        closed_on=dt.date(2026, 11, 23),
        matter="transfer-inheritance",
        department="",
        cause="两家对公证的要求不一致。",
        answer="凭档案馆的亲属证明办理，不用公证。",
        level="satisfied",
        alike=found.alike,
    )
    assert 20 < found.alike < 100


@pytest.mark.rule("R38")
def test_a_case_that_is_open_or_open_again_teaches_nothing_and_neither_does_the_case_itself(told: Told) -> None:
    desk = told.desk
    waiting, first = desk.file(text=TEXT).case_number, answered(desk)
    asked = desk.file(text=LIKE).case_number
    assert told.numbers(asked) == [first]
    assert told.numbers(first) == []
    does(desk, "window-3", m.RateCase(case_number=first, level="unsatisfied", text="还是没有办成"))
    assert told.numbers(asked) == []
    does(desk, "window-3", m.AnswerOnTheSpot(case_number=first, text="已当面办结。"))
    does(desk, "window-3", m.AnswerOnTheSpot(case_number=waiting, text="已另行答复。"))
    assert {one.answer for one in told.cases(asked)} == {"已当面办结。", "已另行答复。"}


@pytest.mark.rule("R11", "R13", "R38")
def test_no_grievance_and_nothing_confidential_teaches_anybody_anything(told: Told) -> None:
    desk = told.desk
    answered(desk, confidential=True)
    for name in ("王秀兰", ""):  # signed, and by nobody who could be kept secret
        grievance = lodged(desk, ground="attitude", department="", text=TEXT, name=name, respondent_staff="07")
        does(desk, "window-3", m.TriageCase(case_number=grievance, finding="情况属实。"))
        does(desk, "window-3", m.AnswerOnTheSpot(case_number=grievance, text="已批评教育。"))
    asked = desk.file(text=LIKE).case_number
    for terminal in ("window-3", "window-1"):
        assert told.cases(asked, terminal) == ()
    later = Told(desk)
    assert later.cases(asked) == (), "nor are they read from the beginning"
    later.close()
    assert desk.query("window-1", m.SimilarCases(case_number=grievance)).code == "unknown_case"
    assert desk.query("department-tax", m.SimilarCases(case_number=asked)).code == "not_permitted"
    assert desk.query("window-3", m.SimilarCases(case_number="nothing")).code == "unknown_case"


@pytest.mark.rule("R13", "R38")
def test_what_became_secret_or_open_since_it_was_found_is_not_told(told: Told) -> None:
    desk = told.desk
    first, second = answered(desk), answered(desk)
    asked = desk.file(text=LIKE).case_number
    told.last = told.cases(asked)
    assert {one.case_number for one in told.last} == {first, second}
    does(desk, "window-3", m.RateCase(case_number=first, level="unsatisfied", text="还是没有办成"))
    assert told.numbers(asked) == [second]


@pytest.mark.rule("R38", "R71")
def test_a_case_that_forgot_its_citizen_is_found_by_their_words_no_more(told: Told) -> None:
    desk = told.desk
    first = answered(desk)
    asked = desk.file(text=LIKE).case_number
    assert told.numbers(asked) == [first]
    does(desk, "supervisor", m.ErasePerson(case_number=first, because="本人要求"))
    assert told.numbers(asked) == []


@pytest.mark.rule("R38", "R71")
def test_of_people_who_were_planted_in_cases_none_is_told(told: Told) -> None:
    desk = told.desk
    for name, phone, card in PLANTED[:30]:
        answer = f"{name}您好：身份证{card}的登记已更正，会打{phone}，不用公证。"
        answered(desk, f"{TEXT}我叫{name}，电话{phone}。", answer, name=name, phone=phone)
    found = told.cases(desk.file(text=LIKE).case_number)
    assert len(found) == 5
    assert not [one for each in PLANTED for one in each if one in repr(found)]


def test_nobody_waits_while_it_is_looked_for(desk: Desk) -> None:
    asked = desk.file(text=LIKE).case_number
    assert desk.query("window-3", m.SimilarCases(case_number=asked)) == m.SimilarList(ready=False)
