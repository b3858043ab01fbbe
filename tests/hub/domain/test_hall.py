import pytest

from hub.domain.errors import UnknownCode
from tests.factories import a_hall

TEMPLATES = ["yueyang", "shanting"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_name_in_a_template_leads_somewhere(template):
    hall = a_hall(template)
    for matter in hall.matters:
        assert hall.department(matter.department)
        assert matter.hint
    for window in hall.windows:
        assert all(hall.service(code) for code in window.services)
    for terminal in hall.terminals:
        assert not terminal.window or hall.window(terminal.window)
        assert not terminal.department or hall.department(terminal.department)
        assert not terminal.printer or hall.printer(terminal.printer)
        assert not terminal.board or hall.board(terminal.board)
        assert terminal.role not in ("kiosk", "window", "department", "supervisor") or terminal.screen
    assert hall.service(hall.service_for_cases).letter == "F"
    assert hall.service_for_cases in hall.window(3).services


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_department_of_a_template_has_a_terminal(template):
    hall = a_hall(template)
    assert {t.department for t in hall.terminals if t.role == "department"} == {d.code for d in hall.departments}


@pytest.mark.parametrize("template", TEMPLATES)
def test_codes_and_letters_are_unique_and_eight_matters_are_common(template):
    hall = a_hall(template)
    listed = (hall.matters, hall.departments, hall.services)
    for codes in ([one.code for one in listed] for listed in listed):
        assert len(codes) == len(set(codes))
    assert len({service.letter for service in hall.services}) == len(hall.services)
    assert sum(matter.common for matter in hall.matters) == 8
    assert not {"other", "unknown"} & {matter.code for matter in hall.matters}


def test_yueyang_has_the_whole_catalogue_of_registration():
    hall = a_hall("yueyang")
    assert len(hall.matters) >= 25
    kinds = "".join(matter.name for matter in hall.matters)
    for kind in (
        "首次",
        "转移",
        "变更",
        "注销",
        "更正",
        "异议",
        "预告",
        "查封",
        "抵押权",
        "地役权",
        "居住权",
        "查询",
        "补证",
    ):
        assert kind in kinds, kind


def test_a_hall_is_what_its_document_says():
    yueyang, shanting = a_hall("yueyang"), a_hall("shanting")
    assert (yueyang.code, yueyang.place) == ("430621", "岳阳县政务公开中心南栋大厅一楼不动产专区")
    assert (yueyang.window_name, yueyang.phone) == ("“办不成事”反映窗口", "")
    assert (shanting.code, shanting.place) == ("370406", "大厅一楼A区咨询引导台")
    assert (shanting.window_name, shanting.phone) == ("“办不成事”登记窗口", "0632-8836760")


def test_an_unknown_name_names_those_there_are():
    with pytest.raises(UnknownCode, match="no printer 'x'; this hall has receipt-1"):
        a_hall().printer("x")
