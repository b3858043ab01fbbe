"""Chinese lines break as Chinese is set."""

from hypothesis import given, strategies as st

from display.theme.wrap import NEVER_FIRST, NEVER_LAST, lines


def measure(words: str) -> float:
    return sum(1.0 if one >= "\u2e80" or one in "“”" else 0.5 for one in words)


def test_punctuation_starts_no_line_and_opening_brackets_end_none():
    assert lines("事情没办成？请告诉我们。", 5, measure) == ["事情没办", "成？请告诉", "我们。"]
    assert lines("登记受理（含抵押）", 5, measure) == ["登记受理", "（含抵押）"]


def test_numbers_and_latin_words_stay_whole():
    assert lines("办理期限 2026 年", 6, measure) == ["办理期限", "2026 年"]


def test_a_word_wider_than_the_line_is_cut_by_characters():
    assert lines("ABCDEFGH", 2, measure) == ["ABCD", "EFGH"]


def test_line_feeds_of_the_writer_stay():
    assert lines("一\n\n二", 9, measure) == ["一", "", "二"]


@given(st.text(alphabet="办事，。（）“”A1 \n𠮷", max_size=60), st.integers(min_value=4, max_value=12))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int):
    broken = lines(text, width, measure)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(measure(line) <= width for line in broken)


@given(st.text(alphabet="办不成事，。（", min_size=1, max_size=40))
def test_only_runs_longer_than_a_line_may_break_the_rule(text: str):
    for before, after in zip(*(lambda got: (got, got[1:]))(lines(text, 40, measure)), strict=False):
        assert after[0] not in NEVER_FIRST
        assert before[-1] not in NEVER_LAST


def test_english_breaks_between_words_and_nowhere_else():
    assert lines("Tell us: can’t get it (done) by 30\u00a0May.", 4.5, measure) == [
        "Tell us:",
        "can’t get",
        "it (done)",
        "by",
        "30\u00a0May.",
    ]
