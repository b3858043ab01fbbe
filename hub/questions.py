"""Queries of one round, answered beside the writer; a question that fails is that question's own trouble."""

from __future__ import annotations

from collections.abc import Iterator

import structlog

from hub.config import HallDirectory
from hub.fairness.worker import Worker
from hub.gate import ReplyTo
from hub.gauges import Gauges
from hub.knowledge.beside import Beside
from hub.service import reading
from hub.service.books import Asked, Books
from hub.store.transaction import Store, concerns_one_command
from hub.wire import messages as m

log = structlog.get_logger()

NOT_READ = m.Rejected(code="internal", text="the hub could not read this; its log says why")

Question = tuple[ReplyTo, Asked, reading.Query]


class Questions:
    """What is asked of one hall's books and database."""

    def __init__(self, books: Books, gauges: Gauges, place: HallDirectory) -> None:
        self._books, self._gauges = books, gauges
        self._beside = (Worker(place.path), Beside(place.path))
        books.reports, books.knowledge = self._beside

    def answered(self, store: Store, questions: list[Question]) -> Iterator[tuple[Question, m.Answer]]:
        """Each question with its answer, read by itself: PostgreSQL answers nothing more after a mistake."""
        for question in questions:
            _, asked, query = question
            with store.reading() as db:
                try:
                    answer = reading.answer(db, self._books, asked, query)
                except Exception as wrong:
                    if not concerns_one_command(wrong):
                        raise
                    log.exception("query.failed", kind=type(query).__name__, command_id=asked.command_id)
                    answer = NOT_READ
            if isinstance(query, m.EventsSince):
                self._gauges.behind(self._books.picture, query)
            yield question, answer

    def close(self) -> None:
        """Ends what works beside the loop."""
        for one in self._beside:
            one.close()
