"""Every layout and state of the wall, each with the longest words that a hall has for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont

from display.board import Board, View
from display.theme import fonts
from hub.domain.case import Stage
from hub.domain.hall import Hall, Service
from hub.domain.screens import REGIONS, Region, Wall
from hub.wire.messages import Counts, Snapshot, TicketCalled, TicketView, WindowView
from hub.wire.picture import Picture
from tests.display.factories import LONG_NAME, MORE_SERVICES, MORNING, SERVICES, TODAY, case, hall, ticket

GLASSES = {
    "landscape": Wall(width_px=1920, height_px=1080, width_mm=1210.0, height_mm=680.0),
    "portrait": Wall(width_px=1080, height_px=1920, width_mm=680.0, height_mm=1210.0),
}
"""55 inches, read from five metres."""
NOTICE = "𠮷祥街因施工封闭，䶮山路的同志请于二〇二六年十二月一日前到二号窗口办理。" * 3
WEDNESDAY = "意见箱本周收到 3 条意见，办理结果：增设老花镜、饮水机；2号窗口午间不间断服务。"
STAGES: tuple[Stage, ...] = (
    *("filed", "triaged", "dispatched", "accepted", "rework", "answered_on_the_spot"),
    *("replied", "referred_out", "out_of_scope", "followed_up", "rated", "archived"),
)
OVERDUE = TODAY - dt.timedelta(days=3)
HALL = replace(hall(), name="岳阳县不动产登记中心")
GROUNDS = ("#E7EFEA", "#FFF3D6")
"""Of two posters among a hall's stills."""
LONG_HALL = "云浮市不动产登记中心暨新兴县政务服务大厅"
NAMES = (
    "不动产登记综合受理（含抵押、查封）",
    "社会保险关系转移接续",
    "查询缴费",
    "医保异地就医备案",
    "企业开办",
    "公积金提取",
)


def thirty() -> tuple[Service, ...]:
    """As many queues as a county's hall has, some with names that take two lines."""
    letters = [*"ABCDEFGHJKLMNPQRSTUVWXY", "AA", "BB", "CC", "DD", "EE", "GG"]
    return (
        SERVICES[0],
        *(
            Service(code=f"s{at}", letter=letter, name=NAMES[at % len(NAMES)], minutes=5 + at)
            for at, letter in enumerate(letters)
            if letter != "F"
        ),
        Service(code="last", letter="ZZ", name=LONG_NAME, minutes=12),
    )[:30]


class Shown(NamedTuple):
    """One state: whose hall on which screens, and what the board says `now_s` seconds after its beginning."""

    hall: Hall
    walls: tuple[Wall, ...]
    view: View
    now_s: float


class Scene:
    """A board that is fed and asked; `call` at seconds after the morning began."""

    def __init__(self, of: Hall, *, waiting: dict[str, int] | None = None, **about: object) -> None:
        self.hall, self.board, self.picture = of, Board(of), Picture()
        tickets = tuple(
            ticket(service.letter, number, service.code)
            for service in of.services
            for number in range(31, 31 + (waiting or {}).get(service.letter, 0))
        )
        self._take(tickets, **about)  # type: ignore[arg-type]

    def _take(
        self,
        tickets: tuple[TicketView, ...],
        away: dict[int, str] | None = None,
        cases: bool = True,
        counts: Counts | None = None,
        bulletin: str = "",
    ) -> None:
        away = {4: "break"} if away is None else away
        self.picture.take(
            Snapshot(
                epoch="e1",
                seq=1,
                at=MORNING,
                business_date=TODAY,
                tickets=tickets,
                windows=tuple(
                    WindowView(number=one.number, open=one.number not in away, why=away.get(one.number, ""))  # type: ignore[arg-type]
                    for one in self.hall.windows
                ),
                cases=tuple(
                    case(at + 1, stage, OVERDUE if stage in ("accepted", "rework") else TODAY)
                    for at, stage in enumerate(STAGES)
                )
                if cases
                else (),
                counts=counts or Counts(today=5, month=86, answered_month=60, on_time_month=58, overdue=2),
                bulletin=bulletin,
            )
        )
        self.board.begin(self.picture, MORNING, 0.0)

    def call(self, letter: str, number: int, window: int, at: float = 0.0, calls: int = 1) -> Scene:
        service = next(one for one in self.hall.services if one.letter == letter)
        event = TicketCalled(ticket=ticket(letter, number, service.code, window=window, called=MORNING, calls=calls))
        self.picture.apply(self.picture.seq + 1, event)
        now = MORNING + dt.timedelta(seconds=at)
        self.board.apply(event, now, now, at)
        return self

    def shown(self, walls: tuple[Wall, ...], at: float = 1.0, *, stale: bool = False, hour: int | None = None) -> Shown:
        now = MORNING + dt.timedelta(seconds=at)
        if hour is not None:
            now += dt.timedelta(hours=hour - 9)
        view = self.board.view(self.picture, now, at, live=not stale, heard=MORNING if stale else now)
        return Shown(self.hall, walls, view, at)


WAITING = {"F": 2, "A": 7, "B": 3}


def _earlier(scene: Scene) -> Scene:
    """Four calls of some minutes ago."""
    for at, (letter, number, window) in enumerate([("F", 11, 3), ("A", 30, 2), ("B", 7, 4), ("A", 31, 1)]):
        scene.call(letter, number, window, at=at * 20 - 100.0)
        scene.shown((), at=at * 20 - 85.0)  # it has stood, and leaves with the next
    return scene


def _one(wall: Wall) -> Shown:
    return _earlier(Scene(HALL, waiting=WAITING)).call("F", 12, 3).shown((wall,))


def _three(wall: Wall) -> Shown:
    scene = _earlier(Scene(HALL, waiting=WAITING, bulletin=WEDNESDAY)).call("F", 12, 3).call("A", 32, 12)
    return scene.call("B", 8, 4).shown((wall,))


def _recall(wall: Wall) -> Shown:
    scene = _earlier(Scene(HALL, waiting=WAITING)).call("F", 12, 3).call("A", 31, 1, at=0.5, calls=2)
    return scene.call("B", 8, 4, at=0.8).shown((wall,))


def _recall_alone(wall: Wall) -> Shown:
    return _earlier(Scene(HALL, waiting=WAITING)).call("A", 31, 1, calls=3).shown((wall,))


def _calm(wall: Wall) -> Shown:
    return _earlier(Scene(HALL, waiting=WAITING)).call("F", 12, 3).shown((wall,), at=300.0)


def _thirty(wall: Wall) -> Shown:
    services = thirty()
    of = replace(hall(services, windows=20), name=LONG_HALL)
    many = {one.letter: at * 7 % 23 for at, one in enumerate(services)}
    away = dict.fromkeys((4, 7, 9, 11, 12, 13, 15, 17, 18, 19, 20), "break") | {6: "fault", 8: "fault"}
    scene = Scene(of, waiting=many, away=away, bulletin=NOTICE)
    for at, letter in enumerate(("A", "ZZ", "F", "EE", "B")):
        scene.call(letter, 128 + at, 20 - at, at=float(at) / 10)
    return scene.shown((wall,), at=9.0)


def _eight(wall: Wall) -> Shown:
    of = replace(hall(MORE_SERVICES, windows=8), name=LONG_HALL)
    scene = Scene(of, waiting={"F": 2, "A": 27, "C": 12, "E": 3}, bulletin=NOTICE)
    return scene.call("F", 1002, 8).call("C", 14, 5).shown((wall,))


def _nobody(wall: Wall) -> Shown:
    return Scene(HALL, cases=False, counts=Counts()).shown((wall,))


def _stale(wall: Wall) -> Shown:
    return _earlier(Scene(HALL, waiting=WAITING)).call("F", 12, 3).shown((wall,), at=900.0, stale=True)


def _connecting(wall: Wall) -> Shown:
    board = Board(HALL)
    return Shown(HALL, (wall,), board.view(Picture(), MORNING, 1.0, live=False, heard=None), 1.0)


def _faulty(wall: Wall) -> Shown:
    return _earlier(Scene(HALL, waiting=WAITING, away={2: "fault", 4: "break"})).shown((wall,))


def _paused(wall: Wall) -> Shown:
    return Scene(HALL, waiting=WAITING, away=dict.fromkeys((1, 2, 3, 4), "closed")).shown((wall,))


def _night(wall: Wall) -> Shown:
    dim = replace(wall, brightness=(*[50] * 7, *[100] * 12, *[50] * 5))
    return _earlier(Scene(HALL, waiting=WAITING)).call("F", 12, 3).shown((dim,), hour=22)


def _speaking(language: str) -> Callable[[Wall], Shown]:
    def shown(wall: Wall) -> Shown:
        of = replace(hall(MORE_SERVICES, windows=8))
        scene = _earlier(
            Scene(of, waiting={"F": 2, "A": 27, "C": 12}, away={2: "fault", 4: "break"}, bulletin=WEDNESDAY)
        )
        scene = scene.call("F", 12, 8).call("A", 33, 5, calls=2)
        return scene.shown((replace(wall, language=language),), at=1.0)

    return shown


def _only(*regions: Region) -> Callable[[Wall], Shown]:
    def shown(wall: Wall) -> Shown:
        stills = "stills" if "stills" in regions else ""
        part = replace(wall, regions=regions, stills=stills)
        return _earlier(Scene(HALL, waiting=WAITING, bulletin=WEDNESDAY)).call("F", 12, 3).shown((part,))

    return shown


def _far(wall: Wall) -> Shown:
    """As far away as a screen may hang."""
    scene = _earlier(Scene(HALL, waiting=WAITING, bulletin=NOTICE)).call("F", 12, 3).call("A", 32, 12)
    return scene.call("B", 8, 4).shown((replace(wall, viewed_mm=5550.0),))


ALL: dict[str, Callable[[Wall], Shown]] = {
    "one": _one,
    "three": _three,
    "recall": _recall,
    "recall-alone": _recall_alone,
    "calm": _calm,
    "nobody": _nobody,
    "eight-services": _eight,
    "thirty-services": _thirty,
    "stale": _stale,
    "connecting": _connecting,
    "faulty": _faulty,
    "paused": _paused,
    "night": _night,
    "en": _speaking("en"),
    "zh_Hant": _speaking("zh_Hant"),
    "calls-only": _only("calls", "recent"),
    "calls-stills": _only("calls", "recent", "stills", "notice"),
    "queues-cases": _only("queues", "cases", "counts"),
    "everything": _only(*REGIONS, "stills"),
    "stills-only": _only("stills"),
    "far": _far,
}


def two() -> Shown:
    """Two screens beside each other from one process, the second upright and in English."""
    across = GLASSES["landscape"]
    upright = replace(GLASSES["portrait"], left_px=1920, language="en")
    return (
        _earlier(Scene(HALL, waiting=WAITING, bulletin=WEDNESDAY))
        .call("F", 12, 3)
        .call("A", 32, 12)
        .shown((across, upright))
    )


def states(glass: str) -> Iterator[tuple[str, Shown]]:
    if glass == "two":
        yield "two", two()
        return
    for name, made in ALL.items():
        yield name, made(GLASSES[glass])


def paint_stills(folder: Path) -> None:
    """A hall's own material: two posters."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, (ground, words) in enumerate(zip(GROUNDS, ("办不成事\n请到反映窗口", "高效办成一件事"), strict=True)):
        poster = Image.new("RGB", (1600, 900), ground)
        letters = ImageFont.truetype(str(fonts.face("Bold")), 150)
        ImageDraw.Draw(poster).multiline_text((800, 450), words, "#084640", letters, anchor="mm", align="center")
        poster.save(folder / f"{at}.png")


assert set(REGIONS) | {"stills"} == {
    *("calls", "recent", "queues", "cases", "windows", "notice", "counts", "stills")
}, "a region that no state shows"
