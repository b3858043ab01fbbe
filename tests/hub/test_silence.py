"""What the hub writes for people to read says nothing a citizen told and no secret, whatever goes wrong."""

from __future__ import annotations

import io
import json
import threading
import traceback
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from hub import keys, status
from hub.link import Link
from hub.logs import Watch
from hub.server import Hub
from hub.service import reading, round as rounds
from hub.store import windows
from hub.store.transaction import StoreFailed
from hub.wire import codec, messages as m
from tests import factories
from tests.hub.desk import Desk, secrets_of
from tests.hub.raw import RawTerminal
from tests.processes import Processes, until
from tests.running_hall import RunningHall

pytestmark = [pytest.mark.e2e, pytest.mark.rule("R69", "R71")]

NAME, PHONE, WORDS, SINCE = "欧阳标记甲", "13987654321", "标记乙：跑了三趟", "标记丙那年"
ANSWERED, PIN, WRONG_PIN = "标记丁已办妥", "735914", "846025"
PAPER, LOST = secrets_of("paper of silence"), secrets_of("lost code of silence")


@pytest.fixture
def hall(tmp_path: Path, hub_log: tuple[io.BytesIO, Watch]) -> Iterator[RunningHall]:
    """A hall with its hub in this process, where its handlers can be broken."""
    made = RunningHall(tmp_path / "hall", Processes(tmp_path / "logs"))
    made.staff("06", "王芳", "window", PIN)
    hub = Hub(made.directory, watch=hub_log[1])
    thread = threading.Thread(target=hub.run)
    thread.start()
    yield made
    hub.stop()
    thread.join()


@pytest.fixture
def links(hall: RunningHall) -> Iterator[dict[str, Link]]:
    made = {name: hall.link(name) for name in ("kiosk-1", "window-3", "web")}
    yield made
    for one in made.values():
        one.close()


def planted(hall: RunningHall) -> list[str]:
    """All that must stand nowhere."""
    secret = [one.read_bytes() for one in hall.directory.keys.glob("*.secret")]
    return [
        *(NAME, PHONE, WORDS, SINCE, ANSWERED, PIN, WRONG_PIN),
        *(PAPER.token, PAPER.typed, LOST.token, LOST.typed),
        *(one.decode() for one in secret),
        *(keys.load_secret(path).hex() for path in (hall.directory.data_key, hall.directory.pepper)),
    ]


def said(hall: RunningHall, written: io.BytesIO) -> bytes:
    """Everything for people's eyes: log, metrics, status."""
    with urllib.request.urlopen(f"http://127.0.0.1:{hall.ports['metrics']}/metrics", timeout=10) as page:
        metrics = page.read()
    return b"\n".join([written.getvalue(), metrics, msgspec.json.encode(status.read(hall.directory))])


def nothing_planted(hall: RunningHall, written: io.BytesIO) -> None:
    everything = said(hall, written)
    for one in planted(hall):
        assert one.encode() not in everything
        assert json.dumps(one)[1:-1].encode() not in everything
        assert repr(one.encode())[2:-1].encode() not in everything


def logged(written: io.BytesIO, event: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    return [line for line in lines if line["event"] == event]


def complaint(**changes: Any) -> m.FileComplaint:
    told = {"name": NAME, "phone": PHONE, "text": WORDS, "since": SINCE, "on_paper": PAPER}
    return factories.a_complaint("shanting", **(told | changes))


def test_a_case_s_whole_way_is_logged_by_command_and_number_and_says_nothing_more(
    hall: RunningHall, links: dict[str, Link], hub_log: tuple[io.BytesIO, Watch]
) -> None:
    window, written = links["window-3"], hub_log[0]
    assert isinstance(window.ask(m.LogIn(staff="06", pin=PIN), timeout_s=30), m.LoggedIn)
    number = links["kiosk-1"].ask(complaint(), command_id="f" * 32).case_number
    assert isinstance(window.ask(m.ReadCase(case_number=number)), m.CaseDetail)
    assert isinstance(window.ask(m.AnswerOnTheSpot(case_number=number, text=ANSWERED)), m.Done)
    assert isinstance(links["web"].ask(m.LookUp(secret=PAPER.token)), m.Progress)
    (filed,) = logged(written, "complaint.filed")
    assert (filed["command_id"], filed["case"]) == ("f" * 32, number)
    assert [line["kind"] for line in logged(written, "command.done")] == ["ReadCase", "AnswerOnTheSpot"]
    assert {line["case"] for line in logged(written, "command.done")} == {number}
    nothing_planted(hall, written)


def test_what_is_refused_is_not_repeated_in_the_log(
    hall: RunningHall, links: dict[str, Link], hub_log: tuple[io.BytesIO, Watch]
) -> None:
    kiosk, window, web = links["kiosk-1"], links["window-3"], links["web"]
    for wrong in (
        {"matter": PHONE},
        {"reasons": (NAME,)},
        {"scope": WORDS},
        {"text": WORDS * 2000},
        {"name": NAME * 30},
    ):
        assert isinstance(kiosk.ask(complaint(**wrong)), m.Rejected)
    assert isinstance(kiosk.ask(m.TakeTicket(service=PHONE)), m.Rejected)
    assert isinstance(kiosk.ask(m.ReportPrint(job_id=PHONE, case_number=PHONE, state="sent")), m.Rejected)
    assert isinstance(kiosk.ask(m.ReportHealth(troubles=(NAME,))), m.Rejected)
    assert isinstance(window.ask(m.LogIn(staff=WRONG_PIN, pin=WRONG_PIN), timeout_s=30), m.Rejected)
    assert isinstance(window.ask(m.LogIn(staff="06", pin=WRONG_PIN), timeout_s=30), m.Rejected)
    assert isinstance(web.ask(m.LookUp(secret=LOST.token)), m.Rejected)
    assert isinstance(web.ask(m.LookUp(secret=LOST.typed)), m.Rejected)
    own = keys.load_pair(hall.directory.keys, "kiosk-1")
    with RawTerminal(hall.hall.hubs[0].commands, own, keys.load_public(hall.directory.keys, "hub")) as raw:
        whole = codec.encode_request("0" * 32, complaint())
        for frame in (
            whole.replace(b"kiosk", PHONE[:5].encode()),  # a channel that there is not
            whole.replace(b"FileComplaint", PHONE.encode() + b"xx"),  # a command of that name
            whole[:-1],
            whole.replace(b"0" * 32, PHONE.encode() * 2 + b"x" * 10),
        ):
            assert isinstance(raw.ask(frame)[1], m.Rejected)
    assert logged(hub_log[0], "command.rejected")
    assert logged(hub_log[0], "frame.rejected")
    nothing_planted(hall, hub_log[0])


def test_a_handler_that_fails_over_what_was_told_does_not_tell_it(
    hall: RunningHall, links: dict[str, Link], hub_log: tuple[io.BytesIO, Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    def filing(_books: Any, _draft: Any, _asked: Any, told: m.FileComplaint) -> Any:
        return {}[told.name + told.phone + told.text]

    def looking(_db: Any, _books: Any, _asked: Any, query: Any) -> Any:
        raise ValueError(query)

    monkeypatch.setitem(rounds.ADDITIVE, m.FileComplaint, filing)
    monkeypatch.setattr(reading, "answer", looking)
    assert links["kiosk-1"].ask(complaint()).code == "internal"  # type: ignore[union-attr]
    assert links["web"].ask(m.LookUp(secret=LOST.token)).code == "internal"  # type: ignore[union-attr]
    (failed,) = logged(hub_log[0], "command.failed")
    assert "builtins.KeyError" in failed["exception"]
    assert "in filing" in failed["exception"]
    assert logged(hub_log[0], "query.failed")
    nothing_planted(hall, hub_log[0])


def test_a_database_that_fails_over_what_was_told_does_not_tell_it_and_the_hub_serves_on(
    hall: RunningHall, links: dict[str, Link], hub_log: tuple[io.BytesIO, Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(db: Any, _hall: str, code: str) -> Any:
        return db.execute(text("SELECT * FROM nowhere WHERE staff = :code"), {"code": code}).one()

    monkeypatch.setattr(windows, "staff_member", broken)
    answer = links["window-3"].ask(m.LogIn(staff=WRONG_PIN, pin=PIN), timeout_s=30)
    assert answer.code == "internal"  # type: ignore[union-attr]
    (failed,) = logged(hub_log[0], "letter.failed")
    assert "no such table: nowhere" in failed["exception"]
    nothing_planted(hall, hub_log[0])
    assert isinstance(links["kiosk-1"].ask(complaint()), m.ComplaintAccepted)


def test_rows_that_the_database_refuses_are_not_repeated_in_the_log(
    hall: RunningHall, links: dict[str, Link], hub_log: tuple[io.BytesIO, Watch]
) -> None:
    kiosk = links["kiosk-1"]
    assert isinstance(kiosk.ask(complaint()), m.ComplaintAccepted)
    assert kiosk.ask(complaint()).code == "internal"  # type: ignore[union-attr] - the same keys for another case
    assert logged(hub_log[0], "batch.failed")
    nothing_planted(hall, hub_log[0])


def test_the_last_trouble_is_in_the_status(hall: RunningHall, links: dict[str, Link]) -> None:
    links["kiosk-1"].ask(m.CallNext())
    found = until("the trouble", lambda: (now := status.read(hall.directory)).last_trouble and now)
    assert found.last_trouble == "command.refused"


def test_an_error_of_the_database_quotes_no_parameter_even_where_it_is_told_whole(desk: Desk) -> None:
    with pytest.raises(StoreFailed) as wrong, desk.store.transaction() as tx:
        tx.execute(text("SELECT * FROM nowhere WHERE phone = :phone"), {"phone": PHONE})
    told = "".join(traceback.format_exception(wrong.value))
    assert "nowhere" in told
    assert PHONE not in told
