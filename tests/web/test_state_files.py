"""The files of a state: the same rows as the page, with all that they answer."""

import csv
import io
import json

from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.builders import an_entity, an_event, keep
from tests.web.pages import page_of


def test_the_table_as_csv_repeats_both_times_on_every_line(client: FlaskClient) -> None:
    response = client.get("/state/2023-07-31.csv?known=12")
    lines = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))

    assert response.mimetype == "text/csv"
    assert "state-2023-07-31-12.csv" in response.headers["Content-Disposition"]
    assert lines
    assert {(one["held_on"], one["known_position"]) for one in lines} == {("2023-07-31", "12")}
    assert any(one["entity"] == "light-years-beyond" for one in lines)


def test_a_file_without_a_tab_holds_all_facts(client: FlaskClient) -> None:
    rows = json.loads(client.get("/state/2023-07-31.json").data)["rows"]

    assert {"owners", "officers", "valuation", "figures"} <= {row["attribute"] for row in rows}


def test_a_file_of_nothing_readable_is_refused(client: FlaskClient) -> None:
    assert client.get("/state/nonsense.csv").status_code == 400
    assert client.get("/state/2023-07-31.json?known=0").status_code == 400


def test_the_links_to_the_files_pin_both_times(client: FlaskClient) -> None:
    page = page_of(client, "/state/2023-07-31?tab=people")

    assert page.find("a", href="/state/2023-07-31.csv?known=15&tab=people") is not None
    assert page.find("a", href="/state/2023-07-31.json?known=15&tab=people") is not None


def test_no_cell_of_the_table_is_a_formula(client: FlaskClient, engine: Engine) -> None:
    keep(engine, an_event(org=an_entity("formula", zh="=1+1", en="=HYPERLINK(1)")))

    text = client.get("/state/2100-01-01.csv").get_data(as_text=True)

    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_lines_of_json_say_the_same_as_the_document(client: FlaskClient) -> None:
    address = "/state/2023-07-31.{}?known=12&entity=baichuan"
    document = client.get(address.format("json")).json

    response = client.get(address.format("jsonl"))

    about = {
        "held_on": "2023-07-31",
        "known_position": 12,
        "filters": "entity=baichuan",
        "definition": "",
        "hash": document["hash"],  # type: ignore[index]  # it is a document
        "log_root": document["log_root"],  # type: ignore[index]  # as above
    }
    lines = [json.loads(line) for line in response.data.splitlines()]
    assert response.mimetype == "application/jsonl"
    assert "state-2023-07-31-12.jsonl" in response.headers["Content-Disposition"]
    assert lines
    assert lines == [about | row for row in document["rows"]]  # type: ignore[index]  # as above
