"""Values beside each other: rivals, what a settlement made of them, and parts of a sum."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.builders import an_entity, an_event, keep
from tests.web.pages import page_of


def test_rivals_stand_side_by_side_and_are_flagged(client: FlaskClient) -> None:
    page = page_of(client, "/state/2023-06-01?tab=figures")

    row = page.select_one("tr.state-row")

    assert row is not None
    assert len(row.select(".state-value")) == 2
    assert "Disputed" in row.get_text()


@pytest.mark.parametrize(
    ("lang", "preferred", "set_aside"),
    [("en", "preferred", "set aside"), ("zh", "采信", "未获采信")],
)
def test_a_settlement_is_told_of_each_of_the_values(
    client: FlaskClient, engine: Engine, lang: str, preferred: str, set_aside: str
) -> None:
    claims = "users-one, users-two"
    keep(engine, an_event("dispute_settled", id="s", claims=claims, choice="users-two"))

    page = client.get(f"/state/2023-06-01?tab=figures&lang={lang}").data

    told = [one.get_text(" ") for one in BeautifulSoup(page, "html.parser").select(".state-claim")]
    assert [preferred in told[0], set_aside in told[1]] == [True, True]
    assert set_aside not in told[0]


def rounds_in_two_currencies(engine: Engine) -> None:
    closed = {"org": "raiser", "phase": "closed", "when": "2023-05-01"}
    cny = an_event("funding_round", id="in-cny", amount="1000000 CNY", **closed)
    keep(engine, cny, an_event("funding_round", id="in-usd", amount="1000000 USD", **closed))


@pytest.mark.parametrize(("lang", "word", "other"), [("en", "and", "or"), ("zh", "和", "或")])
def test_sums_in_two_currencies_hold_both_where_rivals_are_one_or_the_other(
    client: FlaskClient, engine: Engine, lang: str, word: str, other: str
) -> None:
    rounds_in_two_currencies(engine)
    said = f"on=2023-06-01&lang={lang}"

    def words_between(address: str) -> set[str]:
        page = page_of(client, address)
        return {one.get_text() for one in page.select(".state-or")}

    sums = f"/state/2023-06-01?tab=valuations&entity=raiser&lang={lang}"
    assert words_between(sums) == {word}
    assert words_between(f"/why?entity=raiser&attribute=total_raised&{said}") == {word}
    assert words_between(f"/state/2023-06-01?tab=figures&lang={lang}") == {other}


def test_the_margin_of_the_timeline_tells_both_sums(client: FlaskClient, engine: Engine) -> None:
    rounds_in_two_currencies(engine)

    page = page_of(client, "/?entity=raiser&held=2023-06-01")

    told = {one.get_text(strip=True) for one in page.select(".held-rows dd")}
    assert "1 million CNY and 1 million USD" in told


def test_each_rival_claim_has_its_own_source_and_date(client: FlaskClient) -> None:
    page = page_of(client, "/state/2023-06-01?tab=figures")

    claims = page.select(".state-claim")

    assert len(claims) == 2
    assert all(claim.select_one(".state-sources a") for claim in claims)
    assert all(claim.select_one("a.state-since") for claim in claims)


def test_two_holders_of_one_post_are_both_shown_and_flagged(
    client: FlaskClient, engine: Engine
) -> None:
    firm = an_entity("firm")
    keep(
        engine,
        *(
            an_event(
                "role_started",
                id=f"ceo-{name}",
                person=an_entity(name, "person"),
                org=firm,
                role="ceo",
                when="2022-02-02",
            )
            for name in ("ada", "bob")
        ),
    )

    page = page_of(client, "/state/2023-01-01?tab=people&entity=firm")
    row = page.select_one("tr.state-row")

    assert row is not None
    assert len(row.select(".state-claim")) == 2
    assert "several holders told" in row.get_text()
