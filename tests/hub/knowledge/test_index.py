"""What is found by what: sound before letters, rare before common."""

from __future__ import annotations

import pytest

from hub.knowledge import sounds
from hub.knowledge.index import Index, likeness

TEXTS = {
    "inheritance": "父亲去世留下一套房，登记窗口说要公证，公证处说不强制公证，两边来回推。",
    "typo": "证上的名字印错了一个字，银行不认，能不能换一张。",
    "tax": "买二手房交税，窗口说系统升级，让下周再来，跑了三趟。",
    "sea": "水面养殖想登记水域滩涂，市里说材料要区里先收，卡了半年。",
}


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index()
    for number, text in TEXTS.items():
        made.put(number, text)
    return made


@pytest.mark.rule("R38")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("公证处不给公证，登记又非要公证", "inheritance"),
        ("恭正处不給恭证，等记又要", "inheritance"),
        ("證上的名字印錯了，銀行不認", "typo"),
        ("银航不认，名子印措了", "typo"),
        ("买二首房脚税，系统升机", "tax"),
        ("Ｗ水面养直，滩图等记卡了半年", "sea"),
    ],
)
def test_a_case_is_found_in_other_words_with_wrong_characters_and_in_the_other_script(
    index: Index, asked: str, found: str
) -> None:
    assert index.near(asked, 3)[0] == found


def test_script_width_marks_and_figures_do_not_count() -> None:
    assert sounds.pairs("登記，窗口 3！") == sounds.pairs("登记窗口") == ("登记", "记窗", "窗口")
    assert sounds.pairs("ＷｉＦｉ") == ("wi", "if", "fi")
    assert sounds.pairs("。1") == ()


def test_a_character_with_two_readings_is_found_under_both() -> None:
    assert {"yin hang", "yin xing"} <= set(sounds.sounds("银行"))


@pytest.mark.rule("R38")
def test_what_is_written_the_same_is_nearer_than_what_sounds_the_same(index: Index) -> None:
    asked = sounds.pairs("公证处不强制公证")
    same = likeness(index, asked, sounds.pairs("公证处不强制公证"))
    sounding = likeness(index, asked, sounds.pairs("恭正处不墙治恭正"))
    other = likeness(index, asked, sounds.pairs("系统升级下周再来"))
    assert same == pytest.approx(1.0)
    assert 0 == other < sounding < same
    assert likeness(index, (), ()) == 0


def test_a_case_that_changed_or_went_is_found_no_more_by_what_it_said() -> None:
    index = Index()
    index.put("one", "公证处不强制公证")
    index.put("one", "系统升级下周再来")
    assert (index.near("强制公证", 3), index.near("系统升级", 3), len(index)) == ([], ["one"], 1)
    index.put("one", "。")
    assert (index.near("系统升级", 3), len(index)) == ([], 0)
    index.drop("none")


def test_common_words_are_followed_only_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index()
    for at in range(50):
        index.put(f"{at}", "窗口说材料不全要求重新提交")
    index.put("rare", "窗口说材料不全，婚姻档案馆骑缝章")
    monkeypatch.setattr("hub.knowledge.index.FOLLOWED_AT_MOST", 10)
    assert index.near("窗口说材料不全，档案馆骑缝章", 1) == ["rare"]
