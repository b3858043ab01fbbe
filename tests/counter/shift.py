"""Counters in their windows, with somebody at the keyboard."""

from __future__ import annotations

from pathlib import Path

from hub.link import Link
from tests.processes import until
from tests.running_hall import DESK, RunningHall
from tests.screen import Screen


def open_counter(hall: RunningHall, terminal: str, screen: Screen) -> None:
    hall.start_counter(terminal, screen)
    hall.ready_window(terminal, screen)
    until("the log-in", lambda: screen.has("login.enter"))


def log_in(screen: Screen, staff: str, pin: str) -> None:
    """By the keyboard."""
    screen.settled()
    screen.write(staff)
    screen.key("Tab")
    screen.settled()  # a person looks where the caret is; SDL drops what is typed in the same frame as a Tab
    screen.write(pin)
    screen.key("Return")
    until("the shift", lambda: screen.has("rail.log_out"))


class Counters:
    """A hall that runs, its counters each on a screen of its own, and links of terminals without one."""

    def __init__(self, running: RunningHall, pictures: Path) -> None:
        self.running, self.pictures = running, pictures
        self.screens: dict[str, Screen] = {}
        self.links: list[Link] = []

    def counter(self, terminal: str) -> Screen:
        """The counter, asking who it is."""
        if terminal not in self.screens:
            self.screens[terminal] = Screen(*DESK)
        open_counter(self.running, terminal, self.screens[terminal])
        return self.screens[terminal]

    def shift(self, terminal: str, staff: str, pin: str) -> Screen:
        """The counter with somebody logged in."""
        screen = self.counter(terminal)
        log_in(screen, staff, pin)
        return screen

    def close(self) -> None:
        """Each screen is kept as it was at the end, for whoever asks."""
        for link in self.links:
            link.close()
        for terminal, screen in self.screens.items():
            screen.picture().save(self.pictures / f"{terminal}.png")
            screen.close()
