"""手工号码条 in the staff corner (R65): the last block and how far it is on paper, and the way to a new one."""

from __future__ import annotations

from functools import partial

from kiosk.screens.facts import Fact
from kiosk.screens.frame import Asks
from kiosk.screens.kit import Chip, Kit
from kiosk.screens.shelf import Choice, Shelf
from kiosk.screens.staff_page import FactsPage, StaffPage
from kiosk.services.staff import Staff
from kiosk.services.staff_slips import BlockState, SlipsState, sizes

READY = ("ready", "paper_near_end")


class SlipsPage(FactsPage):
    """How the last block stands and what can be done with it; without one, what there is and how more are made."""

    def __init__(self, kit: Kit, asks: Asks, flow: Staff) -> None:
        self._shown = _kind(flow.machine.slips())
        self._sure = False
        super().__init__(kit, asks, flow)

    def refresh(self) -> None:
        if _kind(self.flow.machine.slips()) != self._shown:
            self.asks.show()
        else:
            super().refresh()

    def state(self) -> str:
        state = self.flow.machine.slips()
        return f"{state.bar or state.last.step}.{state.last.printed}.{state.last.total}"

    def facts(self) -> list[Fact]:
        state = self.flow.machine.slips()
        facts = self._of_block(state.last)
        if state.bar or not facts:
            facts.insert(0, (self.word("slips.state"), self.word(f"slips.bar.{state.bar or 'none'}")))
        if not state.bar or state.bar == "away":
            facts.append((self.word("slips.unused"), self._unused(state)))
        if state.last.step == "none":
            facts.append((self.word("slips.after"), self.word("slips.after.import")))
        return facts

    def choices(self) -> list[Choice]:
        state, machine = self.flow.machine.slips(), self.flow.machine
        match state.last.step:
            case "printing":
                return [Choice("slips.stop", self.word("slips.do.stop"), then=machine.stop_slips)]
            case "paused":
                return [
                    Choice("slips.go_on", self.word("slips.do.go_on"), kind="primary", then=machine.go_on_with_slips),
                    Choice("slips.give_up", self.word("slips.do.give_up"), then=self._give_up),
                ]
            case _ if state.may_ask:
                return [Choice("slips.new", self.word("slips.do.new"), kind="primary", then=self._wish)]
        return []

    def _of_block(self, last: BlockState) -> list[Fact]:
        facts: list[Fact] = []
        if last.refused:
            known = f"staff_corner.slips.refused.{last.refused}" in self.kit.words
            key = f"slips.refused.{last.refused}" if known else "slips.refused"
            facts.append((self.word("slips.state"), self.word(key, code=last.refused)))
        if last.step == "asking":
            facts.append((self.word("slips.state"), self.word("slips.asking")))
        if not last.block:
            return facts
        numbers = self.word("slips.block.is", block=last.block, service=self._service(last.service), numbers=last.span)
        facts.append((self.word("slips.block"), numbers))
        facts.append((self.word("slips.progress"), self._progress(last)))
        if last.step in ("printing", "paused"):
            facts += self._kept_from(last)
        for what in ("twice", "doubtful", "failed"):
            these = getattr(last, what)
            if these:
                facts.append((self._join(these), self.word(f"slips.{what}")))
        if last.step == "done" and last.left:
            facts.append((self._join(last.left), self.word("slips.given_up")))
        return facts

    def _progress(self, last: BlockState) -> str:
        said = self.word(f"slips.progress.{last.step}", n=last.printed, of=last.total)
        if last.step == "paused" and last.left:
            said += self.word("slips.progress.left", left=self._join(last.left))
        return said

    def _kept_from(self, last: BlockState) -> list[Fact]:
        """What keeps the next slip from the paper, as the printer says it."""
        condition = self.flow.machine.printer().condition
        if condition not in READY:
            return [(self.word("printer.title"), self.word(f"printer.condition.{condition}"))]
        key = f"trouble.{last.trouble}"
        if last.trouble and f"staff_corner.{key}" in self.kit.words:
            return [(self.word("printer.title"), self.word(key))]
        return []

    def _unused(self, state: SlipsState) -> str:
        if state.unused is None:
            return self.word("slips.unused.away" if state.bar == "away" else "slips.unused.asked")
        left = [f"{self._service(one)} {self.word('slips.n', n=n)}" for one, n in state.unused.items() if n]
        return self._join(left) if left else self.word("slips.unused.none")

    def _service(self, code: str) -> str:
        return next((one.name for one in self.kit.hall.services if one.code == code), code)

    def _join(self, these: tuple[str, ...] | list[str]) -> str:
        return self.word("between").join(these)

    def _wish(self) -> None:
        self.flow.wish_slips()
        self.asks.show()

    def _give_up(self) -> None:
        """A second touch means it."""
        if self._sure:
            self.flow.machine.give_up_slips()
            self.refresh()
            return
        self._sure = True
        key = self.named["slips.give_up"]
        key.text, key.kind = self.word("slips.do.give_up.sure"), "danger"


class WishPage(StaffPage):
    """How many slips, and of which service; beside each how many of its slips are left."""

    next_word = "staff_corner.slips.do.look"
    next_name = "slips.look"

    def build(self) -> None:
        kit, state = self.kit, self.flow.machine.slips()
        self._chips = {
            size: Chip(kit, f"size.{size}", self.word("slips.n", n=size), px=40) for size in sizes(state.most)
        }
        for size, chip in self._chips.items():
            chip.bind(on_tap=partial(self._take, size))
        self.body.add_widget(kit.row(kit.target_px(110), *self._chips.values()))
        unused = state.unused or {}
        choices = [
            Choice(
                f"slips.{one.code}",
                one.name,
                self.word("slips.unused.n", n=unused.get(one.code, 0)) if state.unused is not None else "",
                partial(self._choose, one.code),
            )
            for one in kit.hall.services
        ]
        self._shelf = Shelf(kit, choices, px=42, ticks=True)
        self.body.add_widget(self._shelf)

    def refresh(self) -> None:
        wish = self.flow.wish
        for size, chip in self._chips.items():
            chip.chosen = size == wish.count
        self._shelf.tick(lambda name: name == f"slips.{wish.service}")
        self.next.disabled = not wish.service

    def state(self) -> str:
        return f"{self.flow.wish.count}.{self.flow.wish.service}"

    def go_next(self) -> None:
        self.flow.look_at_slips()
        self.asks.show()

    def _take(self, size: int, _chip: object) -> None:
        self.flow.wish.count = size
        self.refresh()

    def _choose(self, service: str) -> None:
        self.flow.wish.service = service
        self.refresh()


class SurePage(FactsPage):
    """What will happen; the key at the lower right has it happen."""

    next_word = "staff_corner.slips.do.print"
    next_name = "slips.print"

    def facts(self) -> list[Fact]:
        flow = self.flow
        service = next((one.name for one in self.kit.hall.services if one.code == flow.wish.service), "")
        return [
            (self.word("slips.sure.what"), self.word("slips.sure.what.is", service=service, n=flow.wish.count)),
            (self.word("slips.sure.numbers"), self.word("slips.sure.numbers.are")),
            (self.word("slips.sure.keeper"), self.word("slips.sure.keeper.is", terminal=flow.machine.name)),
            (self.word("slips.sure.stay"), self.word("slips.sure.stay.so")),
            (self.word("slips.sure.sheet"), self.word("slips.sure.sheet.is")),
        ]

    def go_next(self) -> None:
        self.flow.print_slips()
        self.asks.show()


def _kind(state: SlipsState) -> tuple[str, ...]:
    """Of which kind a page is that shows this: with other keys and other rows it is made anew."""
    return (state.bar, state.last.step, state.last.block)
