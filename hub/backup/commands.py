"""`bancheng backup` and `bancheng restore`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from hub.backup import restore as restoring, taking
from hub.backup.archive import Manifest, Told, opened
from hub.config import HallDirectory
from hub.store.copying import Contents

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")]
screen = Console(soft_wrap=True)


def backup(
    to: Annotated[
        Path | None, typer.Argument(help="A folder, or a new file; without it the folder backups of the hall.")
    ] = None,
    hall: HallOption = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Then remove older backups of this hall there; so many stay.")
    ] = None,
    secrets: Annotated[
        Path | None, typer.Option(help="Write data key, pepper and secret keys too, into this file of their own.")
    ] = None,
) -> None:
    """Back the hall up while it works: database, hall.toml, policy.toml, attachments, public keys; no secrets.

    Of a PostgreSQL that many halls share it takes this hall's rows, as they are at one moment.
    """
    place, now = HallDirectory(hall), dt.datetime.now(dt.UTC)
    if to is None:
        to = place.path / "backups"
        to.mkdir(mode=0o700, exist_ok=True)
    with progress() as told:
        target, manifest = taking.back_up(place, to, now, told)
        if secrets is not None:
            taking.back_up_secrets(place, secrets, now, told)
    size_mb = target.stat().st_size / 1e6
    screen.print(f"{target}: {manifest.name}, up to event {manifest.seq}, {size_mb:.1f} MB", highlight=False)
    if target.stat().st_dev == place.path.stat().st_dev:
        screen.print("It lies on the hall's own disk: copy it to another one, or give a folder there.")
    if secrets is None:
        screen.print(f"It holds no keys: without {place.data_key} nobody can read what citizens wrote, nor can you.")
        screen.print(f"Keep that file and {place.pepper.name} apart from the backups, in a safe (--secrets FILE).")
    else:
        screen.print(f"{secrets}: data key, pepper, secret keys. Keep it apart from the backups, in a safe.")
    for path in taking.prune(target.parent, manifest.hall, keep) if keep else []:
        screen.print(f"{path.name} removed, an older one than the {keep} to keep")


def restore(
    backup: Annotated[Path, typer.Argument(help="The file that bancheng backup wrote.")],
    check: Annotated[bool, typer.Option("--check", help="Only look whether it is sound, and what is in it.")] = False,
    hall: HallOption = None,
    secrets: Annotated[
        Path | None, typer.Option(help="The secrets' file, for a machine that has no data key yet.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Make a backup the hall's database again, with every hub stopped; what it replaces is kept in the directory.

    hall.toml says where: a backup from SQLite restores into PostgreSQL and the other way round. In PostgreSQL the
    rows of this hall are replaced and no others; run it with the role that owns the tables.
    """
    if check:
        with progress() as told:
            manifest, contents = restoring.check(backup, told)
        screen.print(f"{backup} is sound.", highlight=False)
        _describe(manifest, contents)
        return
    place, now = HallDirectory(hall), dt.datetime.now(dt.UTC)
    with opened(backup) as archive:
        manifest = archive.manifest
    lost = now - manifest.taken_at
    database = place.database if place.file.exists() else place.database_file
    screen.print(
        f"{manifest.name}: {database} goes back to {_moment(manifest.taken_at)}, {_span(lost)} ago.", highlight=False
    )
    if not yes:
        typer.confirm("Restore it?", abort=True)
    with progress() as told:
        came = restoring.restore(backup, place, now, told, secrets)
    _describe(came.manifest, came.contents)
    if came.kept is not None:
        screen.print(f"What it replaced is kept: {came.kept}", highlight=False)
    screen.print("Start the hub. Kiosks file again what the backup lacks; all staff log in anew.")


def _describe(manifest: Manifest, contents: Contents) -> None:
    screen.print(f"  hall        {manifest.name} ({manifest.hall}), kept in {manifest.database}", highlight=False)
    screen.print(f"  taken       {_moment(manifest.taken_at)}, business date {manifest.business_date}", highlight=False)
    screen.print(f"  cases       {contents.cases}", highlight=False)
    if contents.newest_at is not None:
        screen.print(f"  newest      {contents.newest_case}, {_moment(contents.newest_at)}", highlight=False)
    screen.print(f"  audit chain whole, {contents.audit_links} links", highlight=False)
    screen.print(f"  epoch       {manifest.epoch}, event {manifest.seq}, schema {manifest.schema}", highlight=False)


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"


def _span(lost: dt.timedelta) -> str:
    minutes = int(lost.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    return f"{days} d {hours} h" if days else f"{hours} h {minutes % 60} min"


@contextmanager
def progress() -> Iterator[Told]:
    """A bar on the screen that changes its words with the work."""
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
