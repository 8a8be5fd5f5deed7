"""The read models one by one: names, merges, sources, masked texts, numbering, rebuilding."""

import pytest
from sqlalchemy import Connection, select, text

from archive.commands import correct, retract
from archive.errors import UnknownNameError
from archive.log import head
from archive.log.writer import append
from archive.projections import PER_EVENT, lag, positions_of, rebuild, root_of, seen_position
from archive.projections.tables import (
    checkpoints,
    entities,
    entity_names,
    facts,
    occurrences,
    sources,
)
from archive.queries import Filters, event, timeline
from tests.builders import a_source, an_entity, an_event, an_event_with, checked, recorded


def names(connection: Connection, slug: str = "acme") -> tuple[str, str]:
    row = connection.execute(select(entities).where(entities.c.slug == slug)).one()
    return row.name_zh, row.name_en


def renamed(name: str, **fields: object) -> dict[str, object]:
    return an_event_with("names_changed", {"entity": "acme", **fields}, id=name, when="2024")


def test_an_entity_is_called_as_it_was_first_mentioned(connection: Connection) -> None:
    first, second = an_entity("acme", zh="一", en="One"), an_entity("acme", zh="二", en="Two")

    recorded(connection, [an_event(id="a", org=first), an_event(id="b", org=second)])

    assert names(connection) == ("一", "One")


def test_a_new_name_is_shown_and_its_retraction_brings_the_old_one_back(
    connection: Connection,
) -> None:
    recorded(connection, [an_event(org=an_entity("acme", zh="一", en="One"))])
    recorded(connection, [renamed("n", zh="新", en="New", aliases="甲 | Alpha")])
    shown = names(connection)

    retract(connection, target="n", reason="x", recorded_by="tests")

    assert shown == ("新", "New")
    assert names(connection) == ("一", "One")


def test_aliases_are_parted_by_bars_and_know_their_script(connection: Connection) -> None:
    recorded(
        connection,
        [renamed("n", aliases=" 甲公司 | Alpha |", name_kind="former", period="2020/2021")],
    )

    rows = connection.execute(
        select(entity_names).where(entity_names.c.kind == "former").order_by(entity_names.c.number)
    ).all()

    assert [(row.name, row.language, row.period) for row in rows] == [
        ("甲公司", "zh", "2020/2021"),
        ("Alpha", "en", "2020/2021"),
    ]


def test_a_corrected_source_is_the_newer_and_a_retracted_one_is_none(
    connection: Connection,
) -> None:
    recorded(connection, [a_source("times")])
    correct(
        connection,
        target="add-times",
        raw={"data": {"title": "New"}},
        reason_kind="typing_error",
        reason="x",
        recorded_by="tests",
    )
    newer = connection.scalar(select(sources.c.position).where(sources.c.slug == "times"))

    retract(connection, target="add-times", reason="x", recorded_by="tests")

    assert newer == 3
    assert connection.scalar(select(sources.c.position).where(sources.c.slug == "times")) is None


def test_a_fact_is_numbered_within_the_position_of_its_event(connection: Connection) -> None:
    recorded(connection, [an_event(id="a", seat="x"), an_event("role_started", id="b")])

    ids = connection.scalars(select(facts.c.id).order_by(facts.c.id)).all()

    assert [(number // PER_EVENT, number % PER_EVENT) for number in ids] == [
        (2, 0),
        (2, 1),
        (3, 0),
        (3, 1),
        (3, 2),
    ]


def test_the_versions_of_an_event_share_their_root(connection: Connection) -> None:
    recorded(connection, [an_event()])
    correct(
        connection,
        target="an-event",
        raw={"importance": "major"},
        reason_kind="typing_error",
        reason="x",
        recorded_by="tests",
        event_id="correction",
    )

    assert root_of(connection, "an-event") == root_of(connection, "correction") == 2
    assert root_of(connection, "nobody") is None
    assert positions_of(connection, 2, before=4) == [2, 3]
    gone = dict(
        tuple(row)
        for row in connection.execute(select(occurrences.c.position, occurrences.c.gone))
    )
    assert gone == {1: None, 2: 3, 3: None}


def test_an_older_version_of_a_read_model_has_seen_nothing(connection: Connection) -> None:
    recorded(connection, [an_event()])
    connection.execute(
        checkpoints.update().where(checkpoints.c.projection == "facts").values(version=0)
    )

    assert (seen_position(connection), lag(connection)) == (0, 2)

    rebuild(connection)
    assert (seen_position(connection), lag(connection)) == (2, 0)


def test_only_read_models_that_exist_can_be_rebuilt(connection: Connection) -> None:
    with pytest.raises(UnknownNameError) as refused:
        rebuild(connection, names=["fact"])

    assert refused.value.nearest[0] == "facts"
    assert rebuild(connection, names=["facts"]) == 0


def test_a_rebuild_tells_how_far_it_is(connection: Connection) -> None:
    recorded(connection, [an_event()])
    seen: list[int] = []

    rebuild(connection, progress=seen.append)

    assert seen == [2]


MASKED = {
    "a world event": an_event(id="masked"),
    "a name": renamed("masked", zh="新", aliases="甲"),
    "a merge": an_event_with(
        "entities_merged", {"from": [an_entity("x")], "into": "y"}, id="masked"
    ),
    "a split": an_event("entity_split", id="masked", entity="x", out=["y"]),
    "a source": a_source("times", id="masked"),
    "a retraction": an_event("claim_retracted", id="masked", target="one"),
    "a correction": an_event(
        "claim_corrected", id="masked", target="one", event=an_event(id="one", importance="major")
    ),
    "a dispute": an_event("claim_disputed", id="masked", claims="one,two"),
    "a settlement": an_event("dispute_settled", id="masked", claims="one,two", choice="one"),
}


@pytest.mark.parametrize("raw", MASKED.values(), ids=MASKED)
def test_a_log_with_a_masked_text_can_be_rebuilt_and_read(
    connection: Connection, raw: dict[str, object]
) -> None:
    recorded(connection, [an_event(id="one"), an_event(id="two"), raw])
    masking = an_event("text_masked", id="masking", target=str(raw["id"]), stream="x", reason="x")
    append(connection, [checked(masking)], recorded_by="tests")
    connection.execute(text("INSERT INTO erasure VALUES (4, 5)"))
    connection.execute(text("UPDATE event SET payload = NULL, salt = NULL WHERE position = 4"))

    rebuild(connection)

    known = head(connection)[0]
    page = timeline(connection, filters=Filters(retracted=True), known=known)
    shown = {row.id: row.title.en for row in page.rows}
    assert shown.get("masked", "(text masked)") == "(text masked)"
    assert {"one", "two"} <= set(shown)
    assert event(connection, id="one", known=known).row.id == "one"


def test_what_was_taken_back_stays_so_when_the_words_are_masked(connection: Connection) -> None:
    taken_back = an_event("claim_retracted", id="masked", target="one")
    recorded(connection, [an_event(id="one"), taken_back])
    masking = an_event("text_masked", id="masking", target="masked", stream="x", reason="x")
    append(connection, [checked(masking)], recorded_by="tests")
    connection.execute(text("INSERT INTO erasure VALUES (3, 4)"))
    connection.execute(text("UPDATE event SET payload = NULL, salt = NULL WHERE position = 3"))

    rebuild(connection)

    assert event(connection, id="one", known=4).row.is_retracted
