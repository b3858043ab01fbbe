from collections.abc import Callable

from hub.pulse import EVERY_S, Pulse
from hub.wire.messages import Answer, Done, ReportHealth


class Hub:
    """Takes reports, and answers when told to."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, ...]] = []
        self._waiting: list[Callable[[Answer], None]] = []

    def send(self, report: ReportHealth, then: Callable[[Answer], None]) -> None:
        self.heard.append(report.troubles)
        self._waiting.append(then)

    def answer(self) -> None:
        self._waiting.pop()(Done())


def test_a_terminal_that_is_well_reports_at_once_and_then_regularly() -> None:
    hub = Hub()
    pulse = Pulse(hub.send)
    for now_s in (0.0, 1.0, EVERY_S - 1, EVERY_S, EVERY_S + 1):
        if pulse.poll(now_s):
            hub.answer()
    assert hub.heard == [(), ()]


def test_a_trouble_and_its_end_are_told_at_once() -> None:
    hub = Hub()
    pulse = Pulse(hub.send)
    for troubles in ((), ("board_silent",), ("board_silent",), ()):
        if pulse.poll(0.0, troubles):
            hub.answer()
    assert hub.heard == [(), ("board_silent",), ()]


def test_reports_do_not_pile_up_while_the_hub_is_away_and_the_newest_follows() -> None:
    hub = Hub()
    pulse = Pulse(hub.send)
    for number in range(100):
        pulse.poll(number * EVERY_S, ("board_silent",) if number > 50 else ())
    assert hub.heard == [()]
    hub.answer()
    pulse.poll(100 * EVERY_S, ("board_silent",))
    assert hub.heard == [(), ("board_silent",)]
