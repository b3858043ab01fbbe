"""What a kiosk can offer to write with, what it lacks, and what ends with the session."""

from __future__ import annotations

import pytest

from kiosk.input import means as of_means
from kiosk.input.means import Means
from kiosk.input.pinyin import PinyinMissing
from kiosk.input.zinnia import HandwritingMissing
from tests.kiosk.input.fakes import FakePinyin, FakeZinnia


def test_a_language_begins_with_what_it_is_written_with() -> None:
    means = Means(FakePinyin(), FakeZinnia())
    assert means.first("zh_Hans") == means.first("zh_Hant") == "pinyin"
    assert means.first("en") == "latin"
    assert Means(None, FakeZinnia()).first("zh_Hans") == "hand"
    assert Means().first("zh_Hans") == "latin"


def test_the_keyboard_that_was_chosen_comes_up_again_until_the_session_ends() -> None:
    means = Means(FakePinyin(), FakeZinnia())
    means.choose("hand")
    means.choose("signs")
    assert means.first("zh_Hans") == means.first("en") == "hand"
    means.fresh()
    assert means.first("zh_Hans") == "pinyin"


def test_a_fresh_session_and_the_end_of_the_program_reach_both_processes() -> None:
    pinyin, zinnia = FakePinyin(), FakeZinnia()
    means = Means(pinyin, zinnia)
    means.fresh()
    assert (pinyin.freshened, zinnia.freshened) == (1, 1)
    means.close()
    assert (pinyin.closed, zinnia.closed) == (1, 1)
    Means().fresh()


def test_what_is_missing_is_told_to_the_staff_by_code() -> None:
    assert Means(FakePinyin(), FakeZinnia()).troubles == frozenset()
    assert Means(None, FakeZinnia()).troubles == {"pinyin_missing"}
    assert Means(FakePinyin(), None).troubles == {"handwriting_missing"}


def test_a_machine_without_libraries_starts_all_the_same_and_logs_the_remedy(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_pinyin() -> None:
        raise PinyinMissing("install: apt-get install libgooglepinyin0")

    def no_zinnia() -> None:
        raise HandwritingMissing("install: apt-get install libzinnia0")

    monkeypatch.setattr(of_means, "Pinyin", no_pinyin)
    monkeypatch.setattr(of_means, "Zinnia", no_zinnia)
    means = Means.installed()
    assert means.troubles == {"pinyin_missing", "handwriting_missing"}
    assert "libgooglepinyin0" in caplog.text
    assert "libzinnia0" in caplog.text
