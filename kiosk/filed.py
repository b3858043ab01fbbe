"""A submitted complaint as its citizen sees it: what the hub, the printer and this kiosk have said of it so far."""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value
from hub.domain.lookup import LookupKeys
from hub.wire.messages import ComplaintAccepted, FileComplaint, PrintedNumber, PrintState, Rejected

PaperState = Literal["later", "printing", "taken", "none"]
"""What the screen says of the receipt: it comes with the number, it is printing, take it, or photograph this page."""

_PAPER: dict[PrintState | None, Literal["printing", "taken", "none"]] = {
    None: "printing",
    "queued": "printing",
    "sent": "printing",
    "confirmed": "taken",
    "unknown": "none",
    "failed": "none",
}


def on_paper(state: PrintState | None, trouble: str) -> Literal["printing", "taken", "none"]:
    """What became of something printed, by the printer's own word; None while it has said nothing."""
    return "none" if trouble else _PAPER[state]


class Filed(Value, frozen=True):
    """The complaint that was submitted, and what became of it as far as the kiosk knows."""

    command_id: str
    complaint: FileComplaint
    on_screen: LookupKeys
    answer: ComplaintAccepted | Rejected | None = None
    printed: PrintState | None = None
    trouble: str = ""
    """What keeps the receipt from the paper, by the printer's own word (`paper_out`); empty when nothing does."""
    offline: PrintedNumber | None = None
    """The number of the kiosk's own that it got while the hub was away: it stands, whatever is answered later."""

    @property
    def numbers(self) -> tuple[str, str]:
        """Ticket and case number, as they stand on paper; each empty while there is none."""
        said = self.offline or self.answer
        return ("", "") if said is None or isinstance(said, Rejected) else (said.ticket_number, said.case_number)

    def paper(self, printer: bool) -> PaperState:
        """By the printer's own word; `printer` is whether there is one whose spool can be used."""
        if not printer:
            return "none"
        if not self.numbers[1]:
            return "later"
        return on_paper(self.printed, self.trouble)
