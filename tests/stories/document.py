"""A hall's document as its policy cites it: a story names the article that each of its steps follows."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from hub.domain.policy import Policy
from hub.domain.policy.scope import Reason
from hub.domain.policy.shape import parts
from hub.domain.policy.values import Stated
from tests import factories

ARTICLE = (
    r"第[一二三四五六七八九十]+条|附件\d|[一二三四五六](?:、[^：；]{1,14}|（[一二三四五六]）)?|\d+(?:\.\d+)*(?: [a-z])?"
)
"""How the five documents number what they say: 第十一条, 附件2, 三（三）, 六、二、2（1）, 26, 6.2.5.3 c."""
_CITED = re.compile(rf"(?:^|；)({ARTICLE})：(.*?)(?=；(?:{ARTICLE})：|$)")


class Document:
    """What a shipped policy quotes of its document, by article."""

    def __init__(self, hall: str) -> None:
        self.policy = factories.a_policy(hall)
        self.quoted: defaultdict[str, set[str]] = defaultdict(set)
        for part in parts(self.policy, Policy):
            if isinstance(part.value, Stated) and part.value.cite:
                for article, words in _quotes(part.value):
                    self.quoted[article].add(words)

    def article(self, number: str, words: str) -> None:
        """The step that follows is what this article says in these words; fails when the policy cites no such."""
        assert number in self.quoted, f"the policy of {self.policy.name} cites no {number}, only {sorted(self.quoted)}"
        assert any(words in quoted for quoted in self.quoted[number]), f"{number} is quoted as {self.quoted[number]}"


def named_by(story: Path) -> set[str]:
    """The articles that the source of a story names in its own hall's document."""
    calls = [node for node in ast.walk(ast.parse(story.read_text())) if isinstance(node, ast.Call)]
    return {_first(call) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "article"}


def _first(call: ast.Call) -> str:
    number = call.args[0]
    assert isinstance(number, ast.Constant), "a story names its articles where they are read"
    return str(number.value)


def _quotes(value: Any) -> list[tuple[str, str]]:
    """The articles of one value, each with its words; a reason has them as its ground."""
    if isinstance(value, Reason):
        return [(value.cite, value.ground)]
    found = _CITED.findall(value.cite)
    assert found, f"{value.cite!r} names no article"
    return [(article, words) for article, words in found]
