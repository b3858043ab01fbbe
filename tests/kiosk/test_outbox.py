"""The outbox: durable before sending, sealed, and never dropping a complaint."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hub.wire.codec import encode_request
from hub.wire.messages import PrintSlips
from kiosk.outbox import Entry, KeptBlock, Outbox, OutboxError
from tests.factories import FILED_AT, a_complaint

KEY = bytes(range(32))
TEXT = "窗口说《不动产登记簿》上坐落差一个字，䶮𠮷"


def an_entry(number: int = 0) -> Entry:
    return Entry(
        command_id=f"{number:032x}", complaint=a_complaint(number=number, text=TEXT, name="王芳", phone="13800138000")
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "terminals" / "kiosk-1" / "outbox.db"


def test_what_was_put_is_there_after_a_restart_in_order(path: Path) -> None:
    outbox = Outbox(path, KEY)
    for number in range(3):
        outbox.put(an_entry(number), FILED_AT + dt.timedelta(seconds=number))
    outbox.close()
    again = Outbox(path, KEY)
    assert again.waiting() == [an_entry(0), an_entry(1), an_entry(2)]
    again.close()


def test_answered_entries_wait_no_more_and_go_after_seven_days(path: Path) -> None:
    outbox = Outbox(path, KEY)
    outbox.put(an_entry(0), FILED_AT)
    outbox.put(an_entry(1), FILED_AT)
    outbox.answered(an_entry(0))
    assert outbox.waiting() == [an_entry(1)]
    assert outbox.kept() == [an_entry(0)]
    outbox.forget_old(FILED_AT + dt.timedelta(days=7))
    assert outbox.kept() == [an_entry(0)]
    outbox.forget_old(FILED_AT + dt.timedelta(days=7, seconds=1))
    assert outbox.kept() == []
    assert outbox.waiting() == [an_entry(1)]
    outbox.close()


def test_a_rejected_complaint_is_kept_for_ever_with_the_hubs_code(path: Path) -> None:
    outbox = Outbox(path, KEY)
    outbox.put(an_entry(0), FILED_AT)
    outbox.rejected(an_entry(0).command_id, "unknown_code")
    outbox.forget_old(FILED_AT + dt.timedelta(days=900))
    assert outbox.rejections() == {an_entry(0).command_id: "unknown_code"}
    assert outbox.count("rejected") == 1
    assert outbox.waiting() == []
    outbox.close()


@pytest.mark.rule("R65")
def test_one_block_of_slips_is_kept_until_another_takes_its_place(path: Path) -> None:
    outbox = Outbox(path, KEY)
    assert outbox.block() is None
    for command_id in ("a" * 32, "b" * 32):
        outbox.keep_block(KeptBlock(command_id=command_id, wanted=PrintSlips(service="general", count=20)))
    outbox.close()
    again = Outbox(path, KEY)
    kept = again.block()
    assert kept is not None
    assert kept.command_id == "b" * 32
    assert again.waiting() == []
    again.drop_block()
    assert again.block() is None
    again.close()


@pytest.mark.rule("R65")
def test_a_block_of_slips_that_cannot_be_read_is_an_error_that_names_the_file(path: Path) -> None:
    outbox = Outbox(path, KEY)
    with sqlite3.connect(path) as damaged:
        damaged.execute("INSERT INTO slip_block VALUES (1, x'00')")
    with pytest.raises(OutboxError, match=r"outbox\.db"):
        outbox.block()
    outbox.close()


@pytest.mark.rule("R13")
def test_nothing_personal_can_be_read_in_the_files_and_nobody_else_may_open_them(path: Path) -> None:
    outbox = Outbox(path, KEY)
    outbox.put(an_entry(0), FILED_AT)
    written = [one.read_bytes() for one in path.parent.iterdir()]
    for secret in (TEXT, "王芳", "13800138000", an_entry(0).complaint.on_paper.token):
        assert not any(secret.encode() in content for content in written)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    outbox.close()


def test_another_key_or_a_row_moved_under_another_id_is_an_error_that_names_the_file(path: Path) -> None:
    outbox = Outbox(path, KEY)
    outbox.put(an_entry(0), FILED_AT)
    outbox.close()
    stranger = Outbox(path, bytes(32))
    with pytest.raises(OutboxError, match=r"outbox\.key"):
        stranger.waiting()
    stranger.close()
    direct = sqlite3.connect(path)
    direct.execute("UPDATE outbox SET command_id = ?", ("f" * 32,))
    direct.commit()
    direct.close()
    outbox = Outbox(path, KEY)
    with pytest.raises(OutboxError):
        outbox.waiting()
    outbox.close()


def test_an_entry_from_the_outbox_is_sent_in_the_very_bytes_of_the_first_try(path: Path) -> None:
    outbox = Outbox(path, KEY)
    first = [an_entry(number) for number in range(3)]
    for entry in first:
        outbox.put(entry, FILED_AT)
    outbox.close()
    again = Outbox(path, KEY)
    frames = [encode_request(entry.command_id, entry.complaint) for entry in first]
    assert [encode_request(entry.command_id, entry.complaint) for entry in again.waiting()] == frames
    again.close()


def test_the_same_command_id_twice_is_an_error(path: Path) -> None:
    outbox = Outbox(path, KEY)
    outbox.put(an_entry(0), FILED_AT)
    with pytest.raises(OutboxError):
        outbox.put(an_entry(0), FILED_AT)
    outbox.close()


def test_a_folder_that_cannot_be_made_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutboxError, match="start the kiosk again"):
        Outbox(tmp_path / "file" / "outbox.db", KEY)


def test_a_process_killed_right_after_putting_left_the_complaint_behind(path: Path) -> None:
    killed = (
        "import os, signal, sys; from pathlib import Path; from kiosk.outbox import Outbox\n"
        "from tests.kiosk.test_outbox import KEY, an_entry; from tests.factories import FILED_AT\n"
        "Outbox(Path(sys.argv[1]), KEY).put(an_entry(7), FILED_AT); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", killed, str(path)], cwd=os.getcwd(), check=False)
    assert done.returncode == -9
    outbox = Outbox(path, KEY)
    assert outbox.waiting() == [an_entry(7)]
    outbox.close()
