"""Fonts with the right faces, input libraries that answer, a voice: what is missing is named with its package."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.doctor import installed
from hub.doctor.installed import FONTS
from kiosk.input import pinyin, zinnia


def test_what_this_project_installs_is_well() -> None:
    probes = (installed.fonts, installed.pinyin, installed.handwriting, installed.rare_characters, installed.voice)
    found = [one for probe in probes for one in probe()]
    assert [one for one in found if one.state != "well"] == []
    assert len(found) == 6


def test_a_font_that_is_missing_is_no_chinese_at_all(tmp_path: Path) -> None:
    found = list(installed.fonts(tmp_path))
    assert {one.state for one in found} == {"broken"}
    assert {one.remedy for one in found} == {"apt-get install fonts-noto-cjk"}


def test_a_font_that_is_damaged_or_of_one_face_is_found(tmp_path: Path) -> None:
    damaged = tmp_path / "NotoSansCJK-Regular.ttc"
    damaged.write_bytes(b"ttcf" + b"\x00" * 8)
    assert installed.font(damaged).state == "broken"
    damaged.write_bytes((FONTS / "NotoSansCJK-Regular.ttc").read_bytes()[:1000])
    assert installed.font(damaged).state == "broken"


def test_a_face_that_is_not_in_the_collection_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "FACES", ("Noto Sans CJK SC", "Noto Sans CJK XX"))
    found = installed.font(FONTS / "NotoSansCJK-Regular.ttc")
    assert found.state == "broken"
    assert "no Noto Sans CJK XX" in found.what


def test_libraries_that_are_missing_only_warn_for_other_keyboards_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinyin, "LIBRARY", "libnone.so.0")
    monkeypatch.setattr(zinnia.recogniser, "LIBRARY", "libnone.so.0")
    for probe, package in ((installed.pinyin, "libgooglepinyin0"), (installed.handwriting, "libzinnia0")):
        (found,) = probe()
        assert found.state == "warns"
        assert package in found.remedy


def test_a_model_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zinnia.recogniser, "MODEL", Path("/nowhere"))
    (found,) = installed.handwriting()
    assert (found.state, "tegaki-zinnia-simplified-chinese" in found.remedy) == ("warns", True)


def test_a_voice_that_is_missing_or_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = installed.voice("no-such-program")
    assert (found.state, found.remedy) == ("warns", "apt-get install espeak-ng")
    broken = tmp_path / "espeak"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    (found,) = installed.voice(str(broken))
    assert found.state == "warns"
    assert "no voice" in found.what
