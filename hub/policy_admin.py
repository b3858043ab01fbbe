"""`bancheng policy`: checks a policy file, shows a policy in words, compares two."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hub.config import BadHall, default_policy, load_policy, policy_file, shipped_policies
from hub.domain.policy import examine
from hub.domain.translated import untranslated
from hub.domain.words import LANGUAGES, STAFF, Words
from hub.policy_words import PolicyInWords, Saying, differences

app = typer.Typer(help="Policies: check a file, show one in words, compare two.", no_args_is_help=True)
screen = Console(highlight=False)

Source = Annotated[str, typer.Argument(help="A shipped policy's name, or a file.", metavar="NAME|FILE")]


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="The policy file, such as /srv/hall/policy.toml.")],
) -> None:
    """Find every mistake in a policy file: its line, what is wrong, what to do."""
    try:
        policy, mistakes = examine(file.read_bytes(), default_policy())
    except OSError as wrong:
        raise BadHall(f"{file} cannot be read ({wrong.strerror}); name a policy file") from wrong
    for one in mistakes:
        screen.print(Text(f"{file}:{one.line}: {one.where}: {one.wrong}; {one.remedy}"), soft_wrap=True)
    if mistakes or policy is None:
        screen.print(f"{len(mistakes)} to mend")
        raise typer.Exit(1)
    screen.print(f"{policy.name} ({policy.code}, version {policy.version}): nothing to mend")
    for language in LANGUAGES[1:]:
        for text in untranslated(policy, language):
            screen.print(Text(f"not in {language}: {text}"), soft_wrap=True)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="[NAME|FILE]", help="Left out, the shipped ones are listed.")] = "",
) -> None:
    """Print a policy as a person reads it: every value, its article, and what is our default."""
    if not name:
        for shipped in shipped_policies():
            screen.print(f"{shipped}: {load_policy(shipped).name}")
        return
    said = _in_words(name)
    words, policy = said.words, said.policy
    screen.print(words("policy.title", name=policy.name, code=policy.code, version=policy.version), style="bold")
    screen.print(words("policy.source", source=policy.source))
    theme = ""
    for told in said.sayings():
        if told.theme != theme:
            theme = told.theme
            screen.print(Text("\n" + words("policy.theme", theme=theme), style="bold"))
        _print(told, words)


@app.command()
def life(name: Source) -> None:
    """Print the life of a case as a table: from where, by which move, to where, by whom, and its article."""
    said = _in_words(name)
    words, policy = said.words, said.policy
    screen.print(words("policy.title", name=policy.name, code=policy.code, version=policy.version), style="bold")
    table = Table()
    for column in ("at", "move", "after", "by", "article"):
        table.add_column(words(f"policy.life.{column}"), overflow="fold")
    for row in said.life():
        cells = (row.at, row.move, row.after, row.by, row.article)
        table.add_row(*(Text(cell, style="dim" if row.silent else "") for cell in cells))
    screen.print(table)
    absent = [words(f"policy.moves.{move}") for move in policy.moves if not policy.has(move)]
    if absent:
        screen.print(words("policy.life.absent", moves=words("policy.list").join(absent)))


@app.command()
def diff(one: Source, other: Source) -> None:
    """Compare two policies value by value."""
    first, second = _in_words(one), _in_words(other)
    words = first.words
    screen.print(words("policy.diff.title", first=first.policy.name, second=second.policy.name), style="bold")
    theme, count = "", 0
    for told in differences(first, second):
        either = told.first or told.second
        assert either is not None
        if either.theme != theme:
            theme = either.theme
            screen.print(Text("\n" + words("policy.theme", theme=theme), style="bold"))
        if either.label:
            screen.print(Text(f"  {either.label}"))
        for code, side in ((first.policy.code, told.first), (second.policy.code, told.second)):
            screen.print(
                Padding(Text(words("policy.value", label=code, said=_side(side, words))), (0, 0, 0, 6), expand=False)
            )
        count += 1
    screen.print(words("policy.diff.count", n=count) if count else words("policy.diff.same"))


def _in_words(source: str) -> PolicyInWords:
    """A policy by name or file; raises `BadHall`."""
    path = policy_file(source) if source in shipped_policies() else Path(source)
    if not path.exists():
        raise BadHall(f"no policy {source!r}: it is no file, and there are {', '.join(shipped_policies())}")
    return PolicyInWords(load_policy(path), Words("hub", STAFF))


def _print(told: Saying, words: Words) -> None:
    line = Text(
        words("policy.value", label=told.label, said=told.said) if told.label and told.said else told.label or told.said
    )
    if told.silent:
        line.append(words("policy.silent"), style="yellow")
    screen.print(Padding(line, (0, 0, 0, 2), expand=False))
    for key, said in (("cite", told.cite), ("note", told.note)):
        if said:
            screen.print(Padding(Text(words(f"policy.{key}", **{key: said}), style="dim"), (0, 0, 0, 6), expand=False))


def _side(told: Saying | None, words: Words) -> str:
    if told is None:
        return words("policy.absent")
    return words("policy.silent_side", said=told.said) if told.silent else told.said
