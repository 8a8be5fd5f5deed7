"""The list of entities, and the page of each."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.desk import at_desk
from tests.web.pages import page_of


def test_entities_stand_under_their_types_and_a_merged_one_is_not_there(
    client: FlaskClient,
) -> None:
    page = page_of(client, "/entities/")

    names = {link.get_text() for link in page.select("#entity-list .entity")}

    assert {"Baichuan", "Llama 2", "Emad Mostaque", "Zhipu AI"} <= names
    assert "Zhipu" not in names
    assert page.select_one("#type-model") is not None


def test_the_list_can_be_cut_down_to_one_type(client: FlaskClient) -> None:
    page = page_of(client, "/entities/?type=model")

    assert [link.get_text() for link in page.select("#entity-list .entity")] == ["Llama 2"]


def test_two_chinese_characters_find_an_entity_with_its_facts(client: FlaskClient) -> None:
    page = page_of(client, f"/entities/?q={quote('百川')}")

    assert [link.get_text() for link in page.select("#entity-list .entity")] == ["Baichuan"]
    assert page.select_one(".entity-aliases").get_text() == "百川"  # type: ignore[union-attr] # it is there


def test_words_that_find_nothing_offer_a_way_on(client: FlaskClient) -> None:
    page = page_of(client, "/entities/?q=xyzzy")

    assert "No name matches “xyzzy”" in page.get_text()
    assert page.find("a", href="/search?q=xyzzy") is not None


def test_find_as_you_type_gets_the_list_alone(client: FlaskClient) -> None:
    response = client.get("/entities/?q=llama", headers={"HX-Request": "true"})

    assert response.data.lstrip().startswith(b'<div id="entity-list"')


def test_an_entity_shows_names_state_life_line_company_and_sources(client: FlaskClient) -> None:
    page = page_of(client, "/entities/meituan?on=2023-07-31")
    said = page.get_text(" ", strip=True)

    assert "Meituan" in page.h1.get_text()  # type: ignore[union-attr] # every page has one
    assert "美团" in said
    assert len(page.select(".life-line > li")) == 1
    assert "Light Years Beyond" in page.select_one("#entity-together").parent.get_text()  # type: ignore[union-attr] # it is there
    assert "百模大战" in page.select_one("#entity-sources").parent.get_text()  # type: ignore[union-attr] # as above


def test_the_state_of_an_entity_is_that_of_the_day_asked_for(client: FlaskClient) -> None:
    before = page_of(client, "/entities/light-years-beyond?on=2023-06-01")
    after = page_of(client, "/entities/light-years-beyond?on=2023-07-01")

    assert before.select(".state-row") == []
    assert "Meituan" in after.select_one(".state-table").get_text()  # type: ignore[union-attr] # it is there


def test_a_bad_day_is_told_and_the_page_still_stands(client: FlaskClient) -> None:
    response = client.get("/entities/meituan?on=nonsense")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert page.select_one("#on")["value"] == "nonsense"  # type: ignore[index] # it is there
    assert page.select_one("#on-error") is not None


def test_a_merged_entity_leads_to_where_it_lives_on_with_a_notice(client: FlaskClient) -> None:
    response = client.get("/entities/zhipu")

    assert response.status_code == 301
    assert response.location == "/entities/zhipu-ai?merged=zhipu"
    notice = page_of(client, response.location).select_one(".notice")
    assert notice is not None
    assert "was merged into this entity" in notice.get_text()
    assert "“zhipu”" not in notice.get_text()
    (before,) = notice.select("a")
    assert client.get(str(before["href"])).status_code == 200


def test_what_was_merged_into_an_entity_is_told_and_an_editor_can_undo_it(
    client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo = "/admin/entities/zhipu-ai/part/zhipu"
    read = page_of(client, "/entities/zhipu-ai?merged=zhipu")
    at_desk(client, engine, monkeypatch)

    entity = page_of(client, "/entities/zhipu-ai?merged=zhipu")
    changes = page_of(client, "/changes")

    merged = read.select_one("#entity-merges")
    assert merged is not None
    assert "zhipu" in merged.get_text()
    assert read.find("a", href=undo) is None
    assert len(entity.find_all("a", href=undo)) == 2
    assert changes.find("a", href="/entities/zhipu-ai#entity-merges") is not None
    assert client.get(undo).status_code == 200


def test_a_merge_that_never_was_is_not_told(client: FlaskClient) -> None:
    page = page_of(client, "/entities/zhipu-ai?merged=anything")

    assert "was merged into this entity" not in page.get_text()


def test_before_the_merge_was_known_the_old_entity_stands(client: FlaskClient) -> None:
    assert client.get("/entities/zhipu?known=12").status_code == 200


def test_an_unknown_entity_is_not_found(client: FlaskClient) -> None:
    assert client.get("/entities/nobody").status_code == 404


def test_an_empty_archive_lists_no_entities(empty_client: FlaskClient) -> None:
    assert "No entities yet" in page_of(empty_client, "/entities/").get_text()
