"""What the loudspeaker says of every screen, and what it never says."""

from __future__ import annotations

import json

import pytest

from tests.in_window import printed
from tests.kiosk.screens.states import LONGEST

pytestmark = pytest.mark.e2e

PERSONAL = ("䶮", "欧阳", "13800138000", "020888866661", "wangkun", LONGEST[:12], "diyicishuo")
"""What the states of tests.kiosk.screens.states have typed as texts, names and telephone numbers."""

COMPLAINT = ("home", "matter", "reason", "words", "contact", "check", "done", "cover")

Spoken = dict[tuple[str, str], list[str]]


@pytest.fixture(scope="module")
def said() -> Spoken:
    """By language and state; every state in the hall's language, the complaint's in the others."""
    told = [
        printed("tests.kiosk.screens.measure", *asked)
        for asked in (["yueyang"], ["yueyang:en", "yueyang:zh_Hant", "--only", *COMPLAINT])
    ]
    lines = [json.loads(line) for one in told for line in one.splitlines()]
    return {(one["kit"].split(":")[2], one["state"]): one["spoken"] for one in lines}


def test_no_screen_speaks_what_a_citizen_typed_or_who_they_are(said: Spoken) -> None:
    told = [
        f"{language} {state}: {sentence}"
        for (language, state), sentences in said.items()
        for sentence in sentences
        if any(mark in sentence for mark in PERSONAL)
    ]
    assert told == []


def test_no_code_that_opens_a_case_is_spoken(said: Spoken) -> None:
    from hub.domain.lookup import grouped
    from tests.factories import lookup_keys

    codes = (grouped(lookup_keys(1).typed), "7K3MQ9")
    assert [where for where, told in said.items() if any(code in one for one in told for code in codes)] == []


def test_every_screen_has_something_to_say_in_every_language(said: Spoken) -> None:
    assert {language for language, _ in said} == {"zh_Hans", "zh_Hant", "en"}
    assert len(said) > 90
    assert [where for where, sentences in said.items() if not sentences] == []


def test_a_question_is_read_before_its_answers_and_these_before_the_way_on(said: Spoken) -> None:
    sentences = said["zh_Hans", "matter"]
    wanted = ["您来办什么事？", "转移登记（二手房过户）, 买卖二手房，换成自己的名字", "我不清楚", "上一步"]
    places = [sentences.index(one) for one in wanted]
    assert places == sorted(places)


def test_what_is_chosen_is_said_as_chosen(said: Spoken) -> None:
    chosen = [one for one in said["en", "reason"] if one.startswith("Chosen: ")]
    assert len(chosen) >= 4


def test_the_number_and_the_state_of_the_paper_are_heard(said: Spoken) -> None:
    heard = said["zh_Hans", "done.printing"]
    assert "F012" in heard
    assert any("打印" in one for one in heard)


def test_what_a_case_is_about_and_was_answered_is_read_by_its_citizen_alone(said: Spoken) -> None:
    from tests.kiosk.screens.looking_states import ANSWER

    heard = [one for (_, state), sentences in said.items() if state.startswith("progress.") for one in sentences]
    assert heard
    assert [one for one in heard if ANSWER[:10] in one or "0007" in one] == []
