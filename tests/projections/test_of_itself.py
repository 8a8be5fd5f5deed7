"""Old logs hold events by which somebody buys or funds itself, and a merge makes more of them."""

from datetime import date

from sqlalchemy import Connection, select

from archive.commands.recording import append_all
from archive.log import head
from archive.projections import ROSTER, rebuild
from archive.queries import (
    AsOf,
    StateRow,
    ownership_around,
    ownership_on,
    state,
    value_counts,
    why,
)
from archive.vocabulary import OPPOSING
from tests.builders import an_entity, an_event_with, checked, recorded

ACME = an_entity("acme")
# Of each kind that is refused by now one, as a log of before may hold it.
OF_OLD = {
    "deal_announced": ("buyer", "target"),
    "deal_closed": ("buyer", "target"),
    "deal_ended": ("buyer", "target"),
    "divested": ("seller", "what", "buyer"),
    "funding_round": ("org", "lead", "investors"),
    "org_founded": ("org", "founders", "parent"),
    "org_reorganized": ("org", "units", "into"),
}


def read_models(connection: Connection) -> list[list[tuple[object, ...]]]:
    tables = [table for room in ROSTER for table in room.tables]
    return [
        [tuple(row) for row in connection.execute(select(one).order_by(*one.primary_key.columns))]
        for one in tables
    ]


def test_they_fold_to_the_same_however_they_are_folded_and_every_question_ends(
    connection: Connection,
) -> None:
    recorded(connection, [])
    for number, (kind, roles) in enumerate(OF_OLD.items()):
        event = checked(an_event_with(kind, dict.fromkeys(roles, ACME), id=f"old-{number}"))
        append_all(connection, [event], recorded_by="tests")
    step_by_step = read_models(connection)

    rebuild(connection)

    assert {*OF_OLD} == OPPOSING
    assert read_models(connection) == step_by_step
    assert "acme" in {row.entity.id for row in answers(connection, "acme")}


def test_so_do_those_that_a_merge_makes(connection: Connection) -> None:
    stake, whole = {"direction": "increase", "share_after": "60"}, {"deal_type": "acquisition"}
    of_two = [
        an_event_with("deal_closed", {"buyer": "old", "target": "acme"} | whole, id="deal"),
        an_event_with("stake_changed", {"holder": "acme", "org": "old"} | stake, id="stake"),
        an_event_with("entities_merged", {"from": ["old"], "into": "acme"}, id="merge"),
    ]
    recorded(connection, of_two)

    rows = answers(connection, "acme")

    assert {(row.attribute, row.member) for row in rows} >= {("owners", "acme"), ("parent", "")}


def answers(connection: Connection, slug: str) -> tuple[StateRow, ...]:
    """Return the rows of *slug*, having asked all that may go round in a circle."""
    as_of = AsOf(date(2024, 1, 1), head(connection)[0])
    whole, near = (
        ownership_on(connection, as_of=as_of),
        ownership_around(connection, as_of=as_of, entities=[slug], is_counted=True),
    )
    assert {(one.holder.id, one.owned.id) for one in whole.stakes} == {(slug, slug)}
    assert [one.owned.id for one in near.stakes] == [slug] * len(whole.stakes)
    assert not whole.groups
    rows = state(connection, as_of=as_of, entity=slug).rows
    for row in rows:
        why(connection, entity=slug, attribute=row.attribute, as_of=as_of)
        value_counts(connection, as_of=as_of, type_name="organization", attribute=row.attribute)
    return rows
