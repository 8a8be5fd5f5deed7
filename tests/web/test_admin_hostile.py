"""What an enemy types into every field of the desk stays text: on pages, in files, in headers."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.vocabulary import KINDS
from tests.web.desk import (
    at_desk,
    fields_of,
    fill_in,
    page_of,
)
from tests.web.stories import HOSTILE, SOURCE

# The client of these tests refuses every page on which HOSTILE stands as markup.
WORDS = [
    pytest.param(HOSTILE, id="script"),
    pytest.param("\"><img src=x onerror=alert(1)>'", id="attribute"),
    pytest.param("{{ 7919*7907 }}{% raw %}${7919*7907}", id="template"),
    pytest.param("'; DROP TABLE event; --", id="SQL"),
    pytest.param('=HYPERLINK("http://evil.example","x")', id="formula"),
    pytest.param("x\r\nSet-Cookie: stolen=1\r\n\r\n<p>", id="header"),
    pytest.param("javascript:alert(1)", id="address"),
    pytest.param("%s%n{0.__class__}\u202e\u0000", id="format"),
]
FORMS = ["org_founded", "funding_round", "role_started", "licence_set", "names_changed"]


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An administrator, logged in."""
    return at_desk(client, engine, monkeypatch, role="admin")


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("kind", FORMS)
def test_every_field_of_a_form_gives_back_what_was_typed_as_text(
    client: FlaskClient, kind: str, words: str
) -> None:
    address = f"/admin/record/{kind}"
    fields = fields_of(page_of(client.get(address)), "#admin-form")
    hostile = {name: [words] for name in fields if name not in {"csrf_token", "event_id"}}

    for step in ("look", "effect", "record", "keep", "claim"):
        response = client.post(address, data={**fields, **hostile, "step": step})

        assert response.status_code in {200, 303, 400, 422}, step
        assert "stolen" not in str(response.headers)
        page = page_of(response)
        assert page.select("img[src=x]") == []
        assert "62615533" not in page.get_text()


@pytest.mark.parametrize("words", [one for one in WORDS if "\u0000" not in str(one.values[0])])
def test_what_was_recorded_is_text_wherever_it_is_shown(client: FlaskClient, words: str) -> None:
    org = {
        "field-org-new-id": "enemy",
        "field-org-new-en": words[:150],
        "field-org-new-zh": words[:150],
        "field-org-new-type": "organization",
    }
    said = {"title-en": words, "title-zh": words, "summary-en": words, "quote": words}
    rest = {"when": "2023-05-17", "source": SOURCE, "locator": words, "field-seat": words}

    done = fill_in(client, "/admin/record/org_founded", {**org, **said, **rest, "step": "record"})

    assert done.status_code == 303
    shown = [
        done.headers["Location"],
        "/",
        "/entities/enemy",
        "/changes",
        "/admin/",
        "/search?q=x",
    ]
    for address in (*shown, f"/sources/{SOURCE}", "/state/2023-05-18?entity=enemy"):
        page = page_of(client.get(address))
        assert page.select("img[src=x]") == []
        assert page.select("a[href^='javascript:']") == []


def test_a_file_for_a_spreadsheet_holds_no_formula(client: FlaskClient) -> None:
    org = {
        "field-org-new-id": "enemy",
        "field-org-new-en": "=1+1",
        "field-org-new-zh": "@SUM(A1)",
        "field-org-new-type": "organization",
    }
    title = {"title-en": "=HYPERLINK(1)", "title-zh": "+1"}
    rest = {"when": "2023-05-17", "source": SOURCE}
    fill_in(client, "/admin/record/org_founded", {**org, **title, **rest, "step": "record"})

    text = client.get("/state/2023-05-18.csv?entity=enemy").get_data(as_text=True)

    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert cells
    assert [cell for cell in cells if cell[:1] in {"=", "+", "@", "\t", "\r"}] == []


def test_a_name_of_a_file_and_of_a_mapping_is_text(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/import/?fate=" + HOSTILE))

    assert page.select("script:not([src])") == []


@pytest.mark.parametrize(
    "address",
    [
        "/admin/articles/?source={}",
        "/admin/record/?q={}",
        "/admin/record/org_founded?when={}&source={}",
        "/admin/events/beyond-bought/add-source?quote={}&locator={}",
        "/admin/events/beyond-bought/dispute?rival={}",
        "/admin/entities/meituan/merge?field-from={}",
        "/admin/kinds/funding_round/amount/amount?field-amount={}",
        "/admin/audit?before={}",
        "/admin/review/?by={}",
    ],
)
def test_what_an_address_says_is_shown_as_text(client: FlaskClient, address: str) -> None:
    response = client.get(address.format("%3Cb%3Ex%3C/b%3E", "%3Cimg%20src=x%3E"))

    assert response.status_code == 200
    assert page_of(response).select("main b, img[src=x]") == []


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_login_leads_nowhere_else(client: FlaskClient, onward: str) -> None:
    response = client.get("/login", query_string={"next": onward})

    assert response.headers["Location"] == "/admin/"


@pytest.mark.parametrize("verb", ["drop:org:", "unclaim:", "claim:", "take:org:"])
def test_a_button_of_a_row_that_no_form_has_changes_nothing(
    client: FlaskClient, verb: str
) -> None:
    response = fill_in(client, "/admin/record/org_founded", {"step": f"{verb}{'9' * 5000}"})

    assert response.status_code == 200


def test_every_kind_has_a_form_that_stands_up_to_nonsense(client: FlaskClient) -> None:
    for name, kind in KINDS.items():
        if not kind.is_world:
            continue
        response = client.post(
            f"/admin/record/{name}",
            data={
                **fields_of(page_of(client.get(f"/admin/record/{name}")), "#admin-form"),
                **{f"field-{field.name}": "☃" for field in kind.fields},
                "step": "effect",
            },
        )
        assert response.status_code == 422, name
