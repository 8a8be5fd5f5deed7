"""The permanent address of a state, how to cite it, and what an address shows that is not so."""

import csv
import io
import json
from datetime import date

import pytest
from arro3.io import read_parquet
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, update

from archive.commands import record_all
from archive.log import seal_tiles
from archive.projections.tables import checkpoints, facts
from archive.queries import Asked, AsOf, seal, whole
from archive.storage import reading, writing
from archive.web.states import viewing
from tests.builders import an_entity, an_event, clock_from, keep
from tests.log.sealed_logs import SIGNER
from tests.web.pages import page_of

HTMX = {"HX-Request": "true"}
STATE = "/state/2023-07-31"


def text_in(page: BeautifulSoup, identity: str) -> str:
    part = page.find(id=identity)
    assert part is not None
    return part.get_text()


def cited(client: FlaskClient, query: str = "?tab=people") -> str:
    """Return the permanent address that the page of a state offers, as a path."""
    offer = page_of(client, STATE + query).find(id="cite")
    assert offer is not None
    address = text_in(page_of(client, str(offer["href"])), "citation-address")
    return address.removeprefix("http://localhost")


def test_a_state_offers_an_address_that_pins_both_times_what_narrows_it_and_its_hash(
    client: FlaskClient,
) -> None:
    address = cited(client, "?tab=all&type=organization&where=status=active&possible=hide")

    path, _mark, query = address.partition("?")
    assert path == STATE
    for word in ("known=15", "tab=all", "type=organization", "possible=hide", "hash=sha256:"):
        assert word in query
    assert "where=status%3Dactive" in query


def test_an_address_opened_again_says_that_it_shows_what_was_cited(client: FlaskClient) -> None:
    page = page_of(client, cited(client))

    assert "as it was cited" in text_in(page, "state-verdict")


def test_no_kept_answer_says_that_a_state_is_as_it_was_cited(client: FlaskClient) -> None:
    response = client.get(cited(client))

    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_hash_is_the_same_in_each_language(client: FlaskClient, language: str) -> None:
    page = page_of(client, f"{cited(client)}&lang={language}")

    assert page.select_one("#state-verdict.notice-done") is not None


def test_what_is_recorded_later_leaves_the_cited_state_as_it_was(
    client: FlaskClient, engine: Engine
) -> None:
    address = cited(client)
    files = [client.get(f"{STATE}.{kind}?known=15").data for kind in ("csv", "json")]
    with writing(engine) as connection:
        late = an_event(id="late", org=an_entity("late"), when="2023-01-01", source="press")
        record_all(connection, [late], recorded_by="tests", clock=clock_from())

    page = page_of(client, address)

    assert page.select_one("#state-verdict.notice-done") is not None
    assert "what the archive has learned since" in page.get_text()
    assert [client.get(f"{STATE}.{kind}?known=15").data for kind in ("csv", "json")] == files


def test_a_read_model_changed_by_hand_is_told_in_red_with_both_hashes(
    client: FlaskClient, engine: Engine
) -> None:
    address = cited(client, "?tab=all")
    expected = address.partition("hash=")[2]
    with engine.begin() as connection:
        connection.execute(delete(facts).where(facts.c.lo == facts.c.hi))

    page = page_of(client, address)
    banner = page.select_one("#state-verdict.notice-error")

    assert banner is not None
    told = [code.get_text() for code in banner.find_all("code")]
    assert told[0] == expected
    assert told[1].startswith("sha256:")
    assert told[0] != told[1]
    assert page.select(".state-row")


def test_what_was_cited_in_the_older_format_is_as_it_was_cited(
    client: FlaskClient, engine: Engine
) -> None:
    asked = Asked(AsOf(date(2023, 7, 31), 15), tab="people")
    with reading(engine) as connection:
        older = seal(asked, whole(connection, asked), form=1)

    page = page_of(client, f"{STATE}?known=15&tab=people&hash={older}&lang=en")
    verdict = page.select_one("#state-verdict.notice-done")

    assert older not in cited(client, "?known=15&tab=people")
    assert verdict is not None
    assert "older format" in verdict.get_text()


@pytest.mark.parametrize("said", ["sha256:0", "nonsense", "<b>x</b>"])
def test_a_hash_that_cannot_be_right_is_told_and_the_data_is_still_shown(
    client: FlaskClient, said: str
) -> None:
    page = page_of(client, f"{STATE}?known=15&tab=people&hash={said}")

    assert page.select_one("#state-verdict.notice-error") is not None
    assert page.select(".state-row")


def test_no_link_of_the_page_carries_the_hash_to_another_state(client: FlaskClient) -> None:
    page = page_of(client, cited(client))

    links = [str(link["href"]) for link in page.select("#state-body a[href]")]

    assert [link for link in links if "hash=" in link] == []


def test_the_panel_comes_by_htmx_and_as_a_page(client: FlaskClient) -> None:
    address = f"{STATE}/citation?known=15&tab=people"

    whole, panel = client.get(address), client.get(address, headers=HTMX)

    assert b"<html" in whole.data
    assert panel.data.lstrip().startswith(b'<section id="state-citation"')
    for name in ("zh", "en", "gbt", "bib", "csl", "address", "hash"):
        text = BeautifulSoup(panel.data, "html.parser").find(id=f"citation-{name}")
        assert text is not None
        assert text.name == "textarea"


@pytest.mark.parametrize(
    ("form", "mimetype", "said"),
    [
        ("txt", "text/plain", "[DB/OL]. "),
        ("bib", "application/x-bibtex", "@misc{archive-state-2023-07-31-15-"),
        ("json", "application/vnd.citationstyles.csl+json", '"type": "dataset"'),
    ],
)
def test_each_form_is_a_file_too(client: FlaskClient, form: str, mimetype: str, said: str) -> None:
    response = client.get(f"{STATE}/citation.{form}?known=15")

    assert response.mimetype == mimetype
    assert said in response.get_data(as_text=True)
    assert f"state-2023-07-31-15.{form}" in response.headers["Content-Disposition"]


def test_a_citation_names_the_entity_in_both_languages(client: FlaskClient) -> None:
    page = page_of(client, f"{STATE}/citation?entity=baichuan")

    assert "百川智能" in text_in(page, "citation-zh")
    assert "Baichuan" in text_in(page, "citation-en")


def test_a_citation_of_nothing_readable_is_refused(client: FlaskClient) -> None:
    assert client.get("/state/nonsense/citation").status_code == 400
    assert client.get(f"{STATE}/citation?known=0").status_code == 400
    assert client.get(f"{STATE}/citation.exe").status_code == 404


def test_the_files_say_all_that_they_answer(client: FlaskClient) -> None:
    query = "?known=15&tab=people&type=organization&possible=hide"
    document = json.loads(client.get(f"{STATE}.json{query}").data)
    lines = client.get(f"{STATE}.csv{query}").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines)))

    assert document["known_position"] == 15
    assert document["tab"] == "people"
    assert document["type"] == "organization"
    assert document["possible"] is False
    assert document["hash_format"] == 2
    assert {row["hash"] for row in rows} == {document["hash"]}
    assert {row["filters"] for row in rows} == {"tab=people&type=organization&possible=hide"}
    assert cited(client, "?tab=people&type=organization&possible=hide").endswith(document["hash"])


def test_a_parquet_file_says_the_same_in_its_metadata(client: FlaskClient) -> None:
    query = "?known=15&tab=people&type=organization&possible=hide"
    document = json.loads(client.get(f"{STATE}.json{query}").data)
    response = client.get(f"{STATE}.parquet{query}")
    read = read_parquet(io.BytesIO(response.data))
    about = {key.decode(): value.decode() for key, value in read.schema.metadata.items()}

    table = read.read_all()

    assert response.mimetype == "application/vnd.apache.parquet"
    assert "state-2023-07-31-15.parquet" in response.headers["Content-Disposition"]
    assert about["held_on"] == "2023-07-31"
    assert about["known_position"] == "15"
    assert about["filters"] == "tab=people&type=organization&possible=hide"
    assert about["hash"] == document["hash"]
    assert about["log_root"] == document["log_root"]
    said = [value["key"] for row in document["rows"] for value in row["values"]]
    assert table.column("value").to_pylist() == said


def test_a_citation_holds_the_root_of_the_log_that_it_was_computed_from(
    client: FlaskClient, engine: Engine
) -> None:
    address = f"{STATE}/citation?known=15"
    root = text_in(page_of(client, address), "citation-root")
    with writing(engine) as connection:
        late = an_event(id="late", org=an_entity("late"), when="2023-01-01", source="press")
        record_all(connection, [late], recorded_by="tests", clock=clock_from())

    page = page_of(client, address)

    assert root.startswith("sha256:")
    assert text_in(page, "citation-root") == root
    assert f"log root {root}" in text_in(page, "citation-csl")
    assert f"log root {root}" in text_in(page, "citation-bib")
    assert "No signed checkpoint covers them yet" in page.get_text()
    seal_tiles(engine, signer=SIGNER)
    assert "a signed checkpoint covers them" in page_of(client, address).get_text()


def test_the_seal_of_a_state_is_computed_once_for_all_its_forms(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[object] = []

    def seal(*asked: object, **_form: int) -> str:
        computed.append(asked)
        return "sha256:ab"

    monkeypatch.setattr(viewing, "seal", seal)

    for form in ("", ".txt", ".bib", ".json"):
        client.get(f"{STATE}/citation{form}?known=15")

    assert len(computed) == 1


def test_read_models_behind_the_log_are_told_with_their_position(
    client: FlaskClient, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.execute(update(checkpoints).values(position=9))

    page = page_of(client, STATE)

    assert "up to position 9 of 15" in text_in(page, "state-behind")
    assert page_of(client, f"{STATE}?known=9").find(id="state-behind") is None


def test_a_hash_that_differs_since_a_text_was_masked_is_told_so(
    client: FlaskClient, engine: Engine
) -> None:
    address = cited(client, "?tab=all")
    said = {"target": "mostaque-ceo", "stream": "stability-ai", "reason": "privacy"}
    keep(engine, an_event("text_masked", id="masking", when="2026-11-22", **said))

    banner = page_of(client, address).select_one("#state-verdict.notice-error")

    assert banner is not None
    assert "Since position 15 1 text was masked" in " ".join(banner.get_text().split())


def test_a_hash_that_differs_for_another_reason_tells_of_no_masking(client: FlaskClient) -> None:
    page = page_of(client, f"{STATE}?known=15&tab=people&hash=sha256:0")

    assert "masked" not in text_in(page, "state-verdict")
