"""The frame of every page: language, theme, headers, freshness, errors."""

import sqlite3
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import request
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.test import create_environ, run_wsgi_app

from archive.settings import Settings
from archive.web import create_app


def language_of(client: FlaskClient, address: str = "/", **headers: str) -> str:
    page = BeautifulSoup(client.get(address, headers=headers).data, "html.parser")
    return str(page.html["lang"])  # type: ignore[index] # every page has one


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        pytest.param("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans", id="a Chinese browser"),
        pytest.param("en-GB,en;q=0.9", "en", id="an English browser"),
        pytest.param("fr-FR,fr;q=0.9", "en", id="another browser"),
        pytest.param("", "zh-Hans", id="no word of the browser"),
    ],
)
def test_the_browser_chooses_the_language_first(
    client: FlaskClient, accepted: str, language: str
) -> None:
    assert language_of(client, **{"Accept-Language": accepted}) == language


def test_the_address_chooses_before_the_browser_and_is_remembered(client: FlaskClient) -> None:
    assert language_of(client, "/?lang=zh") == "zh-Hans"
    assert language_of(client) == "zh-Hans"
    assert language_of(client, "/?lang=en") == "en"


def test_the_switch_keeps_the_address_and_names_each_language_in_itself(
    client: FlaskClient,
) -> None:
    page = BeautifulSoup(client.get("/?from=2023").data, "html.parser")

    choices = page.select(".language-switch a")

    assert [choice.get_text() for choice in choices] == ["中文", "English"]
    assert choices[0]["href"] == "/?from=2023&lang=zh"


def test_a_theme_is_chosen_by_a_form_and_kept(client: FlaskClient) -> None:
    answer = client.post("/theme", data={"theme": "dark", "back": "/?from=2023"})
    page = BeautifulSoup(client.get("/").data, "html.parser")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/?from=2023")
    assert page.html["data-theme"] == "dark"  # type: ignore[index] # as above


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/\\example.org", ""])
def test_a_theme_never_leads_off_the_site(client: FlaskClient, back: str) -> None:
    answer = client.post("/theme", data={"theme": "light", "back": back})

    assert answer.headers["Location"] == "/"


def test_a_theme_that_does_not_exist_is_not_kept(client: FlaskClient) -> None:
    answer = client.post("/theme", data={"theme": "<b>", "back": "/"})

    assert "Set-Cookie" not in answer.headers


def test_every_answer_forbids_what_the_site_does_not_need(client: FlaskClient) -> None:
    headers = client.get("/").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_the_reader_holds_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/")

    second = client.get("/", headers={"If-None-Match": first.headers["ETag"]})

    assert second.status_code == 304
    assert second.data == b""
    assert "HX-Request" in second.headers["Vary"]


def test_a_fragment_is_not_taken_for_the_page_of_the_same_address(client: FlaskClient) -> None:
    page = client.get("/").headers["ETag"]
    fragment = client.get("/", headers={"HX-Request": "true"}).headers["ETag"]

    assert page != fragment


def test_back_gets_a_whole_page_even_from_htmx(client: FlaskClient) -> None:
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert client.get("/", headers=back).data.lower().startswith(b"<!doctype html>")


def test_a_head_request_is_answered_like_a_visit_without_its_body(client: FlaskClient) -> None:
    answer = client.head("/")

    assert answer.status_code == 200
    assert answer.data == b""


def test_a_static_file_is_kept_for_ever_under_its_hash(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/").data, "html.parser")
    address = str(page.select_one("link[rel=stylesheet]")["href"])  # type: ignore[index] # it is there

    answer = client.get(address)

    assert "?v=" in address
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        pytest.param("zh", "这个地址没有页面。", id="Chinese"),
        pytest.param("en", "There is no page at this address.", id="English"),
    ],
)
def test_a_missing_page_is_told_in_both_languages(
    client: FlaskClient, language: str, sentence: str
) -> None:
    answer = client.get(f"/nowhere?lang={language}")

    assert answer.status_code == 404
    assert sentence in answer.get_data(as_text=True)


def test_a_refusal_goes_into_the_messages_of_the_page_where_htmx_asked(
    client: FlaskClient,
) -> None:
    answer = client.get("/events/nothing", headers={"HX-Request": "true"})

    assert answer.status_code == 404
    assert answer.headers["HX-Retarget"] == "#messages"
    assert answer.get_data(as_text=True).count("<html") == 0


def test_a_failure_is_a_page_too(client: FlaskClient) -> None:
    def fail() -> str:
        raise RuntimeError

    client.application.add_url_rule("/fails", view_func=fail)
    client.application.testing = False

    answer = client.get("/fails")

    assert answer.status_code == 500
    assert "The site failed" in answer.get_data(as_text=True)


def test_a_database_without_tables_is_told_in_one_sentence(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'new.db'}"))

    answer = app.test_client().get("/?lang=en")

    assert answer.status_code == 503
    assert "archive migrate" in answer.get_data(as_text=True)


def test_a_database_that_cannot_be_opened_is_told_in_one_sentence(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'no' / 'such.db'}"))

    answer = app.test_client().get("/?lang=zh")

    assert answer.status_code == 503
    assert "现在打不开数据库" in answer.get_data(as_text=True)
    assert "such.db" not in answer.get_data(as_text=True)


def test_a_site_without_its_database_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    client = create_app(Settings(database_url=f"sqlite:///{path}")).test_client()

    for address in ("/", "/login", "/state"):
        client.get(address)

    assert not path.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=a%00b",
        "/events/a%00.json",
        "/card/%00",
        "/why?entity=a%00&attribute=b",
        "/?%00=1",
    ],
)
def test_an_address_with_nul_is_refused_in_a_sentence(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 400
    assert "NUL" in answer.get_data(as_text=True)


def test_a_form_with_nul_is_refused_in_a_sentence(client: FlaskClient) -> None:
    answer = client.post("/login", data={"name": "a\0b", "password": "x"})

    assert answer.status_code == 400
    assert "NUL" in answer.get_data(as_text=True)


def test_a_page_stands_and_an_error_too_when_a_style_sheet_is_missing(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.web.frame.bundling._read", _unreadable)
    monkeypatch.setattr("archive.web.frame.assets._digest", _unreadable)

    answers = client.get("/about"), client.get("/nowhere"), client.get("/sheets/site.css")

    assert [one.status_code for one in answers] == [200, 404, 404]
    assert "no page at this address" in answers[1].get_data(as_text=True)


def _unreadable(*_parts: object) -> str:
    raise FileNotFoundError


def test_links_carry_only_words_that_pages_know(client: FlaskClient) -> None:
    answer = client.get(f"/?junk=planted&kind=model_released&known={'9' * 300}&utm_source=planted")

    text = answer.get_data(as_text=True)
    assert "planted" not in text
    assert f"known={'9' * 300}" not in text


def test_too_many_values_of_one_word_are_refused(client: FlaskClient) -> None:
    answer = client.get("/?" + "kind=model_released&" * 61)

    assert answer.status_code == 400
    assert "more than 60 times" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/state", "/sources", "/entities", "/changes", "/about"])
def test_a_slash_at_the_end_makes_no_difference(client: FlaskClient, path: str) -> None:
    answers = client.get(path), client.get(f"{path}/")

    assert len({answer.status_code for answer in answers}) == 1
    assert all("://" not in answer.headers.get("Location", "") for answer in answers)


@pytest.mark.parametrize(
    ("said", "status"), [("database is locked", 503), ("something unforeseen", 500)]
)
def test_what_a_database_refuses_has_a_status_and_is_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, said: str, status: int
) -> None:
    def fail() -> str:
        raise OperationalError("SELECT 1", {}, sqlite3.OperationalError(said))

    client.application.add_url_rule("/fails", view_func=fail)

    answer = client.get("/fails")

    assert answer.status_code == status
    assert caplog.records
    assert ("another process holds it" in answer.get_data(as_text=True)) == (status == 503)


@pytest.mark.parametrize(
    ("count", "seen"), [("1", "10.9.8.7"), ("", "127.0.0.1"), ("x", "127.0.0.1")]
)
def test_a_proxy_is_believed_only_where_the_settings_say_so(
    sqlite_url: str, count: str, seen: str
) -> None:
    environment = {"ARCHIVE_DATABASE_URL": sqlite_url, "ARCHIVE_TRUSTED_PROXIES": count}
    app = create_app(Settings.from_environment(environment))
    app.add_url_rule("/who", view_func=lambda: str(request.remote_addr))

    answer = app.test_client().get("/who", headers={"X-Forwarded-For": "10.9.8.7"})

    assert answer.get_data(as_text=True) == seen


def test_bytes_that_are_no_text_in_an_address_are_read_as_some(client: FlaskClient) -> None:
    environ = create_environ("/") | {"QUERY_STRING": "q=\xff\xfe"}

    _body, status, _headers = run_wsgi_app(client.application, environ)

    assert status == "200 OK"
