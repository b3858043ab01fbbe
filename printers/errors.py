"""What can go wrong at a printer: one base error, each with a stable code; the text says what to do."""

from __future__ import annotations


class PrinterError(Exception):
    """Base of the errors of printing; `code` is stable and goes to the hub as the detail of a report."""

    code = "printer"


class NotReady(PrinterError):
    """The printer cannot take a job now. Nothing of the job was sent: it stays queued."""

    code = "not_ready"


class PaperOut(NotReady):
    code = "paper_out"


class CoverOpen(NotReady):
    code = "cover_open"


class PrinterFault(NotReady):
    """The printer reports an error of its own (cutter, head, feed button)."""

    code = "printer_fault"


class CutterJam(PrinterFault):
    code = "cutter_jam"


class Overheated(PrinterFault):
    """The head is too hot; the printer goes on by itself when it has cooled."""

    code = "overheated"


class PrinterSilent(NotReady):
    """Nobody answers: cable, power or address."""

    code = "printer_silent"


class NoAnswer(PrinterSilent):
    """The line is open, and no question is answered: switched off, another baud rate, or a printer that never does."""


class LineSilent(PrinterError):
    """A device's line cannot be opened, or broke: cable, or a name that is no longer there."""


class ScannerSilent(LineSilent):
    code = "scanner_silent"


class PadSilent(LineSilent):
    code = "pad_silent"


class NonsenseAnswer(NotReady):
    """Bytes came, but no answer of the printer's language: wrong baud rate, or another device."""

    code = "nonsense_answer"


class ConnectionLost(PrinterError):
    """The line broke while something was under way."""

    code = "connection_lost"


class WriteTimedOut(PrinterError):
    """The printer stopped taking bytes and gave no reason."""

    code = "write_timed_out"


class FontMissing(PrinterError):
    code = "font_missing"


class LogoUnreadable(PrinterError):
    """The hall's `logo.png` is no picture."""

    code = "logo_unreadable"


class PaperTooNarrow(PrinterError):
    """A QR code of a size that phones read does not fit, or the paper is wider than a raster line may be."""

    code = "paper_too_narrow"


class SpoolUnusable(PrinterError):
    """The spool's file is held by another program, unreadable, or sealed with another key."""

    code = "spool_unusable"


class RowUnreadable(SpoolUnusable):
    """One row of the spool was sealed with another key or is damaged."""

    code = "row_unreadable"


class NotDrawable(PrinterError):
    """A receipt that the drawing cannot cope with."""

    code = "not_drawable"


class UnknownJob(PrinterError):
    code = "unknown_job"


class JobMoveNotAllowed(PrinterError):
    """A move that the table of a job's life does not have."""

    code = "job_move_not_allowed"


class FenceUnanswered(PrinterError):
    """The printer is ready but never said that it printed."""

    code = "fence_unanswered"


class SwitchedOff(PrinterError):
    """It had said why it waits, and has forgotten that: it was switched off and on, and what it had is gone."""

    code = "switched_off"


class Unconfirmed(PrinterError):
    """Everything was sent to a printer that never says what it printed."""

    code = "unconfirmed"


class Interrupted(PrinterError):
    """The program ends while a job is under way; what became of it is not known."""

    code = "interrupted"
