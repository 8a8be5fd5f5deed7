"""The date field of the desk: read live, asked once, bounded by other events, kept as typed."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.desk import (
    FOUNDING,
    TYPED,
    errors_of,
    fields_of,
    fill_in,
    found,
    page_of,
    recorded,
    send_again,
    text_of,
)

READ = "/admin/read-date"


def told(client: FlaskClient, words: str, **asked: str) -> str:
    query = {"when": words, "ref": "2024-04-02", **asked}
    return text_of(page_of(client.get(READ, query_string=query)), "#admin-reading")


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ("2023-07-14", "精确到日", "to the day"),
        ("July 2023", "精确到月", "to the month"),
        ("Q3 2023", "精确到季度", "to the quarter"),
        ("2023年上半年", "精确到半年", "to the half-year"),
        ("2023", "精确到年", "to the year"),
        ("late March 2024", "期间的某一时刻", "some moment in this range"),
        ("from May to July 2023", "持续的一段时间", "a stretch of time"),
        ("{2021,2023}", "几个日期都算", "each of these dates"),
        ("2021 or 2023", "几个日期之一", "one of these dates"),
        ("since May 2023", "截止未定", "open end"),
        ("before May 2023", "起始未定", "open beginning"),
        ("circa 2019", "约略", "approximate"),
        ("perhaps 2019", "存疑", "uncertain"),
        ("possibly around 2019", "约略且存疑", "approximate and uncertain"),
    ],
)
def test_a_reading_tells_how_finely_and_how_surely(
    client: FlaskClient, words: str, zh: str, en: str
) -> None:
    assert zh in told(client, words, lang="zh")
    assert en in told(client, words, lang="en")


@pytest.mark.parametrize(("locale", "words"), [("en", "三月下旬"), ("zh", "late March 2024")])
def test_words_are_read_in_their_own_language_whatever_the_pages(
    client: FlaskClient, locale: str, words: str
) -> None:
    assert "2024-03-21 – 2024-03-31" in told(client, words, lang=locale)


@pytest.mark.parametrize("words", ["soon enough", "x" * 5000])
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_words_that_are_no_date_get_examples_that_read(
    client: FlaskClient, locale: str, words: str
) -> None:
    page = page_of(client.get(READ, query_string={"words": words, "lang": locale}))

    examples = [str(one["data-value"]) for one in page.select("[data-fill]")]
    assert len(examples) == 3
    assert all("EDTF" in told(client, one, lang=locale) for one in examples)


@pytest.mark.parametrize(
    ("words", "said"), [("2022-13", "looks like EDTF"), ("Y12022", "years 0001 to 9999")]
)
def test_edtf_that_cannot_be_taken_is_told_why_at_once_and_when_sent(
    client: FlaskClient, words: str, said: str
) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "when": words})

    assert said in told(client, words)
    assert response.status_code == 422
    assert said in errors_of(response)["when"]
    assert errors_of(response)["when"].startswith("When: ")


def test_a_forms_other_dates_go_through_the_same_door(client: FlaskClient) -> None:
    typed = {"field-title": "x", "field-published": "2022-13"}

    response = fill_in(client, "/admin/sources/new", typed, form="#admin-source")

    assert "looks like EDTF" in errors_of(response)["field-published"]


def test_edtf_is_kept_as_typed(client: FlaskClient, engine: Engine) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "when": "2022-34~"})

    occurred = recorded(engine, response.headers["Location"]).row.occurred
    assert (occurred.edtf, occurred.stated) == ("2022-34~", "")


@pytest.mark.parametrize(("words", "edtf"), [("date unknown", "../.."), ("XXXX", "XXXX")])
def test_that_nothing_is_known_of_the_date_can_be_said_and_a_correction_keeps_it(
    client: FlaskClient, engine: Engine, words: str, edtf: str
) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "when": words})

    made = recorded(engine, response.headers["Location"]).row
    fields = fields_of(page_of(client.get(f"/admin/events/{made.id}/correct")), "#admin-form")
    assert (made.occurred.edtf, made.occurred.earliest, made.occurred.latest) == (edtf, None, None)
    assert fields["when"] == [edtf]
    assert "Read as date unknown" in told(client, words, lang="en")


def choose(client: FlaskClient, engine: Engine, words: str, edtf: str) -> None:
    asked = fill_in(client, FOUNDING, {**TYPED, "when": words, "step": f"when:{edtf}"})
    response = send_again(client, asked, FOUNDING, {"step": "record"})
    occurred = recorded(engine, response.headers["Location"]).row.occurred
    assert (occurred.edtf, occurred.stated) == (edtf, words)


@pytest.mark.parametrize(
    ("edtf", "read", "said", "other"),
    [
        ("2023-04-03", "2023-06-05", "day first", "6 May 2023"),
        ("2023-03-04", "2023-05-06", "month first", "5 June 2023"),
    ],
)
def test_the_order_of_day_and_month_is_asked_once_for_a_source(
    client: FlaskClient, engine: Engine, edtf: str, read: str, said: str, other: str
) -> None:
    choose(client, engine, "03/04/2023", edtf)

    page = page_of(client.get(READ, query_string={"words": "05/06/2023", "source": "press"}))
    elsewhere = page_of(client.get(READ, query_string={"words": "05/06/2023"}))
    response = fill_in(client, FOUNDING, {**TYPED, "when": "05/06/2023"})

    assert read in text_of(page, "#admin-reading")
    assert f"Read {said}, as before for this source" in text_of(page, "#admin-reading")
    assert [str(one["data-value"]) for one in page.select("[data-fill]")] == [other]
    assert len(elsewhere.select("[data-fill]")) == 2
    occurred = recorded(engine, response.headers["Location"]).row.occurred
    assert (occurred.edtf, occurred.stated) == (read, "05/06/2023")


def test_both_readings_are_kept_where_nobody_chose(client: FlaskClient, engine: Engine) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "when": "03/04/2023"})

    occurred = recorded(engine, response.headers["Location"]).row.occurred
    assert (occurred.edtf, occurred.stated) == ("[2023-03-04,2023-04-03]", "03/04/2023")


def test_a_date_is_read_without_a_script_and_nothing_else_is_judged(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDING, {"when": "Q3 2023", "step": "read"})

    assert response.status_code == 200
    assert "2023-07-01 – 2023-09-30" in text_of(page_of(response), "#admin-reading")
    assert errors_of(response) == {}


def test_an_example_taken_states_nothing(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDING, {"when": "soon", "step": "when:late March 2023"})

    fields = fields_of(page_of(response), "#admin-form")
    assert (fields["when"], fields["stated"]) == (["late March 2023"], [""])


@pytest.mark.parametrize(
    "named",
    ["beyond-bought", "/events/beyond-bought", "http://localhost/events/beyond-bought?lang=zh"],
)
def test_an_event_may_be_dated_by_another(client: FlaskClient, engine: Engine, named: str) -> None:
    typed = {**TYPED, "when": "after the purchase", "after": named}

    response = fill_in(client, FOUNDING, typed)

    occurred = recorded(engine, response.headers["Location"]).row.occurred
    assert (occurred.after, occurred.before) == ("beyond-bought", "")
    assert occurred.stated == "after the purchase"
    assert (occurred.earliest, occurred.latest) == ("2023-06-29", None)


def test_a_date_and_an_event_may_both_be_given(client: FlaskClient, engine: Engine) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "when": "2023", "before": "beyond-bought"})

    occurred = recorded(engine, response.headers["Location"]).row.occurred
    assert (occurred.earliest, occurred.latest) == ("2023-01-01", "2023-06-29")


def test_no_words_are_needed_where_an_event_dates(client: FlaskClient, engine: Engine) -> None:
    typed = {**TYPED, "when": "", "after": "baichuan-founded", "before": "beyond-bought"}

    response = fill_in(client, FOUNDING, typed)

    occurred = recorded(engine, response.headers["Location"]).row.occurred
    assert (occurred.earliest, occurred.latest) == ("2023-04-10", "2023-06-29")


def test_the_live_reading_tells_that_words_are_kept_as_stated(client: FlaskClient) -> None:
    words = "after the purchase"

    assert "Kept as stated" in told(client, words, after="beyond-bought")
    assert "no date yet" in told(client, words)


def test_an_event_that_the_archive_lacks_is_refused_and_what_was_typed_stays(
    client: FlaskClient,
) -> None:
    typed = {**TYPED, "when": "after that", "after": "/events/never", "before": "no such <b>"}

    response = fill_in(client, FOUNDING, typed)

    assert response.status_code == 422
    assert set(errors_of(response)) == {"after", "before"}
    assert "/events/" in errors_of(response)["after"]
    fields = fields_of(page_of(response), "#admin-form")
    assert (fields["after"], fields["before"]) == (["/events/never"], ["no such <b>"])


def test_events_in_the_wrong_order_are_refused_beside_one_of_them(client: FlaskClient) -> None:
    typed = {**TYPED, "when": "", "after": "mostaque-leaves", "before": "beyond-bought"}

    assert set(errors_of(fill_in(client, FOUNDING, typed))) == {"before"}


def test_events_of_those_already_named_are_suggested(client: FlaskClient) -> None:
    asked = {"field-buyer-id": "meituan", "after": ""}

    page = page_of(client.get("/admin/bounds/after", query_string=asked))

    assert "beyond-bought" in {
        str(one["data-value"]) for one in page.select("[data-fill='after']")
    }
    assert "29 June 2023" in text_of(page, "#admin-bound-after")


def test_words_narrow_the_suggestions(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/bounds/before", query_string={"before": "baichuan"}))
    none = page_of(client.get("/admin/bounds/before", query_string={"before": "zzz"}))

    assert [str(one["data-value"]) for one in page.select("[data-fill]")] == ["baichuan-founded"]
    assert "No such event yet" in text_of(none, "#admin-bound-before")


def test_an_event_named_is_shown_by_its_title_and_date(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/bounds/after?after=/events/beyond-bought"))

    assert "29 June 2023" in text_of(page, ".bound-chosen")
    assert str(found(page, ".bound-chosen a")["href"]).endswith("/events/beyond-bought")


def test_a_suggestion_is_taken_without_a_script(client: FlaskClient) -> None:
    asked = fill_in(client, FOUNDING, {**TYPED, "before": "purchase of", "step": "look"})
    taken = send_again(client, asked, FOUNDING, {"step": "bound:before:beyond-bought"})

    assert fields_of(page_of(taken), "#admin-form")["before"] == ["beyond-bought"]
    assert found(page_of(taken), "#admin-bound-before .bound-chosen")


def test_only_two_sides_bound_a_date(client: FlaskClient) -> None:
    assert client.get("/admin/bounds/aside").status_code == 404


def test_a_correction_shows_the_events_that_bound_and_changes_nothing_unasked(
    client: FlaskClient, engine: Engine
) -> None:
    typed = {**TYPED, "when": "after the purchase", "after": "beyond-bought"}
    made = recorded(engine, fill_in(client, FOUNDING, typed).headers["Location"]).row.id
    why = {"correction-kind": "new_evidence", "correction-reason": "a second source"}
    address = f"/admin/events/{made}/correct"

    fields = fields_of(page_of(client.get(address)), "#admin-form")
    unchanged = fill_in(client, address, why)
    freed = fill_in(client, address, {**why, "after": "", "when": "2023-08-01"})

    assert (fields["after"], fields["stated"]) == (["beyond-bought"], ["after the purchase"])
    assert list(errors_of(unchanged)) == ["admin-form"]
    assert freed.status_code == 303
    occurred = recorded(engine, f"/{made}").row.occurred
    assert (occurred.after, occurred.edtf) == ("", "2023-08-01")


@pytest.mark.parametrize(
    ("address", "form"),
    [(FOUNDING, "admin-form"), ("/admin/sources/new", "admin-source"),
     ("/admin/events/beyond-bought/retract", "admin-form")],
)  # fmt: skip
def test_the_switch_of_language_takes_the_form_along(
    client: FlaskClient, address: str, form: str
) -> None:
    page = page_of(client.get(address))
    buttons = page.select(f".language-switch button[form='{form}']")
    fields = fields_of(page, f"form#{form}")
    typed = next(
        name for name in ("field-seat", "field-title", "correction-reason") if name in fields
    )

    chosen = next(one for one in buttons if one.get("lang") == "zh-Hans")
    step = {str(chosen["name"]): str(chosen["value"])}
    response = client.post(str(chosen["formaction"]), data={**fields, typed: "北京", **step})

    assert response.status_code == 200
    assert fields_of(page_of(response), f"form#{form}")[typed] == ["北京"]
    assert str(found(page_of(response), "html")["lang"]) == "zh-Hans"
    assert str(buttons[0]["value"]) == "record", "Enter records"


@pytest.mark.parametrize(
    ("more", "stated"),
    [
        ({}, ""),
        ({"quote": "公司于6月下旬成立。"}, "6月下旬"),
        ({"quote": "公司于去年成立。"}, ""),
        ({"stated": "六月底"}, "六月底"),
    ],
    ids=["typed", "in-the-quote", "not-in-the-quote", "given"],
)
def test_a_vague_date_is_read_from_the_sources_day_and_quotes_only_what_the_source_says(
    client: FlaskClient, engine: Engine, more: dict[str, str], stated: str
) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "when": "6月下旬", **more})

    row = recorded(engine, response.headers["Location"]).row
    assert (row.occurred.earliest, row.occurred.latest) == ("2023-06-21", "2023-06-30")
    assert row.occurred.stated == stated


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("late March 2024", "2024-03-21 – 2024-03-31"),
        ("3月下旬", "2024-03-21 – 2024-03-31"),
        ("2023-07-14", "2023-07-14"),
        ("before 2021-05", "…"),
    ],
)
def test_a_date_is_read_back_in_words_and_bounds(
    client: FlaskClient, words: str, said: str
) -> None:
    asked = {"words": words, "ref": "2024-04-02"}

    response = client.get("/admin/read-date", query_string=asked, headers={"HX-Request": "true"})

    assert said in text_of(page_of(response), "#admin-reading")


def test_an_ambiguous_date_offers_both_of_its_meanings(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/read-date?words=03/04/2023"))

    offered = {str(one["data-value"]) for one in page.select("[data-fill]")}
    assert offered == {"4 March 2023", "3 April 2023"}


def test_a_meaning_is_taken_in_the_words_that_are_offered(
    client: FlaskClient, engine: Engine
) -> None:
    typed = {**TYPED, "when": "03/04/2023", "step": "when:2023年4月3日"}
    taken = fill_in(client, FOUNDING, typed)

    made = send_again(client, taken, FOUNDING, {"step": "record"})

    assert fields_of(page_of(taken), "#admin-form")["when"] == ["2023年4月3日"]
    occurred = recorded(engine, made.headers["Location"]).row.occurred
    assert (occurred.edtf, occurred.stated) == ("2023-04-03", "03/04/2023")


def test_a_meaning_can_be_taken_without_a_script(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDING, {"when": "03/04/2023", "step": "when:2023-04-03"})

    assert response.status_code == 200
    assert fields_of(page_of(response), "#admin-form")["when"] == ["2023-04-03"]


def test_words_that_are_no_date_get_three_examples(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/read-date?words=soon+enough"))

    assert len(page.select("[data-fill]")) == 3


def test_a_source_dates_what_it_says(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/read-date?words=6月26日&source=press"))

    assert "2023-06-26" in text_of(page, "#admin-reading")
    assert "source's day" in text_of(page, "#admin-reading")


def test_words_that_say_more_than_a_date_are_not_taken_for_it(client: FlaskClient) -> None:
    answer = told(client, "bla 2023-02-01 bla", lang="en")

    assert "to the day" not in answer
    assert "2023-07-14" in answer
