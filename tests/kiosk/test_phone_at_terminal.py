"""用手机填写 in one citizen's session: it lives as long as the session, and no longer."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.wire import messages as m, pairing
from kiosk.patience import QUIET_S, WARNING_S
from kiosk.services.phone_form import PhoneForm
from tests.kiosk.bare_kiosk import Kiosk, kiosk as kiosk
from tests.kiosk.services.test_phone_form import SIGNED


def scanned(kiosk: Kiosk) -> str:
    """A citizen at the step of their own words, with the code on the screen; returns its token."""
    session = kiosk.terminal.session
    session.move("start")
    session.choose_matter("transfer-sale")
    session.move("next")
    session.toggle_reason("repeated")
    session.move("next")
    kiosk.terminal.open("phone_form", kiosk.terminal.pair())
    command_id, opened = kiosk.hub.of(pairing.OpenPairing)[-1]
    kiosk.hub.answer(command_id, pairing.PairingWaits(seconds_left=300))
    assert isinstance(opened, pairing.OpenPairing)
    return opened.token


def sent_by_phone(kiosk: Kiosk) -> None:
    later(kiosk, 1)
    command_id, _ = kiosk.hub.of(pairing.CollectDraft)[-1]
    kiosk.hub.due.append((command_id, SIGNED))
    kiosk.terminal.poll()


def later(kiosk: Kiosk, seconds: float) -> None:
    kiosk.now_s += seconds
    kiosk.terminal.poll()


def closed(kiosk: Kiosk) -> list[str]:
    asked = [command for _, command in kiosk.hub.of(pairing.ClosePairing)]
    return [command.token for command in asked if isinstance(command, pairing.ClosePairing)]


def form_of(kiosk: Kiosk) -> PhoneForm:
    assert isinstance(kiosk.terminal.flow, PhoneForm)
    return kiosk.terminal.flow


def test_what_the_phone_sends_stands_on_the_check_page_and_is_not_submitted(kiosk: Kiosk) -> None:
    token = scanned(kiosk)
    form = form_of(kiosk)
    sent_by_phone(kiosk)
    assert (kiosk.terminal.flow, kiosk.terminal.session.step) == (None, "check")
    assert kiosk.terminal.session.choices.text == SIGNED.text
    assert form.draft is None
    assert closed(kiosk) == [token]
    assert kiosk.hub.of(m.FileComplaint) == []


def test_it_is_offered_only_where_a_phone_could_open_it(kiosk: Kiosk) -> None:
    assert not kiosk.terminal.can_pair
    kiosk.hub.live = True
    assert kiosk.terminal.can_pair
    kiosk.terminal.hall = replace(kiosk.terminal.hall, page_url="")
    assert not kiosk.terminal.can_pair


def test_going_back_leads_to_the_step_it_was_opened_from(kiosk: Kiosk) -> None:
    token = scanned(kiosk)
    kiosk.terminal.close()
    assert (kiosk.terminal.flow, kiosk.terminal.session.step) == (None, "words")
    assert closed(kiosk) == [token]


def test_it_dies_with_the_session_and_the_next_citizen_gets_nothing_of_it(kiosk: Kiosk) -> None:
    token = scanned(kiosk)
    later(kiosk, 1)
    command_id, _ = kiosk.hub.of(pairing.CollectDraft)[-1]
    kiosk.terminal.begin()
    assert closed(kiosk) == [token]
    with pytest.raises(KeyError):
        kiosk.hub.answer(command_id, SIGNED)  # nobody waits for it any more
    kiosk.terminal.poll()
    assert kiosk.terminal.session.choices.text == ""


def test_who_writes_on_their_phone_is_not_asked_whether_they_are_there(kiosk: Kiosk) -> None:
    scanned(kiosk)
    for _ in range(299):
        later(kiosk, 1)
        assert kiosk.terminal.patience.mood(kiosk.now_s) == "calm"
    later(kiosk, 1)
    assert form_of(kiosk).step == "expired"
    later(kiosk, QUIET_S)
    assert kiosk.terminal.patience.mood(kiosk.now_s) == "warning"
    later(kiosk, WARNING_S)
    assert kiosk.terminal.patience.mood(kiosk.now_s) == "over"


def test_what_stood_there_before_stays_in_front(kiosk: Kiosk) -> None:
    kiosk.terminal.session.write("先写的话。")
    scanned(kiosk)
    sent_by_phone(kiosk)
    assert kiosk.terminal.session.choices.text == f"先写的话。\n{SIGNED.text}"
