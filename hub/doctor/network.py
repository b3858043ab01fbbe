"""What is reached over the network: the hub with a terminal's key, and the page that phones open."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

from hub.config import HallDirectory
from hub.doctor.checks import Check, broken, warns, well
from hub.domain.hall import Hall, Terminal
from hub.keys import KeyMissing
from hub.link import Link, NoAnswer
from hub.wire import messages as m

ASK_TIMEOUT_S = 5.0
HUB_CLOCK = "clock against the hub's"
FAST_S, WRONG_S = 2.0, 120.0
"""A clock that differs by more is worth a word; by more than the second, offline numbers carry a wrong time."""


def hub(hall: Hall) -> Iterator[Check]:
    """Whether anybody listens where the hub should."""
    listening = _listening(hall)
    silent = [one.commands for one in hall.hubs if one.commands not in listening]
    if not listening:
        remedy = "start the hub; look at the network cable and hall.toml"
        yield broken("hub", f"nobody listens at {', '.join(silent)}", remedy)
        return
    yield well("hub", f"listens at {', '.join(listening)}")
    if silent:
        yield warns("hub", f"nobody stands by at {', '.join(silent)}", "start that hub too: bancheng status says which")


def as_terminal(place: HallDirectory, hall: Hall, terminal: Terminal) -> tuple[list[Check], m.TerminalHealth | None]:
    """What the hub says to a terminal's key, and how that terminal's own program is; None where no hub says it."""
    if not _listening(hall):
        return [], None  # said once for all
    name = f"hub, as {terminal.name}"
    try:
        link = Link.of_terminal(place, terminal.name, feed=False)
    except KeyMissing as wrong:
        return [broken(name, str(wrong), f"copy keys/{terminal.name}.* and keys/hub.public here")], None
    try:
        asked = dt.datetime.now(dt.UTC)
        answer = link.ask(m.ReadTerminals(), ASK_TIMEOUT_S)
        answered = dt.datetime.now(dt.UTC)
    except NoAnswer:
        remedy = (
            f"is hall.toml the hub's? then on the hub's machine: bancheng terminal enroll {terminal.name}, "
            "restart the hub, copy the keys here"
        )
        return [broken(name, "it listens, but does not answer this terminal's key", remedy)], None
    finally:
        link.close()
    if not isinstance(answer, m.TerminalList):
        return [warns(name, f"answers {answer}", "it is of another version: update hub and terminals together")], None
    took = answered - asked
    own = next(one for one in answer.terminals if one.name == terminal.name)
    checks = [
        well(name, f"answers within {took.total_seconds() * 1000:.0f} ms"),
        clocks((answer.at - (asked + took / 2)).total_seconds()),
        reported(own),
    ]
    return checks, own


def clocks(ahead_s: float) -> Check:
    """`ahead_s`: by how much the hub's clock is ahead of this machine's."""
    name, far = HUB_CLOCK, abs(ahead_s)
    what = f"the hub's is {far:.1f} s {'ahead' if ahead_s > 0 else 'behind'}"
    if far <= FAST_S:
        return well(name, what)
    remedy = "let the network set both machines' clocks: timedatectl set-ntp true"
    return broken(name, what, remedy) if far > WRONG_S else warns(name, what, remedy)


def reported(one: m.TerminalHealth) -> Check:
    """What a terminal's own program last told the hub."""
    name = f"{one.name}, as it reports itself"
    match one.state:
        case "never":
            return warns(name, "its program has told this hub nothing yet", "start it, if it should run")
        case "silent":
            return warns(name, f"nothing since {one.heard_at:%H:%M:%S} UTC", "start its program, look into its log")
        case "troubled":
            troubles = ", ".join(one.troubles)
            return warns(
                name, f"since {one.since:%H:%M:%S} UTC: {troubles}", "docs/devices.md says what to do for each"
            )
        case "live":
            return well(name, "runs, without trouble")


def page(address: str) -> Iterator[Check]:
    """What the QR codes open: an address that a phone can reach, and somebody who answers there."""
    yield address_of_page(address)
    try:
        with urllib.request.urlopen(f"{address}/", timeout=ASK_TIMEOUT_S):  # noqa: S310 - the hall's own address
            yield well("phone page", f"answers at {address}")
    except urllib.error.HTTPError as wrong:
        if wrong.code < 500:
            yield well("phone page", f"answers at {address}")
        else:
            yield broken(
                "phone page", f"{address} answers {wrong.code}", "look into the log of bancheng-web and its proxy"
            )
    except (OSError, ValueError) as wrong:
        yield broken(
            "phone page",
            f"nobody answers at {address} ({_why(wrong)})",
            "start bancheng-web; look at its proxy and name",
        )


def address_of_page(address: str) -> Check:
    parts, name, remedy = urlsplit(address), "page address", "set page_url in hall.toml to the site's public address"
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host:
        return broken(name, f"{address!r} is no address of a page", remedy)
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        ip = None
    if host == "localhost" or host.endswith(".localhost") or (ip is not None and (ip.is_loopback or ip.is_unspecified)):
        return broken(name, f"{address} is this machine alone: no phone reaches it", remedy)
    if ip is not None and ip.is_private:
        return warns(name, f"{address} is reached by phones in the hall's own network alone", remedy)
    if parts.scheme == "http":
        return warns(
            name, f"{address} is not encrypted: anybody on the way reads it", "put a TLS proxy before it: https"
        )
    return well(name, f"{address} is one that phones reach")


def _listening(hall: Hall) -> list[str]:
    return [one.commands for one in hall.hubs if _listens(one.commands)]


def _listens(address: str) -> bool:
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname, parts.port), ASK_TIMEOUT_S / 2).close()
    except OSError:
        return False
    return True


def _why(wrong: Exception) -> object:
    return getattr(wrong, "reason", wrong)
