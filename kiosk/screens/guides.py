"""办事指南: which matter, its one-time notice page by page with a print, and how this hall is reached (R52, R63)."""

from __future__ import annotations

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.input.means import Means
from kiosk.screens.flow_page import FlowPage
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.kit import Kit
from kiosk.screens.leaves import Leaves, Passage
from kiosk.screens.shelf import Choice, Shelf
from kiosk.services.guides import Guides
from kiosk.terminal import Terminal

GUIDES = "guides"


class GuidePage(FlowPage):
    """A page of the guides; words are named after its `name`."""

    heading = "guides.heading"
    service = "guides"
    flow: Guides
    next_word = ""

    def __init__(self, kit: Kit, asks: Asks, flow: Guides) -> None:
        self.flow = flow
        super().__init__(kit, asks)

    def _matter_name(self) -> str:
        matter = self.flow.matter
        return self.kit.hall.matter(matter.code).name if matter is not None else ""

    def _go(self, move: object, *given: str) -> None:
        assert callable(move)
        move(*given)
        self.asks.show()

    def _matters(self, codes: list[str]) -> list[Choice]:
        hall = self.kit.hall
        return [
            Choice(f"guide.{code}", hall.matter(code).name, hall.matter(code).hint, then=self._choose(code))
            for code in codes
        ]

    def _choose(self, code: str) -> partial[None]:
        return partial(self._go, self.flow.choose, code)


class TopicsPage(GuidePage):
    """The commonest matters; behind them the departments, and the hall itself."""

    name = "topics"

    def build(self) -> None:
        words, flow = self.kit.words, self.flow
        below = (
            Choice("departments", words("matter.others"), then=partial(self._go, flow.open_departments), kind="quiet"),
            Choice("hall", words("guides.hall"), then=partial(self._go, flow.open_hall), kind="quiet"),
        )
        self.body.add_widget(Shelf(self.kit, self._matters([one.code for one in flow.topics]), below=below))


class DepartmentsPage(GuidePage):
    name = "departments"

    def build(self) -> None:
        hall, flow = self.kit.hall, self.flow
        choices = [
            Choice(f"department.{one.code}", hall.department(one.code).name, then=self._open(one.code))
            for one in flow.departments
        ]
        self.body.add_widget(Shelf(self.kit, choices, px=48))

    def _open(self, code: str) -> partial[None]:
        return partial(self._go, self.flow.open_department, code)


class MattersPage(GuidePage):
    """One department's matters."""

    name = "matters"

    def build(self) -> None:
        self.body.add_widget(Shelf(self.kit, self._matters([one.code for one in self.flow.matters])))


class AskingPage(GuidePage):
    name = "asking"

    def build(self) -> None:
        self.body.add_widget(Widget())


class NoticePage(GuidePage):
    """What to bring and the rest, in the hall's own words; 打印 puts the same on paper."""

    name = "notice"
    next_word = "guides.print"
    next_name = "print"

    def build(self) -> None:
        kit, checklist = self.kit, self.flow.checklist
        passages = [Passage(kit.words("guides.materials"), heading=True)]
        if checklist is not None:
            passages += [Passage(f"{at}. {one.name}") for at, one in enumerate(checklist.materials, 1)]
            for part in checklist.parts:
                passages += [Passage(kit.words(f"guides.{part.kind}"), heading=True), Passage(part.text)]
        passages += [Passage(kit.words("guides.where"), heading=True), *_where(kit, self.flow)]
        self.body.add_widget(Leaves(kit, passages))

    def title_words(self) -> str:
        return self._matter_name()

    def hint_words(self) -> str:
        version = self.flow.checklist.version if self.flow.checklist is not None else 0
        return self.kit.words("guides.notice.version", n=version)

    def refresh(self) -> None:
        state = self._paper()
        self.next.text = self.kit.words(f"guides.print.{state}" if state else "guides.print")
        self.next.disabled = bool(state)
        if state == "none":
            self.hint.text = self.kit.words("guides.print.none.hint")
            self.hint.color, self.hint.bold = self.kit.palette.seal, True

    def state(self) -> str:
        return f"{self.flow.step}.{self._paper()}"

    def go_next(self) -> None:
        self.flow.print()
        self.refresh()

    def _paper(self) -> str:
        """The printer's own word; empty while nobody asked for paper."""
        printed = self.flow.printed
        return "" if printed is None else printed.paper


class NothingPage(GuidePage):
    """`untold` and `away`: honest, and who can tell instead (R6)."""

    def __init__(self, kit: Kit, asks: Asks, flow: Guides) -> None:
        self.name = flow.step
        super().__init__(kit, asks, flow)

    def build(self) -> None:
        kit = self.kit
        self.body.add_widget(BoxLayout(size_hint_y=None, height=kit.high_px(16)))
        lines = [kit.title(self._matter_name(), px=50), *(kit.text(one.text, px=42) for one in _where(kit, self.flow))]
        self.body.add_widget(kit.card(*lines, frame=True, padding=(48, kit.high_px(44)), spacing=16))
        self.body.add_widget(Widget())


class HallPage(GuidePage):
    """How this hall is reached, what its document promises, and whom else one may turn to (R14, R63)."""

    name = "hall"

    def build(self) -> None:
        kit, hall = self.kit, self.kit.hall
        passages = [Passage(hall.name, heading=True)]
        passages += [Passage(one) for one in (hall.window_name, hall.place) if one]
        if hall.phone:
            passages.append(Passage(kit.words("home.phone", phone=hall.phone)))
        named = [one for one in hall.departments if one.place or one.phone]
        if named:
            passages.append(Passage(kit.words("guides.hall.departments"), heading=True))
            passages += [Passage("  ".join(part for part in (one.name, one.place, one.phone) if part)) for one in named]
        if hall.outlets:
            passages.append(Passage(kit.words("guides.hall.outlets"), heading=True))
            passages += [Passage(f"{one.name} {one.phone}".strip()) for one in hall.outlets]
        self.body.add_widget(Leaves(kit, passages))


def _where(kit: Kit, flow: Guides) -> list[Passage]:
    """Whom to ask: the department, else the hall's own window."""
    office = flow.handled_by
    hall = kit.hall
    known = hall.department(office.code) if office is not None else None
    name = known.name if known is not None else hall.window_name
    place = (known.place if known is not None else "") or hall.place
    phone = (known.phone if known is not None else "") or hall.phone
    lines = [name, place, kit.words("home.phone", phone=phone) if phone else ""]
    return [Passage(one) for one in lines if one]


_PAGES: dict[str, type[GuidePage]] = {
    "topics": TopicsPage,
    "departments": DepartmentsPage,
    "matters": MattersPage,
    "asking": AskingPage,
    "notice": NoticePage,
    "untold": NothingPage,
    "away": NothingPage,
    "hall": HallPage,
}


def _make(kit: Kit, asks: Asks, terminal: Terminal, _means: Means) -> Screen:
    flow = terminal.flow
    assert isinstance(flow, Guides), "its steps are no other service's"
    return _PAGES[flow.step](kit, asks, flow)


MAKERS = {(GUIDES, step): _make for step in _PAGES}
OPENERS = {GUIDES: Guides}
