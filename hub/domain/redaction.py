"""Taking people out of words that others shall read (R38, R71). Pure; rather too much than too little.

Out go names that are known or stand where names do, telephones, identity and account numbers, addresses on the net.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

GONE = "＊＊＊"
"""Stands where somebody was named."""

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪"
    "田姜范姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟龙段雷钱汤尹黎武乔贺赖龚庞樊兰殷施陶洪翟颜倪严牛温芦季俞章鲁葛"
    "伍韦申尤毕聂焦柳邢岳齐梅庄辛管祝左涂谷祁耿牟卜路詹关苗凌费纪靳盛童欧甄项曲游阳裴席卫查屈鲍覃霍翁隋甘薄柏"
)
_STANDS_BEFORE = (
    "我叫|本人|名叫|叫做|姓名|户主|业主|房主|联系人|经办人|代理人|代办人|委托人|受托人|申请人|反映人|投诉人|当事人|产权人|权利人|共有人|"
    "继承人|被继承人|买方|卖方|丈夫|妻子|父亲|母亲|儿子|女儿|哥哥|姐姐|弟弟|妹妹|爱人"
)
_STANDS_AFTER = "先生|女士|小姐|同志|师傅|大爷|大妈|大娘|大叔|阿姨|老人|某某|某"

_NAMED = re.compile(
    rf"((?:{_STANDS_BEFORE})(?:是|为|叫|[：:])?\s*)[{_SURNAMES}][\u3400-\u9fff\U00020000-\U0003ffff·]{{1,2}}"
)
_ADDRESSED = re.compile(rf"[{_SURNAMES}][\u3400-\u9fff\U00020000-\U0003ffff]{{0,2}}?(?={_STANDS_AFTER})")
_NUMBERS = re.compile(
    r"(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}"  # a mobile, in groups or not
    r"|0\d{2,3}[-\s]?\d{7,8}"  # a telephone with its area
    r"|\d(?:[\s]?\d){6,}[Xx]?"  # identity cards, accounts, and whatever else is so long
    r"|[零〇一二三四五六七八九幺两]{7,}"  # read out figure by figure
)
_MAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def without_people(text: str, known: Iterable[str] = ()) -> str:
    """A text in which nobody can be found; `known` are names and telephones of those it is about."""
    for word in sorted({one.strip() for one in known if len(one.strip()) > 1}, key=len, reverse=True):
        text = text.replace(word, GONE)
    text = _MAIL.sub(GONE, text)
    text = _NUMBERS.sub(GONE, text)
    text = _NAMED.sub(rf"\1{GONE}", text)
    return _ADDRESSED.sub(GONE, text)
