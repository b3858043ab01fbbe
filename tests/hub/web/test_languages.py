import pytest

from hub.web.languages import chosen


@pytest.mark.parametrize(
    ("asked", "filed_in", "accepted", "spoken"),
    [
        ("", "", "", "zh_Hans"),
        ("en", "zh_Hant", "zh-CN", "en"),
        ("zh-Hant", "en", "", "zh_Hant"),
        ("zh_Hant", "en", "", "zh_Hant"),
        ("tlh", "en", "zh-CN", "en"),
        ("", "zh_Hant", "en", "zh_Hant"),
        ("", "tlh", "en", "en"),
        ("", "", "en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("", "", "zh-TW,zh;q=0.9,en;q=0.8", "zh_Hant"),
        ("", "", "zh-Hant-HK", "zh_Hant"),
        ("", "", "zh-HK", "zh_Hant"),
        ("", "", "zh-CN,en", "zh_Hans"),
        ("", "", "de,en;q=0.3,zh-HK;q=0.7", "zh_Hant"),
        ("", "", "en;q=0,zh-TW;q=0.1", "zh_Hant"),
        ("", "", "de, *;q=0.1", "zh_Hans"),
        ("", "", "en;q=much,;;q=,", "zh_Hans"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_case_s_else_the_browser_s(asked, filed_in, accepted, spoken):
    assert chosen(asked, filed_in, accepted, "zh_Hans") == spoken
