"""用手机填写 at the kiosk: opened, asked for, collected once, closed whenever the citizen goes on without it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hub.domain.draft import TEXT_LIMIT
from hub.wire import messages as m, pairing
from kiosk.services.phone_form import OPENS_WITHIN_S, PhoneForm, fill_in
from kiosk.session import NotInThisStep, Session
from tests.kiosk.test_session import a_session, at_check

SIGNED = pairing.PhoneDraft(text="让我下周再来。", signed=True, name="李秀兰", phone="13800001234", confidential=True)
OVER = m.Rejected(code="pairing_over", text="")


class Link:
    """Keeps what is asked until a test answers it."""

    def __init__(self) -> None:
        self.live = True
        self.waiting: dict[str, tuple[m.Command, Callable[[m.Answer], None]]] = {}
        self.sent: list[m.Command] = []

    def send(self, command: m.Command, then: Callable[[m.Answer], None], command_id: str = "") -> str:
        self.sent.append(command)
        self.waiting[str(len(self.sent))] = (command, then)
        return str(len(self.sent))

    def forget(self, command_id: str) -> None:
        self.waiting.pop(command_id, None)

    def answer(self, kind: type, answer: m.Answer) -> None:
        (found,) = [key for key, (command, _) in self.waiting.items() if isinstance(command, kind)]
        self.waiting.pop(found)[1](answer)

    def asks(self, kind: type) -> int:
        return sum(isinstance(command, kind) for command, _ in self.waiting.values())

    @property
    def closed(self) -> list[str]:
        return [one.token for one in self.sent if isinstance(one, pairing.ClosePairing)]


class Phone:
    """A form on a link and a clock of the test's; `session` stands at the step where words are asked for."""

    def __init__(self) -> None:
        self.link, self.now_s, self.session = Link(), 100.0, at_words()
        self._numbers = iter(range(1, 100))

    def begin(self) -> None:
        self.form = PhoneForm(self.link, "http://hall.example", lambda: self.now_s, self._random, self.session)

    def _random(self, size: int) -> bytes:
        return bytes([next(self._numbers)]) * size

    def wait(self) -> str:
        """Shown and scanned; returns its token."""
        self.begin()
        self.link.answer(pairing.OpenPairing, pairing.PairingWaits(seconds_left=300))
        return self.form.address.rpartition("/")[2]

    def later(self, seconds: float) -> None:
        self.now_s += seconds
        self.form.poll()


def at_words() -> Session:
    session = a_session()
    session.move("start")
    session.choose_matter("transfer-sale")
    session.move("next")
    session.toggle_reason("repeated")
    session.move("next")
    return session


@pytest.fixture
def phone() -> Phone:
    return Phone()


def test_the_code_is_shown_only_when_the_hub_knows_it(phone: Phone) -> None:
    phone.begin()
    assert (phone.form.step, phone.form.address) == ("opening", "")
    (opened,) = phone.link.sent
    assert isinstance(opened, pairing.OpenPairing)
    assert (opened.matter, opened.reasons, opened.text_most) == ("transfer-sale", ("repeated",), TEXT_LIMIT)
    phone.link.answer(pairing.OpenPairing, pairing.PairingWaits(seconds_left=300))
    assert (phone.form.step, phone.form.seconds_left) == ("waiting", 300)
    assert phone.form.address == f"http://hall.example/f/{opened.token}"


def test_a_phone_has_the_room_that_is_left(phone: Phone) -> None:
    phone.session.write(" " + "字" * 150)
    phone.begin()
    (opened,) = phone.link.sent
    assert isinstance(opened, pairing.OpenPairing)
    assert opened.text_most == TEXT_LIMIT - 151
    fill_in(phone.session, pairing.PhoneDraft(text="词" * opened.text_most))
    assert phone.session.choices.text == "字" * 150 + "\n" + "词" * opened.text_most


def test_it_asks_once_a_second_and_never_twice_at_once(phone: Phone) -> None:
    phone.wait()
    for _ in range(30):
        phone.later(0.1)
    assert phone.link.asks(pairing.CollectDraft) == 1
    phone.link.answer(pairing.CollectDraft, pairing.PairingWaits(seconds_left=280))
    assert phone.form.seconds_left == 280
    phone.later(0.1)
    assert phone.link.asks(pairing.CollectDraft) == 1
    phone.link.answer(pairing.CollectDraft, pairing.PairingWaits(seconds_left=280))
    phone.later(0.5)
    assert phone.link.asks(pairing.CollectDraft) == 0


def test_what_arrives_is_kept_and_the_hub_forgets_it_at_once(phone: Phone) -> None:
    token = phone.wait()
    phone.later(1)
    phone.link.answer(pairing.CollectDraft, SIGNED)
    assert (phone.form.step, phone.form.draft, phone.form.address) == ("filled", SIGNED, "")
    assert phone.link.closed == [token]
    phone.form.wipe()
    assert (phone.form.step, phone.form.draft) == ("closed", None)


def test_going_on_without_it_closes_it_and_later_answers_are_nobody_s(phone: Phone) -> None:
    token = phone.wait()
    phone.later(1)
    (late,) = [then for command, then in phone.link.waiting.values() if isinstance(command, pairing.CollectDraft)]
    phone.form.wipe()
    assert phone.link.closed == [token]
    assert phone.link.asks(pairing.CollectDraft) == 0
    late(SIGNED)
    assert (phone.form.step, phone.form.draft) == ("closed", None)


def test_closed_it_asks_nothing_more(phone: Phone) -> None:
    phone.wait()
    phone.form.wipe()
    before = len(phone.link.sent)
    phone.form.wipe()
    phone.later(400)
    assert (len(phone.link.sent), phone.form.step) == (before, "closed")


def test_five_minutes_and_then_it_says_so(phone: Phone) -> None:
    token = phone.wait()
    phone.later(299)
    assert (phone.form.step, phone.form.seconds_left, phone.form.open_now) == ("waiting", 1, True)
    phone.later(1)
    assert (phone.form.step, phone.form.seconds_left, phone.form.open_now) == ("expired", 0, False)
    assert phone.link.closed == [token]


@pytest.mark.parametrize(("left", "state"), [(2, "expired"), (200, "away")])
def test_a_hub_that_knows_it_no_more_is_told_from_one_whose_clock_was_ahead(
    phone: Phone, left: float, state: str
) -> None:
    phone.wait()
    phone.later(300 - left)
    phone.link.answer(pairing.CollectDraft, OVER)
    assert phone.form.step == state


def test_without_an_answer_nobody_waits_for_a_code(phone: Phone) -> None:
    phone.begin()
    phone.later(OPENS_WITHIN_S)
    assert phone.form.step == "away"
    assert phone.link.asks(pairing.OpenPairing) == 0
    assert len(phone.link.closed) == 1  # the hub may have heard after all


def test_a_hub_that_will_not_is_not_asked_again(phone: Phone) -> None:
    phone.begin()
    phone.link.answer(pairing.OpenPairing, m.Rejected(code="too_many_pairings", text=""))
    assert phone.form.step == "away"


def test_each_code_is_another(phone: Phone) -> None:
    first = phone.wait()
    phone.form.begin()
    phone.link.answer(pairing.OpenPairing, pairing.PairingWaits(seconds_left=300))
    second = phone.form.address.rpartition("/")[2]
    assert first != second
    assert phone.link.closed == [first]


@pytest.mark.rule("R13")
def test_what_the_phone_said_is_shown_to_be_confirmed_and_nothing_is_submitted() -> None:
    session = at_words()
    fill_in(session, SIGNED)
    assert (session.step, session.filed) == ("check", None)
    chosen = session.choices
    assert (chosen.text, chosen.signed, chosen.name) == (SIGNED.text, True, SIGNED.name)
    assert (chosen.phone, chosen.confidential) == (SIGNED.phone, True)


def test_who_stays_anonymous_on_the_phone_is_anonymous_here() -> None:
    session = at_words()
    session.move("next")
    session.sign()
    session.write_phone("13800001234")
    session.toggle_confidential()
    fill_in(session, pairing.PhoneDraft(text="让我下周再来。"))
    chosen = session.choices
    assert (session.step, chosen.signed, chosen.phone, chosen.confidential) == ("check", False, "", False)


def test_a_wish_for_secrecy_is_as_it_was_said_last() -> None:
    session = at_words()
    session.toggle_confidential()
    fill_in(session, SIGNED)
    assert session.choices.confidential


def test_nothing_from_a_phone_is_taken_at_another_step() -> None:
    session = at_check(a_session())
    before = session.choices
    with pytest.raises(NotInThisStep):
        fill_in(session, SIGNED)
    assert session.choices == before
