"""A thousand people who must be found nowhere: name, telephone, identity card."""

from __future__ import annotations

import random

_FIRST = "王李张刘陈杨赵黄周吴欧阳司马呼延东方䶮𠮷么仉"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英䶮𠮷璟焱"


def _planted(count: int) -> list[tuple[str, str, str]]:
    chance = random.Random(38)
    found: dict[str, tuple[str, str, str]] = {}
    while len(found) < count:
        name = chance.choice(_FIRST) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2, 3))))
        phone = f"1{chance.choice('3456789')}{chance.randrange(10**9):09}"
        card = f"3704{chance.randrange(100):02}{chance.randint(1940, 2008)}{chance.randint(1, 12):02}"
        card += f"{chance.randint(1, 28):02}{chance.randrange(1000):03}{chance.choice('0123456789X')}"
        found[name] = (name, phone, card)
    return list(found.values())


PLANTED = _planted(1000)
