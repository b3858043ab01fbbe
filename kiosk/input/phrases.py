"""Words that such complaints use, offered to be tapped: of the hall's own catalogue, never of what anybody wrote. Pure.

What comes next follows from what was written last: an opening is followed by who, who by what they said, and so on;
what has been begun (`材料`) is finished first (`材料不齐`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from hub.domain.hall import Hall, Value
from hub.domain.policy import Policy
from hub.domain.words import Words

Group = Literal["opening", "matter", "who", "said", "wanted", "state", "ask"]
GROUPS: tuple[Group, ...] = ("opening", "matter", "who", "said", "wanted", "state", "ask")

FOLLOW: dict[Group | None, tuple[Group, ...]] = {
    None: ("opening", "matter", "who"),
    "opening": ("matter", "who", "state"),
    "matter": ("who", "state", "opening"),
    "who": ("said", "state"),
    "said": ("wanted", "state"),
    "wanted": ("state", "who", "ask"),
    "state": ("ask", "who", "opening"),
    "ask": ("opening", "who"),
}
"""Which groups come first after a phrase of a group; None: a sentence begins. The others follow them."""

BEGUN_FROM = 2
"""So many characters of a phrase are enough to take the rest for meant."""
SENTENCE_ENDS, PAUSES = "。！？.!?\n", "，、,；;：: "
AFTER_OWN_WORDS: tuple[Group, ...] = ("who", "said", "state", "wanted")
"""After words that are none of ours nobody knows; what such texts have most of comes first."""
OTHER_REASON = "other"
"""其他情况 says nothing in a sentence."""
_BRACKETS = re.compile(r"[（(].*?[）)]")


class Phrase(Value, frozen=True):
    """`text` is what stands on the key, `adds` what a tap writes."""

    text: str
    adds: str


class Phrases:
    """The phrases of one complaint, by group, in the order in which they are offered."""

    def __init__(self, groups: Mapping[Group, tuple[str, ...]]) -> None:
        self._group_of: dict[str, Group] = {}
        for group in GROUPS:
            for phrase in filter(None, groups.get(group, ())):
                self._group_of.setdefault(phrase, group)

    def offered(self, text: str, room: int) -> tuple[Phrase, ...]:
        """What may come after `text`, of at most `room` more characters; every phrase once."""
        found = dict(self._begun(text))
        order = {group: at for at, group in enumerate(self._order(text))}
        for phrase in sorted(self._group_of, key=lambda one: order[self._group_of[one]]):
            found.setdefault(phrase, _spaced(text, phrase))
        return tuple(Phrase(phrase, adds) for phrase, adds in found.items() if len(adds) <= room)

    def _begun(self, text: str) -> Iterator[tuple[str, str]]:
        """Phrases whose beginning was just written, those of which most is written first."""
        longest = max(map(len, self._group_of), default=0)
        for have in range(min(longest, len(text)), BEGUN_FROM - 1, -1):
            begun = text[-have:]
            yield from ((one, one[have:]) for one in self._group_of if len(one) > have and one.startswith(begun))

    def _order(self, text: str) -> tuple[Group, ...]:
        """The groups, those that follow what was written last in front."""
        said = text.rstrip(" ")
        if not said or said[-1] in SENTENCE_ENDS:
            return (*FOLLOW[None], *(group for group in GROUPS if group not in FOLLOW[None]))
        last = max((one for one in self._group_of if said.rstrip(PAUSES).endswith(one)), key=len, default="")
        first = FOLLOW[self._group_of[last]] if last else AFTER_OWN_WORDS
        return (*first, *(group for group in GROUPS if group not in first))


def phrases_of(hall: Hall, policy: Policy, words: Words, matter: str, reasons: tuple[str, ...]) -> Phrases:
    """Those of one complaint: the matter and the reasons that were chosen, then the hall's others, then the usual ones.

    `words` is the kiosk's catalogue, which has one line a phrase under `phrases.GROUP`.
    """
    usual = {group: tuple(words(f"phrases.{group}").split("\n")) for group in GROUPS if f"phrases.{group}" in words}
    chosen = next((one for one in hall.matters if one.code == matter), None)
    department = chosen.department if chosen else ""
    near = sorted(hall.matters, key=lambda one: (one != chosen, one.department != department, not one.common))
    offices = sorted(hall.departments, key=lambda one: one.code != department)
    grounds = sorted(
        (one for one in policy.reasons if one.code != OTHER_REASON), key=lambda one: one.code not in reasons
    )
    own: dict[Group, tuple[str, ...]] = {
        "matter": tuple(_short(one.name) for one in near),
        "who": (*(one.name for one in offices), *(one.name for one in hall.services)),
        "state": tuple(one.text for one in grounds),
    }
    return Phrases(
        {
            "matter": own["matter"],
            "who": (*own["who"][: 1 if chosen else 0], *usual["who"], *own["who"]),
            "state": (*own["state"][: len(reasons)], *usual["state"], *own["state"]),
            **{group: usual[group] for group in ("opening", "said", "wanted", "ask")},
        }
    )


def _short(name: str) -> str:
    """Without what stands in brackets: nobody writes it."""
    return _BRACKETS.sub("", name)


def _spaced(text: str, phrase: str) -> str:
    """Latin words stand apart from each other."""
    apart = text[-1:].isascii() and not text[-1:].isspace() and phrase[:1].isascii()
    return f" {phrase}" if text and apart else phrase
