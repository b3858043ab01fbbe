"""What the domain says when something cannot be: each error has a stable code and states the fact."""

from __future__ import annotations

from collections.abc import Sequence


class DomainError(Exception):
    """Base of the domain's errors; `code` is stable."""

    code = "domain"


class UnknownCode(DomainError):
    """A code that the hall's file or policy does not list."""

    code = "unknown_code"

    def __init__(self, kind: str, code: str, known: Sequence[str]) -> None:
        super().__init__(f"no {kind} {code!r}; this hall has {', '.join(known) or 'none'}")


class MoveNotAllowed(DomainError):
    """A move that the table of moves does not have from where the ticket or case stands."""

    code = "move_not_allowed"

    def __init__(self, kind: str, state: str, move: str, allowed: Sequence[str]) -> None:
        super().__init__(f"a {kind} that is {state} cannot {move}; it can {', '.join(allowed) or 'nothing more'}")


class TextMissing(DomainError):
    """An answer without its text (R3)."""

    code = "text_missing"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} needs its text: nobody is turned away without a word (R3)")


class NotPrescribed(DomainError):
    """A move that this hall's document does not have."""

    code = "not_prescribed"

    def __init__(self, what: str, document: str) -> None:
        super().__init__(f"{document} has no {what}; do what it has instead")


class ClockIsPaused(DomainError):
    """What the department owes cannot move on while its time does not count (R27)."""

    code = "clock_paused"

    def __init__(self, number: str) -> None:
        super().__init__(f"the clock of {number} is paused; let it go on first, with what came of the pause")


class ExtensionTooLong(DomainError):
    """Beyond the cap, or more often than a case may be extended (R26)."""

    code = "extension_too_long"


class ExtensionIncomplete(DomainError):
    """An extension without what the hall's document wants of one (R26)."""

    code = "extension_incomplete"

    def __init__(self, need: str, remedy: str) -> None:
        super().__init__(f"{need} is missing: {remedy}")


class CalendarNotPublished(DomainError):
    """A year whose days off are not known."""

    code = "calendar_not_published"

    def __init__(self, year: int) -> None:
        super().__init__(f"the working calendar of {year} is not published")
