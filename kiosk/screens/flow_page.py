"""A page of a service beside the complaint: its words are named after the service, and back goes through its flow."""

from __future__ import annotations

from typing import Protocol

from kiosk.screens.frame import Page
from kiosk.services import Flow


class StepByStep(Flow, Protocol):
    """A service that goes back by itself."""

    def back(self) -> bool:
        """One step; whether there was one before."""


class FlowPage(Page):
    """The driver's `state` is the flow's step, unless a page knows more of it."""

    flow: StepByStep
    service = ""
    """What its words begin with."""

    def words_key(self) -> str:
        """What its title and hint are called in the catalogue."""
        return f"{self.service}.{self.name}"

    def title_words(self) -> str:
        return self.kit.words(f"{self.words_key()}.title")

    def hint_words(self) -> str:
        key = f"{self.words_key()}.hint"
        return self.kit.words(key) if key in self.kit.words else ""

    def state(self) -> str:
        return self.flow.step

    def go_back(self) -> None:
        if self.flow.back():
            self.asks.show()
        else:
            self.asks.finish()
