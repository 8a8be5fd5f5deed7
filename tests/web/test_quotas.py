"""Too many files, articles or drafts of one person: refused in words, nothing typed lost."""

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from archive.settings import Settings
from archive.web import create_app
from tests.web.conftest import CheckingClient
from tests.web.desk import (
    add_account,
    cheapen_hashes,
    errors_of,
    fields_of,
    fill_in,
    found,
    log_in,
    page_of,
    send_file,
    text_of,
)
from tests.web.stories import SOURCE

FORM = "/admin/record/org_founded"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def client(sqlite_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An editor of a site where one may keep one file and one draft."""
    cheapen_hashes(monkeypatch)
    add_account(engine)
    secret = "of a site that lives for one test"  # noqa: S105 - true to its words
    settings = Settings(database_url=sqlite_url, secret_key=secret, most_files=1, most_drafts=1)
    made = create_app(settings)
    made.testing, made.test_client_class = True, CheckingClient
    client = made.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    log_in(client)
    return client


def send(client: FlaskClient) -> TestResponse:
    fields = fields_of(page_of(client.get("/admin/import")), "#admin-form")
    content = io.BytesIO(b"when,what\n2023-07-01,x\n")
    sent = {**fields, "file": FileStorage(content, "a.csv")}
    return send_file(client, "/admin/import/", sent)


def paste(client: FlaskClient) -> TestResponse:
    fields = fields_of(page_of(client.get("/admin/articles/")), "#admin-form")
    text = "2023年6月29日，美团宣布收购光年之外。"
    sent = {**fields, "source": SOURCE, "text": text, "published": "2023-07-01"}
    return send_file(client, "/admin/articles/", sent)


def keep(client: FlaskClient, words: str) -> TestResponse:
    return fill_in(client, FORM, {"stated": words, "step": "keep"})


def test_one_file_too_many_is_refused_and_a_removed_one_makes_room(client: FlaskClient) -> None:
    assert send(client).status_code == 303

    refused = send(client)

    assert refused.status_code == 422
    assert "You have 1 files and articles kept" in errors_of(refused)["file"]
    page = page_of(client.get("/admin/import"))
    form = found(page, ".draft-list form")
    token = fields_of(page, ".draft-list form")
    assert client.post(str(form["action"]), data=token).status_code == 303
    assert "stays" in text_of(page_of(client.get("/admin/import")), "#messages")
    assert send(client).status_code == 303


def test_nobody_removes_the_file_of_another(client: FlaskClient, engine: Engine) -> None:
    job = send(client).headers["Location"]
    add_account(engine, name="bea")
    client.delete_cookie("archive_session")
    log_in(client, name="bea")

    page = page_of(client.get("/admin/import"))
    token = fields_of(page, "#admin-form")["csrf_token"]
    response = client.post(f"{job}/remove", data={"csrf_token": token})

    assert response.status_code == 404
    assert page.select(".draft-list form") == []


def test_one_article_too_many_is_refused_and_its_text_comes_back(client: FlaskClient) -> None:
    send(client)

    refused = paste(client)

    assert refused.status_code == 422
    assert "files and articles kept" in errors_of(refused)["text"]
    assert "美团宣布收购" in text_of(page_of(refused), "#text")


def test_one_draft_too_many_is_refused_and_what_was_typed_comes_back(client: FlaskClient) -> None:
    assert keep(client, "the first").status_code == 303

    refused = keep(client, "the second")

    assert refused.status_code == 422
    page = page_of(refused)
    assert "You have 1 drafts" in text_of(page, "#admin-carried")
    back = client.post(FORM, data={**fields_of(page, "#admin-carried form"), "step": "look"})
    assert found(page_of(back), "#stated")["value"] == "the second"


def test_a_form_that_cannot_be_kept_by_itself_stays_as_it_is(client: FlaskClient) -> None:
    keep(client, "the first")
    fields = fields_of(page_of(client.get(FORM)), "#admin-form")

    response = client.post(
        "/admin/drafts/save/org_founded", data={**fields, "stated": "x"}, headers=PARTIAL
    )

    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == "#messages"
    assert "Put some aside" in response.get_data(as_text=True)
