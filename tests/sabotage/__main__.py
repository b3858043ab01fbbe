"""`python -m tests.sabotage`: removes each protection in a copy of the tree; a test that still passes is no test."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from tests.sabotage.generated import generated
from tests.sabotage.protections import TREE, Protection, protections

FAILED = 1
"""What pytest ends with when tests ran and some failed; anything else means that it could not run them."""
TIMEOUT_S = 300
screen = Console()


def run(
    only: Annotated[str, typer.Option(help="Only protections whose name contains this.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Show the list and do nothing.")] = False,
) -> None:
    """Remove each protection in a copy of the tree and run its test, which must fail."""
    wanted = [one for one in (*protections(), *generated()) if only in one.name]
    if listed:
        for one in wanted:
            screen.print(f"{one.name}: {one.file} - {one.test}", highlight=False, soft_wrap=True)
        return
    if not wanted:
        raise typer.BadParameter(f"no protection's name contains {only!r}; --list shows them")
    with tempfile.TemporaryDirectory(prefix="sabotage-") as folder:
        tree = _copy(Path(folder) / "tree")
        screen.print(f"first all {len(wanted)} tests as the tree is")
        whole = _pytest(tree, sorted({one.test for one in wanted}))
        if whole.returncode != 0:
            screen.print(whole.stdout[-4000:], highlight=False, markup=False)
            raise SystemExit("the tests do not pass even with every protection in place")
        with Progress(console=screen) as progress:
            task = progress.add_task("protections", total=len(wanted))
            unnoticed = []
            for one in wanted:
                noticed = _noticed(tree, one)
                progress.console.print(f"{'noticed' if noticed else 'NOT NOTICED'}: {one.name}", highlight=False)
                unnoticed += [] if noticed else [one]
                progress.advance(task)
    for one in unnoticed:
        screen.print(f"without it {one.test} still passes: {one.name} ({one.file})", style="red", soft_wrap=True)
    if unnoticed:
        raise SystemExit(1)
    screen.print(f"all {len(wanted)} protections are missed by their tests when they are gone")


def _copy(to: Path) -> Path:
    """The tree as git would keep it, changes included that are not committed yet."""
    kept = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=TREE,
        capture_output=True,
        check=True,
    ).stdout
    for name in kept.decode().split("\0"):
        source = TREE / name
        if name and source.is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            (to / name).write_bytes(source.read_bytes())
            (to / name).chmod(source.stat().st_mode)
    return to


def _noticed(tree: Path, one: Protection) -> bool:
    file = tree / one.file
    text = file.read_text()
    file.write_text(one.taken_out(text))
    try:
        ended = _pytest(tree, [one.test])
    finally:
        file.write_text(text)
    if ended.returncode not in (0, FAILED):
        screen.print(ended.stdout[-4000:], highlight=False, markup=False)
        raise SystemExit(f"{one.name}: pytest could not run {one.test} (exit code {ended.returncode})")
    return ended.returncode == FAILED


def _pytest(tree: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs tests in the copy, whose modules come before the installed ones."""
    argv = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    return subprocess.run(argv, cwd=tree, capture_output=True, text=True, timeout=TIMEOUT_S * len(tests))


if __name__ == "__main__":
    typer.run(run)
