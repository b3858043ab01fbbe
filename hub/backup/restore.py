"""The way back from a backup: checked, prepared beside the present database, and put in its place at the very end.

Whatever fails before that leaves the hall as it was. What is replaced stays in the hall's directory under a dated name.
The backup of a hall in SQLite comes back into PostgreSQL, and the other way round: `hall.toml` says where.
"""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hub.backup.archive import Archive, BackupFailed, Manifest, Told, opened
from hub.backup.placing import BEFORE, held
from hub.backup.taking import DATABASE, key_print
from hub.config import HallDirectory
from hub.domain.hall import Terminal
from hub.errors import HubError
from hub.keys import load_secret
from hub.service.books import Actor, Asked, Books
from hub.service.opening import open_books
from hub.service.restoring import Restored
from hub.service.round import Job, Round
from hub.store import copying, restoring
from hub.store.copying import Contents
from hub.store.migrate import is_known, migrate
from hub.store.sealing import Sealer
from hub.store.transaction import one_transaction
from hub.wire import messages as m

_UNFINISHED = ".restoring-"


class NotRestorable(HubError):
    """This backup cannot become this hall's database; nothing was changed. The text says why and what to do."""

    code = "not_restorable"


@dataclass(frozen=True)
class Came:
    """What a restore did: `kept` is where the replaced database lies, if there was one."""

    manifest: Manifest
    contents: Contents
    epoch: str
    kept: Path | None


def check(path: Path, told: Told) -> tuple[Manifest, Contents]:
    """What is in a backup, after every digest, page and audit link was looked at; changes nothing.

    Raises `BackupBroken`, `Unsound`, `NotRestorable`.
    """
    with opened(path) as archive, tempfile.TemporaryDirectory(prefix="bancheng-check-") as folder:
        _of_a_hall(archive)
        archive.extract(Path(folder), told)
        told("checking the database", 0, 1)
        return archive.manifest, copying.check(Path(folder) / DATABASE, archive.manifest.hall)


def restore(path: Path, place: HallDirectory, now: dt.datetime, told: Told, secrets_file: Path | None = None) -> Came:
    """Makes a backup the hall's database, in a new epoch. No hub of the hall may run.

    A directory without a hall gets hall's file, own policy and public keys from the backup too; data key and pepper
    must lie there, or come from `secrets_file`. Raises `HallTaken`, `BackupBroken`, `Unsound`, `NotRestorable`,
    `BackupFailed`, and then everything is as it was.
    """
    with ExitStack() as stack:
        archive = stack.enter_context(opened(path))
        _of_a_hall(archive)
        _of_this_hall(archive.manifest, path, place)
        stack.enter_context(_folder(place.path))
        database = place.database if place.file.exists() else place.database_file
        present = stack.enter_context(held(database, archive.manifest.hall))
        staged = HallDirectory(Path(stack.enter_context(_staging(place.path))))
        archive.extract(staged.path, told)
        _says_where(staged, path, place)
        if secrets_file is not None:
            _take_secrets(secrets_file, archive.manifest, staged.path, told)
        told("checking the database", 0, 1)
        contents = copying.check(staged.database_file, archive.manifest.hall)
        day = contents.feed.business_date
        epoch = _prepare(archive.manifest, staged, place, now, present.last_numbers(staged, day, told))
        kept = present.replace(staged, place, now, told)
    return Came(archive.manifest, contents, epoch, kept)


# --- what is refused


def _of_a_hall(archive: Archive) -> None:
    manifest = archive.manifest
    if manifest.kind != "hall":
        raise NotRestorable(
            f"{archive.path} holds the secrets of {manifest.name}; give it as --secrets, not as the backup"
        )
    if not is_known(manifest.schema):
        raise NotRestorable(
            f"{archive.path} was taken by a newer Bancheng (schema {manifest.schema}); update this one first"
        )


def _of_this_hall(manifest: Manifest, path: Path, place: HallDirectory) -> None:
    if place.file.exists() and (own := place.hall()).code != manifest.hall:
        raise NotRestorable(
            f"{path} is of {manifest.name} ({manifest.hall}), {place.path} is {own.name} ({own.code}); "
            "choose a backup of this hall"
        )


def _take_secrets(path: Path, manifest: Manifest, folder: Path, told: Told) -> None:
    with opened(path) as archive:
        if (archive.manifest.kind, archive.manifest.hall) != ("secrets", manifest.hall):
            raise NotRestorable(f"{path} does not hold the secrets of {manifest.name}; choose the file that does")
        archive.extract(folder, told)


def _says_where(staged: HallDirectory, path: Path, place: HallDirectory) -> None:
    """A drill on another machine must not run into the database of the working hall, which the backup's file names."""
    if not place.file.exists() and (address := staged.hall().database):
        raise NotRestorable(
            f"{place.file} is missing, and the one in the backup names {address}, where the hall may be at work; "
            f"run: unzip -n {path} hall.toml policy.toml -d {place.path}, "
            "write into that hall.toml which database to restore into, and restore again"
        )


# --- preparing, beside what is there


def _prepare(
    manifest: Manifest,
    staged: HallDirectory,
    place: HallDirectory,
    now: dt.datetime,
    given: Mapping[tuple[dt.date, str], int],
) -> str:
    """Turns the unpacked database into one that a hub can go on with, and returns its epoch."""
    described = place if place.file.exists() else staged
    locked = place if place.data_key.exists() else staged
    if not locked.data_key.exists() or not locked.pepper.exists():
        raise NotRestorable(
            f"{place.data_key} is missing, and without it nothing that citizens wrote can be read; "
            "copy data.key and pepper.key there, or give the secrets' file with --secrets"
        )
    if key_print(locked) != manifest.key_print:
        raise NotRestorable(
            f"{locked.data_key} or pepper.key is not the one of this backup; put the hall's own ones there"
        )
    migrate(staged.database_file)
    hall = described.hall()
    sealer = Sealer(load_secret(locked.data_key), load_secret(locked.pepper))
    books = Books(hall, described.policy(), described.published(), sealer)
    epoch = secrets.token_hex(16)
    done = Restored(
        taken_at=manifest.taken_at,
        given=given,
        times=1 + len(list(place.path.glob(f"{DATABASE}{BEFORE}*Z"))),
    )
    job = Job(Asked(secrets.token_hex(16), Actor(Terminal(name="hub", role="supervisor")), now), done)
    with one_transaction(staged.database_file) as tx:
        restoring.begin_epoch(tx, hall.code, epoch)
        open_books(tx, books, now)
        Round(tx, books).run([job])
    if not isinstance(job.answer, m.Done):
        raise NotRestorable(f"the restored database could not be prepared: {job.answer}")
    return epoch


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    """The hall's directory; one that had to be made goes away again when the restore fails."""
    made = not path.exists()
    if made:
        path.mkdir(mode=0o700, parents=True)
    try:
        yield
    except BaseException:
        if made:
            shutil.rmtree(path)
        raise


@contextmanager
def _staging(path: Path) -> Iterator[str]:
    """Room to unpack on the hall's own disk; takes away what an interrupted restore left of it."""
    for left in path.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)
    try:
        folder = tempfile.TemporaryDirectory(dir=path, prefix=_UNFINISHED)
    except OSError as wrong:
        raise BackupFailed(f"{path} cannot be written ({wrong.strerror}); mend its rights or free its disk") from wrong
    with folder as name:
        yield name
