"""`bancheng staff`: who holds which posts of the hall's policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub import pins
from hub.admin import app
from hub.config import HallDirectory
from hub.founding import PostElsewhere, StaffMisplaced, UnknownPost, UnknownStaff, staff
from hub.store.windows import StaffMember

WANG = ("06", "--name", "王芳", "--role", "window")
LIU = ("01", "--name", "刘主任", "--role", "supervisor")
CHEN = ("21", "--name", "陈志远", "--role", "department", "--department", "tax")


@pytest.fixture
def hall(tmp_path: Path) -> HallDirectory:
    """A hall that was just made."""
    made = HallDirectory(tmp_path / "hall")
    result = CliRunner().invoke(app, ["init", str(made.path), "--hall", "shanting"], catch_exceptions=False)
    assert result.exit_code == 0
    return made


def run(hall: HallDirectory, *words: str, typed: str = "480615\n") -> Result:
    """`bancheng staff` and these words; a mistake of ours is raised."""
    argv = ["staff", *words, "--hall", str(hall.path)]
    return CliRunner().invoke(app, argv, input=typed, env={"COLUMNS": "160"}, catch_exceptions=False)


def only(hall: HallDirectory) -> StaffMember:
    (member,) = staff(hall)
    return member


@pytest.mark.rule("R4")
@pytest.mark.parametrize(
    ("words", "posts"), [(WANG, ("receiver", "owner", "clerk")), (CHEN, ("handler",)), (LIU, ("supervisor",))]
)
def test_who_is_given_no_post_holds_the_plain_ones(
    hall: HallDirectory, words: tuple[str, ...], posts: tuple[str, ...]
) -> None:
    run(hall, "add", *words, "--pin-stdin")
    assert only(hall).posts == posts


@pytest.mark.rule("R4")
def test_posts_are_given_with_the_person_and_said_with_the_hall_s_own_titles(hall: HallDirectory) -> None:
    said = run(hall, "add", *LIU, "--post", "management_office", "--post", "deputy_leader", "--pin-stdin").output
    assert only(hall).posts == ("management_office", "deputy_leader")
    assert "区政务服务管理办公室 (management_office), 分管负责人 (deputy_leader)" in said


def test_an_unknown_post_is_answered_with_those_that_the_policy_has(hall: HallDirectory) -> None:
    with pytest.raises(UnknownPost, match=r"no post 'boss'; it has: .*deputy_leader 分管负责人.*task_force"):
        run(hall, "add", *LIU, "--post", "boss", "--pin-stdin")
    assert staff(hall) == []


@pytest.mark.rule("R4")
def test_a_post_of_another_kind_of_terminal_is_refused_with_those_there_are(hall: HallDirectory) -> None:
    with pytest.raises(PostElsewhere, match="supervisor terminal, this person at a window terminal; there are: rec"):
        run(hall, "add", *WANG, "--post", "hall_head", "--pin-stdin")
    assert staff(hall) == []
    run(hall, "add", *WANG, "--pin-stdin")
    with pytest.raises(PostElsewhere):
        run(hall, "change", "06", "--post", "hall_head")
    assert only(hall).posts == ("receiver", "owner", "clerk")


def test_a_new_pin_leaves_posts_as_they_are_unless_others_are_named(hall: HallDirectory) -> None:
    run(hall, "add", *LIU, "--post", "hall_head", "--pin-stdin")
    run(hall, "add", *LIU, "--pin-stdin", typed="591726\n")
    assert (only(hall).posts, pins.is_right(only(hall).pin_hash, "591726")) == (("hall_head",), True)
    run(hall, "add", *LIU, "--post", "supervisor", "--pin-stdin")
    assert only(hall).posts == ("supervisor",)


def test_who_changes_places_leaves_their_posts_behind(hall: HallDirectory) -> None:
    run(hall, "add", *LIU, "--post", "hall_head", "--pin-stdin")
    run(hall, "add", "01", "--name", "刘主任", "--role", "window", "--pin-stdin")
    assert only(hall).posts == ("receiver", "owner", "clerk")


def test_posts_are_given_and_taken_one_by_one_and_all_else_stays(hall: HallDirectory) -> None:
    run(hall, "add", *LIU, "--pin-stdin")
    before = only(hall)
    run(hall, "change", "01", "--post", "deputy_leader", "--post", "hall_head")
    assert only(hall).posts == ("supervisor", "deputy_leader", "hall_head")
    run(hall, "change", "01", "--drop", "supervisor")
    after = only(hall)
    assert after.posts == ("deputy_leader", "hall_head")
    assert (after.name, after.role, after.pin_hash) == (before.name, before.role, before.pin_hash)
    with pytest.raises(UnknownPost, match="01 does not hold supervisor, but deputy_leader, hall_head"):
        run(hall, "change", "01", "--drop", "supervisor")


def test_name_and_pin_are_changed_without_touching_posts(hall: HallDirectory) -> None:
    run(hall, "add", *LIU, "--post", "hall_head", "--pin-stdin")
    run(hall, "change", "01", "--name", "刘敏", "--pin-stdin", typed="591726\n")
    assert (only(hall).name, only(hall).posts) == ("刘敏", ("hall_head",))
    assert pins.is_right(only(hall).pin_hash, "591726")
    assert "PIN" in run(hall, "change", "01", "--new-pin").output
    assert not pins.is_right(only(hall).pin_hash, "591726")


def test_nobody_is_changed_who_is_not_there(hall: HallDirectory) -> None:
    with pytest.raises(UnknownStaff, match="bancheng staff list"):
        run(hall, "change", "99", "--post", "hall_head")


@pytest.mark.parametrize("code", ["", "x" * 17])
def test_a_staff_code_is_short_enough_to_type(hall: HallDirectory, code: str) -> None:
    with pytest.raises(StaffMisplaced, match="1 to 16 characters"):
        run(hall, "add", code, *LIU[1:], "--pin-stdin")


@pytest.mark.rule("R4")
def test_everybody_is_listed_with_titles_and_posts_that_nobody_holds_are_named(hall: HallDirectory) -> None:
    for words in (WANG, CHEN, (*LIU, "--post", "hall_head")):
        run(hall, "add", *words, "--pin-stdin")
    said = run(hall, "list").output
    listed, vacant = said.split("nobody holds:")
    for told in ("王芳", "办理专员 (receiver)", "窗口工作人员 (clerk)", "承办人 (handler)", "大厅负责人 (hall_head)"):
        assert told in listed
    assert "分管负责人 (deputy_leader)" in vacant
    assert "hall_head" not in vacant
