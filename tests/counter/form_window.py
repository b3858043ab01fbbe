"""A window with one field of every kind; each change that a person makes is a line of JSON on standard output."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from display.theme import touchmap, window

MONDAY = dt.date(2026, 11, 23)


def main() -> None:
    opened = window.prepare(1920, 1080, "fields")
    from kivy.app import App

    from counter.screens import choices, fields
    from counter.screens.parts import Column, Scroll

    def told(name: str, value: Any) -> None:
        print(json.dumps({name: value}, ensure_ascii=False, default=str), flush=True)

    options = [
        choices.Option("a", "登记一室", "一楼东侧 3 号"),
        choices.Option("b", "信息档案室"),
        choices.Option("c", "税务"),
    ]

    class Form(App):
        def build(self) -> Any:
            column = Column(
                fields.question("被投诉人", fields.Words("who", "", told, hint="姓名、工号或特征"), remark="必填"),
                fields.question("参会人员", fields.Lines("members", ("甲",), told, rows=3)),
                fields.question("部门", choices.Choice("department", "a", told, options=options)),
                fields.question("程度", choices.Choices("weight", (), told, options=options[1:])),
                choices.Tick("told", False, told, text="已告知申请人"),
                fields.question("延长", fields.Number("wd", 5, told, least=1, most=10)),
                fields.question(
                    "日期", fields.Day("day", None, told, start=MONDAY, say=lambda day: f"周{day.isoweekday()}")
                ),
                spacing=18,
                padding=(40, 24),
            )
            touchmap.follow(opened)
            return Scroll(column)

    Form().run()


if __name__ == "__main__":
    main()
