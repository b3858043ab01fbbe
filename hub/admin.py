"""`bancheng`: what the person who installs and looks after a hall types."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import structlog
import typer
from rich.console import Console
from rich.table import Table

from display.led import commands as led_commands
from hub import (
    audit_admin,
    calendar_admin,
    due_admin,
    founding,
    kiosk_admin,
    policy_admin,
    printer_admin,
    register_admin,
    retention_admin,
    slips_admin,
    staff_admin,
    status as hall_status,
    words_admin,
)
from hub.archive import commands as archive_commands
from hub.backup import commands as backup_commands
from hub.config import HallDirectory, hall_template, hall_templates
from hub.doctor.commands import doctor
from hub.domain import counters
from hub.domain.errors import DomainError
from hub.errors import HubError
from hub.fairness import commands as fairness_commands
from hub.link import Link
from hub.papers import commands as papers_commands
from hub.reports import commands as report_commands
from hub.status_screen import show
from hub.wire import messages as m

app = typer.Typer(help="Bancheng 办成: sets up and looks after a hall.", no_args_is_help=True)
terminal_app = typer.Typer(help="Terminals and their keys.", no_args_is_help=True)
app.add_typer(staff_admin.app, name="staff")
app.add_typer(terminal_app, name="terminal")
app.add_typer(archive_commands.app, name="archive")
app.add_typer(audit_admin.app, name="audit")
app.add_typer(calendar_admin.app, name="calendar")
app.add_typer(due_admin.app, name="due")
app.add_typer(kiosk_admin.app, name="kiosk")
app.add_typer(led_commands.app, name="led")
app.add_typer(policy_admin.app, name="policy")
app.add_typer(printer_admin.app, name="printer")
app.add_typer(register_admin.app, name="register")
app.add_typer(slips_admin.app, name="slips")
app.command()(backup_commands.backup)
app.command()(backup_commands.restore)
app.command()(doctor)
app.command()(fairness_commands.fairness)
app.command(help=papers_commands.HELP)(papers_commands.form)
app.command()(retention_admin.retention)
app.command()(report_commands.report)
app.command()(words_admin.words)

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")]
screen = Console()


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="Where the hall's files shall be; made when missing.")],
    hall: Annotated[str, typer.Option("--hall", help=f"The template to start from: {', '.join(hall_templates())}.")],
    database: Annotated[str, typer.Option(help="postgresql://HOST/NAME, without a password; empty: SQLite.")] = "",
) -> None:
    """Write everything a hall is: hall.toml, keys, data key, database. Then edit hall.toml and add staff."""
    kept_in = f"database = {json.dumps(database)}\n\n".encode() if database else b""
    found = founding.found(HallDirectory(directory), kept_in + hall_template(hall))
    screen.print(f"{found.name}: {len(found.terminals)} terminals, {len(found.matters)} matters, policy {found.policy}")
    place = HallDirectory(directory)
    if kinds := counters.wanting(found, place.policy()):
        screen.print(f"{place.policy().name} asks for counters that this hall does not name: {', '.join(kinds)}")
    screen.print(f"Next: look through {directory}/hall.toml, then add staff:")
    screen.print(f"  bancheng staff add CODE --name NAME --role window --hall {directory}")
    screen.print(f"  bancheng staff add CODE --name NAME --role supervisor --post hall_head --hall {directory}")
    screen.print("and on each kiosk's machine, for its staff corner:")
    screen.print(f"  bancheng kiosk pin --terminal KIOSK --hall {directory}")


@terminal_app.command("list")
def terminal_list(hall: HallOption = None) -> None:
    """Show the hall's terminals and whether their keys are on this machine."""
    place = HallDirectory(hall)
    table = Table("terminal", "role", "window", "department", "key here")
    for one in place.hall().terminals:
        here = "yes" if (place.keys / f"{one.name}.secret").exists() else "no"
        table.add_row(one.name, one.role, str(one.window or ""), one.department, here)
    screen.print(table)


@terminal_app.command("enroll")
def terminal_enroll(name: str, hall: HallOption = None) -> None:
    """Make a key for a terminal that hall.toml lists and enroll it; restart the hub afterwards."""
    founding.enroll(HallDirectory(hall), name)
    screen.print(f"{name} enrolled; copy hall.toml, keys/hub.public and keys/{name}.* to its machine")


@app.command()
def status(
    hall: HallOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Show how the hall is: hub, terminals, notices, printing, disk. Run it on the hub's machine.

    Ends with 0 when all is well, 1 when something needs somebody, 2 when the hub does not serve.
    """
    found = hall_status.read(HallDirectory(hall))
    if as_json:
        typer.echo(msgspec.json.encode(found).decode())
    else:
        show(found, screen)
    if found.serving in ("no", "hangs"):
        raise typer.Exit(2)
    if found.concerns:
        raise typer.Exit(1)


@app.command()
def bulletin(
    text: Annotated[str, typer.Argument(help="What wall and board shall show; empty takes it down.")],
    staff: Annotated[str, typer.Option(help="Your staff code; the PIN is read from standard input.")],
    terminal: Annotated[str, typer.Option(help="The supervisor terminal whose key is on this machine.")] = "supervisor",
    hall: HallOption = None,
) -> None:
    """Put the hall's notice on wall and board."""
    link = Link.of_terminal(HallDirectory(hall), terminal, feed=False)
    pin = typer.prompt("PIN", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline().strip()
    try:
        answer = link.ask(m.LogIn(staff=staff, pin=pin))
        if isinstance(answer, m.LoggedIn):
            answer = link.ask(m.PostBulletin(text=text))
            link.ask(m.LogOut())
    finally:
        link.close()
    if isinstance(answer, m.Rejected):
        screen.print(f"{answer.code}: {answer.text}")
        raise typer.Exit(1)


def main() -> None:
    # A script may read what a command answers; what the program remarks meanwhile goes beside it.
    structlog.configure(logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr))
    try:
        app()
    except (HubError, DomainError) as wrong:
        screen.print(f"bancheng: {wrong}", style="red", highlight=False)
        raise SystemExit(1) from wrong


if __name__ == "__main__":
    main()
