"""What is seen at a glance is what the thorough reading reads; all else is left to that."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.vocabulary import KINDS, Event, KnownEntity, Lookup, Raw, at_a_glance
from archive.vocabulary.checking import check_thoroughly
from tests.builders import an_event_with, checked, every_field, unknown_to_all

# Of these the thorough reading alone weighs the parts.
INVOLVED = frozenset({"entities_merged"})
ELSE: list[Any] = [
    None,
    "",
    " a text ",
    "a\x00b",
    "a\u200bb",
    "e\u0301",
    "unknown",
    "0",
    "-0",
    "007",
    "1.50",
    "1e3",
    "../..",
    "2023-02-30",
    "x" * 5000,
    "low",
    "CN",
    "cn",
    5,
    1,
    True,
    [],
    {},
    ["x"],
    {"zh": "一", "en": "one"},
    {"exact": "5"},
    {"exact": "5.0", "currency": "CNY"},
    {"exact": "5", "currency": "cny"},
    {"min": "6", "max": "5", "currency": "CNY"},
    {"min": "5", "currency": "CNY"},
    {"max": "5.5", "unit": "users"},
    {"min": "5"},
    {"max": "101"},
    {"exact": "5", "currency": "CNY", "approximate": True},
    {"exact": "5", "currency": "CNY", "approximate": False},
]


def written(kind: str) -> dict[str, Any]:
    """Return an event that fills every field, as the archive writes it."""
    builtins: dict[str, Any] = msgspec.to_builtins(checked(an_event_with(kind, every_field(kind))))
    return {**builtins, "title": {"zh": "题", "en": "A title"}}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path to each part of *value*."""
    inner = dict(enumerate(value)) if isinstance(value, list) else value
    for key, one in inner.items() if isinstance(inner, dict) else ():
        yield (*path, key)
        yield from places(one, (*path, key))


def with_else(raw: dict[str, Any], path: tuple[Any, ...], instead: Any) -> dict[str, Any]:
    """Return *raw* with something else at *path*."""
    copied: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(raw))
    part: Any = copied
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = instead
    return copied


def known_to_all(raw: Raw, of_type: str = "") -> Lookup:
    """Return a lookup that knows the entities of *raw*, as they are or of another type."""
    mentions: Any = raw["entities"]
    known = {one["id"]: KnownEntity(of_type or one["type"], one["names"]) for one in mentions}
    return known.get


def same_as_read(raw: Raw, lookup: Lookup) -> bool:
    """Tell whether the glance says nothing, or the same; the same to the last byte."""
    seen = at_a_glance(raw, lookup=lookup)
    return seen is None or canonical(seen) == canonical(check_thoroughly(raw, lookup=lookup))


def canonical(event: Event) -> bytes:
    return msgspec.json.encode(event, order="sorted")


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - INVOLVED))
def test_what_the_archive_wrote_is_seen_at_a_glance(kind: str) -> None:
    raw = written(kind)

    event = at_a_glance(raw, lookup=unknown_to_all)

    assert event == check_thoroughly(raw, lookup=unknown_to_all)
    assert event is not None
    assert canonical(event) == canonical(check_thoroughly(raw, lookup=unknown_to_all))


@given(st.data())
def test_a_glance_never_says_otherwise_than_the_thorough_reading(data: st.DataObject) -> None:
    raw = written(data.draw(st.sampled_from(sorted(KINDS))))
    path = data.draw(st.sampled_from(list(places(raw))))
    spoilt = with_else(raw, path, data.draw(st.sampled_from(ELSE)))
    lookup = data.draw(
        st.sampled_from([unknown_to_all, known_to_all(raw), known_to_all(raw, "licence")])
    )

    assert same_as_read(spoilt, lookup)


@given(st.sampled_from(sorted(KINDS)), st.sampled_from(["data", "occurred", "claims", ""]))
def test_a_name_that_nobody_knows_is_never_overlooked(kind: str, place: str) -> None:
    raw = written(kind)
    part = raw[place] if place else raw
    inner = part[0] if isinstance(part, list) and part else part
    if isinstance(inner, dict):
        inner["strange"] = "x"

    seen = at_a_glance(raw, lookup=unknown_to_all)

    assert seen is None or not isinstance(inner, dict)


def shortened(raw: dict[str, Any], *, keep: int) -> dict[str, Any]:
    """Return *raw* with its entities told by id and role, and *keep* of their other fields."""
    copied: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(raw))
    for one in copied["entities"]:
        for name in ("type", "names")[keep:]:
            del one[name]
    return copied


@pytest.mark.parametrize("keep", [0, 1])
@pytest.mark.parametrize("kind", sorted(KINDS.keys() - INVOLVED))
def test_an_entity_that_is_known_need_not_be_told_again(kind: str, keep: int) -> None:
    raw = written(kind)
    lookup = known_to_all(raw)

    event = at_a_glance(shortened(raw, keep=keep), lookup=lookup)

    assert event is not None
    assert canonical(event) == canonical(check_thoroughly(raw, lookup=lookup))


@given(st.data())
def test_of_short_entities_a_glance_says_what_the_thorough_reading_says(
    data: st.DataObject,
) -> None:
    raw = written(data.draw(st.sampled_from(sorted(KINDS))))
    short = shortened(raw, keep=data.draw(st.integers(0, 1)))
    path = data.draw(st.sampled_from(list(places(short))))
    spoilt = with_else(short, path, data.draw(st.sampled_from(ELSE)))
    lookup = data.draw(
        st.sampled_from([unknown_to_all, known_to_all(raw), known_to_all(raw, "licence")])
    )

    assert same_as_read(spoilt, lookup)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_name_in_one_language_stands_for_both(language: str) -> None:
    raw = written("source_added")
    raw["entities"][0]["names"] = {language: "A name"}

    event = at_a_glance(raw, lookup=unknown_to_all)

    assert event is not None
    assert event.entities[0].names == {"zh": "A name", "en": "A name"}
    assert canonical(event) == canonical(check_thoroughly(raw, lookup=unknown_to_all))


@pytest.mark.parametrize("names", ["", [], {"fr": "Un nom"}, {"zh": ""}, {"zh": " 名"}])
def test_names_told_otherwise_are_left_to_the_thorough_reading(names: object) -> None:
    raw = written("source_added")
    raw["entities"][0]["names"] = names

    assert at_a_glance(raw, lookup=unknown_to_all) is None


@pytest.mark.parametrize("value", ["", [], False])
def test_data_that_are_empty_but_no_mapping_are_left_to_the_thorough_reading(
    value: object,
) -> None:
    raw = {**written("product_launched"), "data": value}

    assert at_a_glance(raw, lookup=unknown_to_all) is None


def test_the_event_in_a_correction_is_seen_as_one_that_stands_alone() -> None:
    raw = written("claim_corrected")
    raw["data"]["event"]["claims"] = []

    assert at_a_glance(raw, lookup=unknown_to_all) is None


def test_roles_in_another_order_are_left_to_the_thorough_reading() -> None:
    raw = written("deal_closed")
    raw["entities"] = raw["entities"][::-1]

    assert at_a_glance(raw, lookup=unknown_to_all) is None
    assert same_as_read(raw, unknown_to_all)


def test_so_many_entities_that_too_much_may_be_asserted_are_counted() -> None:
    raw = written("partnership_made")
    one = raw["entities"][0]
    raw["entities"] = [{**one, "id": f"org-{number}"} for number in range(40)]

    assert at_a_glance(raw, lookup=unknown_to_all) is None
