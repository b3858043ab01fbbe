"""本厅表单 (R15, R16, R18): which of the hall's own papers a case has, and the one that is open. Pure."""

from __future__ import annotations

from collections.abc import Callable

from counter.transfers import Ask
from hub.domain.policy import Policy
from hub.wire.messages import Answer, Form, FormKind, ReadForm, Rejected

KINDS: tuple[FormKind, ...] = ("acceptance", "transfer", "registration")


class Forms:
    """One paper is looked at, at a time; nothing of it stays after `close`."""

    def __init__(self, ask: Ask, changed: Callable[[], None]) -> None:
        self.open = False
        self.form: Form | None = None
        self.why: Rejected | None = None
        """The hub's word where it shows none."""
        self._ask, self._changed = ask, changed
        self._wanted: ReadForm | None = None

    def look(self, case_number: str, kind: FormKind) -> None:
        """Asks for a paper, filled in as the case stands now; the hub logs the reading (R47)."""
        self.close()
        self.open, wanted = True, ReadForm(case_number=case_number, form=kind)
        self._wanted = wanted

        def answered(answer: Answer) -> None:
            if self._wanted is not wanted:
                return
            self.form = answer if isinstance(answer, Form) else None
            self.why = answer if isinstance(answer, Rejected) else None
            self._changed()

        self._ask(wanted, answered)
        self._changed()

    def back(self) -> None:
        self.close()
        self._changed()

    def close(self) -> None:
        self.open, self.form, self.why, self._wanted = False, None, None, None


def of_hall(policy: Policy) -> list[FormKind]:
    """The papers that this hall has; one without fields is none of its own."""
    return [kind for kind in KINDS if getattr(policy.forms, kind).value]
