"""How the counter says steps: fields, choices, notes, what is still missing. Pure; words from the catalogue."""

from __future__ import annotations

import datetime as dt

from counter.steps.shape import Choice, Field, Note
from counter.wording import Wording
from hub.wire.messages import Rejected


class Phrasing:
    """The words of the forms, in one hall's names and dates."""

    def __init__(self, say: Wording) -> None:
        self.say = say
        self.words = say.words

    def field(self, code: str, field: Field) -> str:
        """A field's name above it; with the date that it is about."""
        words = self._of("field", code, field.name)
        return words.format(date=self.date(field.date)) if field.date is not None else words

    def hint(self, code: str, field: Field) -> str:
        """What stands in an empty field; empty where nothing helps."""
        return self._of("hint", code, field.name, must=False)

    def missing(self, code: str, field: str) -> str:
        """What is still to be filled in, and how."""
        return self._of("missing", code, field)

    def choice(self, code: str, field: Field, choice: Choice) -> tuple[str, str]:
        """A choice and what stands below it."""
        name = choice.name or self._of("choice", code, f"{field.name}.{choice.code}")
        hint = choice.hint or self._of("choice", code, f"{field.name}.{choice.code}.hint", must=False)
        if choice.due is not None:
            owed = self.words(f"owed.{choice.owed}")
            counted = self.say.explained(choice.due).replace("\n", "")
            return self.words("compose.class_due", name=name, due=self.say.due(choice.due)), f"{owed}：{counted}"
        if field.name == "department" and choice.code == field.usual:
            return name, self.words("compose.usual")
        return name, hint

    def note(self, note: Note) -> str:
        values = {name: self.date(one) if isinstance(one, dt.date) else one for name, one in note.values}
        return self.words(f"note.{note.code}", **values)

    def quote(self, code: str, who: str) -> str:
        """What the words are that stand below, and whose."""
        said = self.words(f"quote.{code}")
        return f"{said} · {who}" if who else said

    def confirm(self, code: str, part: str) -> str:
        """Of the question before a step that cannot be taken back: its `title`, `text` or `yes`."""
        return self._of("confirm", code, part)

    def rejected(self, refusal: Rejected) -> str:
        return self.say.rejected(refusal)

    def date(self, date: dt.date | None) -> str:
        return self.say.day(date) if date is not None else ""

    def _of(self, group: str, code: str, name: str, *, must: bool = True) -> str:
        """The step's own words, or those that all steps share; without any, empty unless they must be there."""
        own = f"{group}.{code}.{name}"
        if own in self.words:
            return self.words(own)
        shared = f"{group}.{name}"
        return self.words(shared) if must or shared in self.words else ""
