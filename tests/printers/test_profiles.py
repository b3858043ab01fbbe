from __future__ import annotations

import msgspec
import pytest

from hub.domain.printer import Printer
from printers.profiles import PROFILES, Profile, profile_of


def of(**values: object) -> Profile:
    return profile_of(msgspec.convert({"name": "receipt-1", "url": "/dev/usb/lp0", **values}, Printer))


def test_a_printer_that_the_file_says_nothing_of_is_an_80_mm_one_with_a_knife() -> None:
    assert of() == PROFILES[80] == Profile(width_dots=576, dots_per_mm=8.0, text="raster", ending="cut")


def test_58_mm_paper_takes_384_dots() -> None:
    assert of(paper_mm=58) == PROFILES[58]
    assert PROFILES[58].width_dots == 384


def test_paper_that_is_torn_off_is_fed_past_the_edge_unless_the_file_says_how_far() -> None:
    assert of(ending="tear").feed_rows == 120
    assert of(ending="tear", feed_rows=0).feed_rows == 0
    assert of(feed_rows=40).feed_rows == 40


def test_what_the_file_says_goes_before_what_is_usual() -> None:
    said = {"width_dots": 512, "dots_per_mm": 7.1, "text": "gb2312", "density": 3, "confirmation": "process_id"}
    assert of(**said) == msgspec.structs.replace(PROFILES[80], **said)


def test_a_word_that_no_profile_has_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="confirmation"):
        of(confirmation="hope")
