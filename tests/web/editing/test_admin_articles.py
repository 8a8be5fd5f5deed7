"""The two panes: an article pasted, its drafts proposed, one after the other recorded."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from archive.commands.draft_lists import drafts_of, queue
from archive.dates import read_typed
from archive.proposing import propose_some
from archive.queries import event, head
from archive.storage import reading
from archive.web.forms.marking import marked, nearest, sentences
from archive.web.forms.proposed import place_of
from tests.web.desk import (
    errors_of,
    fields_of,
    found,
    page_of,
    send_again,
    send_file,
    text_of,
)
from tests.web.stories import SOURCE

TEXT = """百川智能的一年

2023年4月10日，百川智能在北京成立。公司由王小川创办。
2023年6月29日，美团宣布收购光年之外，价格约20.65亿元。市场反应不一。

他们没有说更多。"""


def paste(client: FlaskClient, text: str = TEXT, **more: object) -> TestResponse:
    fields = fields_of(page_of(client.get("/admin/articles/")), "#admin-form")
    sent = {**fields, "source": SOURCE, "text": text, "published": "2023-07-01", **more}
    return send_file(client, "/admin/articles/", sent)


def pasted(client: FlaskClient) -> str:
    return paste(client).headers["Location"]


def offered(client: FlaskClient, address: str, words: str) -> TestResponse:
    """Open the first draft whose sentence holds *words*."""
    page = page_of(client.get(address))
    line = next(one for one in page.select(".offer-list li") if words in one.get_text())
    return client.get(str(found_link(line)))


def found_link(line: object) -> object:
    return line.select_one("a")["href"]  # type: ignore[attr-defined]  # a list item with its link


def test_every_sentence_can_be_chosen_and_dated_ones_are_proposed(client: FlaskClient) -> None:
    page = page_of(client.get(pasted(client)))

    chosen = [one.get_text() for one in page.select(".sentence")]
    assert "公司由王小川创办。" in chosen
    offers = text_of(page, ".offer-list")
    assert "百川智能在北京成立" in offers
    assert "美团宣布收购光年之外" in offers


def test_a_proposal_fills_the_form_with_the_words_that_it_came_from(client: FlaskClient) -> None:
    response = offered(client, pasted(client), "美团宣布收购光年之外")

    page = page_of(response)
    fields = fields_of(page, "#admin-form")
    assert fields["when"] == ["29 June 2023"]
    assert fields["source"] == [SOURCE]
    assert fields["locator"][0].startswith("¶")
    assert "美团宣布收购光年之外" in fields["quote"][0]
    assert "2023年6月29日" in text_of(page, ".origins")
    assert page.select(".sentence[aria-current]")


VAGUE = """百川智能在2023年初成立。美团2023年第二季度收购光年之外。王小川于6月下旬出任首席执行官。
In the mid-2010s Meituan was founded. Baichuan released a model last Tuesday.
上个月美团发布模型。百川智能预计2024年底前在港交所上市。2023年4月至6月，百川智能融资5000万美元。"""


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_date_in_the_box_is_in_words_that_mean_what_was_proposed(
    client: FlaskClient, engine: Engine, locale: str
) -> None:
    address = paste(client, VAGUE).headers["Location"]
    with reading(engine) as connection:
        offers = propose_some(connection, VAGUE, published=date(2023, 7, 1)).found

    shown = []
    for index, one in enumerate(offers):
        place = place_of(one.quote_span)
        number = sum(place_of(other.quote_span) == place for other in offers[:index])
        opened = client.get(f"{address}?place={place}&number={number}&lang={locale}")
        shown.append(fields_of(page_of(opened), "#admin-form")["when"][0])

    proposed = [one.edtf for one in offers]
    assert len(proposed) > 5
    assert [read_typed(words, ref=date(2031, 5, 5)).edtf for words in shown] == proposed
    assert not set(shown) & set(proposed)


def test_a_sentence_that_was_not_proposed_can_be_chosen_too(client: FlaskClient) -> None:
    page = page_of(client.get(pasted(client)))
    links = [one for one in page.select(".sentence") if "没有说更多" in one.get_text()]

    opened = page_of(client.get(str(links[0]["href"]).partition("#")[0]))

    assert fields_of(opened, "#admin-form")["quote"] == ["他们没有说更多。"]


def test_the_kind_that_was_guessed_can_be_changed(client: FlaskClient) -> None:
    page = page_of(offered(client, pasted(client), "美团宣布收购光年之外"))
    change = fields_of(page, ".kind-change")
    address = str(found(page, ".kind-change")["action"])

    changed = client.get(address, query_string={**change, "kind": ["deal_closed"]})

    opened = page_of(changed)
    assert found(opened, "#admin-form")["action"] == "/admin/record/deal_closed"
    assert "收购" in fields_of(opened, "#admin-form")["quote"][0]


def test_recording_one_leads_to_the_next_draft_of_the_article(
    client: FlaskClient, engine: Engine
) -> None:
    address = pasted(client)
    opened = offered(client, address, "美团宣布收购光年之外")
    page = page_of(opened)
    action = str(found(page, "#admin-form")["action"])
    roles = {
        "field-buyer-id": "meituan",
        "field-target-id": "light-years-beyond",
        "field-type": "acquisition",
    }

    done = send_again(client, opened, action, {**roles, "step": "next"})

    assert done.status_code == 303, errors_of(done)
    assert done.headers["Location"].startswith(f"{address}?after=")
    after = client.get(done.headers["Location"], follow_redirects=True)
    assert after.status_code == 200
    listed = text_of(page_of(client.get(address)), ".offer-list")
    assert "recorded" in listed
    with reading(engine) as connection:
        name = fields_of(page, "#admin-form")["event_id"][0]
        row = event(connection, id=name, known=head(connection).position).row
    assert row.claims[0].quote.startswith("2023年6月29日")


def test_a_refused_form_keeps_the_article_beside_it(client: FlaskClient) -> None:
    opened = offered(client, pasted(client), "美团宣布收购光年之外")
    action = str(found(page_of(opened), "#admin-form")["action"])

    refused = send_again(client, opened, action, {"when": "", "step": "record"})

    assert refused.status_code == 422
    assert page_of(refused).select(".sentence")


def test_a_draft_of_an_article_is_kept_with_it(client: FlaskClient, engine: Engine) -> None:
    address = pasted(client)
    opened = offered(client, address, "美团宣布收购光年之外")
    action = str(found(page_of(opened), "#admin-form")["action"])

    send_again(client, opened, action, {"step": "keep"})

    with reading(engine) as connection:
        draft = drafts_of(connection, account="anna")[0]
    assert draft.origin == "proposed"
    again = client.get(f"/admin/drafts/{draft.id}")
    assert again.headers["Location"].startswith(address)
    assert page_of(client.get(again.headers["Location"])).select(".sentence")


def test_a_text_file_is_read_as_well(client: FlaskClient) -> None:
    response = paste(client, "", file=FileStorage(BytesIO(TEXT.encode()), "article.txt"))

    assert response.status_code == 303


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"PK\x03\x04" + b"0" * 100, "file", id="a zip"),
        pytest.param(b"\x1f\x8b" + b"0" * 100, "file", id="gzip"),
        pytest.param(b"\xff\xfe\xff", "file", id="no UTF-8"),
        pytest.param(b"a\x00b", "file", id="NUL"),
        pytest.param("长".encode() * 200_001, "text", id="too long a text"),
    ],
)
def test_what_is_no_text_of_bounded_length_is_refused(
    client: FlaskClient, content: bytes, why: str
) -> None:
    response = paste(client, "", file=FileStorage(BytesIO(content), "article.txt"))

    assert response.status_code == 422
    assert list(errors_of(response)) == [why]


def test_an_article_needs_a_source_and_a_readable_day(client: FlaskClient) -> None:
    assert list(errors_of(paste(client, source="nothing"))) == ["source"]
    assert list(errors_of(paste(client, published="one day"))) == ["published"]


@pytest.mark.parametrize("words", ["2023年7月1日", "1 July 2023", "2023-07-01"])
def test_the_day_of_an_article_is_read_as_every_date_is(client: FlaskClient, words: str) -> None:
    address = paste(client, published=words).headers["Location"]

    form = fields_of(page_of(offered(client, address, "美团宣布收购光年之外")), "#admin-form")
    assert "1 July 2023" in text_of(page_of(client.get(address)), ".pane-text")
    assert form["when"] == ["29 June 2023"]


def test_all_that_is_wrong_with_an_article_and_its_new_source_is_told_at_once(
    client: FlaskClient,
) -> None:
    wrong = {"source-id": "No Such Id!", "field-address": "no address", "published": "some day"}

    response = paste(client, "", **{**NEW, **wrong})

    assert {"source-id", "field-address", "published", "text"} <= errors_of(response).keys()
    assert "Published" in errors_of(response)["published"]


def test_a_chinese_title_needs_no_id_of_its_own(client: FlaskClient) -> None:
    new = {**NEW, "field-title": "百模大战", "published": "2023年10月8日"}

    address = paste(client, **new).headers["Location"]

    form = fields_of(page_of(offered(client, address, "美团宣布收购光年之外")), "#admin-form")
    assert form["source"] == ["bai-mo-da-zhan-2023-10-08"]


def test_the_text_of_a_file_stays_in_a_form_that_is_refused(client: FlaskClient) -> None:
    sent = FileStorage(BytesIO(TEXT.encode()), "article.txt")

    response = paste(client, "", file=sent, published="someday")

    assert response.status_code == 422
    assert text_of(page_of(response), "#text") == TEXT.strip()


def test_sentences_are_pieces_of_the_text_as_it_stands() -> None:
    found_ones = [one for paragraph in sentences(TEXT) for one in paragraph]

    assert all(TEXT[one.start : one.end] == one.text for one in found_ones)
    assert [one.paragraph for one in found_ones] == [1, 2, 2, 3, 3, 4]


def test_a_quote_is_shown_where_it_stands_or_the_nearest_is_named() -> None:
    passage = marked(TEXT, "由王小川创办")

    assert passage.words == "由王小川创办"
    assert passage.before.endswith("公司")
    assert marked(TEXT, "不在其中").words == ""
    assert nearest(TEXT, "公司是王小川创办的") == "公司由王小川创办。"


NEW = {
    "source": "",
    "field-title": "The Week of the Models",
    "field-publisher-en": "The Weekly",
    "field-author": "Li",
    "field-source_kind": "news",
    "field-address": "https://example.org/week",
    "field-accessed": "2023-07-02",
}


def test_an_article_brings_its_own_source_along(client: FlaskClient) -> None:
    address = paste(client, **NEW).headers["Location"]

    pane = text_of(page_of(client.get(address)), ".pane-text")
    source = client.get("/sources/the-week-of-the-models").get_data(as_text=True)
    form = fields_of(page_of(offered(client, address, "美团宣布收购光年之外")), "#admin-form")
    assert "The Week of the Models" in pane
    assert "The Weekly" in pane
    assert "The Weekly" in source
    assert form["source"] == ["the-week-of-the-models"]


def test_a_new_source_with_a_fault_keeps_the_text_and_records_nothing(client: FlaskClient) -> None:
    response = paste(client, **{**NEW, "source-id": "No Such Id!"})

    assert response.status_code == 422
    assert list(errors_of(response)) == ["source-id"]
    assert "公司由王小川创办" in found(page_of(response), "#text").get_text()
    assert client.get("/sources/the-week-of-the-models").status_code == 404


def test_without_a_text_the_new_source_is_not_recorded_either(client: FlaskClient) -> None:
    response = paste(client, "", **NEW)

    assert response.status_code == 422
    assert client.get("/sources/the-week-of-the-models").status_code == 404


def test_a_source_under_four_eyes_waits_and_the_text_stays_in_the_form(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    settings = app.extensions["archive_settings"]
    app.extensions["archive_settings"] = replace(settings, four_eyes=frozenset({"source_added"}))

    response = paste(client, **NEW)

    assert list(errors_of(response)) == ["source"]
    assert "公司由王小川创办" in found(page_of(response), "#text").get_text()
    with reading(engine) as connection:
        assert [one.title.en for one in queue(connection)] == [
            "New source: The Week of the Models"
        ]


def test_a_long_text_shows_its_first_drafts_and_then_the_rest(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(propose_some.__kwdefaults__ or {}, "most", 2)
    text = "".join(f"2023年3月{day}日。" for day in range(1, 6))
    address = paste(client, text).headers["Location"]

    first = page_of(client.get(address))
    second = page_of(client.get(link_called(first, "The rest, after these")))
    third = page_of(client.get(link_called(second, "The rest, after these")))

    days = [
        "".join(one.get_text() for one in page.select(".offer-list .quiet"))
        for page in (first, second, third)
    ]
    assert days == [
        "2023年3月1日。2023年3月2日。",
        "2023年3月3日。2023年3月4日。",
        "2023年3月5日。",
    ]
    assert "the first 2 drafts are shown" in text_of(first, ".pane-drafts")
    assert "after these" not in text_of(third, ".pane-drafts")
    assert link_called(third, "From the beginning") == address
    opened = page_of(client.get(str(found_link(third.select_one(".offer-list li")))))
    assert fields_of(opened, "#admin-form")["when"] == ["5 March 2023"]
    after = client.get(f"{address}?after={fields_of(opened, '#admin-form')['article-place'][0]}")
    assert after.status_code == 303


def link_called(page: BeautifulSoup, words: str) -> str:
    return next(str(one["href"]) for one in page.select("a") if words in one.get_text())
