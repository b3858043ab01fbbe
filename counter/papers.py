"""What is done with the papers of a case: choosing a file, sending it up, looking at one, saving it.

Holds what the screen shows and no widget. A paper's bytes are in memory only, and gone with `close`; a file is written
where a person chose it and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from counter import files
from counter.files import FileTrouble, Item, Place
from counter.transfers import Ask, Download, Transfer, Upload
from hub.domain.attachment import AttachmentKind, AttachmentRefused, check_size, media_type
from hub.wire.messages import AttachmentView

Stage = Literal["", "choose", "send", "look", "save"]
Trouble = Literal["", "not_taken", "too_large", "empty", "unreadable", "unwritable", "exists", "no_name"]
NAME_AT_MOST = 120
"""`BeginAttachment.name`; a longer one is cut before its suffix."""


class Papers:
    """One thing is done at a time. `stored` is called when the hub has a new paper whole."""

    def __init__(self, ask: Ask, changed: Callable[[], None], stored: Callable[[], None], home: Path) -> None:
        self._ask, self._changed, self._stored, self._home = ask, changed, stored, home
        self.stage: Stage = ""
        self.case_number = ""
        self.kind: AttachmentKind = "evidence"
        self.is_grievance = False
        self.folder = home
        self.items: list[Item] = []
        self.chosen: Item | None = None
        self.trouble: Trouble = ""
        self.name = ""
        """The name under which it is saved."""
        self.saved: Path | None = None
        self.sent: set[tuple[str, AttachmentKind]] = set()
        """What was stored in this shift: case and kind."""
        self.paper: AttachmentView | None = None
        self.content = b""
        self.transfer: Transfer | None = None

    # --- choosing and sending

    def add(self, case_number: str, *, is_grievance: bool = False, kind: AttachmentKind = "evidence") -> None:
        """Opens the choice of a file for a case."""
        self.close()
        self.stage, self.case_number, self.kind, self.is_grievance = "choose", case_number, kind, is_grievance
        self.go(self.places()[0].path)

    def places(self) -> list[Place]:
        return files.places(self._home)

    def go(self, folder: Path) -> None:
        """Looks into a folder; one that cannot be read leaves where one was."""
        try:
            self.items = files.listing(folder)
        except FileTrouble:
            self.trouble = "unreadable"
        else:
            self.folder, self.chosen, self.trouble = folder, None, ""
        self._changed()

    def up(self) -> None:
        self.go(self.folder.parent)

    def choose(self, item: Item) -> None:
        """A folder is opened, a file chosen."""
        if item.is_folder:
            self.go(item.path)
            return
        self.chosen, self.trouble = item, "too_large" if item.too_large else "" if item.size_bytes else "empty"
        self._changed()

    def send(self) -> None:
        """Sends the chosen file, if its bytes are of a kind that is taken."""
        if self.chosen is None or self.trouble:
            return
        try:
            content = files.read(self.chosen.path)
            check_size(len(content), 0)
            media_type(content)
        except FileTrouble:
            self.trouble = "unreadable"
        except AttachmentRefused:
            self.trouble = "not_taken"
        else:
            self.stage = "send"
            self.transfer = Upload(
                self.case_number,
                self.kind,
                _short(self.chosen.path.name),
                content,
                self._ask,
                self._changed,
                lambda _attachment_id: self._whole(),
            )
        self._changed()

    # --- looking and saving

    def look(self, paper: AttachmentView) -> None:
        """Fetches a paper to look at, or to save where it cannot be drawn."""
        self.close()
        self.stage, self.paper = "look", paper
        self.transfer = Download(
            paper.attachment_id, paper.name, paper.size_bytes, self._ask, self._changed, self._fetched
        )
        self._changed()

    def save_as(self) -> None:
        """Asks where the paper that was fetched shall be saved."""
        if self.paper is None or not self.content:
            return
        self.stage, self.saved = "save", None
        self.go(self.places()[0].path)
        self.name = files.free_name(self.folder, self.paper.name).name
        self._changed()

    def save(self) -> None:
        """Writes it into the folder that is shown; where there is such a file another name is proposed."""
        name = self.name.strip()
        if not name or name != Path(name).name or name.startswith("."):
            self.trouble = "no_name"
            self._changed()
            return
        try:
            files.save_new(self.folder / name, self.content)
        except FileExistsError:
            self.trouble, self.name = "exists", files.free_name(self.folder, name).name
        except FileTrouble:
            self.trouble = "unwritable"
        else:
            self.saved, self.trouble = self.folder / name, ""
        self._changed()

    def back(self) -> None:
        """One step back; from the first one nothing is open any more."""
        before: dict[Stage, Stage] = {"save": "look"}
        if self.stage in before:
            self.stage, self.trouble = before[self.stage], ""
        else:
            self.close()
        self._changed()

    def close(self) -> None:
        """Forgets everything, what is under way too; the hub keeps the chunks it has for another try."""
        if self.transfer is not None:
            self.transfer.give_up()
        self.stage, self.case_number, self.trouble = "", "", ""
        self.items, self.chosen, self.name, self.saved = [], None, "", None
        self.paper, self.content, self.transfer = None, b"", None

    def forget(self) -> None:
        """As `close`, at the end of a shift."""
        self.close()
        self.sent = set()

    def _whole(self) -> None:
        self.sent.add((self.case_number, self.kind))
        self._stored()

    def _fetched(self, content: bytes) -> None:
        self.content = content


def _short(name: str) -> str:
    path = Path(name)
    return name if len(name) <= NAME_AT_MOST else path.stem[: NAME_AT_MOST - len(path.suffix)] + path.suffix
