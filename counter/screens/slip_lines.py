"""Blocks, sheets and numbers worked by hand as lines of a page."""

from __future__ import annotations

from counter import naming
from counter.screens.parts import Column, Row, small
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Panel, Text
from hub.wire.messages import SlipBlock, SlipBlockState, SlipEntry, SlipFault, SlipUse


class SlipLines:
    """Says them in the hall's words and its time."""

    def __init__(self, place: Workplace) -> None:
        self.place = place

    def use(self, use: SlipUse) -> str:
        """A line of a sheet as it was understood."""
        say = self.place.say
        times = [
            say.words(f"slips.at.{name}", time=say.clock(at))
            for name, at in (("taken", use.taken_at), ("called", use.called_at), ("ended", use.ended_at))
            if at is not None
        ]
        where = say.words("header.window", n=use.window) if use.window else ""
        said = (use.number, say.words(f"slips.outcome.{use.outcome}"), *times, where, use.staff)
        return " · ".join(one for one in said if one)

    def fault(self, fault: SlipFault) -> str:
        """Why a line was not taken over."""
        words = self.place.say.words
        why = words(f"slips.why.{fault.why}")
        return words("slips.fault", line=fault.line, number=fault.number, why=why, about=fault.about)

    def block(self, state: SlipBlockState) -> Panel:
        """A block: how far it is used, and which of its slips are missing."""
        words = self.place.say.words
        first, last = numbers(state.block)
        card = Panel(orientation="vertical", fill=P.card, frame=P.hair, frame_px=2, radius_px=14, padding=(22, 12))
        card.size_hint_y = None
        card.bind(minimum_height=card.setter("height"))
        service = next((one.name for one in self.place.hall.services if one.code == state.block.service), "")
        head = words("slips.block", block=state.block.block, first=first, last=last, service=service)
        card.add_widget(Text(head, font_px=24, bold=True, pitch=1.4))
        blank = (
            words("slips.blank", n=state.blank, number=_number(state.block, state.blank_from)) if state.blank else ""
        )
        counts = words("slips.counts", used=state.used, void=state.void, held_by=self._who(state.block.held_by))
        card.add_widget(small(" · ".join(one for one in (counts, blank) if one)))
        at = self.place.say.moment(state.block.printed_at, self.place.today)
        card.add_widget(small(words("slips.printed", time=at, who=self._who(state.block.printed_by))))
        if state.missing:
            card.add_widget(
                Text(words("slips.missing_ones", numbers="、".join(state.missing)), font_px=22, color=P.seal)
            )
        return card

    def _who(self, name: str) -> str:
        return naming.keeper(self.place.say, name)

    def entry(self, entry: SlipEntry) -> Row:
        """A number worked by hand, with both times."""
        say = self.place.say
        by_hand = [
            say.words(f"slips.at.{name}", time=say.clock(at))
            for name, at in (("taken", entry.taken_at), ("called", entry.called_at), ("ended", entry.ended_at))
            if at is not None
        ]
        if entry.window:
            by_hand.append(say.words("header.window", n=entry.window))
        at = say.moment(entry.entered_at, self.place.today)
        cause = say.words(f"slips.cause.{entry.because}")
        entered = say.words("slips.entered", time=at, who=entry.entered_by, cause=cause)
        badge = Badge(say.words(f"slips.outcome.{entry.outcome}"), "soft", font_px=20)
        badge.pos_hint = {"center_y": 0.5}
        number = Text(entry.number, font_px=26, bold=True, size_hint_x=None, width=110)
        number.pos_hint = {"center_y": 0.5}
        said = " · ".join(one for one in (*by_hand, entry.staff) if one)
        told = Column(Text(said, font_px=22, pitch=1.4), small(entered), spacing=0)
        return Row(number, told, badge, spacing=14)


def numbers(block: SlipBlock) -> tuple[str, str]:
    """The first and the last number of a block, as they stand on paper."""
    return _number(block, block.first), _number(block, block.last)


def _number(block: SlipBlock, number: int) -> str:
    return f"{block.series}{number:03d}"
