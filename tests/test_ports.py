"""Two runs side by side never get the same port, not even one on which nobody listens yet."""

from __future__ import annotations

import subprocess
import sys

from tests import ports


def test_a_port_that_was_given_is_nobody_else_s_though_nobody_listens_on_it() -> None:
    assert _of_another(f"_locked({ports.free_port()})") == "False"


def test_a_port_is_free_again_when_the_run_it_was_given_to_has_ended() -> None:
    port = _of_another("free_port()")
    assert ports.LOWEST <= int(port) <= ports.HIGHEST
    assert _of_another(f"_locked({port})") == "True"


def _of_another(asked: str) -> str:
    """What another process gets."""
    code = f"from tests import ports; print(ports.{asked})"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    ).stdout.strip()
