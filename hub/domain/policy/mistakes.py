"""A mistake in a policy file: where it stands, what is wrong, what to do."""

from __future__ import annotations

from hub.domain.errors import DomainError
from hub.domain.hall import Value
from hub.domain.policy.lines import Path


class Mistake(Value, frozen=True):
    """`path` leads to the value; `line` is set once the text is at hand, 0 before."""

    path: Path
    wrong: str
    remedy: str
    line: int = 0

    @property
    def where(self) -> str:
        """`reasons[2].code`, or `the file` for what is missing at the top."""
        said = ""
        for step in self.path:
            said += f"[{step}]" if isinstance(step, int) else f".{step}"
        return said.removeprefix(".") or "the file"

    def __str__(self) -> str:
        return f"line {self.line}: {self.where}: {self.wrong}; {self.remedy}"


class PolicyWrong(DomainError):
    """A policy file that cannot be used; `mistakes` are all of them, in the order of the file."""

    code = "policy_wrong"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(one) for one in mistakes))
        self.mistakes = mistakes
