"""Who works in the five halls of the stories: by name, at which terminal, and holding which posts (R4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """A member of staff; `department` only where the terminal is a department's, `posts` beside the plain ones."""

    code: str
    name: str
    terminal: str
    department: str = ""
    posts: tuple[str, ...] = ()

    @property
    def role(self) -> str:
        return "department" if self.department else "supervisor" if self.terminal == "supervisor" else "window"


STAFF: dict[str, tuple[Member, ...]] = {
    "yueyang": (
        Member("06", "陈立群", "window-3"),
        Member("07", "罗䶮", "window-1"),
        Member("21", "许卫东", "department-registry-2", "registry-2", posts=("section_head",)),
        Member("22", "彭湘云", "department-survey", "survey"),
        Member("80", "周分管", "supervisor", posts=("deputy_leader",)),
        Member("81", "欧阳主任", "supervisor", posts=("main_leader", "hall_head")),
        Member("90", "何统筹", "supervisor", posts=("leading_group",)),
    ),
    "shanting": (
        Member("06", "孙晓燕", "window-3"),
        Member("07", "满运来", "window-1"),
        Member("31", "张登记", "department-real-estate", "real-estate", posts=("chief_representative",)),
        Member("32", "董户籍", "department-police", "police"),
        Member("80", "刘分管", "supervisor", posts=("deputy_leader",)),
        Member("85", "种中心", "supervisor", posts=("centre",)),
        Member("86", "秦管办", "supervisor", posts=("management_office", "task_force")),
    ),
    "dahepingxiang": (
        Member("06", "向桂英", "window-3"),
        Member("07", "全国庆", "window-1", posts=("agent",)),
        Member("41", "舒国土", "department-land", "land"),
        Member("42", "瞿民政", "department-civil", "civil"),
        Member("80", "李副乡长", "supervisor", posts=("deputy_leader",)),
        Member("85", "张主任", "supervisor", posts=("centre", "hall_head")),
    ),
    "yunfu": (
        Member("06", "梁惠珍", "window-5"),
        Member("07", "黎志强", "window-1"),
        Member("51", "叶登记", "department-registry", "registry", posts=("section_head",)),
        Member("52", "陈抵押", "department-mortgage", "mortgage"),
        Member("80", "邓分管", "supervisor", posts=("deputy_leader",)),
        Member("81", "区局长", "supervisor", posts=("main_leader",)),
    ),
    "wuxi": (
        Member("06", "顾敏芳", "window-4"),
        Member("07", "过伟", "window-1"),
        Member("61", "华登记", "department-registry", "registry"),
        Member("62", "钱测绘", "department-survey", "survey"),
        Member("63", "浦蕴", "department-survey", "survey"),
        Member("80", "薛网点", "supervisor", posts=("outlet_head", "hall_head", "deputy_leader")),
        Member("90", "荣监察", "supervisor", posts=("supervisor",)),
    ),
}
