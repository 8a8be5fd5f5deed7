"""A cell followed by feed: valid Atom, each change an entry, corrections and retractions too."""

from datetime import datetime
from xml.etree import ElementTree as ET

import feedparser
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.queries.events.recordings import CORRECTIONS
from tests.builders import an_entity, an_event, an_event_with, keep

ATOM = "{http://www.w3.org/2005/Atom}"
STATUS = "/why.atom?entity=baichuan&attribute=status&lang=en"


def feed(client: FlaskClient, address: str = STATUS) -> feedparser.FeedParserDict:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/atom+xml"
    found = feedparser.parse(response.data)
    assert not found.bozo
    assert found.version == "atom10"
    return found


def test_each_event_that_changed_a_cell_is_an_entry_the_newest_first(client: FlaskClient) -> None:
    found = feed(client)

    recorded = [datetime.fromisoformat(one.updated) for one in found.entries]
    assert recorded == sorted(recorded, reverse=True)
    assert len(found.entries) == 2
    assert found.entries[-1].id == "http://localhost/events/baichuan-founded"
    assert found.entries[0].link == "http://localhost/events/baichuan-founded?lang=en"
    assert found.entries[0].title == "Corrected: the source had March · Baichuan is founded"
    assert found.entries[0].tags[0].term == "claim_corrected"
    assert found.feed.updated == found.entries[0].updated
    assert "active" in found.entries[-1].content[0].value


def test_the_feed_has_all_that_the_format_demands(client: FlaskClient) -> None:
    root = ET.fromstring(client.get(STATUS).data)  # noqa: S314 - our own answer

    for part in [root, *root.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            (only,) = part.findall(f"{ATOM}{name}")
            assert only.text
    assert root.tag == f"{ATOM}feed"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links["self"] == f"http://localhost{STATUS}"
    assert "/why?entity=baichuan" in str(links["alternate"])
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))


def test_a_later_change_is_a_new_entry_and_leaves_the_others(
    client: FlaskClient, engine: Engine
) -> None:
    before = [one.id for one in feed(client).entries]
    keep(engine, an_event("org_ended", id="end", org=an_entity("baichuan"), when="2024-01-01"))

    after = [one.id for one in feed(client).entries]

    assert after == ["http://localhost/events/end", *before]


def test_the_feed_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    found = feed(client, "/why.atom?entity=baichuan&attribute=status&lang=zh")

    assert found.feed.title == "百川智能：状态"
    assert found.feed.language == "zh-Hans"


def test_every_entry_leads_to_a_page(client: FlaskClient, engine: Engine) -> None:
    said = {"claims": "baichuan-founded", "stream": "baichuan", "reason": "x"}
    keep(engine, an_event("claim_disputed", id="doubt", when="2026-11-22", **said))

    found = feed(client)

    assert found.entries[0].id == "http://localhost/events/doubt"
    for one in found.entries:
        assert client.get(one.link.removeprefix("http://localhost")).status_code == 200


def test_a_feed_unchanged_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get(STATUS).headers["ETag"]

    assert client.get(STATUS, headers={"If-None-Match": tag}).status_code == 304


def test_a_cell_never_told_of_has_a_feed_without_entries(client: FlaskClient) -> None:
    assert feed(client, "/why.atom?entity=baichuan&attribute=listing").entries == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404),
        ("?entity=baichuan", 404),
        ("?entity=nobody&attribute=status", 404),
        ("?entity=baichuan&attribute=nonsense", 400),
    ],
)
def test_what_cannot_be_followed_is_refused(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/why.atom{query}").status_code == status


def test_the_panel_of_reasons_leads_to_the_feed(client: FlaskClient) -> None:
    page = client.get("/why?entity=baichuan&attribute=status&lang=en").get_data(as_text=True)

    assert page.count("/why.atom?entity=baichuan&amp;attribute=status&amp;lang=en") == 2
    assert 'rel="alternate"' in page
    assert "Follow by feed" in page


@pytest.mark.parametrize(
    "more", ["&member=%01", "&member=%EF%BF%BF", "&x=%EF%BF%BE", "&x=]]%3E%26"]
)
def test_no_address_makes_the_feed_unreadable(client: FlaskClient, more: str) -> None:
    root = ET.fromstring(client.get(STATUS + more).data)  # noqa: S314 - our own answer

    assert root.tag == f"{ATOM}feed"


def test_what_xml_cannot_write_is_marked_in_the_feed_and_spoils_nothing(
    client: FlaskClient, engine: Engine
) -> None:
    title = "Ended \uffff <b>&amp;</b>"
    org = an_entity("baichuan")
    keep(engine, an_event("org_ended", id="end", org=org, when="2024-01-01", title=title))

    root = ET.fromstring(client.get(STATUS).data)  # noqa: S314 - our own answer

    titles = [one.text for one in root.iter(f"{ATOM}title")]
    assert "Ended \ufffd <b>&amp;</b>" in titles


def test_an_entity_is_followed_whatever_is_said_of_it(client: FlaskClient, engine: Engine) -> None:
    keep(
        engine,
        an_event("org_ended", id="end", org=an_entity("baichuan"), when="2024-01-01"),
        an_event("claim_retracted", id="taken-back", stream="baichuan", target="end", reason="x"),
        an_event("names_changed", id="called", entity=an_entity("baichuan"), aliases="百川"),
        an_event("org_founded", id="elsewhere", org=an_entity("another", zh="别家", en="Another")),
    )

    found = feed(client, "/entities/baichuan.atom?lang=en")

    names = [one.id.rpartition("/")[2] for one in found.entries]
    assert names[:3] == ["called", "taken-back", "end"]
    assert "baichuan-founded" in names
    assert "elsewhere" not in names
    assert found.feed.title == "Baichuan"
    assert found.feed.links[1].href == "http://localhost/entities/baichuan?lang=en"


def test_whoever_follows_a_merged_entity_is_sent_to_its_home(
    client: FlaskClient, engine: Engine
) -> None:
    other = an_entity("baichuan-ai", zh="百川人工智能", en="Baichuan AI")
    into = an_entity("baichuan")
    keep(
        engine,
        an_event("org_founded", id="other", org=other),
        an_event_with(
            "entities_merged", {"from": other, "into": into, "reason": "x"}, id="merged"
        ),
    )

    answer = client.get("/entities/baichuan-ai.atom?lang=en")

    assert answer.status_code == 303
    assert answer.location == "/entities/baichuan.atom?lang=en"
    found = feed(client, answer.location)
    assert {"other", "merged"} <= {one.id.rpartition("/")[2] for one in found.entries}


def test_the_log_is_followed_all_of_it_or_corrections_only(
    client: FlaskClient, engine: Engine
) -> None:
    said = {"claims": "baichuan-founded", "stream": "baichuan", "reason": "x"}
    keep(engine, an_event("claim_disputed", id="doubt", when="2026-11-22", **said))

    whole = feed(client, "/changes.atom?lang=en")
    corrections = feed(client, "/changes.atom?only=corrections&lang=en")

    assert corrections.entries[0].id == "http://localhost/events/doubt"
    assert {one.category for one in corrections.entries} <= set(CORRECTIONS)
    assert not {one.category for one in whole.entries} <= set(CORRECTIONS)


def test_an_archive_without_events_has_a_feed(empty_client: FlaskClient) -> None:
    assert feed(empty_client, "/changes.atom").entries == []


@pytest.mark.parametrize("address", ["/entities/baichuan", "/changes"])
def test_pages_lead_to_their_feeds(client: FlaskClient, address: str) -> None:
    page = client.get(f"{address}?lang=en").get_data(as_text=True)

    assert page.count(f"{address}.atom?lang=en") == 2
    assert 'type="application/atom+xml"' in page


def test_nobody_is_not_followed(client: FlaskClient) -> None:
    assert client.get("/entities/nobody.atom").status_code == 404
