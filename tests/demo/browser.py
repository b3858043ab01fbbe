"""The citizen's phone: a real Chromium opens the page behind the QR code."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.processes import NotInTime

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def photograph(address: str, path: Path, must_show: tuple[str, ...]) -> None:
    """Opens the address at a phone's size and keeps the picture; raises when a text is not on the page."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, locale="zh-CN")
        answer = page.goto(address)
        text = page.inner_text("body")
        page.screenshot(path=str(path), full_page=True)
        browser.close()
    if answer is None or answer.status != 200:
        raise NotInTime(f"{address} answered {answer and answer.status}")
    missing = [words for words in must_show if words not in text]
    if missing:
        raise NotInTime(f"the page does not show {missing}; see {path}")
