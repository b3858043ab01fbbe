"""Numbers, letters and names as they are said."""

import pytest

from display.voice.reading import pinyin, readable
from hub.domain.words import Words

WORDS = Words("display", "zh_Hans")


def spoken(text: str) -> str:
    return " ".join(pinyin(text, WORDS).split())


def test_a_call_is_read_digit_by_digit_with_the_window_as_a_number():
    call = WORDS("speech.call", number="F012", window=3)
    assert spoken(call) == "qing3 ai4 fu2 ling2 yi1 er4 hao4 ， dao4 san1 hao4 chuang1 kou3 。"


@pytest.mark.parametrize(
    ("written", "read"),
    [("0号", "ling2 hao4"), ("10号", "shi2 hao4"), ("12号", "shi2 er4 hao4"), ("20号", "er4 shi2 hao4")],
)
def test_small_numbers_are_read_as_numbers(written: str, read: str):
    assert spoken(written) == read


def test_long_numbers_are_read_digit_by_digit():
    assert spoken("12345") == "yi1 er4 san1 si4 wu3"


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant"])
def test_letters_have_their_chinese_names(language: str):
    assert readable("A001", language) == "ei2 ling2 ling2 yi1"
    assert readable("B2", language) == "bi4 er4"
    assert readable("AB岗", language).startswith("ei2 bi4 ")
    said = [readable(f"{letter}1", language).removesuffix(" yi1") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    assert len(set(said)) == 26, "no two letters sound the same"
    assert all(one[-1].isdigit() for one in " ".join(said).split()), "each has a tone"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("重庆", "chong2 qing4"),
        ("重要", "zhong4 yao4"),
        ("银行", "yin2 hang2"),
        ("行政审批", "xing2 zheng4 shen3 pi1"),
        ("六安", "lu4 an1"),
        ("蚌埠", "beng4 bu4"),
        ("东莞", "dong1 guan3"),
        ("台州", "tai1 zhou1"),
        ("丽水", "li2 shui3"),
        ("铅山", "yan2 shan1"),
        ("乐清", "yue4 qing1"),
        ("岳阳县", "yue4 yang2 xian4"),
        ("大合坪乡", "da4 he2 ping2 xiang1"),
        ("长沙", "chang2 sha1"),
    ],
)
def test_names_are_said_as_their_people_say_them(name: str, read: str):
    assert spoken(name) == read


def test_markup_and_phonemes_in_a_text_stay_text():
    assert not set("<>&[]") & set(pinyin("请<break/>到&窗口[[a]]", WORDS))


def test_english_reads_a_ticket_one_by_one_and_a_window_as_a_number():
    call = Words("display", "en")("speech.call", number="F012", window=12)
    assert readable(call, "en") == "F 0 1 2, please go to window 12."
