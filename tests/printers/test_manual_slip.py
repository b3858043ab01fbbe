"""Slips printed in advance: what stands on them, on a roll and on pages for the office printer."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from hub.domain.lookup import make_keys
from printers import manual_slip, sheet
from printers.drawing import draw
from printers.manual_slip import ManualInstruction, ManualSlip
from printers.papers import slip_of
from printers.profiles import profile_of
from printers.render import render_slip
from printers.slip import Field, Line, Slip, Stamp
from printers.spool import Spool
from tests import factories
from tests.printers.every_paper import manual_block

HALL = factories.a_hall("wuxi")


def words(slip: Slip) -> list[str]:
    return [one.text if isinstance(one, Line) else one.label for one in slip.blocks if isinstance(one, Line | Field)]


@pytest.mark.rule("R65")
def test_a_slip_has_hall_number_service_lines_for_both_times_and_its_block() -> None:
    slips = manual_slip.slips(manual_block(), HALL)
    assert len(slips) == 20
    said = words(slips[0])
    assert [HALL.name, "S301", "一窗受理、集成服务"] == said[:3]
    assert {"取号时间", "叫号时间"} <= set(said)
    assert said[-1] == "号码条本 S-7，2026-11-20 16:30 印制"
    assert [words(one)[1] for one in slips] == [f"S{n}" for n in range(301, 321)]


@pytest.mark.rule("R65", "R66")
def test_the_instruction_names_who_is_told_where_slips_are_given_out_and_who_keeps_the_rest() -> None:
    said = "\n".join(words(manual_slip.instruction(manual_block(), HALL, factories.a_policy("wuxi"))))
    for needed in ("网点负责人", "专设窗口", "机器故障，正在维修", "S301 至 S320", "工号 06", "不写姓名"):
        assert needed in said
    assert [line for line in said.splitlines() if line.startswith("10. ")]


@pytest.mark.rule("R65")
@pytest.mark.parametrize("width", [576, 384])
def test_a_slip_s_number_is_as_large_on_paper_as_a_receipt_s(width: int) -> None:
    picture = draw(manual_slip.slips(manual_block(), HALL)[0], width)
    assert picture.width == width
    rows = [y for y in range(picture.height) if _ink(picture, y) > width // 12]
    tallest = longest_run(rows)
    assert tallest >= 10 * 8, "a digit is at least 10 mm high"


@pytest.mark.rule("R65")
def test_a_slip_goes_to_a_receipt_printer_as_bytes_that_end_with_a_cut() -> None:
    data = render_slip(manual_slip.slips(manual_block(), HALL)[0], profile_of(HALL.printers[0]))
    assert data.startswith(b"\x1b@")
    assert data.endswith(b"\x1dVB\x00")


@pytest.mark.rule("R65")
def test_pages_for_the_office_printer_have_the_instruction_the_sheet_and_every_slip(tmp_path: Path) -> None:
    block = manual_block(30)
    made = sheet.save(sheet.pages(block, HALL, factories.a_policy("wuxi")), tmp_path, block.block)
    document, *pictures = made
    assert document.read_bytes().startswith(b"%PDF-")
    assert document.read_bytes().count(b"/Type /Page\n") == len(pictures) == 1 + 2 + 4
    for picture in pictures:
        with Image.open(picture) as page:
            assert page.size == (sheet.WIDTH, sheet.HEIGHT)
            assert page.convert("L").histogram()[0] > 1000
            assert all(_ink(page, y) == 0 for y in range(40)), "nothing runs out of the page"


def test_a_hall_with_a_long_name_still_fits_on_its_slips() -> None:
    hall = factories.a_hall("wuxi", name="某某市自然资源和规划局不动产登记交易服务中心第三分中心办事大厅")
    for width in (576, 384):
        assert draw(manual_slip.slips(manual_block(), hall)[0], width).width == width


def _ink(picture: Image.Image, row: int) -> int:
    return picture.crop((0, row, picture.width, row + 1)).convert("L").histogram()[0]


def longest_run(rows: list[int]) -> int:
    best = run = 0
    for before, after in zip([-2, *rows], rows, strict=False):
        run = run + 1 if after == before + 1 else 1
        best = max(best, run)
    return best


@pytest.mark.rule("R65")
def test_a_slip_waits_in_a_spool_and_comes_out_the_same(tmp_path: Path) -> None:
    block = manual_block()
    told: tuple[ManualSlip | ManualInstruction, ...] = (
        manual_slip.instruction_paper(block, HALL, factories.a_policy("wuxi")),
        *manual_slip.papers(block, HALL)[:2],
    )
    spool = Spool(tmp_path / "spool.db", bytes(32))
    for place, paper in enumerate(told):
        spool.add(f"b.{place}", paper)
    spool.add("b/0", told[1])
    assert tuple(spool.job(f"b.{place}").paper for place in range(3)) == told
    assert [slip_of(one) for one in told[1:]] == list(manual_slip.slips(block, HALL)[:2])
    spool.move("b.1", "send")
    again = spool.lose("b.1", "interrupted", make_keys(bytes))
    assert again is not None
    assert [one.text for one in slip_of(again.paper).blocks if isinstance(one, Stamp)] == ["补打 · 同号只用本张"]
    assert spool.states("b.") == {"b.0": "queued", "b.1": "unknown", again.job_id: "queued", "b.2": "queued"}
    spool.close()


@pytest.mark.rule("R65")
def test_who_keeps_a_kiosk_s_block_is_the_kiosk() -> None:
    block = replace(manual_block(), held_by="kiosk-1", printed_by="kiosk-1")
    said = "\n".join(words(manual_slip.instruction(block, HALL, factories.a_policy("wuxi"))))
    assert "自助机 kiosk-1 的管理人员" in said
    assert "工号" not in said.splitlines()[-1]
