"""上门服务 and 网上预审: asked for, answered in time, done (R59, R61). Who asked is sealed, and read by name."""

from __future__ import annotations

import datetime as dt

from hub.domain.requests import RequestKind, RequestState, ToldBy
from hub.wire.message import Channel, Message


class AskVisit(Message, frozen=True):
    """上门服务 (R59), asked for at a window or by telephone. `ground` is one of the policy's.

    `case_number` where it belongs to a case that is there already; `received_at` where it is entered later.
    """

    ground: str
    name: str
    phone: str
    address: str
    matter: str = "other"
    text: str = ""
    channel: Channel = "window"
    case_number: str = ""
    received_at: dt.datetime | None = None


class AnswerVisit(Message, frozen=True):
    """The answer to who asked: somebody comes at `visit_at`, or nobody does, and `text` says why and what instead."""

    number: str
    agreed: bool
    visit_at: dt.datetime | None = None
    text: str = ""


class RecordVisit(Message, frozen=True):
    """The visit has been made by `staff`; what was taken down there is attached to the case (R59)."""

    number: str
    staff: tuple[str, ...]
    visited_at: dt.datetime
    case_number: str = ""


class ReceivePreReview(Message, frozen=True):
    """网上预审 (R61): an application that came in online, by the reference it has there.

    `outlet` is the one the citizen chose; empty: the policy says which. `received_at` is when it came in.
    """

    reference: str
    matter: str = "other"
    name: str = ""
    phone: str = ""
    outlet: str = ""
    text: str = ""
    received_at: dt.datetime | None = None


class TellPreReview(Message, frozen=True):
    """The result was told: passed, or what is missing (`text`, which then cannot be empty)."""

    number: str
    passed: bool
    way: ToldBy
    text: str = ""


class ListRequests(Message, frozen=True):
    """A query: visits and pre-reviews by due date, without a person. `only_open` leaves out what is refused or done."""

    only_open: bool = True


class ReadRequest(Message, frozen=True):
    """One whole, with who asked; logged (R47)."""

    number: str


class RequestLine(Message, frozen=True):
    """`reference` is the online application's, `due_at` is there where the time is counted in hours.

    `late`: its time has passed, or had when it was answered.
    """

    number: str
    kind: RequestKind
    state: RequestState
    matter: str
    received_at: dt.datetime
    due_date: dt.date
    due_at: dt.datetime | None = None
    reference: str = ""
    ground: str = ""
    outlet: str = ""
    visit_at: dt.datetime | None = None
    answered_at: dt.datetime | None = None
    done_at: dt.datetime | None = None
    case_number: str = ""
    late: bool = False


class RequestList(Message, frozen=True):
    requests: tuple[RequestLine, ...]


class RequestDetail(Message, frozen=True):
    """`entered_at` and `entered_by` are when and by whom it was entered; `answer` is what who asked was told."""

    line: RequestLine
    channel: Channel
    name: str
    phone: str
    address: str
    text: str
    answer: str
    entered_at: dt.datetime
    entered_by: str
    staff: tuple[str, ...] = ()
    told_by: ToldBy | None = None


RequestCommand = AskVisit | AnswerVisit | RecordVisit | ReceivePreReview | TellPreReview | ListRequests | ReadRequest
RequestAnswer = RequestLine | RequestList | RequestDetail
