"""A paper of the hall about one case, filled from what the case holds (R15, R16, R18)."""

from __future__ import annotations

from typing import Literal

from hub.wire.message import Message

FormKind = Literal["acceptance", "transfer", "registration"]
"""受理单, 转办单, 登记表: the hall's own, as its document prints them."""

PaperKind = Literal[FormKind, "refusal", "refusal_notice", "one_time_notice", "cover"]
"""Those; and on the hall's own template 否定事项报备登记表, 否定事项告知书, 一次性告知书, an archive's cover."""


class ReadForm(Message, frozen=True):
    """One of the hall's own papers about a case; logged as `ReadCase` is (R47)."""

    case_number: str
    form: FormKind


class ExportForm(Message, frozen=True):
    """A paper about a case that leaves the system as a file; an export, logged with who took it out (R71)."""

    case_number: str
    form: PaperKind


class FormBox(Message, frozen=True):
    """A box that the paper prints to be ticked, such as 一般事项."""

    name: str
    ticked: bool


class FormField(Message, frozen=True):
    """A field with the hall's own name; its boxes, and the text beside or below them. Empty: left to the hand.

    `under` is the heading in whose cell it stands, where several do.
    """

    code: str
    name: str
    value: str = ""
    boxes: tuple[FormBox, ...] = ()
    under: str = ""


class Form(Message, frozen=True):
    """A paper as it is printed: its head, its 编号, its fields in their order.

    A letter has lines before and after them; `signed` are who signs it by hand, each with a date.
    """

    case_number: str
    form: PaperKind
    title: str
    number: str
    fields: tuple[FormField, ...]
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    copies: int = 1
