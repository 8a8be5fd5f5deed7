"""The assistant at the desk: asked by a button, its drafts listed, marked, taken up, accepted."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from bs4 import Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from archive.commands.draft_lists import offers_from
from archive.commands.drafts import Draft, draft_called
from archive.commands.noting import latest_steps
from archive.export import log_lines
from archive.settings import Settings
from archive.storage import reading
from archive.vocabulary import MACHINE_PROPOSED
from archive.web import create_app
from tests.assistants import Recorded, a_draft, assistant_server
from tests.web.conftest import CheckingClient
from tests.web.desk import (
    NAME,
    add_account,
    at_desk,
    errors_of,
    fields_of,
    found,
    log_in,
    page_of,
    send_again,
    send_file,
    text_of,
)
from tests.web.stories import SOURCE

TEXT = """百川智能的一年

2023年6月29日，美团宣布收购光年之外，价格约20.65亿元。市场反应不一。
"""
SENTENCE = "2023年6月29日，美团宣布收购光年之外，价格约20.65亿元。"
DEAL = a_draft(
    "deal_announced",
    "宣布收购",
    quote=SENTENCE,
    when="2023年6月29日",
    fields={"buyer": ["美团"], "target": "光年之外", "amount": "20.65亿元", "deal": "没有的词"},
)
MARK = "Proposed by a machine"
ENOUGH = {"field-deal_type": "acquisition"}


@pytest.fixture
def server() -> Iterator[Recorded]:
    with assistant_server() as recorded:
        recorded.say(DEAL)
        yield recorded


@pytest.fixture
def settings(sqlite_url: str, server: Recorded) -> Settings:
    secret = "of a site that lives for one test"  # noqa: S105 - true to its words
    return Settings(
        database_url=sqlite_url,
        secret_key=secret,
        assistant_url=server.address,
        assistant_model="a-model",
        assistant_key="a-key-of-nobody",
        assistant_seconds=5,
    )


@pytest.fixture
def app(settings: Settings, engine: Engine) -> Flask:  # noqa: ARG001 - the story must be told first
    """The site of an archive with an assistant."""
    made = create_app(settings)
    made.testing = True
    made.test_client_class = CheckingClient
    return made


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An editor, logged in."""
    return at_desk(client, engine, monkeypatch)


def pasted(client: FlaskClient) -> str:
    fields = fields_of(page_of(client.get("/admin/articles/")), "#admin-form")
    sent = {**fields, "source": SOURCE, "text": TEXT, "published": "2023-07-01"}
    return send_file(client, "/admin/articles/", sent).headers["Location"]


def ask(client: FlaskClient, address: str) -> TestResponse:
    """Press the button."""
    form = f"form[action='{address}/assistant']"
    return client.post(f"{address}/assistant", data=fields_of(page_of(client.get(address)), form))


def offers(client: FlaskClient, address: str) -> list[Tag]:
    lines = page_of(client.get(address)).select(".offer-list li")
    return [line for line in lines if MARK in line.get_text()]


def opened(client: FlaskClient, address: str) -> TestResponse:
    """Open the first of the assistant's drafts."""
    link = found(page_of(client.get(address)), ".offer-list a[href^='/admin/drafts/']")
    return client.get(str(link["href"]), follow_redirects=True)


def action_of(response: TestResponse) -> str:
    return str(found(page_of(response), "#admin-form")["action"])


def newest(engine: Engine) -> str:
    with reading(engine) as connection:
        *_before, last = log_lines(connection)
    return str(json.loads(last)["id"])


def test_the_button_asks_and_the_drafts_are_listed_marked(
    client: FlaskClient, server: Recorded, engine: Engine
) -> None:
    address = pasted(client)
    before = len(page_of(client.get(address)).select(".offer-list li"))
    assert server.asked == []

    answer = ask(client, address)

    assert answer.status_code == 303
    assert len(server.asked) == 1
    assert server.keys == ["Bearer a-key-of-nobody"]
    (line,) = offers(client, address)
    assert SENTENCE[:20] in line.get_text()
    page = page_of(client.get(address))
    assert len(page.select(".offer-list li")) == before + 1
    assert f"{before + 1} draft" in text_of(page, "#pane-drafts")
    with reading(engine) as connection:
        step = latest_steps(connection)[0]
    assert (step.deed, step.account, step.words) == ("assisted", NAME, "a-model: 1")


def test_a_draft_of_the_assistant_fills_the_form_with_words_of_the_article(
    client: FlaskClient,
) -> None:
    address = pasted(client)
    ask(client, address)

    response = opened(client, address)

    fields = fields_of(page_of(response), "#admin-form")
    assert fields["when"] == ["29 June 2023"]
    assert fields["quote"] == [SENTENCE]
    assert fields["field-buyer-id"] == ["meituan"]
    assert fields["origin"] == ["assistant"]
    page = page_of(response)
    assert MARK in text_of(page, ".pane-drafts > .notice")
    assert "20.65亿元" in text_of(page, ".origins")
    assert "没有的词" not in response.get_data(as_text=True)
    assert page.select(".sentence[aria-current]")


@pytest.mark.parametrize("way", ["recorded", "kept first", "refused first"])
def test_the_mark_stays_with_the_event_for_ever(
    client: FlaskClient, engine: Engine, way: str
) -> None:
    address = pasted(client)
    ask(client, address)
    response = opened(client, address)
    action = action_of(response)
    if way == "kept first":
        send_again(client, response, action, {**ENOUGH, "step": "keep"})
        response = opened(client, address)
    if way == "refused first":
        response = send_again(client, response, action, {"when": "", "step": "record"})
        assert response.status_code == 422
        assert "宣布收购" in text_of(page_of(response), ".origins")

    changed = {**ENOUGH, "when": "2023-06-29", "field-deal_type": "acquisition"}
    done = send_again(client, response, action, {**changed, "step": "record"})

    assert done.status_code == 303, errors_of(done)
    name = newest(engine)
    assert MARK in text_of(page_of(client.get(f"/events/{name}")), ".page-head")
    assert client.get(f"/events/{name}.json").get_json()["tags"] == [MACHINE_PROPOSED]
    with reading(engine) as connection:
        exported = [line for line in log_lines(connection) if name.encode() in line]
    assert MACHINE_PROPOSED.encode() in exported[0]
    (line,) = offers(client, address)
    assert "recorded" in line.get_text()


def test_a_form_that_hides_where_it_comes_from_is_marked_all_the_same(
    client: FlaskClient, engine: Engine
) -> None:
    address = pasted(client)
    ask(client, address)
    response = opened(client, address)

    hidden = {**ENOUGH, "origin": "typed", "step": "record"}
    send_again(client, response, action_of(response), hidden)

    row = client.get(f"/events/{newest(engine)}.json").get_json()
    assert row["tags"] == [MACHINE_PROPOSED]


def test_the_mark_goes_through_the_hands_of_a_reviewer(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    address = pasted(client)
    ask(client, address)
    response = opened(client, address)
    sent = send_again(client, response, action_of(response), {**ENOUGH, "step": "submit"})
    name = sent.headers["Location"].rsplit("/", 1)[1]
    add_account(engine, name="rita", role="reviewer")
    second = app.test_client()
    second.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    log_in(second, name="rita")

    assert MARK in text_of(page_of(second.get("/admin/review/")), "#admin-queue")
    review = page_of(second.get(f"/admin/review/{name}"))
    assert MARK in text_of(review, "#admin-review")
    done = second.post(
        f"/admin/review/{name}/accept", data=fields_of(review, "form[action$='/accept']")
    )

    assert done.status_code == 303, errors_of(done)
    assert MARK in text_of(page_of(second.get(done.headers["Location"])), ".page-head")


def test_a_plain_draft_of_the_same_article_bears_no_mark(
    client: FlaskClient, engine: Engine
) -> None:
    address = pasted(client)
    ask(client, address)
    line = found(page_of(client.get(address)), ".offer-list a[href*='place=']")
    response = client.get(str(line["href"]))
    roles = {"field-buyer-id": "meituan", "field-target-id": "light-years-beyond", **ENOUGH}

    done = send_again(client, response, action_of(response), {**roles, "step": "record"})

    assert done.status_code == 303, errors_of(done)
    assert client.get(f"/events/{newest(engine)}.json").get_json()["tags"] == []


def test_its_kind_can_be_changed_and_the_mark_stays(client: FlaskClient) -> None:
    address = pasted(client)
    ask(client, address)
    page = page_of(opened(client, address))
    change = fields_of(page, ".kind-change[method='get']")

    again = client.get(address, query_string={**change, "kind": ["deal_closed"]})

    fields = fields_of(page_of(again), "#admin-form")
    assert action_of(again) == "/admin/record/deal_closed"
    assert fields["origin"] == ["assistant"]
    assert fields["draft"] == change["draft"]
    assert fields["field-buyer-id"] == ["meituan"]


def test_asking_again_replaces_what_nobody_took_up(
    client: FlaskClient, server: Recorded, engine: Engine
) -> None:
    address = pasted(client)
    ask(client, address)
    response = opened(client, address)
    send_again(client, response, action_of(response), {"step": "keep"})
    ask(client, address)
    server.say(DEAL, a_draft("partnership_made", "市场", fields={"parties": "美团"}))

    ask(client, address)

    statuses = [one.status for one in stored(engine, address)]
    assert sorted(statuses) == ["offered", "offered", "open"]


def stored(engine: Engine, address: str) -> list[Draft]:
    with reading(engine) as connection:
        return offers_from(connection, account=NAME, article=address.rsplit("/", 1)[1])


def test_an_offer_is_no_draft_of_its_editor_before_it_is_kept(
    client: FlaskClient, engine: Engine
) -> None:
    address = pasted(client)
    ask(client, address)
    before = client.get("/admin/drafts/").get_data(as_text=True)
    response = opened(client, address)

    send_again(client, response, action_of(response), {"step": "keep"})

    assert SENTENCE not in before
    assert "draft-line" not in before
    assert MARK in text_of(page_of(client.get("/admin/drafts/")), "#admin-drafts")
    name = fields_of(page_of(response), "#admin-form")["draft"][0]
    with reading(engine) as connection:
        draft = draft_called(connection, name)
    assert (draft.status, draft.origin) == ("open", "assistant")


def test_another_editor_sees_no_offers_of_ones_own(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    address = pasted(client)
    ask(client, address)
    add_account(engine, name="second", role="editor")
    other = app.test_client()
    other.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    log_in(other, name="second")

    assert offers(other, address) == []
    assert len(offers(client, address)) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        pytest.param({"status": 500}, "500", id="failing"),
        pytest.param({"answer": b"<html>"}, "127.0.0.1", id="garbage"),
        pytest.param({"answer": b"x" * 1_000_001}, "1000000", id="huge"),
        pytest.param({"hangs": True}, "0.3", id="slow"),
    ],
)
def test_an_assistant_that_fails_is_told_and_nothing_is_lost(
    app: Flask,
    client: FlaskClient,
    server: Recorded,
    engine: Engine,
    trouble: dict[str, object],
    told: str,
    language: str,
) -> None:
    address = pasted(client)
    ask(client, address)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    app.extensions["archive_settings"] = quick(app)
    for name, value in trouble.items():
        setattr(server, name, value)

    answer = ask(client, address)

    assert answer.status_code == 303
    page = page_of(client.get(answer.headers["Location"]))
    notice = text_of(page, "#messages .notice-error")
    assert told in notice
    assert notice.isascii() is (language == "en")
    assert len(stored(engine, address)) == 1


def quick(app: Flask) -> Settings:
    """Return the site's settings with little patience."""
    before: Settings = app.extensions["archive_settings"]
    return Settings(
        database_url=before.database_url,
        secret_key=before.secret_key,
        assistant_url=before.assistant_url,
        assistant_seconds=0.3,
    )


def test_a_key_is_written_nowhere(
    client: FlaskClient, server: Recorded, caplog: pytest.LogCaptureFixture
) -> None:
    address = pasted(client)
    server.status = 401
    with caplog.at_level(logging.DEBUG):
        answer = ask(client, address)

    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "a-key-of-nobody" not in page + caplog.text


class TestWithoutAnAssistant:
    """A site that names none."""

    @pytest.fixture
    def settings(self, sqlite_url: str) -> Settings:
        secret = "of a site that lives for one test"  # noqa: S105 - true to its words
        return Settings(database_url=sqlite_url, secret_key=secret)

    def test_there_is_no_button_and_no_traffic(
        self, client: FlaskClient, server: Recorded
    ) -> None:
        address = pasted(client)

        page = page_of(client.get(address))
        token = fields_of(page_of(client.get("/admin/articles/")), "#admin-form")["csrf_token"]
        answer = client.post(f"{address}/assistant", data={"csrf_token": token})

        assert page.select("form[action$='/assistant']") == []
        assert "assistant" not in text_of(page, "#main").lower()
        assert answer.status_code == 303
        told = text_of(page_of(client.get(address)), "#messages .notice-error")
        assert "ARCHIVE_ASSISTANT_URL" in told
        assert server.asked == []


def test_whoever_asks_too_often_must_wait_and_the_server_is_not_asked(
    settings: Settings,
    server: Recorded,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = create_app(replace(settings, assistant_hourly=1))
    made.testing, made.test_client_class = True, CheckingClient
    client = at_desk(made.test_client(), engine, monkeypatch)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    address = pasted(client)
    ask(client, address)

    ask(client, address)

    assert len(server.asked) == 1
    told = text_of(page_of(client.get(address)), "#messages")
    assert "You asked the assistant 1 times within the hour" in told
    assert len(offers(client, address)) == 1
