"""A hall as its file describes it: windows, services, departments, matters, terminals and devices.

Pure: `hub.config` reads the file, terminals and hub share these values. Sizes of screens are in millimetres
so that letters and targets can be measured as people see them.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import Struct

from hub.domain import addresses, boards, counters, hours, loudspeaker, pads, printed_series, printer, screens
from hub.domain.addresses import twice
from hub.domain.counters import CounterKind
from hub.domain.errors import UnknownCode
from hub.domain.hours import Hours
from hub.domain.loudspeaker import Loudspeaker
from hub.domain.numbers import LETTERS_AT_MOST, is_series
from hub.domain.pads import Pad
from hub.domain.printer import Printer
from hub.domain.screens import Screen as Screen, Wall
from hub.domain.words import LANGUAGES

_T = TypeVar("_T")

MOST_WEIGHT = 10
"""Beyond this a service would be no queue of its own but a privilege."""

WindowWhy = Literal["break", "away", "fault", "closed"]
"""Why nobody is called to a window: a short break, its clerk is away, something is broken, nobody works there now."""

Database = Path | str
"""Where a hall's data is kept: a file of SQLite's, or the address of a database in PostgreSQL."""

Role = Literal["kiosk", "window", "department", "supervisor", "display", "web"]


class Value(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all frozen domain values."""


class Service(Value, frozen=True):
    """A queue of its own (R55): `letter` starts its ticket numbers, `F012`. `kind` is what counter it is (R62)."""

    code: str
    letter: str
    name: str
    minutes: int = 10
    """Usual service time, for the first estimate of a day."""
    kind: CounterKind | None = None
    hours: tuple[Hours, ...] = ()
    """When its numbers are given; empty: as the policy says."""


class Window(Value, frozen=True):
    """A counter where citizens are served; it may serve several services, first named first.

    `weights` says whose waiting counts for more here: 2 is twice. Those that it does not name weigh 1.
    """

    number: int
    services: tuple[str, ...]
    name: str = ""
    weights: dict[str, int] = {}


class Department(Value, frozen=True):
    """A unit that takes work orders (承办单位 / 股室), with where to find it (R6)."""

    code: str
    name: str
    place: str = ""
    phone: str = ""


class Matter(Value, frozen=True):
    """What a citizen came for. `common` ones stand on the first page; `department` usually handles it."""

    code: str
    name: str
    department: str = ""
    hint: str = ""
    common: bool = False


class Outlet(Value, frozen=True):
    """Another place a citizen may turn to, printed on receipts where the hall's document names it (R14)."""

    name: str
    phone: str = ""


class Scanner(Value, frozen=True):
    """A barcode scanner on a serial line; one that types like a keyboard needs no entry. `url` as for printers."""

    url: str
    baud: int = 9600


class Board(Value, frozen=True):
    """An LED board: `url` as for printers, size in dots. `lumen-cpower` speaks the network's frames on `socket://`."""

    name: str
    url: str
    protocol: Literal["onbon-bx6k", "onbon-bx5k", "lumen-cpower"] = "onbon-bx6k"
    width_dots: int = 128
    height_dots: int = 32
    baud: int = 57600
    brightness: tuple[int, ...] = ()
    """Percent by hour, 24 of them from midnight on; empty: as the board is set."""
    card: int = 1
    """Of a Lumen card: its number, 1 to 254."""
    network_id: int = 0xFFFFFFFF
    """Of a Lumen card on TCP: its network id code, here as it comes from the factory."""


class Terminal(Value, frozen=True):
    """An enrolled program of the hall; its key, not its name, is what the hub trusts."""

    name: str
    role: Role
    window: int = 0
    department: str = ""
    screen: Screen | None = None
    walls: tuple[Wall, ...] = ()
    """Of a wall: its one to four screens, where one `screen` does not say enough."""
    printer: str = ""
    board: str = ""
    loudspeaker: str = ""
    offline_series: str = ""
    """The letter of its own numbers, `K` for K001, which it prints while the hub is away; empty: it prints none."""
    scanner: Scanner | None = None
    """Of a kiosk or a window: what reads the square on a receipt."""
    pad: Pad | None = None
    """Of a window: on which the citizen whose case was just closed rates it (R35)."""


class HubAddress(Value, frozen=True):
    """Where terminals find a hub: commands (DEALER) and feed (SUB). One hub of a hall is on duty, the others wait."""

    commands: str
    feed: str
    name: str = "hub-1"


class Hall(Value, frozen=True):
    """One hall, whole, as `hall.toml` describes it.

    `code` is the six digit division code that starts case numbers; `service_for_cases` is the series in which a
    complaint also takes a ticket; `page_url` is the address the QR code opens, without a trailing slash;
    `metrics_port` is where the hub tells of itself on its own machine, 0 nowhere. `database` is
    `postgresql://host/name`, without a password; empty is SQLite in the hall's directory.
    """

    name: str
    code: str
    policy: str
    window_name: str
    page_url: str
    hubs: tuple[HubAddress, ...]
    services: tuple[Service, ...]
    windows: tuple[Window, ...]
    departments: tuple[Department, ...]
    matters: tuple[Matter, ...]
    terminals: tuple[Terminal, ...]
    service_for_cases: str
    slip_series: str = ""
    """The letter of the numbers that are printed in advance and worked by hand, `S` for S001 (R65); empty: none are."""
    slogan: str = ""
    phone: str = ""
    place: str = ""
    timezone: str = "Asia/Shanghai"
    day_begins: dt.time = dt.time(0)
    """When the business date turns, in the hall's time: 04:00 where counters are open at night."""
    outlets: tuple[Outlet, ...] = ()
    printers: tuple[Printer, ...] = ()
    boards: tuple[Board, ...] = ()
    loudspeakers: tuple[Loudspeaker, ...] = ()
    """None: every wall says every call on its machine's own; else a wall that names none is silent."""
    language: str = "zh_Hans"
    metrics_port: int = 0
    database: str = ""
    translations: dict[str, dict[str, str]] = {}
    """By language, the hall's own words for what this file and its policy say (`hub.domain.translated`)."""

    def hub(self, name: str) -> HubAddress:
        return _named("hub", name, {h.name: h for h in self.hubs})

    def terminal(self, name: str) -> Terminal:
        return _named("terminal", name, {t.name: t for t in self.terminals})

    def service(self, code: str) -> Service:
        return _named("service", code, {s.code: s for s in self.services})

    def department(self, code: str) -> Department:
        return _named("department", code, {d.code: d for d in self.departments})

    def matter(self, code: str) -> Matter:
        return _named("matter", code, {m.code: m for m in self.matters})

    def window(self, number: int) -> Window:
        return _named("window", str(number), {str(w.number): w for w in self.windows})

    def printer(self, name: str) -> Printer:
        return _named("printer", name, {p.name: p for p in self.printers})

    def board(self, name: str) -> Board:
        return _named("board", name, {b.name: b for b in self.boards})


def _named(kind: str, code: str, known: dict[str, _T]) -> _T:
    try:
        return known[code]
    except KeyError:
        raise UnknownCode(kind, code, tuple(known)) from None


def contradictions(hall: Hall) -> list[str]:
    """What in a hall points to nothing or stands twice, a sentence each; empty when all fits together."""
    services = {one.code for one in hall.services}
    departments = {one.code for one in hall.departments}
    windows = {one.number for one in hall.windows}
    wrong = [
        *addresses.contradictions(hall),
        *boards.contradictions(hall),
        *twice("service", [one.code for one in hall.services]),
        *twice("service letter", [one.letter for one in hall.services]),
        *twice("window", [str(one.number) for one in hall.windows]),
        *twice("department", [one.code for one in hall.departments]),
        *twice("matter", [one.code for one in hall.matters]),
        *twice("terminal", [one.name for one in hall.terminals]),
    ]
    wrong += [
        f"service {one.code} has the letter {one.letter!r}; it is 1 to {LETTERS_AT_MOST} capital letters, and no digit"
        for one in hall.services
        if not is_series(one.letter)
    ]
    if hall.language not in LANGUAGES:
        wrong.append(f"language is {hall.language!r}; there are {', '.join(LANGUAGES)}")
    wrong += [
        f"translations are of {language!r}; there are {', '.join(LANGUAGES)}"
        for language in hall.translations
        if language not in LANGUAGES
    ]
    if hall.day_begins.tzinfo or hall.day_begins >= dt.time(12):
        wrong.append(f"day_begins is {hall.day_begins}, but a day begins before noon, in the hall's own time")
    if hall.service_for_cases not in services:
        wrong.append(f"service_for_cases is {hall.service_for_cases!r}, which is no service")
    for window in hall.windows:
        wrong += [
            f"window {window.number} serves {code!r}, which is no service"
            for code in window.services
            if code not in services
        ]
        wrong += [
            f"window {window.number} weighs {code!r} with {weight}; it weighs what it serves, with 1 to {MOST_WEIGHT}"
            for code, weight in window.weights.items()
            if code not in window.services or not 1 <= weight <= MOST_WEIGHT
        ]
    for matter in hall.matters:
        if matter.department and matter.department not in departments:
            wrong.append(f"matter {matter.code} goes to {matter.department!r}, which is no department")
    for one in hall.terminals:
        if one.role == "window" and one.window not in windows:
            wrong.append(f"terminal {one.name} stands at window {one.window}, which there is not")
        if one.role == "department" and one.department not in departments:
            wrong.append(f"terminal {one.name} is of {one.department!r}, which is no department")
        if one.scanner is not None and one.role not in ("kiosk", "window"):
            wrong.append(f"terminal {one.name} has a scanner, but nothing is scanned at a {one.role}")
        if one.printer and one.printer not in {printer.name for printer in hall.printers}:
            wrong.append(f"terminal {one.name} prints on {one.printer!r}, which is no printer")
        if one.board and one.board not in {board.name for board in hall.boards}:
            wrong.append(f"terminal {one.name} writes on {one.board!r}, which is no board")
    of_parts = (counters, hours, loudspeaker, pads, printed_series, printer, screens)
    return [*wrong, *(one for part in of_parts for one in part.contradictions(hall))]
