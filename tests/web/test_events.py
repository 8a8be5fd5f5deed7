"""The page of one event."""

import json

import pytest
from bs4 import BeautifulSoup
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.storage import writing
from tests.builders import an_event, recorded
from tests.web.pages import page_of


class Somebody:
    """Someone signed in."""

    name = "editor"
    may_edit = True


def section(page: BeautifulSoup, name: str) -> str:
    head = page.find(id=name)
    assert head is not None
    assert head.parent is not None
    return head.parent.get_text(" ", strip=True)


def test_an_event_says_its_date_in_words_and_in_notation_in_the_log(client: FlaskClient) -> None:
    page = page_of(client, "/events/mostaque-leaves")

    assert "late March 2024" in section(page, "event-says")
    assert "2024-03-21" not in section(page, "event-says")
    assert "EDTF [2024-03-21..2024-03-31]" in section(page, "event-seal")


def test_an_event_names_its_fields_its_claims_and_what_follows(client: FlaskClient) -> None:
    page = page_of(client, "/events/beyond-bought")

    assert "Buyer Meituan" in section(page, "event-says")
    assert "100%" in section(page, "event-says")
    assert "The Paper" in section(page, "event-claims")
    assert "Meituan" in section(page, "event-asserts")
    assert page.find("a", href="/state/2023-06-29?tab=all") is not None


def test_an_event_has_neighbours_a_seal_and_two_citations(client: FlaskClient) -> None:
    page = page_of(client, "/events/beyond-bought")

    citations = [line.get_text() for line in page.select(".citation-text")]

    near = page_of(client, "/events/users-one").select(".event-near")[0]
    assert [part.get_text(strip=True) for part in near.select("h3")] == [
        "Llama 2",
        "In the whole archive",
    ]
    assert near.select(".event-link")[0]["href"] == "/events/users-two"
    assert "sha256:" in section(page, "event-seal")
    assert len(citations) == 4
    assert all("/events/beyond-bought" in line for line in citations)
    assert ["sha256:" in line for line in citations] == [False, False, True, True]
    assert any("《百模大战》" in line for line in citations)
    assert any("“百模大战”" in line for line in citations)


def test_a_citation_is_copied_by_a_button_and_the_hash_is_folded_away(
    client: FlaskClient,
) -> None:
    page = page_of(client, "/events/beyond-bought")

    buttons = [str(one["data-copy"]) for one in page.select("[data-copy]")]
    folded = page.select("#event-seal ~ dl details .hash")
    assert all(page.find(id=one) is not None for one in buttons)
    assert len(buttons) == 4
    assert page.select_one("[data-done]") is not None
    assert len(folded) == 1
    assert "Meituan buys 100% of Light Years Beyond. 29 June 2023. " in page.get_text()


def test_a_correction_shows_each_field_before_and_after(client: FlaskClient) -> None:
    page = page_of(client, "/events/baichuan-founded")
    history = section(page, "event-history")

    assert "10 April 2023" in page.select_one(".event-date").get_text()  # type: ignore[union-attr] # it is there
    assert "the source had March" in history
    assert "10 March 2023" in page.select_one(".version-changes del").get_text()  # type: ignore[union-attr] # as above
    assert "10 April 2023" in page.select_one(".version-changes ins").get_text()  # type: ignore[union-attr] # as above


def test_an_event_known_then_reads_as_it_did_then(client: FlaskClient) -> None:
    page = page_of(client, "/events/baichuan-founded?known=5")

    assert "10 March 2023" in page.select_one(".event-date").get_text()  # type: ignore[union-attr] # it is there


def test_the_original_of_a_corrected_event_is_one_click_away(client: FlaskClient) -> None:
    page = page_of(client, "/events/baichuan-founded")

    [original] = page.select(".version a[href*='known=']")
    then = page_of(client, str(original["href"]))

    assert "10 March 2023" in then.select_one(".event-date").get_text()  # type: ignore[union-attr] # it is there
    assert len(then.select(".version")) == 1


def test_a_retracted_event_stays_at_its_address_and_says_why(client: FlaskClient) -> None:
    page = page_of(client, "/events/rumour")

    assert "This event was retracted" in page.get_text()
    assert "it never happened" in section(page, "event-history")
    assert page.select_one("h1 s") is not None


def test_the_event_of_a_retraction_leads_to_what_it_retracts(client: FlaskClient) -> None:
    changes = page_of(client, "/changes?only=corrections")

    assert changes.find("a", href="/events/rumour") is not None


def test_a_corrected_event_is_cited_with_the_hash_of_its_correction(client: FlaskClient) -> None:
    document = json.loads(client.get("/events/baichuan-founded.json").data)
    page = page_of(client, "/events/baichuan-founded")

    first, last = document["versions"]
    assert (first["what"], last["what"]) == ("recorded", "corrected")
    assert first["hash"] != last["hash"]
    assert (document["position"], document["hash"]) == (last["position"], last["hash"])
    assert document["id"] == "baichuan-founded"
    assert document["standing"] == "corrected"
    assert document["occurred"]["edtf"] == "2023-04-10"
    sealed = [line.get_text() for line in page.select(".citation-text[id*=sealed]")]
    assert len(sealed) == 2
    for line in sealed:
        assert last["hash"] in line
        assert str(last["position"]) in line
    assert last["hash"] in section(page, "event-seal")


def test_the_hash_beside_a_position_is_that_of_the_log(client: FlaskClient) -> None:
    then = json.loads(client.get("/events/baichuan-founded.json?known=5").data)
    now = json.loads(client.get("/events/baichuan-founded.json").data)

    assert (then["position"], then["hash"]) == tuple(
        now["versions"][0][name] for name in ("position", "hash")
    )
    assert "standing" not in then
    assert then["occurred"]["edtf"] == "2023-03-10"


def test_a_retracted_event_is_cited_as_such(client: FlaskClient) -> None:
    document = json.loads(client.get("/events/rumour.json").data)
    chinese, english = (
        page_of(client, "/events/rumour?cite=zh").select(".citation-text")[number].get_text()
        for number in (0, 1)
    )

    assert document["standing"] == "retracted"
    where = document["versions"][-1]["position"]
    assert f"(retracted at position {where})" in english
    assert f"已撤回，见第 {where} 条记录" in chinese


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        pytest.param("", ["none so far", "none so far"], id="open"),
        pytest.param("users-two", ["was set aside", "is preferred"], id="settled"),
    ],
)
def test_the_page_of_a_disputed_event_leads_to_who_says_otherwise(
    client: FlaskClient, engine: Engine, choice: str, said: list[str]
) -> None:
    both = {"claims": "users-one, users-two", "reason": "they differ"}
    with writing(engine) as connection:
        recorded(connection, [an_event("claim_disputed", id="d", when="2024", **both)])
        if choice:
            last = {**both, "choice": choice}
            recorded(connection, [an_event("dispute_settled", id="s", when="2024", **last)])

    pages = [page_of(client, f"/events/users-{name}") for name in ("one", "two")]

    for page, words, other in zip(pages, said, ("two", "one"), strict=True):
        assert words in section(page, "event-rivals")
        assert "The Paper" in section(page, "event-rivals")
        assert [link["href"] for link in page.select(".rivals .event-link")] == [
            f"/events/users-{other}"
        ]


def test_an_unknown_event_is_not_found(client: FlaskClient) -> None:
    assert client.get("/events/nothing").status_code == 404


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        pytest.param("/events/nothing.json", 404, "nothing", id="an unknown event"),
        pytest.param("/state/2023-13-01.json", 400, "2023-13-01", id="no date"),
        pytest.param("/state/2023-01-01.csv?known=soon", 400, "soon", id="no position"),
    ],
)
def test_who_asks_for_data_is_refused_in_data(
    client: FlaskClient, address: str, status: int, said: str
) -> None:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}lang=en")

    problem = json.loads(answer.data)
    assert (answer.status_code, problem["status"]) == (status, status)
    assert answer.mimetype == "application/problem+json"
    assert said in problem["detail"]


def test_an_event_is_also_the_json_line_in_which_it_travels(client: FlaskClient) -> None:
    line = json.loads(client.get("/events/beyond-bought.json").data)

    assert line["id"] == "beyond-bought"
    assert line["data"]["share"] == {"exact": "100"}
    assert line["hash"].startswith("sha256:")
    assert {one["role"]: one["id"] for one in line["entities"]} == {
        "buyer": "meituan",
        "target": "light-years-beyond",
    }


def test_a_reader_is_not_offered_to_correct(client: FlaskClient) -> None:
    page = page_of(client, "/events/beyond-bought")

    assert page.find("a", href="/admin/events/beyond-bought/correct") is None


def test_an_editor_is_offered_to_correct_and_to_retract(app: Flask, client: FlaskClient) -> None:
    app.before_request(lambda: setattr(g, "account", Somebody()))

    page = page_of(client, "/events/beyond-bought")

    assert page.find("a", href="/admin/events/beyond-bought/correct") is not None
    assert page.find("a", href="/admin/events/beyond-bought/retract") is not None


def test_a_hostile_title_does_no_harm(client: FlaskClient) -> None:
    response = client.get("/events/hostile")

    assert response.status_code == 200
    assert b"&lt;script&gt;" in response.data


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("baichuan-founded", "Recorded 3.6 years after the day it happened."),
        ("mostaque-leaves", "Recorded at least 2.6 years after it happened."),
        ("baichuan-names", ""),
    ],
)
def test_an_event_says_how_late_it_was_recorded(client: FlaskClient, name: str, said: str) -> None:
    history = section(page_of(client, f"/events/{name}"), "event-history")

    assert "Recorded" in history
    assert said in history
    assert ("after" in history) == bool(said)
