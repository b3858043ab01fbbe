"""Makes the screens that a kiosk rehearses, as it does after its start: a line of JSON tells what came of it.

`{"names": [...], "kept": whether the next keyboard has the very keys, "typed": what they write there}`.
"""

from __future__ import annotations

import datetime as dt
import json
from types import SimpleNamespace
from typing import Any

from display.theme import window
from hub.domain.hall import Screen
from kiosk.modes import Modes


def main() -> None:
    window.prepare(1080, 1920, "rehearsing", cursor=False)
    from kiosk.input.means import Means
    from kiosk.screens.kit import Kit
    from kiosk.screens.rehearsal import rehearsal
    from tests.factories import a_hall, a_policy
    from tests.kiosk.screens.states import States, press, since_words

    glass = Screen(width_px=1080, height_px=1920, width_mm=268.0, height_mm=476.0)
    means = Means.installed()
    kit = Kit(a_hall("shanting"), a_policy("shanting"), glass, Modes(language="zh_Hans"))
    now = dt.datetime.now(dt.UTC)
    terminal: Any = SimpleNamespace(since=lambda: since_words(kit), now=now, today=now.date(), paper=None)
    names: list[str] = []
    keys: dict[str, Any] = {}
    for screen in rehearsal(kit, terminal, means):
        names.append(screen.name)
        if screen.name == "words":
            keys = _keys(screen)
        screen.wipe()
    words = States(kit, means).words("")
    kept = [name for name, key in _keys(words).items() if keys.get(name) is key]
    press(words, *"banzheng")
    print(json.dumps({"names": names, "kept": len(kept), "typed": words.writing.composition.letters}))
    means.close()


def _keys(screen: Any) -> dict[str, Any]:
    found = ((getattr(one, "touch_key", ""), one) for one in screen.walk())
    return {name: one for name, one in found if name.startswith("key.")}


if __name__ == "__main__":
    main()
