"""More windows than a template has, all of one service, each open with somebody logged in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from hub.store import windows
from hub.store.transaction import one_transaction
from hub.wire import messages as m
from tests.running_hall import RunningHall

SERVICE = "counting"
STAFF, PIN = "06", "480615"


def described(numbers: Iterable[int]) -> str:
    """What the hall's file has of them more: the service, the windows, their terminals."""
    return f'\n[[services]]\ncode = "{SERVICE}"\nletter = "Z"\nname = "点钞"\n' + "".join(
        f'\n[[windows]]\nnumber = {n}\nservices = ["{SERVICE}"]\n'
        f'\n[[terminals]]\nname = "window-{n}"\nrole = "window"\nwindow = {n}\n'
        for n in numbers
    )


def open_all(hall: RunningHall, numbers: Iterable[int]) -> None:
    """Before its hub starts."""
    hall.staff(STAFF, "王芳", "window", PIN)
    with one_transaction(hall.directory.database) as tx:
        for number in numbers:
            windows.bind(tx, hall.hall.code, f"window-{number}", STAFF, dt.datetime.now(dt.UTC))
            windows.save(tx, hall.hall.code, m.WindowView(number=number, open=True))
