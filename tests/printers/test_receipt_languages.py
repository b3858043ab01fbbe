"""The receipt in the citizen's language, with the hall's beside it for staff, whole on both widths of paper."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from PIL import Image

from hub.config import hall_templates
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.words import LANGUAGES
from hub.wire.messages import PrintedNumber
from printers import papers
from printers.drawing import draw
from printers.papers import Paper
from printers.receipt import Chosen, ComplaintReceipt, complaint_receipt, offline_receipt
from printers.receipt_slip import slip_of
from printers.slip import Divider, Field, Line, Slip, Stamp
from tests.factories import a_hall, a_long_due, a_policy
from tests.printers import factories

WIDTHS = (576, 384)
LABEL_COLUMN_EMS = 4.5


def receipt(hall: Hall, policy: Policy, language: str, matter: str, reasons: tuple[str, ...]) -> ComplaintReceipt:
    """As much as it ever carries of one matter, printed again."""
    filed = factories.complaint(matter=matter, reasons=reasons, visits=5, confidential=True, language=language)
    answer = factories.accepted(due=a_long_due())
    return complaint_receipt(answer, hall, policy, Chosen.of(filed), filed.language).reprinted(factories.KEYS)


def of(name: str, language: str) -> ComplaintReceipt:
    hall = a_hall(name)
    policy = a_policy(hall.policy)
    return receipt(hall, policy, language, hall.matters[0].code, (policy.reasons[0].code,))


def lines(slip: Slip) -> list[str]:
    return [block.text for block in slip.blocks if isinstance(block, Line)]


def fields(slip: Slip) -> dict[str, Field]:
    return {block.label: block for block in slip.blocks if isinstance(block, Field)}


def ink(picture: Image.Image) -> int:
    return picture.convert("L").histogram()[0]


def test_the_paper_speaks_the_citizen_s_language() -> None:
    slip = slip_of(of("yueyang", "en"))
    said = lines(slip)
    assert said[:2] == ["Yueyang County Property Registration Centre", '"Can\'t Get It Done" receipt']
    assert "2 ahead of you · window 3" in said
    assert "By the date above: We will tell you the result." in said
    assert fields(slip)["Matter"].text == "Change of owner (second-hand home)"
    assert fields(slip)["Reasons"].text == "I handed in my papers, nobody took them up. Came 5 times or more"
    assert fields(slip)["Due by"].text == "3\u00a0March (9 working days)"


def test_staff_find_title_mark_and_fields_in_the_hall_s_language_beside_it() -> None:
    slip = slip_of(of("yueyang", "en"))
    assert "“办不成事”反映登记回执" in lines(slip)
    assert "补打 · 以本张为准" in lines(slip)
    for mine, theirs, text in (
        ("Case", "事项编号", ""),
        ("Matter", "反映事项", "转移登记（二手房过户）"),
        ("Reasons", "情形", "交了材料，一直没受理；来过 5 趟以上"),
        ("Filed", "提交时间", ""),
        ("Due by", "答复期限", "最迟3月3日（9个工作日）"),
        ("Private", "身份保密", "已按您的要求保密"),
    ):
        assert (fields(slip)[mine].label_below, fields(slip)[mine].text_below) == (theirs, text)


def test_who_reads_one_script_reads_the_other_and_nothing_stands_twice() -> None:
    slip = slip_of(of("shanting", "zh_Hant"))
    assert lines(slip)[:2] == ["山亭區政務服務大廳", "「辦不成事」登記回執"]
    assert fields(slip)["反映事項"].text == "二手房過戶（轉移登記）"
    assert all(not field.text_below and not field.label_below for field in fields(slip).values())
    assert slip.region == "TC"


def test_a_language_without_words_gets_the_hall_s() -> None:
    assert slip_of(of("shanting", "tlh")) == slip_of(of("shanting", "zh_Hans"))


def test_what_is_not_translated_stands_as_the_hall_wrote_it() -> None:
    hall, policy = factories.hall(), factories.policy()
    slip = slip_of(receipt(hall, policy, "en", "long", ("not_accepted",)))
    assert fields(slip)["Matter"].text == factories.LONG_MATTER
    assert fields(slip)["Matter"].text_below == ""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "language"), list(product(hall_templates(), LANGUAGES)))
def test_nothing_is_cut_off_on_the_longest_paper_of_any_hall(name: str, language: str, width: int) -> None:
    drawn = draw(slip_of(factories.longest_receipt_of(name, language)), width)
    assert ink(drawn.crop((width - 4, 0, width, drawn.height))) == 0
    assert ink(drawn.crop((0, 0, 4, drawn.height))) == 0


def offline(language: str) -> ComplaintReceipt:
    """What a kiosk prints while the hub is away."""
    hall = a_hall("yueyang")
    number = PrintedNumber(
        business_date=factories.FILED.date(),
        printed_at=factories.FILED,
        case_number="430621-20261123-011007-6",
        ticket_number="K007",
    )
    filed = factories.complaint(matter=hall.matters[0].code, confidential=True)
    return offline_receipt(number, hall, a_policy("yueyang"), Chosen.of(filed), language)


PAPERS: dict[str, Callable[[str], Paper]] = {
    "receipt": lambda language: of("yueyang", language),
    "offline": offline,
    "number": lambda language: factories.a_number(
        language, green="asked", number="B1014", lane="appointment", not_before=factories.FILED
    ),
    "time": factories.a_time,
    "notice": factories.a_notice,
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "language"), list(product(PAPERS, LANGUAGES)))
def test_no_other_paper_is_cut_off_either(name: str, language: str, width: int) -> None:
    drawn = draw(papers.slip_of(PAPERS[name](language)), width)
    assert ink(drawn.crop((width - 4, 0, width, drawn.height))) == 0
    assert ink(drawn.crop((0, 0, 4, drawn.height))) == 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "language"), list(product(PAPERS, LANGUAGES)))
def test_every_label_stands_in_its_column(name: str, language: str, width: int) -> None:
    em = 26 if width == 576 else 23
    for field in fields(papers.slip_of(PAPERS[name](language))).values():
        alone = draw(Slip((Field(field.label, "", label_below=field.label_below),)), width)
        left, _, right, _ = alone.convert("L").point(lambda dot: 255 - dot).getbbox() or (0, 0, 0, 0)
        assert right - left <= LABEL_COLUMN_EMS * em, field.label


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "language"), list(product(("receipt", "offline"), LANGUAGES)))
def test_the_mark_of_a_reprint_or_of_an_offline_number_is_whole(name: str, language: str, width: int) -> None:
    (mark,) = [block for block in papers.slip_of(PAPERS[name](language)).blocks if isinstance(block, Stamp)]
    drawn = draw(Slip((mark,)), width)
    left, top, right, bottom = drawn.convert("L").point(lambda dot: 255 - dot).getbbox() or (0, 0, 0, 0)
    for strip in ((left, top, left + 4, bottom), (right - 4, top, right, bottom)):
        assert ink(drawn.crop(strip)) == 4 * (bottom - top), "white letters reach the edge"


@pytest.mark.parametrize("width", WIDTHS)
def test_what_staff_read_makes_no_field_overlap_the_next(width: int) -> None:
    """Two labels beside one line of text take two lines."""
    one = draw(Slip((Field("Case", "430621"), Divider())), width)
    two = draw(Slip((Field("Case", "430621", label_below="事项编号"), Divider())), width)
    both = draw(Slip((Field("Case", "430621", label_below="事项编号", text_below="四三〇"), Divider())), width)
    assert one.height < two.height == both.height
