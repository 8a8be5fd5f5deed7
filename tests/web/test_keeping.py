"""What is kept on the server: the same bytes again, for anybody, while they are true."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import unwrap
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete
from sqlalchemy import event as listening
from werkzeug.test import TestResponse

from archive.commands import record, record_all
from archive.projections.rebuilding import rebuild_beside
from archive.projections.tables import facts
from archive.settings import Settings
from archive.storage import open_engine, writing
from archive.web import create_app
from archive.web.frame import keeping
from tests.builders import an_entity, an_event, clock_from
from tests.web.conftest import CheckingClient
from tests.web.desk import add_account, cheapen_hashes, log_in
from tests.web.stories import tell_story

_LASTING = re.compile(r"Expires=[^;]+")
STATE = "/state/2023-07-31?tab=all"
WHY = "/why?entity=baichuan&attribute=status&on=2023-07-31"
PACKED = {"Accept-Encoding": "gzip"}
HTMX = {"HX-Request": "true"}
KEPT = {
    "a state": STATE,
    "a tab": "/state/2023-07-31?tab=people&known=12",
    "a file": "/state/2023-07-31.json",
    "a citation": "/state/2023-07-31/citation",
    "a citation as a file": "/state/2023-07-31/citation.bib",
    "the events behind a value": WHY,
    "a comparison": "/compare/2022-12-31/2023-12-31",
}


@contextmanager
def asked(app: Flask) -> Iterator[list[str]]:
    """Note the statements that the site sends to its database."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engine: Engine = app.extensions["archive_engine"]
    listening.listen(engine, "before_cursor_execute", note)
    yield said
    listening.remove(engine, "before_cursor_execute", note)


def told(response: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    # A cookie lasts from when it was asked for.
    headers = [
        (name, _LASTING.sub("", value)) for name, value in response.headers if name != "Date"
    ]
    return response.status_code, response.data, headers


def record_late(engine: Engine) -> None:
    newcomer = an_entity("late", en="Latecomer")
    late = an_event(id="late", org=newcomer, when="2023-01-01", source="press")
    with writing(engine) as connection:
        record_all(connection, [late], recorded_by="tests", clock=clock_from())


@pytest.mark.parametrize("address", KEPT.values(), ids=KEPT)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_what_is_asked_again_comes_byte_for_byte_and_the_tables_are_not_asked(
    app: Flask, client: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    first = client.get(address, headers=headers)

    with asked(app) as statements:
        again = client.get(address, headers=headers)

    assert first.status_code == 200
    assert told(again) == told(first)
    assert statements == []


def test_what_is_kept_is_what_would_be_made(app: Flask, client: FlaskClient) -> None:
    made = client.get(f"{STATE}&lang=en")
    app.view_functions["states.show"] = unwrap(app.view_functions["states.show"])

    bare = client.get(f"{STATE}&lang=en")

    assert bare.data == made.data
    assert {name for name, _value in bare.headers} == {name for name, _value in made.headers}


def test_a_browser_that_takes_it_packed_gets_the_same_page(app: Flask) -> None:
    client = FlaskClient(app)
    plain = client.get(STATE)

    packed = client.get(STATE, headers=PACKED)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data


@pytest.mark.parametrize("headers", [{}, PACKED], ids=["plain", "packed"])
def test_a_reader_who_holds_the_very_bytes_is_sent_none(
    app: Flask, headers: dict[str, str]
) -> None:
    client = FlaskClient(app)
    first = client.get(STATE, headers=headers)
    tag = first.headers["ETag"]

    second = client.get(STATE, headers=headers | {"If-None-Match": tag})

    assert not tag.startswith("W/")
    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == tag
    assert "HX-Request" in second.headers["Vary"]


def test_a_page_and_its_packed_bytes_bear_different_tags(app: Flask) -> None:
    client = FlaskClient(app)

    tags = {client.get(STATE, headers=headers).headers["ETag"] for headers in ({}, PACKED)}

    assert len(tags) == 2


def test_what_was_recorded_since_is_on_the_page_at_once(
    client: FlaskClient, engine: Engine
) -> None:
    before = client.get(STATE)
    record_late(engine)

    after = client.get(STATE, headers={"If-None-Match": before.headers["ETag"]})

    assert b"Latecomer" not in before.data
    assert after.status_code == 200
    assert b"Latecomer" in after.data


# Where a text stands: on pages and in parts of them, in pictures, feeds and files.
TELLING = {
    "the events behind a value": "/why?entity=secretive&attribute=status&on=2023-07-31&lang=en",
    "the timeline": "/?entity=secretive&lang=en",
    "a picture": "/timeline.svg?entity=secretive&lang=en",
    "a frame": "/embed?entity=secretive&lang=en",
    "an event": "/events/secret?lang=en",
    "an event as a file": "/events/secret.json",
    "an entity": "/entities/secretive?lang=en",
    "a feed": "/entities/secretive.atom?lang=en",
    "the changes": "/changes?lang=en",
    "the feed of the changes": "/changes.atom?lang=en",
}


def test_a_masked_text_is_gone_from_what_was_kept(client: FlaskClient, engine: Engine) -> None:
    secret = {"zh": "机密的话", "en": "Confidential words"}
    told_so = an_event(
        id="secret", org=an_entity("secretive"), when="2023-01-01", title=secret, source="press"
    )
    with writing(engine) as connection:
        record(connection, raw=told_so, recorded_by="tests", clock=clock_from())
    before = {name: client.get(address) for name, address in TELLING.items()}
    masking = an_event(
        "text_masked", id="masking", target="secret", stream="press", reason="privacy"
    )
    with writing(engine) as connection:
        record(connection, raw=masking, recorded_by="tests", clock=clock_from())

    after = {
        name: client.get(address, headers={"If-None-Match": before[name].headers.get("ETag", "")})
        for name, address in TELLING.items()
    }

    words = b"Confidential words"
    assert [name for name, one in before.items() if words not in one.data] == []
    assert [name for name, one in after.items() if words in one.data] == []
    assert 304 not in {one.status_code for one in after.values()}


def test_what_was_kept_before_something_was_recorded_is_let_go(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    pages = [STATE, "/?lang=en", f"{STATE}&lang=zh"]
    for address in pages:
        client.get(address)
    store = app.extensions["archive_kept"]
    before = {*store.answers, *store.findings}
    record_late(engine)

    client.get(STATE)

    assert len(before) > len(pages)
    assert before.isdisjoint({*store.answers, *store.findings})
    assert len(store.answers) == 1


def test_read_models_that_were_rebuilt_are_read_at_once(
    client: FlaskClient, engine: Engine
) -> None:
    right = client.get(STATE).data
    with engine.begin() as connection:
        connection.execute(delete(facts))
    damaged = client.get(STATE).data

    rebuild_beside(engine)

    assert damaged != right
    assert client.get(STATE).data == right


def test_an_archive_put_in_the_place_of_another_is_read_at_once(
    app: Flask, client: FlaskClient, sqlite_url: str, engine: Engine
) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    before = client.get(f"{STATE}&lang=en").data
    restored = _another_with_more(engine, file.with_name("restored.db"))
    app.extensions["archive_engine"].dispose()
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)

    restored.replace(file)

    assert b"Latecomer" not in before
    assert b"Latecomer" in client.get(f"{STATE}&lang=en").data


def _another_with_more(engine: Engine, file: Path) -> Path:
    """Return a copy of the archive that holds one event more, in one file."""
    with engine.connect() as connection:
        connection.commit()
        connection.connection.execute(f"VACUUM INTO '{file}'")
    engine.dispose()
    other = open_engine(f"sqlite:///{file}")
    record_late(other)
    other.dispose()
    return file


def test_languages_themes_and_fragments_do_not_mix(app: Flask) -> None:
    def page(headers: dict[str, str], cookies: dict[str, str]) -> bytes:
        client = app.test_client()
        for name, value in cookies.items():
            client.set_cookie(name, value)
        return bytes(client.get(STATE, headers=headers).data)

    english = {"Accept-Language": "en"}
    asked_for: list[tuple[dict[str, str], dict[str, str]]] = [
        (english, {}),
        ({"Accept-Language": "zh"}, {}),
        (english, {"lang": "zh", "theme": "dark"}),
        (english, {"theme": "dark"}),
        (english | HTMX, {}),
        (english | HTMX | {"HX-Boosted": "true"}, {}),
    ]

    first = [page(*one) for one in asked_for]
    again = [page(*one) for one in asked_for]

    assert again == first
    assert len(set(first)) == 5, "only what is boosted is the page itself"


def test_who_is_signed_in_gets_no_kept_page_and_leaves_none(
    app: Flask, client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheapen_hashes(monkeypatch)
    add_account(engine)
    editor = app.test_client()
    log_in(editor)

    theirs = [editor.get(f"{STATE}&lang=en").data for _visit in range(2)]
    strangers = client.get(f"{STATE}&lang=en").data
    theirs.append(editor.get(f"{STATE}&lang=en").data)

    assert all(b'href="/admin"' in page and b"X-CSRFToken" in page for page in theirs)
    assert b'href="/admin"' not in strangers
    assert b"CSRF" not in strangers


def test_whoever_may_be_told_something_alone_gets_no_kept_page(
    app: Flask, client: FlaskClient
) -> None:
    client.get(STATE)
    client.set_cookie("archive_form", "anything")

    with asked(app) as statements:
        client.get(STATE)

    assert statements


@pytest.mark.parametrize(
    "address",
    [f"{STATE}&hash=sha256:0", "/state/2023-07-31?known=99999", "/state/2023-07-31.csv"],
    ids=["a verdict on a hash", "a refusal", "a stream of lines"],
)
def test_what_must_be_made_each_time_is(app: Flask, client: FlaskClient, address: str) -> None:
    client.get(address)

    with asked(app) as statements:
        client.get(address)

    assert statements


def test_room_is_bounded_and_what_was_not_asked_for_longest_goes_first(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_engine(sqlite_url)
    tell_story(opened)
    opened.dispose()
    monkeypatch.setattr(keeping, "MOST_BYTES", 30_000)
    app = create_app(Settings(database_url=sqlite_url))
    client = app.test_client()
    for day in range(1, 20):
        client.get(f"/state/2023-07-{day:02}?tab=people")

    asked_for = []
    for day in (1, 19):
        with asked(app) as statements:
            client.get(f"/state/2023-07-{day:02}?tab=people")
        asked_for.append(bool(statements))

    assert asked_for == [True, False]


def test_an_address_that_only_reads_like_another_gets_no_answer_of_it(
    client: FlaskClient,
) -> None:
    kept = client.get("/state/2023-07-31?x=1?")

    other = client.get("/state/2023-07-31%3Fx=1?")

    assert kept.status_code == 200
    assert other.status_code in {303, 400}


@pytest.mark.parametrize("sort", ["answers", "findings"])
def test_long_addresses_fill_no_memory(app: Flask, client: FlaskClient, sort: str) -> None:
    for number in range(5):
        client.get(f"/state/2023-07-31?tab=people&entity={number}{'x' * 3_000}&y={'y' * 3_000}")

    kept = list(getattr(app.extensions["archive_kept"], sort))

    assert kept
    assert [one for one in kept if len(repr(one)) > 200] == []


def test_an_address_without_end_is_refused(client: FlaskClient) -> None:
    assert client.get(f"/state/2023-07-31?x={'x' * 20_000}").status_code == 400


VARIED = {
    "a language": {"Accept-Language": "zh"},
    "a host": {"Host": "elsewhere.example"},
    "a fragment": HTMX,
    "a target": HTMX | {"HX-Target": "div#state-list"},
    "a width": {"HX-Drawing-Width": "320"},
    "a phone": {"Sec-CH-UA-Mobile": "?1"},
    "a page gone back to": HTMX | {"HX-History-Restore-Request": "true"},
    "packed": PACKED,
    "a body of another sort": {"Accept": "application/json"},
    "another site": {"Referer": "https://evil.example/", "Origin": "https://evil.example"},
    "a proxy": {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
    "a path of its own": {"X-Original-URL": "/evil", "X-Rewrite-URL": "/evil"},
    "a method of its own": {"X-HTTP-Method-Override": "POST"},
    "another theme": {"Cookie": "theme=dark"},
    "a current address": {"HX-Current-URL": "https://evil.example/"},
}


@pytest.mark.parametrize("address", ["/?all=1", STATE, "/embed", "/state/2023-07-31/citation"])
def test_no_header_changes_what_others_are_answered(app: Flask, address: str) -> None:
    plain = {"Accept-Language": "en"}
    alone = told(FlaskClient(app).get(address, headers=plain))
    changed = []

    for name, headers in VARIED.items():
        fresh = create_app(app.extensions["archive_settings"])
        FlaskClient(fresh).get(address, headers=plain | headers)
        if told(FlaskClient(fresh).get(address, headers=plain)) != alone:
            changed.append(name)

    assert changed == []


def test_a_server_tells_of_each_commit_too(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    tell_story(engine)
    app = create_app(Settings(database_url=postgres_url))
    app.test_client_class = CheckingClient
    client = app.test_client()
    address = f"{STATE}&lang=en"

    first = client.get(address)
    with asked(app) as statements:
        again = client.get(address)
    record_late(engine)
    after = client.get(address)
    with engine.begin() as connection:
        connection.execute(delete(facts))
    damaged = client.get(address)
    rebuild_beside(engine)
    rebuilt = client.get(address)

    assert told(again) == told(first)
    assert [one for one in statements if "fact" in one] == []
    assert b"Latecomer" not in first.data
    assert b"Latecomer" in after.data
    assert damaged.data != after.data == rebuilt.data
    app.extensions["archive_engine"].dispose()
    engine.dispose()
