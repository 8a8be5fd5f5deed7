"""Questions put to the driver: words by name, lists of any length, nothing a server refuses."""

import pytest
from sqlalchemy import ColumnElement, Connection, Select, Text, select
from sqlalchemy import bindparam as given

from archive.projections.tables import entities
from archive.queries.known.asking import among, asked, is_own
from archive.queries.known.nesting import is_server
from tests.builders import an_event, recorded


@pytest.fixture
def three(connection: Connection) -> Connection:
    """An archive that knows three organizations."""
    recorded(connection, [an_event("org_founded", id=one, org=one) for one in ("a", "b", "c")])
    return connection


def slugs(*conditions: ColumnElement[bool]) -> Select[tuple[str]]:
    return select(entities.c.slug).where(*conditions).order_by(entities.c.slug)


@pytest.mark.parametrize("wanted", [[], ["b"], ["a", "c"], ["a", "c", *map(str, range(2000))]])
def test_of_a_list_of_any_length_those_are_found_that_are_there(
    three: Connection, wanted: list[str]
) -> None:
    query = slugs(among(entities.c.slug, "slugs", on_server=is_server(three)))

    found = asked(three, query, {"slugs": wanted})

    assert found == [(one,) for one in wanted if one in {"a", "b", "c"}]


def test_numbers_and_the_vocabulary_s_own_names_narrow_too(three: Connection) -> None:
    numbers = among(entities.c.id, "ids", on_server=is_server(three))
    query = slugs(numbers, is_own(entities.c.type, ["organization", "model"]))
    ids = list(three.scalars(select(entities.c.id).where(entities.c.slug == "b")))

    found = asked(three, query, {"ids": ids})

    assert found == [("b",)]


def test_a_text_that_no_server_holds_is_not_found(three: Connection) -> None:
    query = slugs(entities.c.slug == given("slug", type_=Text))

    found = asked(three, query, {"slug": "a\x00"})

    assert found == []


@pytest.mark.parametrize("wanted", [["a\x00"], ["b\x00x", "\x00"]])
def test_a_text_that_no_server_holds_is_not_found_in_a_list_either(
    three: Connection, wanted: list[str]
) -> None:
    query = slugs(among(entities.c.slug, "slugs", on_server=is_server(three)))

    found = asked(three, query, {"slugs": wanted})

    assert found == []


def test_what_a_question_always_says_is_said_each_time(three: Connection) -> None:
    query = select(entities.c.slug.concat("!")).where(entities.c.slug == given("slug", type_=Text))

    found = [asked(three, query, {"slug": slug}) for slug in ("a", "x", "a")]

    assert found == [[("a!",)], [], [("a!",)]]
