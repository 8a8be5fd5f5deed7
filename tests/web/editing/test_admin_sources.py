"""A source added at the desk: its id, its faults, cited at once."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.queries import head, sources_known
from archive.storage import reading
from tests.web.desk import errors_of, fields_of, fill_in, page_of, position


def test_a_source_is_added_and_can_be_cited_at_once(client: FlaskClient, engine: Engine) -> None:
    typed = {
        "field-title": "The State of Models",
        "field-published": "14 July 2023",
        "field-language": "en",
        "field-publisher-en": "The Paper",
    }

    response = fill_in(client, "/admin/sources/new", typed, form="#admin-source")

    assert response.headers["Location"] == "/admin/record/?source=the-state-of-models"
    with reading(engine) as connection:
        known = sources_known(connection, known=head(connection).position)
    added = next(row for row in known if row.ref.id == "the-state-of-models")
    assert added.ref.published == "2023-07-14"
    assert added.ref.publisher.zh == "The Paper"


@pytest.mark.parametrize(
    ("typed", "control"),
    [
        ({}, "field-title"),
        ({"field-title": "x", "source-id": "press"}, "source-id"),
        ({"field-title": "x", "source-id": "Not An Id"}, "source-id"),
        ({"field-title": "x", "field-published": "some day"}, "field-published"),
        ({"field-title": "x", "field-address": "javascript:alert(1)"}, "field-address"),
    ],
    ids=["nothing", "taken", "no-id", "no-date", "no-address"],
)
def test_a_source_is_refused_beside_the_field_at_fault(
    client: FlaskClient, typed: dict[str, str], control: str
) -> None:
    response = fill_in(client, "/admin/sources/new", typed, form="#admin-source")

    assert response.status_code == 422
    assert control in errors_of(response)


@pytest.mark.parametrize(
    ("title", "published", "name"),
    [
        ("百模大战", "2023年10月8日", "bai-mo-da-zhan-2023-10-08"),
        ("百模大战", "", "bai-mo-da-zhan"),
        ("GPT-4发布一周年", "last spring", "gpt-4-fa-bu-yi-zhou-nian"),
        ("The State of Models", "2023", "the-state-of-models"),
        ("⁂", "2023-10", "source-2023-10-01"),
    ],
)
def test_a_title_in_any_script_makes_an_id_that_is_told(
    client: FlaskClient, title: str, published: str, name: str
) -> None:
    typed = {"field-title": title, "field-published": published}

    response = fill_in(client, "/admin/sources/new", typed, form="#admin-source")
    onward = client.get(response.headers["Location"])

    made = response.headers["Location"].removeprefix("/admin/record/?source=")
    assert made.startswith(name)
    assert f"“{made}”" in onward.get_data(as_text=True)
    assert client.get(f"/sources/{made}").status_code == 200


def test_all_that_is_wrong_with_a_source_is_told_at_once(client: FlaskClient) -> None:
    typed = {"field-published": "some day", "field-address": "no", "source-id": "Not An Id"}

    response = fill_in(client, "/admin/sources/new", typed, form="#admin-source")

    wrong = {"field-title", "field-published", "field-address", "source-id"}
    assert wrong <= errors_of(response).keys()


def test_a_source_sent_twice_is_one(client: FlaskClient, engine: Engine) -> None:
    fields = fields_of(page_of(client.get("/admin/sources/new")), "#admin-source")
    sent = {**fields, "field-title": "百模大战", "step": "record"}
    before = position(engine)

    answers = [client.post("/admin/sources/new", data=sent) for _time in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert position(engine) == before + 1
