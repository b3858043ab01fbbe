"""A screen of our own for programs with windows."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest


@pytest.fixture
def screen(request: pytest.FixtureRequest) -> Iterator[str]:
    """An X display (`:7`) of 1920x1080, or of the size given by `@pytest.mark.parametrize(..., indirect=True)`."""
    size = getattr(request, "param", "1920x1080")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as numbers:
        number = numbers.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(timeout=10)
