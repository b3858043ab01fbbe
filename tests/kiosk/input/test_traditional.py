"""What Simplified candidates become for who writes Traditional characters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.input.decoder import characters_by_syllable
from kiosk.input.pinyin import Pinyin
from kiosk.input.traditional import Traditional


@pytest.fixture(scope="module")
def traditional() -> Traditional:
    return Traditional(sorted(set().union(*characters_by_syllable().values())))


@pytest.fixture
def decoder() -> Iterator[Pinyin]:
    decoder = Pinyin()
    yield decoder
    decoder.close()


def test_phrases_are_written_as_their_words_ask(traditional: Traditional) -> None:
    found = [("头发", 5), ("理发", 4), ("发现", 5), ("皇后", 8), ("以后", 5)]
    assert [text for text, _ in traditional.of(found)][:5] == ["頭髮", "理髮", "發現", "皇后", "以後"]


def test_a_character_that_was_several_is_offered_as_each_of_them(traditional: Traditional) -> None:
    assert [text for text, _ in traditional.of([("发", 2), ("法", 2)])] == ["發", "髮", "法", "发"]
    assert [text for text, _ in traditional.of([("后", 3)])] == ["後", "后"]


def test_what_a_name_may_be_written_with_is_never_out_of_reach(traditional: Traditional) -> None:
    found = [("䶮", 3), ("严", 3), ("颜", 3)]
    assert {text for text, _ in traditional.of(found)} >= {"龑", "䶮", "嚴", "严", "顏", "颜"}


def test_letters_used_stay_with_their_candidate(traditional: Traditional) -> None:
    assert traditional.of([("不动产", 9), ("不", 2)]) == [("不動產", 9), ("不", 2), ("不动产", 9)]
    assert traditional.of([]) == []


def test_the_decoder_gives_either_script(decoder: Pinyin) -> None:
    assert decoder.search("fuwutaiducha", traditional=True)[0].text == "服務態度差"
    assert decoder.search("fuwutaiducha")[0].text == "服务态度差"
