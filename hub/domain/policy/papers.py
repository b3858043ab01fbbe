"""What in the hall's own papers can never be printed or ticked (R15-R18), each with its remedy."""

from __future__ import annotations

from collections.abc import Iterator

from hub.domain.policy.mistakes import Mistake
from hub.domain.policy.policy import Policy

OTHER = "other"
"""The box of a demand that stands for what is asked in words."""


def misprints(policy: Policy) -> Iterator[Mistake]:
    """Papers without a head, and boxes that nothing ticks; their lines are not known here."""
    classes = [one.code for one in policy.classes]
    ticked: dict[str, list[str]] = {
        "class": classes,
        "demand": [*classes, OTHER],
        "opinion": [str(move) for move in policy.moves],
        "rating": [one.code for one in policy.rating.levels.value],
    }
    for name in policy.forms.__struct_fields__:
        form = getattr(policy.forms, name)
        if form.value and not form.title.strip():
            yield Mistake(("forms", name), "this paper has no head", "add `title`: what stands at its top")
        for place, field in enumerate(form.value):
            known = ticked.get(field.code, [])
            for at, box in enumerate(field.boxes):
                if box.code not in known:
                    remedy = f"name one of {', '.join(known)}" if known else "take the boxes out"
                    path = ("forms", name, "value", place, "boxes", at)
                    yield Mistake(path, f"nothing ever ticks the box {box.code!r} of {field.code!r}", remedy)
