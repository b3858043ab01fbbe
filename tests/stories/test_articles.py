"""No article that a policy cites is missing from its hall's story without a reason."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests.stories.document import Document, named_by

STORIES = ["yueyang", "shanting", "dahepingxiang", "yunfu", "wuxi"]


@pytest.mark.parametrize("hall", STORIES)
def test_every_cited_article_is_walked_or_left_out_with_a_reason(hall: str) -> None:
    story = import_module(f"tests.stories.test_{hall}")
    assert story.__file__ is not None
    cited, walked = set(Document(hall).quoted), named_by(Path(story.__file__))
    assert walked <= cited
    assert sorted(cited - walked) == sorted(story.LEFT_OUT)
    assert all(story.LEFT_OUT.values())
