"""Lodging a 投诉: what each hall's policy asks for, what demands writing, and what goes to the hub."""

from __future__ import annotations

import secrets

import pytest
from msgspec.structs import replace

from counter import lodging
from counter.lodging import Told
from hub.config import load_policy, shipped_policies
from hub.domain.lookup import make_keys
from tests.counter.makers import CALENDAR, TODAY

DAHE, YUEYANG = load_policy("dahepingxiang"), load_policy("yueyang")
FULL = Told(
    ground="bribery",
    text=" 收了我的钱。 ",
    respondent="姓𠮷的",
    department="civil",
    happened="昨天上午",
    place="2号窗口",
)


@pytest.mark.rule("R11")
def test_each_hall_asks_for_what_its_document_names() -> None:
    assert set(lodging.missing(YUEYANG, Told())) == {"ground", "text"}
    assert set(lodging.missing(DAHE, Told())) >= {"ground", "text", "respondent", "department", "happened", "place"}
    assert lodging.missing(DAHE, FULL) == ()
    assert lodging.missing(DAHE, replace(FULL, place=" ")) == ("place",)


@pytest.mark.rule("R13")
def test_nobody_is_made_to_sign_and_who_signs_is_kept_secret() -> None:
    for name in shipped_policies():
        assert not {"name", "phone"} & lodging.needed(load_policy(name))
    assert not lodging.confidential(DAHE, FULL)
    assert lodging.confidential(DAHE, replace(FULL, name="王䶮"))


@pytest.mark.rule("R12")
def test_major_and_wide_ones_must_be_written_where_the_document_says_so() -> None:
    assert lodging.must_be_written(DAHE, replace(FULL, weight=("major",)))
    assert not lodging.must_be_written(DAHE, FULL)
    assert not lodging.must_be_written(YUEYANG, replace(FULL, weight=("major",)))


@pytest.mark.rule("R10")
def test_its_date_is_counted_from_the_day_it_came() -> None:
    assert lodging.due(DAHE, CALENDAR, TODAY).start == TODAY


def test_the_kiosk_is_no_channel_of_the_window_s() -> None:
    for name in shipped_policies():
        assert "kiosk" not in lodging.channels(load_policy(name))
    assert "mail" in lodging.channels(DAHE) or "phone" in lodging.channels(DAHE)


def test_what_goes_to_the_hub_is_what_was_told() -> None:
    keys = make_keys(secrets.token_bytes)
    command = lodging.command(replace(FULL, weight=("major",), name="王䶮 "), keys, "zh_Hans")
    assert (command.text, command.name, command.weight) == ("收了我的钱。", "王䶮", ("major",))
    assert (command.on_paper.token, command.on_paper.typed) == (keys.token, keys.typed)


def test_too_long_is_said_before_the_hub_does() -> None:
    assert lodging.too_long(replace(FULL, text="長" * 4001, place="長" * 120)) == ("text",)
