"""The assistant at the desk: asked by a button, its drafts listed, marked, taken up, accepted."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands.drafts import draft_called
from archive.commands.noting import latest_steps
from archive.export import log_lines
from archive.storage import reading
from archive.vocabulary import MACHINE_PROPOSED
from tests.assistants import Recorded, a_draft
from tests.web.assistant.asking import (
    DEAL,
    ENOUGH,
    MARK,
    SENTENCE,
    action_of,
    ask,
    newest,
    offers,
    opened,
    pasted,
    stored,
)
from tests.web.desk import (
    NAME,
    add_account,
    errors_of,
    fields_of,
    found,
    log_in,
    page_of,
    send_again,
    text_of,
)


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
