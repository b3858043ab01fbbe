"""Phrases to tap: of the hall and its catalogue, in the order in which a complaint is told, never of anybody's text."""

from __future__ import annotations

import pytest

from hub.domain.words import LANGUAGES, Words
from kiosk.input.phrases import GROUPS, Phrase, Phrases, phrases_of
from tests.factories import a_hall, a_policy

TOLD = Phrases(
    {
        "opening": ("今天", "第一次来"),
        "matter": ("继承过户",),
        "who": ("窗口", "工作人员"),
        "said": ("说", "让我"),
        "wanted": ("材料不齐", "回去等"),
        "state": ("一直没办成",),
        "ask": ("请尽快办理",),
    }
)


def texts(text: str, room: int = 100) -> list[str]:
    return [one.text for one in TOLD.offered(text, room)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", "今天"),
        ("今天", "继承过户"),
        ("今天，", "继承过户"),
        ("窗口", "说"),
        ("窗口说", "材料不齐"),
        ("窗口说材料不齐，", "一直没办成"),
        ("一直没办成，", "请尽快办理"),
        ("请尽快办理。", "今天"),
        ("我母亲病了", "窗口"),
    ],
)
def test_what_comes_next_follows_from_what_was_written_last(text: str, first: str) -> None:
    assert texts(text)[0] == first


def test_every_phrase_is_offered_once_wherever_one_is() -> None:
    for text in ("", "窗口", "材料", "我母亲病了"):
        assert sorted(texts(text)) == sorted(texts(""))


def test_what_was_begun_is_finished_first_and_only_the_rest_is_written() -> None:
    assert TOLD.offered("窗口说材料", 100)[0] == Phrase(text="材料不齐", adds="不齐")
    assert TOLD.offered("材", 100)[0] != Phrase(text="材料不齐", adds="料不齐")


def test_a_phrase_that_does_not_fit_any_more_is_not_offered_in_halves() -> None:
    assert texts("", 2) == ["今天", "窗口", "说", "让我"]
    assert texts("", 0) == []


def test_latin_words_stand_apart_from_each_other() -> None:
    english = Phrases({"who": ("the counter",), "said": ("said that",)})
    assert english.offered("", 50)[0].adds == "the counter"
    assert english.offered("the counter", 50)[0].adds == " said that"
    assert english.offered("the counter ", 50)[0].adds == "said that"


def test_the_chosen_matter_its_department_and_the_chosen_reasons_come_first() -> None:
    hall, policy = a_hall("shanting"), a_policy("shanting")
    phrases = phrases_of(hall, policy, Words("kiosk", "zh_Hans"), "transfer-inheritance", ("passed_around",))
    after_opening = [one.text for one in phrases.offered("我来办", 400)]
    assert after_opening[:2] == ["继承过户", "二手房过户"]
    assert next(one for one in after_opening if one.endswith("中心")) == "不动产登记中心"
    states = [one.text for one in phrases.offered("复印件", 400)]
    assert states[0] == "几个部门来回跑、互相推"
    assert "其他情况" not in states


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_phrases_of_every_group(language: str) -> None:
    words = Words("kiosk", language)
    for group in GROUPS:
        if group != "matter":  # those are the hall's own
            assert len(words(f"phrases.{group}").split("\n")) >= 4


def test_without_a_matter_the_usual_words_come_first() -> None:
    phrases = phrases_of(a_hall("shanting"), a_policy("shanting"), Words("kiosk", "zh_Hans"), "unknown", ())
    assert phrases.offered("", 400)[0].text == "我来办"
    assert phrases.offered("今天，窗口", 400)[0].text == "说"
