"""What an office program makes of a file: LibreOffice as the office, poppler as who reads what came of it."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import docx
from PIL import Image

A4_PT = (595.3, 841.9)
MARGIN_PT = 20.0
"""Nothing stands nearer to an edge: no printer reaches it."""
INK = 200
"""A picture's dot that is darker has something on it."""
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def as_pdf(files: Iterable[Path], folder: Path) -> list[Path]:
    """All of them in one call, in an office of its own; their PDFs in the same order."""
    files = list(files)
    program = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*program, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=120)
    made = [folder / f"{one.stem}.pdf" for one in files]
    assert [one.name for one in made if not one.exists()] == []
    return made


@dataclass(frozen=True)
class Word:
    """A word of a page, in points from its upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


@cache
def words_of(pdf: Path) -> tuple[list[Word], list[tuple[float, float]]]:
    """Every word with where it stands, and the size of each page."""
    tree = ElementTree.fromstring(_read(["pdftotext", "-bbox", str(pdf), "-"]))
    found: list[Word] = []
    sizes: list[tuple[float, float]] = []
    for page in (one for one in tree.iter() if one.tag.endswith("}page")):
        sizes.append((float(page.attrib["width"]), float(page.attrib["height"])))
        found += (
            Word(len(sizes), *(float(one.attrib[name]) for name in ("xMin", "yMin", "xMax", "yMax")), one.text or "")
            for one in page
        )
    return found, sizes


def bold_of(pdf: Path) -> str:
    """What is printed in bold, heads and labels, in the order of the page and without blanks."""
    pages = ElementTree.fromstring(_read(["pdftohtml", "-xml", "-i", "-stdout", str(pdf)]))
    return squeezed("".join("".join(bold.itertext()) for bold in pages.iter("b")))


def text_of(pdf: Path) -> str:
    """The whole text between header and footer, in the order in which it was set, without blanks."""
    wide, high = words_of(pdf)[1][0]
    area = ["-x", "0", "-y", "55", "-W", str(int(wide) + 1), "-H", str(int(high) - 55 - 62)]
    return squeezed(_read(["pdftotext", "-raw", *area, str(pdf), "-"]))


def seen_of(pdf: Path) -> str:
    """The whole text as the eye reads it, line by line across the page, without blanks."""
    return squeezed(_read(["pdftotext", "-layout", str(pdf), "-"]))


def pictures_of(pdf: Path, dpi: int = 20) -> list[Path]:
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-gray", "-png", str(pdf), str(pdf.with_suffix(""))],
        check=True,
    )
    return sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))


def beyond_the_margins(pdf: Path) -> list[Word]:
    """Words that stand where paper ends, or past it."""
    found, sizes = words_of(pdf)
    return [
        one
        for one in found
        if one.left < MARGIN_PT
        or one.top < MARGIN_PT
        or one.right > sizes[one.page - 1][0] - MARGIN_PT
        or one.bottom > sizes[one.page - 1][1] - MARGIN_PT
    ]


def look_at(pdf: Path, *, across: bool = False) -> None:
    """Its pages are A4, nothing on them stands past their margins or at an edge, and none is blank."""
    wanted = A4_PT[::-1] if across else A4_PT
    sizes = words_of(pdf)[1]
    assert all(abs(got - wide) < 1 for size in sizes for got, wide in zip(size, wanted, strict=True)), sizes
    assert beyond_the_margins(pdf) == []
    for picture in pictures_of(pdf):
        with Image.open(picture) as opened:
            page = opened.convert("L")
        edge = 3  # dots of 20 to the inch: 4 mm
        inner = edge, edge, page.width - edge, page.height - edge
        assert page.crop(inner).getextrema()[0] < INK, f"{picture.name} is blank"
        page.paste(255, inner)
        assert page.getextrema()[0] == 255, f"{picture.name} prints up to its edge"


def nothing_is_lost(texts: Iterable[str], pdf: Path) -> None:
    """Each text stands on the pages whole; one with boxes, which are of another font, as the eye reads its line."""
    set_, seen = text_of(pdf), seen_of(pdf)
    lost = [one for one in texts if squeezed(one) not in set_ and squeezed(one) not in seen]
    assert lost == [], pdf


def paragraphs_of(document: Path) -> list[str]:
    """What a document says in its body, one paragraph each."""
    opened = docx.Document(str(document))
    blocks = (block for block in opened.element.body.iter() if block.tag.endswith("}p"))
    return [docx.text.paragraph.Paragraph(block, None).text for block in blocks]


def labels_of(document: Path) -> str:
    """What a document has in bold, in its order and without blanks."""
    opened = docx.Document(str(document))
    runs = (run for block in opened.element.body.iter() if block.tag.endswith("}p") for run in _runs(block))
    return squeezed("".join(runs))


def _runs(paragraph: ElementTree.Element) -> Iterable[str]:
    for run in docx.text.paragraph.Paragraph(paragraph, None).runs:
        if run.bold:
            yield run.text


def rows_of(book: Path) -> list[list[str]]:
    """The cells of a workbook's first sheet, as what stands in them."""
    with zipfile.ZipFile(book) as parts:
        strings = [
            "".join(one.text or "" for one in item.iter(f"{SHEET}t"))
            for item in ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{SHEET}f")), "a formula"
    return [
        [strings[int(cell.findtext(f"{SHEET}v", ""))] if cell.get("t") == "s" else "" for cell in row]
        for row in sheet.iter(f"{SHEET}row")
    ]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _read(program: list[str]) -> str:
    return subprocess.run(program, check=True, capture_output=True, timeout=60).stdout.decode()
