"""An enemy's words in every field of every kind: no page and no file takes them for its own."""

import csv
import io
from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from archive.commands import record_all
from archive.errors import RefusedError
from archive.storage import writing
from archive.vocabulary import KINDS, WORLD_KINDS, Field, Kind
from tests.builders import a_source, an_entity, an_event_with, clock_from, every_field
from tests.web.desk import add_account, cheapen_hashes, fields_of, log_in, page_of
from tests.web.stories import HOSTILE

ENEMY = (
    f"=1+1{HOSTILE}\"><img src=x onerror=alert(1)>' {{{{ 7919*7907 }}}}${{7919*7907}} "
    "'; DROP TABLE event; -- %s%n{0.__class__}"
)
ADDRESS = "javascript:alert(1)//" + HOSTILE
FORMULAS = {"=", "+", "@", "\t", "\r"}
ENEMYS_SOURCE, DAY = "enemys-paper", "2023-07-31"
# What may stand in the place of a name in an address; the first that leads to a page is taken.
NAMES = {
    "id": ("enemy-org-founded", ENEMYS_SOURCE),
    "slug": ("org-founded-org",),
    "name": ("org_founded", "funding_round", "site", "after"),
    "field": ("amount",),
    "role": ("org",),
    "held": (DAY,),
    "first": ("2023-01-01",),
    "second": (DAY,),
}
ASKED = {
    "/why": f"entity=org-founded-org&attribute=status&on={DAY}",
    "/why.atom": f"entity=org-founded-org&attribute=status&on={DAY}",
    "/compare": f"first=2023-01-01&second={DAY}",
    "/compare/": f"first=2023-01-01&second={DAY}",
    "/search": "q=script",
    "/admin/read-date": f"words={DAY}",
}
# One ends the session; the others ask of what the archive of this test has not: a draft, an
# import, an article, a merge, a seal.
LEFT_OUT = (
    *("/logout", "/static", "/checkpoint", "/admin/drafts/<", "/admin/import/<"),
    *("/admin/review/<", "/admin/articles/<", "/admin/entities/<slug>/part"),
)


def taken(field: Field) -> object:
    """Return the enemy's words as a value of *field*, or None where it takes none."""
    for words in ({"zh": ENEMY, "en": ENEMY}, [ENEMY], ENEMY, ADDRESS):
        try:
            field.type.read(words, field=field.name)
        except (RefusedError, AttributeError, TypeError):
            continue
        return words
    return None


def hostile_event(kind: Kind) -> dict[str, object]:
    """Return an event of *kind* whose every text is the enemy's."""
    values = every_field(kind.name)
    for field in kind.fields:
        if field.is_role:
            given = values[field.name]
            slugs = map(str, given if isinstance(given, list) else [given])
            types = field.type.types  # type: ignore[attr-defined]  # a role has types
            values[field.name] = [
                an_entity(slug, types[0], zh=f"{ENEMY}{slug}", en=f"{ENEMY} {slug}")
                for slug in slugs
            ]
        elif (words := taken(field)) is not None:
            values[field.name] = words
    texts = {"zh": ENEMY, "en": ENEMY}
    raw = an_event_with(
        kind.name, values, id=f"enemy-{kind.name}".replace("_", "-"), when="2023-05-17"
    )
    claim = {
        "source": ENEMYS_SOURCE,
        "locator": ENEMY,
        "quote": ENEMY,
        "confidence": "low",
        "reason": ENEMY,
    }
    return raw | {"title": texts, "summary": texts, "claims": [claim]}


def hostile_source() -> dict[str, object]:
    kind = KINDS["source_added"]
    words = {field.name: taken(field) for field in kind.fields if not field.is_role}
    return a_source(ENEMYS_SOURCE, **{name: one for name, one in words.items() if one})


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An administrator, logged in."""
    cheapen_hashes(monkeypatch)
    add_account(engine, role="admin")
    log_in(client)
    return client


@pytest.fixture
def told(engine: Engine) -> list[str]:
    """What the archive took of the enemy's events; ids."""
    clock, kept = clock_from(), []
    with writing(engine) as connection:
        record_all(connection, [hostile_source()], recorded_by="enemy", clock=clock)
    for kind in WORLD_KINDS.values():
        raw = hostile_event(kind)
        with writing(engine) as connection:
            record_all(connection, [raw], recorded_by=ENEMY, clock=clock)
        kept.append(str(raw["id"]))
    return kept


@pytest.mark.parametrize("words", [ENEMY, ADDRESS], ids=["words", "address"])
def test_every_field_of_every_form_gives_back_what_was_typed_as_text(
    client: FlaskClient, words: str
) -> None:
    broken = []
    for name in (*WORLD_KINDS, "names_changed"):
        address = f"/admin/record/{name}"
        fields = fields_of(page_of(client.get(address)), "#admin-form")
        hostile = {one: [words] for one in fields if one not in {"csrf_token", "event_id"}}
        roles = {f"field-{one.name}": [words] for one in KINDS[name].fields}

        for step in ("look", "effect"):
            sent = {**fields, **roles, **hostile, "step": step}
            response = client.post(address, data=sent)
            if response.status_code not in {200, 422} or not is_text(response):
                broken.append((name, step, response.status_code))

    assert broken == []


def is_text(response: TestResponse) -> bool:
    """Tell whether nothing of the enemy's words works on a page; the client looks too."""
    page = page_of(response)
    live = page.select("img[src=x], a[href^='javascript:'], script:not([src])")
    inert = {"application/json", "application/ld+json"}
    return (
        "62615533" not in page.get_text()
        and [one for one in live if str(one.get("type", "")) not in inert] == []
    )


def pages(app: Flask) -> Iterator[tuple[Rule, list[str]]]:
    """Yield every address that is only looked at, with what may stand in it."""
    made = app.url_map.bind("")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(LEFT_OUT):
            continue
        names = list(rule.arguments)
        every = product(*(_values(rule, name) for name in names))
        filled = (made.build(rule.endpoint, dict(zip(names, one, strict=True))) for one in every)
        yield rule, [f"{address}?{ASKED.get(rule.rule, '')}" for address in filled]


def _values(rule: Rule, name: str) -> tuple[str, ...]:
    accepted = getattr(rule._converters[name], "items", None)  # noqa: SLF001 - no other way to ask
    return tuple(accepted) if accepted else NAMES[name]


def test_every_page_shows_what_an_enemy_recorded_as_text(
    app: Flask, client: FlaskClient, told: list[str]
) -> None:
    unseen, wrong = [], []

    for rule, addresses in pages(app):
        answers = (client.get(one, buffered=True, follow_redirects=True) for one in addresses)
        good = next((one for one in answers if one.status_code == 200), None)
        if good is None:
            unseen.append(rule.rule)
        elif not is_safe(good):
            wrong.append(rule.rule)

    assert len(told) == len(WORLD_KINDS)
    assert wrong == []
    assert unseen == []


def test_each_of_an_enemys_events_is_text_on_its_pages(
    client: FlaskClient, told: list[str]
) -> None:
    wrong = []
    for name in told:
        for ending in ("", "/correct", "/retract", "/add-source", "/dispute"):
            start = "/admin/events" if ending else "/events"
            response = client.get(f"{start}/{name}{ending}")
            if response.status_code != 200 or not is_text(response):
                wrong.append((name, ending, response.status_code))

    assert wrong == []


def test_no_file_for_a_spreadsheet_holds_a_formula(client: FlaskClient, told: list[str]) -> None:
    del told
    text = client.get(f"/state/{DAY}.csv?tab=all").get_data(as_text=True)

    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any(HOSTILE in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in FORMULAS] == []


def is_safe(response: TestResponse) -> bool:
    """Tell whether an answer of any sort takes the enemy's words for text."""
    if "\n" in str(response.headers).replace("\r\n", ""):
        return False
    if response.mimetype == "text/html":
        return is_text(response)
    is_markup = response.mimetype in {"image/svg+xml", "application/xml", "text/xml"}
    is_marked_safe = response.headers.get("X-Content-Type-Options") == "nosniff"
    return is_marked_safe and not (is_markup and HOSTILE in response.get_data(as_text=True))
