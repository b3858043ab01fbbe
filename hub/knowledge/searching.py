"""Looks for what is like a case, in an index that is read once and then follows the audit chain."""

from __future__ import annotations

import gc
from collections.abc import Callable
from zoneinfo import ZoneInfo

from hub.domain.numbers import is_case_number
from hub.domain.redaction import without_people
from hub.knowledge import sounds
from hub.knowledge.index import Index, likeness
from hub.store import knowledge
from hub.store.knowledge import Lesson
from hub.store.sealing import Sealer
from hub.store.transaction import Reader, Transaction
from hub.wire import messages as m

PAGE = 500
"""Cases read in one transaction: a longer one would hold up the hub's housekeeping."""
COMPARED = 20
"""Of those that sound like it, how many are compared letter by letter."""
SHOWN = 5
LEAST_ALIKE = 0.12
"""Less is two texts in the same language."""
WORDS_AT_MOST = 600


class Searching:
    """One hall's closed cases. `read` first; every search takes in what has changed since. Raises `StoreFailed`."""

    def __init__(self, reader: Reader, hall: str, zone: ZoneInfo, sealer: Sealer) -> None:
        self._reader, self._hall, self._zone, self._sealer = reader, hall, zone, sealer
        self._index = Index()
        self._seen = 0
        """The newest link of the audit chain that was followed."""

    def read(self, rest: Callable[[], None] = lambda: None) -> int:
        """Reads all closed cases, in small transactions with a rest after each; how many there are."""
        with self._reader.reading() as db:
            self._seen = knowledge.newest_link(db, self._hall)
        after = ""
        while True:
            with self._reader.reading() as db:
                some = knowledge.page(db, self._hall, self._sealer, after, PAGE)
            if not some:
                break
            for number, text in some:
                self._index.put(number, text)
            after = some[-1][0]
            rest()
        gc.collect()
        gc.freeze()  # what is loaded by now stays: looking through it for garbage takes longer than a search
        return len(self._index)

    def near(self, number: str) -> tuple[m.SimilarCase, ...]:
        """The closed cases that are most like one, as they are at this moment, without the people in them."""
        with self._reader.reading() as db:
            self._follow(db)
            text = knowledge.asked(db, self._hall, self._sealer, number)
            near = [one for one in self._index.near(text, COMPARED + 1) if one != number]
            texts = knowledge.texts(db, self._hall, self._sealer, near)
            alike = self._nearest(text, texts)
            lessons = [(much, self._lesson(db, one)) for much, one in alike]
        return tuple(self._told(much, one) for much, one in lessons if one is not None)

    def _nearest(self, text: str, texts: dict[str, str]) -> list[tuple[float, str]]:
        pairs = sounds.pairs(text)
        compared = [(likeness(self._index, pairs, sounds.pairs(other)), number) for number, other in texts.items()]
        return sorted((one for one in compared if one[0] >= LEAST_ALIKE), key=lambda one: (-one[0], one[1]))[:SHOWN]

    def _follow(self, db: Transaction) -> None:
        """Takes in every case that the audit chain has named since: closed, opened again, made secret, erased."""
        subjects, self._seen = knowledge.changed(db, self._hall, self._seen)
        numbers = sorted(one for one in subjects if is_case_number(one))
        for at in range(0, len(numbers), PAGE):
            some = numbers[at : at + PAGE]
            teaching = knowledge.may_teach(db, self._hall, some)
            for number in some:
                if number in teaching:
                    self._lesson(db, number, anew=True)
                else:
                    self._index.drop(number)

    def _lesson(self, db: Transaction, number: str, *, anew: bool = False) -> Lesson | None:
        found = knowledge.lesson(db, self._hall, self._sealer, number)
        if found is None:
            self._index.drop(number)
        elif anew:
            self._index.put(number, found.text)
        return found

    def _told(self, much: float, one: Lesson) -> m.SimilarCase:
        return m.SimilarCase(
            case_number=one.number,
            closed_on=one.closed_at.astimezone(self._zone).date(),
            matter=one.matter,
            department=one.department,
            cause=without_people(one.cause, one.people)[:WORDS_AT_MOST],
            answer=without_people(one.answer, one.people)[:WORDS_AT_MOST],
            level=one.level,
            alike=round(much * 100),
        )
