"""`bancheng archive`: a closed case as one file for the archive, and the check of such a file (R40)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from hub import keys, outgoing
from hub.archive import bundle, dossier
from hub.archive.dossier import Dossier
from hub.backup.commands import progress
from hub.config import HallDirectory
from hub.errors import HubError
from hub.service.archives import logged_as
from hub.service.books import Books
from hub.signed_in import signed_in
from hub.store import commands
from hub.store.commands import AuditQuestion
from hub.store.sealing import Sealer
from hub.store.transaction import one_transaction
from hub.wire import messages as m

app = typer.Typer(help="The archive: a closed case as one file, and is such a file whole?", no_args_is_help=True)
screen = Console(highlight=False, soft_wrap=True)

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")]


class CannotRead(HubError):
    """The file that was named cannot be read."""

    code = "cannot_read"


@app.command()
def make(
    case: Annotated[str, typer.Argument(help="The case's number, such as 370406-20261123-0001-6.")],
    out: Annotated[Path, typer.Option(help="A new .zip file, or a folder: then CASE.zip in it. Never overwrites.")],
    staff: Annotated[str, typer.Option(help="Your staff code; the PIN is read from standard input.")],
    terminal: Annotated[
        str, typer.Option(help="The supervisor or window terminal whose key is on this machine.")
    ] = "supervisor",
    hall: HallOption = None,
) -> None:
    """Write an archived case as one zip: papers, events, approvals, attachments, an index, the hash of each.

    Read beside a working hub, which allows it to who asks and logs that the case left the system. It holds personal
    data: the file is readable for you alone. The same case gives the same bytes.
    """
    place = HallDirectory(hall)
    target = out / f"{case}.zip" if out.is_dir() else out
    outgoing.must_be_new(target, "a bundle")
    with progress() as told:
        told("reading the case", 0, 0)
        found = gather(place, case)
        packed = bundle.pack(found.index, found.contents)
    digest = bundle.digest(bundle.encoded(found.index))
    with signed_in(place, terminal, staff) as ask:
        ask(m.ExportCase(case_number=found.index.case_number, digest=digest))
    outgoing.write(target, packed)
    screen.print(f"{target}: {len(found.index.parts)} parts, {len(packed):,} bytes")
    screen.print(f"index {digest}")


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A file that bancheng archive make wrote.")],
    hall: Annotated[
        Path | None, typer.Option("--hall", help="The hall's directory: also ask its audit chain who made this file.")
    ] = None,
) -> None:
    """Check every byte of a bundle against its index, and name each part that is missing, added or changed.

    Without --hall no hall is needed. Ends with 1 where something is wrong.
    """
    try:
        checked = bundle.check(file.read_bytes())
    except OSError as wrong:
        raise CannotRead(f"{file} cannot be read ({wrong.strerror}); is that where it is?") from wrong
    for one in checked.faults:
        screen.print(f"{file}: {one}", style="red", markup=False)
    index = checked.index
    if checked.faults or index is None:
        screen.print(f"{len(checked.faults)} faults: take another copy of this file", style="red")
        raise typer.Exit(1)
    screen.print(f"{file} is whole: {index.case_number}, {index.hall_name}, {len(index.parts)} parts")
    screen.print(f"index {checked.digest}")
    if hall is not None and not _known(HallDirectory(hall), index.case_number, checked.digest):
        raise typer.Exit(1)


def gather(place: HallDirectory, number: str) -> Dossier:
    """A case's bundle before it is packed, read in one transaction; raises `NotArchived`, `StoreFailed`."""
    sealer = Sealer(keys.load_hall_secret(place.data_key), keys.load_hall_secret(place.pepper))
    books = Books(place.hall(), place.policy(), place.published(), sealer)
    with one_transaction(place.database, read_only=True) as db:
        return dossier.gather(db, books, number)


def _known(place: HallDirectory, number: str, digest: str) -> bool:
    """Says who made this very bundle; the chain cannot be changed afterwards, a file and its index can."""
    asked = AuditQuestion(subject=logged_as(number, digest), kind=m.ExportCase.__name__)
    with one_transaction(place.database, read_only=True) as db:
        links, _ = commands.audit_links(db, place.hall().code, asked, 1)
    if not links:
        screen.print(
            f"the audit chain of {place.hall().name} knows no bundle with this index: it was made elsewhere, or "
            "somebody changed it and wrote its index anew",
            style="red",
        )
        return False
    screen.print(f"made by {links[0].staff} on {links[0].at.astimezone():%Y-%m-%d %H:%M}, link {links[0].ordinal}")
    return True
