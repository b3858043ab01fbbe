"""The strip of the first screen."""

from __future__ import annotations

import datetime as dt

from hub.wire.messages import Snapshot, WindowView
from hub.wire.picture import Picture
from kiosk.strip import Strip, strip_of
from tests.factories import FILED_AT, MONDAY, a_ticket


def a_picture() -> Picture:
    picture = Picture()
    tickets = (a_ticket("F001"), a_ticket("F002", state="called"), a_ticket("A001", service="general"))
    windows = (WindowView(number=1, open=True), WindowView(number=2, open=False), WindowView(number=3, open=True))
    picture.take(Snapshot(epoch="e", seq=1, at=FILED_AT, business_date=MONDAY, tickets=tickets, windows=windows))
    return picture


def test_waiting_people_and_open_windows_are_counted_while_the_hub_is_heard() -> None:
    assert strip_of(a_picture(), True, FILED_AT, "Asia/Shanghai") == Strip(live=True, waiting=2, windows=2)


def test_when_the_hub_is_away_it_says_since_when_in_the_halls_time() -> None:
    assert strip_of(a_picture(), False, FILED_AT, "Asia/Shanghai") == Strip(live=False, as_of="09:31")


def test_before_the_first_picture_nothing_is_claimed() -> None:
    assert strip_of(Picture(), False, None, "Asia/Shanghai") == Strip(live=False)
    heard: dt.datetime = FILED_AT
    assert not strip_of(Picture(), True, heard, "Asia/Shanghai").live
