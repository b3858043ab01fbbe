"""Every mistake in a policy file is told with its line and its remedy, all of them at once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, strategies as st

from hub.config import default_policy, policy_file, shipped_policies
from hub.domain.policy import Mistake, PolicyWrong, examine, parse_policy


def text_of(name: str) -> str:
    return policy_file(name).read_text()


def mistakes_in(text: str) -> tuple[Mistake, ...]:
    return examine(text.encode(), default_policy())[1]


class Planted(NamedTuple):
    """A mistake of `planted_policy_mistakes.toml`, which says what the fields mean."""

    policy: str
    old: str
    new: str
    at: str
    where: str
    wrong: str
    remedy: str


PLANTED = [
    Planted(**({"old": ""} | one))
    for one in tomllib.loads(Path(__file__).with_name("planted_policy_mistakes.toml").read_text())["planted"]
]


@pytest.mark.parametrize("planted", PLANTED, ids=[f"{one.where}-{one.wrong[:24]}" for one in PLANTED])
def test_a_planted_mistake_is_told_with_its_line_and_remedy(planted: Planted) -> None:
    text = text_of(planted.policy)
    assert planted.old in text
    text = text.replace(planted.old, planted.new, 1) if planted.old else text + planted.new
    line = text[: text.index(planted.at)].count("\n") + 1
    told = [
        (one.where, one.line)
        for one in mistakes_in(text)
        if planted.wrong in one.wrong and planted.remedy in one.remedy
    ]
    assert (planted.where, line) in told, "\n".join(map(str, mistakes_in(text)))


@pytest.mark.parametrize("name", shipped_policies())
def test_what_ships_has_no_mistake(name: str) -> None:
    assert mistakes_in(text_of(name)) == ()


KEY = re.compile(r"(?<![\w\"])([a-z_]+)(?= = )")


@given(st.data())
def test_any_misspelt_key_is_told_on_its_line(data: st.DataObject) -> None:
    text = text_of(data.draw(st.sampled_from(shipped_policies())))
    keys = [found for found in KEY.finditer(text) if not _names_a_role(text, found.start())]
    found = data.draw(st.sampled_from(keys))
    misspelt = text[: found.end()] + "x" + text[found.end() :]
    line = text.count("\n", 0, found.start()) + 1
    told = [one for one in mistakes_in(misspelt) if one.line == line and f"`{found.group()}x`" in one.wrong]
    assert told, f"line {line}: {found.group()}"
    assert all(one.remedy for one in told)


def _names_a_role(text: str, at: int) -> bool:
    """Roles have names of their own choice: another name is another role."""
    row = text[text.rfind("\n", 0, at) + 1 : text.index("\n", at)]
    return "{ title = " in row and text[at:].startswith(row.split(" ")[0])


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = text_of("yueyang")
    for old, new in (
        ("version = 1", 'version = "one"'),
        ('code = "slow"', 'kode = "slow"'),
        ("limit_wd = 5", "limit_wd = 5.5"),
        ('value = "dispatch"', 'value = "never"'),
        ('value = ["unsatisfied", "very_unsatisfied"]', 'value = ["unsatisfied", "awful"]'),
        ("escalate = { value = true, cite", "escalate = { value = true, cites"),
    ):
        text = text.replace(old, new, 1)
    told = mistakes_in(text)
    assert [one.line for one in told] == sorted(one.line for one in told)
    assert {one.where for one in told} == {
        "version",
        "reasons[10]",
        "reasons[10].kode",
        "classes[0].limit_wd",
        "clock.starts.value",
        "rating.rework.value[1]",
        "moves.escalate.cites",
    }


def test_a_policy_with_mistakes_is_refused_with_all_of_them() -> None:
    text = text_of("yueyang").replace("limit_wd = 5", "limit_wd = -1").replace("value = 10\n", "value = true\n")
    with pytest.raises(PolicyWrong) as refused:
        parse_policy(text.encode(), default_policy())
    assert len(refused.value.mistakes) == 2
    assert str(refused.value).count("line ") == 2


def test_a_file_that_is_no_utf8_names_the_line() -> None:
    (told,) = examine(b"code = 'x'\nname = '\xd4\xc0'\n", default_policy())[1]
    assert (told.line, told.remedy) == (2, "save the file as UTF-8")


def test_a_list_or_table_in_the_wrong_place_is_told_and_the_rest_still_looked_at() -> None:
    text = (
        text_of("yueyang").split("[channels]")[0]
        + "[moves]\ntriage = []\n[delegates]\nkept = 3\n[agents.by]\nvalue = ['a']\n"
    )
    text = "clock = 3\nreports = [1]\n" + text.replace('code = "slow"', "code = [1]")
    told = mistakes_in(text)
    assert {one.where for one in told} >= {
        "clock",
        "reports",
        "reasons[10].code",
        "moves.triage",
        "delegates.kept",
        "agents.by.value",
    }


def test_a_role_that_cannot_be_read_is_one_mistake_and_not_one_for_each_place_that_names_it() -> None:
    text = text_of("shanting").replace('centre = { title = "区政务服务中心"', "centre = { title = 3")
    assert [one.where for one in mistakes_in(text)] == ["roles.centre.title"]


@pytest.mark.parametrize(
    ("text", "line", "wrong", "remedy"),
    [
        (b"\xef\xbb\xbf" + text_of("yueyang").encode(), 1, "byte order mark", "without one"),
        (text_of("yueyang").encode() + b"# more\n" * 200_000, 1, "at most 1024 KiB", "right file"),
        (b"version = 1\na = " + b"[" * 5000 + b"]" * 5000, 2, "too deep", "brackets"),
        (b"version = 1\n" + b"a." * 5000 + b"b = 1\n", 2, "too deep", "brackets"),
        (b"version = 1\n\nx = " + b"9" * 5000, 3, "too many digits", "somebody can read"),
        (text_of("yueyang").encode("utf-16"), 1, "no UTF-8", "UTF-8"),
        (text_of("yueyang").encode("gbk", "ignore"), 1, "no UTF-8", "UTF-8"),
        (text_of("yueyang").encode()[:4000].rpartition(b"\n")[0] + b'\ncode = "', 99, "no TOML", "quote or bracket"),
        (text_of("yueyang").replace("\n", "\r").encode(), 1, "no TOML", "mend the line"),
    ],
    ids=["BOM", "huge", "deep", "deep keys", "digits", "UTF-16", "GBK", "cut off", "CR"],
)
def test_a_file_that_is_no_policy_at_all_is_told_with_its_line_and_remedy(
    text: bytes, line: int, wrong: str, remedy: str
) -> None:
    policy, (told,) = examine(text, default_policy())
    assert policy is None
    assert told.line == (line if line != 99 else text.count(b"\n") + 1)
    assert wrong in told.wrong
    assert remedy in told.remedy


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_may_end_as_on_any_machine(ends: str) -> None:
    text = text_of("yueyang").replace("limit_wd = 5", "\tlimit_wd = -5").replace("\n", ends)
    assert [(one.where, one.line) for one in mistakes_in(text)] == [
        ("classes[0].limit_wd", text[: text.index("limit_wd")].count("\n") + 1)
    ]
