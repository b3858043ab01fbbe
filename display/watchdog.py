"""`bancheng-display`: the watchdog (`display.watch.watchdog`) over the wall's window, whose arguments all are."""

from __future__ import annotations

from display.watch.watchdog import watch


def main() -> None:
    watch("display")


if __name__ == "__main__":
    main()
