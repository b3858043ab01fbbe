"""A hall's file fits together, or says what does not."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from hub.config import hall_templates
from hub.domain.hall import Hall, HubAddress, contradictions
from tests import factories


@pytest.mark.parametrize("name", hall_templates())
def test_the_shipped_halls_fit_together(name: str) -> None:
    assert contradictions(factories.a_hall(name)) == []


def first(hall: Hall, part: str, **changed: object) -> Hall:
    """The hall with the first of its windows, matters, ... changed."""
    one, *others = getattr(hall, part)
    return replace(hall, **{part: (replace(one, **changed), *others)})


@pytest.mark.parametrize(
    ("part", "changed", "said"),
    [
        ("windows", {"services": ("general", "inquiry", "nails")}, "window 1 serves 'nails'"),
        ("matters", {"department": "moon"}, "goes to 'moon'"),
        ("terminals", {"role": "window", "window": 77}, "stands at window 77"),
        ("terminals", {"role": "department", "department": "", "offline_series": ""}, "is of ''"),
        ("terminals", {"printer": "gone"}, "prints on 'gone'"),
        ("terminals", {"board": "gone"}, "writes on 'gone'"),
        ("services", {"letter": "F"}, "service letter F stands twice"),
        *(
            ("services", {"letter": letter}, f"has the letter {letter!r}; it is 1 to 3 capital letters")
            for letter in ("", "A1", "7", "a", "case", "ABCD", "Ａ", "A ", "-")
        ),
        ("terminals", {"name": "wall"}, "terminal wall stands twice"),
        ("terminals", {"offline_series": "F"}, "has the offline_series F, which is a service's letter"),
        ("terminals", {"offline_series": "KK"}, "has the offline_series 'KK'; it is one letter"),
        ("terminals", {"offline_series": "字"}, "has the offline_series '字'; it is one letter"),
        ("terminals", {"role": "display"}, "has an offline_series, but a display gives out no numbers"),
        ("services", {"kind": "unsettled"}, '"unsettled" is the kind of that service alone'),
        ("windows", {"services": ("inquiry",)}, "'general' at which no window serves"),
    ],
)
def test_what_points_to_nothing_or_stands_twice_is_named(part: str, changed: dict[str, object], said: str) -> None:
    (sentence,) = contradictions(first(factories.a_hall("shanting"), part, **changed))
    assert said in sentence


def test_a_hall_without_the_service_that_takes_complaints_says_so() -> None:
    (sentence,) = contradictions(replace(factories.a_hall("shanting"), service_for_cases="nails"))
    assert "service_for_cases is 'nails'" in sentence


def test_two_terminals_cannot_number_in_one_series() -> None:
    hall = factories.a_hall("shanting")
    kiosk = replace(hall.terminal("kiosk-1"), name="kiosk-2")
    (sentence,) = contradictions(replace(hall, terminals=(*hall.terminals, kiosk)))
    assert "offline_series K stands twice" in sentence


SECOND = HubAddress(name="hub-2", commands="tcp://127.0.0.1:17811", feed="tcp://127.0.0.1:17812")


def with_hubs(*more: HubAddress, database: str = "") -> list[str]:
    hall = factories.a_hall()
    return contradictions(replace(hall, hubs=(*hall.hubs, *more), database=database))


def test_several_hubs_need_a_database_that_they_share() -> None:
    assert with_hubs(SECOND, database="postgresql://db.example/bancheng") == []
    assert "postgresql://" in with_hubs(SECOND)[0]


def test_hubs_have_names_and_addresses_of_their_own() -> None:
    twin = replace(SECOND, name="hub-1", commands="tcp://127.0.0.1:17801")
    wrong = with_hubs(twin, database="postgresql://db.example/bancheng")
    assert wrong == ["hub hub-1 stands twice", "hub address tcp://127.0.0.1:17801 stands twice"]
    assert "[[hubs]]" in contradictions(factories.a_hall(hubs=()))[0]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://bancheng:geheim@db.example/bancheng",
        "postgresql://db.example/bancheng?password=geheim",
        "postgresql://db.example/bancheng?sslpassword=geheim",
    ],
)
def test_a_password_in_the_file_that_every_terminal_has_is_refused_with_the_remedy(address: str) -> None:
    (wrong,) = with_hubs(database=address)
    assert "PGPASSFILE" in wrong
    assert "geheim" not in wrong


def test_only_postgresql_is_named_as_a_database() -> None:
    assert with_hubs(database="mysql://db.example/bancheng") == ["database is no postgresql:// address"]


@pytest.mark.parametrize("begins", [dt.time(12), dt.time(23, 59), dt.time(4, tzinfo=dt.UTC)])
def test_a_day_begins_before_noon_in_the_hall_s_own_time(begins: dt.time) -> None:
    (sentence,) = contradictions(factories.a_hall("shanting", day_begins=begins))
    assert "a day begins before noon" in sentence


@pytest.mark.rule("R65")
@pytest.mark.parametrize("letter", ["F", "K", "SS", "字"])
def test_slips_are_numbered_in_a_series_that_is_nobody_s(letter: str) -> None:
    (sentence,) = contradictions(replace(factories.a_hall("shanting"), slip_series=letter))
    assert f"slip_series is {letter}" in sentence.replace("'", "")
