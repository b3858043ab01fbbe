"""The catalogues of what citizens read: the same keys and the same blanks to fill in, each in its own script."""

import re
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from hub.domain.words import LANGUAGES, Words

CITIZENS = ("kiosk", "hub", "hub.web", "printers", "display")
"""The packages whose words citizens read."""

SHOWN = (*CITIZENS, "hub.halls", "hub.policies")
"""Those, and the translations of what halls and policies say; tests/hub/domain/test_translated.py finds what lacks."""

STAFF = {
    "hub": ("policy.", "trace.", "calendar.", "slips.", "stage."),
    "kiosk": ("staff_corner.",),
    "printers": ("slip.", "trial.", "office."),
}
"""What these packages say to staff alone, or on slips that are worked by hand: it stays in Chinese."""

OTHERS = [language for language in LANGUAGES if language != "zh_Hans"]
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
FULL_WIDTH = re.compile(r"[\u3000-\u303f\uff01-\uff5e]")
NEVER_TRADITIONAL = frozenset("几后里云丰划范征胜适机体价厂与万党么种据")
"""Big5 has these too, for rarer words (后 is an empress); the words of a hall only ever mean 幾 後 裡 雲 豐 ... ."""

NAMES_OF_LANGUAGES = frozenset({"mode.language", "language.text", "language.zh_Hans", "language.zh_Hant"})
"""Each language is offered in its own script, whatever is spoken now."""


def messages(package, language):
    """`{key: forms}` of a catalogue as it stands in its file; a key that stands twice raises."""
    text = (files(package) / "words" / f"{language}.po").read_bytes()
    keys = sorted(re.findall(r'^msgid "(.+)"$', text.decode(), re.MULTILINE))
    assert [one for one, after in pairwise(keys) if one == after] == [], "stands twice"
    found = read_po(BytesIO(text), locale=language, abort_invalid=True)
    said = {
        (one.id if isinstance(one.id, str) else one.id[0]): (one.string,) if isinstance(one.string, str) else one.string
        for one in found
        if one.id
    }
    return {key: forms for key, forms in said.items() if not key.startswith(STAFF.get(package, ("\0",)))}


def blanks(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def not_traditional(text):
    """The characters that no text in Traditional script has.

    Big5 is the repertoire of Traditional script: what was made new by simplification is not in it. Characters that
    were old and rare and became simplified forms are, and stand in the table.
    """
    return {one for one in HAN.findall(text) if one in NEVER_TRADITIONAL or not one.encode("big5", errors="ignore")}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("package", CITIZENS)
def test_every_language_has_every_word_and_no_other(package, language):
    here, there = set(messages(package, "zh_Hans")), set(messages(package, language))
    assert sorted(here - there) == [], "to be translated"
    assert sorted(there - here) == [], "left over"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("package", CITIZENS)
def test_every_word_says_something(package, language):
    assert [key for key, forms in messages(package, language).items() if not all(forms)] == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("package", CITIZENS)
def test_every_language_fills_in_the_same_values(package, language):
    here, there = messages(package, "zh_Hans"), messages(package, language)
    differ = {
        key: (blanks(here[key][0]), blanks(form))
        for key in here.keys() & there.keys()
        for form in there[key]
        if blanks(form) != blanks(here[key][0])
    }
    assert differ == {}


@pytest.mark.parametrize("package", CITIZENS)
def test_a_word_that_counts_in_english_has_both_its_forms(package):
    words = Words(package, "en")
    for key, forms in messages(package, "en").items():
        if len(forms) > 1:
            assert len(forms) == 2, key
            values = dict.fromkeys(blanks(forms[0]), "x")
            assert words(key, **{**values, "n": 1}) == forms[0].format(**{**values, "n": 1})
            assert words(key, **{**values, "n": 0}) == forms[1].format(**{**values, "n": 0})


@pytest.mark.parametrize("package", SHOWN)
def test_traditional_has_no_simplified_character(package):
    wrong = {
        key: not_traditional(form)
        for key, forms in messages(package, "zh_Hant").items()
        for form in forms
        if key not in NAMES_OF_LANGUAGES
    }
    assert {key: found for key, found in wrong.items() if found} == {}


@pytest.mark.parametrize("package", SHOWN)
def test_traditional_quotes_as_traditional_does(package):
    quoting = [key for key, forms in messages(package, "zh_Hant").items() if re.search("[“”‘’]", "".join(forms))]
    assert quoting == []


@pytest.mark.parametrize("package", SHOWN)
def test_english_has_no_chinese_in_it(package):
    chinese = {
        key: forms
        for key, forms in messages(package, "en").items()
        if key not in NAMES_OF_LANGUAGES and (HAN.search("".join(forms)) or FULL_WIDTH.search("".join(forms)))
    }
    assert chinese == {}


def test_simplified_characters_are_recognised():
    assert not_traditional("办不成，说后里") == set("办说后里")
    assert not_traditional("辦不成，說後裡；請到窗口登記，台階只有一個。") == set()


@pytest.mark.parametrize("package", SHOWN)
def test_english_quotes_with_signs_as_wide_as_english(package):
    """The curly ones of a Chinese font are as wide as a character: Can’ t."""
    quoting = [key for key, forms in messages(package, "en").items() if re.search("[“”‘’]", "".join(forms))]
    assert quoting == []
