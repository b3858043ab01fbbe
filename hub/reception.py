"""A frame at the hub's door: read, and its sender's right to ask checked. What is turned away is logged by code."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, get_args

import structlog

from hub.errors import Refused
from hub.gate import Letter
from hub.service import reading
from hub.service.books import Actor, Asked
from hub.service.permissions import authorise
from hub.wire import codec, messages as m

log = structlog.get_logger()

NEVER_REMEMBERED = (*get_args(reading.Query), m.LogIn)
"""A resend of these has no first answer to be given again."""


class TurnedAway(Exception):
    """A frame that is no command, or not this terminal's to give; `kind` is None where it could not be read."""

    def __init__(self, command_id: str, kind: type | None, rejection: m.Rejected) -> None:
        super().__init__(rejection.code)
        self.command_id = command_id
        self.kind = kind
        self.rejection = rejection


class Received(NamedTuple):
    """A command and who asks it; with a `refusal` only what was carried out before is answered, by its resend."""

    asked: Asked
    command: m.Command
    refusal: Refused | None = None


def receive(letter: Letter, staff: str, now: dt.datetime) -> Received:
    """What a frame asks, `staff` being logged in where it comes from; raises `TurnedAway`."""
    name = letter.terminal.name
    try:
        command_id, command = codec.decode_request(letter.frame)
    except codec.BadFrame as bad:
        log.warning("frame.rejected", terminal=name, command_id=bad.command_id, code=bad.code)
        raise TurnedAway(bad.command_id, None, bad.rejection()) from bad
    asked = Asked(command_id, Actor(letter.terminal, staff), now)
    try:
        authorise(asked.actor, command)
    except Refused as refusal:
        kind = type(command)
        log.warning("command.refused", terminal=name, command_id=command_id, kind=kind.__name__, code=refusal.code)
        if not isinstance(command, NEVER_REMEMBERED):
            return Received(asked, command, refusal)
        raise TurnedAway(command_id, kind, m.Rejected(code=refusal.code, text=refusal.text)) from refusal
    return Received(asked, command)
