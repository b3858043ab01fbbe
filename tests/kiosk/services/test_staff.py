"""The staff corner without its window."""

from __future__ import annotations

import pytest

from kiosk.services.staff import BELOW, HOLD_S, PAGES, Hold, Staff, Verdict
from kiosk.services.staff_slips import BlockState, SlipsState, sizes

PIN = "480615"


class Lock:
    """Opens to one PIN when the test lets it answer."""

    def __init__(self) -> None:
        self.has_pin, self.checking, self.wait_s = True, False, 0
        self.given: list[str] = []
        self.answer: Verdict | None = None

    def check(self, pin: str) -> None:
        self.given.append(pin)
        self.checking = True

    def verdict(self) -> Verdict | None:
        answer, self.answer = self.answer, None
        if answer:
            self.checking = False
        return answer

    def drop(self) -> None:
        self.checking, self.answer = False, None

    def say(self, verdict: Verdict) -> None:
        self.answer = verdict


@pytest.fixture
def lock() -> Lock:
    return Lock()


@pytest.fixture
def staff(lock: Lock) -> Staff:
    return a_corner(lock)


class Kiosk:
    """What a corner asks of its machine about manual slips; nothing else is asked here."""

    def __init__(self) -> None:
        self.state = SlipsState(most=50)
        self.counted = self.stopped = 0
        self.asked: list[tuple[str, int]] = []

    def slips(self) -> SlipsState:
        return self.state

    def stop_slips(self) -> None:
        self.stopped += 1

    def count_slips(self) -> None:
        self.counted += 1

    def ask_slips(self, service: str, count: int) -> None:
        self.asked.append((service, count))
        self.state = SlipsState(last=BlockState(step="asking"))


def a_corner(lock: Lock) -> Staff:
    return Staff(lock, Kiosk())  # type: ignore[arg-type]


def inside(staff: Staff, lock: Lock) -> Staff:
    for digit in PIN:
        staff.digit(digit)
    staff.give()
    lock.say("right")
    assert staff.poll()
    return staff


# --- the finger in the corner


def test_a_finger_that_rests_three_seconds_in_the_corner_is_a_long_press_once() -> None:
    hold = Hold()
    hold.down(5, 5, 10.0)
    assert not hold.done(10.0 + HOLD_S - 0.1)
    assert hold.done(10.0 + HOLD_S)
    assert not hold.done(20.0)


@pytest.mark.parametrize("at", [(26, 5), (5, 26), (100, 100)])
def test_elsewhere_it_is_none(at: tuple[float, float]) -> None:
    hold = Hold()
    hold.down(*at, 0.0)
    assert not hold.done(10.0)


def test_a_finger_that_lifts_or_wanders_is_none() -> None:
    hold = Hold()
    hold.down(5, 5, 0.0)
    hold.up()
    assert not hold.done(10.0)
    hold.down(5, 5, 10.0)
    hold.moved(9, 9)
    assert hold.done(13.0)
    hold.down(5, 5, 20.0)
    hold.moved(5, 14)
    assert not hold.done(30.0)


def test_a_second_finger_makes_it_none() -> None:
    hold = Hold()
    hold.down(5, 5, 0.0)
    hold.down(6, 6, 1.0)
    assert not hold.done(10.0)


# --- the PIN


def test_the_right_pin_leads_to_the_menu_and_is_forgotten_at_once(staff: Staff, lock: Lock) -> None:
    for digit in PIN:
        staff.digit(digit)
    staff.give()
    assert (lock.given, staff.typed, staff.step) == ([PIN], "", "pin")
    assert not staff.poll()
    lock.say("right")
    assert staff.poll()
    assert (staff.step, staff.inside) == ("menu", True)


def test_a_wrong_pin_stays_outside_and_says_so(staff: Staff, lock: Lock) -> None:
    staff.digit("1")
    staff.give()
    lock.say("wrong")
    assert not staff.poll()
    assert (staff.step, staff.said, staff.typed) == ("pin", "wrong", "")
    staff.digit("1")
    assert staff.said == ""


def test_no_digit_is_taken_while_a_pin_is_looked_at_or_must_wait(staff: Staff, lock: Lock) -> None:
    staff.digit("1")
    staff.give()
    staff.digit("2")
    assert staff.typed == ""
    lock.say("wrong")
    staff.poll()
    lock.wait_s = 4
    staff.digit("2")
    staff.give()
    assert (staff.typed, len(lock.given)) == ("", 1)


def test_without_a_pin_the_corner_says_so_and_takes_nothing(lock: Lock) -> None:
    lock.has_pin = False
    staff = a_corner(lock)
    staff.digit("1")
    staff.give()
    assert (staff.step, staff.said, staff.typed, lock.given) == ("pin", "no_pin", "", [])


def test_digits_can_be_taken_back_and_there_is_an_end_to_them(staff: Staff, lock: Lock) -> None:
    for _ in range(20):
        staff.digit("7")
    assert len(staff.typed) == 12
    staff.erase()
    assert len(staff.typed) == 11


def test_a_pin_that_is_answered_after_the_corner_was_left_opens_nothing(staff: Staff, lock: Lock) -> None:
    staff.digit("1")
    staff.give()
    staff.wipe()
    assert not lock.checking
    again = a_corner(lock)
    assert not again.poll()
    assert not again.inside


# --- inside


def test_no_page_opens_without_the_pin(staff: Staff) -> None:
    staff.go("printer")
    assert staff.step == "pin"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_leads_back_to_the_menu_and_the_menu_out(staff: Staff, lock: Lock, page: str) -> None:
    inside(staff, lock).go(page)  # type: ignore[arg-type]
    assert staff.step == page
    assert staff.back()
    assert staff.step == "menu"
    assert not staff.back()


def test_what_is_wiped_needs_the_pin_again(staff: Staff, lock: Lock) -> None:
    inside(staff, lock)
    staff.wipe()
    assert not staff.inside
    staff.digit("4")
    staff.wipe()
    assert staff.typed == ""


# --- a block of manual slips


def kiosk_of(staff: Staff) -> Kiosk:
    assert isinstance(staff.machine, Kiosk)
    return staff.machine


@pytest.mark.rule("R65")
def test_a_block_is_asked_for_once_after_it_was_chosen_and_looked_at(staff: Staff, lock: Lock) -> None:
    inside(staff, lock).go("slips")
    assert kiosk_of(staff).counted == 1
    staff.wish_slips()
    assert (staff.step, staff.wish.count) == ("slips_wish", 50)
    staff.look_at_slips()
    assert staff.step == "slips_wish", "no service is chosen yet"
    staff.wish.service, staff.wish.count = "general", 20
    staff.print_slips()
    assert kiosk_of(staff).asked == [], "nobody has looked at it"
    staff.look_at_slips()
    staff.print_slips()
    assert (staff.step, kiosk_of(staff).asked) == ("slips", [("general", 20)])
    staff.print_slips()
    assert len(kiosk_of(staff).asked) == 1


@pytest.mark.rule("R65")
@pytest.mark.parametrize("state", [SlipsState(bar="away"), SlipsState(last=BlockState(step="paused"))])
def test_no_block_is_wished_for_where_none_can_be_had(staff: Staff, lock: Lock, state: SlipsState) -> None:
    inside(staff, lock).go("slips")
    kiosk_of(staff).state = state
    staff.wish_slips()
    assert staff.step == "slips"


@pytest.mark.rule("R65")
def test_a_hub_that_goes_away_while_somebody_chooses_is_not_asked(staff: Staff, lock: Lock) -> None:
    inside(staff, lock).go("slips")
    staff.wish_slips()
    staff.wish.service = "general"
    staff.look_at_slips()
    kiosk_of(staff).state = SlipsState(bar="away")
    staff.print_slips()
    assert (staff.step, kiosk_of(staff).asked) == ("slips", [])


def test_behind_a_page_the_way_back_is_the_way_in(staff: Staff, lock: Lock) -> None:
    inside(staff, lock).go("slips")
    staff.step = "slips_sure"
    steps = []
    while staff.back():
        steps.append(staff.step)
    assert steps == ["slips_wish", "slips", "menu"]
    assert set(BELOW) == {"slips_sure", "slips_wish"}


@pytest.mark.rule("R65")
def test_whoever_leaves_the_corner_stops_its_slips(staff: Staff, lock: Lock) -> None:
    inside(staff, lock).go("slips")
    before = kiosk_of(staff).stopped
    staff.wipe()
    assert kiosk_of(staff).stopped == before + 1


def test_outside_nothing_of_slips_is_asked(staff: Staff) -> None:
    staff.wish_slips()
    staff.look_at_slips()
    staff.print_slips()
    assert (staff.step, kiosk_of(staff).asked) == ("pin", [])


def test_sizes_end_with_what_the_policy_allows() -> None:
    assert sizes(50) == (10, 20, 50)
    assert sizes(30) == (10, 20, 30)
    assert sizes(5) == (5,)
