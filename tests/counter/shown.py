"""The pictures of the gallery by name: what a person does at each page before it is looked at."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from counter import checklists
from counter.checklists import Sheet
from counter.lodging import Told
from counter.printing import Printing
from hub.wire import messages as m
from printers.driver import Outcome
from tests.counter import line_states, states
from tests.counter.gallery import State
from tests.counter.makers import LONG_TEXT, NOON, TODAY, line

TOLD = Told(
    ground="bribery",
    text=LONG_TEXT * 3,
    respondent="二楼5号窗口戴眼镜、工牌被遮住的女工作人员，自称姓𠮷",
    department="registry-1",
    happened="11月20日（周五）上午10点20分左右",
    place="二楼不动产登记5号窗口",
    weight=("major",),
    name="歐陽䶮𠮷",
    phone="13800000000",
)


FILED = replace(states.whole(), line=replace(states.whole().line, stage="filed", department="", work_order_id=""))
SIMILAR = m.SimilarList(
    ready=True,
    cases=tuple(
        m.SimilarCase(
            case_number=states.NUMBER,
            closed_on=dt.date(2026, 10, 8),
            matter=matter,
            department="registry-1",
            cause=cause,
            answer=LONG_TEXT * times,
            level=level,
            alike=alike,
        )
        for matter, cause, times, level, alike in (
            ("transfer-inheritance", LONG_TEXT, 1, "satisfied", 78),
            ("other", "", 2, "", 41),
            ("transfer-sale", "两家对公证的要求不一致。", 1, "very_unsatisfied", 12),
        )
    ),
)


class Nothing:
    """A printer that is never asked."""

    def print_job(self, data: bytes) -> Outcome:
        raise AssertionError(data)

    def close(self) -> None:
        pass


def all_states(folder: Path) -> dict[str, State]:
    stick = states.scan(folder)
    refused = replace(
        states.whole(), steps=(*states.whole().steps, states.step("propose_refusal", 32, "所涉房屋尚在查封期内。"))
    )

    def case(scroll: float) -> Any:
        def prepare(place: Any, shell: Any) -> None:
            shell.open_case(states.NUMBER)
            shell.show()
            shell.cases.case.view.scroll_y = scroll

        return prepare

    def traced(place: Any, shell: Any) -> None:
        case(1)(place, shell)
        place.case_file.explain()
        shell.show()

    def lodge(told: Told | None, *, send: bool = False) -> Any:
        def prepare(place: Any, shell: Any) -> None:
            shell.turn_to("lodge")
            page = shell.pages["lodge"]
            if told is not None:
                page.told = told
                page._lay()
            if send:
                page.submit()

        return prepare

    def slip(place: Any, shell: Any) -> None:
        shell.turn_to("slip")
        page = shell.pages["slip"]
        page.choice.touches["archive"].on_tap() if "archive" in page.choice.touches else None
        page.choice.step(1)
        page.submit()

    def learning(found: m.SimilarList) -> Any:
        def prepare(place: Any, shell: Any) -> None:
            place._link.answers[m.SimilarCases] = found
            shell.open_case(states.NUMBER)
            shell.show()
            action = next(one for one in place.actions() if one.code in ("triage", "answer_on_the_spot"))
            shell.cases.compose(action)

        return prepare

    def turn(tab: str) -> Any:
        return lambda place, shell: shell.turn_to(tab)

    def checklist(stage: str) -> Any:
        def prepare(place: Any, shell: Any) -> None:
            shell.turn_to("checklist")
            page = shell.pages["checklist"]
            page.open("transfer-sale")
            if stage == "read":
                return
            page.begin()
            if stage == "changes":
                before = checklists.sheet_of(states.CHECKLIST)
                parts = [(kind, text) for kind, text in before.parts if kind != "time_limit"]
                page.writing = Sheet(
                    parts=(*parts, ("time_limit", "法定 30 个工作日，承诺 1 个工作日；材料齐全的当场办结。")),
                    materials=(
                        *before.materials[:1],
                        *before.materials[2:],
                        "婚姻状况证明（共有情形，𠮷祥街一带適用）",
                    ),
                )
                page.check()

        return prepare

    def choose(place: Any, shell: Any) -> None:
        shell.open_case(states.NUMBER)
        place.papers.add(states.NUMBER, is_grievance=True, kind="written_form")
        place.papers.go(stick)
        place.papers.choose(next(one for one in place.papers.items if one.path.suffix == ".png"))

    def sending(place: Any, shell: Any) -> None:
        place._link.answers[m.BeginAttachment] = m.AttachmentBegun(
            attachment_id=f"{states.NUMBER}/a4", chunk_bytes=256 << 10, have=(0, 1, 2)
        )
        choose(place, shell)
        place.papers.choose(next(one for one in place.papers.items if "電子" in one.path.name))
        place.papers.send()

    def looking(place: Any, shell: Any) -> None:
        shell.open_case(states.NUMBER)
        content = (stick / "书面投诉.png").read_bytes()
        place._link.answers[m.ReadAttachment] = lambda asked: m.AttachmentChunk(data=content, more=False)
        place.papers.look(replace(states.whole().attachments[2], size_bytes=len(content)))

    def saving(place: Any, shell: Any) -> None:
        looking(place, shell)
        place.papers.save_as()
        place.papers.go(stick)
        place.papers.name = "书面投诉.png"
        place.papers.save()

    def ledger(place: Any, shell: Any) -> None:
        columns = tuple(m.LedgerColumn(code=one.code, name=one.name) for one in place.policy.forms.ledger.value)
        row = m.LedgerRow(cells=tuple("一" for _ in columns))
        page = m.Ledger(columns=columns, rows=(row,) * 200, last=line(7).case_number, more=True)
        shell.turn_to("ledger")
        asked: list[m.ExportLedger] = []

        def once(wanted: m.ExportLedger) -> m.Ledger | None:
            asked.append(wanted)
            return page if len(asked) == 1 else None

        place._link.answers[m.ExportLedger] = once
        one = shell.pages["ledger"]
        one.first.value, one.last.value = TODAY - dt.timedelta(days=22), TODAY + dt.timedelta(days=7)
        one.begin()

    def erase(place: Any, shell: Any) -> None:
        place.session.selected = states.NUMBER
        shell.turn_to("erase")
        page = shell.pages["erase"]
        page.because.value = "本人于2026年11月23日书面申请清除，保存期限已满。"
        page.told = replace(page.told, because=page.because.value)

    def suggestions(place: Any, shell: Any) -> None:
        lines = tuple(
            m.SuggestionLine(number=f"YJ-20261123-{at:03d}", kind=kind, state="left", left_at=NOON)
            for at, kind in enumerate(("criticism", "suggestion", "praise") * 6, 1)
        )
        place._link.answers[m.ListSuggestions] = m.SuggestionList(suggestions=lines)
        detail = m.SuggestionDetail(line=lines[0], text=LONG_TEXT, name="", phone="13900001111", language="zh_Hans")
        place._link.answers[m.ReadSuggestion] = detail
        shell.turn_to("suggestions")
        page = shell.pages["suggestions"]
        page._choose("suggestion", lines[0].number)
        page.result.value = "已与当事窗口沟通，取号机旁加了两把椅子，并向本人道歉。"
        page.done_text = page.result.value

    def form(place: Any, shell: Any) -> None:
        shell.open_case(states.NUMBER)
        place.forms.look(states.NUMBER, "transfer")

    def printing(prepare: Any) -> Any:
        """The same at a terminal with a printer, which has just failed."""

        def prepared(place: Any, shell: Any) -> None:
            place.printing = Printing(lambda _stopping: Nothing(), lambda _sheet: b"", lambda: None)
            prepare(place, shell)
            shell.show()
            place.printing.state, place.printing.why = "failed", "nonsense_answer"

        return prepared

    def devices(place: Any, shell: Any) -> None:
        place._link.answers[m.ReadTerminals] = states.terminals(place.hall)
        shell.turn_to("devices")

    return {
        **line_states.all_states(),
        "devices": State("supervisor", devices, hall="wuxi"),
        "form": State("window", form, hall="shanting"),
        "form-print": State("window", printing(form), hall="shanting"),
        "similar": State("window", learning(SIMILAR), of=FILED),
        "similar-none": State("window", learning(m.SimilarList(ready=True)), of=FILED),
        "similar-looking": State("window", learning(m.SimilarList(ready=False)), of=FILED),
        "case-top": State("window", case(1.0)),
        "case-middle": State("window", case(0.45)),
        "case-trace": State("supervisor", traced),
        "case-end": State("window", case(0.0)),
        "case-refusal": State("window", case(0.62), of=refused),
        "case-refusal-print": State("window", printing(case(0.8)), of=refused),
        "case-grievance": State("window", case(1.0), of=states.grievance()),
        "lodge-empty": State("window", lodge(None), hall="dahepingxiang"),
        "lodge-full": State("window", lodge(replace(TOLD, department="civil"), send=False), hall="dahepingxiang"),
        "lodge-done": State("window", lodge(TOLD, send=True), hall="dahepingxiang"),
        "slip": State("window", slip),
        "slip-print": State("window", printing(slip)),
        "posts-window": State("window", turn("posts"), hall="wuxi"),
        "posts-supervisor": State("supervisor", turn("posts"), hall="yunfu"),
        "checklist-read": State("window", checklist("read"), hall="yunfu"),
        "checklist-write": State("supervisor", checklist("write"), hall="yunfu"),
        "checklist-changes": State("supervisor", checklist("changes"), hall="yunfu"),
        "paper-choose": State("window", choose),
        "paper-sending": State("window", sending),
        "paper-look": State("window", looking),
        "paper-save": State("window", saving),
        "ledger": State("supervisor", ledger, hall="shanting"),
        "erase": State("supervisor", erase),
        "suggestions": State("window", suggestions, hall="wuxi"),
    }
