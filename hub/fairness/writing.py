"""A sheet as a file: a page to print, a table for a spreadsheet, plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from importlib.resources import files

import jinja2

from hub.domain.words import Words
from hub.fairness.shown import Sheet
from hub.papers.cells import inert

ENDS_A_STRING = frozenset('"\\<\n')
"""What would end a text within a style sheet."""


def page(sheet: Sheet, words: Words) -> str:
    """A page that stands alone: no script, no picture, nothing fetched."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("hub.fairness"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    style = files("hub.fairness").joinpath("templates", "report.css").read_text("utf-8")
    foot = "".join(letter for letter in f"{sheet.hall} {sheet.title} {sheet.iso}" if letter not in ENDS_A_STRING)
    made = templates.get_template("report.html")
    return made.render(sheet=sheet, w=words, language=words.language.replace("_", "-"), style=style, foot=foot)


def table(sheet: Sheet, words: Words) -> str:
    """CSV as spreadsheets of this country open it: with a byte order mark, tables apart by an empty line."""
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerows([[sheet.hall, sheet.title, sheet.date, sheet.status], [sheet.verdict], [sheet.seal], []])
    rows.writerows([[box.name, box.said] for box in sheet.boxes])
    if sheet.findings:
        rows.writerows([[], [words("findings.title")], *([inert(one)] for one in sheet.findings)])
    for title, columns, body in _tables(sheet, words):
        rows.writerows([[], [title], columns, *([inert(cell) for cell in row] for row in body)])
    return "\ufeff" + written.getvalue()


def text(sheet: Sheet, words: Words) -> str:
    """Lines that any screen shows."""
    lines = [sheet.hall, f"{sheet.title} {sheet.date} {sheet.status}", "", sheet.verdict]
    lines += [f"{words('proof.seal')} {sheet.seal}", sheet.links, ""]
    lines += [f"{box.name}  {box.said}" for box in sheet.boxes]
    if sheet.findings:
        lines += ["", words("findings.title"), *(f"- {one}" for one in sheet.findings)]
    for title, columns, body in _tables(sheet, words):
        lines += ["", title, *("  ".join(cell for cell in row if cell) for row in (columns, *body))]
    lines += ["", words("rules.title"), *sheet.rules]
    return "\n".join(lines) + "\n"


WRITERS: dict[str, Callable[[Sheet, Words], str]] = {".html": page, ".csv": table, ".txt": text}
"""By the ending of the file's name."""


def _tables(sheet: Sheet, words: Words) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    yield words("exceptions.title"), sheet.columns, list(sheet.exceptions)
    yield words("tickets.title"), sheet.ticket_columns, [one.cells for one in sheet.tickets]
