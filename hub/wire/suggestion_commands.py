"""意见箱 (R41): left by citizens, looked through by the window, dealt with. Words and contact are read by number."""

from __future__ import annotations

import datetime as dt

from hub.domain.suggestions import SuggestionKind, SuggestionState
from hub.wire.message import Message


class LeaveSuggestion(Message, frozen=True):
    """Left at a kiosk, or read from the paper box at a window. `text` cannot be empty; name and phone may."""

    kind: SuggestionKind
    text: str
    name: str = ""
    phone: str = ""
    language: str = "zh_Hans"


class ListSuggestions(Message, frozen=True):
    """A query: what is in the box, without words and people. `only_open` leaves out what was dealt with."""

    only_open: bool = True


class ReadSuggestion(Message, frozen=True):
    """One whole, with who left it if they said so; logged (R47)."""

    number: str


class HandleSuggestion(Message, frozen=True):
    """What was found and done about it; cannot be empty. Of a criticism it is said by the policy's post."""

    number: str
    text: str


class EraseSuggestion(Message, frozen=True):
    """Its words and who left them are forgotten, at their own wish or because its time is over (R71)."""

    number: str
    because: str


class SuggestionLine(Message, frozen=True):
    """`erased`: its words are forgotten."""

    number: str
    kind: SuggestionKind
    state: SuggestionState
    left_at: dt.datetime
    handled_at: dt.datetime | None = None
    erased: bool = False


class SuggestionList(Message, frozen=True):
    suggestions: tuple[SuggestionLine, ...]


class SuggestionDetail(Message, frozen=True):
    """`result` is what was done, `kept_until` when its time is over."""

    line: SuggestionLine
    text: str
    name: str
    phone: str
    language: str
    result: str = ""
    handled_by: str = ""
    kept_until: dt.date | None = None


SuggestionCommand = LeaveSuggestion | ListSuggestions | ReadSuggestion | HandleSuggestion | EraseSuggestion
SuggestionAnswer = SuggestionLine | SuggestionList | SuggestionDetail
