"""What is kept on the server: the same bytes again, for anybody, while they are true."""

import gzip
from inspect import unwrap

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.settings import Settings
from archive.storage import open_engine
from archive.web import create_app
from archive.web.frame import keeping
from tests.web.desk import add_account, cheapen_hashes, log_in
from tests.web.kept import STATE, asked, told
from tests.web.stories import tell_story

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
