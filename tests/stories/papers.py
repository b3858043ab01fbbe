"""The papers with which a story ends: taken out by command, and looked at as an office program shows them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hub.admin import app
from hub.signed_in import NotTaken
from tests import office
from tests.hub.papers.annexes import labels, printed
from tests.stories.staff import STAFF
from tests.stories.town import PIN, HallAtWork


def taken_out(hall: HallAtWork, staff: str, terminal: str, name: str, of: str, folder: Path) -> Path:
    """The file that `bancheng form` writes, readable for its owner alone."""
    file = folder / f"{hall.template}-{name}{'.xlsx' if name == 'ledger' else '.docx'}"
    words = ["form", name, of, "--out", str(file), "--staff", staff, "--terminal", terminal]
    said = CliRunner().invoke(app, [*words, "--hall", str(hall.place)], input=f"{PIN}\n", catch_exceptions=False)
    assert said.exit_code == 0, said.output
    assert file.stat().st_mode & 0o777 == 0o600
    return file


def files_its_papers(hall: HallAtWork, number: str, *names: str, also: Iterable[str] = ()) -> dict[str, Path]:
    """A story's end: these papers of its case, and the ledger of its year, in which it and `also` stand.

    Opened as pages and looked at: labels in their document's order, nothing lost, nothing past the margins. The pages
    by the names of the papers.
    """
    folder = hall.place.with_suffix(".papers")
    folder.mkdir()
    clerk = hall.staff[0].member
    head = next(one for one in STAFF[hall.template] if one.terminal == "supervisor")
    files = {name: taken_out(hall, clerk.code, clerk.terminal, name, number, folder) for name in names}
    files["ledger"] = taken_out(hall, head.code, "supervisor", "ledger", "2026-01-01..2026-12-31", folder)
    pages = dict(zip(files, office.as_pdf(files.values(), folder), strict=True))
    for name in names:
        as_its_document_has_it(files[name], pages[name], hall.template, name)
    in_the_ledger(hall, files["ledger"], pages["ledger"], {number, *also})
    return pages


def files_a_grievance(hall: HallAtWork, number: str) -> Path:
    """A 投诉 stands in no ledger and on no paper but its cover; the cover's pages."""
    folder, clerk = hall.place.with_suffix(".grievance"), hall.staff[0].member
    folder.mkdir()
    file = taken_out(hall, clerk.code, clerk.terminal, "cover", number, folder)
    (pages,) = office.as_pdf([file], folder)
    as_its_document_has_it(file, pages, hall.template, "grievance-cover")
    return pages


def as_its_document_has_it(file: Path, pages: Path, hall: str, name: str) -> None:
    office.look_at(pages)
    bold = office.bold_of(pages)
    assert bold == printed(hall, name, bold), name
    office.nothing_is_lost(office.paragraphs_of(file), pages)


def in_the_ledger(hall: HallAtWork, book: Path, pages: Path, numbers: set[str]) -> None:
    """Its heads stand on every page, these cases in its lines."""
    office.look_at(pages, across=True)
    title, *heads = labels(hall.template, "ledger").split()
    assert office.bold_of(pages) == title + "".join(heads) * len(office.words_of(pages)[1])
    rows = office.rows_of(book)
    assert rows[2] == heads
    office.nothing_is_lost((cell for row in rows[3:] for cell in row), pages)
    assert numbers <= {row[0] for row in rows[3:]}


def nobody_takes_out_what_is_not_theirs(hall: HallAtWork, number: str, stranger: str, name: str) -> None:
    """A refusal leaves no file behind; what was taken out stands in the audit chain with who took it, and without the
    citizen's name (R71). `stranger` works at a department that does not have the case."""
    clerk, folder = hall.staff[0].member, hall.place.with_suffix(".refused")
    folder.mkdir()
    elsewhere = next(one for one in STAFF[hall.template] if one.code == stranger)
    with pytest.raises(NotTaken, match="not_permitted"):
        taken_out(hall, clerk.code, clerk.terminal, "ledger", "2026-04", folder)
    with pytest.raises(NotTaken, match="unknown_case"):
        taken_out(hall, elsewhere.code, elsewhere.terminal, "acceptance", number, folder)
    with pytest.raises(NotTaken, match="no_refusal"):
        taken_out(hall, clerk.code, clerk.terminal, "refusal", number, folder)
    assert list(folder.iterdir()) == []
    asked = ["audit", "show", "--kind", "ExportForm", "--hall", str(hall.place)]
    said = CliRunner().invoke(app, asked, env={"COLUMNS": "200"}).output
    assert said.count("ExportForm") == 3
    assert f"{number}/transfer" in said
    assert name not in said
