"""What a policy is made of: values with the article they come from, and codes that point to other values.

`names` in a code's `Meta` says what it points to; `hub.domain.policy.sense` follows it, and so does whoever prints it.
"""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from msgspec import Meta

from hub.domain.hall import Value

T = TypeVar("T")

MOST = 9999
NOT_BLANK = r"\S"
Count = Annotated[int, Meta(ge=0, le=MOST)]
"""Days, minutes, copies: never below nought, and no more than a calendar can count."""
Positive = Annotated[int, Meta(ge=1, le=MOST)]
Version = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Text = Annotated[str, Meta(pattern=NOT_BLANK)]
Code = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]*\Z", max_length=24)]
"""As long as the tables' columns."""

RoleCode = Annotated[str, Meta(extra={"names": "role"})]
"""A role of this policy, or empty where the hall has nobody for it."""
ActingRole = Annotated[str, Meta(extra={"names": "role", "acts": True})]
"""As `RoleCode`; somebody with that role must be able to act in the system."""
ClassCode = Annotated[str, Meta(extra={"names": "class"})]
LevelCode = Annotated[str, Meta(extra={"names": "level"})]

Channel = Literal["window", "kiosk", "phone", "web", "wechat", "mail", "box"]
Medium = Literal["oral", "written", "either"]
UsualMedium = Literal["oral", "mainly_oral", "written", "either"]
"""`mainly_oral`: usually by word of mouth, and in writing where that is better (以口头答复为主)."""
Period = Literal["day", "week", "month", "quarter", "half_year", "year"]


class Stated(Value, frozen=True, kw_only=True):
    """Where something stands in the hall's document: the article and its words.

    `silent`: the document does not say and the default holds; no screen and no paper promises it. `note` keeps a
    doubt where the document is damaged, ambiguous or contradicts itself.
    """

    cite: str = ""
    silent: bool = False
    note: str = ""


class Cited(Stated, Generic[T], frozen=True):
    """One value with its article."""

    value: T


class Named(Value, frozen=True):
    """A code with the document's own word for it; `code` is ours."""

    code: Code
    name: Text
