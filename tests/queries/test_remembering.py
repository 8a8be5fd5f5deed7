"""What was known earlier is still told as it was: names, notes and sources."""

from datetime import date

from sqlalchemy import Connection

from archive.commands import correct, retract
from archive.errors import NotFoundError
from archive.log import head
from archive.queries import (
    AsOf,
    coverage,
    entity,
    event,
    search,
    source_called,
    sources_known,
    state,
)
from tests.builders import a_source, an_entity, an_event, an_event_with, recorded

DAY = date(2024, 6, 1)


def note(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def test_an_entity_is_called_and_noted_as_known_then(connection: Connection) -> None:
    acme = an_entity("acme", zh="一", en="One")
    given = {"entity": "acme", "zh": "新", "en": "New", "note": note("甲", "a lab")}
    changed = an_event_with("names_changed", given, id="n", when="2024")
    recorded(connection, [an_event(org=acme), changed])
    now = head(connection)[0]

    before = entity(connection, id="acme", as_of=AsOf(DAY, now - 1))
    after = entity(connection, id="acme", as_of=AsOf(DAY, now))
    rows = state(connection, as_of=AsOf(DAY, now - 1)).rows

    assert (before.entity.names.en, before.note.en) == ("One", "")
    assert (after.entity.names.en, after.note.zh) == ("New", "甲")
    assert {row.entity.names.en for row in rows} == {"One"}
    assert [one.text for one in after.names] == ["One", "一", "新", "New"]


def test_a_note_that_was_retracted_gives_way_to_the_one_before(connection: Connection) -> None:
    recorded(
        connection,
        [
            an_event(org="acme"),
            *(
                an_event_with("names_changed", {"entity": "acme", "note": said}, id=name)
                for name, said in (("n1", note("甲", "first")), ("n2", note("乙", "second")))
            ),
        ],
    )
    known = head(connection)[0]

    retract(connection, target="n2", reason="wrong", recorded_by="tests")
    retract(connection, target="n1", reason="wrong", recorded_by="tests")

    told = [
        entity(connection, id="acme", as_of=AsOf(DAY, known + later)).note.en
        for later in (0, 1, 2)
    ]
    assert told == ["second", "first", ""]
    assert search(connection, text="second", known=known + 2).entities == ()


def test_a_first_mention_keeps_its_name_when_the_naming_is_retracted(
    connection: Connection,
) -> None:
    acme = an_entity("acme", zh="一", en="One")
    given = {"entity": acme, "en": "New"}
    recorded(connection, [an_event_with("names_changed", given, id="n", when="2024")])

    retract(connection, target="n", reason="wrong", recorded_by="tests")

    answer = entity(connection, id="acme", as_of=AsOf(DAY, head(connection)[0]))
    assert (answer.entity.names.zh, answer.entity.names.en) == ("一", "One")
    assert [one.text for one in answer.names] == ["One", "一"]


def test_a_source_corrected_and_retracted_answers_for_what_was_known(
    connection: Connection,
) -> None:
    recorded(connection, [a_source("times", title="Olden"), an_event(source="times")])
    correct(
        connection,
        target="add-times",
        raw={"data": {"title": "Newer"}},
        reason_kind="typing_error",
        reason="x",
        recorded_by="tests",
    )
    retract(connection, target="add-times", reason="x", recorded_by="tests")
    now = head(connection)[0]

    titles = [_title(connection, now - back) for back in (2, 1, 0)]
    cited = [
        event(connection, id="an-event", known=now - back).row.claims[0].source.title
        for back in (2, 1, 0)
    ]

    assert titles == ["Olden", "Newer", None]
    assert cited == ["Olden", "Newer", "times"]
    assert [len(sources_known(connection, known=now - back)) for back in (2, 1, 0)] == [2, 2, 1]
    assert [coverage(connection, known=now - back).sources for back in (2, 1, 0)] == [2, 2, 1]
    assert [ref.title for ref in search(connection, text="olden", known=now - 2).sources] == [
        "Olden"
    ]
    assert search(connection, text="olden", known=now - 1).sources == ()
    assert search(connection, text="newer", known=now).sources == ()


def _title(connection: Connection, known: int) -> str | None:
    try:
        return source_called(connection, slug="times", known=known).ref.title
    except NotFoundError:
        return None
