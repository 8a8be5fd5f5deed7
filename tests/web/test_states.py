"""The page of a state, the events behind a value, and the files."""

import csv
import io
import json
from datetime import date
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.event import listen

from archive.dates import day_number
from archive.vocabulary import TABS
from tests.builders import an_entity, an_event, an_event_with, keep

HTMX = {"HX-Request": "true"}


def words_of(client: FlaskClient, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    return " ".join(BeautifulSoup(response.data, "html.parser").get_text().split())


def test_the_head_says_both_times_and_the_position(client: FlaskClient) -> None:
    said = words_of(client, "/state/2023-07-31")

    assert "State of the large-model industry on 31 July 2023, as known on today" in said
    assert "(position 15)" in said


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2023-07-31", "2023-07-31"),
        ("July 2023", "2023-07-31"),
        ("2023年底", "2023-12-31"),
        ("Q3 2023", "2023-09-30"),
    ],
    ids=["iso", "english", "chinese", "quarter"],
)
def test_words_in_the_box_lead_to_the_address_of_their_last_day(
    words: str, day: str, client: FlaskClient
) -> None:
    response = client.get(f"/state?on={quote(words)}&tab=people")

    assert response.status_code == 303
    assert response.location.partition("&said=")[0] == f"/state/{day}?tab=people"


def test_words_in_the_path_lead_to_the_address_of_the_day(client: FlaskClient) -> None:
    response = client.get("/state/July 2023?known=5")

    assert response.status_code == 303
    assert response.location == "/state/2023-07-31?known=5&said=July+2023"


def test_a_bad_date_is_answered_with_the_box_and_all_that_was_typed(client: FlaskClient) -> None:
    response = client.get("/state?on=nonsense&known=5&type=model")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert page.select_one("#on")["value"] == "nonsense"  # type: ignore[index] # it is there
    assert page.select_one("#known")["value"] == "5"  # type: ignore[index] # as above
    assert page.select_one("#on-error") is not None
    assert page.select_one("#type option[selected]")["value"] == "model"  # type: ignore[index] # as above
    assert page.find("a", href="/state?on=2023-07-14") is not None


@pytest.mark.parametrize("known", ["2999-01-01", "2001-01-01", "0", "99999", "nonsense"])
def test_what_was_known_before_the_start_or_in_the_future_is_refused_with_the_reason(
    known: str, client: FlaskClient
) -> None:
    response = client.get(f"/state/2023-07-31?known={known}")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert page.select_one("#known")["value"] == known  # type: ignore[index] # it is there
    assert "accepted" in page.select_one("#known-error").get_text()  # type: ignore[union-attr] # as above


def test_a_day_after_today_bears_a_banner(client: FlaskClient) -> None:
    said = words_of(client, "/state/2999-01-01")

    assert "has not come yet" in said


@pytest.mark.parametrize("tab", [*TABS, "all"])
def test_every_tab_is_a_link_and_marks_itself(tab: str, client: FlaskClient) -> None:
    response = client.get(f"/state/2023-07-31?tab={tab}")
    page = BeautifulSoup(response.data, "html.parser")

    current = page.select(".tabs a[aria-current]")

    assert response.status_code == 200
    assert [f"tab={tab}" in str(link["href"]) for link in current] == [True]


def test_a_possible_row_says_why_and_can_be_hidden(client: FlaskClient) -> None:
    shown = client.get("/state/2024-03-25?tab=people")
    hidden = client.get("/state/2024-03-25?tab=people&possible=hide")

    rows = BeautifulSoup(shown.data, "html.parser").select("tr.standing-possible")
    assert len(rows) >= 1
    assert "may have ended between 21 March 2024 and 31 March 2024" in rows[0].get_text(" ")
    assert BeautifulSoup(hidden.data, "html.parser").select("tr.standing-possible") == []


def test_rivals_stand_side_by_side_and_are_flagged(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/state/2023-06-01?tab=figures").data, "html.parser")

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
        page = BeautifulSoup(client.get(address).data, "html.parser")
        return {one.get_text() for one in page.select(".state-or")}

    sums = f"/state/2023-06-01?tab=valuations&entity=raiser&lang={lang}"
    assert words_between(sums) == {word}
    assert words_between(f"/why?entity=raiser&attribute=total_raised&{said}") == {word}
    assert words_between(f"/state/2023-06-01?tab=figures&lang={lang}") == {other}


def test_the_margin_of_the_timeline_tells_both_sums(client: FlaskClient, engine: Engine) -> None:
    rounds_in_two_currencies(engine)

    page = BeautifulSoup(client.get("/?entity=raiser&held=2023-06-01").data, "html.parser")

    told = {one.get_text(strip=True) for one in page.select(".held-rows dd")}
    assert "1 million CNY and 1 million USD" in told


def test_a_number_says_how_old_it_is(client: FlaskClient) -> None:
    assert "11 months old" in words_of(client, "/state/2023-07-31?tab=valuations")
    assert "30 days old" in words_of(client, "/state/2022-10-01?tab=valuations")
    assert "2.0 years old" in words_of(client, "/state/2024-09-01?tab=valuations")


def test_a_value_leads_to_the_events_behind_it_with_and_without_htmx(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/state/2023-07-31?tab=people").data, "html.parser")
    link = page.select_one("a.state-value")
    assert link is not None

    whole = client.get(str(link["href"]))
    panel = client.get(str(link["hx-get"]), headers=HTMX)

    assert b"<html" in whole.data
    assert b"<html" not in panel.data
    assert BeautifulSoup(panel.data, "html.parser").find(id="why") is not None
    assert b"Emad Mostaque" in panel.data


def test_why_says_what_became_of_each_event_by_the_day(client: FlaskClient) -> None:
    address = "/why?entity=stability-ai&attribute=officers&on=2024-03-25"

    said = words_of(client, address)

    assert "may hold on this day" in said
    assert "The Paper" in said


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["Disputed", "Dispute settled", "preferred"]),
        ("zh", ["有争议", "争议已裁定", "采信"]),
    ],
)
def test_why_tells_disputes_and_their_settlement(
    client: FlaskClient, engine: Engine, lang: str, said: list[str]
) -> None:
    claims = {"claims": "told-one,told-two", "reason": "口径 | how counted"}
    keep(
        engine,
        *(
            an_event(
                "figure_reported", id=name, subject="quarrelled", measure="users", value=value
            )
            for name, value in (("told-one", "79 users"), ("told-two", "80 users"))
        ),
        an_event("claim_disputed", id="told-d", **claims),
        an_event("dispute_settled", id="told-s", choice="told-two", **claims),
    )
    address = f"/why?entity=quarrelled&attribute=figures&on=2024-01-01&lang={lang}"

    page = BeautifulSoup(client.get(address).data, "html.parser")

    told = [one.get_text(" ") for one in page.select(".why-argument")]
    assert len(told) == 2
    assert all(words in " ".join(told) for words in said)
    assert all(("口径" if lang == "zh" else "how counted") in one for one in told)
    assert page.select_one(".why-argument a[href^='/events/told-one']") is not None


def test_why_without_a_cell_says_how_to_ask(client: FlaskClient) -> None:
    response = client.get("/why")

    assert response.status_code == 200
    assert b"Choose any value" in response.data


def test_why_of_a_merged_entity_leads_to_where_it_lives_on(client: FlaskClient) -> None:
    response = client.get("/why?entity=zhipu&attribute=status&on=2023-01-01")

    assert response.status_code == 303
    assert "entity=zhipu-ai" in response.location


def test_before_coverage_the_page_says_where_it_begins(client: FlaskClient) -> None:
    said = words_of(client, "/state/1990-01-01")

    assert "On 1 January 1990 the archive has no facts" in said
    assert "What the archive holds begins on" in said


def test_an_empty_archive_says_so(empty_client: FlaskClient) -> None:
    assert "The archive is empty" in words_of(empty_client, "/state/2023-07-31")


def test_filters_that_leave_nothing_are_named_and_can_be_taken_away(client: FlaskClient) -> None:
    address = "/state/2023-07-15?where=status=active&where=status=dissolved"
    page = BeautifulSoup(client.get(address).data, "html.parser")

    assert "Nothing under these filters" in page.get_text()
    assert page.find("a", href="/state/2023-07-15?where=status%3Dactive") is not None
    assert page.find("a", href="/state/2023-07-15?where=status%3Ddissolved") is not None


def test_before_an_entity_began_its_first_event_is_told_and_leads_on(client: FlaskClient) -> None:
    address = "/state/2023-01-15?entity=light-years-beyond"
    page = BeautifulSoup(client.get(address).data, "html.parser")

    assert "there was no Light Years Beyond yet" in page.get_text()
    assert page.find("a", href="/state/2023-06-29?entity=light-years-beyond") is not None
    assert page.find("a", href="/state/2023-01-15") is not None


def test_the_entity_box_takes_any_name(client: FlaskClient) -> None:
    said = words_of(client, f"/state/2023-07-31?entity={quote('百川')}")

    assert "Baichuan" in said
    assert "Stability" not in said


def test_an_unknown_entity_is_told_and_not_lost(client: FlaskClient) -> None:
    said = words_of(client, "/state/2023-07-31?entity=nobody-of-this-name")

    assert "nobody-of-this-name" in said
    assert "no entity called" in said


def test_a_pair_of_attribute_and_value_narrows_the_state(client: FlaskClient) -> None:
    page = client.get("/state/2023-07-31.json?where=status=active")

    names = {row["entity"]["id"] for row in json.loads(page.data)["rows"]}

    assert "baichuan" in names
    assert "llama-2" not in names


def test_a_swap_gets_the_body_alone(client: FlaskClient) -> None:
    response = client.get("/state/2023-07-31?tab=people", headers=HTMX)

    assert response.data.lstrip().startswith(b'<div id="state-body"')


def test_what_was_known_then_is_shown_as_it_was_then(client: FlaskClient) -> None:
    then = words_of(client, "/state/2023-03-20?entity=baichuan&known=5")
    now = words_of(client, "/state/2023-03-20?entity=baichuan")

    assert "active" in then
    assert "there was no Baichuan yet" in now


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


def test_an_unreadable_position_loses_no_entity_that_was_typed(client: FlaskClient) -> None:
    response = client.get("/state?on=2023-07-31&known=nonsense&entity=baichuan")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert page.select_one("#entity")["value"] == "baichuan"  # type: ignore[index] # it is there


def test_the_links_to_the_files_pin_both_times(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/state/2023-07-31?tab=people").data, "html.parser")

    assert page.find("a", href="/state/2023-07-31.csv?known=15&tab=people") is not None
    assert page.find("a", href="/state/2023-07-31.json?known=15&tab=people") is not None


def test_the_state_in_chinese_is_chinese(client: FlaskClient) -> None:
    said = words_of(client, "/state/2023-07-31?lang=zh")

    assert "2023年7月31日大模型行业的状态，所知截至今天" in said
    assert "百川智能" in said


def test_a_hostile_name_does_no_harm(client: FlaskClient) -> None:
    response = client.get("/state/2023-07-31?tab=all")

    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in response.data


def test_hostile_words_in_an_address_do_no_harm(client: FlaskClient) -> None:
    for address in ("/state?on=<b>x</b>", "/state/2023-07-31?entity=<b>x</b>&tab=all"):
        assert client.get(address).status_code in {200, 400}


@pytest.mark.parametrize(
    "address",
    ["/state/2024-06-01?tab=all", "/compare/2022-10-01/2024-06-01", "/entities/", "/changes"],
)
def test_more_rows_ask_no_more_questions_of_the_database(
    address: str, app: Flask, client: FlaskClient, engine: Engine
) -> None:
    asked: list[str] = []
    listen(
        app.extensions["archive_engine"],
        "before_cursor_execute",
        lambda *told: asked.append(told[2]),
    )
    client.get(address)
    few = len(asked)
    keep(
        engine,
        *(
            an_event(id=f"more-{n}", when="2023-05-05", org=an_entity(f"more-{n}"))
            for n in range(15)
        ),
    )

    client.get(address)

    assert few > 0
    assert len(asked) - few <= few


@pytest.mark.parametrize("ending", ["/2023-07-31", "/2023-07-31.csv", "/2023-07-31.json", ""])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("type=organisation", "organization"),
        ("tab=owner", "ownership"),
        ("where=licenc=x", "licen"),
        ("where=nope", "no attribute"),
    ],
)
def test_a_word_that_narrows_by_nothing_is_refused_with_the_nearest(
    client: FlaskClient, ending: str, query: str, said: str
) -> None:
    response = client.get(f"/state{ending}?{query}")

    assert response.status_code == 400
    assert said in response.get_data(as_text=True)


def test_no_cell_of_the_table_is_a_formula(client: FlaskClient, engine: Engine) -> None:
    keep(engine, an_event(org=an_entity("formula", zh="=1+1", en="=HYPERLINK(1)")))

    text = client.get("/state/2100-01-01.csv").get_data(as_text=True)

    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("near", "day"),
    [("2023-06-02", "2023-06-29"), ("2023-05-31", "2023-05-01"), ("2023-06-01", "2023-06-01")],
    ids=["later", "earlier", "here"],
)
def test_the_slider_leads_to_a_change_with_and_without_htmx(
    client: FlaskClient, near: str, day: str
) -> None:
    moved = day_number(date.fromisoformat(near))
    address = f"/state?on=2023-06-01&near={moved}&tab=people&known=15"

    plain, swapped = client.get(address), client.get(address, headers=HTMX)

    assert plain.status_code == 303
    assert plain.location == f"/state/{day}?known=15&tab=people"
    assert swapped.headers["HX-Push-Url"] == plain.location
    assert f'value="{day}"' in swapped.get_data(as_text=True)


def test_the_slider_says_its_day_and_keeps_what_narrows_the_state(client: FlaskClient) -> None:
    address = "/state/2023-07-31?known=15&tab=all&type=organization&possible=hide"
    page = BeautifulSoup(client.get(address).data, "html.parser")
    form = page.select_one("#state-slider")
    assert form is not None

    kept = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}

    assert kept == {
        "tab": "all",
        "known": "15",
        "possible": "hide",
        "type": "organization",
        "on": "2023-07-31",
    }
    assert form.select_one("input[type=range]")["aria-valuetext"] == "31 July 2023"  # type: ignore[index] # it is there
    assert form.select_one("noscript button") is not None


def test_the_models_come_with_the_definition_of_free_and_the_address_pins_it(
    client: FlaskClient,
) -> None:
    page = BeautifulSoup(client.get("/state/2023-07-31?tab=models").data, "html.parser")
    chosen = page.select_one(".state-panel input[name=definition][checked]")
    offer = page.select_one("#cite")

    assert chosen is not None
    assert offer is not None
    assert f"definition={chosen['value']}" in str(offer["href"])


def test_a_definition_that_means_nothing_is_refused(client: FlaskClient) -> None:
    assert client.get("/state/2023-07-31?tab=models&definition=mine").status_code == 400


def test_founders_stand_in_a_table_of_their_own(client: FlaskClient, engine: Engine) -> None:
    keep(
        engine,
        an_event(id="f", org=an_entity("begun"), founders=an_entity("ada", "person"), when="2022"),
        an_event(
            "role_started",
            id="r",
            person=an_entity("ada", "person"),
            org=an_entity("begun"),
            role="ceo",
            when="2022",
        ),
    )

    page = BeautifulSoup(client.get("/state/2023-07-31?tab=people").data, "html.parser")
    first, founders = page.select(".state-table")

    assert "founder" not in first.get_text()
    assert [head.get_text() for head in page.select(".state-part")] == ["Founders"]
    assert "founder" in founders.get_text()


def test_each_rival_claim_has_its_own_source_and_date(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/state/2023-06-01?tab=figures").data, "html.parser")

    claims = page.select(".state-claim")

    assert len(claims) == 2
    assert all(claim.select_one(".state-sources a") for claim in claims)
    assert all(claim.select_one("a.state-since") for claim in claims)


def test_numbers_that_were_reported_long_ago_are_counted_as_stale(client: FlaskClient) -> None:
    fresh = words_of(client, "/state/2022-10-01?tab=valuations")
    stale = words_of(client, "/state/2024-09-01?tab=valuations")

    assert "stale" not in fresh
    assert "1 stale" in stale


def test_an_entity_that_has_ended_says_by_which_event_and_what_follows(
    client: FlaskClient, engine: Engine
) -> None:
    lab = an_entity("lab", en="Lab")
    keep(
        engine,
        an_event(id="lab-begun", org=lab, when="2020-01-01"),
        an_event("org_ended", id="lab-ended", org=lab, when="2022-01-01", manner="dissolved"),
        an_event("names_changed", id="lab-named", entity=lab, when="2024-01-01", aliases="L"),
    )

    table = words_of(client, "/state/2023-01-01?entity=lab")
    nothing = words_of(client, "/state/2023-01-01?entity=lab&tab=figures")

    for said in (table, nothing):
        assert "Lab had ended by then: 1 January 2022" in said


def test_nothing_but_what_is_possible_can_be_shown_again(client: FlaskClient) -> None:
    address = "/state/2024-03-25?tab=people&entity=emad-mostaque&possible=hide"
    page = BeautifulSoup(client.get(address).data, "html.parser")

    assert "Nothing is certain here on 25 March 2024" in page.get_text()
    wanted = "/state/2024-03-25?tab=people&entity=emad-mostaque"
    assert page.find("a", class_="button", href=wanted) is not None


def test_a_time_of_knowledge_before_the_archive_offers_its_beginning(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/state/2023-07-31?known=2001-01-01").data, "html.parser")

    assert "begins on 21 November 2026, at position 1" in page.get_text()
    assert page.find("a", href="/state/2023-07-31?known=1") is not None


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

    page = BeautifulSoup(
        client.get("/state/2023-01-01?tab=people&entity=firm").data, "html.parser"
    )
    row = page.select_one("tr.state-row")

    assert row is not None
    assert len(row.select(".state-claim")) == 2
    assert "several holders told" in row.get_text()


# --- very much of one thing ---------------------------------------------------------------------


@pytest.fixture
def crowded(client: FlaskClient, engine: Engine) -> FlaskClient:
    """A reader of an archive in which one organization has very many owners."""
    org = an_entity("crowded", en="Crowded")
    stakes = [
        an_event(
            "stake_changed",
            id=f"stake-{number}",
            org=org,
            holder=an_entity(f"holder-{number}", en=f"Holder {number}"),
            direction="increase",
            when="2023-01-01",
            source="press",
        )
        for number in range(130)
    ]
    keep(engine, *stakes)
    return client


def rows_and_links(client: FlaskClient, address: str) -> tuple[int, dict[str, str]]:
    page = BeautifulSoup(client.get(address).data, "html.parser")
    links = {
        " ".join(link.get_text().split()): str(link["href"])
        for link in page.select(".state-more-link")
    }
    owners = [row for row in page.select(".state-row") if "Holder" in row.get_text()]
    return len(owners), links


def test_of_very_many_members_a_list_shows_some_and_leads_to_the_entity(
    crowded: FlaskClient,
) -> None:
    shown, links = rows_and_links(crowded, "/state/2023-07-31?tab=ownership")

    alone = "/state/2023-07-31?tab=ownership&entity=crowded"
    assert (shown, links) == (8, {"and 122 more: Crowded, owner": alone})


def test_the_state_of_one_entity_shows_more_and_leads_to_all(crowded: FlaskClient) -> None:
    alone = "/state/2023-07-31?tab=ownership&entity=crowded"

    shown, links = rows_and_links(crowded, alone)
    unfolded = rows_and_links(crowded, f"{alone}&all=1")

    assert (shown, links) == (60, {"and 70 more: Crowded, owner": f"{alone}&all=1"})
    assert unfolded == (130, {})


def test_what_is_left_out_is_told_in_chinese_too(crowded: FlaskClient) -> None:
    assert "另有 122 项" in words_of(crowded, "/state/2023-07-31?tab=ownership&lang=zh")


def test_a_file_leaves_out_nothing(crowded: FlaskClient) -> None:
    rows = crowded.get("/state/2023-07-31.json?tab=ownership&entity=crowded").json["rows"]  # type: ignore[index]  # it is a document

    assert len([row for row in rows if row["attribute"] == "owners"]) == 130


def test_of_very_many_events_why_shows_the_first_and_the_last(crowded: FlaskClient) -> None:
    address = "/why?entity=crowded&attribute=owners&on=2023-07-31"
    page = BeautifulSoup(crowded.get(address).data, "html.parser")
    whole = BeautifulSoup(crowded.get(f"{address}&all=1").data, "html.parser")

    steps = page.select(".why-step")
    between = page.select_one(".why-left-out a")

    assert len(steps) == 101
    assert between is not None
    assert between.get_text(strip=True) == "30 events between are not shown · show all"
    assert "all=1" in str(between["href"])
    assert len(page.select(".why-value")) == 60
    assert len(whole.select(".why-step")) == len(whole.select(".why-value")) == 130


def test_a_day_before_an_entity_began_leads_to_its_first_dated_event(
    client: FlaskClient, engine: Engine
) -> None:
    org, holder = an_entity("unfounded"), an_entity("alibaba")
    said = {"holder": holder, "org": org, "direction": "increase"}
    keep(engine, an_event_with("stake_changed", said, id="stake", when="[..2024-04-30]"))
    told = {"org": org, "new_name": "甲"}
    keep(engine, an_event_with("org_renamed", told, id="renamed", when="2023-04-10"))

    page = BeautifulSoup(client.get("/state/2019-01-01?entity=unfounded").data, "html.parser")
    notice = page.select_one(".state-main .notice")

    assert page.select(".state-row.standing-possible")
    assert notice is not None
    assert "What is dated of Unfounded begins later" in " ".join(notice.get_text().split())
    assert notice.select_one("a[href^='/state/2023-04-10']") is not None


def test_a_day_before_an_organization_was_founded_leads_to_its_founding_and_shows_no_stake(
    client: FlaskClient, engine: Engine
) -> None:
    said = {"holder": an_entity("alibaba"), "org": an_entity("baichuan"), "direction": "increase"}
    keep(engine, an_event_with("stake_changed", said, id="stake", when="[..2024-04-30]"))

    page = BeautifulSoup(client.get("/state/2019-01-01?entity=baichuan").data, "html.parser")
    main = page.select_one(".state-main")

    assert main is not None
    assert not main.select(".state-row")
    assert "On 1 January 2019 there was no Baichuan yet" in " ".join(main.get_text().split())
    assert main.select_one("a[href^='/state/2023-04-10']") is not None


def test_a_refused_second_time_is_called_as_the_page_calls_it(client: FlaskClient) -> None:
    said = words_of(client, "/state/2023-07-31?known=2099-01-01")

    assert "As known on: “2099-01-01” cannot be taken" in said


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


@pytest.mark.parametrize(
    "words", ["not 2023-07-20", "nonsense 2023-07-20 words", "2023-07-20<script>", "-2023-07-20"]
)
def test_words_that_merely_hold_a_day_are_refused(client: FlaskClient, words: str) -> None:
    response = client.get("/state", query_string={"on": words})
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert words in page.select_one("#on-error").get_text()  # type: ignore[union-attr] # it is there
    assert page.select_one("#on")["value"] == words  # type: ignore[index] # as above


def test_words_that_merely_hold_a_moment_known_are_refused(client: FlaskClient) -> None:
    response = client.get("/state?on=2023-07-31&known=rumour+of+2026-11-23")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert "rumour of 2026-11-23" in page.select_one("#known-error").get_text()  # type: ignore[union-attr] # it is there
