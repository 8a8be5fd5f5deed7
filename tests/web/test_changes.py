"""The archive's own log, newest first."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands import record_all
from archive.storage import writing
from tests.builders import an_event, an_event_with
from tests.web.stories import BAICHUAN, MEITUAN

WHEN = "2026-11-21"
REASON = {"en": "so it is", "zh": "如此"}
MERGE = {"into": MEITUAN, "from": BAICHUAN, "reason": REASON}
ARCHIVAL = [
    an_event("claim_disputed", id="d", when=WHEN, claims="users-one, users-two"),
    an_event(
        "dispute_settled", id="s", when=WHEN, claims="users-one, users-two", choice="users-one"
    ),
    an_event_with("entities_merged", MERGE, id="m", when=WHEN),
    an_event("entity_split", id="p", when=WHEN, entity=MEITUAN, out=BAICHUAN, reason=REASON),
    an_event("text_masked", id="t", when=WHEN, target="users-two", reason=REASON),
]


def positions(client: FlaskClient, address: str) -> list[int]:
    page = BeautifulSoup(client.get(address).data, "html.parser")
    return [int(mark.get_text()) for mark in page.select(".change-position")]


def test_every_event_of_the_log_is_there_newest_first(client: FlaskClient) -> None:
    assert positions(client, "/changes") == list(range(15, 0, -1))


def test_corrections_only_leaves_out_what_was_simply_recorded(client: FlaskClient) -> None:
    assert positions(client, "/changes?only=corrections") == [15, 14, 13]


def test_a_correction_names_what_it_is_about_unless_that_was_masked(
    client: FlaskClient, engine: Engine
) -> None:
    with writing(engine) as connection:
        record_all(connection, ARCHIVAL[:1], recorded_by="tests")
    before = BeautifulSoup(client.get("/changes?only=corrections&lang=zh").data, "html.parser")
    with writing(engine) as connection:
        raw = an_event("text_masked", id="t", when=WHEN, target="users-one", reason=REASON)
        record_all(connection, [raw], recorded_by="tests")
    after = BeautifulSoup(client.get("/changes?only=corrections").data, "html.parser")

    named = [line.get_text() for line in before.select(".change-about")]
    assert named == ["Llama 2用户数：79用户", "Ghost Ltd成立", "百川智能成立"]
    assert [line.get_text() for line in after.select(".change-about")][:2] == [
        "（文字已遮蔽）"
    ] * 2
    count = " ".join(before.select(".count")[0].get_text().split())
    assert "条记录，2026" in count


def test_the_page_can_begin_anywhere(client: FlaskClient) -> None:
    assert positions(client, "/changes?before=4") == [3, 2, 1]


def test_words_that_are_no_position_begin_at_the_end(client: FlaskClient) -> None:
    assert positions(client, "/changes?before=nonsense")[0] == 15
    assert positions(client, "/changes?before=²")[0] == 15
    assert positions(client, "/changes?before=99999999999999999999999")[0] == 15


def test_an_empty_log_says_so(empty_client: FlaskClient) -> None:
    assert b"The log is empty" in empty_client.get("/changes").data
    assert b"Nothing has been corrected" in empty_client.get("/changes?only=corrections").data


def test_every_line_leads_to_a_page_that_is_there(client: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        for raw in ARCHIVAL:
            record_all(connection, [raw], recorded_by="tests")
    page = BeautifulSoup(client.get("/changes").data, "html.parser")

    links = [str(link["href"]) for link in page.select(".change-what a")]

    assert len(links) == 15 + len(ARCHIVAL)
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_choice_of_changes_keeps_its_place_when_it_is_swapped(client: FlaskClient) -> None:
    for address in ("/changes", "/changes?only=corrections"):
        page = BeautifulSoup(client.get(address).data, "html.parser")

        choices = [choice.get("id") for choice in page.select(".switch-choice[hx-get]")]
        assert choices == ["changes-all", "changes-corrections"]
