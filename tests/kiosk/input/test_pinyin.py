"""The pinyin decoder itself: sentences, rare characters in names, and what kills the library."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.input import pinyin
from kiosk.input.composition import Composition
from kiosk.input.pinyin import Pinyin, PinyinMissing
from tests.processes import until

KILLS_THE_LIBRARY = "szh" * 12
"""libgooglepinyin ends its process by `assert` on this."""


@pytest.fixture
def decoder() -> Iterator[Pinyin]:
    decoder = Pinyin()
    yield decoder
    decoder.close()


def texts(decoder: Pinyin, letters: str) -> list[str]:
    return [candidate.text for candidate in decoder.search(letters)]


def test_a_whole_phrase_is_the_likeliest_candidate(decoder: Pinyin) -> None:
    assert texts(decoder, "fuwutaiducha")[0] == "服务态度差"
    assert texts(decoder, "xi'an")[0] == "西安"
    assert texts(decoder, "nvren")[0] == "女人"
    assert texts(decoder, "celve")[0] == texts(decoder, "celue")[0] == "策略"
    assert texts(decoder, "fang'an")[0] == "方案"


def test_initials_are_enough_for_what_is_often_said(decoder: Pinyin) -> None:
    assert "服务态度" in texts(decoder, "fwtd")[:3]
    assert "居住证" in texts(decoder, "jzz")[:9]


def test_a_whole_complaint_is_written_sentence_by_sentence_by_who_only_picks(decoder: Pinyin) -> None:
    wanted = ("窗口说材料不齐", "让我回去等", "已经来了三次")
    for sentence, letters in zip(
        wanted, ("chuangkoushuocailiaobuqi", "rangwohuiqudeng", "yijinglailesanci"), strict=True
    ):
        composition = Composition(decoder.search)
        for letter in letters:
            assert composition.type(letter)
        rest = sentence
        while not composition.empty:
            at = next(at for at, one in enumerate(composition.candidates) if rest.startswith(one.text))
            rest = rest.removeprefix(composition.pick(at))
        assert rest == ""


@pytest.mark.parametrize(("letters", "character"), [("kun", "堃"), ("yan", "䶮"), ("ling", "〇"), ("fu", "㕮")])
def test_characters_that_the_library_lacks_are_offered(decoder: Pinyin, letters: str, character: str) -> None:
    assert character in texts(decoder, letters)[:60]


def test_a_sentence_is_composed_piece_by_piece(decoder: Pinyin) -> None:
    composition = Composition(decoder.search)
    for letter in "queqishui":
        composition.type(letter)
    picked = composition.pick([one.text for one in composition.candidates].index("缺"))
    picked += composition.pick_first()
    assert picked == "缺契税"
    assert composition.empty


def test_letters_that_kill_the_library_cost_one_search_and_nothing_else(decoder: Pinyin) -> None:
    assert decoder.search(KILLS_THE_LIBRARY) == ()
    assert texts(decoder, "wo")[0] == "我"


def test_a_fresh_decoder_has_another_user_dictionary_and_the_old_one_is_gone(decoder: Pinyin) -> None:
    decoder.search("wo")
    before = decoder.folder
    assert before.exists()
    decoder.fresh()
    assert not before.exists()
    assert decoder.folder != before
    assert texts(decoder, "wo")[0] == "我"


def test_a_killed_kiosk_leaves_no_user_dictionary_behind(tmp_path: Path) -> None:
    owner = (
        "import os, signal; from kiosk.input.pinyin import Pinyin\n"
        "Pinyin().search('wo'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", owner], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
    assert killed.returncode == -9
    until("an empty folder", lambda: not list(tmp_path.iterdir()))


def test_without_the_library_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinyin, "DICTIONARIES", ())
    with pytest.raises(PinyinMissing, match="libgooglepinyin0"):
        Pinyin()
