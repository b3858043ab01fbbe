"""The kiosk without its window: one session after another, complaints on their way, paper, health. No kivy in here."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Callable
from zoneinfo import ZoneInfo

from hub.domain.hall import Hall
from hub.domain.lookup import make_keys
from hub.domain.policy import Policy
from hub.domain.words import Words
from hub.wire.messages import Checklist, Command, ReportPrint
from hub.wire.picture import Picture
from kiosk.asking import Asking, Heard
from kiosk.bystander import Bystander
from kiosk.filing import Filing
from kiosk.hall_time import HallTime
from kiosk.health import Health
from kiosk.modes import Modes
from kiosk.neighbours import Hub, Paper, Scanner
from kiosk.offline import OfflineSeries
from kiosk.outbox import Outbox, OutboxError
from kiosk.patience import Patience
from kiosk.receipts import Receipts
from kiosk.reports import Reports
from kiosk.services import Flow
from kiosk.services.phone_form import PhoneForm, fill_in
from kiosk.session import Session
from kiosk.settings import Settings
from kiosk.since import offered, shown
from kiosk.slip_blocks import SlipBlocks
from kiosk.slips import Slips
from kiosk.strip import Strip, strip_of
from kiosk.stumbling import TROUBLE, Stumbles

_log = logging.getLogger(__name__)


class Terminal:
    """`changed` is called when the screen may have to: an answer, the printer's word. `fault` puts it out of service.

    `outbox` is None when it cannot be used; a hall may have a kiosk without a printer, and a printer's spool may be
    broken (`paper` None). `troubles` are codes that staff hear as long as this program runs.
    """

    def __init__(
        self,
        hall: Hall,
        policy: Policy,
        hub: Hub,
        outbox: Outbox | None,
        paper: Paper | None,
        *,
        clock: Callable[[], dt.datetime],
        now_s: Callable[[], float],
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
        fault: str = "",
        troubles: frozenset[str] = frozenset(),
        series: OfflineSeries | None = None,
        scanner: Scanner | None = None,
    ) -> None:
        self.hall, self.policy, self.paper = hall, policy, paper
        self.fault = fault
        self.changed: Callable[[], None] = lambda: None
        self.usual_volume: Callable[[], int] = lambda: Settings().volume_percent
        """How loud speech is for the next citizen, in percent."""
        self.flow: Flow | None = None
        """The service in use instead of the complaint, named by `service`."""
        self.service = ""
        self._hub, self._now_s, self._random_bytes = hub, now_s, random_bytes
        self._time = HallTime(clock, now_s)
        self._health = Health(lambda command, then: hub.send(command, then))
        receipts = Receipts(paper, hall, policy)
        self._bystander = Bystander(lambda: self.session, lambda: self.changed())
        self._filing = Filing(outbox, hub.send, receipts, self._bystander, series) if outbox else None
        self._reports = Reports(paper, hub.send, self._printed) if paper else None
        self.slips = Slips(paper)
        self.blocks = SlipBlocks(outbox, paper, hub.send, hall, policy, self.touched)
        self.checklists: dict[str, Checklist] = {}
        """What was read of the guides; public, and so it may stay for the next citizen."""
        self._asking = Asking(hub.send, hub.forget, lambda: hub.live)
        self._stumbles = Stumbles()
        self._troubles, self._scanner = troubles, scanner
        self.others_troubles: Callable[[], frozenset[str]] = frozenset
        """Troubles of what is not this program's own to watch, such as the staff corner's lock."""
        self._uncounted = self._unread = False
        self._counted = 0
        self.hub_since = clock()
        """Since when the hub is heard, or is not."""
        self._was_live = False
        self.begin()

    def start(self) -> None:
        """Sends again what an earlier run left; an outbox that cannot be read puts the kiosk out of service."""
        if self._filing is None:
            return
        self.blocks.start()
        try:
            self._filing.start(self._time.now())
        except OutboxError:
            _log.exception("the outbox cannot be read")
            self.fault = "outbox_failed"

    def poll(self) -> None:
        """Everything that waits: answers, the printer's word, a report of health that is due. Never blocks."""
        now_s = self._now_s()
        self._hub.poll()
        self._time.hear(self._hub.heard_at)
        if self._hub.live != self._was_live:
            self._was_live, self.hub_since = self._hub.live, self._time.now()
        self._hear_epoch()
        self._follow_phone(now_s)
        if self._filing is not None:
            self._filing.poll(now_s, self._time.now(), self._hub.live)
        if self._reports is not None:
            self._reports.poll(now_s)
            if "spool_failed" in self._reports.troubles:
                self._bystander.no_paper()
        self._asking.poll(now_s)
        self._health.poll(now_s, self.troubles, self._waiting)

    # --- one citizen

    def begin(self) -> None:
        """The next citizen: a session of their own, no service, the hall's modes; nothing of the last one is left."""
        self.close()
        self._asking.forget()
        self.slips.forget()
        usual = self.usual_volume()
        self.modes = Modes(language=self.hall.language, usual=usual, volume=usual)
        self.session = Session(self.hall, self.policy, self.modes.language)
        self.patience = Patience(self._now_s())

    @property
    def changed_modes(self) -> bool:
        """Whether somebody has set the glass for themselves."""
        usual = self.modes.usual
        return self.modes != Modes(language=self.hall.language, usual=usual, volume=usual)

    def open(self, service: str, flow: Flow) -> None:
        """Begins a service of the home screen."""
        self.flow, self.service = flow, service

    def close(self) -> None:
        """Back from a service to the complaint, where it stood."""
        if self.flow is not None:
            self.flow.wipe()
        self.flow, self.service = None, ""

    @property
    def can_pair(self) -> bool:
        """Whether a phone could open a form of this kiosk's now."""
        return bool(self.hall.page_url) and self._hub.live

    def pair(self) -> PhoneForm:
        """用手机填写, for the complaint as it stands."""
        return PhoneForm(self._hub, self.hall.page_url, self._now_s, self._random_bytes, self.session)

    def switch(self, modes: Modes) -> None:
        """Other modes for the rest of this session; paper comes in the same language."""
        self.modes = modes
        self.session.language = modes.language
        self.patience.listen(modes.speech)

    def new_id(self) -> str:
        """A command's id, made with the tap that means it."""
        return self._random_bytes(16).hex()

    def ask(self, command: Command, heard: Heard, command_id: str = "") -> str:
        """Asks the hub for the citizen who stands here; the id with which to ask the same again."""
        command_id = command_id or self.new_id()
        self._asking.ask(command, heard, command_id, self._now_s())
        return command_id

    def stumble(self) -> bool:
        """A mistake of ours that staff hear of; whether it is one too many, which puts the kiosk out of service."""
        if self._stumbles.again(self._now_s()):
            self.fault = TROUBLE
        return self.fault == TROUBLE

    def touched(self) -> None:
        self.patience.touched(self._now_s())

    def submit(self) -> None:
        """Files the session's complaint, once; raises `OutboxError` when it could not be made durable."""
        assert self._filing is not None
        command_id = self.new_id()
        on_screen, on_paper = make_keys(self._random_bytes), make_keys(self._random_bytes)
        complaint = self.session.submit(command_id, on_screen, on_paper)
        try:
            self._filing.file(command_id, complaint, self._time.now())
        except OutboxError:
            self.fault = "outbox_failed"
            raise

    def codes(self) -> list[str]:
        """What the scanner has read since the last time."""
        return self._scanner.codes() if self._scanner is not None else []

    def call_staff(self, heard: Callable[[], None]) -> None:
        """呼叫工作人员; `heard` when the hub has told the windows."""
        self._health.call_staff(self._now_s(), heard)

    # --- what screens show

    def strip(self) -> Strip:
        return strip_of(self._hub.picture, self._hub.live, self._hub.heard_at, self.hall.timezone)

    @property
    def picture(self) -> Picture:
        """What the hub last told of the hall."""
        return self._hub.picture

    @property
    def live(self) -> bool:
        """Whether the hub is heard."""
        return self._hub.live

    @property
    def heard_at(self) -> dt.datetime | None:
        """The hub's own time when it was last heard."""
        return self._hub.heard_at

    @property
    def now(self) -> dt.datetime:
        """UTC."""
        return self._time.now()

    @property
    def today(self) -> dt.date:
        """The hall's date."""
        return self._time.now().astimezone(ZoneInfo(self.hall.timezone)).date()

    def since(self) -> tuple[tuple[str, str], ...]:
        """When they came first: what the key says in the citizen's language, and what the session keeps."""
        words = Words("kiosk", self.modes.language)
        return tuple((shown(one, words), one) for one in offered(self.today))

    # --- what arrives

    def _follow_phone(self, now_s: float) -> None:
        """While somebody may be writing on their phone nobody is expected to touch the glass."""
        form = self.flow
        if not isinstance(form, PhoneForm):
            return
        form.poll()
        if form.open_now or form.draft is not None:
            self.patience.touched(now_s)
        if form.draft is not None:
            fill_in(self.session, form.draft)
            self.close()
        if form.step != form.told:
            form.told = form.step
            self.changed()

    def _under_way(self) -> list[Filing | Reports | SlipBlocks]:
        return [part for part in (self._filing, self._reports, self.blocks) if part is not None]

    @property
    def troubles(self) -> frozenset[str]:
        """What staff should know, by code."""
        own = {self.fault, "outbox_failed" if self._uncounted or self._unread else ""} - {""}
        own |= self._stumbles.troubles(self._now_s())
        if self._scanner is not None and self._scanner.trouble:
            own.add(self._scanner.trouble)
        return self._troubles.union(
            own, self.others_troubles(), self.slips.troubles, *(part.troubles for part in self._under_way())
        )

    def _hear_epoch(self) -> None:
        if self._filing is None or self.fault:
            return
        try:
            self._filing.hear_epoch(self._hub.picture.epoch)
        except OutboxError:
            _log.exception("the outbox cannot be read; it is tried again")
            self._unread = True
        else:
            self._unread = False

    def _waiting(self) -> int:
        """Complaints that wait; what was counted last when the outbox cannot be read just now."""
        if self._filing is None or self.fault:
            return 0
        try:
            self._counted = self._filing.waiting
        except OutboxError:
            _log.exception("the outbox cannot be counted")
            self._uncounted = True
        else:
            self._uncounted = False
        return self._counted

    def _printed(self, told: ReportPrint) -> None:
        printed = self.session.printed(told.job_id, told.state, told.detail)
        if printed or self.slips.heard(told) or self.blocks.heard(told):
            self.changed()
