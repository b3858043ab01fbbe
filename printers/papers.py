"""Everything a receipt printer may be given, and what stands on it."""

from __future__ import annotations

import msgspec

from hub.domain.lookup import LookupKeys
from printers import receipt_slip
from printers.direction_slip import DirectionSlip, slip_of_direction
from printers.manual_slip import ManualInstruction, ManualSlip, slip_of_instruction, slip_of_manual
from printers.notice_slip import NoticeSlip, slip_of_notice
from printers.number_slip import NumberSlip, TimeSlip, slip_of_number, slip_of_time
from printers.receipt import ComplaintReceipt
from printers.slip import Slip
from printers.trial import Trial, slip_of_trial

Paper = ComplaintReceipt | NumberSlip | TimeSlip | NoticeSlip | DirectionSlip | ManualSlip | ManualInstruction | Trial
"""Values that are kept and drawn again, so that a paper that was lost comes out the same."""


def slip_of(paper: Paper) -> Slip:
    match paper:
        case ComplaintReceipt():
            return receipt_slip.slip_of(paper)
        case NumberSlip():
            return slip_of_number(paper)
        case TimeSlip():
            return slip_of_time(paper)
        case Trial():
            return slip_of_trial(paper)
        case NoticeSlip():
            return slip_of_notice(paper)
        case DirectionSlip():
            return slip_of_direction(paper)
        case ManualSlip():
            return slip_of_manual(paper)
        case ManualInstruction():
            return slip_of_instruction(paper)


def reprinted(paper: Paper, keys: LookupKeys) -> Paper:
    """The same once more, marked as that; `keys` open a case where it has one."""
    if isinstance(paper, ComplaintReceipt):
        return paper.reprinted(keys)
    return msgspec.structs.replace(paper, reprint=True)


def case_number_of(paper: Paper) -> str:
    """The case a paper is about; empty where it is about none."""
    return paper.case_number if isinstance(paper, ComplaintReceipt) else ""
