"""One morning at the hall, driven from outside: touches, mouse and keyboard at real windows, and what came of it.

The citizen's own case goes the whole way: kiosk, paper, window, department, phone. Every step is waited for where a
person would see it; one that does not happen raises `NotInTime`.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image
from rich.console import Console

from hub.domain.lookup import grouped
from hub.domain.numbers import case_serial
from hub.keys import load_secret
from hub.link import Link
from hub.wire.messages import CaseDetail, LoggedIn, LogIn, PostBulletin, ReadCase
from printers.receipt import ComplaintReceipt
from printers.spool import Spool
from tests.demo.browser import photograph
from tests.demo.citizen import PHONE, TEXT, file_at_kiosk
from tests.demo.opening import CLIENTS, DEPARTMENT, WINDOW, Member, Opened
from tests.processes import NotInTime, until
from tests.screen import Screen

ANSWER = "您好，契税完税证明已在系统里查到，委托书不用再公证，以今天打印的清单为准，请带身份证来3号窗口办理。"
REPLY = (
    "已核对：房屋坐落“䶮山路18号”系录入错误，今天已更正，不用去公安开证明。"
    "您带身份证和本回执来窗口，当天领证。𠮷先生也可以委托家人来。"
)
BULLETIN = "窗口公告：11月25日上午系统升级，䶮山、𠮷村片区业务请到2号窗口"


def tell(opened: Opened, out: Path, console: Console) -> dict[str, Any]:
    """Plays the morning, writes pictures and `summary.json` to `out`, and returns the summary."""
    hall = opened.hall
    console.print("a clerk and a handler log in")
    for terminal, screen in ((WINDOW, opened.window), (DEPARTMENT, opened.department)):
        log_in(screen, opened.staff[terminal])
    watch = hall.link("window-1")
    console.print("a citizen files a complaint at the kiosk, by touches")
    file_at_kiosk(opened.kiosk, out)
    case_number = until("the citizen's case in the feed", lambda: _newest_case(watch))
    paper = until("the receipt on paper", lambda: next(iter(sorted(hall.paper.glob("receipt-*.png"))), None))
    address = _keep_receipt(paper, out)
    console.print(f"filed as {case_number}, the receipt says {address}")
    _same_words(hall.link(WINDOW, feed=False), case_number)

    console.print("more citizens file at once from other kiosks")
    _file_more(opened, out)
    console.print("the hall's notice goes up")
    _post_bulletin(opened)

    console.print("the window calls, answers one on the spot, sends one to a department")
    call_to_wall_ms = _call(opened, watch)
    dispatch(opened.window, case_number, out)
    opened.window.key("F8")
    answered_number = _call_and_answer(opened, watch)
    _call(opened, watch)
    opened.wall.save(out / "wall.png")

    console.print("the department accepts and replies")
    reply(opened.department, case_number, out)
    _same_words(hall.link(DEPARTMENT, feed=False), case_number)
    until("the reply in the feed", lambda: _stage(watch, case_number) == "replied")
    console.print("the citizen looks at the phone page")
    photograph(address, out / "page.png", must_show=(case_serial(case_number), "不用去公安开证明"))
    _keep_board(opened, out)

    counts = _count(hall.directory.database, out)
    timings = json.loads((out / "clients-timings.json").read_text())
    summary = {
        "case_number": case_number,
        "answered_on_the_spot": answered_number,
        "lookup_url": address,
        "typed_code": _typed_code(opened, case_number),
        "complaints": counts["cases"],
        "answered": sum(case.stage in ("replied", "answered_on_the_spot") for case in watch.picture.cases.values()),
        "duplicates": counts["duplicates"],
        "lost": counts["lost"],
        "timings_ms": {
            "submit_to_answer": round(statistics.median(timings["submit_to_answer"]), 2),
            "answer_to_counter": round(statistics.median(timings["answer_to_counter"]), 2),
            "call_to_wall": round(call_to_wall_ms, 1),
        },
    }
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n")
    watch.close()
    return summary


# --- staff at their windows, by mouse and keyboard


def log_in(screen: Screen, member: Member) -> None:
    screen.touch("login.staff")
    screen.write(member.code)
    screen.touch("login.pin")
    screen.write(member.pin)
    screen.touch("login.enter")
    until(f"{member.name} logged in", lambda: screen.has("rail.cases"))


def dispatch(screen: Screen, case_number: str, out: Path) -> None:
    """转办: the case goes to the department that its matter belongs to."""
    screen.touch("rail.cases")
    screen.touch(f"case.{case_serial(case_number)}")
    screen.touch("action.dispatch")
    screen.touch("department.real-estate")
    screen.touch("case_class.general")
    screen.touch("compose.send")
    until("the work order sent", lambda: "compose.send" not in screen.seen()["touch"])
    screen.save(out / "counter.png")
    screen.touch("rail.desk")


def reply(screen: Screen, case_number: str, out: Path) -> None:
    """The department takes the work order on and replies."""
    screen.touch("rail.cases")
    screen.touch(f"case.{case_serial(case_number)}")
    screen.touch("action.accept")
    screen.touch("action.reply")
    screen.touch("compose.text")
    screen.paste(REPLY)
    screen.save(out / "department.png")
    screen.touch("compose.send")


def _call(opened: Opened, watch: Link) -> float:
    """叫号 by F2; returns the milliseconds from the hub's event to changed pixels on the wall."""
    before = {ticket_id: ticket.calls for ticket_id, ticket in watch.picture.tickets.items()}
    opened.window.touch("rail.desk")
    until("the call button", lambda: opened.window.has("desk.call"))
    opened.wall.settled()
    still = opened.wall.glance()
    opened.window.key("F2")
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        watch.wait(0.001)
        if any(ticket.calls > before.get(ticket_id, 0) for ticket_id, ticket in watch.picture.tickets.items()):
            called = time.perf_counter()
            until("the call on the wall", lambda: opened.wall.glance() != still, every_s=0.002)
            return (time.perf_counter() - called) * 1000
    raise NotInTime("F2 called nobody within 10 s")


def _call_and_answer(opened: Opened, watch: Link) -> str:
    """Calls the next citizen and answers that case on the spot."""
    _call(opened, watch)
    called = max((t for t in watch.picture.tickets.values() if t.called_at), key=lambda t: t.called_at)
    screen = opened.window
    screen.touch("rail.cases")
    screen.touch(f"case.{case_serial(called.case_number)}")
    screen.touch("action.answer_on_the_spot")
    screen.touch("compose.text")
    screen.paste(ANSWER)
    screen.touch("compose.send")
    until("the answer in the feed", lambda: _stage(watch, called.case_number) == "answered_on_the_spot")
    screen.touch("rail.desk")
    screen.key("F8")
    return called.case_number


# --- everything else


def _file_more(opened: Opened, out: Path) -> None:
    argv = [sys.executable, "-m", "tests.demo.clients", "--hall", str(opened.hall.directory.path), "--out", str(out)]
    terminals = [f"--terminal={name}" for name in CLIENTS]
    subprocess.run([*argv, *terminals, "--watcher", "window-2"], check=True, timeout=120)


def _post_bulletin(opened: Opened) -> None:
    member = opened.staff["supervisor"]
    link = opened.hall.link("supervisor", feed=False)
    assert isinstance(link.ask(LogIn(staff=member.code, pin=member.pin)), LoggedIn)
    link.ask(PostBulletin(text=BULLETIN))
    link.close()


def _count(database: Path, out: Path) -> dict[str, int]:
    logs = sorted(str(log) for log in out.glob("client-*.jsonl"))
    counted = subprocess.run(
        [sys.executable, "-m", "tests.demo.count", str(database), *logs], capture_output=True, text=True, timeout=60
    )
    if counted.returncode:
        raise NotInTime(f"complaints were lost or there twice: {counted.stdout}{counted.stderr}")
    counts: dict[str, int] = json.loads(counted.stdout)
    return counts


def _same_words(link: Link, case_number: str) -> None:
    """Every character that the citizen typed has reached this terminal."""
    detail = link.ask(ReadCase(case_number=case_number))
    link.close()
    if not isinstance(detail, CaseDetail) or (detail.text, detail.phone) != (TEXT, PHONE):
        raise NotInTime(f"the case does not say what was typed at the kiosk: {detail}")


def _newest_case(watch: Link) -> str:
    watch.poll()
    return max(watch.picture.cases, default="")


def _stage(watch: Link, case_number: str) -> str:
    watch.poll()
    return watch.picture.cases[case_number].stage


def _keep_receipt(paper: Path, out: Path) -> str:
    """The paper's picture and bytes as sent; its QR code says the page's address."""
    (out / "receipt.png").write_bytes(paper.read_bytes())
    (out / "receipt.bin").write_bytes(paper.with_suffix(".bin").read_bytes())
    read = zxingcpp.read_barcodes(Image.open(paper).convert("L"))
    if not read:
        raise NotInTime(f"no QR code can be read on {paper}")
    return read[0].text


def _typed_code(opened: Opened, case_number: str) -> str:
    """The typed code below the QR code, from the kiosk's own spool: no machine reads it off the paper.

    The spool belongs to one program at a time, so this closes the kiosk.
    """
    hall = opened.hall
    hall.processes.stop("kiosk-1")
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        (command_id,) = db.execute('SELECT command_id FROM "case" WHERE number = ?', (case_number,)).fetchone()
    local = hall.directory.local("kiosk-1")
    spool = Spool(local / "spool.db", load_secret(local / "outbox.key"))
    receipt = spool.job(command_id).paper
    assert isinstance(receipt, ComplaintReceipt)
    typed = receipt.keys.typed
    spool.close()
    return grouped(typed)


def _keep_board(opened: Opened, out: Path) -> None:
    """What the LED board shows while the hall's notice is its page; what GB2312 lacks stands there as □."""
    log = opened.hall.processes.log("board")

    def shows_notice() -> bool:
        return "□山" in log.read_text().splitlines()[-1]

    until("the notice on the LED board", shows_notice, timeout_s=90)
    shutil.copy(opened.hall.board / "led.png", out / "led.png")
