"""Loudspeakers as hall.toml describes them."""

import datetime as dt

import msgspec
import pytest
from msgspec.structs import replace

from hub.domain.hall import Terminal, contradictions
from hub.domain.loudspeaker import Loudspeaker, Quiet, of_terminal
from tests.display.factories import hall as described

NOON, NIGHT, MORNING = dt.time(12), dt.time(22), dt.time(7)


def wrong(loudspeaker: Loudspeaker, *terminals: Terminal) -> list[str]:
    hall = replace(described(), loudspeakers=(loudspeaker,), terminals=terminals)
    known = contradictions(replace(described(), terminals=()))
    return [one for one in contradictions(hall) if one not in known]


def test_quiet_hours_may_go_over_midnight():
    here = Loudspeaker(name="hall", quiet=(Quiet(NOON, dt.time(13, 30)), Quiet(NIGHT, MORNING)))
    quiet = [hour for hour in range(24) if here.is_quiet(dt.time(hour))]
    assert quiet == [*range(7), 12, 13, 22, 23]
    assert not here.is_quiet(dt.time(13, 30))
    assert not here.is_quiet(MORNING)


def test_a_table_of_hall_toml_is_a_loudspeaker():
    table = """
        name = "east"
        device = "plughw:1"
        volume_percent = 70
        chime = false
        languages = ["zh_Hans", "en"]
        windows = [1, 2]
        quiet = [{ begins = 12:00:00, ends = 13:30:00 }]
        clips = { zh_Hans = "clips/zh" }
    """
    read = msgspec.toml.decode(table, type=Loudspeaker)
    assert read == Loudspeaker(
        "east",
        "plughw:1",
        70,
        False,
        ("zh_Hans", "en"),
        (1, 2),
        (Quiet(NOON, dt.time(13, 30)),),
        {"zh_Hans": "clips/zh"},
    )
    assert wrong(read, Terminal("wall", "display", loudspeaker="east")) == []


@pytest.mark.parametrize(
    ("loudspeaker", "told"),
    [
        (Loudspeaker("east", volume_percent=0), "loudspeaker east has volume_percent 0; it is 1 to 100"),
        (Loudspeaker("east", volume_percent=101), "loudspeaker east has volume_percent 101; it is 1 to 100"),
        (Loudspeaker("east", languages=("fr",)), "loudspeaker east speaks 'fr'; there are zh_Hans, zh_Hant, en"),
        (Loudspeaker("east", clips={"en": "c"}), "loudspeaker east has clips in en, which is none of its languages"),
        (Loudspeaker("east", windows=(9,)), "loudspeaker east calls to window 9, which there is not"),
        (
            Loudspeaker("east", quiet=(Quiet(NOON, NOON),)),
            "loudspeaker east is quiet from 12:00:00 to 12:00:00, which is no time at all",
        ),
    ],
)
def test_what_no_loudspeaker_can_do_is_said(loudspeaker: Loudspeaker, told: str):
    assert wrong(loudspeaker) == [told]


def test_who_speaks_is_a_wall_with_a_loudspeaker_of_its_own():
    walls = [Terminal(name, "display", loudspeaker="east") for name in ("wall-1", "wall-2")]
    assert wrong(Loudspeaker("east"), *walls) == [
        "loudspeaker east is of wall-1 and wall-2, and would say every call 2 times"
    ]
    assert wrong(Loudspeaker("west"), walls[0]) == ["terminal wall-1 speaks through 'east', which is no loudspeaker"]
    kiosk = Terminal("kiosk-1", "kiosk", loudspeaker="east")
    assert wrong(Loudspeaker("east"), kiosk) == ["terminal kiosk-1 has a loudspeaker, but only a wall says calls"]


def test_a_hall_without_loudspeakers_speaks_at_every_wall_and_one_with_them_where_it_says():
    wall, silent = Terminal("wall", "display", loudspeaker="east"), Terminal("wall-2", "display")
    assert of_terminal(described(), silent) == Loudspeaker(name="")
    east = Loudspeaker("east")
    hall = replace(described(), loudspeakers=(east,))
    assert (of_terminal(hall, wall), of_terminal(hall, silent)) == (east, None)
