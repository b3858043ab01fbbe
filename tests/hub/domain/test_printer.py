"""A printer that cannot be as the hall's file has it is refused by the name of the key, with what to write instead."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain.hall import contradictions
from hub.domain.printer import Printer
from tests import factories


def said_of(*printers: Printer) -> list[str]:
    return contradictions(replace(factories.a_hall("shanting"), printers=printers))


def changed(**values: object) -> Printer:
    return replace(Printer(name="receipt-1", url="socket://10.0.0.7:9100"), **values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"paper_mm": 57}, "paper_mm = 57; it is 58 or 80"),
        ({"text": "gbk"}, "text = 'gbk'; it is raster (every character), gb18030, or gb2312"),
        ({"ending": "rip"}, "ending = 'rip'; it is cut where the printer has a knife, else tear"),
        ({"confirmation": "asb"}, "confirmation = 'asb'; it is process_id, fence or none, as bancheng printer probe"),
        ({"density": 7}, "density = 7; it is -6 (light) to 6 (dark)"),
        ({"feed_rows": -1}, "feed_rows = -1; it is 0 to 800"),
        ({"baud": 0}, "baud = 0; it is what the printer's own test page says"),
        ({"dots_per_mm": 203.0}, "dots_per_mm = 203; it is 8 for 203 dpi"),
        ({"width_dots": 570}, "width_dots = 570; it is a multiple of 8"),
        ({"paper_mm": 58, "width_dots": 576}, "width_dots = 576, which is wider than its paper; set paper_mm"),
        ({"url": "usb://epson"}, "url = 'usb://epson'; by USB it is usb://VENDOR:PRODUCT/SERIAL"),
        ({"url": "COM3"}, "url = 'COM3'; it is a device's path such as /dev/serial/by-id/"),
        ({"url": "socket://10.0.0.7"}, "url = 'socket://10.0.0.7'; on the network it is socket://HOST:PORT"),
    ],
)
def test_a_value_that_no_printer_has_is_refused_with_the_remedy(values: dict[str, object], said: str) -> None:
    (sentence,) = said_of(changed(**values))
    assert sentence.startswith(f"printer receipt-1 has {said}")


@pytest.mark.parametrize(
    "url",
    [
        "/dev/serial/by-id/usb-1a86",
        "/dev/usb/lp0",
        "socket://printer.hall:9100",
        "usb://04b8:0e28",
        "usb://04B8:0E28/J4KF001",
    ],
)
def test_every_kind_of_line_may_be_named(url: str) -> None:
    assert said_of(changed(url=url)) == []


def test_a_printer_may_be_set_in_everything() -> None:
    assert (
        said_of(changed(paper_mm=58, width_dots=360, dots_per_mm=7.1, text="gb2312", ending="tear", density=-6)) == []
    )


def test_two_printers_have_two_names() -> None:
    assert said_of(changed(), changed(url="/dev/usb/lp0")) == ["printer receipt-1 stands twice"]
