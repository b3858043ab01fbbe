"""docs/wire.md is complete: who writes a terminal from it alone misses nothing."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest

import hub
from hub.domain.attachment import AttachmentKind, MediaType
from hub.domain.care import NoticePart, RecordKind, Way
from hub.domain.case import CaseMove, Stage
from hub.domain.deadline import DayOff, Due, HallDay, HallDayKind, MovedBecause, Provisional, StartMoved, Why
from hub.domain.estimate import Wait
from hub.domain.facts import Medium
from hub.domain.grievance import CaseKind, Weight
from hub.domain.hall import Role, WindowWhy
from hub.domain.owed import Owed
from hub.domain.policy.clock import BreachCode
from hub.domain.policy.oversight import Kept
from hub.domain.policy.scope import AnswerKind
from hub.domain.requests import RequestKind, RequestState, ToldBy
from hub.domain.slips import Cause, Fault, Outcome
from hub.domain.slots import AppointmentKind, AppointmentState
from hub.domain.suggestions import SuggestionKind, SuggestionState
from hub.domain.ticket import Lane, TicketMove, TicketState
from hub.domain.trace import ActDone, Article, DayIs, Remark, TraceAct, TraceDay
from hub.service.books import CATCH_UP_AT_MOST
from hub.service.permissions import ALLOWED, WITHOUT_LOGIN
from hub.service.posts import DECIDED_BY
from hub.turns import EACH_ROUND, WAIT_AT_MOST, WAIT_AT_MOST_BYTES
from hub.wire import codec, messages as m
from hub.wire.calendar_commands import DayAs, Layer

SOURCE = Path(hub.__file__).parent
PAGE = (SOURCE.parent / "docs" / "wire.md").read_text()
ROLES: tuple[Role, ...] = get_args(Role)
NAMED_VALUES = {
    "kept category": Kept,
    "part of a fairness report": m.FairnessPart,
    "role": Role,
    "channel": m.Channel,
    "kind of case": CaseKind,
    "kind of attachment": AttachmentKind,
    "type of file": MediaType,
    "part of a notice": NoticePart,
    "way to hand out": Way,
    "thing owed": Owed,
    "kind of form": m.FormKind,
    "kind of paper": m.PaperKind,
    "kind of record": RecordKind,
    "weight of a 投诉": Weight,
    "print state": m.PrintState,
    "kind of notice": m.NoticeKind,
    "why a number is void": m.VoidReason,
    "kind of answer": AnswerKind,
    "medium": Medium,
    "stage": Stage,
    "move of a case": CaseMove,
    "remark": m.Remark,
    "medium of a notice": Literal["oral", "written", "either"],
    "remedy": Literal["administrative_review", "administrative_litigation"],
    "breach": BreachCode,
    "state of a ticket": TicketState,
    "move of a ticket": TicketMove,
    "lane": Lane,
    "kind of appointment": AppointmentKind,
    "state of an appointment": AppointmentState,
    "why a window is away": WindowWhy,
    "reason to be provisional": Provisional,
    "why a day is off": Why,
    "state of a traced day": DayIs,
    "why a traced day counts": Remark,
    "act on a clock": ActDone,
    "why a start moved": MovedBecause,
    "kind of hall day": HallDayKind,
    "what a day is": DayAs,
    "layer of the calendar": Layer,
    "outcome by hand": Outcome,
    "cause of working by hand": Cause,
    "fault of a line": Fault,
    "kind of request": RequestKind,
    "state of a request": RequestState,
    "kind of suggestion": SuggestionKind,
    "state of a suggestion": SuggestionState,
    "way of telling": ToldBy,
    "state of a terminal": m.TerminalState,
}
PLAIN = {
    str: "text",
    bytes: "bytes",
    int: "number",
    bool: "yes or no",
    dt.datetime: "moment",
    dt.date: "date",
    dt.time: "time",
}


def messages() -> dict[str, type[msgspec.Struct]]:
    """Every struct that can stand in a frame."""
    found: dict[str, type[msgspec.Struct]] = {
        "Due": Due,
        "DayOff": DayOff,
        "StartMoved": StartMoved,
        "HallDay": HallDay,
        "Article": Article,
        "TraceDay": TraceDay,
        "TraceAct": TraceAct,
        "Wait": Wait,
    }
    waiting: list[type[msgspec.Struct]] = [m.Message]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind.__module__.startswith("hub.wire."):
                found[kind.__name__] = kind
                waiting.append(kind)
    return found


def section(title: str) -> str:
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/wire.md has no section {title!r}"
    return found[1]


def table(text: str) -> list[list[str]]:
    """Rows of the tables in a text, without heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = {place - 1 for place, row in enumerate(rows) if set(row[0]) <= {"-"}}
    return [row for place, row in enumerate(rows) if place not in heads and not set(row[0]) <= {"-"}]


def in_words(kind: Any) -> str:
    for words, values in NAMED_VALUES.items():
        if kind == values:
            return words
    if kind in PLAIN:
        return PLAIN[kind]
    if kind == m.Event:
        return "any event"
    if kind == CaseMove | m.Remark:
        return "move of a case, or remark"
    if get_origin(kind) is tuple:
        inner = in_words(get_args(kind)[0])
        return f"list of {'reasons to be provisional' if inner == 'reason to be provisional' else inner}"
    if type(None) in get_args(kind):
        (inner_kind,) = (one for one in get_args(kind) if one is not type(None))
        return f"{in_words(inner_kind)} or nothing"
    return str(kind.__name__)


def default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return ""
    value = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    if isinstance(value, bool):
        return "yes" if value else "no"
    known = {None: "nil", "": "empty", (): "none", m.Counts(): "zeros"}
    return known[value] if value in known else f"`{value}`" if isinstance(value, str) else str(value)


@pytest.mark.parametrize("name", sorted(messages()))
def test_each_message_is_described_field_by_field(name: str) -> None:
    kind = messages()[name]
    hints = get_type_hints(kind)
    expected = [
        [f"`{field.name}`", in_words(hints[field.name]), default(field)] for field in msgspec.structs.fields(kind)
    ]
    assert [row[:3] for row in table(section(name))] == expected
    if not expected:
        assert "No fields" in section(name)


def test_nothing_is_described_that_is_not_said() -> None:
    told = re.findall(r"^#### (\w+)$", PAGE, re.MULTILINE)
    assert sorted(told) == sorted(messages())


@pytest.mark.parametrize("command", get_args(m.Command), ids=lambda kind: kind.__name__)
def test_each_command_names_its_answer(command: type[m.Message]) -> None:
    answers = {kind.__name__ for kind in get_args(m.Answer)}
    place = PAGE.index(f"#### {command.__name__}\n")
    chapter = PAGE[PAGE.rindex("\n### ", 0, place) : place].split("####")[0]
    assert answers & set(re.findall(r"`(\w+)`", section(command.__name__) + chapter))


def test_each_value_is_listed() -> None:
    listed = {row[0]: tuple(re.findall(r"`(\w+)`", row[1])) for row in table(section("Values"))}
    assert listed == {words: get_args(values) for words, values in NAMED_VALUES.items()}


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == name:
                yield node


def literals(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def codes_in_source() -> set[str]:
    """Every code that the hub's source can put into a `Rejected`."""
    found: set[str] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        if path.is_relative_to(SOURCE / "web"):
            continue  # a client
        tree = ast.parse(path.read_text())
        for refusal in ("Refused", "BadFrame"):
            found |= {code for call in calls(tree, refusal) for code in literals(call.args[:1])}
        for call in calls(tree, "Rejected"):
            found |= set(literals([keyword.value for keyword in call.keywords if keyword.arg == "code"]))
        # Errors of the domain, and the store's own, are answered with the code of their class.
        if path.is_relative_to(SOURCE / "domain") or path.name == "failures.py":
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and [getattr(t, "id", "") for t in node.targets] == ["code"]:
                    found |= set(literals([node.value]))
    # a base class; errors at the start; of a command line alone
    return found - {"domain", "hall_taken", "policy_wrong", "calendar_wrong", "bad_period"}


def test_each_code_is_listed_and_no_other() -> None:
    listed = [re.fullmatch(r"`(\w+)`", row[0]) for row in table(section("Codes of rejections"))]
    assert all(listed)
    assert {found[1] for found in listed if found} == codes_in_source()


def permissions_table() -> str:
    """As the page has it."""
    lines = ["| command | " + " | ".join(ROLES) + " |", "|-|" + "-|" * len(ROLES)]
    for kind, allowed in ALLOWED.items():
        cells = " | ".join("yes" if role in allowed else "" for role in ROLES)
        lines.append(f"| `{kind.__name__}` | {cells} |")
    return "\n".join(lines)


def test_who_may_ask_what_is_told_as_it_is() -> None:
    assert permissions_table() in section("Who may ask what")
    free = re.findall(r"`(\w+)`", section("Who may ask what").split("only ")[1].split("need no login")[0])
    assert set(free) == {kind.__name__ for kind in WITHOUT_LOGIN}


def test_whose_word_it_is_is_told_as_it_is() -> None:
    rows = [f"| `{kind.__name__}` | {' '.join(f'`{one}`' for one in by)} |" for kind, by in DECIDED_BY.items()]
    assert "\n".join(["| command | decided by |", "|-|-|", *rows]) in section("Whose word it is")


def test_numbers_on_the_page_are_those_of_the_source() -> None:
    assert f"at most 1 MiB ({codec.MAX_FRAME_BYTES:,} bytes)" in PAGE
    assert f"more than {CATCH_UP_AT_MOST} events are missing" in PAGE
    assert f"Version {m.VERSION}." in PAGE
    assert f"of each terminal {EACH_ROUND} frames a round" in PAGE
    assert f"Up to {WAIT_AT_MOST} more frames or {WAIT_AT_MOST_BYTES >> 20} MiB of a terminal wait" in PAGE


def test_the_example_s_bytes_are_those_that_are_sent() -> None:
    found = re.search(r"With an id of 32 zeros:\n\n((?:    .*\n)+)", PAGE.replace("As bytes, with", "With"))
    assert found
    told = re.sub(r"\s", "", found[1].replace("30×32", "30" * 32))
    assert bytes.fromhex(told) == codec.encode_request("0" * 32, m.TakeTicket(service="general"))


def test_a_frame_written_from_the_page_alone_is_understood() -> None:
    body = {"type": "FileComplaint", "matter": "other", "reasons": ["other"]}
    body["on_paper"] = {"token": "t" * 22, "typed": "0" * 17}
    frame = msgspec.msgpack.encode({"v": 1, "id": "c0ffee" + "0" * 26, "body": body})
    command_id, command = codec.decode_request(frame)
    assert command_id == "c0ffee" + "0" * 26
    assert command == m.FileComplaint(
        matter="other", reasons=("other",), on_paper=m.LookupSecrets(token="t" * 22, typed="0" * 17)
    )
