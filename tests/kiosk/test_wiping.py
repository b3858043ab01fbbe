"""What a citizen wrote is nowhere once the session is over: screen, memory, files, the next one's candidates."""

from __future__ import annotations

import pytest

from tests.kiosk.watching import LETTERS, Watched
from tests.processes import until

pytestmark = pytest.mark.e2e


@pytest.fixture
def kiosk(watched: Watched) -> Watched:
    """At its first screen, whatever the last test left behind."""
    if watched.screen.seen()["screen"] != "home":
        watched.restart()
    return watched


def test_what_was_filed_is_nowhere_after_the_session(kiosk: Watched) -> None:
    kiosk.to_words()
    written = kiosk.write() + kiosk.write_name()
    kiosk.screen.touch("next")
    kiosk.at("check")
    kiosk.screen.touch("submit")
    kiosk.at("done")
    kiosk.state("answered.confirmed")
    kiosk.screen.touch("finish")
    after = kiosk.home_picture()
    kiosk.nowhere(written)
    kiosk.restart()
    assert kiosk.home_picture() == after, "a home screen that nobody had used before looks the same"
    kiosk.nowhere(written)


def test_what_was_abandoned_is_nowhere_and_the_first_screen_is_as_it_was(kiosk: Watched) -> None:
    before = kiosk.home_picture()
    kiosk.to_words()
    written = kiosk.write()
    found = {one.split(" in ")[0] for one in kiosk.in_memory(written)}
    assert len(found) >= 2, "who finds nothing afterwards has looked in the right places"
    written += kiosk.write_name()
    kiosk.screen.touch("abandon")
    kiosk.screen.touch("leave")
    assert kiosk.home_picture() == before
    kiosk.nowhere(written)


def test_what_was_left_standing_is_nowhere_when_the_time_is_over(kiosk: Watched) -> None:
    before = kiosk.home_picture()
    kiosk.to_words()
    written = kiosk.write()
    kiosk.type("yuan")
    kiosk.state(".4.0")
    kiosk.later(61)
    kiosk.at("warning.words")
    kiosk.later(20)
    assert kiosk.home_picture() == before
    kiosk.nowhere(written)


def test_size_contrast_and_height_end_with_who_chose_them(kiosk: Watched) -> None:
    before = kiosk.home_picture()
    for mode in ("big", "contrast", "low"):
        shown, places = kiosk.screen.pixels(), kiosk.screen.seen()["touch"]
        kiosk.screen.touch(f"mode.{mode}")
        until(f"the glass in {mode}", lambda seen=shown: kiosk.screen.pixels() != seen)
        if mode != "contrast":  # which moves nothing
            until(f"the places in {mode}", lambda seen=places: kiosk.screen.seen()["touch"] != seen)
        kiosk.screen.settled()
    kiosk.screen.touch("start")
    kiosk.at("matter")
    kiosk.screen.touch("abandon")
    kiosk.screen.touch("leave")
    assert kiosk.home_picture() == before


def test_a_language_that_somebody_chose_and_left_is_the_hall_s_again_after_a_minute(kiosk: Watched) -> None:
    before = kiosk.home_picture()
    kiosk.screen.touch("mode.language")
    kiosk.screen.touch("en")
    until("English", lambda: any("Shanting" in text or "complain" in text.lower() for text in kiosk.texts()))
    kiosk.later(60)
    until("the hall's own language", lambda: kiosk.screen.pixels() == before)


def test_the_next_citizen_is_offered_what_the_first_one_was(kiosk: Watched) -> None:
    """What the decoder learned of one citizen's choice went with that citizen."""

    def offered() -> set[str]:
        kiosk.type(LETTERS)
        kiosk.state(f".{len(LETTERS)}.0")
        return {name for name in kiosk.screen.seen()["touch"] if name.startswith("candidate.")}

    kiosk.to_words()
    kiosk.screen.settled()
    offered()
    first = kiosk.screen.picture()
    last = max((name for name in offered_names(kiosk)), key=lambda name: int(name.rsplit(".", 1)[1]))
    kiosk.screen.touch(last)
    kiosk.screen.touch("abandon")
    kiosk.screen.touch("leave")
    kiosk.at("home")
    kiosk.to_words()
    offered()
    kiosk.screen.settled()
    assert kiosk.screen.picture().tobytes() == first.tobytes()


def offered_names(kiosk: Watched) -> list[str]:
    return [name for name in kiosk.screen.seen()["touch"] if name.startswith("candidate.") and name[10:].isdigit()]
