"""Takes a backup of a hall while its hub works: database, hall's file, own policy, attachments, public keys.

Not the secrets: who finds a backup must not be able to read what citizens wrote. They go into a file of their own, and
only when asked for.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hub import keys
from hub.backup.archive import BackupBroken, BackupFailed, Manifest, Told, opened, write
from hub.config import HallDirectory
from hub.domain.hall import Database
from hub.store import copying, moving
from hub.store.transaction import one_transaction

DATABASE = "hall.db"
_UNFINISHED = ".bancheng-unfinished-"
_LEFT_BEHIND = dt.timedelta(days=1)
"""After that a scratch folder is not another backup's at work, but one's whose machine was switched off."""


def back_up(place: HallDirectory, to: Path, now: dt.datetime, told: Told) -> tuple[Path, Manifest]:
    """Writes a backup and returns its file with what it says of itself.

    `to` is a folder, then the name tells hall and moment, or a file that does not exist. Raises `BackupFailed`,
    `StoreFailed`; nothing stands under the name then.
    """
    hall = place.hall()
    target = _target(to, f"bancheng-{hall.code}-{now:%Y%m%dT%H%M%SZ}.zip")
    with _scratch(target.parent, now) as folder:
        copy = folder / DATABASE
        _copy(place.database, hall.code, copy, lambda done, total: told("copying the database", done, total))
        with one_transaction(copy, read_only=True) as db:
            held = copying.contents(db, hall.code)
        manifest = Manifest(
            hall=hall.code,
            name=hall.name,
            taken_at=now,
            database="postgresql" if hall.database else "sqlite",
            schema=held.schema,
            epoch=held.feed.epoch,
            seq=held.feed.seq,
            business_date=held.feed.business_date,
            key_print=key_print(place),
        )
        write(target, manifest, {DATABASE: copy, **_own_files(place)}, folder, told)
    return target, manifest


def back_up_secrets(place: HallDirectory, target: Path, now: dt.datetime, told: Told) -> None:
    """Writes data key, pepper and all secret keys that are here into a file of their own, for a safe."""
    hall = place.hall()
    manifest = Manifest(hall=hall.code, name=hall.name, taken_at=now, kind="secrets", key_print=key_print(place))
    paths = [place.data_key, place.pepper, *sorted(place.keys.glob("*.secret"))]
    with _scratch(_existing(target).parent, now) as folder:
        write(target, manifest, {str(path.relative_to(place.path)): path for path in paths}, folder, told)


def prune(folder: Path, hall: str, keep: int) -> list[Path]:
    """Removes all but the newest `keep` backups of this hall from a folder, and returns them. Other files stay."""
    found: list[tuple[dt.datetime, Path]] = []
    for path in folder.glob("*.zip"):
        manifest = _manifest(path)
        if manifest is not None and (manifest.hall, manifest.kind) == (hall, "hall"):
            found.append((manifest.taken_at, path))
    old = [path for _, path in sorted(found)[:-keep]]
    for path in old:
        path.unlink()
    return old


def key_print(place: HallDirectory) -> str:
    """What recognises the hall's data key and pepper without telling anything of them."""
    secret = keys.load_secret(place.data_key) + keys.load_secret(place.pepper)
    return hashlib.sha256(b"bancheng key print\0" + secret).hexdigest()[:32]


def _copy(database: Database, hall: str, target: Path, told: Callable[[int, int], None]) -> None:
    """The hall's rows as they are at one moment, as a SQLite database, wherever they are kept."""
    if isinstance(database, Path):
        copying.copy_sqlite(database, target, told)
    else:
        moving.take_out(database, hall, target, told)


def _own_files(place: HallDirectory) -> dict[str, Path]:
    """What a hall has beside its database: by the path in its directory."""
    paths = [place.file, place.own_policy, *sorted(place.keys.glob("*.public"))]
    paths += sorted(place.attachments.rglob("*"))
    return {str(path.relative_to(place.path)): path for path in paths if path.is_file()}


def _target(to: Path, name: str) -> Path:
    return _existing(to / name if to.is_dir() else to)


def _existing(target: Path) -> Path:
    """The target, when it can be written: its folder is there, it is not."""
    if not target.parent.is_dir():
        raise BackupFailed(f"there is no folder {target.parent}; make it, or mount the disk that should be there")
    if target.exists():
        raise BackupFailed(f"{target} exists, and a backup is never overwritten; give another name")
    return target


@contextmanager
def _scratch(folder: Path, now: dt.datetime) -> Iterator[Path]:
    """A folder for unfinished work on the target's disk; takes away what a switched-off machine left of such."""
    for left in folder.glob(f"{_UNFINISHED}*"):
        if now.timestamp() - left.stat().st_mtime > _LEFT_BEHIND.total_seconds():
            shutil.rmtree(left)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=_UNFINISHED) as made:
            yield Path(made)
    except OSError as wrong:
        raise BackupFailed(
            f"{folder} cannot be written ({wrong.strerror}); mend its rights or free its disk"
        ) from wrong


def _manifest(path: Path) -> Manifest | None:
    try:
        with opened(path) as archive:
            return archive.manifest
    except BackupBroken:
        return None  # somebody else's zip
