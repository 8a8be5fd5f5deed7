"""The page that compares two states."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.builders import an_event, keep
from tests.web.pages import page_of


def test_without_two_days_it_offers_boxes_and_the_years(client: FlaskClient) -> None:
    page = page_of(client, "/compare")

    assert page.select_one("#from") is not None
    assert page.find("a", href="/compare/2022-12-31/2023-12-31") is not None


def test_words_in_the_boxes_lead_to_the_address_of_the_comparison(client: FlaskClient) -> None:
    response = client.get("/compare?from=end+of+2022&to=July+2023&known2=5")

    assert response.status_code == 303
    assert response.location == "/compare/2022-12-31/2023-07-31?known2=5"


def test_what_cannot_be_read_is_told_beside_its_box_and_nothing_is_lost(
    client: FlaskClient,
) -> None:
    response = client.get("/compare?from=nonsense&to=2023-07-31&known=0")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert page.select_one("#from")["value"] == "nonsense"  # type: ignore[index] # it is there
    assert page.select_one("#to")["value"] == "2023-07-31"  # type: ignore[index] # as above
    assert page.select_one("#from-error") is not None
    assert page.select_one("#known-error") is not None


def test_a_comparison_groups_what_began_and_ended_by_entity(client: FlaskClient) -> None:
    page = page_of(client, "/compare/2023-06-01/2024-04-30")

    groups = {
        head.get_text(" ", strip=True): group.get_text(" ", strip=True)
        for group in page.select(".diff-group")
        if (head := group.select_one("h3"))
    }

    beyond = next(said for name, said in groups.items() if "Light Years Beyond" in name)
    stability = next(said for name, said in groups.items() if "Stability AI" in name)
    assert "Began" in beyond
    assert "Meituan" in beyond
    assert "Emad Mostaque" in stability


def test_what_only_became_certain_is_told_apart(client: FlaskClient) -> None:
    page = page_of(client, "/compare/2019-06-01/2020-06-01")

    firmer = page.select_one(".compare-firmer")

    assert firmer is not None
    assert "Stability AI" in firmer.get_text()
    assert "Now certain" in firmer.get_text()


def test_swapping_the_days_sets_apart_what_was_set_apart_before(client: FlaskClient) -> None:
    page = page_of(client, "/compare/2020-06-01/2019-06-01")

    softer = page.select_one(".compare-firmer")
    lede = page.select_one(".lede")

    assert softer is not None
    assert "Stability AI" in softer.get_text()
    assert "Now only possible" in softer.get_text()
    assert lede is not None
    assert "0 changed" in lede.get_text()


def test_what_the_archive_learned_is_counted_only_between_two_times_of_knowledge(
    client: FlaskClient,
) -> None:
    same = page_of(client, "/compare/2019-06-01/2020-06-01").select_one(".lede")
    apart = page_of(client, "/compare/2019-06-01/2020-06-01?known=1&known2=2").select_one(".lede")

    assert same is not None
    assert apart is not None
    assert "the archive learned" not in same.get_text()
    assert "the archive learned" in apart.get_text()


def test_the_header_counts_as_changed_only_what_changed_however_much_is_shown(
    client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    months = {"a": "2023-05", "b": "2023-05", "c": "2022", "d": "2022"}
    told = [
        an_event("org_founded", id=f"of-{org}", when=when, org=org) for org, when in months.items()
    ]
    gone = [
        an_event("org_ended", id=f"end-{org}", when="2023-06-01", org=org, manner="dissolved")
        for org in ("c", "d")
    ]
    keep(engine, *told, *gone)
    monkeypatch.setattr("archive.web.pages.comparisons._MOST_SHOWN", 1)
    address = "/compare/2023-05-15/2023-07-01"

    folded, whole = (page_of(client, address + more) for more in ("", "?all=1"))

    ledes = [page.select_one(".lede") for page in (folded, whole)]
    said = [" ".join(lede.get_text().split()) for lede in ledes if lede]
    assert said[0] == said[1]
    apart = whole.select(".compare-firmer .difference")
    assert len(apart) >= 2
    assert f"{len(apart)} facts more differ only in how certain they are" in said[0]
    assert "2 changed" in said[0]
    assert len(whole.select(".diff-changed")) == 2


def test_the_entity_that_narrows_a_comparison_is_called_by_its_name(client: FlaskClient) -> None:
    page = page_of(client, "/compare/2022-06-01/2024-04-30?entity=light-years-beyond")

    chip = page.select_one(".compare-chips .chip")

    assert chip is not None
    assert "Light Years Beyond" in chip.get_text()


def test_what_the_archive_learned_stands_apart_from_what_the_world_changed(
    client: FlaskClient,
) -> None:
    page = page_of(client, "/compare/2023-03-20/2023-03-20?known=5&known2=15")

    world, learned = page.select(".compare-section")

    assert "Nothing that the archive knows of" in world.get_text()
    assert "Baichuan" in learned.get_text()


def test_equal_days_with_equal_knowledge_differ_in_nothing(client: FlaskClient) -> None:
    page = page_of(client, "/compare/2023-06-01/2023-06-01")

    assert page.select(".difference") == []


def test_an_empty_archive_can_be_compared_too(empty_client: FlaskClient) -> None:
    assert empty_client.get("/compare").status_code == 200
    assert empty_client.get("/compare/2022-12-31/2023-12-31").status_code == 200


def test_a_tab_of_the_state_becomes_a_difference_of_that_tab(client: FlaskClient) -> None:
    everything = page_of(client, "/compare/2023-06-01/2024-04-30")
    people = page_of(client, "/compare/2023-06-01/2024-04-30?tab=people")

    assert "Light Years Beyond" in everything.select_one("#compare-body").get_text()  # type: ignore[union-attr] # it is there
    assert "Light Years Beyond" not in people.select_one("#compare-body").get_text()  # type: ignore[union-attr] # as above
    assert "Emad Mostaque" in people.select_one("#compare-body").get_text()  # type: ignore[union-attr] # as above
    assert people.select_one("#tab-people")["aria-current"] == "page"  # type: ignore[index] # as above


def test_the_form_on_the_state_page_leads_to_the_difference_of_its_tab(
    client: FlaskClient,
) -> None:
    response = client.get("/compare?from=2023-06-01&to=2023-12-31&tab=people&known=15")

    assert response.location == "/compare/2023-06-01/2023-12-31?known=15&tab=people"


def test_a_comparison_can_be_narrowed_to_a_type_and_an_entity(client: FlaskClient) -> None:
    address = "/compare/2023-06-01/2024-04-30?type=organization&entity=stability-ai"
    page = page_of(client, address)

    heads = [head.get_text(" ", strip=True) for head in page.select(".diff-group h3")]

    assert heads
    assert all("Stability AI" in head for head in heads)


def test_one_day_with_two_times_of_knowledge_has_a_block_of_its_own(client: FlaskClient) -> None:
    differing = page_of(client, "/compare/2023-03-20/2023-03-20?known=5&known2=15")
    equal = page_of(client, "/compare/2023-03-20/2023-03-20?known=5")

    assert "Same day, different knowledge" in differing.get_text()
    assert "Same day, different knowledge" not in equal.get_text()
    link = "/compare/2023-03-20/2023-03-20?known=5&known2=15"
    assert equal.find("a", href=link) is not None


def test_words_that_merely_hold_a_day_are_refused(client: FlaskClient) -> None:
    response = client.get("/compare?from=not+2023-06-01&to=never+2023-08-01")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert page.select_one("#from-error") is not None
    assert page.select_one("#to-error") is not None
