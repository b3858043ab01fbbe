"""`bancheng staff`: who works in the hall, with which PIN, and which posts of the hall's policy they hold."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from hub import founding
from hub.config import HallDirectory
from hub.domain import posts
from hub.store.windows import StaffMember

app = typer.Typer(help="Staff, their PINs and their posts.", no_args_is_help=True)
screen = Console(highlight=False)

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")]
CodeArgument = Annotated[str, typer.Argument(help="What they log in with, such as 06.")]
PinOption = Annotated[bool, typer.Option("--pin-stdin", help="Read the PIN from standard input.")]


@app.command()
def add(
    code: CodeArgument,
    name: Annotated[str, typer.Option(help="Their name, for colleagues.")],
    role: Annotated[Literal["window", "department", "supervisor"], typer.Option(help="Where they work.")],
    department: Annotated[str, typer.Option(help="The department's code, for role department.")] = "",
    post: Annotated[
        list[str] | None,
        typer.Option(help="A post of the hall's policy, such as deputy_leader; may be repeated. Left out: plain ones."),
    ] = None,
    pin_stdin: PinOption = False,
    hall: HallOption = None,
) -> None:
    """Add a member of staff, or give one a new PIN, which is shown once and kept only as a hash.

    Somebody who is there already keeps their posts unless others are named.
    """
    place, pin = HallDirectory(hall), _pin(pin_stdin)
    _print(place, founding.add_staff(place, code, name, role, department, pin, tuple(post or ())))
    _show(pin, pin_stdin)


@app.command()
def change(
    code: CodeArgument,
    name: Annotated[str, typer.Option(help="Another name.")] = "",
    post: Annotated[list[str] | None, typer.Option(help="A post they get as well; may be repeated.")] = None,
    drop: Annotated[list[str] | None, typer.Option(help="A post they give up; may be repeated.")] = None,
    new_pin: Annotated[bool, typer.Option("--new-pin", help="Make a new PIN and show it once.")] = False,
    pin_stdin: PinOption = False,
    hall: HallOption = None,
) -> None:
    """Give somebody posts or take them away, another name, or a new PIN; what is not named stays."""
    place = HallDirectory(hall)
    pin = _pin(pin_stdin) if new_pin or pin_stdin else ""
    _print(
        place, founding.change_staff(place, code, name=name, give=tuple(post or ()), take=tuple(drop or ()), pin=pin)
    )
    if pin:
        _show(pin, pin_stdin)


@app.command("list")
def list_(hall: HallOption = None) -> None:
    """Show who works in the hall, with the hall's own titles, and which posts nobody holds."""
    place = HallDirectory(hall)
    policy, everybody = place.policy(), founding.staff(place)
    table = Table("code", "name", "role", "department", "posts")
    for one in everybody:
        said = "\n".join(f"{posts.title(policy, post)} ({post})" for post in one.posts)
        table.add_row(one.staff, one.name, one.role, one.department, said)
    screen.print(table)
    held = {post for one in everybody for post in one.posts}
    vacant = [code for code, known in policy.roles.items() if known.at != "nobody" and code not in held]
    if vacant:
        screen.print("nobody holds: " + ", ".join(f"{posts.title(policy, code)} ({code})" for code in vacant))


def _pin(from_stdin: bool) -> str:
    pin = sys.stdin.readline().strip() if from_stdin else f"{secrets.randbelow(1_000_000):06d}"
    if len(pin) < 6:
        raise typer.BadParameter("a PIN has at least six characters")
    return pin


def _print(place: HallDirectory, member: StaffMember) -> None:
    screen.print(f"{member.staff} {member.name}: {member.role} {member.department}".rstrip())
    screen.print(f"posts: {', '.join(f'{posts.title(place.policy(), one)} ({one})' for one in member.posts) or 'none'}")


def _show(pin: str, from_stdin: bool) -> None:
    if not from_stdin:
        screen.print(f"PIN {pin} - write it down, it is shown only now")
