"""One terminal's work from log-in to log-out: who is here, which cases, which notices, what was asked of the hub.

Pure: `send` carries commands away and brings answers back, `changed` says that the screen is out of date. A screen
shows what stands here and calls what is here; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from counter import casework
from counter.steps.shape import ActionCode
from hub.domain.hall import Terminal
from hub.wire.messages import (
    AcknowledgeNotice,
    Answer,
    CaseDetail,
    CaseLine,
    CaseList,
    CaseMoved,
    Command,
    ComplaintFiled,
    Event,
    ListCases,
    ListNotices,
    LoggedIn,
    LogIn,
    LogOut,
    Notice,
    NoticeAcknowledged,
    NoticeList,
    NoticeRaised,
    NumberReplaced,
    ReadCase,
    Rejected,
)

LOGIN_ENDED = "login_needed"
"""The hub's code for a terminal where nobody is logged in (any more)."""

Send = Callable[[Command, Callable[[Answer], None]], object]


class Session:
    """What the screens show. Everything personal in it is gone after `wipe`."""

    def __init__(
        self, terminal: Terminal, send: Send, *, changed: Callable[[], None], alert: Callable[[Notice], None]
    ) -> None:
        self.terminal = terminal
        self.staff: LoggedIn | None = None
        self.logging_in = False
        self.cases: list[CaseLine] = []
        self.only_open = True
        self.selected = ""
        self.detail: CaseDetail | None = None
        self.read: tuple[Answer, ...] = ()
        """What was asked for beside the detail: a refusal's form, a checklist, breaches."""
        self.notices: list[Notice] = []
        self.busy: set[tuple[str, ActionCode]] = set()
        """Actions that were sent and not yet answered."""
        self.refused: Rejected | None = None
        """Why the last thing asked for was not done, until something else is."""
        self._send = send
        self._changed = changed
        self._alert = alert
        self._alerted: set[int] = set()
        self._asking: set[str] = set()
        self._ask_again: set[str] = set()
        self._shift = 0

    # --- logging in and out

    def log_in(self, staff: str, pin: str) -> None:
        """Asks the hub to bind this person to this terminal; a second press while it thinks is the same press."""
        if self.logging_in or self.staff is not None:
            return
        self.logging_in, self.refused = True, None
        self._ask(LogIn(staff=staff.strip(), pin=pin), self._logged_in)
        self._changed()

    def log_out(self) -> None:
        """Ends the shift here at once, whatever the hub says, and tells the hub."""
        if self.staff is not None:
            self._send(LogOut(), lambda _answer: None)
        self.wipe()

    def wipe(self) -> None:
        """Forgets everything of this shift; answers still under way no longer count. What waits is still announced."""
        self._shift += 1
        self.staff, self.detail, self.refused, self.read = None, None, None, ()
        self.cases, self.notices, self.selected = [], [], ""
        self.logging_in, self.only_open = False, True
        self.busy, self._alerted, self._asking, self._ask_again = set(), set(), set(), set()
        self._list("notices")
        self._changed()

    # --- what the feed tells

    def told(self, event: Event) -> None:
        """An event of the feed: what it touches is asked for again. Notices are, even while nobody is logged in."""
        match event:
            case CaseMoved(case=case) | ComplaintFiled(case=case) if self.staff is not None:
                self._list("cases")
                if case.case_number == self.selected:
                    self._read()
            case NumberReplaced(void_case=void, case=case) if self.staff is not None and case is not None:
                self._list("cases")
                if self.selected in (void, case.case_number):
                    self.selected = case.case_number
                    self._read()
            case NoticeRaised(roles=roles, department=department):
                if self.terminal.role in roles and department in ("", self.terminal.department):
                    self._list("notices")
            case NoticeAcknowledged(notice_id=number):
                self.notices = [one for one in self.notices if one.notice_id != number]
                self._changed()
            case _:
                pass

    def refresh(self) -> None:
        """Asks for everything again: after logging in, and when the picture began anew."""
        self._list("notices")
        if self.staff is None:
            return
        self._list("cases")
        if self.selected:
            self._read()

    # --- cases

    def show(self, only_open: bool) -> None:
        self.only_open = only_open
        self._list("cases")
        self._changed()

    def select(self, case_number: str) -> None:
        """Opens a case: its detail is asked for, and the hub logs the reading (R47)."""
        if self.staff is None or (case_number == self.selected and self.detail is not None):
            return
        self.selected, self.detail, self.refused, self.read = case_number, None, None, ()
        self._read()
        self._changed()

    def point(self, case_number: str) -> None:
        """Marks a case without opening it: passing it by with the arrow keys is no reading."""
        if self.staff is not None and case_number != self.selected:
            self.selected, self.detail, self.refused, self.read = case_number, None, None, ()
            self._changed()

    def line(self) -> CaseLine | None:
        """The selected case's line, as fresh as it is known."""
        if self.detail is not None:
            return self.detail.line
        return next((one for one in self.cases if one.case_number == self.selected), None)

    def carry_out(
        self,
        case_number: str,
        code: ActionCode,
        command: Command,
        done: Callable[[], None],
        refused: Callable[[Rejected], bool] = lambda _rejected: False,
    ) -> bool:
        """Sends a step of a case, once; `done` when the hub has carried it out. False when it is already under way.

        `refused` says whether it shows a rejection in its own place; else the whole screen does.
        """
        under_way = (case_number, code)
        if under_way in self.busy:
            return False
        self.busy.add(under_way)
        self.refused = None

        def answered(answer: Answer) -> None:
            self.busy.discard(under_way)
            if not isinstance(answer, Rejected):
                done()
            elif not refused(answer):
                self.refused = answer
            self._list("cases")
            if self.selected == case_number:
                self._read()
            self._changed()

        self._ask(command, answered)
        self._changed()
        return True

    def look_up(self, query: Command) -> None:
        """Asks for what a form of the selected case shows; it is kept as long as the case is open here."""
        number = self.selected

        def answered(answer: Answer) -> None:
            if number == self.selected and not isinstance(answer, Rejected):
                self.read = (*(one for one in self.read if type(one) is not type(answer)), answer)
            self._changed()

        self._ask(query, answered)

    # --- notices

    def acknowledge(self, notice_id: int) -> None:
        """Says by this person's name that the notice was seen."""

        def answered(answer: Answer) -> None:
            self.refused = answer if isinstance(answer, Rejected) else None
            if self.refused is None:
                self.notices = [one for one in self.notices if one.notice_id != notice_id]
            self._changed()

        self._ask(AcknowledgeNotice(notice_id=notice_id), answered)

    # --- what pages ask

    def ask(self, command: Command, then: Callable[[Answer], None], *, quietly: bool = False) -> None:
        """Asks for a page. A refusal stands on the screen, unless asked `quietly`; `then` hears of it all the same."""
        if not quietly:
            self.refused = None

        def answered(answer: Answer) -> None:
            if isinstance(answer, Rejected) and not quietly:
                self.refused = answer
            then(answer)
            self._changed()

        self._ask(command, answered)

    # --- inside

    def _ask(self, command: Command, then: Callable[[Answer], None]) -> None:
        shift = self._shift

        def answered(answer: Answer) -> None:
            if shift != self._shift:
                return
            if isinstance(answer, Rejected) and answer.code == LOGIN_ENDED and self.staff is not None:
                self.wipe()
                self.refused = answer
                self._changed()
            else:
                then(answer)

        self._send(command, answered)

    def _logged_in(self, answer: Answer) -> None:
        self.logging_in = False
        if isinstance(answer, LoggedIn):
            self.staff = answer
            self._alerted.clear()  # what waits is announced again to whoever comes
            self.refresh()
        elif isinstance(answer, Rejected):
            self.refused = answer
        self._changed()

    def _list(self, what: str) -> None:
        """Asks for a list; while it is under way, once more afterwards is enough however often it is wanted."""
        if what in self._asking:
            self._ask_again.add(what)
            return
        self._asking.add(what)
        asked = ListCases(only_open=self.only_open) if what == "cases" else ListNotices()
        self._ask(asked, lambda answer: self._listed(what, answer))

    def _listed(self, what: str, answer: Answer) -> None:
        self._asking.discard(what)
        match answer:
            case CaseList(cases=cases):
                self.cases = casework.in_order(cases)
            case NoticeList(notices=notices):
                self.notices = list(notices)
                fresh = [one for one in notices if one.notice_id not in self._alerted]
                for notice in fresh:
                    self._alerted.add(notice.notice_id)
                    self._alert(notice)
                if self.detail is not None and any(one.subject == self.selected for one in fresh):
                    self._read()  # what others did beside its moves is told by a notice alone
            case Rejected():
                self.refused = answer
        if what in self._ask_again:
            self._ask_again.discard(what)
            self._list(what)
        self._changed()

    def _read(self) -> None:
        number = self.selected

        def answered(answer: Answer) -> None:
            if number != self.selected:
                return
            if isinstance(answer, CaseDetail):
                self.detail = answer
            elif isinstance(answer, Rejected):
                self.detail, self.refused = None, answer
            self._changed()

        self._ask(ReadCase(case_number=number), answered)
