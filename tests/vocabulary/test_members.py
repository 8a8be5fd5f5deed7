"""The members of a cell: parted, moved home, of the fields that they are made of."""

from itertools import combinations

import pytest

from archive.vocabulary import KINDS, WORLD_KINDS, Assertion, Kind, Raw, assertions
from archive.vocabulary.definition import Fixed
from tests.builders import an_event, an_event_with, checked, every_field


def members(*raws: Raw) -> list[str]:
    return [
        one.member for raw in raws for one in assertions(checked(raw)) if "avail" in one.attribute
    ]


def step(**fields: str) -> Raw:
    return an_event_with("availability_changed", fields)


def test_an_audience_and_a_region_of_one_name_share_no_cell() -> None:
    region, audience = step(region="CN"), step(audience="CN")

    assert members(region, audience, step()) == ["CN", " · CN", ""]


def test_what_is_opened_in_a_region_at_launch_can_be_closed_there() -> None:
    launched = an_event("product_launched", region="CN")

    assert members(launched) == members(step(region="CN"))


def test_dots_in_a_text_are_not_taken_for_the_joint() -> None:
    texts = ["a · b", "a", "a ·", "· a", "a ·· b", "·"]
    posts = [
        an_event("figure_reported", definition=one, period=when, value="5 users")
        for one in texts
        for when in ("2023", None)
    ]

    found = [one.member for raw in posts for one in assertions(checked(raw))]

    assert len(found) == len(set(found)) == len(posts)


def test_a_member_moves_to_the_home_of_whom_it_names_and_of_no_text() -> None:
    kind = KINDS["role_started"]
    homes = {"acme": "home", "ceo": "elsewhere"}

    moved = Assertion.at_home("ceo ·  · acme", kind=kind, attribute="roles", homes=homes)

    assert moved == "ceo ·  · home"


@pytest.mark.parametrize("kind", WORLD_KINDS)
def test_a_member_tells_the_fields_that_it_is_made_of(kind: str) -> None:
    event = checked(an_event_with(kind, every_field(kind)))
    told = {
        field.name: field.type.key(event.data[field.name])  # type: ignore[arg-type]  # canonical
        for field in KINDS[kind].fields
        if field.name in event.data
    }
    given = [one for rule in KINDS[kind].asserts for one in rule.member]
    told |= {one.name: one.key for one in given if isinstance(one, Fixed)}
    whom = {mention.id for mention in event.entities}

    for said in assertions(event):
        read = Assertion.parts_of(said.member, kind=kind, attribute=said.attribute)

        assert bool(read) is bool(said.member)
        assert all(key == told[name] if name in told else key in whom for name, key in read)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_rules_that_make_members_of_one_attribute_agree_on_their_fields(kind: Kind) -> None:
    roles = {field.name for field in kind.fields if field.is_role}

    for one, other in combinations(kind.asserts, 2):
        for name, another in zip(one.member, other.member, strict=False):
            assert one.attribute != other.attribute or name == another or {name, another} <= roles
