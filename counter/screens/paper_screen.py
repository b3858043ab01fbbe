"""Papers of a case over the whole width: choosing a file, its way to the hub, looking at one, saving it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter import naming, particulars
from counter.papers import Papers, Stage
from counter.screens.choices import Choice, Option
from counter.screens.fields import Words, question
from counter.screens.file_list import FileList, PlaceList
from counter.screens.glyphs import readable
from counter.screens.page import aside, between, title
from counter.screens.parts import BODY_PX, Column, Press, Row, Scroll, heading, side, small
from counter.screens.picture import picture_of
from counter.screens.progress import Bar
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Text

PLACES_PX, CHOSEN_PX = 440, 520
KINDS = ("evidence", "consent", "signature")


class PaperScreen(BoxLayout):
    """Shows what `Papers` holds; rebuilt when its stage changes."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(**settings)
        self.place = place
        self.papers: Papers = place.papers
        self._shown: tuple[Stage, bool] = ("", False)
        self._update: Callable[[], None] = lambda: None
        self.name: Words | None = None

    def show(self) -> None:
        wanted = (self.papers.stage, bool(self.papers.content))
        if wanted != self._shown:
            self._shown = wanted
            if self.name is not None:
                self.name.wipe()
                self.name = None
            self.clear_widgets()
            lay = {"choose": self._choose, "send": self._send, "look": self._look, "save": self._save}
            self._update = lay[self.papers.stage]() if self.papers.stage else lambda: None
        self._update()

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        if key == "escape":
            self.papers.back()
        elif key == "enter" and ctrl:
            {"choose": self.papers.send, "save": self.papers.save}.get(self.papers.stage, lambda: None)()
        else:
            return False
        return True

    # --- the four stages; each lays out and gives back what brings it up to date

    def _choose(self) -> Callable[[], None]:
        papers = self.papers
        options = [Option(one, self._say(f"attachment.{one}")) for one in self._kinds()]

        def kind_chosen(_name: str, kind: str) -> None:
            papers.kind = next(one for one in self._kinds() if one == kind)

        kinds = Choice("kind", papers.kind, kind_chosen, options=options, columns=1, row_px=60)
        files = FileList(self.place)
        chosen, told = Text("", font_px=BODY_PX, bold=True), small("", font_px=23)
        trouble = Text("", font_px=23, bold=True, color=P.seal, pitch=1.5)
        send = Press("paper.send", self._say("paper.send"), papers.send, kind="primary", height=84, font_px=29)
        preview = BoxLayout(size_hint_y=None, height=0)
        self._columns(
            files,
            aside(
                question(self._say("paper.kind"), kinds),
                Column(heading(self._say("paper.chosen")), chosen, told, spacing=4),
                preview,
                trouble,
                small(self._say("paper.taken")),
                width=CHOSEN_PX,
                foot=send,
            ),
        )

        def update() -> None:
            files.show()
            item = papers.chosen
            chosen.text = readable(item.path.name) if item else self._say("paper.nothing")
            told.text = self._told(item.size_bytes) if item else ""
            trouble.text = self._say(f"paper.trouble.{papers.trouble}") if papers.trouble else ""
            send.disabled = item is None or bool(papers.trouble) or not self.place.live

        return update

    def _send(self) -> Callable[[], None]:
        bar = Bar()
        name = Text("", font_px=34, bold=True)
        said = Text("", font_px=BODY_PX, pitch=1.5)
        back = self._back("paper.done", "paper.done")
        self.add_widget(_middle(Text(self._say("paper.sending"), font_px=44, bold=True), name, bar, said, back))

        def update() -> None:
            transfer = self.papers.transfer
            if transfer is None:
                return
            name.text, bar.part = readable(transfer.name), transfer.part
            if transfer.state == "failed" and transfer.why is not None:
                said.text, said.color = self.place.say.rejected(transfer.why), P.seal
            elif transfer.state == "done":
                said.text = self._say("paper.stored")
            else:
                key = "paper.on_the_way" if self.place.live else "paper.waits"
                said.text = self._say(key, done=self._told(transfer.done_bytes), size=self._told(transfer.size_bytes))
            done = transfer.state in ("done", "failed")
            back.text = self._say("paper.done" if done else "paper.give_up")
            back.kind = "primary" if transfer.state == "done" else "secondary"

        return update

    def _look(self) -> Callable[[], None]:
        papers, paper = self.papers, self.papers.paper
        if paper is None:
            return lambda: None
        back = self._back("paper.back", "compose.back")
        save = Press(
            "paper.save_as", self._say("paper.save_as"), papers.save_as, height=72, size_hint_x=None, width=230
        )
        save.disabled = not papers.content
        named = Column(
            Text(readable(paper.name), font_px=30, bold=True, max_lines=1, min_px=20),
            small(self._about()),
            spacing=0,
            pos_hint={"center_y": 0.5},
        )
        box = BoxLayout(orientation="vertical", padding=(36, 24), spacing=16)
        box.add_widget(Row(named, save, back, height=76, spacing=16))
        bar, said = Bar(), Text("", font_px=BODY_PX, pitch=1.5)
        drawn = picture_of(papers.content) if papers.content and paper.media_type != "pdf" else None
        if drawn is not None:
            box.add_widget(drawn)
        else:
            box.add_widget(_middle(bar, said))
        self.add_widget(box)

        def update() -> None:
            transfer = papers.transfer
            if transfer is None:
                return
            bar.part = transfer.part
            if transfer.state == "failed" and transfer.why is not None:
                said.text, said.color = self.place.say.rejected(transfer.why), P.seal
            elif papers.content:
                said.text = self._say("paper.not_drawn")
            else:
                said.text = self._say("paper.coming" if self.place.live else "page.stale")

        return update

    def _save(self) -> Callable[[], None]:
        papers = self.papers
        files = FileList(self.place, folders_only=True)

        def named(_name: str, text: str) -> None:
            papers.name, papers.trouble, papers.saved = text, "", None
            update()

        self.name = name = Words("file_name", papers.name, named)
        trouble = Text("", font_px=23, bold=True, pitch=1.5)
        save = Press("paper.save", self._say("paper.save"), papers.save, kind="primary", height=84, font_px=29)
        self._columns(
            files,
            aside(
                question(self._say("paper.file_name"), name),
                small(self._say("paper.private"), font_px=23),
                trouble,
                width=CHOSEN_PX,
                foot=save,
            ),
        )

        def update() -> None:
            files.show()
            name.value = papers.name
            if papers.saved is not None:
                trouble.text, trouble.color = self._say("paper.saved", path=papers.saved), P.ink
            else:
                trouble.text = self._say(f"paper.trouble.{papers.trouble}") if papers.trouble else ""
                trouble.color = P.seal
            save.disabled = not papers.name.strip() or papers.saved is not None

        return update

    # --- pieces

    def _columns(self, files: FileList, right: Widget) -> None:
        key = "paper.save_title" if self.papers.stage == "save" else "paper.choose"
        number = self.papers.case_number or (self.papers.paper.attachment_id.split("/")[0] if self.papers.paper else "")
        back = self._back("paper.back", "compose.back")
        places = PlaceList(self.place)
        self.add_widget(side(title(self._say(key), number), Scroll(places), back, size_hint_x=None, width=PLACES_PX))
        self.add_widget(between())
        self.add_widget(files)
        self.add_widget(between())
        self.add_widget(right)

    def _back(self, key: str, words: str) -> Press:
        return Press(key, self._say(words), self.papers.back, shortcut="Esc", height=72, size_hint_x=None, width=210)

    def _kinds(self) -> tuple[Any, ...]:
        return (("written_form",) if self.papers.is_grievance else ()) + KINDS

    def _about(self) -> str:

        paper = self.papers.paper
        return particulars.paper(self.place.say, paper) if paper is not None else ""

    def _told(self, size_bytes: int) -> str:

        return naming.size(self.place.say, size_bytes)

    def _say(self, key: str, **values: object) -> str:
        return self.place.say.words(key, **values)


def _middle(*children: Widget) -> BoxLayout:
    """A column in the middle of the room."""
    box = BoxLayout(orientation="vertical", padding=(360, 0))
    box.add_widget(Widget())
    box.add_widget(Column(*children, spacing=24))
    box.add_widget(Widget())
    return box
