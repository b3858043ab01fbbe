"""The widgets in a real window, touched by a real pointer."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from display.theme.palette import NORMAL
from tests.screen import Screen

pytestmark = pytest.mark.e2e


class Bench:
    """The window's process: `heard` are the lines it told."""

    def __init__(self, screen: Screen, home: Path) -> None:
        self.env = {**os.environ, **screen.env, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
        self.screen = screen
        self.home = home
        self.program = subprocess.Popen(
            [sys.executable, "-m", "tests.display.theme.bench_widgets"],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        )
        self.ready = self.hear()

    def hear(self) -> dict[str, object]:
        assert self.program.stdout is not None
        told, _, _ = select.select([self.program.stdout], [], [], 30)
        line = self.program.stdout.readline() if told else b""
        if not line:
            self.program.kill()
        assert line, self.program.communicate()[1]
        return json.loads(line)

    def point(self, *commands: str) -> None:
        subprocess.run(["xdotool", *commands], env=self.env, check=True)

    def picture(self) -> Image.Image:
        self.screen.settled()
        return self.screen.picture()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    screen = Screen(800, 600)
    opened = Bench(screen, tmp_path)
    yield opened
    opened.program.terminate()
    opened.program.communicate(timeout=10)
    screen.close()


def test_the_window_stands_at_its_place_without_configuration_files(bench: Bench):
    assert bench.ready["size"] == [800, 600]
    assert bench.picture().size == (800, 600)
    assert bench.picture().getpixel((790, 5)) == (0xFA, 0xF7, 0xF1)
    assert not (bench.home / ".kivy").exists()


def test_a_tap_counts_once_and_a_disabled_touch_never(bench: Bench):
    bench.point("mousemove", "320", "550", "click", "1")  # disabled
    bench.point("mousemove", "100", "550", "click", "1", "click", "1")  # a double tap
    bench.point("mousemove", "540", "550", "click", "1", "click", "1")  # a key takes each
    assert [bench.hear() for _ in range(3)] == [{"tap": "go"}, {"tap": "key"}, {"tap": "key"}]


def test_a_finger_that_slides_off_does_not_press(bench: Bench):
    bench.point("mousemove", "100", "550", "mousedown", "1", "mousemove", "100", "300", "mouseup", "1")
    bench.point("mousemove", "540", "550", "click", "1")
    assert bench.hear() == {"tap": "key"}


def test_words_fit_where_they_are_put(bench: Bench):
    broken, font_px, width = bench.ready["long"]
    assert "".join(broken) == "不动产登记综合受理（含抵押、查封）"
    assert len(broken) == 2
    assert 20 <= font_px < 60
    assert width == 300
    assert bench.ready["badge"]


def test_a_size_at_which_words_fit_is_found_without_opening_the_face_at_each(bench: Bench):
    assert 1 < bench.ready["measured_to_shrink"] <= 3


def test_a_capital_letter_is_drawn_as_high_as_the_metrics_say(bench: Bench):
    drawn = bench.picture().crop((0, 0, 200, 250)).convert("L").point(lambda level: 255 if level < 128 else 0)
    left, top, right, bottom = drawn.getbbox()
    assert abs((bottom - top) - 73.3) <= 1.5
    assert right > left


def test_the_qr_code_is_read_from_the_glass(bench: Bench):
    found = zxingcpp.read_barcodes(bench.picture().crop((490, 40, 800, 360)))
    assert [one.text for one in found] == ["https://hall.example/p/abcdefghijklmnopqrstuv"]
    assert found[0].ec_level == "M"
    assert bench.ready["modules"] == 33 + 8


def test_a_panel_is_a_round_surface_with_its_frame_in_one_layer(bench: Bench):
    drawn = bench.picture().crop((300, 170, 450, 250))
    paper, ink, gold = (tuple(round(255 * part) for part in one[:3]) for one in (NORMAL.paper, NORMAL.ink, NORMAL.gold))
    assert drawn.getpixel((0, 0)) == drawn.getpixel((149, 79)) == paper
    assert {drawn.getpixel(place) for place in ((75, 1), (1, 40), (148, 40), (75, 78))} == {ink}
    assert {drawn.getpixel(place) for place in ((75, 40), (75, 5), (20, 20))} == {gold}


def test_a_discarded_screen_is_free_at_once(bench: Bench):
    assert bench.ready["outliving"] == []


def test_words_that_go_while_others_are_drawn_stop_no_window(bench: Bench):
    assert bench.ready["nothing_left_to_draw"] is True
