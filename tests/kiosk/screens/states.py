"""Every screen of the kiosk in every state, with the longest real words: for measuring and for looking at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from hub.domain.deadline import due_at_filing
from hub.domain.words import LANGUAGES
from hub.wire.messages import Answer, Command, Rejected
from hub.wire.pairing import PairingWaits
from kiosk.input.means import Means
from kiosk.offline import OfflineSeries
from kiosk.screens.check import CheckScreen
from kiosk.screens.contact import ContactScreen
from kiosk.screens.cover import Cover, Fault
from kiosk.screens.done import DoneScreen
from kiosk.screens.home import Home
from kiosk.screens.kit import Kit
from kiosk.screens.matter import MatterScreen
from kiosk.screens.phone import PhoneScreen
from kiosk.screens.reason import ReasonScreen
from kiosk.screens.scope import ScopeScreen
from kiosk.screens.words import WordsScreen
from kiosk.services.phone_form import PhoneForm
from kiosk.session import TEXT_LIMIT, Session
from kiosk.since import offered, shown
from kiosk.strip import Strip
from tests.factories import FILED_AT, MONDAY, a_calendar, a_long_due, lookup_keys
from tests.kiosk.input.strokes import STROKES
from tests.kiosk.screens.guide_states import guide_states
from tests.kiosk.screens.looking_states import looking_states
from tests.kiosk.screens.numbering_states import numbering_states
from tests.kiosk.screens.staff_states import staff_states
from tests.kiosk.test_session import COMMAND_ID, TEXT, accepted, at_check

LONGEST = (TEXT * 20)[:TEXT_LIMIT]
DECEMBER = dt.date(2026, 12, 24)
SINCE = offered(DECEMBER)[-1]


class Asked:
    """A session behind a screen; what the screen asks for is not done."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_: None


class NoHub:
    """A link that nobody answers."""

    def __init__(self, live: bool) -> None:
        self.live = live

    def send(self, _command: Command, _then: Callable[[Answer], None], _command_id: str = "") -> str:
        return ""

    def forget(self, _command_id: str) -> None:
        return None


class States:
    """`all` names every state and makes its widget."""

    def __init__(self, kit: Kit, means: Means) -> None:
        self.kit, self.means = kit, means
        codes = tuple(reason.code for reason in kit.policy.reasons)
        out = kit.policy.exclusions
        since = since_words(kit)
        full = {
            "matter": max(kit.hall.matters, key=lambda one: len(one.name)).code,
            "reasons": codes[:6],
            "visits": 5,
            "since": SINCE,
            "text": LONGEST,
            "signed": True,
            "name": "欧阳䶮堃",
            "phone": "02088886666123"[:12],
            "confidential": True,
        }
        self.all: dict[str, Callable[[], Any]] = {
            "home": lambda: Home(kit, self.at("home"), Strip(live=True, waiting=118, windows=12)),
            "home.away": lambda: Home(kit, self.at("home"), Strip(live=False, as_of="09:31")),
            "home.never": lambda: Home(kit, self.at("home"), Strip(live=False)),
            **{f"home.{count}": lambda count=count: self.home(count) for count in (1, 3, 7)},
            "matter": lambda: MatterScreen(kit, self.at("matter")),
            "matter.departments": self.departments,
            "matter.shelf": lambda: self.departments(shelf=True),
            "reason": lambda: ReasonScreen(kit, self.at("reason", reasons=codes[:4], since=since[1][1]), since),
            "reason.none": lambda: ReasonScreen(kit, self.at("reason"), since),
            "reason.times": lambda: self.times(since),
            **{f"scope.{one.code}.way": lambda code=one.code: self.way(code) for one in out[-1:]},
            **{
                f"scope.{one.code}": lambda code=one.code: ScopeScreen(kit, self.at("scope", scope=code)) for one in out
            },
            "words": lambda: self.words(""),
            "words.typing": lambda: self.words(TEXT, "diyicishuoqueqishui"),
            "words.longest": lambda: self.words(LONGEST, "s"),
            "words.signs": lambda: self.words(TEXT, layout="signs"),
            "words.latin": lambda: self.words(TEXT, layout="latin"),
            "words.hand": lambda: self.words("", layout="hand"),
            "words.drawn": lambda: self.drawn(TEXT, "办"),
            "words.drawn.longest": lambda: self.drawn(LONGEST, "窗"),
            "contact": lambda: ContactScreen(kit, self.at("contact"), means),
            "contact.phone": lambda: ContactScreen(kit, self.at("contact", **full), means),
            "contact.name": self.contact_name,
            **{
                f"phone.{step}": lambda step=step: self.phone(step)
                for step in ("opening", "waiting", "expired", "away")
            },
            "phone.silent": lambda: self.phone("waiting", live=False),
            "check": lambda: CheckScreen(kit, self.at("check", matter="unknown", reasons=codes[:1], signed=False)),
            "check.scope": lambda: CheckScreen(kit, self.at("check", matter="other", scope=out[-1].code, text=TEXT)),
            "check.longest": lambda: CheckScreen(kit, self.at("check", **full)),
            "done.waiting": lambda: self.done(),
            "done.offline": lambda: self.done("confirmed", offline=True),
            "done.printing": lambda: self.done(ticket_number="F012", ahead=2, window=3),
            "done.taken": lambda: self.done("confirmed", ticket_number="F012", window=3),
            "done.long_date": lambda: self.done("sent", ticket_number="F012", ahead=2, window=3, due=a_long_due()),
            "done.paper_out": lambda: self.done("queued", "paper_out", ticket_number=""),
            "done.rejected": self.rejected,
            **{f"cover.{name}": lambda name=name: self.cover(name) for name in ("calling", "called", "unsaved")},
            **{f"cover.{name}": lambda name=name: self.cover(name, True) for name in ("warning", "abandon")},
            **numbering_states(kit),
            **looking_states(kit, means),
            **guide_states(kit),
            **staff_states(kit),
            "cover.corner": lambda: self.cover("corner", True),
            "cover.language": self.languages,
            "fault": lambda: Fault(kit),
        }

    def at(self, step: str, **chosen: Any) -> Any:
        session = Session(self.kit.hall, self.kit.policy)
        session.step = step  # type: ignore[assignment]
        session.choices = replace(session.choices, **chosen)
        return Asked(session)

    def home(self, tiles: int) -> Home:
        """With so many services, whatever the hall offers: it has to look right with any number."""
        names = ("number", "check_in", "progress", "rating", "suggestion", "guides", "green")[:tiles]
        known = [name for name in names if f"service.{name}" in self.kit.words]
        return Home(self.kit, self.at("home"), Strip(live=True, waiting=118, windows=12), services=known)

    def times(self, since: tuple[tuple[str, str], ...]) -> ReasonScreen:
        screen = ReasonScreen(self.kit, self.at("reason", visits=2, since=since[1][1]), since)
        screen.turn("times")
        return screen

    def way(self, code: str) -> ScopeScreen:
        screen = ScopeScreen(self.kit, self.at("scope", scope=code))
        screen.read()
        return screen

    def departments(self, shelf: bool = False) -> MatterScreen:
        screen = MatterScreen(self.kit, self.at("matter"))
        screen.open(self.kit.hall.departments[0] if shelf else None, departments=not shelf)
        return screen

    def words(self, text: str, letters: str = "", layout: str = "") -> WordsScreen:
        self.means.fresh()  # as at the beginning of a session
        screen = WordsScreen(self.kit, self.at("words", text=text), self.means)
        turn_to(screen, layout or ("pinyin" if letters else ""))
        press(screen, *letters)
        return screen

    def drawn(self, text: str, character: str) -> WordsScreen:
        """A character half written: its strokes, and what they may be."""
        screen = self.words(text, layout="hand")
        draw(screen, character)
        return screen

    def contact_name(self) -> ContactScreen:
        screen = ContactScreen(self.kit, self.at("contact", phone="13800138000"), self.means)
        tap(screen, "name")
        turn_to(screen, "pinyin")
        press(screen, *"wangkun")
        return screen

    def phone(self, step: str, live: bool = True) -> PhoneScreen:
        asked = self.at("words")
        form = PhoneForm(NoHub(live), self.kit.hall.page_url, lambda: 0.0, bytes, asked.session)
        if step == "waiting":
            form._opened(PairingWaits(seconds_left=287))
        elif step != "opening":
            form._end(step)  # type: ignore[arg-type]
        asked.flow = form
        return PhoneScreen(self.kit, asked)

    def done(self, printed: Any = None, trouble: str = "", offline: bool = False, **answer: Any) -> DoneScreen:
        session = at_check(Session(self.kit.hall, self.kit.policy))
        session.submit(COMMAND_ID, lookup_keys(1), lookup_keys(2))
        assert session.filed is not None
        due = due_at_filing(self.kit.policy, a_calendar(), DECEMBER if printed == "confirmed" else MONDAY)
        told = replace(accepted(), **{"due": due} | answer) if answer else None
        session.filed = replace(session.filed, answer=told, printed=printed, trouble=trouble)
        session.choices = replace(session.choices, confidential=True)
        if offline:
            series = OfflineSeries.of(self.kit.hall, self.kit.hall.terminal("kiosk-1"))
            assert series is not None
            session.numbered(COMMAND_ID, series.number(FILED_AT, 7))
        return self._shown(session)

    def rejected(self) -> DoneScreen:
        session = at_check(Session(self.kit.hall, self.kit.policy))
        session.submit(COMMAND_ID, lookup_keys(1), lookup_keys(2))
        session.answered(COMMAND_ID, Rejected(code="internal", text=""))
        return self._shown(session)

    def languages(self) -> Cover:
        cover = Cover(self.kit, "language", [(one, "secondary", lambda: None) for one in LANGUAGES])
        return cover

    def cover(self, name: str, ask: bool = False) -> Cover:
        hall = self.kit.hall
        stay = ("stay", "primary", lambda: None)
        answers: Any = [("leave", "secondary", lambda: None), stay] if ask else [stay]
        cover = Cover(self.kit, name, answers, window=hall.window_name, place=hall.place)
        cover.count(20)
        return cover

    def _shown(self, session: Session) -> DoneScreen:
        screen = DoneScreen(self.kit, Asked(session), MONDAY, paper=True)  # type: ignore[arg-type]
        screen.count(80)
        return screen


def tap(screen: Any, key: str) -> None:
    """Dispatches a tap to the touch of that name, as a finger's release does."""
    next(one for one in screen.walk() if getattr(one, "touch_key", "") == key).dispatch("on_tap")


def turn_to(screen: Any, layout: str) -> None:
    """Brings a keyboard up, unless it is."""
    if layout and layout not in screen.state().split("."):
        press(screen, layout)


def draw(screen: Any, character: str) -> None:
    """Writes a character into the field, as the finger of a citizen does."""
    writing = screen.writing.handwriting
    for stroke in STROKES[character]:
        writing.down(*stroke[0])
        for point in stroke[1:]:
            writing.move(*point)
        writing.up()
    screen.keyboard.show()


def press(screen: Any, *keys: str) -> None:
    for key in keys:
        tap(screen, f"key.{key}")


def since_words(kit: Kit) -> tuple[tuple[str, str], ...]:
    """As `kiosk.terminal` words them, in the longest months."""
    return tuple((shown(one, kit.words), one) for one in offered(DECEMBER))
