"""What masking a text would take away is shown before, by the code that takes it."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands.articles import article_called, keep_article
from archive.log import now
from archive.queries import AsOf, event, head, state
from archive.storage import reading, writing
from archive.web.forms import arguing
from tests.web.desk import (
    at_desk,
    fields_of,
    fill_in,
    found,
    page_of,
    text_of,
)
from tests.web.stories import SOURCE

EVENT = "beyond-bought"
MASK = f"/admin/events/{EVENT}/mask"
WHY = {"correction-reason": "a court of privacy asks"}
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An administrator, logged in."""
    others = {"rita": "reviewer"}
    return at_desk(client, engine, monkeypatch, name="ada", role="admin", others=others)


def owners(engine: Engine) -> str:
    with reading(engine) as connection:
        as_of = AsOf(date(2024, 1, 1), head(connection).position)
        rows = state(connection, as_of=as_of, entity="light-years-beyond").rows
    return repr([(row.attribute, [one.key for one in row.values]) for row in rows])


def title(engine: Engine) -> str:
    with reading(engine) as connection:
        return event(connection, id=EVENT, known=head(connection).position).row.title.en


def rehearse(client: FlaskClient) -> str:
    response = fill_in(client, MASK, {**WHY, "step": "effect"})
    assert response.status_code == 200
    return text_of(page_of(response), "#admin-effect")


def test_what_masking_takes_away_is_shown_and_nothing_is_taken(
    client: FlaskClient, engine: Engine
) -> None:
    before = (owners(engine), title(engine))
    with writing(engine) as connection:
        text = f"First. {title(engine)}. Last."
        told = {"source": SOURCE, "published": "2023-06-29", "language": "en", "account": "ada"}
        name = keep_article(connection, text=text, now=now(), **told)

    told_before = rehearse(client)

    assert "Places that lose the text" in told_before
    assert "1 version" in told_before
    assert "1 pasted article" in told_before
    assert "(text masked)" in told_before
    assert "Meituan" in text_of(page_of(client.get(MASK)), "#admin-mask")
    assert "from 29 June 2023 on" in told_before
    assert "a text was masked" in told_before
    assert (owners(engine), title(engine)) == before
    with reading(engine) as connection:
        assert article_called(connection, name).text == text


def test_what_was_shown_is_what_then_happens(client: FlaskClient, engine: Engine) -> None:
    before = owners(engine)
    shown = rehearse(client)

    fill_in(client, MASK, WHY)

    assert "nothing" in shown
    assert owners(engine) != before
    assert title(engine) == "(text masked)"


def test_a_reviewer_sees_what_goes_before_accepting_it(
    client: FlaskClient, engine: Engine
) -> None:
    fill_in(client, MASK, {**WHY, "step": "submit"})
    page = page_of(client.get("/admin/review/"))
    address = str(found(page, "a[href^='/admin/review/0']")["href"])

    shown = page_of(client.get(address))
    accepted = client.post(f"{address}/accept", data=fields_of(shown, "form[action$='accept']"))

    assert "Places that lose the text" in text_of(shown, "#admin-effect")
    assert accepted.status_code == 303
    assert title(engine) == "(text masked)"


def test_in_a_large_archive_the_effect_is_shown_where_it_is_asked_for(
    client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arguing, "MOST_REHEARSED", 3)
    asked = rehearse(client)
    fill_in(client, MASK, {**WHY, "step": "submit"})
    page = page_of(client.get("/admin/review/"))
    address = str(found(page, "a[href^='/admin/review/0']")["href"])

    shown = page_of(client.get(address))
    accepted = client.post(f"{address}/accept", data=fields_of(shown, "form[action$='accept']"))

    assert "Places that lose the text" in asked
    assert shown.select_one(f"#admin-review a[href='{MASK}']")
    assert accepted.status_code == 303
    assert title(engine) == "(text masked)"


def test_the_effect_alone_is_swapped_in(client: FlaskClient) -> None:
    fields = fields_of(page_of(client.get(MASK)), "#admin-form")

    swapped = client.post(MASK, data={**fields, **WHY, "step": "effect"}, headers=PARTIAL)

    page = page_of(swapped)
    assert next(str(one["id"]) for one in page.select("[id]")) == "admin-effect"
    assert page.select_one("html") is None


@pytest.mark.parametrize(
    ("locale", "masked", "gone"),
    [
        ("en", "Text masked", "Its sources were taken out"),
        ("zh", "文字已遮蔽", "来源已随文字一并取走"),
    ],
)
def test_the_page_of_a_masked_event_tells_that_it_was_and_why(
    client: FlaskClient, locale: str, masked: str, gone: str
) -> None:
    fill_in(client, MASK, WHY)

    page = page_of(client.get(f"/events/{EVENT}?lang={locale}"))

    history = [one.get_text(" ", strip=True) for one in page.select(".versions .version")]
    assert masked in history[-1]
    assert "a court of privacy asks" in history[-1]
    assert gone in text_of(page, "#event-claims ~ *")
    assert not page.select(".event-date .quiet")


@pytest.mark.parametrize(
    ("is_retracted", "became"),
    [
        pytest.param(False, ["Recorded", "Corrected", "Text masked"], id="corrected"),
        pytest.param(True, ["Recorded", "Corrected", "Retracted", "Text masked"], id="retracted"),
    ],
)
def test_what_was_corrected_before_it_was_masked_keeps_its_page_and_its_history(
    client: FlaskClient, *, is_retracted: bool, became: list[str]
) -> None:
    if is_retracted:
        fill_in(client, "/admin/events/baichuan-founded/retract", WHY)
    fill_in(client, "/admin/events/baichuan-founded/mask", WHY)

    page = page_of(client.get("/events/baichuan-founded"))

    assert [one.get_text(strip=True) for one in page.select(".versions .badge")] == became
    assert ("This event was retracted" in page.get_text()) is is_retracted
    cited = [one.get_text() for one in page.select(".citation-text")]
    assert ["retracted at position" in one for one in cited].count(True) == 2 * is_retracted
    said = client.get("/events/baichuan-founded.json").get_json()
    assert (said.get("standing") == "retracted") is is_retracted
