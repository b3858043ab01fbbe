"""`bancheng-kiosk`: the watchdog (`display.watch.watchdog`) over the kiosk's window.

It holds nothing of a citizen: what the window knew is gone with it, and what was confirmed lies in the outbox. All
arguments are the window's: `bancheng-kiosk --help`.
"""

from __future__ import annotations

from display.watch.watchdog import watch


def main() -> None:
    watch("kiosk")


if __name__ == "__main__":
    main()
