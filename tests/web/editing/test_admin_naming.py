"""Whom a form names: known, borne by several, new, hinted at."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.desk import (
    FOUNDING,
    TYPED,
    errors_of,
    fields_of,
    fill_in,
    found,
    page_of,
    position,
    recorded,
    send_again,
)


def test_a_name_that_several_bear_is_asked_back(client: FlaskClient, engine: Engine) -> None:
    asked = fill_in(client, FOUNDING, {**TYPED, "field-org": "ai"})
    names = page_of(asked).select("input[name='field-org-pick']")
    taken = send_again(client, asked, FOUNDING, {"field-org-pick": "zhipu-ai"})

    assert asked.status_code == 422
    assert set(errors_of(asked)) == {"field-org"}
    assert {str(one["value"]) for one in names} >= {"zhipu-ai", "new"}
    row = recorded(engine, taken.headers["Location"]).row
    assert [mention.id for mention in row.entities] == ["zhipu-ai"]


def test_an_unknown_name_is_created_once_it_was_looked_at(
    client: FlaskClient, engine: Engine
) -> None:
    asked = fill_in(client, FOUNDING, {**TYPED, "field-org": "Moonshot & Co."})
    shown = fields_of(page_of(asked), "#admin-form")
    made = send_again(client, asked, FOUNDING, {"field-org-new-zh": "月之暗面"})

    assert asked.status_code == 422
    assert shown["field-org-new-id"] == ["moonshot-co"]
    assert shown["field-org-new-en"] == ["Moonshot & Co."]
    mention = recorded(engine, made.headers["Location"]).row.entities[0]
    assert (mention.id, mention.names) == (
        "moonshot-co",
        {"zh": "月之暗面", "en": "Moonshot & Co."},
    )


def test_a_form_that_creates_an_entity_is_still_recorded_once(
    client: FlaskClient, engine: Engine
) -> None:
    asked = fill_in(client, FOUNDING, {**TYPED, "field-org": "Moonshot"})
    fields = fields_of(page_of(asked), "#admin-form")

    answers = [client.post(FOUNDING, data=fields) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert position(engine) == recorded(engine, answers[0].headers["Location"]).row.position


@pytest.mark.parametrize(
    ("slug", "is_taken"),
    [("Moon Shot", False), ("moon\u200bshot!", False), ("\u202etohs", True), ("meituan", True)],
    ids=["capitals", "marks", "turned-and-cleaned", "exists"],
)
def test_an_id_is_plain_and_not_yet_taken(
    client: FlaskClient, engine: Engine, slug: str, *, is_taken: bool
) -> None:
    asked = fill_in(client, FOUNDING, {**TYPED, "field-org": "Moonshot"})

    response = send_again(client, asked, FOUNDING, {"field-org-new-id": slug})

    if response.status_code == 303:
        mention = recorded(engine, response.headers["Location"]).row.entities[0]
        assert mention.id.isascii()
        assert mention.id == "tohs"
        return
    assert set(errors_of(response)) == {"field-org"}
    assert is_taken is (slug == "meituan")


def test_several_names_may_stand_in_one_field(client: FlaskClient, engine: Engine) -> None:
    typed = {**TYPED, "field-org": "美团", "field-founders": "Emad Mostaque; 智谱AI"}

    row = recorded(engine, fill_in(client, FOUNDING, typed).headers["Location"]).row

    ids = [mention.id for mention in row.entities if mention.role == "founders"]
    assert ids == ["emad-mostaque", "zhipu-ai"]


def test_a_merged_entity_is_recorded_under_the_one_it_became(client: FlaskClient) -> None:
    response = client.get(FOUNDING, query_string={"field-org-id": "nobody-at-all"})

    assert "field-org-id" not in fields_of(page_of(response), "#admin-form")


def test_a_name_brings_hints_with_facts_and_creation_last(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/kinds/org_founded/org/hints?field-org=stab"))

    hints = page.select(".hint")
    assert "Stability AI" in hints[0].get_text()
    assert hints[0].select(".hint-fact")
    assert hints[-1]["value"] == "create:org"


def test_hints_keep_to_the_types_that_the_role_takes(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/kinds/role_ended/person/hints?field-person=llama"))

    assert [hint["value"] for hint in page.select(".hint")] == ["create:person"]


def test_a_hint_taken_joins_those_chosen_where_several_may_be(client: FlaskClient) -> None:
    asked = {
        "field-founders-id": "emad-mostaque",
        "field-founders": "zhi",
        "step": "take:founders:zhipu-ai",
    }

    page = page_of(client.get("/admin/kinds/org_founded/founders/box", query_string=asked))

    chosen = [str(one["value"]) for one in page.select("[name='field-founders-id']")]
    assert chosen == ["emad-mostaque", "zhipu-ai"]
    assert found(page, "#field-founders")["value"] == ""


def test_a_hint_taken_replaces_the_one_where_only_one_may_be(client: FlaskClient) -> None:
    asked = {"field-org-id": "meituan", "step": "take:org:zhipu-ai"}

    page = page_of(client.get("/admin/kinds/org_founded/org/box", query_string=asked))

    assert [str(one["value"]) for one in page.select("[name='field-org-id']")] == ["zhipu-ai"]


def test_a_creation_can_be_begun_and_dropped(client: FlaskClient) -> None:
    address = "/admin/kinds/org_founded/org/box"
    begun = page_of(
        client.get(address, query_string={"field-org": "月之暗面", "step": "create:org"})
    )
    fields = fields_of(begun, "form[action='/admin/record/org_founded']")
    dropped = page_of(client.get(address, query_string={**fields, "step": "drop:org:0"}))

    assert fields["field-org-new-zh"] == ["月之暗面"]
    assert begun.select(".newcomer")
    assert not dropped.select(".newcomer")


@pytest.mark.parametrize("role", ["seat", "nothing"])
def test_only_roles_have_hints(client: FlaskClient, role: str) -> None:
    assert client.get(f"/admin/kinds/org_founded/{role}/hints").status_code == 404


def test_names_of_an_entity_can_be_registered(client: FlaskClient, engine: Engine) -> None:
    typed = {"field-entity": "Zhipu AI", "field-aliases": "智谱清言|GLM", "when": "2026-11-21"}

    response = fill_in(client, "/admin/record/names_changed", typed)

    assert response.status_code == 303
    hints = page_of(client.get("/admin/kinds/org_founded/org/hints?field-org=智谱清言"))
    assert hints.select(".hint")[0]["value"] == "take:org:zhipu-ai"
    assert position(engine)
