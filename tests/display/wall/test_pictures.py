"""Every layout and state of the wall, measured as drawn: large enough for the hall, whole, in one language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest

from display.theme import fonts
from display.theme.palette import NIGHT, contrast, dimmed
from display.wall.look import LEAST_DEGREES
from hub.domain.screens import DIMMEST_PERCENT
from tests.display.wall.sheet import WINDOWS, measure
from tests.display.wall.states import ALL, NAMES, NOTICE, WEDNESDAY

CHINESE = re.compile("[\u4e00-\u9fff]")
Found = dict[str, Any]


@pytest.fixture(scope="module", params=WINDOWS)
def drawn(request: pytest.FixtureRequest) -> list[Found]:
    lines = [json.loads(line) for line in measure(request.param).splitlines()]
    assert len(lines) == (1 if request.param == "two" else len(ALL))
    return lines


def texts(drawn: list[Found]) -> Iterator[tuple[str, Found]]:
    for line in drawn:
        for one in line["found"]:
            yield f"{line['state']}: {one['text'][:24]!r}", one


@pytest.mark.e2e
def test_called_numbers_are_as_high_as_the_hall_is_deep(drawn: list[Found]):
    """0.7 degrees: 61 mm from five metres."""
    numbers = [(said, one) for said, one in texts(drawn) if one["called"] and re.fullmatch(r"[A-Z]+\d+", one["text"])]
    assert len(numbers) > 3 * len(drawn)
    assert [(said, one["cap_mm"]) for said, one in numbers if one["cap_mm"] < one["least_mm"]] == []
    assert min(one["least_mm"] for _, one in numbers) > 61.0


@pytest.mark.e2e
def test_no_words_are_smaller_than_can_be_read_from_there(drawn: list[Found]):
    assert [said for said, one in texts(drawn) if one["degrees"] < LEAST_DEGREES - 0.003] == []


@pytest.mark.e2e
def test_nothing_is_cut_off_and_nothing_leaves_its_place(drawn: list[Found]):
    wrong = []
    for said, one in texts(drawn):
        left, bottom, wide, high = one["rect"]
        across, up = one["glass"]
        if any(line.endswith("…") for line in one["lines"]):
            wrong.append(f"{said} is cut off")
        if one["wide"] > wide + 1 or one["high"] > high + 2:
            wrong.append(
                f"{said} is larger than its place: {one['wide']:.0f}x{one['high']:.0f} in {wide:.0f}x{high:.0f}"
            )
        if left < -1 or bottom < -1 or left + one["wide"] > across + 1 or bottom + one["high"] > up + 1:
            wrong.append(f"{said} leaves the glass")
    assert wrong == []


@pytest.mark.e2e
def test_no_words_lie_over_others(drawn: list[Found]):
    """The middle of each line is its own."""
    wrong = []
    for line in drawn:
        for one, other in combinations(line["found"], 2):
            if one["glass"] == other["glass"] and any(
                map(_meet, *zip(*product(one["ink"], other["ink"]), strict=True))
            ):
                wrong.append(f"{line['state']}: {one['text'][:12]!r} and {other['text'][:12]!r}")
    assert wrong == []


def _meet(one: list[float], other: list[float]) -> bool:
    (left, bottom, wide, high), (x, y, w, h) = one, other
    return left < x + w - 2 and x < left + wide - 2 and abs(bottom + high / 2 - y - h / 2) < 0.3 * (high + h)


@pytest.mark.e2e
def test_a_call_is_dark_on_gold_and_a_minute_later_gold_on_night(drawn: list[Found]):
    shown = {line["state"].partition("-")[2]: line["found"] for line in drawn}
    for state, colour in {"one": NIGHT.on_gold, "calm": NIGHT.gold}.items():
        if state in shown:
            largest = max((one for one in shown[state] if one["text"] == "F012"), key=lambda one: one["cap_mm"])
            assert largest["color"] == pytest.approx(colour[:3])


@pytest.mark.e2e
def test_before_the_hub_was_heard_nothing_is_claimed(drawn: list[Found]):
    claims = {"暂无叫号", "暂无反映事项", "无需等候", "请留意本屏与广播"}
    for line in drawn:
        if line["state"].endswith("connecting"):
            said = {one["text"] for one in line["found"]}
            assert "正在连接" in said
            assert not said & claims


@pytest.mark.e2e
def test_all_thirty_services_have_their_turn_and_each_whole(drawn: list[Found]):
    for line in drawn:
        if line["state"].endswith("thirty-services"):
            listed = [one for one in line["found"] if one["text"] in NAMES]
            assert len(listed) >= 5, line["state"]


@pytest.mark.e2e
def test_a_screen_speaks_its_own_language(drawn: list[Found]):
    named = {NOTICE, WEDNESDAY}
    for line in drawn:
        own = [one for one in line["found"] if not any(one["text"][:6] in whole for whole in named)]
        if line["state"].endswith("-en"):
            foreign = [one["text"] for one in own if CHINESE.search(one["text"])]
            assert all("不动产" in text for text in foreign), "but for a name that the hall does not translate"
        if line["state"].endswith("-zh_Hant"):
            assert {one["face"] for one in own if CHINESE.search(one["text"])} == {fonts.SANS_TC}


def test_words_can_be_read_at_night():
    dim = dimmed(NIGHT, DIMMEST_PERCENT)
    pairs = [
        (words, ground)
        for words, grounds in {
            dim.ink: (dim.paper, dim.jade_soft),
            dim.ink_2: (dim.paper,),
            dim.gold: (dim.paper,),
            dim.on_gold: (dim.gold,),
            dim.seal: (dim.paper,),
            dim.on_seal: (dim.seal,),
        }.items()
        for ground in grounds
    ]
    assert min(contrast(words, ground) for words, ground in pairs) >= 3.0
