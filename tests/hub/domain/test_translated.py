"""A hall and its policy in the citizen's language: translated by the text itself, else as it is written."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.config import hall_templates, load_published, shipped_policies
from hub.domain.hall import contradictions
from hub.domain.translated import hall_in, policy_in, text_in, texts, untranslated, unused
from hub.domain.words import LANGUAGES, Words
from tests.factories import a_hall, a_policy

OTHERS = [language for language in LANGUAGES if language != "zh_Hans"]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", hall_templates())
def test_every_word_of_a_shipped_hall_is_there_in_every_language(name, language):
    hall = a_hall(name)
    assert untranslated(hall, language) == ()
    assert untranslated(a_policy(hall.policy), language) == ()


@pytest.mark.parametrize("language", OTHERS)
def test_the_shipped_translations_are_of_texts_that_are_there(language):
    halls = {text for name in hall_templates() for text in texts(a_hall(name))}
    policies = {text for name in shipped_policies() for text in texts(a_policy(name))}
    holidays = set(load_published().holidays)
    assert sorted(Words("hub.halls", language).keys() - halls) == []
    assert sorted(Words("hub.policies", language).keys() - policies - holidays) == []
    assert holidays <= Words("hub.policies", language).keys()


def test_a_hall_is_told_in_the_citizen_s_language():
    hall, policy = a_hall("yueyang"), a_policy("yueyang")
    told, rules = hall_in(hall, "en"), policy_in(policy, "en", hall)
    assert told.window_name == '"Can\'t Get It Done" Window'
    assert told.matter(hall.matters[0].code).name == "Change of owner (second-hand home)"
    assert rules.promise.value == "We will tell you the result"
    assert rules.reason("attitude").text == "Unfriendly service"
    assert [level.name for level in rules.rating.levels.value][-1] == "Very dissatisfied"
    assert hall_in(hall, "zh_Hant").slogan == "件件有回音，事事可追溯"
    assert policy_in(policy, "zh_Hant").reason("shirked").text == "找各種理由不給辦"


def test_codes_letters_and_what_the_document_says_stay_as_they_are():
    hall, policy = a_hall("wuxi"), a_policy("wuxi")
    told, rules = hall_in(hall, "en"), policy_in(policy, "en", hall)
    assert [one.code for one in told.matters] == [one.code for one in hall.matters]
    assert [one.letter for one in told.services] == [one.letter for one in hall.services]
    assert told.terminals == hall.terminals
    assert [one.ground for one in rules.reasons] == [one.ground for one in policy.reasons]
    assert rules.promise.cite == policy.promise.cite
    assert rules.rating.rework == policy.rating.rework


def test_in_its_own_language_a_hall_is_itself():
    hall, policy = a_hall("wuxi"), a_policy("wuxi")
    assert hall_in(hall, hall.language) is hall
    assert policy_in(policy, hall.language, hall) is policy


def test_a_text_without_translation_stays_as_it_is_written():
    hall = a_hall("yueyang", slogan="有话好好说")
    told = hall_in(hall, "en")
    assert told.slogan == "有话好好说"
    assert told.name == "Yueyang County Property Registration Centre"
    assert untranslated(hall, "en") == ("有话好好说",)
    assert hall_in(hall, "tlh") == hall


def test_a_hall_s_own_translations_go_first():
    own = {"en": {"有话好好说": "Let us talk", "岳阳县不动产登记中心": "Land office"}}
    hall = a_hall("yueyang", slogan="有话好好说", translations=own)
    told = hall_in(hall, "en")
    assert (told.slogan, told.name) == ("Let us talk", "Land office")
    assert untranslated(hall, "en", hall) == ()
    assert hall_in(hall, "zh_Hant").slogan == "有话好好说"


def test_a_hall_may_translate_its_policy_too_and_what_is_nowhere_is_named():
    policy = a_policy("yueyang")
    changed = replace(policy, promise=replace(policy.promise, value="一定答复"))
    own = {"en": {"一定答复": "We will surely answer", "从前的口号": "The old slogan"}}
    hall = a_hall("yueyang", translations=own)
    assert policy_in(changed, "en", hall).promise.value == "We will surely answer"
    assert policy_in(changed, "en").promise.value == "一定答复"
    assert unused(hall, changed, "en") == ("从前的口号",)


def test_one_text_is_found_wherever_it_comes_from():
    assert text_in("答复您", "en") == "We will answer you"
    assert text_in("国庆节", "en") == "National Day"
    assert text_in("系统升级", "en") == "系统升级"
    assert (
        text_in("答复您", "en", a_hall("wuxi", translations={"en": {"答复您": "You hear from us"}}))
        == "You hear from us"
    )


def test_a_hall_in_a_language_that_is_none_is_named():
    (said,) = contradictions(a_hall("yueyang", language="zh"))
    assert said == "language is 'zh'; there are zh_Hans, zh_Hant, en"


def test_translations_into_a_language_that_is_none_are_named():
    (said,) = contradictions(a_hall("yueyang", translations={"english": {}}))
    assert said == "translations are of 'english'; there are zh_Hans, zh_Hant, en"
