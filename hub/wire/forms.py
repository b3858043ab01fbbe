"""A paper of the hall about one case, filled from what the case holds (R15, R16, R18)."""

from __future__ import annotations

from typing import Literal

from hub.wire.message import Message

FormKind = Literal["acceptance", "transfer", "registration"]
"""受理单, 转办单, 登记表."""


class ReadForm(Message, frozen=True):
    """One of the hall's own papers about a case; logged as `ReadCase` is (R47)."""

    case_number: str
    form: FormKind


class FormBox(Message, frozen=True):
    """A box that the paper prints to be ticked, such as 一般事项."""

    name: str
    ticked: bool


class FormField(Message, frozen=True):
    """A field with the hall's own name; its boxes, and the text beside or below them. Empty: left to the hand."""

    code: str
    name: str
    value: str = ""
    boxes: tuple[FormBox, ...] = ()


class Form(Message, frozen=True):
    """A paper as it is printed: its head, its 编号, its fields in their order."""

    case_number: str
    form: FormKind
    title: str
    number: str
    fields: tuple[FormField, ...]
