"""Pages, settings and answers in the boards' two languages."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from display.led import frames, lumen_calls, lumen_frames
from display.led.dialect import Answer, Line
from display.led.dialects import dialect_of
from display.led.frames import Frame, Reply
from display.led.onbon import FORGET_S, Onbon
from tests.display.led.wire import BOARDS, Bench, page

AT = dt.datetime(2026, 11, 23, 9, 41, 7, tzinfo=dt.UTC)
SIZES = [(128, 32), (192, 64)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_onbon_page_is_one_area_a_line_that_forgets_itself(width: int, height: int):
    onbon = Onbon(replace(BOARDS["onbon-tcp"], width_dots=width, height_dots=height))
    written = onbon.page((Line(words="F012请到3号窗口", color="call"), Line(words="照常")), anew=True)
    areas = frames.parse_dynamic_text(frames.parse(written).data).areas
    assert [(one.x, one.y, one.width, one.height) for one in areas] == [
        (0, row * 16, width, 16) for row in range(height // 16)
    ]
    assert [one.text for one in areas[:2]] == [
        rb"\FO000\C1F012" + "请到3号窗口".encode("gb2312"),
        rb"\FO000\C2" + "照常".encode("gb2312"),
    ]
    assert {one.text for one in areas[2:]} <= {rb"\FO000\C2 "}, "an emptied line is written too"
    assert {(one.timeout_s, one.run_mode) for one in areas} == {(FORGET_S, 2)}


@pytest.mark.parametrize("kind", ["lumen-serial", "lumen-tcp"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_lumen_page_is_one_window_a_line_and_only_its_last_frame_is_answered(kind: str, width: int, height: int):
    lumen = dialect_of(replace(BOARDS[kind], width_dots=width, height_dots=height))
    written = bytearray(lumen.page((Line(words="F012请到3号窗口", color="call"),), anew=True))
    if kind == "lumen-tcp":
        parsed = [lumen_frames.parse_network(one) for one in lumen_frames.split_network(written)]
    else:
        parsed = [lumen_frames.parse_serial(one) for one in lumen_frames.split_serial(written)]
    division, *texts = (lumen_calls.parse_packet(one.data).content for one in parsed)
    assert [(one.x, one.y, one.width, one.height) for one in lumen_calls.parse_division(division).windows] == [
        (0, row * 16, width, 16) for row in range(height // 16)
    ]
    called, *dark = (lumen_calls.parse_pure_text(one) for one in texts)
    assert (called.text, called.rgb, called.effect) == ("F012请到3号窗口".encode("gb2312"), (255, 0, 0), 0)
    assert [(one.window, one.text) for one in dark] == [(row, b" ") for row in range(1, height // 16)]
    assert [one.mark for one in parsed] == [0] * (height // 16) + [1]
    assert len(lumen.page((), anew=False)) < len(lumen.page((), anew=True))


def onbon_says(reply: Reply) -> bytes:
    return Frame(data=reply.to_data(), dst=frames.PC, src=frames.ANY).to_bytes()


@pytest.mark.parametrize(
    ("reply", "kind", "why"),
    [
        (Reply(ok=True), "ok", ""),
        (Reply(ok=False, error=3), "busy", "error 3, busy"),
        (Reply(ok=False, error=5), "garbled", "error 5, checksum wrong"),
        (Reply(ok=False, error=12), "refused", "error 12, font missing"),
        (Reply(ok=False, error=99), "refused", "error 99, of no known name"),
    ],
)
def test_onbon_answers_are_understood(reply: Reply, kind: str, why: str):
    assert dialect_of(BOARDS["onbon-tcp"]).answers(bytearray(onbon_says(reply))) == [Answer(kind=kind, why=why)]


def lumen_says(command: int, mark: int, data: bytes) -> bytearray:
    frame = lumen_frames.Frame(command=command, data=data, mark=mark, kind=lumen_frames.REPLY)
    return bytearray(frame.to_serial())


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        (lumen_says(0x7B, 0, bytes(4)), "ok", ""),
        (lumen_says(0x7B, 1, bytes(4)), "garbled", "error 1, checksum wrong"),
        (lumen_says(0x7B, 2, bytes(4)), "garbled", "error 2, packets out of order"),
        (lumen_says(0x7B, 9, bytes(4)), "refused", "error 9"),
        (lumen_says(0x47, 1, b"\x01"), "ok", ""),
        (lumen_says(0x47, 1, b"\x00"), "refused", "command 47 failed"),
    ],
)
def test_lumen_answers_are_understood(answer: bytearray, kind: str, why: str):
    (told,) = dialect_of(BOARDS["lumen-serial"]).answers(answer)
    assert (told.kind, told.why) == (kind, why)


@pytest.mark.parametrize("kind", ["onbon-serial", "lumen-serial"])
def test_bytes_that_are_no_answer_are_noise(kind: str):
    noise = {"onbon-serial": b"\xa5\x01\x02\x5a", "lumen-serial": b"\xa5\x01\x02\xae"}[kind]
    (told,) = dialect_of(BOARDS[kind]).answers(bytearray(noise))
    assert told.kind == "noise"
    assert "no answer" in told.why


@pytest.mark.parametrize("kind", list(BOARDS))
def test_clock_and_brightness_are_set_where_they_differ_and_left_where_they_do_not(kind: str):
    bench = Bench(BOARDS[kind])
    levels = tuple([20] * 8 + [100] * 10 + [40] * 6)
    bench.settings = bench.dialect.settings(AT, levels)
    bench.driver.show(page("照常办理"))
    bench.run(10)
    assert bench.card.clock == AT.replace(tzinfo=None)
    assert bench.card.light == 1.0
    changes = [one.change for one in bench.settings]
    written: list[bytes] = []
    heard = bench.card.hear
    bench.card.hear = lambda data, now_s: (written.append(data), heard(data, now_s))[1]  # type: ignore[method-assign]
    bench.driver.look_after()
    bench.run(10)
    assert all(one.question in written for one in bench.settings)
    assert not any(change in written for change in changes)
    assert bench.card.worn == []


@pytest.mark.parametrize("kind", list(BOARDS))
def test_in_the_evening_the_board_is_darker(kind: str):
    bench = Bench(BOARDS[kind])
    bench.settings = bench.dialect.settings(AT.replace(hour=19), tuple([20] * 8 + [100] * 10 + [40] * 6))
    bench.driver.show(page("照常办理"))
    bench.run(10)
    assert 0.37 <= bench.card.light <= 0.42


@pytest.mark.parametrize("kind", list(BOARDS))
def test_without_brightness_in_hall_toml_the_board_keeps_its_own(kind: str):
    assert [one.name for one in dialect_of(BOARDS[kind]).settings(AT, ())] == ["clock"]


@pytest.mark.parametrize("kind", ["lumen-serial", "lumen-tcp"])
def test_windows_that_were_lost_without_a_sign_are_divided_anew(kind: str):
    bench = Bench(BOARDS[kind])
    bench.driver.show(page("照常办理"))
    bench.run(10)
    bench.card = bench.new_card()
    bench.run(8)
    assert bench.lines()[0] == "照常办理"


def test_a_board_that_never_says_how_it_is_set_is_told_and_its_page_is_not_held_up():
    bench = Bench(BOARDS["onbon-tcp"])
    bench.settings = bench.dialect.settings(AT, ())
    heard = bench.card.hear

    def without_status(data: bytes, now_s: float) -> bytes:
        return b"" if b"\xa1\x02\x01" in data else heard(data, now_s)

    bench.card.hear = without_status  # type: ignore[method-assign]
    bench.driver.show(page("照常办理"))
    bench.run(25)
    assert bench.card.clock == AT.replace(tzinfo=None)
    questions = len(bench.writes)
    bench.run(8)
    assert len(bench.writes) - questions <= 3, "after that only its page is written"
    assert bench.driver.fault == ""
