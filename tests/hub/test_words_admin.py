"""`bancheng words`, as somebody types it who has changed hall.toml."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub.admin import app
from hub.config import hall_template, hall_templates


def run(hall: Path) -> Result:
    result = CliRunner().invoke(app, ["words", "--hall", str(hall)], env={"COLUMNS": "160"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("name", hall_templates())
def test_a_shipped_hall_has_every_word_in_every_language(name: str, tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_bytes(hall_template(name))
    said = run(tmp_path)
    assert said.exit_code == 0
    assert said.output.endswith("every word in every language\n")


def test_what_was_changed_is_named_and_what_no_longer_stands_there(tmp_path: Path) -> None:
    text = hall_template("yueyang").decode().replace("件件有回音，事事可追溯", "有话好好说")
    text += '\n[translations.en]\n"有话好好说" = "Let us talk"\n"办得快" = "Quick"\n'
    (tmp_path / "hall.toml").write_text(text)
    said = run(tmp_path)
    assert said.exit_code == 1
    assert said.output.splitlines() == [
        "zh_Hant: to translate: 有话好好说",
        "en: translates nothing that is there: 办得快",
        f"2 to write in {tmp_path / 'hall.toml'}",
    ]
