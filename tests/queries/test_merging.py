"""Merged entities: what names them is told of the one they live on in."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.queries import (
    AsOf,
    Choice,
    Filters,
    State,
    Window,
    Without,
    compare,
    coverage,
    entity,
    event,
    facets,
    find_entities,
    search,
    state,
    timeline,
    viewport,
    why,
)
from archive.queries.held import states
from archive.queries.known.rows import entity_refs
from tests.builders import an_entity, an_event, an_event_with, recorded

DAY = date(2024, 6, 1)
OLD, HOME = an_entity("old", zh="旧名", en="Oldco"), an_entity("home", zh="新家", en="Homeco")


@pytest.fixture
def merged(connection: Connection) -> Connection:
    """An owner and parent that was told of under two names, which were merged last."""
    recorded(
        connection,
        [
            an_event(id="home-founded", org=HOME, when="2019"),
            an_event(id="founded", org="acme", parent=OLD, when="2020-01-01"),
            an_event(
                "stake_changed",
                id="stake",
                when="2021-01-01",
                org="acme",
                holder=OLD,
                direction="increase",
                share_after="30",
            ),
            an_event(
                "role_started", id="role", when="2022-01-01", person="ada", org=OLD, role="ceo"
            ),
            an_event_with("entities_merged", {"from": [OLD], "into": HOME}, id="m", when="2024"),
        ],
    )
    return connection


def asked(connection: Connection, *, known: int | None = None) -> AsOf:
    return AsOf(DAY, known or head(connection)[0])


def values(answer: State, entity_id: str) -> dict[str, tuple[str, str]]:
    return {
        row.attribute: (row.member, row.values[0].key)
        for row in answer.rows
        if row.entity.id == entity_id
    }


@pytest.mark.parametrize("slug", ["old", "home"])
def test_a_condition_means_the_home_by_whichever_name(
    merged: Connection, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "_SMALL", 0)
    raw = an_event(id="later", org="later-org", parent=HOME, when="2023-01-01")
    recorded(merged, [raw])

    found = state(merged, as_of=asked(merged), where=[("parent", slug)])

    assert {row.entity.id for row in found.rows} == {"acme", "later-org"}


def test_values_and_members_name_the_home(merged: Connection) -> None:
    found = state(merged, as_of=asked(merged))
    before = state(merged, as_of=asked(merged, known=head(merged)[0] - 1))

    assert values(found, "acme") == {
        "status": ("", "active"),
        "parent": ("", "home"),
        "owners": ("home", "30"),
    }
    assert values(found, "ada") == {
        "roles": ("ceo ·  · home", "home"),
        "affiliation": ("home", "home"),
    }
    assert values(before, "acme")["parent"] == ("", "old")
    assert values(before, "ada")["roles"] == ("ceo ·  · old", "old")


def test_the_home_is_told_by_its_own_names(merged: Connection) -> None:
    rows = {row.attribute: row for row in state(merged, as_of=asked(merged)).rows}

    assert rows["parent"].values[0].words.en == "Homeco"
    assert rows["parent"].values[0].entity is not None
    assert rows["parent"].values[0].entity.id == "home"
    assert rows["owners"].member_words.zh == "新家"
    assert rows["roles"].member_words.en.endswith("Homeco")
    stake = event(merged, id="stake", known=head(merged)[0])
    assert stake.asserts[0].member_words.en == "Homeco"


@pytest.mark.parametrize("name", ["old", "home"])
def test_the_home_may_be_asked_for_by_either_id(merged: Connection, name: str) -> None:
    as_of = asked(merged)

    owned = state(merged, as_of=as_of, where=[("owners", name)])
    steps = why(merged, entity="acme", attribute="owners", as_of=as_of, member=name).steps

    assert {row.entity.id for row in owned.rows} == {"acme"}
    assert [(one.event.id, one.member_words.en) for one in steps] == [("stake", "Homeco")]


def test_a_merge_is_learned_and_is_no_change_in_the_world(merged: Connection) -> None:
    now = asked(merged)

    found = compare(merged, left=AsOf(date(2020, 6, 1), now.known), right=now)

    began = {(one.entity.id, one.attribute, one.member_words.en) for one in found.added}
    assert ("acme", "owners", "Homeco") in began
    assert found.ended == found.learned == ()


def test_a_merged_entity_is_neither_offered_nor_found_nor_counted(merged: Connection) -> None:
    known = head(merged)[0]

    offered = find_entities(merged, text="Oldco")
    found = facets(merged, filters=Filters(), known=known).entities

    assert [hint.ref.id for hint in offered] == ["home"]
    assert "Oldco" in offered[0].aliases
    assert [ref.id for ref in search(merged, text="旧名", known=known).entities] == ["home"]
    assert [ref.id for ref in search(merged, text="旧名", known=known - 1).entities] == ["old"]
    assert {ref.id: many for ref, many in found} == {"home": 4, "acme": 2, "ada": 1}
    assert coverage(merged, known=known).entities == 3
    assert coverage(merged, known=known - 1).entities == 4


def test_whom_an_entity_appears_with_is_told_at_home(merged: Connection) -> None:
    together = entity(merged, id="acme", as_of=asked(merged)).together

    assert [(ref.id, many) for ref, many in together] == [("home", 2)]


def test_more_entities_than_one_statement_takes_are_read_in_pieces(merged: Connection) -> None:
    known = head(merged)[0]

    found = entity_refs(merged, range(40_000), known=known)

    assert {ref.id for ref in found.values()} >= {"home", "old", "acme", "ada"}


@pytest.mark.parametrize("name", ["old", "home"])
def test_events_are_asked_for_by_either_id(merged: Connection, name: str) -> None:
    now = head(merged)[0]
    window, asked_for = Window(0, 9_999_999), Filters(entity=name)

    listed = timeline(merged, filters=asked_for, known=now)
    before = timeline(merged, filters=asked_for, known=now - 1)
    seen = viewport(merged, window=window, filters=asked_for, known=now, lanes="one")
    without = Choice(without=Without(entities=frozenset({name})))
    left = timeline(merged, filters=without, known=now)

    both = {"home-founded", "founded", "stake", "role"}
    assert {row.id for row in listed.rows} == both
    assert {mark.id for lane in seen.lanes for mark in lane.marks} == both
    assert {row.id for row in before.rows} == (
        both - {"home-founded"} if name == "old" else {"home-founded"}
    )
    assert not left.rows
