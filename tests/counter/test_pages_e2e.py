"""The pages of the real counter against the real hub: a 投诉 with its paper, from the keys to the store."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.domain.attachment import chunk_count
from hub.link import Link
from hub.wire import messages as m
from tests import office
from tests.counter.shift import log_in, open_counter
from tests.factories import lookup_keys
from tests.processes import Processes, until
from tests.running_hall import DESK, RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

WINDOW = "window-1"
TEXT = "我叫䶮𠮷，三次到窗口，工作人員說“下班了”就走開，還把號收回去。請查清楚！"
FORM = b"%PDF-1.7\n" + os.urandom(9_400_000) + b"\n%%EOF\n"


class Hall:
    """大合坪乡's hall with one window's counter, and a home folder with a paper in it."""

    def __init__(self, place: Path, processes: Processes) -> None:
        self.processes, self.pictures = processes, place
        self.home = place / "home"
        self.home.mkdir()
        (self.home / "书面投诉（䶮𠮷）.pdf").write_bytes(FORM)
        self.running = RunningHall(place / "hall", processes, template="dahepingxiang")
        self.running.staff("06", "王敏", "window", "4711")
        self.running.staff("09", "赵监察", "supervisor", "4712", posts=("supervisor", "hall_head"))
        self.running.start_hub()
        self.running.ready_hub()
        self.screen = Screen(*DESK)
        self.links: list[Link] = []

    def shift(self, terminal: str = WINDOW, staff: str = "06", pin: str = "4711") -> Screen:
        """A counter with somebody logged in by the keyboard."""
        screen = self.screen
        open_counter(self.running, terminal, screen)
        log_in(screen, staff, pin)
        return screen

    def link(self, terminal: str, staff: str = "", pin: str = "") -> Link:
        """A terminal without a screen, with somebody logged in where that is asked for."""
        link = self.running.link(terminal, feed=False)
        self.links.append(link)
        assert not staff or isinstance(link.ask(m.LogIn(staff=staff, pin=pin)), m.LoggedIn)
        return link

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(f"file:{self.running.directory.database}?mode=ro", uri=True) as database:
            found = database.execute(query).fetchall()
        database.close()
        return found

    def close(self) -> None:
        for link in self.links:
            link.close()
        self.screen.picture().save(self.pictures / "end.png")
        self.screen.close()
        self.processes.close()


@pytest.fixture
def hall(tmp_path: Path, processes: Processes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    made = Hall(tmp_path, processes)
    yield made
    made.close()


def fill(screen: Screen, name: str, text: str) -> None:
    screen.touch(f"field.{name}")
    screen.settled()
    screen.paste(text)


def lodge(hall: Hall, screen: Screen) -> str:
    """Lodges a major 投诉 by touches and keys, and returns its number."""
    screen.touch("rail.lodge")
    screen.touch("ground.service")
    fill(screen, "text", TEXT)
    fill(screen, "happened", "11月20日上午10点")
    fill(screen, "place", "二楼2号窗口")
    fill(screen, "respondent", "戴眼镜的女工作人员")
    fill(screen, "name", "䶮𠮷")
    screen.touch("unit.civil")
    screen.touch("weight.major")
    until("the form to be whole", lambda: screen.has("lodge.send"))
    screen.key("ctrl+Return")
    until("the number", lambda: screen.has("lodged.attach"))
    ((number,),) = hall.rows("SELECT number FROM \"case\" WHERE kind = 'grievance'")
    return str(number)


@pytest.mark.rule("R10", "R11", "R12", "R13")
def test_a_major_grievance_is_lodged_and_its_written_form_goes_up_though_the_hub_was_away(hall: Hall) -> None:
    screen = hall.shift()
    number = lodge(hall, screen)
    screen.save(hall.pictures / "lodged.png")
    screen.touch("lodged.attach")
    screen.touch("file.1")
    screen.touch("paper.send")
    until("the first chunk", lambda: hall.rows("SELECT 1 FROM chunk"))
    hall.processes.signal("hub", signal.SIGSTOP)  # in the middle: the rest goes up later
    hall.processes.kill("hub")
    assert 0 < len(hall.rows("SELECT 1 FROM chunk")) < chunk_count(len(FORM))
    screen.save(hall.pictures / "away.png")
    hall.running.start_hub()
    hall.running.ready_hub()
    until("the written form", lambda: hall.rows("SELECT written_at FROM grievance WHERE written_at IS NOT NULL"))
    supervisor = hall.link("supervisor", "09", "4712")
    detail = supervisor.ask(m.ReadCase(case_number=number))
    assert isinstance(detail, m.CaseDetail)
    assert (detail.text, detail.line.confidential) == (TEXT, True)
    assert detail.grievance is not None
    assert (detail.grievance.respondent, detail.grievance.weight) == ("戴眼镜的女工作人员", ("major",))
    (chunks,) = hall.rows("SELECT COUNT(*) FROM chunk")
    assert chunks == (chunk_count(len(FORM)),)
    look_and_save(hall, screen, number)


def look_and_save(hall: Hall, screen: Screen, number: str) -> None:
    """The paper comes back to the letter, into a file of its own that nobody else reads; nothing else is left."""
    screen.touch("paper.done")
    screen.key("ctrl+2")
    screen.touch(f"case.{number.split('-')[2]}")
    until("the case", lambda: screen.has("case." + number.split("-")[2]))
    until("its papers", lambda: screen.has("paper.look.1") or scrolled(screen))
    screen.touch("paper.look.1")
    until("the paper", lambda: screen.has("paper.save_as"))
    screen.touch("paper.save_as")
    screen.settled()
    screen.touch("paper.save")
    copy = hall.home / "书面投诉（䶮𠮷）（2）.pdf"
    until("the file", copy.exists)
    assert copy.read_bytes() == FORM
    assert copy.stat().st_mode & 0o777 == 0o600
    papers = [one for one in hall.home.rglob("*") if one.is_file() and FORM[:200] in one.read_bytes()]
    assert sorted(papers) == sorted([hall.home / "书面投诉（䶮𠮷）.pdf", copy])


def scrolled(screen: Screen) -> bool:
    """Turns the wheel over the case, where its papers are further below."""
    screen._xdotool("mousemove", "1000", "600", "click", "--repeat", "4", "--delay", "20", "5")
    screen.settled()
    return screen.has("paper.look.1")


@pytest.mark.rule("R17", "R71")
def test_a_supervisor_exports_the_ledger_and_has_a_case_forget_its_citizen(hall: Hall) -> None:
    keys = lookup_keys(1)
    complaint = m.FileComplaint(
        matter="other",
        reasons=("other",),
        on_paper=m.LookupSecrets(token=keys.token, typed=keys.typed),
        name="䶮𠮷",
        text=f"=1+1，{TEXT}",
    )
    filed = hall.link("kiosk-1").ask(complaint)
    assert isinstance(filed, m.ComplaintAccepted)
    window = hall.link("window-2", "06", "4711")
    assert window.ask(m.TriageCase(case_number=filed.case_number, finding="属实")) == m.Done()
    assert window.ask(m.AnswerOnTheSpot(case_number=filed.case_number, text="已当场讲清。")) == m.Done()
    screen = hall.shift("supervisor", "09", "4712")
    screen.touch("rail.ledger")
    screen.touch("ledger.send")
    (written,) = until("the ledger", lambda: list(hall.home.glob("*.xlsx")))
    rows = office.rows_of(written)[3:]
    assert [filed.case_number in one for one in rows] == [True]
    assert any(f"=1+1，{TEXT}" in cell for cell in rows[0]), "as text: no formula stands in it"
    assert written.stat().st_mode & 0o777 == 0o600
    screen.touch("rail.erase")
    fill(screen, "case_number", filed.case_number)
    fill(screen, "because", "本人书面申请")
    screen.touch("field.again")
    screen.settled()
    screen.write(filed.case_number)
    screen.touch("erase.send")

    def forgotten() -> bool:
        detail = window.ask(m.ReadCase(case_number=filed.case_number))
        return isinstance(detail, m.CaseDetail) and (detail.name, detail.text) == ("", "")

    until("the erasure", forgotten)
