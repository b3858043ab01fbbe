"""A citizen at the kiosk: finds the way by the buttons on the screen and touches them, typing in pinyin."""

from __future__ import annotations

from pathlib import Path

from tests.processes import until
from tests.screen import Screen

TYPED = {
    "diyicishuocailiaobuquan": "第一次说材料不全",
    "diercilaishuoxitongzaishengji": "第二次来说系统在升级",
    "disancilaihaishimeiyoubanhao": "第三次来还是没有办好",
}
"""Sentences as fingers type them and as the keyboard proposes them first."""
TEXT = "，".join(TYPED.values()) + "。"
NAME, PHONE = "lixiulan", "13800001234"


def file_at_kiosk(screen: Screen, out: Path) -> None:
    """Files a complaint step by step; keeps `kiosk-1.png` … `kiosk-7.png`, one a step."""
    screen.save(out / "kiosk-1.png")
    screen.touch("start")
    screen.at("matter")
    screen.save(out / "kiosk-2.png")
    screen.touch("matter.transfer-sale")
    screen.at("reason")
    screen.touch("reason.not_accepted")
    screen.touch("reason.repeated")
    screen.touch("visits.3")
    screen.save(out / "kiosk-3.png")
    screen.touch("next")
    screen.at("words")
    for place, sentence in enumerate(TYPED, 1):
        write_pinyin(screen, sentence)
        screen.touch("key.，" if place < len(TYPED) else "key.。")
    screen.save(out / "kiosk-4.png")
    screen.touch("next")
    screen.at("contact")
    screen.touch("name")
    write_pinyin(screen, NAME)
    screen.touch("phone")
    for digit in PHONE:
        screen.touch(f"key.{digit}")
    screen.save(out / "kiosk-5.png")
    screen.touch("next")
    screen.at("check")
    screen.save(out / "kiosk-6.png")
    submit(screen)
    screen.at("done")
    until("the receipt printed, as the kiosk says", lambda: "confirmed" in screen.seen()["state"], timeout_s=30)
    screen.save(out / "kiosk-7.png")


def write_pinyin(screen: Screen, letters: str) -> None:
    """Types letters and takes the first candidate."""
    for letter in letters:
        screen.touch(f"key.{letter}")
    screen.touch("candidate.0")


def shortest_way(screen: Screen) -> None:
    """Six taps, nothing typed: everything is filled in but for the seventh, the submit."""
    screen.touch("start")
    screen.touch("matter.transfer-sale")
    screen.touch("reason.not_accepted")
    screen.touch("next")
    screen.at("words")
    screen.touch("next")
    screen.at("contact")
    screen.touch("anonymous")
    screen.at("check")


def submit(screen: Screen) -> None:
    screen.touch("submit")
