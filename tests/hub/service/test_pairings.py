"""用手机填写: one phone for one kiosk, once, for five minutes, and nothing of it anywhere but in memory."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from hub.domain.hall import Terminal
from hub.service import unasked
from hub.service.pairings import LIVES, OF_THE_HALL, Pairings
from hub.wire import messages as m, pairing
from tests import factories
from tests.hub.desk import Desk

TOKEN, OTHER = "a" * 22, "b" * 22
DRAFT = pairing.PhoneDraft(
    text="窗口说系统升级，让我下周再来。", signed=True, name="李秀兰", phone="13800001234", confidential=True
)


@pytest.fixture
def two_kiosks(desk: Desk) -> Desk:
    second = Terminal(name="kiosk-2", role="kiosk")
    desk.hall = msgspec.structs.replace(desk.hall, terminals=(*desk.hall.terminals, second))
    return desk


def code_of(answer: m.Answer) -> str:
    return answer.code if isinstance(answer, m.Rejected) else type(answer).__name__


def opened(desk: Desk, token: str = TOKEN, kiosk: str = "kiosk-1", **about: object) -> pairing.PairingWaits:
    answer = desk.query(kiosk, pairing.OpenPairing(token=token, **about))  # type: ignore[arg-type]
    assert isinstance(answer, pairing.PairingWaits), answer
    return answer


def send(desk: Desk, draft: pairing.PhoneDraft = DRAFT, token: str = TOKEN) -> str:
    return code_of(desk.query("web", pairing.SendDraft(token=token, draft=draft)))


def collect(desk: Desk, kiosk: str = "kiosk-1", token: str = TOKEN) -> m.Answer:
    answer: m.Answer = desk.query(kiosk, pairing.CollectDraft(token=token))
    return answer


def test_what_the_phone_sends_is_what_the_kiosk_collects(desk: Desk) -> None:
    assert opened(desk).seconds_left == LIVES.total_seconds()
    desk.later(seconds=10)
    assert collect(desk) == pairing.PairingWaits(seconds_left=290)
    assert send(desk) == "PairingDone"
    assert collect(desk) == DRAFT
    assert collect(desk) == DRAFT  # the first answer may have been lost
    assert desk.query("kiosk-1", pairing.ClosePairing(token=TOKEN)) == pairing.PairingDone()
    assert code_of(collect(desk)) == "pairing_over"


def test_the_phone_is_told_what_it_is_about_in_the_policy_s_words(desk: Desk) -> None:
    reason = desk.hall.matters[0].code
    codes = tuple(one.code for one in desk.policy.reasons[:2])
    opened(desk, matter=reason, reasons=codes, language="en", text_most=120)
    assert desk.query("web", pairing.ReadPairing(token=TOKEN)) == pairing.PairingForm(
        language="en",
        matter=reason,
        reasons=tuple(one.text for one in desk.policy.reasons[:2]),
        text_most=120,
        seconds_left=300,
    )


def test_a_pairing_takes_one_draft_and_the_same_one_twice(desk: Desk) -> None:
    opened(desk)
    assert send(desk) == "PairingDone"
    assert send(desk) == "PairingDone"
    assert send(desk, pairing.PhoneDraft(text="别的话")) == "pairing_over"
    assert code_of(desk.query("web", pairing.ReadPairing(token=TOKEN))) == "pairing_over"
    assert collect(desk) == DRAFT


def test_five_minutes_and_no_longer(desk: Desk) -> None:
    opened(desk)
    desk.later(seconds=LIVES.total_seconds() - 1)
    assert code_of(desk.query("web", pairing.ReadPairing(token=TOKEN))) == "PairingForm"
    desk.later(seconds=1)
    assert code_of(desk.query("web", pairing.ReadPairing(token=TOKEN))) == "pairing_over"
    assert send(desk) == "pairing_over"
    assert code_of(collect(desk)) == "pairing_over"


def test_a_draft_that_nobody_collects_is_forgotten_by_itself(desk: Desk) -> None:
    opened(desk)
    send(desk)
    unasked.due(desk.books, {}, {}, (), desk.at + LIVES)  # as the loop does twice a second
    assert len(desk.books.pairings) == 0


def test_only_the_kiosk_that_opened_it_collects_or_closes_it(two_kiosks: Desk) -> None:
    opened(two_kiosks)
    send(two_kiosks)
    assert code_of(collect(two_kiosks, "kiosk-2")) == "pairing_over"
    assert code_of(two_kiosks.query("kiosk-2", pairing.OpenPairing(token=TOKEN))) == "pairing_over"
    two_kiosks.query("kiosk-2", pairing.ClosePairing(token=TOKEN))
    assert collect(two_kiosks) == DRAFT


def test_neither_the_site_nor_staff_collect(desk: Desk) -> None:
    opened(desk)
    send(desk)
    desk.log_in("window-3", "06")
    assert {code_of(collect(desk, one)) for one in ("web", "window-3")} == {"not_permitted"}


def test_unknown_used_over_closed_and_another_kiosk_s_are_told_alike(two_kiosks: Desk) -> None:
    desk = two_kiosks
    told = [desk.query("web", pairing.SendDraft(token=OTHER, draft=DRAFT))]
    opened(desk)
    send(desk)
    told += [desk.query("web", pairing.ReadPairing(token=TOKEN)), collect(desk, "kiosk-2")]
    desk.query("kiosk-1", pairing.ClosePairing(token=TOKEN))
    told.append(desk.query("web", pairing.SendDraft(token=TOKEN, draft=DRAFT)))
    opened(desk, OTHER)
    desk.later(minutes=5)
    told += [desk.query("web", pairing.ReadPairing(token=OTHER)), collect(desk, token=OTHER)]
    assert {repr(one) for one in told} == {repr(told[0])}
    assert code_of(told[0]) == "pairing_over"


def test_a_kiosk_s_new_pairing_ends_its_old_one_and_no_other_s(two_kiosks: Desk) -> None:
    opened(two_kiosks)
    opened(two_kiosks, "c" * 22, "kiosk-2")
    opened(two_kiosks, OTHER)
    assert send(two_kiosks) == "pairing_over"
    assert send(two_kiosks, token="c" * 22) == send(two_kiosks, token=OTHER) == "PairingDone"


def test_opened_again_by_a_resend_it_is_the_same_and_no_younger(desk: Desk) -> None:
    opened(desk)
    desk.later(seconds=100)
    assert opened(desk).seconds_left == 200
    send(desk)
    assert code_of(desk.query("kiosk-1", pairing.OpenPairing(token=TOKEN))) == "pairing_over"


def test_a_hall_has_so_many_at_once() -> None:
    pairings = Pairings(lambda purpose, content: content)
    hall, policy, now = factories.a_hall(), factories.a_policy(), factories.FILED_AT

    def ask(number: int, command: pairing.PairingCommand) -> str:
        return code_of(pairings.answer(hall, policy, f"kiosk-{number}", now, command))

    for number in range(OF_THE_HALL):
        assert ask(number, pairing.OpenPairing(token=f"{number:022}")) == "PairingWaits"
    assert ask(OF_THE_HALL, pairing.OpenPairing(token="x" * 22)) == "too_many_pairings"
    assert ask(0, pairing.OpenPairing(token="x" * 22)) == "PairingWaits"
    assert len(pairings) == OF_THE_HALL


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (pairing.PhoneDraft(text="字" * 81), "too_long"),
        (pairing.PhoneDraft(signed=True, name="名" * 21, phone="13800001234"), "too_long"),
        (pairing.PhoneDraft(signed=True, phone="1" * 14), "too_long"),
        (pairing.PhoneDraft(signed=True, phone=""), "bad_draft"),
        (pairing.PhoneDraft(signed=True, phone="138-0000"), "bad_draft"),
        (pairing.PhoneDraft(name="李秀兰"), "bad_draft"),
        (pairing.PhoneDraft(phone="13800001234"), "bad_draft"),
        (pairing.PhoneDraft(confidential=True), "bad_draft"),
        (pairing.PhoneDraft(text="一\x00二"), "bad_draft"),
        (pairing.PhoneDraft(text="\u202e一二"), "bad_draft"),
        (pairing.PhoneDraft(signed=True, phone="13800001234", name="李\n秀兰"), "bad_draft"),
    ],
)
def test_a_draft_that_cannot_be_is_refused_and_uses_nothing_up(
    desk: Desk, draft: pairing.PhoneDraft, code: str
) -> None:
    opened(desk, text_most=80)
    assert send(desk, draft) == code
    assert send(desk, pairing.PhoneDraft(text="字" * 80)) == "PairingDone"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (pairing.OpenPairing(token="short"), "bad_secret"),
        (pairing.OpenPairing(token=TOKEN, matter="no-such-matter"), "unknown_code"),
        (pairing.OpenPairing(token=TOKEN, reasons=("no-such-reason",)), "unknown_code"),
        (pairing.OpenPairing(token=TOKEN, text_most=401), "too_long"),
        (pairing.OpenPairing(token=TOKEN, text_most=-1), "too_long"),
        (pairing.OpenPairing(token=TOKEN, language="x" * 17), "too_long"),
    ],
)
def test_a_pairing_that_cannot_be_is_not_opened(desk: Desk, command: pairing.OpenPairing, code: str) -> None:
    assert code_of(desk.query("kiosk-1", command)) == code
    assert len(desk.books.pairings) == 0


def test_a_matter_behind_every_catalogue_can_be_shown(desk: Desk) -> None:
    opened(desk, matter="unknown")


def test_a_hub_that_was_started_again_knows_none(desk: Desk) -> None:
    opened(desk)
    send(desk)
    desk.reopen()
    assert code_of(collect(desk)) == "pairing_over"


def test_nothing_of_it_is_on_the_disk_or_on_the_feed(desk: Desk) -> None:
    before, events = desk.kept(), list(desk.events)
    opened(desk)
    send(desk)
    collect(desk)
    assert (desk.kept(), desk.events) == (before, events)
    place = Path(desk.store.path)  # type: ignore[arg-type]
    for file in place.parent.glob(f"{place.name}*"):
        kept = file.read_bytes()
        assert not [one for one in (DRAFT.text, DRAFT.name, DRAFT.phone, TOKEN) if one.encode() in kept]
