"""The seal of a state: the same for the same answer, whatever is recorded later."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import msgspec
import pytest
from sqlalchemy import Connection, delete

from archive.commands import correct, record_all, retract
from archive.log import head
from archive.projections.tables import facts
from archive.queries import Asked, AsOf, StateRow, seal, whole
from tests.builders import an_entity, an_event, an_event_with, clock_from, recorded

DAY = date(2023, 7, 20)
ACME, ADA = an_entity("acme", zh="爱克美", en="Acme"), an_entity("ada", "person", en="Ada")


@pytest.fixture
def story(connection: Connection) -> Connection:
    """A company, its founder in office, and a company that may have been founded by the day."""
    recorded(
        connection,
        [
            an_event(id="founded", org=ACME, when="2020-01-01"),
            an_event("role_started", id="role", person=ADA, org=ACME, role="ceo", when="2021"),
            an_event(id="perhaps", org="vague", when="2023-07"),
        ],
    )
    return connection


def asked(connection: Connection, **changes: object) -> Asked:
    question = Asked(AsOf(DAY, head(connection)[0]))
    return replace(question, **changes)  # type: ignore[arg-type]  # fields by their names


def sealed(connection: Connection, question: Asked) -> str:
    return seal(question, whole(connection, question))


VALUE_OF_OLD = (
    '{"event":"founded","key":"active","preferred":false,"since":"2020-01-01",'
    '"sources":["a-source"]}'
)
VALUE = (
    '{"basis":"","confidence":"high","event":"founded","interim":false,"key":"active",'
    '"preferred":false,"set_aside":false,"since":"2020-01-01","sources":["a-source"]}'
)


@pytest.mark.parametrize(("form", "value"), [(1, VALUE_OF_OLD), (2, VALUE)])
def test_each_format_is_what_its_docstring_says_to_the_letter(
    connection: Connection, form: int, value: str
) -> None:
    recorded(connection, [an_event(id="founded", org=ACME, when="2020-01-01")])
    lines = (
        f'{{"definition":"","entity":"acme","format":{form},"held_on":"2023-07-20",'
        '"known_position":2,"possible":true,"tab":"ownership","type":"",'
        '"where":[["status","active"]]}\n'
        '{"attribute":"status","changed_today":false,"disputed":false,"entity":"acme",'
        f'"member":"","standing":"certain","type":"organization","values":[{value}]}}\n'
    )
    question = asked(connection, tab="ownership", entity="acme", where=(("status", "active"),))

    found = seal(question, whole(connection, question), form=form)

    assert found == f"sha256:{sha256(lines.encode()).hexdigest()}"


def test_states_are_cited_in_the_newest_format(story: Connection) -> None:
    question = asked(story)

    assert sealed(story, question) == seal(question, whole(story, question), form=2)


@pytest.mark.parametrize(
    "said",
    [{"confidence": "low"}, {"basis": "rumour"}, {"is_interim": True}, {"is_set_aside": True}],
    ids=lambda said: next(iter(said)),
)
def test_all_that_a_value_bears_is_sealed(story: Connection, said: dict[str, object]) -> None:
    first, *others = whole(story, asked(story))
    value = msgspec.structs.replace(first.values[0], **said)
    borne = msgspec.structs.replace(first, values=(value, *first.values[1:]))

    assert seal(asked(story), [borne, *others]) != seal(asked(story), [first, *others])


def test_what_is_recorded_later_changes_no_seal_of_what_was_known(story: Connection) -> None:
    question = asked(story)
    before = sealed(story, question)
    clock = clock_from()
    why = {"zh": "更正", "en": "mended"}

    record_all(
        story,
        [an_event("role_ended", id="end", person=ADA, org=ACME, role="ceo", when="2022")],
        recorded_by="tests",
        clock=clock,
    )
    correct(
        story,
        target="founded",
        raw={"occurred": {"edtf": "2024-01-01"}},
        reason_kind="source_error",
        reason=why,
        recorded_by="tests",
        clock=clock,
    )
    retract(story, target="perhaps", reason=why, recorded_by="tests", clock=clock)
    merge = an_event_with(
        "entities_merged", {"from": [an_entity("vague")], "into": ACME}, id="m", when="2024"
    )
    record_all(story, [merge], recorded_by="tests", clock=clock)

    assert sealed(story, question) == before
    assert sealed(story, asked(story)) != before


@pytest.mark.parametrize(
    "change",
    [
        {"tab": "people"},
        {"entity": "acme"},
        {"entity_type": "organization"},
        {"where": (("status", "active"),)},
        {"with_possible": False},
        {"definition": "osi"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_narrows_the_state_is_sealed_too(
    story: Connection, change: dict[str, object]
) -> None:
    assert sealed(story, asked(story, **change)) != sealed(story, asked(story))


def test_both_times_are_sealed(story: Connection) -> None:
    question = asked(story)
    another_day = replace(question, as_of=AsOf(date(2023, 7, 21), question.as_of.known))
    earlier = replace(question, as_of=AsOf(DAY, question.as_of.known - 1))

    assert len({sealed(story, one) for one in (question, another_day, earlier)}) == 3


def test_the_order_of_the_rows_and_of_the_conditions_does_not_matter(story: Connection) -> None:
    rows = whole(story, asked(story))
    pair = (("status", "active"), ("status", "closed"))

    assert seal(asked(story), reversed(rows)) == seal(asked(story), rows)
    assert seal(asked(story, where=pair), rows) == seal(asked(story, where=pair[::-1]), rows)


def test_words_for_people_are_not_sealed(story: Connection) -> None:
    rows = whole(story, asked(story))

    spoken = [
        msgspec.structs.replace(row, attribute_label=row.entity.names, reason=None) for row in rows
    ]

    assert seal(asked(story), spoken) == seal(asked(story), rows)


def test_a_fact_that_is_gone_from_the_read_model_breaks_the_seal(story: Connection) -> None:
    before = sealed(story, asked(story))

    story.execute(delete(facts).where(facts.c.id >= 2 * 1024, facts.c.id < 3 * 1024))

    assert sealed(story, asked(story)) != before


def test_the_whole_state_is_whole_however_many_entities_hold_something(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(connection, [an_event(id=f"e-{n}", org=f"org-{n}", when="2020") for n in range(7)])
    question = asked(connection)
    at_once = whole(connection, question)

    monkeypatch.setattr("archive.queries.held.sealing._ENTITIES_AT_A_TIME", 2)

    assert whole(connection, question) == at_once
    assert held(at_once) == {f"org-{n}" for n in range(7)}


def held(rows: tuple[StateRow, ...]) -> set[str]:
    return {row.entity.id for row in rows}
