"""What tests are made of: raw events, sources, entities, valid by default; a keyword a change."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine

from archive.commands import Recorded, record_all
from archive.log import Clock
from archive.storage import open_engine, writing
from archive.vocabulary import KINDS, Event, Field, Kind, Raw, check
from tests.servers import postgres_database

A_SOURCE = "a-source"
A_DAY = "2023-07-14"
MORNING = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)

# A valid value for each form control; a field whose control takes more than one shape is below.
_OF_WIDGET: Mapping[str, object] = {
    "text": "a text",
    "bilingual": {"zh": "一句话", "en": "a phrase"},
    "flag": True,
    "date": "2023-06",
    "licence": "Apache-2.0",
    "region": "CN",
    "address": "https://example.org/a",
}
_OF_UNIT: Mapping[str, object] = {
    "money": {"exact": "2065000000", "currency": "CNY"},
    "share": {"min": "51"},
    "": {"exact": "13000000000", "unit": "parameters"},
}


def an_entity(slug: str, entity_type: str = "organization", **names: str) -> dict[str, object]:
    """Return the mention of an entity that the archive may not know yet."""
    spoken = names or {"zh": f"{slug}（中文）", "en": slug.replace("-", " ").title()}
    return {"id": slug, "type": entity_type, "names": spoken}


def _mention(field: Field, entity: object) -> object:
    if not isinstance(entity, str):
        return entity
    types = field.type.types  # type: ignore[attr-defined]  # only fields that are roles come here
    return an_entity(entity, types[0])


def _mentions(field: Field, entities: object) -> list[object]:
    each = entities if isinstance(entities, list | tuple) else [entities]
    return [_mention(field, entity) for entity in each]


def a_value(kind: Kind, field: Field) -> object:
    """Return a valid value of *field*: an entity's id for a role, else raw data."""
    if field.is_role:
        slug = f"{kind.name}-{field.name}".replace("_", "-")
        return [slug, f"{slug}-2"] if field.is_many else slug
    if field.type.widget in {"choice", "choices"}:
        first = next(iter(field.type.options))  # type: ignore[attr-defined]  # both have options
        return first if field.type.widget == "choice" else [first]
    if field.type.widget == "amount":
        return _OF_UNIT[field.type.unit]  # type: ignore[attr-defined]  # an amount has a unit
    if field.type.widget == "event":
        return an_event("org_founded", id="the-event-as-it-was")
    return _OF_WIDGET[field.type.widget]


def every_field(kind: str) -> dict[str, object]:
    """Return a valid value for each field of *kind*, by its name."""
    known = KINDS[kind]
    return {field.name: a_value(known, field) for field in known.fields}


def an_event(
    kind: str = "org_founded",
    *,
    id: str = "an-event",  # noqa: A002  # the contract's word
    when: str = A_DAY,
    time: str = "",
    source: str = A_SOURCE,
    **changes: object,
) -> dict[str, object]:
    """Return a raw event with its required fields; each of *changes* is a field of its kind.

    A name that is no field of the kind is one of the event (``importance``, ``stream`` …). None
    leaves a field out. A role takes ids, or mentions made by ``an_entity``.
    """
    return an_event_with(kind, changes, id=id, when=when, time=time, source=source)


def an_event_with(
    kind: str,
    changes: Mapping[str, object],
    *,
    id: str = "an-event",  # noqa: A002  # the contract's word
    when: str = A_DAY,
    time: str = "",
    source: str = A_SOURCE,
) -> dict[str, object]:
    """Return what ``an_event`` returns, the changes given as one mapping."""
    known = KINDS[kind]
    given = {field.name: a_value(known, field) for field in known.fields if field.required}
    given |= {name: value for name, value in changes.items() if known.field(name)}
    entities: list[object] = []
    data: dict[str, object] = {}
    for name, value in given.items():
        field = known.field(name)
        if field is None or value is None:
            continue
        if field.is_role:
            entities += [
                {"role": name, **one}  # type: ignore[dict-item]  # a mention is a mapping
                for one in _mentions(field, value)
            ]
        else:
            data[name] = value
    raw: dict[str, object] = {
        "id": id,
        "kind": kind,
        "occurred": {"edtf": when} | ({"time": time} if time else {}),
        "entities": entities,
        "data": data,
        "claims": [{"source": source}] if known.is_world else [],
    }
    return raw | {name: value for name, value in changes.items() if not known.field(name)}


def a_source(slug: str = A_SOURCE, **changes: object) -> dict[str, object]:
    """Return the raw event that adds a source."""
    fields: dict[str, object] = {"title": f"Paper {slug}", "published": A_DAY, "language": "zh"}
    raw = an_event_with("source_added", fields | changes, id=f"add-{slug}")
    return raw | {"entities": [{"role": "source", **an_entity(slug, "source")}]}


def unknown_to_all(_slug: str) -> None:
    """Know no entity: an archive that is empty."""


def checked(raw: Raw) -> Event:
    """Return *raw* as a checked event of an empty archive."""
    return check(raw, lookup=unknown_to_all)


def clock_from(start: datetime = MORNING, *, step: timedelta = timedelta(minutes=1)) -> Clock:
    """Return a clock that moves on by *step* each time it is read."""
    ticks = iter(range(10**9))
    return lambda: start + next(ticks) * step


def recorded(connection: Connection, raws: Iterable[Raw], **options: Clock) -> list[Recorded]:
    """Record a source and then *raws*, each on its own, so that the clock moves between them."""
    clock = options.get("clock") or clock_from()
    record_all(connection, [a_source()], recorded_by="tests", clock=clock)
    return [
        one
        for raw in raws
        for one in record_all(connection, [raw], recorded_by="tests", clock=clock)
    ]


def keep(engine: Engine, *raws: Raw) -> list[Recorded]:
    """Record a source and then *raws* in an archive, for good."""
    with writing(engine) as connection:
        return recorded(connection, raws)


@contextmanager
def shared_archive(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Yield an empty archive on the database that the fixture's parameter names, to scratch in."""
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        template = request.getfixturevalue("postgres_template")
        with postgres_database(server, template=template) as url:
            yield from _opened(url)
        return
    folder = request.getfixturevalue("tmp_path_factory").mktemp("shared")
    path = shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "archive.db")
    yield from _opened(f"sqlite:///{path}")


def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


@contextmanager
def scratch(engine: Engine) -> Iterator[Connection]:
    """Yield a writing connection of which nothing is kept: one archive serves many examples."""
    with engine.execution_options(write=True).connect() as connection:
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()
