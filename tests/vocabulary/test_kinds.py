"""The vocabulary is whole: 27 world kinds, the archive's own, 7 types, all in two languages."""

import pytest

from archive.errors import OutOfScopeError, UnknownNameError
from archive.languages import LOCALES, Words
from archive.vocabulary import (
    ARCHIVE_KINDS,
    ENTITY_TYPES,
    GROUPS,
    KINDS,
    TABS,
    WORLD_KINDS,
    Field,
    FieldType,
    Mention,
    derived_title,
    entity_type,
    kind,
)
from tests.builders import an_entity, an_event, an_event_with, checked, every_field

WORLD = [
    "org_founded",
    "org_renamed",
    "org_reorganized",
    "org_ended",
    "deal_announced",
    "deal_closed",
    "deal_ended",
    "stake_changed",
    "divested",
    "funding_round",
    "valuation_reported",
    "listing_changed",
    "role_started",
    "role_ended",
    "model_announced",
    "model_released",
    "weights_released",
    "licence_set",
    "source_code_released",
    "price_changed",
    "availability_changed",
    "model_retired",
    "product_launched",
    "project_started",
    "partnership_made",
    "capacity_changed",
    "figure_reported",
]
ARCHIVE = [
    "source_added",
    "claim_corrected",
    "claim_retracted",
    "claim_disputed",
    "dispute_settled",
    "entities_merged",
    "entity_split",
    "names_changed",
    "term_changed",
    "text_masked",
]
TYPES = ["organization", "person", "model", "product", "deal", "licence", "source"]
LITIGATION = ("lawsuit", "litigat", "verdict", "court", "sued", "诉讼", "起诉", "判决", "法院")

every_kind = pytest.mark.parametrize("name", KINDS)
every_world_kind = pytest.mark.parametrize("name", WORLD_KINDS)


def is_whole(words: Words) -> bool:
    return all(words.in_language(locale).strip() for locale in LOCALES)


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def options_of(field_type: FieldType) -> dict[str, Words]:
    return dict(getattr(field_type, "options", {}))


def test_the_vocabulary_has_its_27_world_kinds() -> None:
    assert sorted(WORLD_KINDS) == sorted(WORLD)
    assert len(WORLD_KINDS) == 27


def test_the_vocabulary_has_the_archives_own_kinds() -> None:
    assert sorted(ARCHIVE_KINDS) == sorted(ARCHIVE)
    assert [name for name, one in KINDS.items() if not one.is_world] == list(ARCHIVE_KINDS)


def test_the_vocabulary_has_its_7_types_of_entity() -> None:
    assert list(ENTITY_TYPES) == TYPES


@every_kind
def test_a_kind_and_each_of_its_fields_speak_two_languages(name: str) -> None:
    known = KINDS[name]

    told = [known.label, known.help, known.title, GROUPS[known.group]]
    told += [words for field in known.fields for words in (field.label, field.help)]
    told += [words for field in known.fields for words in options_of(field.type).values()]

    assert [words for words in told if not is_whole(words)] == []
    assert is_chinese(known.label.zh)
    assert not is_chinese(known.label.en + known.help.en + known.title.en)


@every_kind
def test_the_fields_of_a_kind_have_names_of_their_own(name: str) -> None:
    names = [field.name for field in KINDS[name].fields]

    assert len(set(names)) == len(names)


@every_world_kind
def test_the_subject_of_a_world_kind_is_one_of_its_required_roles(name: str) -> None:
    subject = KINDS[name].field(KINDS[name].subject)

    assert isinstance(subject, Field)
    assert subject.is_role
    assert subject.required


@every_world_kind
def test_what_a_world_kind_asserts_names_its_fields_and_the_attributes_of_its_types(
    name: str,
) -> None:
    known = KINDS[name]

    for rule in known.asserts:
        about = known.field(rule.about)
        assert about is not None
        types = about.type.types  # type: ignore[attr-defined]  # a role, or the test fails
        assert any(rule.attribute in ENTITY_TYPES[one].attributes for one in types)
        assert all(known.member_field(member) for member in rule.member_names)
        assert not isinstance(rule.value, str) or known.field(rule.value)
        assert all(known.field(condition.field) for condition in rule.when)


def test_the_attributes_speak_two_languages_and_stand_in_a_tab() -> None:
    attributes = [one for each in ENTITY_TYPES.values() for one in each.attributes.values()]

    assert all(is_whole(one.label) and is_chinese(one.label.zh) for one in attributes)
    assert {one.tab for one in attributes} == set(TABS)
    assert all(is_whole(each.label) for each in ENTITY_TYPES.values())


@every_kind
def test_nothing_in_the_vocabulary_is_about_litigation(name: str) -> None:
    known = KINDS[name]
    words = [known.name, known.label.zh, known.label.en, known.help.zh, known.help.en]
    for field in known.fields:
        words += [field.name, field.label.zh, field.label.en, *options_of(field.type)]

    text = " ".join(words).casefold()

    assert [word for word in LITIGATION if word in text] == []


@pytest.mark.parametrize(
    "name", ["lawsuit_filed", "verdict", "court_ruling", "settlement_made", "起诉", "SUED"]
)
def test_an_attempt_at_litigation_is_told_the_scope(name: str) -> None:
    with pytest.raises(OutOfScopeError) as refused:
        kind(name)

    assert "不收录诉讼" in refused.value.words("zh")
    assert "holds no lawsuits" in refused.value.words("en")
    assert name in refused.value.words("zh")


def test_a_field_about_litigation_is_told_the_scope_too() -> None:
    raw = an_event("org_ended")
    raw["data"] = {"manner": "dissolved", "lawsuit": "x"}

    with pytest.raises(OutOfScopeError):
        checked(raw)


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [("org_funded", "org_founded"), ("model_relased", "model_released"), ("融资", None)],
)
def test_an_unknown_kind_is_refused_with_the_nearest(wrong: str, nearest: str | None) -> None:
    with pytest.raises(UnknownNameError) as refused:
        kind(wrong)

    assert refused.value.field == "kind"
    assert refused.value.nearest
    assert nearest is None or refused.value.nearest[0] == nearest
    assert wrong in refused.value.words("zh")


def test_an_unknown_type_of_entity_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as refused:
        entity_type("organisation")

    assert refused.value.nearest[0] == "organization"


@every_kind
@pytest.mark.parametrize("full", [False, True], ids=["required", "all"])
def test_a_kind_titles_an_event_in_two_languages(name: str, *, full: bool) -> None:
    fields = every_field(name) if full else {}
    if name == "figure_reported" and not full:
        fields = {"statement": {"zh": "一句话", "en": "a phrase"}}

    event = checked(an_event_with(name, fields))

    title = derived_title(KINDS[name], event.entities, event.data)

    assert set(title) == set(LOCALES)
    for words in title.values():
        assert words.strip() == words != ""
        assert not set("[]{}…") & set(words)
        assert "  " not in words
        assert words not in [one for each in event.entities for one in each.names.values()]
    assert is_chinese(title["zh"])


@pytest.mark.parametrize(
    ("kind", "roles", "alone", "together"),
    [
        ("model_released", ("model", "developer"), "千言-13B发布", "千言公司发布千言-13B"),
        ("model_announced", ("model", "developer"), "千言-13B公布", "千言公司公布千言-13B"),
        ("source_code_released", ("model", "developer"), "千言-13B的代码开源",
         "千言公司开源千言-13B的代码"),
        ("product_launched", ("product", "operator"), "千言-13B推出", "千言公司推出千言-13B"),
    ],
)  # fmt: skip
def test_a_chinese_headline_names_what_came_out_where_nobody_is_named(
    kind: str, roles: tuple[str, str], alone: str, together: str
) -> None:
    known = KINDS[kind]
    thing = Mention("a", "model", roles[0], {"zh": "千言-13B", "en": "Qianyan-13B"})
    agent = Mention("b", "organization", roles[1], {"zh": "千言公司", "en": "Qianyan"})

    assert derived_title(known, [thing], {})["zh"] == alone
    assert derived_title(known, [thing, agent], {})["zh"] == together


def test_a_title_keeps_a_name_that_begins_small() -> None:
    org = an_entity("xai", zh="xAI", en="xAI")
    event = checked(an_event("org_founded", org=org))

    title = derived_title(KINDS["org_founded"], event.entities, event.data)

    assert title == {"zh": "xAI成立", "en": "xAI is founded"}
