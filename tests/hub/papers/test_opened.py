"""Every kind of paper with the longest texts it may hold, as an office program shows it: labels in order, nothing lost.

One call of LibreOffice makes all of them pages. What the halls' own stories file is looked at where they end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from hub.papers import book, document
from hub.wire import messages as m
from tests import office
from tests.hub.desk import Desk
from tests.hub.papers.annexes import labels, printed
from tests.hub.papers.conftest import AtDesk
from tests.hub.papers.filled import (
    NAME,
    PHONE,
    came_back,
    declined,
    done,
    exported,
    in_the_folder,
    on_the_spot,
    refused,
    told_at_once,
)

AT = dt.datetime(2026, 11, 23, 2, 10, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 23)
TOLD = "俺叫李䶮（上龙下天），𠮷祥里的門牌改了三回，證上還是一九八六年的；窗口说“不归我管”，来回跑了十一趟。"
LONG = (TOLD * 50)[:2000]
ANSWER = ("三个部门已约定一次办好，䶮字以户籍为准，请带身份证到窗口领取。" * 80)[:2000]
Made = tuple[str, str, Callable[[Desk], str], str]
PAPERS: tuple[Made, ...] = (
    ("shanting", "acceptance", lambda desk: on_the_spot(desk, LONG, ANSWER), LONG + ANSWER),
    ("shanting", "transfer", lambda desk: came_back(desk, LONG, ANSWER), LONG),
    ("shanting", "cover", in_the_folder, NAME),
    ("dahepingxiang", "registration", lambda desk: came_back(desk, LONG, ANSWER), LONG),
    ("yueyang", "transfer", lambda desk: came_back(desk, LONG, ANSWER), LONG + ANSWER),
    ("yueyang", "refusal-notice", lambda desk: declined(desk, ANSWER), ANSWER),
    ("yunfu", "one-time-notice", lambda desk: told_at_once(desk, materials=30, text=ANSWER), ANSWER),
    ("wuxi", "refusal", lambda desk: refused(desk, ANSWER), ANSWER),
)
"""Whose paper it is, its name, how its case came there, and what stands on it whole."""


@pytest.mark.rule("R15", "R16", "R17", "R18", "R40", "R50", "R52")
def test_every_paper_has_its_document_s_labels_in_order_and_room_for_the_longest_text(
    hub_of: AtDesk, tmp_path: Path
) -> None:
    desks = {hall: hub_of(hall) for hall in dict.fromkeys(hall for hall, *_ in PAPERS)}
    files = {(hall, name): written(desks[hall], hall, name, make, tmp_path) for hall, name, make, _ in PAPERS}
    ledger = the_ledger(desks["shanting"], tmp_path)
    *made, lines = office.as_pdf([*files.values(), ledger], tmp_path)
    pages = dict(zip(files, made, strict=True))
    for (hall, name, _, whole), pdf in zip(PAPERS, made, strict=True):
        office.look_at(pdf)
        bold = office.bold_of(pdf)
        assert bold == printed(hall, name, bold), (hall, name)
        office.nothing_is_lost((text for text in (LONG, ANSWER, NAME) if text in whole), pdf)
        office.nothing_is_lost(office.paragraphs_of(files[hall, name]), pdf)
    the_boxes(pages["shanting", "transfer"])
    both_copies(pages["wuxi", "refusal"])
    every_line_whole(ledger, lines)


def written(desk: Desk, hall: str, name: str, make: Callable[[Desk], str], folder: Path) -> Path:
    file = folder / f"{hall}-{name}.docx"
    form = exported(desk, make(desk), name.replace("-", "_"))  # type: ignore[arg-type]
    file.write_bytes(document.written(form, desk.hall.name, "2026-11-23 10:10", AT))
    return file


def the_ledger(desk: Desk, folder: Path) -> Path:
    file = folder / "ledger.xlsx"
    taken = done(desk, "supervisor", m.ExportLedger(filed_from=DAY, filed_to=DAY))
    title = desk.policy.forms.ledger.title
    cells = [row.cells for row in taken.rows]
    file.write_bytes(book.written(taken.columns, cells, hall=desk.hall.name, title=title, first=DAY, last=DAY))
    return file


def the_boxes(pdf: Path) -> None:
    """What was ticked is ticked, and nothing else."""
    seen = office.seen_of(pdf)
    assert "简单事项☐一般事项☑复杂事项☐" in seen
    for box in ("立即解决即时办结☐", "2个工作日办结☑", "5个工作日办结☐", "其他办理要求☑"):
        assert box in seen
    assert "当事人：满意☑不满意☐" in seen


def both_copies(pdf: Path) -> None:
    shown = office.text_of(pdf)
    assert shown.count("有权依法申请行政复议，或者提起行政诉讼") == 2, "a form in two copies, each with the remedies"
    assert "第1份，共2份" in shown
    assert "第2份，共2份" in shown


def every_line_whole(ledger: Path, pdf: Path) -> None:
    """Heads on every page; what is too long for a row goes on in the next, under the same number."""
    office.look_at(pdf, across=True)
    title, *heads = labels("shanting", "ledger").split()
    assert office.bold_of(pdf) == title + "".join(heads) * len(office.words_of(pdf)[1])
    rows = office.rows_of(ledger)[3:]
    office.nothing_is_lost((cell for row in rows for cell in row), pdf)
    cases: dict[str, list[list[str]]] = {}
    for row in rows:
        cases.setdefault(row[0].removesuffix("（续）"), []).append(row)
    told = ["".join(row[3] for row in parts) for parts in cases.values()]
    assert sum(one.endswith(LONG) for one in told) == 2
    assert all(parts[0][2] == PHONE for parts in cases.values())
