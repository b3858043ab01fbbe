"""用手机填写 as people meet it: the kiosk's code in a real browser without scripts, and what is left of it where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Page, sync_playwright

from hub.link import Link
from hub.wire.messages import CaseDetail, ReadCase
from tests.demo.browser import CHROMIUM, QUIET
from tests.e2e.test_submit import cases
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

TEXT = "马克标记：窗口说系统升级，让我下周再来。"
NAME, PHONE = "欧阳记号", "13987650321"
MARKS = (TEXT[:4], NAME, PHONE)


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="zh-CN")
        yield context.new_page()
        browser.close()


@pytest.fixture(autouse=True)
def hub(hall: RunningHall) -> None:
    hall.start_hub()


@pytest.fixture
def kiosk(hall: RunningHall, kiosk_screen: Screen) -> Screen:
    """A kiosk whose citizen stands at the step of their own words, with hub and site running."""
    hall.start_web()
    hall.ready_hub()
    hall.start_kiosk(kiosk_screen)
    hall.ready_web()
    kiosk_screen.at("home", timeout_s=60)
    until("the hub, at the kiosk", lambda: kiosk_screen.seen()["state"] != "away")
    kiosk_screen.touch("start")
    kiosk_screen.touch("matter.transfer-sale")
    kiosk_screen.touch("reason.not_accepted")
    kiosk_screen.touch("next")
    kiosk_screen.at("words")
    return kiosk_screen


def scan(kiosk: Screen) -> str:
    """Touches the key and reads the code off the glass."""
    kiosk.touch("phone_form")
    kiosk.at("phone")
    found = until("the code", lambda: zxingcpp.read_barcodes(kiosk.picture().convert("L")))
    return found[0].text


def fill(phone: Page) -> None:
    phone.get_by_label("遇到了什么事？").fill(TEXT)
    phone.get_by_label("留下电话").check()
    phone.get_by_label("电话", exact=True).fill(PHONE)
    phone.get_by_label("称呼（可不填）").fill(NAME)
    phone.get_by_label("请为我保密").check()


def send(phone: Page) -> None:
    phone.get_by_role("button", name="发送到自助机").click()


def kept_anywhere(hall: RunningHall, tmp_path: Path) -> list[str]:
    """Files of the hall and logs of its programs that have something of the marker in them."""
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert any(one.name.startswith("hall.db") for one in files)
    assert any("kiosk-1" in one.name for one in files)
    marks = [mark.encode() for mark in MARKS] + [mark.encode("unicode_escape") for mark in MARKS]
    return [f"{one}: {mark!r}" for one in files for mark in marks if mark in one.read_bytes()]


@pytest.mark.rule("R13")
def test_the_phone_writes_the_kiosk_shows_and_only_a_touch_files_it(
    hall: RunningHall, window: Link, kiosk: Screen, browser_page: Page, tmp_path: Path
) -> None:
    phone = browser_page
    address = scan(kiosk)
    answer = phone.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert "二手房过户（转移登记）" in phone.inner_text("body")
    assert phone.locator("textarea").bounding_box()["width"] <= 390  # type: ignore[index]
    fill(phone)
    send(phone)
    assert "请看自助机屏幕" in phone.inner_text("main")
    kiosk.at("check")
    assert cases(hall) == []
    assert kept_anywhere(hall, tmp_path) == []

    again = phone.goto(address)
    assert again is not None
    assert again.status == 410
    assert "在自助机上核对并提交" in phone.inner_text("main")

    kiosk.touch("submit")
    number = until("the case", lambda: cases(hall))[0]
    filed = window.ask(ReadCase(case_number=number))
    assert isinstance(filed, CaseDetail)
    assert (filed.text, filed.name, filed.phone, filed.line.confidential) == (TEXT, NAME, PHONE, True)
    assert kept_anywhere(hall, tmp_path) == []


def test_the_code_dies_with_the_session_and_what_was_typed_stays_on_the_phone(
    hall: RunningHall, kiosk: Screen, browser_page: Page, tmp_path: Path
) -> None:
    phone = browser_page
    phone.goto(scan(kiosk))
    fill(phone)
    kiosk.touch("abandon")
    kiosk.touch("leave")
    kiosk.at("home")
    send(phone)
    assert "请看自助机屏幕" in phone.inner_text("main")
    assert TEXT in phone.inner_text("main")
    assert kept_anywhere(hall, tmp_path) == []


def test_a_hub_that_starts_anew_is_told_on_both_screens_and_another_code_works(
    hall: RunningHall, processes: Processes, kiosk: Screen, browser_page: Page
) -> None:
    phone = browser_page
    phone.goto(scan(kiosk))
    fill(phone)
    processes.kill("hub")
    hall.start_hub()
    until("the kiosk to say so", lambda: kiosk.seen()["state"] == "away", timeout_s=30)
    send(phone)
    assert TEXT in phone.inner_text("main")
    kiosk.touch("again")
    until("another code", lambda: kiosk.seen()["state"] == "waiting")
    found = until("the code", lambda: zxingcpp.read_barcodes(kiosk.picture().convert("L")))
    phone.goto(found[0].text)
    phone.get_by_label("匿名反映").check()
    send(phone)
    kiosk.at("check")
