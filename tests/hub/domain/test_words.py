import datetime as dt

import pytest

from hub.domain.words import UnknownWord, Words


def test_words_come_from_the_packages_catalogue_with_values_filled_in():
    words = Words("hub", "zh_Hans")
    assert words("due.counted", n=5) == "数 5 个工作日"
    assert "due.counted" in words
    assert "due.nothing" not in words
    assert words.keys() >= {"due.counted", "due.weekdays"}


def test_an_unknown_word_names_catalogue_and_key():
    with pytest.raises(UnknownWord, match=r"hub/words/zh_Hans\.po: .*due\.nothing"):
        Words("hub", "zh_Hans")("due.nothing")


def test_a_value_that_is_missing_names_catalogue_and_key():
    with pytest.raises(UnknownWord, match=r"n for 'due\.counted'"):
        Words("hub", "zh_Hans")("due.counted", days=5)


def test_a_language_without_catalogue_raises():
    with pytest.raises(FileNotFoundError):
        Words("hub", "tlh")


@pytest.mark.parametrize("package", ["hub", "hub.web"])
def test_every_key_has_its_chinese(package):
    words = Words(package, "zh_Hans")
    assert all(words(key) for key in sorted(words.keys()))


def test_a_word_that_counts_takes_the_form_of_its_number():
    words = Words("kiosk", "en")
    assert words("next.ahead", n=1) == "1 person is ahead of you"
    assert words("next.ahead", n=0) == "0 people are ahead of you"


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh_Hans", "11月30日（周一）"), ("zh_Hant", "11月30日（週一）"), ("en", "Monday 30\u00a0November")],
)
def test_a_date_is_written_as_its_language_writes_it(language, said):
    assert Words("hub", language).date("due.date", dt.date(2026, 11, 30)) == said


def test_a_list_is_joined_as_its_language_joins_it():
    words = Words("hub", "en")
    assert words.joined("due.list", ["a"]) == "a"
    assert words.joined("due.list", ["a", "b", "c"]) == "a, b and c"
    assert Words("hub", "zh_Hans").joined("due.list", ["a", "b", "c"]) == "a、b、c"
