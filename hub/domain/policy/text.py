"""A TOML file as text: what keeps it from being read is a mistake with its line and remedy, like any other."""

from __future__ import annotations

import codecs
import re
import tomllib
from typing import Any

from hub.domain.hall import Value
from hub.domain.policy.mistakes import Mistake

MOST_BYTES = 1 << 20
"""Far more than any document; what is larger is another file."""


class Read(Value, frozen=True):
    """A file that is TOML: its text, for the lines, and what stands in it."""

    text: str
    raw: dict[str, Any]


def read(text: bytes, what: str) -> Read | Mistake:
    """The file, which shall be `what`, such as `a policy`."""
    if len(text) > MOST_BYTES:
        wrong = f"{what} has at most {MOST_BYTES >> 10} KiB, and this file has {len(text) >> 10}"
        return Mistake((), wrong, f"is this the right file? take out what is no part of {what}", 1)
    if text.startswith(codecs.BOM_UTF8):
        return Mistake((), "it begins with a byte order mark", "save the file as UTF-8 without one (BOM)", 1)
    try:
        decoded = text.decode()
        return Read(decoded, tomllib.loads(decoded))
    except UnicodeDecodeError as wrong:
        line = text.count(b"\n", 0, wrong.start) + 1
        return Mistake((), f"byte {text[wrong.start]:#04x} is no UTF-8", "save the file as UTF-8", line)
    except tomllib.TOMLDecodeError as wrong:
        return _not_toml(str(wrong), text)
    except ValueError:  # a number of thousands of digits, which Python will not read
        line = next(n for n, one in enumerate(decoded.split("\n"), start=1) if re.search(r"\d{4300}", one))
        return Mistake((), "this number has too many digits", "write a number that somebody can read", line)
    except RecursionError:
        return too_deep(text)


def too_deep(text: bytes) -> Mistake:
    """Brackets within brackets, more than anybody means."""
    longest = max(enumerate(text.split(b"\n"), start=1), key=lambda one: len(one[1]))[0]
    return Mistake((), "tables or lists stand too deep in one another", "mend the brackets here", longest)


def _not_toml(said: str, text: bytes) -> Mistake:
    place = re.search(r"\(at line (\d+), column \d+\)", said)
    line = int(place.group(1)) if place else text.count(b"\n") + 1
    return Mistake(
        (), f"this is no TOML: {said}", "mend the line, or the one before it, where a quote or bracket is open", line
    )
