"""`bancheng policy`, as somebody types it who looks after a hall."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub.admin import app
from hub.config import BadHall, HallDirectory, hall_templates, load_policy, policy_file, shipped_policies
from hub.domain.hall import contradictions
from hub.domain.words import Words
from hub.policy_words import PolicyInWords, differences

WORDS = Words("hub", "zh_Hans")
SCREEN_LINES = 50
"""Of a terminal over a screen of 1080 lines."""


def run(*words: str) -> Result:
    """What `bancheng policy` says; a mistake of ours is raised."""
    result = CliRunner().invoke(app, ["policy", *words], env={"COLUMNS": "160"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    text = policy_file(name).read_text()
    assert old in text
    file = tmp_path / "policy.toml"
    file.write_text(text.replace(old, new))
    return file


# --- check


@pytest.mark.parametrize("name", shipped_policies())
def test_check_finds_nothing_in_what_ships(name: str) -> None:
    said = run("check", str(policy_file(name)))
    assert said.exit_code == 0
    assert said.output.endswith("nothing to mend\n")


def test_check_names_what_citizens_of_other_languages_read_in_the_policy_s(tmp_path: Path) -> None:
    said = run("check", str(changed(tmp_path, "yueyang", "找各种理由不给办", "就是不给办")))
    assert said.exit_code == 0
    assert said.output.splitlines()[1:] == ["not in zh_Hant: 就是不给办", "not in en: 就是不给办"]


def test_check_names_file_line_and_remedy_of_every_mistake(tmp_path: Path) -> None:
    file = changed(tmp_path, "yueyang", "limit_wd = 5", "limit_wd = -5")
    file.write_text(file.read_text() + "\n[retting]\n")
    said = run("check", str(file))
    assert said.exit_code == 1
    first, second, count = said.output.splitlines()
    assert re.match(rf"{re.escape(str(file))}:\d+: classes\[0\]\.limit_wd: -5 .*; write a whole number", first)
    assert "retting" in second
    assert "did you mean `rating`?" in second
    assert count == "2 to mend"


def test_check_of_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadHall, match=r"nowhere\.toml cannot be read"):
        run("check", str(tmp_path / "nowhere.toml"))


# --- life


@pytest.mark.rule("R19")
@pytest.mark.parametrize("name", shipped_policies())
def test_life_has_every_move_that_the_hall_has_and_its_article_on_one_screen(name: str) -> None:
    policy, said = load_policy(name), run("life", name).output
    assert len(said.splitlines()) <= SCREEN_LINES
    squeezed = re.sub(r"[\s│]", "", said)
    rows, absent = squeezed.split("本厅没有：") if "本厅没有：" in squeezed else (squeezed, "")
    for move, stated in policy.moves.items():
        assert (WORDS(f"policy.moves.{move}") in absent) != stated.value
        if stated.value:
            assert WORDS(f"policy.moves.{move}") in rows


@pytest.mark.rule("R19")
def test_life_says_from_where_to_where_by_whom_and_what_is_our_default() -> None:
    lines = [line for line in run("life", "shanting").output.splitlines() if "│" in line]
    by_move = {cells[2].strip(): [cell.strip() for cell in cells] for cells in (line.split("│") for line in lines)}
    assert by_move["研判"][1:5] == ["待研判", "研判", "已研判", "窗口"]
    assert by_move["反馈结果"][4] == "承办部门"
    assert by_move["归档"][5] == "三（六）：及时立卷归档"
    assert by_move["退回重办"][5] == "【原文未规定，采用默认】"


# --- show


def test_show_alone_lists_what_ships() -> None:
    said = run("show").output
    for name in shipped_policies():
        assert f"{name}: {load_policy(name).name}" in said


def test_show_prints_values_with_their_articles_and_what_is_our_default() -> None:
    said = run("show", "yueyang").output
    assert "交办事项：时限：5个工作日；届时应当：答复" in said
    assert "〔第十三条：5个工作日内向当事人、“办不成事”窗口反馈交办事项办理结果〕" in said
    assert "退回重办的等级：不满意、非常不满意\n" in said
    assert "窗口解决不了时到场：业务股室负责人" in said
    assert "研判时限：1个工作日【原文未规定，采用默认】" in said
    assert "注：原文未写明由谁批准。" in said
    assert "最长：10个工作日" in said


def test_show_keeps_long_elements_of_a_list_apart() -> None:
    told = {one.key: one.said for one in PolicyInWords(load_policy("dahepingxiang"), WORDS).sayings()}
    assert "持有异议的；有索、拿、卡、要和其它不廉洁行为的；服务质量" in told["complaints.grounds"]
    assert told["complaints.outlets"] == "县纪委监委、12345热线"


def test_show_says_what_an_empty_code_means() -> None:
    assert "不能马上答复的时限，同：时限最长的一类" in run("show", "wuxi").output


def test_show_reads_a_file_too_and_says_what_it_does_not_find(tmp_path: Path) -> None:
    file = changed(tmp_path, "wuxi", "handover_ahead_d = { value = 1", "handover_ahead_d = { value = 3")
    assert "提前移交：3天" in run("show", str(file)).output
    with pytest.raises(BadHall, match="no policy 'atlantis': it is no file, and there are dahepingxiang"):
        run("show", "atlantis")


@pytest.mark.parametrize("name", shipped_policies())
def test_everything_is_said_in_words_and_no_code_is_shown(name: str) -> None:
    for told in PolicyInWords(load_policy(name), WORDS).sayings():
        assert told.said or told.label, told.key
        assert not re.search(r"[a-z]{2,}", told.said + told.label), told.key


# --- diff


def test_diff_says_where_two_halls_differ() -> None:
    said = run("diff", "yueyang", "shanting").output
    assert "yueyang：业务股室负责人\n" in said
    assert "shanting：“办不成事”登记窗口工作专班\n" in said
    assert "yueyang：非常满意、满意、基本满意、不满意、非常不满意\n" in said
    assert "shanting：（没有这一项）" in said
    assert "shanting：受理时【默认】" in said


def test_diff_of_two_versions_shows_the_one_value_that_changed(tmp_path: Path) -> None:
    file = changed(tmp_path, "yueyang", "limit_wd = 5", "limit_wd = 4")
    said = run("diff", "yueyang", str(file)).output
    assert "时限：5个工作日" in said
    assert "时限：4个工作日" in said
    assert said.endswith("1 处不同。\n")


@pytest.mark.parametrize("name", shipped_policies())
def test_a_policy_does_not_differ_from_itself(name: str) -> None:
    one = PolicyInWords(load_policy(name), WORDS)
    assert list(differences(one, one)) == []
    assert "两份制度的规定相同。" in run("diff", name, name).output


# --- the halls to start from


@pytest.mark.parametrize("template", hall_templates())
def test_a_hall_can_be_made_of_every_template(tmp_path: Path, template: str) -> None:
    assert CliRunner().invoke(app, ["init", str(tmp_path / "hall"), "--hall", template]).exit_code == 0
    place = HallDirectory(tmp_path / "hall")
    hall, policy = place.hall(), place.policy()
    assert policy.code == template
    assert contradictions(hall) == []
    assert len(hall.matters) >= 20
    assert sum(one.common for one in hall.matters) == 8
    assert all(one.department for one in hall.matters)


@pytest.mark.rule("R14")
@pytest.mark.parametrize("template", hall_templates())
def test_a_hall_shows_the_outlets_that_its_document_names_and_no_others(tmp_path: Path, template: str) -> None:
    assert CliRunner().invoke(app, ["init", str(tmp_path / "hall"), "--hall", template]).exit_code == 0
    place = HallDirectory(tmp_path / "hall")
    assert tuple(one.name for one in place.hall().outlets) == place.policy().complaints.outlets.value
