"""A call out of the hall's own recordings."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from display.voice.clips import Clips, names, needed
from display.voice.sound import Sound, silence
from tests.display.factories import hall


def record(folder: Path, wanted: tuple[str, ...], rate_hz: int = 8000) -> dict[str, Sound]:
    """A folder of recordings, each of other samples."""
    folder.mkdir(exist_ok=True)
    made = {name: Sound(rate_hz, name.encode("utf-16-le") * 50) for name in wanted}
    for name, sound in made.items():
        (folder / f"{name}.wav").write_bytes(sound.to_wav())
    return made


@pytest.mark.parametrize(
    ("number", "window", "language", "files"),
    [
        ("F012", 3, "zh_Hans", "please F 0 1 2 to 3 window"),
        ("F012", 10, "zh_Hant", "please F 0 1 2 to ten window"),
        ("AB120", 12, "zh_Hans", "please A B 1 2 0 to ten 2 window"),
        ("F001", 25, "zh_Hans", "please F 0 0 1 to 2 ten 5 window"),
        ("F001", 30, "zh_Hans", "please F 0 0 1 to 3 ten window"),
        ("F012", 12, "en", "F 0 1 2 to 12"),
    ],
)
def test_a_call_names_its_files_in_the_order_of_its_language(number: str, window: int, language: str, files: str):
    assert names(number, window, language) == tuple(files.split())


def test_a_hall_needs_what_its_own_numbers_and_windows_can_ask_for():
    described = replace(hall(windows=12), slip_series="S")
    assert set(needed(described, [1, 12], "zh_Hans")) == {*"FABS0123456789", "please", "to", "window", "ten"}
    assert set(needed(described, [1, 12], "en")) == {*"FABS0123456789", "to", "12"}


def test_a_call_is_its_recordings_sample_by_sample(tmp_path: Path):
    made = record(tmp_path, needed(hall(), [3], "zh_Hans"))
    clips = Clips.read(tmp_path, made)
    assert clips.lacking == ()
    said = clips.said("F012", 3, "zh_Hans")
    assert said is not None
    assert said.frames == b"".join(made[name].frames for name in ("please", *"F012", "to", "3", "window"))
    assert said.rate_hz == 8000


def test_what_lacks_or_does_not_fit_is_named_and_the_calls_that_need_it_are_not_put_together(tmp_path: Path):
    wanted = needed(hall(), [3], "zh_Hans")
    record(tmp_path, wanted)
    (tmp_path / "7.wav").unlink()
    (tmp_path / "8.wav").write_bytes(b"ID3 no wave")
    (tmp_path / "9.wav").write_bytes(silence(0.1, 44100).to_wav())
    clips = Clips.read(tmp_path, wanted)
    missing, wrong, other = clips.lacking
    assert missing == f"{tmp_path}/7.wav: No such file or directory; record it"
    assert wrong.startswith(f"{tmp_path}/8.wav: it is no WAV file")
    assert other.startswith(f"{tmp_path}/9.wav: ")
    assert "[8000, 44100] Hz" in other
    assert clips.said("F007", 3, "zh_Hans") is None
    assert clips.said("F012", 3, "zh_Hans") is not None
