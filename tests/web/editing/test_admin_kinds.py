"""The kinds of events at the desk: each to be found, with a form of its own."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.vocabulary import WORLD_KINDS
from tests.web.desk import errors_of, fill_in, found, page_of, position, text_of


def test_the_desk_tells_what_was_recorded_lately(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/"))

    assert "Logged in as anna" in text_of(page, ".kicker")
    assert len(page.select(".lately li")) > 5


def test_every_kind_of_the_world_can_be_chosen(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/record/"))

    links = {str(link["href"]).rsplit("/", 1)[1] for link in page.select(".kind-link")}
    assert links == set(WORLD_KINDS)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("acq", "deal_announced"),
        ("收购", "deal_announced"),
        ("离任", "role_ended"),
        ("FOUNDED", "org_founded"),
        ("licence set", "licence_set"),
    ],
)
def test_a_kind_is_found_by_words_of_either_language(
    client: FlaskClient, words: str, kind: str
) -> None:
    page = page_of(client.get("/admin/record/", query_string={"q": words}))

    links = [str(link["href"]) for link in page.select(".kind-link")]
    assert f"/admin/record/{kind}" in links
    assert len(links) < len(WORLD_KINDS)


@pytest.mark.parametrize("words", ["诉讼", "lawsuit"])
def test_a_lawsuit_is_told_the_scope_instead(client: FlaskClient, words: str) -> None:
    page = page_of(client.get("/admin/record/", query_string={"q": words}))

    assert "holds no lawsuits" in text_of(page, ".notice-warn")


def test_words_that_find_no_kind_are_told_so_and_shown_as_typed(client: FlaskClient) -> None:
    response = client.get("/admin/record/", query_string={"q": "<img src=x>"})

    assert "No kind of event matches" in text_of(page_of(response), "#admin-kinds")
    assert "<img src=x>" not in response.get_data(as_text=True)


def test_the_form_of_a_kind_has_a_control_for_each_field(client: FlaskClient) -> None:
    for kind in WORLD_KINDS.values():
        page = page_of(client.get(f"/admin/record/{kind.name}"))

        for field in kind.fields:
            assert found(page, f"#field-{field.name}"), kind.name
            assert field.label.en in text_of(page, "#admin-form"), kind.name


def test_an_empty_form_comes_back_with_an_error_at_each_required_field(
    client: FlaskClient, engine: Engine
) -> None:
    before = position(engine)
    for kind in WORLD_KINDS.values():
        response = fill_in(client, f"/admin/record/{kind.name}", {})

        errors = errors_of(response)
        required = {f"field-{one.name}" for one in kind.fields if one.required}
        page = page_of(response)
        assert response.status_code == 422, kind.name
        assert required | {"when", "source"} <= set(errors), kind.name
        assert all(page.find(id=control) for control in errors), kind.name
    assert position(engine) == before


@pytest.mark.parametrize("address", ["/admin/record/nonsense", "/admin/record/lawsuit"])
def test_a_kind_that_does_not_exist_gets_one_sentence(client: FlaskClient, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 400
    assert len(text_of(page_of(response), ".lede")) > 20


def test_the_archives_own_kinds_are_not_recorded_by_this_form(client: FlaskClient) -> None:
    assert client.get("/admin/record/claim_retracted").status_code == 404
