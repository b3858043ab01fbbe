"""Which screen shows which step of the ways to a number, and how each begins."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.input.means import Means
from kiosk.screens.check_in import CodePage, CodeRefusedPage
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.given import page_of_given
from kiosk.screens.green import GroundPage
from kiosk.screens.kit import Kit
from kiosk.screens.number import RefusedPage, ServicePage
from kiosk.screens.taking import AskingPage, AwayPage, TimesPage
from kiosk.services.check_in import CheckingIn
from kiosk.services.green import GreenChannel
from kiosk.services.number import Number
from kiosk.services.taking import Taking
from kiosk.terminal import Terminal

NUMBER, GREEN, CHECK_IN = "number", "green", "check_in"

Made = Callable[[Kit, Asks, Terminal, Means], Screen]
Page = Callable[[Kit, Asks, Taking, str], Screen]


def _maker(page: Page, service: str) -> Made:
    """A page of the flow that is in use, under its service's heading."""

    def make(kit: Kit, asks: Asks, terminal: Terminal, _means: Means) -> Screen:
        flow = terminal.flow
        assert isinstance(flow, Taking), "its steps are no other service's"
        return page(kit, asks, flow, f"{service}.heading")

    return make


def _ground(kit: Kit, asks: Asks, flow: Taking, heading: str) -> Screen:
    assert isinstance(flow, GreenChannel)
    return GroundPage(kit, asks, flow, heading)


def _code(kit: Kit, asks: Asks, flow: Taking, heading: str) -> Screen:
    assert isinstance(flow, CheckingIn)
    return CodePage(kit, asks, flow, heading)


def _begun(flow: Taking) -> Taking:
    flow.begin()
    return flow


_EVERYWHERE: dict[str, Page] = {
    "asking": AskingPage,
    "away": AwayPage,
    "late": AwayPage,
    "times": TimesPage,
    "refused": RefusedPage,
    "issued": page_of_given,
    "booked": page_of_given,
}
_OWN: dict[str, dict[str, Page]] = {
    NUMBER: {"service": ServicePage},
    GREEN: {"ground": _ground, "service": ServicePage},
    CHECK_IN: {"code": _code, "refused": CodeRefusedPage},
}

OPENERS: dict[str, Callable[[Terminal], Taking]] = {
    NUMBER: lambda terminal: _begun(Number(terminal)),
    GREEN: lambda terminal: _begun(GreenChannel(terminal)),
    CHECK_IN: lambda terminal: _begun(CheckingIn(terminal)),
}
MAKERS: dict[tuple[str, str], Made] = {
    (service, step): _maker(page, service)
    for service, own in _OWN.items()
    for step, page in (_EVERYWHERE | own).items()
}
