"""办事指南 (R52, R63): what a matter needs, in the words that everybody uses for it, and how this hall is reached.

Pure: the kiosk it runs at is passed in as a `Desk`. A notice is public; what was read once is still known when the hub
is away, and says so of itself by its version.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from hub.domain.hall import Department, Hall, Matter
from hub.domain.policy import Policy
from hub.domain.translated import hall_in
from hub.wire.messages import Answer, Checklist, Command, ReadChecklist
from kiosk.asking import Heard, Unanswered
from kiosk.modes import Modes
from kiosk.session import common_matters, other_matters
from kiosk.slips import Printed, Slips
from printers.notice_slip import notice_slip


class Desk(Protocol):
    """The kiosk as a flow sees it; `kiosk.terminal.Terminal` is one. `checklists` outlive a session: all is public."""

    hall: Hall
    policy: Policy
    modes: Modes
    slips: Slips
    checklists: dict[str, Checklist]

    @property
    def now(self) -> dt.datetime: ...
    def new_id(self) -> str: ...
    def ask(self, command: Command, heard: Heard, command_id: str = "") -> str: ...
    def changed(self) -> None: ...


class Guides:
    """One citizen's way to a matter's notice: `topics`, or `departments` and `matters`, then `asking` and `notice`.

    `untold`: nobody has written one yet; `away`: no hub, and never read; `hall`: how this hall is reached.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.step: str = "topics"
        self.department: Department | None = None
        self.matter: Matter | None = None
        self.checklist: Checklist | None = None
        self._job = ""

    def wipe(self) -> None:
        self.department = self.matter = self.checklist = None

    # --- choosing

    @property
    def topics(self) -> tuple[Matter, ...]:
        """What most people come for."""
        return common_matters(self.desk.hall)

    @property
    def matters(self) -> tuple[Matter, ...]:
        """What stands behind the chosen department."""
        return other_matters(self.desk.hall, self.department.code) if self.department else ()

    @property
    def departments(self) -> tuple[Department, ...]:
        """Those that any matter belongs to."""
        hall = self.desk.hall
        return tuple(one for one in hall.departments if other_matters(hall, one.code))

    def open_departments(self) -> None:
        self.step = "departments"

    def open_department(self, code: str) -> None:
        self.department, self.step = self.desk.hall.department(code), "matters"

    def open_hall(self) -> None:
        """How this hall is reached, and whom else one may turn to (R63)."""
        self.step = "hall"

    def choose(self, code: str) -> None:
        """A matter; its newest notice is asked for."""
        self.matter, self.step, self._job = self.desk.hall.matter(code), "asking", ""
        self.desk.ask(ReadChecklist(matter=code), self._heard)

    def back(self) -> bool:
        """One page back; whether there was one."""
        if self.step == "topics":
            return False
        self.step = {"matters": "departments", "departments": "topics", "hall": "topics"}.get(
            self.step, "matters" if self.department else "topics"
        )
        if self.step != "matters":
            self.department = None
        return True

    # --- whom to ask (R6)

    @property
    def handled_by(self) -> Department | None:
        """The department that knows, where the hall names one for the matter."""
        if self.matter is None or not self.matter.department:
            return None
        return self.desk.hall.department(self.matter.department)

    # --- paper

    @property
    def printed(self) -> Printed | None:
        """How far its paper is; nothing while none was asked for."""
        return self.desk.slips.of(self._job) if self._job else None

    def print(self) -> None:
        """The notice on paper, once: another tap while it is under way is nothing."""
        if self.checklist is None or self.matter is None or self._job:
            return
        desk = self.desk
        self._job = desk.new_id()
        hall = hall_in(desk.hall, desk.modes.language)
        office = hall.department(self.matter.department) if self.matter.department else None
        slip = notice_slip(self.checklist, hall.matter(self.matter.code), hall, office, desk.now, desk.modes.language)
        desk.slips.print(self._job, slip)

    def _heard(self, answer: Answer | Unanswered) -> None:
        if self.step != "asking" or self.matter is None:
            return
        known = self.desk.checklists
        if isinstance(answer, Checklist):
            known[answer.matter] = answer
        self.checklist = None if self._refused(answer) else known.get(self.matter.code)
        if self.checklist is not None:
            self.step = "notice"
        else:
            self.step = "away" if isinstance(answer, Unanswered) else "untold"
        self.desk.changed()

    @staticmethod
    def _refused(answer: Answer | Unanswered) -> bool:
        return not isinstance(answer, Unanswered | Checklist)
