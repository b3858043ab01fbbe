"""The pinyin decoder as a program of its own: a line of letters in, a line of candidates (JSON) out.

Letters and ` traditional` ask for candidates in Traditional characters.

libgooglepinyin ends the whole process by `assert` on long runs of initials such as `szhszhszhszhszhszhszhsz`, which any
child can type. So it lives in its own process: the kiosk loses one search, never a citizen's complaint. It also keeps a
user dictionary, which is a temporary file here and dies with the process, that is with the citizen's session.
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kiosk.input.traditional import Traditional

LIBRARY = "libgooglepinyin.so.0"
DICTIONARIES = (
    Path("/usr/lib/x86_64-linux-gnu/googlepinyin/data/dict_pinyin.dat"),
    Path("/usr/lib/aarch64-linux-gnu/googlepinyin/data/dict_pinyin.dat"),
    Path("/usr/lib/googlepinyin/data/dict_pinyin.dat"),
)
"""Where Debian's libgooglepinyin0 puts its dictionary."""
MOST = 240
"""So many of the library's candidates at most; initials alone find 1,400."""
NAMES_AFTER = 40
"""So many of the library's candidates come before the rare ones: nobody turns twenty pages for a name."""
NAME_CHARACTERS = frozenset(
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢"
    "䴓䴔䴕䴖䴗䴘䴙䶮"
)
"""What 通用规范汉字表 (2013) names outside the older code pages: registered names are made of them."""
_MAX_CHARACTERS = 64


class GooglePinyin:
    """The library through ctypes; raises `OSError` where it or its dictionary is missing."""

    def __init__(self, user_dictionary: str) -> None:
        dictionary = next((path for path in DICTIONARIES if path.exists()), None)
        if dictionary is None:
            raise OSError("dict_pinyin.dat is missing; install libgooglepinyin0")
        self._library = library = ctypes.CDLL(LIBRARY)
        library.im_open_decoder.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
        library.im_open_decoder.restype = ctypes.c_bool
        library.im_search.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
        library.im_search.restype = ctypes.c_size_t
        library.im_get_candidate.argtypes = [ctypes.c_size_t, ctypes.POINTER(ctypes.c_uint16), ctypes.c_size_t]
        library.im_get_candidate.restype = ctypes.c_void_p
        library.im_get_spl_start_pos.argtypes = [ctypes.POINTER(ctypes.POINTER(ctypes.c_uint16))]
        library.im_get_spl_start_pos.restype = ctypes.c_size_t
        if not library.im_open_decoder(str(dictionary).encode(), user_dictionary.encode()):
            raise OSError(f"{dictionary} is not a dictionary of {LIBRARY}")
        self._buffer = (ctypes.c_uint16 * _MAX_CHARACTERS)()

    def search(self, letters: str) -> Iterator[tuple[str, int]]:
        """Candidates with the count of letters each uses up, the likeliest first."""
        typed = letters.encode("ascii")
        self._library.im_reset_search()
        count = self._library.im_search(typed, len(typed))
        starts = self._starts()
        for at in range(count):
            if self._library.im_get_candidate(at, self._buffer, _MAX_CHARACTERS):
                text = bytes(self._buffer).decode("utf-16-le").split("\0", 1)[0]
                if 0 < len(text) < len(starts):
                    yield text, starts[len(text)]

    def _starts(self) -> list[int]:
        """Where each syllable starts in the letters, and where the last one ends."""
        positions = ctypes.POINTER(ctypes.c_uint16)()
        syllables = self._library.im_get_spl_start_pos(ctypes.byref(positions))
        return [positions[at] for at in range(syllables + 1)]


@cache
def characters_by_syllable() -> dict[str, list[str]]:
    """Every character that pypinyin's table knows, by syllable without tone (`lv` for lü): names need the rare ones.

    The table is read as data: importing pypinyin loads 47,000 phrases as well.
    """
    package = importlib.util.find_spec("pypinyin")
    assert package is not None
    assert package.submodule_search_locations
    table = json.loads((Path(package.submodule_search_locations[0]) / "pinyin_dict.json").read_bytes())
    found: dict[str, list[str]] = {}
    for codepoint, readings in table.items():
        character = chr(int(codepoint))
        if "\u3400" <= character <= "\u9fff" or character == "〇":  # what Noto Sans CJK draws whole
            for syllable in {_plain(one) for one in readings.split(",")}:
                found.setdefault(syllable, []).append(character)
    for characters in found.values():
        characters.sort(key=_rarity)
    return found


def candidates(engine: GooglePinyin, letters: str) -> list[tuple[str, int]]:
    """What the library finds, and for a single syllable every other character that reads so (堃, 䶮)."""
    found = list(
        engine.search(letters.replace("lve", "lue").replace("nve", "nue"))
    )  # 略 and 虐 as the library spells them
    known = {text for text, _ in found}
    rare = [(one, len(letters)) for one in characters_by_syllable().get(letters, ()) if one not in known]
    found = found[:MOST]
    return found[:NAMES_AFTER] + rare[:NAMES_AFTER] + found[NAMES_AFTER:] + rare[NAMES_AFTER:]


def main(user_dictionary: str) -> None:
    engine = GooglePinyin(user_dictionary)
    traditional = Traditional(sorted(set().union(*characters_by_syllable().values())))  # now, while nobody waits
    for line in sys.stdin:
        letters, _, script = line.strip().partition(" ")
        found = candidates(engine, letters)
        sys.stdout.write(json.dumps(traditional.of(found) if script else found) + "\n")
        sys.stdout.flush()
    # The kiosk closed the pipe or was killed: either way nothing of this citizen stays behind.
    shutil.rmtree(Path(user_dictionary).parent, ignore_errors=True)


def _rarity(character: str) -> tuple[int, str]:
    """Likelier ones first: names of the standard table, then what GBK has, then the rest."""
    if character in NAME_CHARACTERS:
        return 0, character
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return 2 + (character < "\u4e00"), character
    return 1, character


def _plain(reading: str) -> str:
    """`lǜ` as it is typed: `lv`."""
    decomposed = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(one for one in decomposed if "a" <= one <= "z")


if __name__ == "__main__":
    main(sys.argv[1])
