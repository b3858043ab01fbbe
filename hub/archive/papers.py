"""The hall's own papers of a case as the bundle has them: documents and a page, filled as at the counter (R15-R18).

`filled` is the one place that says which papers a bundle holds and in which form.
"""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files

import jinja2
import msgspec

from hub.domain.policy import Policy
from hub.domain.words import STAFF, Words
from hub.errors import Refused
from hub.papers import document
from hub.service import forms, office
from hub.service.books import Books
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m

_UNIX = 3
TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("hub.archive"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
)


class Paper(msgspec.Struct, frozen=True):
    """A paper with its code among the hall's papers, its name in the bundle and its head."""

    code: str
    name: str
    title: str
    content: bytes


def filled(tx: Transaction, books: Books, policy: Policy, found: OpenCase, whole: m.CaseDetail) -> list[Paper]:
    """The papers that this hall has of this case, as `bancheng form` writes them; of a 投诉 its cover (R11)."""
    sheet = forms.Sheet(tx, books.hall, books.sealer, policy, whole)
    at = whole.steps[-1].at
    made = []
    for kind in office.PAPERS:
        try:
            form = office.paper(sheet, kind)
        except Refused:
            continue  # this hall has no such paper, or nothing of that kind happened
        content = document.written(form, books.hall.name, f"{books.local(at):%Y-%m-%d %H:%M}", at)
        made.append(Paper(kind, f"papers/{kind}.docx", form.title, _steady(content)))
    if found.kind == "grievance":
        return made
    columns = policy.forms.ledger.value
    fields = tuple(m.FormField(one.code, one.name, forms.text_of(sheet, one.code)) for one in columns)
    title = policy.forms.ledger.title or Words("hub.archive", STAFF)("part.ledger")
    return [*made, _paper("ledger", title, found.number, fields, books.hall.name)]


def _steady(packed: bytes) -> bytes:
    """The same document whenever it is written: its file is a zip that bears the moment of writing."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as read, zipfile.ZipFile(made, "w") as written:
        for name in read.namelist():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.compress_type = _UNIX, zipfile.ZIP_DEFLATED  # stored it is 800 KB
            written.writestr(entry, read.read(name))
    return made.getvalue()


def _paper(code: str, title: str, number: str, fields: tuple[m.FormField, ...], hall: str) -> Paper:
    made = TEMPLATES.get_template("paper.html").render(
        title=title, number=number, fields=fields, hall=hall, style=style(), w=Words("hub.archive", STAFF)
    )
    return Paper(code, f"papers/{code}.html", title, made.encode())


def style() -> str:
    return files("hub.archive").joinpath("templates", "bundle.css").read_text("utf-8")
