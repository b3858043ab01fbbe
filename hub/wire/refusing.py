"""否定事项报备 (R50): a refusal is filed, approved by the head, and told in writing with its remedies."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hub.wire.message import Message


class ProposeRefusal(Message, frozen=True):
    """Files a refusal for approval: the reasons for the citizen and the provision behind them; neither can be empty."""

    case_number: str
    text: str
    basis: str


class DecideRefusal(Message, frozen=True):
    """The head approves, and the refusal holds; or does not, says why, and the case goes on."""

    case_number: str
    approved: bool
    text: str = ""


class ReadRefusal(Message, frozen=True):
    """The form and the notice of a case's newest refusal; logged as `ReadCase` is (R47)."""

    case_number: str


class Refusal(Message, frozen=True):
    """What the form (in `copies`) and the notice say. `approved` is nothing while it waits."""

    case_number: str
    text: str
    basis: str
    proposed_by: str
    proposed_at: dt.datetime
    copies: int
    notice_in: Literal["oral", "written", "either"]
    remedies: tuple[Literal["administrative_review", "administrative_litigation"], ...]
    approved: bool | None = None
    decided_by: str = ""
    decided_at: dt.datetime | None = None


RefusingCommand = ProposeRefusal | DecideRefusal | ReadRefusal
