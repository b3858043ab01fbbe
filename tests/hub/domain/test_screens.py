"""What a hall's file may say of the screens of its walls."""

import pytest
from msgspec.structs import replace

from hub.config import hall_template, parse_hall
from hub.domain.hall import Hall, Terminal, contradictions
from hub.domain.screens import ACROSS_A_HALL, REGIONS, Screen, Wall, desktop, walls
from tests.factories import TWO_WALLS

ACROSS = Wall(width_px=1920, height_px=1080, width_mm=1210.0, height_mm=680.0)
UPRIGHT = Wall(width_px=1080, height_px=1920, width_mm=680.0, height_mm=1210.0, left_px=1920)


def hall_with(*screens: Wall, **about: object) -> Hall:
    shipped = parse_hall(hall_template("shanting"))
    terminal = Terminal(**({"name": "hall-walls", "role": "display", "walls": screens} | about))  # type: ignore[arg-type]
    return replace(shipped, terminals=(*shipped.terminals, terminal))


def wrong(*screens: Wall, **about: object) -> list[str]:
    return contradictions(hall_with(*screens, **about))


def test_a_wall_of_several_screens_says_for_each_where_it_is_and_what_it_shows():
    light = ", ".join(["50"] * 7 + ["100"] * 11 + ["70"] * 2 + ["50"] * 4)
    text = f"{TWO_WALLS}viewed_mm = 4000.0\nbrightness = [{light}]\n"
    found = parse_hall(hall_template("shanting") + text.encode())
    assert contradictions(found) == []
    first, second = walls(found.terminal("walls"))
    assert (first.regions, first.viewed_mm, first.percent(3)) == (REGIONS, 5000.0, 100)
    assert (second.regions, second.language, second.percent(3), second.percent(9)) == (
        ("calls", "stills"),
        "en",
        50,
        100,
    )
    assert desktop((first, second)) == (0, 0, 3000, 1920)


def test_a_wall_that_says_little_is_one_screen_that_shows_everything():
    glass = Screen(width_px=3840, height_px=2160, width_mm=1650.0, height_mm=930.0, viewed_mm=6000.0)
    assert walls(Terminal(name="wall", role="display")) == (ACROSS_A_HALL,)
    (only,) = walls(Terminal(name="wall", role="display", screen=glass))
    assert (only.width_px, only.viewed_mm, only.regions) == (3840, 6000.0, REGIONS)


def test_called_numbers_are_seen_under_seven_tenths_of_a_degree():
    assert [round(replace(ACROSS, viewed_mm=mm).number_mm) for mm in (3000.0, 5000.0, 10_000.0)] == [37, 61, 122]


def test_two_screens_beside_each_other_fit():
    assert wrong(ACROSS, UPRIGHT) == []


@pytest.mark.parametrize(
    ("screen", "said"),
    [
        (replace(ACROSS, viewed_mm=10_000.0), "122 mm high, and three calls find no room; hang a larger glass"),
        (replace(ACROSS, width_mm=0.0), "more than nothing"),
        (replace(ACROSS, left_px=-1), "upper left corner"),
        (replace(ACROSS, regions=()), "at least one"),
        (replace(ACROSS, regions=("calls", "calls")), "each once"),
        (replace(ACROSS, language="fr"), "language is 'fr'"),
        (replace(ACROSS, regions=("stills",)), "go together"),
        (replace(ACROSS, stills="stills"), "go together"),
        (replace(ACROSS, regions=("stills",), stills="../else"), "within the hall's directory"),
        (replace(ACROSS, regions=("stills",), stills="stills", still_s=0.1), "a second at least"),
        (replace(ACROSS, brightness=(100,) * 23), "24 numbers from 50 to 100"),
        (replace(ACROSS, brightness=(30,) * 24), "24 numbers from 50 to 100"),
    ],
)
def test_a_screen_that_could_not_be_shown_or_read_is_said_with_the_remedy(screen: Wall, said: str):
    (only,) = wrong(screen)
    assert only.startswith("terminal hall-walls, wall 1: ")
    assert said in only


def test_screens_that_lie_over_each_other_are_said():
    assert wrong(ACROSS, replace(UPRIGHT, left_px=1919)) == [
        "terminal hall-walls: walls 1 and 2 lie over each other; mend left_px and top_px"
    ]


def test_one_program_shows_four_screens_at_most():
    beside = [replace(ACROSS, left_px=1920 * at) for at in range(5)]
    assert wrong(*beside[:4]) == []
    assert wrong(*beside) == ["terminal hall-walls has 5 walls; one program shows 4 at most"]


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"role": "kiosk"}, "only a display without a board is"),
        ({"board": "hall"}, "only a display without a board is"),
        ({"screen": Screen(1920, 1080, 1210.0, 680.0)}, "has a screen and walls"),
    ],
)
def test_only_a_wall_has_walls(about: dict[str, object], said: str):
    assert any(said in one for one in wrong(ACROSS, **about))
