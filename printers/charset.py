"""Characters as the codes of a printer's own font: GB 18030, or the GB 2312 of older clones. Pure.

Of GB 18030 only what GBK has too: what came later (䶮) or takes four bytes (𠮷) is in few printers' fonts, whatever
their leaflet says, and has no code here.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal

Charset = Literal["gb18030", "gb2312"]
_IN_FONT = {"gb18030": "gbk", "gb2312": "gb2312"}
_SPACES = {"\u00a0": " "}
"""What only keeps words together prints as what it looks like."""


@lru_cache(maxsize=8192)
def code_of(character: str, charset: Charset) -> bytes:
    """One byte for ASCII, two for the rest; empty for what the font lacks."""
    if unicodedata.category(character).startswith("C"):
        return b""
    code = _SPACES.get(character, character).encode("gb18030")
    try:
        code.decode(_IN_FONT[charset])
    except UnicodeDecodeError:
        return b""
    return code


def cells(text: str) -> int:
    """How wide a text is in halves of a Chinese character; what is drawn is as wide as what has a code."""
    return sum(1 if one in _SPACES or one.isascii() else 2 for one in text)
