"""What a page of the fairness report shows, ready in words."""

from __future__ import annotations

from hub.domain.hall import Value


class Line(Value, frozen=True):
    """A ticket: its cells, and whether something set it apart."""

    cells: tuple[str, ...]
    apart: bool


class Box(Value, frozen=True):
    """A figure of the summary."""

    name: str
    said: str


class Sheet(Value, frozen=True):
    """Everything that a page shows. `verdict` is the proof's sentence, `holds` whether nothing was found."""

    hall: str
    title: str
    date: str
    iso: str
    status: str
    holds: bool
    verdict: str
    links: str
    seal: str
    check: str
    boxes: tuple[Box, ...]
    kinds: tuple[tuple[str, str, str], ...]
    findings: tuple[str, ...]
    columns: tuple[str, ...]
    exceptions: tuple[tuple[str, ...], ...]
    ticket_columns: tuple[str, ...]
    tickets: tuple[Line, ...]
    rules: tuple[str, ...]
    signatures: tuple[str, ...]
