"""The table of a state sorted by links in its head: addresses, files, and what is too large."""

import csv
import io
from collections.abc import Mapping

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.queries.held import states
from tests.web.desk import found, page_of, text_of

HERE = "/state/2023-07-31"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def open_page(client: FlaskClient, **words: str) -> BeautifulSoup:
    return page_of(client.get(HERE, query_string={"tab": "all", **words}))


def heads(page: BeautifulSoup) -> Mapping[str, str]:
    """Return the columns and how the table is sorted by each."""
    columns = page.select(".state-table thead th")
    return {one.get_text(strip=True): str(one.get("aria-sort", "")) for one in columns}


def link(page: BeautifulSoup, column: str) -> str:
    return str(found(page, f"#sort-{column}-1")["href"])


def lines(client: FlaskClient, **words: str) -> list[dict[str, str]]:
    answer = client.get(f"{HERE}.csv", query_string={"tab": "all", **words})
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_usual_order_is_that_of_names_and_says_so(client: FlaskClient) -> None:
    page = open_page(client)

    told = heads(page)
    assert told["Entity"] == "ascending"
    assert [name for name, how in told.items() if how] == ["Entity"]
    assert "Sources" in told
    assert page.select_one("#sort-sources-1") is None


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("what", "what", "-what"),
        ("value", "-value", "value"),
        ("since", "-since", "since"),
        ("standing", "standing", "-standing"),
    ],
)
def test_a_head_leads_to_its_order_and_pressed_again_to_the_other(
    client: FlaskClient, column: str, first: str, second: str
) -> None:
    to = link(open_page(client, type="organization", known="9"), column)

    sorted_page = page_of(client.get(to))

    assert to == f"{HERE}?known=9&tab=all&type=organization&sort={first}"
    assert f"sort={second}" in link(sorted_page, column)
    how = "descending" if first.startswith("-") else "ascending"
    assert [one for one in heads(sorted_page).values() if one] == [how]


def test_names_turned_about_lead_back_to_an_address_without_a_sort(client: FlaskClient) -> None:
    turned = page_of(client.get(link(open_page(client), "entity")))

    assert heads(turned)["Entity"] == "descending"
    assert link(turned, "entity") == f"{HERE}?tab=all"


def test_links_and_forms_of_a_sorted_page_keep_its_order(client: FlaskClient) -> None:
    page = open_page(client, sort="-since")

    for selector in ("#tab-people", "#step-back-day", "#possible-switch"):
        part = page.select_one(selector)
        assert part is None or "sort=-since" in str(part["href"])
    hidden = [one["value"] for one in page.select("form input[name='sort']")]
    assert hidden
    assert set(hidden) == {"-since"}


@pytest.mark.parametrize("sort", ["-since", "since", "-value", "what", "standing", "-entity"])
def test_a_file_has_the_order_of_the_page_and_the_same_hash(
    client: FlaskClient, sort: str
) -> None:
    page = open_page(client, sort=sort)
    files = {str(one["href"]) for one in page.select("a[href*='.csv'], a[href*='.json']")}
    usual, turned = lines(client), lines(client, sort=sort)

    assert files
    assert all(f"sort={sort}" in one for one in files)
    assert usual != turned
    by_hash = {one["hash"] for one in (*usual, *turned)}
    assert len(by_hash) == 1
    assert sorted(map(str, usual)) == sorted(map(str, turned))


def test_the_pages_of_a_sorted_state_hold_each_row_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.web.states.sorting._ROWS_SHOWN", 3)
    page, rows = open_page(client, sort="since"), list[str]()
    while True:
        rows += [one.get_text() for one in page.select(".state-row .state-cell")]
        onward = page.select_one(".paging-later")
        if onward is None:
            break
        assert "sort=since" in str(onward["href"])
        page = page_of(client.get(str(onward["href"])))

    whole = client.get(f"{HERE}.json?tab=all").get_json()["rows"]
    assert len(rows) == len(whole)


def test_hidden_rows_stay_hidden_and_are_counted(client: FlaskClient) -> None:
    usual = open_page(client, possible="hide")
    turned = open_page(client, possible="hide", sort="-since")

    assert turned.select(".standing-possible") == []
    assert text_of(turned, ".state-counts") == text_of(usual, ".state-counts")


def test_an_order_that_is_none_is_refused_with_those_that_are(client: FlaskClient) -> None:
    answer = client.get(f"{HERE}?sort=colour")

    assert answer.status_code == 400
    assert "since" in answer.get_data(as_text=True)


def test_a_large_archive_offers_names_and_says_why_no_more(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "_SMALL", 0)

    page = open_page(client, sort="-since")

    assert "too large" in text_of(page, ".state-main .notice-warn")
    assert heads(page)["Entity"] == "ascending"
    assert page.select_one("#sort-since-1") is None
    turned = open_page(client, sort="-entity")
    assert turned.select(".state-main .notice-warn") == []
    first, last = (one.select(".state-entity")[0].get_text() for one in (page, turned))
    assert first != last


def test_of_one_entity_a_large_archive_sorts_all(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "_SMALL", 0)
    entity = str(found(open_page(client), ".state-entity a")["href"]).rpartition("/")[2]

    page = open_page(client, entity=entity, sort="-since")

    assert heads(page)["Since"] == "descending"
    assert page.select(".state-main .notice-warn") == []


def test_a_swap_has_the_whole_body_in_the_order(client: FlaskClient) -> None:
    swapped = page_of(client.get(f"{HERE}?tab=all&sort=-since", headers=HTMX))

    assert heads(swapped)["Since"] == "descending"
    assert str(found(swapped, "#sort-value-1")["hx-target"]) == "#state-body"
