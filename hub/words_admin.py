"""`bancheng words`: what of a hall and its policy citizens read in their language, and what is left in the hall's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from hub.config import HallDirectory
from hub.domain.translated import untranslated, unused
from hub.domain.words import LANGUAGES

screen = Console(highlight=False)


def words(hall: Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")] = None) -> None:
    """Name what hall.toml and the policy say to citizens and no translation is there for, and translations of nothing.

    Write them into hall.toml: [translations.en] and [translations.zh_Hant], each line "the text" = "the translation".
    Ends with 1 while there is something to write; the hall works all the same and shows the text as it stands.
    """
    place = HallDirectory(hall)
    found, policy = place.hall(), place.policy()
    wanting = 0
    for language in (one for one in LANGUAGES if one != found.language):
        told = [f"to translate: {text}" for whole in (found, policy) for text in untranslated(whole, language, found)]
        told += [f"translates nothing that is there: {text}" for text in unused(found, policy, language)]
        for line in told:
            screen.print(Text(f"{language}: {line}"), soft_wrap=True)
        wanting += len(told)
    screen.print(f"{wanting} to write in {place.file}" if wanting else f"{found.name}: every word in every language")
    if wanting:
        raise typer.Exit(1)
