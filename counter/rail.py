"""Which screens a terminal has beside its queue and its cases: what the hub lets its role ask. Pure."""

from __future__ import annotations

from hub.domain.hall import Role

PAGES: dict[str, frozenset[Role]] = {
    "line": frozenset({"window", "supervisor"}),
    "lodge": frozenset({"window"}),
    "slip": frozenset({"window", "department"}),
    "checklist": frozenset({"window", "department", "supervisor"}),
    "appointments": frozenset({"window", "supervisor"}),
    "slips": frozenset({"window", "supervisor"}),
    "suggestions": frozenset({"window", "supervisor"}),
    "fairness": frozenset({"supervisor"}),
    "calendar": frozenset({"supervisor"}),
    "posts": frozenset({"window", "department", "supervisor"}),
    "ledger": frozenset({"supervisor"}),
    "erase": frozenset({"supervisor"}),
    "devices": frozenset({"supervisor"}),
}
"""In the order of the rail. Whose word something is beyond that, the hub decides by posts (R4), and says so."""


def pages_at(role: Role, *, keeps_box: bool = True) -> tuple[str, ...]:
    """Those of a role; the box only where the hall's document keeps one (R41)."""
    return tuple(page for page, roles in PAGES.items() if role in roles and (keeps_box or page != "suggestions"))
