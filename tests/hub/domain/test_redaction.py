"""Words in which nobody can be found any more."""

from __future__ import annotations

import pytest

from hub.domain.redaction import without_people
from tests.hub.knowledge.people import PLANTED


@pytest.mark.rule("R38", "R71")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("李䶮您好，已办好。", "＊＊＊您好，已办好。"),
        ("请拨139 6320 0958找窗口。", "请拨＊＊＊找窗口。"),
        ("联系电话：0632-8811234。", "联系电话：＊＊＊。"),
        ("身份证37040619840712361X已核。", "身份证＊＊＊已核。"),
        ("账号6222 0216 0300 1234 567已退。", "账号＊＊＊已退。"),
        ("电话一三九六三二〇〇九五八", "电话＊＊＊"),
        ("发到wang.xl@example.cn即可", "发到＊＊＊即可"),
        ("我叫王秀兰，来办证", "我叫＊＊＊，来办证"),
        ("共有人：孙志强已到场", "共有人：＊＊＊已到场"),
        ("请刘女士三日内来取，张大爷可代办", "请＊＊＊女士三日内来取，＊＊＊大爷可代办"),
    ],
)
def test_people_go(said: str, told: str) -> None:
    assert without_people(said, ("李䶮", "13963200958")) == told


@pytest.mark.rule("R38")
@pytest.mark.parametrize(
    "said",
    [
        "凭2026年11月23日的档案证明，到3号窗口办理，5个工作日办结。",
        "按《不动产登记暂行条例》第十四条，申请人应当共同申请。",
        "材料齐全，1997年枣房字第4417号证可以继续使用。",
        "",
    ],
)
def test_what_is_nobody_s_stays(said: str) -> None:
    assert without_people(said, ("", "李")) == said


@pytest.mark.rule("R38", "R71")
def test_of_a_thousand_planted_people_none_is_found() -> None:
    for name, phone, card in PLANTED:
        said = f"{name}您好：{card}的登记已更正，{phone}会收到短信，请{name}本人来取。"
        told = without_people(said, (name, phone))
        assert not any(one in told for one in (name, phone, card)), told
