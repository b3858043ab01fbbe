"""A whole hall as real processes, on ports of its own: what demonstration and end-to-end tests start."""

from __future__ import annotations

import contextlib
import re
import urllib.request
from pathlib import Path

from hub import founding
from hub.config import HallDirectory, hall_template
from hub.link import Link
from tests.ports import free_port
from tests.processes import Processes, until
from tests.screen import Screen

PORTS = {"hub": "17801", "feed": "17802", "metrics": "17803", "web": "17880", "printer": "19100", "board": "15005"}
"""The ports of the shipped hall templates, by what listens there."""

Place = tuple[int, int, float]
"""Left, top and zoom of a window on a shared screen."""

KIOSK, DESK = (1080, 1920), (1920, 1080)


class RunningHall:
    """A founded hall and the programs that run it. Nothing is started until it is asked for."""

    def __init__(
        self,
        place: Path,
        processes: Processes,
        *,
        template: str = "shanting",
        more_terminals: str = "",
        database: str = "",
        hubs: int = 1,
        code: str = "",
    ) -> None:
        self.directory = HallDirectory(place)
        self.processes = processes
        self.ports = {what: free_port() for what in (*PORTS, "printer-control", "board-control")}
        text = hall_template(template).decode() + more_terminals
        if code:
            text = re.sub(r'^code = "\d{6}"', f'code = "{code}"', text, flags=re.MULTILINE)
        if database:
            text = f'database = "{database}"\n{text}'
        for number in range(2, hubs + 1):
            commands, feed = (f"tcp://127.0.0.1:{free_port()}" for _ in range(2))
            text += f'\n[[hubs]]\nname = "hub-{number}"\ncommands = "{commands}"\nfeed = "{feed}"\n'
        for what, port in PORTS.items():
            text = re.sub(rf"(:|metrics_port = ){port}\b", rf"\g<1>{self.ports[what]}", text)
        self.hall = founding.found(self.directory, text.encode())
        self.paper = place / "paper"
        self.board = place / "board"

    def staff(
        self, code: str, name: str, role: str, pin: str, department: str = "", posts: tuple[str, ...] = ()
    ) -> None:
        founding.add_staff(self.directory, code, name, role, department, pin, posts)

    def link(self, terminal: str, *, feed: bool = True) -> Link:
        return Link.of_terminal(self.directory, terminal, feed=feed)

    # --- programs; each `start_` returns at once, `ready_` waits

    def start_hub(self, name: str = "hub", place: Path | None = None, called: str = "") -> None:
        """The hall's only hub, or the one of several that is called so, with a copy of the hall's directory."""
        which = [] if name == "hub" else ["--name", name]
        self.processes.start(called or name, "-m", "hub", "--hall", str(place or self.directory.path), *which)

    def ready_hub(self, name: str = "hub", ready: str = "hub.ready") -> None:
        until(f"the {name}", lambda: self.processes.said(name, ready))

    def start_web(self) -> None:
        self._program("web", "hub.web", "web")

    def ready_web(self) -> None:
        until("the look-up page", self._web_answers)

    def start_printer(self) -> None:
        self.processes.start(
            "printer",
            *("-m", "printers.emulator", "--tcp", f"127.0.0.1:{self.ports['printer']}"),
            *("--control", f"127.0.0.1:{self.ports['printer-control']}", "--out", str(self.paper)),
        )

    def start_board(self) -> None:
        self.processes.start(
            "board",
            *("-m", "display.led.emulator", "--tcp", f"127.0.0.1:{self.ports['board']}"),
            *("--control", f"127.0.0.1:{self.ports['board-control']}", "--out", str(self.board)),
        )

    def ready_device(self, name: str) -> None:
        until(f"the {name} emulator", lambda: self.processes.said(name, "ready"))

    def start_led(self) -> None:
        self._program("led", "display.led", "led")

    def start_kiosk(self, screen: Screen | None = None, terminal: str = "kiosk-1", place: Place | None = None) -> None:
        self._program(terminal, "kiosk", terminal, screen, place)

    def start_counter(self, terminal: str, screen: Screen | None = None, place: Place | None = None) -> None:
        self._program(terminal, "counter", terminal, screen, place)

    def start_wall(self, screen: Screen | None = None, place: Place | None = None, terminal: str = "wall") -> None:
        self._program(terminal, "display", terminal, screen, place)

    def ready_window(self, name: str, screen: Screen) -> None:
        """Waits for a program's first drawn frame."""

        def drawn() -> bool:
            self.processes.check(name)
            return screen.is_drawn()

        until(f"{name}'s first frame", drawn, timeout_s=60)

    def _program(
        self, name: str, module: str, terminal: str, screen: Screen | None = None, place: Place | None = None
    ) -> None:
        argv = ["-m", module, "--hall", str(self.directory.path), "--terminal", terminal]
        if place is not None:
            left, top, zoom = place
            argv += ["--left", str(left), "--top", str(top), "--zoom", f"{zoom:.3f}"]
        self.processes.start(name, *argv, env=screen.env if screen else None)

    def _web_answers(self) -> bool:
        self.processes.check("web")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.hall.page_url}/", timeout=2) as page:
            return bool(page.status == 200)
        return False
