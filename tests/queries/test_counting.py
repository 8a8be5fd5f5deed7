"""How many have each parent, post or affiliation: as many as the rows of the state tell."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.queries import AsOf, value_counts
from archive.vocabulary import Raw
from tests.builders import an_event, recorded
from tests.queries.stating import on, values


def post(name: str, kind: str, person: str, when: str, role: str = "ceo", **more: str) -> Raw:
    said = {"person": person, "org": "acme", "role": role} | more
    return an_event(f"role_{kind}", id=name, when=when, **said)


def bought(name: str, buyer: str, when: str) -> Raw:
    said = {"deal": f"deal-{name}", "buyer": buyer, "target": "unit", "share": "100"}
    return an_event("deal_closed", id=name, when=when, **said)


def sold(name: str, seller: str, when: str, buyer: str | None = None) -> Raw:
    said = {"seller": seller, "what": "unit", "manner": "sale"}
    return an_event("divested", id=name, when=when, **said | ({"buyer": buyer} if buyer else {}))


def counted(connection: Connection, day: str, type_name: str, attribute: str) -> dict[str, int]:
    as_of = AsOf(date.fromisoformat(day), head(connection)[0])
    told = value_counts(connection, as_of=as_of, type_name=type_name, attribute=attribute)
    return {one.key: one.cells for one in told}


POSTS: dict[str, list[Raw]] = {
    "followed": [
        post("a", "started", "ann", "2020"),
        post("b", "started", "bob", "2021-05-05"),
    ],
    "followed by one who left": [
        post("a", "started", "ann", "2020"),
        post("b", "started", "bob", "2021-05-05"),
        post("c", "ended", "bob", "2021-12-01"),
    ],
    "back again": [
        post("a", "started", "ann", "2020"),
        post("b", "started", "bob", "2021-05-05"),
        post("c", "started", "ann", "2021-12-01"),
    ],
    "posts that many have": [
        post("a", "started", "ann", "2020", "vice_president"),
        post("b", "started", "bob", "2021-05-05", "vice_president"),
    ],
    "posts of their own scope": [
        post("a", "started", "ann", "2020", scope="Asia"),
        post("b", "started", "bob", "2021-05-05", scope="Europe"),
    ],
    "one of two left": [
        post("a", "started", "ann", "2020"),
        post("b", "started", "ann", "2020-06-01", "cto"),
        post("c", "ended", "ann", "2021-12-01"),
    ],
    "only a founder still": [
        post("a", "started", "ann", "2020"),
        post("b", "started", "ann", "2020", "founder"),
        post("c", "ended", "ann", "2021-12-01"),
    ],
    "stayed on": [
        post("a", "started", "ann", "2020"),
        post("b", "ended", "ann", "2021-12-01", remains="yes"),
    ],
}


@pytest.mark.parametrize("told", POSTS.values(), ids=POSTS)
@pytest.mark.parametrize("attribute", ["roles", "affiliation"])
def test_people_are_counted_as_their_rows_tell(
    connection: Connection, told: list[Raw], attribute: str
) -> None:
    recorded(connection, told)

    for day in ("2021-01-01", "2021-06-01", "2022-01-01"):
        expected = Counter(values(on(connection, day, entity_type="person"), attribute))
        assert counted(connection, day, "person", attribute) == expected, day


PARENTS: dict[str, list[Raw]] = {
    "one after the other": [bought("a", "one", "2020"), bought("b", "two", "2021-05-05")],
    "sold": [bought("a", "one", "2020"), sold("b", "one", "2021-05-05")],
    "sold on": [bought("a", "one", "2020"), sold("b", "one", "2021-05-05", "two")],
    "sold by one who was not the parent": [
        bought("a", "one", "2020"),
        sold("b", "two", "2021-05-05"),
    ],
    "sold on by one who was not the parent": [
        bought("a", "one", "2020"),
        sold("b", "two", "2021-05-05", "three"),
    ],
    "sold by the one before": [
        bought("a", "one", "2020"),
        bought("b", "two", "2021"),
        sold("c", "one", "2021-05-05"),
    ],
    "sold on by one of whom nothing was told": [sold("a", "one", "2020", "two")],
}


@pytest.mark.parametrize("told", PARENTS.values(), ids=PARENTS)
def test_parents_are_counted_as_the_rows_of_their_units_tell(
    connection: Connection, told: list[Raw]
) -> None:
    recorded(connection, told)

    for day in ("2020-12-31", "2021-06-01"):
        expected = Counter(values(on(connection, day, entity="unit"), "parent"))
        assert counted(connection, day, "organization", "parent") == expected, day


def test_of_two_rival_parents_the_one_told_last_is_counted(connection: Connection) -> None:
    recorded(connection, [bought("a", "one", "2020-01-01"), bought("b", "two", "2020-01-01")])

    assert values(on(connection, "2021-01-01", entity="unit"), "parent") == ["two", "one"]
    assert counted(connection, "2021-01-01", "organization", "parent") == {"two": 1}
