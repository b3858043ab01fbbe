"""Forms filled in as somebody would who gives something in every field."""

from __future__ import annotations

from counter.steps import table
from counter.steps.shape import Draft
from counter.steps.situation import Situation

SAID = {"days": "2", "lines": "县自然资源局 王建国\n县档案馆 李秀英"}


def filled(code: str, found: Situation, begun: Draft | None = None) -> Draft:
    """A draft with something in every field that the step asks for; a list that has nothing to offer stays empty."""
    draft, before = table.begun(code, found, begun or Draft()), None
    while draft != before:
        before = draft
        for one in table.form(code, found, draft).fields:
            if table.value(one, draft) or (one.kind in ("choice", "many") and not one.choices):
                continue
            said = (
                one.choices[0].code if one.choices else one.token if one.kind == "yes" else SAID.get(one.kind, "䶮𠮷")
            )
            draft = draft.put(one.name, said)
    return draft
