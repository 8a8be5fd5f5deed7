"""Places in a source: each an anchor, in the order in which the source has them."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from archive.web.events.places import places
from tests.web.desk import at_desk, fill_in, found
from tests.web.pages import page_of
from tests.web.stories import SOURCE

TYPED = {
    "field-org-id": "baichuan",
    "when": "2023-04-12",
    "source": SOURCE,
    "quote": "百川智能成立",
}


@pytest.fixture
def editor(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An editor, logged in."""
    return at_desk(client, engine, monkeypatch)


@pytest.mark.parametrize(
    ("locator", "told"),
    [
        ("", []),
        ("¶12", [("¶12", "p12")]),
        ("¶1, ¶2", [("¶1", "p1"), ("¶2", "p2")]),
        ("第3段；p. 7", [("第3段", "p-3"), ("p. 7", "p-p-7")]),
        ("00:12:30", [("00:12:30", "p-00-12-30")]),
        ("末段", [("末段", "p-x")]),
    ],
)
def test_a_locator_names_places(locator: str, told: list[tuple[str, str]]) -> None:
    assert [(one.text, one.anchor) for one in places(locator)] == told


@given(st.lists(st.integers(1, 400), min_size=1, unique=True))
def test_paragraphs_follow_each_other_by_number(numbers: list[int]) -> None:
    found_ones = places("，".join(f"¶{one}" for one in numbers))

    ordered = sorted(found_ones, key=lambda one: one.order)

    assert [one.anchor for one in ordered] == [f"p{one}" for one in sorted(numbers)]


def test_an_event_leads_to_its_paragraph_on_the_page_of_the_source(editor: FlaskClient) -> None:
    answer = fill_in(editor, "/admin/record/org_founded", {**TYPED, "locator": "¶12, ¶3"})
    event = page_of(editor, answer.headers["Location"])

    links = [str(one["href"]) for one in event.select("#event-claims + .claim a.locator")]
    links = links or [str(one["href"]) for one in event.select("a.locator")]
    page = page_of(editor, links[0].partition("#")[0])

    assert links == [f"/sources/{SOURCE}?by=place#{one}" for one in ("p12", "p3")]
    part = found(page, "#p12")
    assert "百川智能成立" in part.get_text()
    headings = [one.get_text(strip=True) for one in page.select(".source-place h3")]
    assert headings[:2] == ["¶3", "¶12"]
    assert headings[-1] == "No place is named"


def test_a_source_is_listed_by_date_until_its_own_order_is_asked_for(client: FlaskClient) -> None:
    page = page_of(client, f"/sources/{SOURCE}")

    assert page.select(".source-place") == []
    chosen = found(page, ".source-events [aria-current]")
    other = found(page, ".source-events .switch-choice:not([aria-current])")
    assert chosen.get_text() == "By date"
    assert str(other["href"]) == f"/sources/{SOURCE}?by=place"
