"""The papers that each hall files at the end: taken out by command, and looked at as an office program shows them.

One call of LibreOffice makes all of them pages; labels are read off the pages again, and compared with the documents'.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from hub.admin import app
from hub.signed_in import NotTaken
from hub.wire import messages as m
from tests import office
from tests.stories.papers import labels, printed, taken_out
from tests.stories.staff import STAFF
from tests.stories.town import Citizen, HallAtWork, Town, moment

pytestmark = pytest.mark.e2e

HALLS = ("shanting", "yueyang", "dahepingxiang", "yunfu", "wuxi")
FIRST_DAY = moment(9, 24)
MONTH = "2026-09"
TOLD = "俺叫李䶮（上龙下天），𠮷祥里的門牌改了三回，證上還是一九八六年的；窗口说“不归我管”，来回跑了十一趟。"
LONG = (TOLD * 50)[:2000]
CITIZEN = Citizen(name="欧阳䶮𠮷", phone="139-6320-0958（女儿）", text=LONG)
ANSWER = ("三个部门已约定一次办好，䶮字以户籍为准，请带身份证到窗口领取。" * 80)[:2000]


@pytest.mark.rule("R15", "R16", "R17", "R18", "R40", "R50", "R52", "R71")
def test_every_paper_of_the_five_halls_has_its_document_s_labels_in_order_and_room_for_the_longest_text(
    town: Town, tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    made = {hall: papers_of(town[hall], folder) for hall in HALLS}
    nobody_takes_out_what_is_not_theirs(town["shanting"], tmp_path)
    files = [file for of_hall in made.values() for file in of_hall.values()]
    pdfs = dict(zip(files, office.as_pdf(files, folder), strict=True))
    for hall, of_hall in made.items():
        for name, file in of_hall.items():
            look_at(pdfs[file], hall, name)
            if name == "ledger":
                nothing_is_lost(file, pdfs[file])
            else:
                assert office.squeezed(LONG if name not in WITHOUT_WORDS else "欧阳䶮𠮷") in office.text_of(pdfs[file])
    wuxi = office.text_of(pdfs[made["wuxi"]["refusal"]])
    assert wuxi.count("有权依法申请行政复议，或者提起行政诉讼") == 2, "a form in two copies, each with the remedies"
    assert "第1份，共2份" in wuxi
    assert "第2份，共2份" in wuxi
    assert office.squeezed(ANSWER) in office.text_of(pdfs[made["shanting"]["acceptance"]])
    transfer = office.seen_of(pdfs[made["shanting"]["transfer"]])
    assert "简单事项☐一般事项☐复杂事项☑" in transfer
    for box in ("立即解决即时办结☐", "2个工作日办结☐", "5个工作日办结☑", "其他办理要求☑"):
        assert box in transfer
    assert "当事人：满意☑不满意☐" in transfer


WITHOUT_WORDS = ("cover", "refusal-notice", "one-time-notice")
"""On these stands who it is about, and not all that they told."""


def nobody_takes_out_what_is_not_theirs(hall: HallAtWork, folder: Path) -> None:
    """A refusal leaves no file behind; what was taken out stands in the audit chain with who took it (R71)."""
    clerk, number = hall.staff[0].member, sorted(hall.numbers())[1]
    with pytest.raises(NotTaken, match="not_permitted"):
        taken_out(hall, clerk.code, clerk.terminal, "ledger", MONTH, folder)
    with pytest.raises(NotTaken, match="unknown_case"):
        taken_out(hall, "32", "department-police", "acceptance", number, folder)
    with pytest.raises(NotTaken, match="no_refusal"):
        taken_out(hall, clerk.code, clerk.terminal, "refusal", number, folder)
    assert list(folder.glob("*.docx")) == list(folder.glob("*.xlsx")) == []
    said = (
        CliRunner()
        .invoke(app, ["audit", "show", "--kind", "ExportForm", "--hall", str(hall.place)], env={"COLUMNS": "200"})
        .output
    )
    assert said.count("ExportForm") == 3
    assert f"{number}/transfer" in said
    assert CITIZEN.name not in said


def papers_of(hall: HallAtWork, folder: Path) -> dict[str, Path]:
    """Its papers, each of a case that came to where it is filled in, and the month's ledger."""
    clerk, made = hall.staff[0].member, {}
    for name in FILED[hall.template]:
        number = CASES.get((hall.template, name), CASES.get(("", name), came_back))(hall)
        made[name] = taken_out(hall, clerk.code, clerk.terminal, name, number, folder)
    head = next(one for one in STAFF[hall.template] if one.terminal == "supervisor")
    return made | {"ledger": taken_out(hall, head.code, "supervisor", "ledger", MONTH, folder)}


def came_back(hall: HallAtWork) -> str:
    """Through the hall as its document has it: looked at, sent to a unit, answered, rated."""
    clerk, policy, unit = hall.staff[0], hall.directory.policy(), STAFF[hall.template][2]
    kind = policy.classes[-1].code
    number = hall.hears(CITIZEN, "other", policy.reasons[0].code).number
    clerk.does(m.TriageCase(case_number=number, finding="属实，三个部门都说不归自己。", case_class=kind))
    sent = m.DispatchCase(case_number=number, department=unit.department, case_class=kind, note="请书面答复。")
    order = clerk.does(sent).work_order_id
    worker = hall.person(unit.name)
    worker.does(m.AcceptWorkOrder(work_order_id=order))
    worker.does(m.ReplyToWorkOrder(work_order_id=order, text=ANSWER))
    clerk.does(m.RateCase(case_number=number, level="satisfied"))
    return number


def settled_at_once(hall: HallAtWork) -> str:
    clerk, policy = hall.staff[0], hall.directory.policy()
    number = hall.hears(CITIZEN, "other", policy.reasons[0].code).number
    clerk.does(m.TriageCase(case_number=number, finding="一句话能讲清。", case_class=policy.classes[0].code))
    clerk.does(m.AnswerOnTheSpot(case_number=number, text=ANSWER))
    return number


def refused(hall: HallAtWork) -> str:
    number = hall.hears(CITIZEN, "other", "not_accepted").number
    basis = "《不动产登记暂行条例实施细则》第三十五条"
    hall.staff[0].does(m.ProposeRefusal(case_number=number, text=ANSWER, basis=basis))
    hall.person("薛网点").does(m.DecideRefusal(case_number=number, approved=True))
    return number


def declined(hall: HallAtWork) -> str:
    number = hall.hears(CITIZEN, "other", "not_accepted").number
    told = m.DeclineCase(
        case_number=number, kind="elsewhere", text=ANSWER, exclusion="beyond_law", basis="《城乡规划法》第四十条"
    )
    hall.staff[0].does(told)
    return number


def told_at_once(hall: HallAtWork) -> str:
    texts = {"legal_basis": "《不动产登记暂行条例》第十六条", "procedure": ANSWER, "time_limit": "3个工作日"}
    parts = tuple(m.ChecklistPart(kind=kind, text=text) for kind, text in texts.items())  # type: ignore[arg-type]
    names = ("不动产登记申请书", "申请人身份证明", "不动产权属证书", "登记原因证明材料：" + TOLD * 4)
    materials = tuple(m.Material(code=f"m{place}", name=name) for place, name in enumerate(names))
    supervisor = next(one for one in hall.staff if one.member.terminal == "supervisor")
    supervisor.does(m.PublishChecklist(matter="transfer-sale", materials=materials, parts=parts))
    number = hall.hears(CITIZEN, "transfer-sale", hall.directory.policy().reasons[0].code).number
    hall.staff[0].does(m.GiveOneTimeNotice(case_number=number, missing=("m1", "m3")))
    return number


FILED: dict[str, tuple[str, ...]] = {
    "shanting": ("acceptance", "transfer", "cover"),
    "yueyang": ("acceptance", "transfer", "refusal-notice"),
    "dahepingxiang": ("registration", "cover"),
    "yunfu": ("transfer", "one-time-notice"),
    "wuxi": ("refusal", "refusal-notice"),
}
"""The papers of each hall, in the order in which they are taken out."""
CASES: dict[tuple[str, str], Callable[[HallAtWork], str]] = {
    ("shanting", "acceptance"): settled_at_once,
    ("yueyang", "refusal-notice"): declined,
    ("", "refusal"): refused,
    ("", "refusal-notice"): refused,
    ("", "one-time-notice"): told_at_once,
}
"""What came before a paper, where that is not `came_back`: of one hall, or of any."""


# --- looked at


def look_at(pdf: Path, hall: str, name: str) -> None:
    """Its labels are the document's, nothing stands past its margins, and every page has something on it."""
    bold, sizes = office.bold_of(pdf), office.words_of(pdf)[1]
    assert office.beyond_the_margins(pdf) == []
    a4 = office.A4_PT[::-1] if name == "ledger" else office.A4_PT
    assert all(abs(got - wide) < 1 for size in sizes for got, wide in zip(size, a4, strict=True)), sizes
    if name == "ledger":
        title, *heads = labels(hall, name).split()
        assert bold == title + "".join(heads) * len(sizes), "its heads stand on every page"
    else:
        assert bold == printed(hall, name, bold)
    for picture in office.pictures_of(pdf):
        with Image.open(picture) as opened:
            page = opened.convert("L")
            edge = 3  # dots of 20 to the inch: 4 mm
            inner = page.crop((edge, edge, page.width - edge, page.height - edge))
            assert inner.getextrema()[0] < 200, f"{picture.name} is blank"
            around = page.copy()
            around.paste(255, (edge, edge, page.width - edge, page.height - edge))
            assert around.getextrema()[0] == 255, f"{picture.name} prints up to its edge"


def nothing_is_lost(book: Path, pdf: Path) -> None:
    """Every cell stands on the page whole; what is too long for a row goes on in the next, under the same number."""
    rows, printed = office.rows_of(book)[3:], office.text_of(pdf)
    assert [cell for row in rows for cell in row if office.squeezed(cell) not in printed] == []
    cases: dict[str, list[list[str]]] = {}
    for row in rows:
        cases.setdefault(row[0].removesuffix("（续）"), []).append(row)
    for parts in cases.values():
        told = "".join(row[3] for row in parts)
        assert told.endswith(LONG)
        assert parts[0][2] == CITIZEN.phone
    assert dt.date.fromisoformat(rows[0][4][:10]) == FIRST_DAY.date()
