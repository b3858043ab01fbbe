"""What stands on the slip of somebody who is sent next door."""

from __future__ import annotations

import pytest

from hub.wire.messages import DirectorySlip
from printers.direction_slip import direction_slip
from printers.papers import reprinted, slip_of
from printers.slip import Field, Line, Slip, Stamp
from tests.factories import a_hall
from tests.printers import factories
from tests.printers.every_paper import a_direction

HALL = a_hall("shanting")


def lines(slip: Slip) -> list[str]:
    return [block.text for block in slip.blocks if isinstance(block, Line)]


def fields(slip: Slip) -> dict[str, Field]:
    return {block.label: block for block in slip.blocks if isinstance(block, Field)}


@pytest.mark.rule("R6")
def test_it_names_department_place_person_and_telephone() -> None:
    slip = slip_of(a_direction())
    assert lines(slip)[:4] == ["山亭区政务服务大厅", "指引单", "您的事请到这里办", "不动产登记中心"]
    assert {label: field.text for label, field in fields(slip).items()} == {
        "在哪里": "大厅一楼A区咨询引导台",
        "找谁": "王䶮（负责人）",
        "电话": "0632-8811234",
    }


@pytest.mark.rule("R6")
def test_what_the_hall_s_document_does_not_tell_is_not_there() -> None:
    told = DirectorySlip(department=HALL.department("real-estate").name)
    slip = slip_of(direction_slip(told, "real-estate", HALL, factories.FILED))
    assert fields(slip) == {}
    assert "不动产登记中心" in lines(slip)


def test_it_speaks_the_citizen_s_language_with_the_staff_s_beside_it() -> None:
    slip = slip_of(a_direction("en"))
    assert [one.text for one in slip.blocks if isinstance(one, Line) and one.size == "title"][2:] == [
        "Property Registration Centre",
        "不动产登记中心",
    ]
    place = fields(slip)["Place"]
    assert (place.text_below, place.label_below) == ("大厅一楼A区咨询引导台", "在哪里")


def test_who_reads_one_script_reads_the_other() -> None:
    slip = slip_of(a_direction("zh_Hant"))
    assert slip.region == "TC"
    assert "不動產登記中心" in lines(slip)
    assert "不动产登记中心" not in lines(slip)


def test_the_hall_s_telephone_stands_there_once() -> None:
    told = DirectorySlip(department="不动产登记中心", phone=HALL.phone)
    said = str(slip_of(direction_slip(told, "real-estate", HALL, factories.FILED)))
    assert said.count(HALL.phone) == 1


def test_the_same_again_is_marked() -> None:
    again = slip_of(reprinted(a_direction(), factories.KEYS))
    assert [block.text for block in again.blocks if isinstance(block, Stamp)] == ["补打"]
