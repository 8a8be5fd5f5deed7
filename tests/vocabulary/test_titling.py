"""The title that a kind's sentence gives: every field in words, as its key reads back."""

import pytest

from archive.languages import LOCALES, Words
from archive.vocabulary import KINDS, UNKNOWN, Event, derived_title, is_derived, sentence, spoken
from archive.vocabulary.definition import Group, Kind
from tests.builders import an_event_with, checked, every_field


def full(kind: str) -> Event:
    return checked(an_event_with(kind, every_field(kind)))


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_title_says_each_field_as_its_key_reads_back(name: str) -> None:
    event, kind = full(name), KINDS[name]
    data = {one.name: one.type for one in kind.fields if one.name in event.data}

    for locale in LOCALES:
        said = spoken(kind, event.entities, event.data, locale=locale)

        assert {one: said[one] for one in data} == {
            one: of_type.words(of_type.key(event.data[one]), locale)  # type: ignore[arg-type]  # JSON
            for one, of_type in data.items()
        }
        assert derived_title(kind, event.entities, event.data)[locale] == sentence(
            kind, said, locale=locale
        )


@pytest.mark.parametrize("name", sorted(KINDS))
def test_what_is_unknown_is_not_in_a_title(name: str) -> None:
    event, kind = full(name), KINDS[name]
    bare = {one.name: UNKNOWN for one in kind.fields if one.name in event.data}

    assert derived_title(kind, event.entities, bare) == derived_title(kind, event.entities, {})


def test_a_part_is_left_out_when_what_it_names_is_not_given() -> None:
    title = Words("甲{a}[，乙{b}][!b 无乙]", "a {a}[, b {b}][!b , no b]")
    kind = Kind("made_up", Group.FIGURES, title, title, "a", (), title)

    assert sentence(kind, {"a": "1", "b": "2"}, locale="en") == "A 1, b 2"
    assert sentence(kind, {"a": "1"}, locale="zh") == "甲1无乙"
    assert sentence(kind, {}, locale="en") == "A …, no b"


def test_a_title_of_an_older_log_is_known_as_the_sentence_of_its_kind() -> None:
    value = {"exact": "-21", "unit": "percent"}
    event = checked(
        an_event_with("figure_reported", {**every_field("figure_reported"), "value": value})
    )
    kind = KINDS["figure_reported"]
    title = derived_title(kind, event.entities, event.data)
    of_old = {locale: text.replace("−", "-") for locale, text in title.items()}

    assert "−21%" in title["zh"]
    for known in (title, of_old):
        assert is_derived(known, kind, event.entities, event.data)
    assert not is_derived({**title, "zh": "题"}, kind, event.entities, event.data)
