"""What was kept on the server is let go as soon as something else is true."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete

from archive.commands import record
from archive.projections.rebuilding import rebuild_beside
from archive.projections.tables import facts
from archive.settings import Settings
from archive.storage import open_engine, writing
from archive.web import create_app
from tests.builders import an_entity, an_event, clock_from
from tests.web.conftest import CheckingClient
from tests.web.kept import STATE, asked, record_late, told
from tests.web.stories import tell_story


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
