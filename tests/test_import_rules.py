"""The import rules bite: a planted wrong import makes the check fail, naming the rule."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("hub", "kiosk", "counter", "display", "printers")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    ("module", "wrong", "rule"),
    [
        ("kiosk/screens/home.py", "import hub.store.schema", "Kiosk, counter and display see the hub only through"),
        ("counter/desk.py", "import kiosk.session", "Kiosk and counter do not know each other"),
        ("hub/domain/queue.py", "import hub.wire.messages", "The domain imports none of the others"),
        ("hub/web/app.py", "import sqlalchemy", "The look-up site is a hub client"),
        ("display/board.py", "import hub.link", "What the wall and the LED board show is decided"),
        ("display/voice/reading.py", "import display.voice.alsa", "How a call is read"),
    ],
)
def test_a_planted_import_is_found(tree: Path, module: str, wrong: str, rule: str) -> None:
    file = tree / module
    file.write_text(f"{file.read_text()}\n\n{wrong}\n")
    said = lint(tree)
    assert said.returncode != 0
    assert "BROKEN" in said.stdout
    assert rule in said.stdout
