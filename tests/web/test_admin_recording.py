"""Recording at the desk: the kinds, the form of each, and what a form may be sent with."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.queries import EventAnswer, head, sources_known
from archive.storage import reading
from archive.vocabulary import WORLD_KINDS
from tests.web.desk import (
    answered,
    at_desk,
    errors_of,
    fields_of,
    fill_in,
    found,
    page_of,
    position,
    send_again,
    text_of,
)

FOUNDED = "/admin/record/org_founded"
LEFT = "/admin/record/role_ended"
VALID = {
    "field-org": "Meituan",
    "when": "14 July 2023",
    "source": "press",
    "field-seat": "Beijing",
}


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An editor, logged in."""
    return at_desk(client, engine, monkeypatch)


def recorded(engine: Engine, address: str) -> EventAnswer:
    return answered(engine, address.rsplit("/", 1)[1])


def test_the_desk_tells_what_was_recorded_lately(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/"))

    assert "Logged in as anna" in text_of(page, ".kicker")
    assert len(page.select(".lately li")) > 5


def test_every_kind_of_the_world_can_be_chosen(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/record/"))

    links = {str(link["href"]).rsplit("/", 1)[1] for link in page.select(".kind-link")}
    assert links == set(WORLD_KINDS)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("acq", "deal_announced"),
        ("收购", "deal_announced"),
        ("离任", "role_ended"),
        ("FOUNDED", "org_founded"),
        ("licence set", "licence_set"),
    ],
)
def test_a_kind_is_found_by_words_of_either_language(
    client: FlaskClient, words: str, kind: str
) -> None:
    page = page_of(client.get("/admin/record/", query_string={"q": words}))

    links = [str(link["href"]) for link in page.select(".kind-link")]
    assert f"/admin/record/{kind}" in links
    assert len(links) < len(WORLD_KINDS)


@pytest.mark.parametrize("words", ["诉讼", "lawsuit"])
def test_a_lawsuit_is_told_the_scope_instead(client: FlaskClient, words: str) -> None:
    page = page_of(client.get("/admin/record/", query_string={"q": words}))

    assert "holds no lawsuits" in text_of(page, ".notice-warn")


def test_words_that_find_no_kind_are_told_so_and_shown_as_typed(client: FlaskClient) -> None:
    response = client.get("/admin/record/", query_string={"q": "<img src=x>"})

    assert "No kind of event matches" in text_of(page_of(response), "#admin-kinds")
    assert "<img src=x>" not in response.get_data(as_text=True)


def test_the_form_of_a_kind_has_a_control_for_each_field(client: FlaskClient) -> None:
    for kind in WORLD_KINDS.values():
        page = page_of(client.get(f"/admin/record/{kind.name}"))

        for field in kind.fields:
            assert found(page, f"#field-{field.name}"), kind.name
            assert field.label.en in text_of(page, "#admin-form"), kind.name


def test_an_empty_form_comes_back_with_an_error_at_each_required_field(
    client: FlaskClient, engine: Engine
) -> None:
    before = position(engine)
    for kind in WORLD_KINDS.values():
        response = fill_in(client, f"/admin/record/{kind.name}", {})

        errors = errors_of(response)
        required = {f"field-{one.name}" for one in kind.fields if one.required}
        page = page_of(response)
        assert response.status_code == 422, kind.name
        assert required | {"when", "source"} <= set(errors), kind.name
        assert all(page.find(id=control) for control in errors), kind.name
    assert position(engine) == before


@pytest.mark.parametrize("address", ["/admin/record/nonsense", "/admin/record/lawsuit"])
def test_a_kind_that_does_not_exist_gets_one_sentence(client: FlaskClient, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 400
    assert len(text_of(page_of(response), ".lede")) > 20


def test_the_archives_own_kinds_are_not_recorded_by_this_form(client: FlaskClient) -> None:
    assert client.get("/admin/record/claim_retracted").status_code == 404


def test_a_form_filled_in_by_hand_becomes_an_event(client: FlaskClient, engine: Engine) -> None:
    response = fill_in(client, FOUNDED, VALID)

    assert response.status_code == 303
    answer = recorded(engine, response.headers["Location"])
    assert [mention.id for mention in answer.row.entities] == ["meituan"]
    assert answer.row.occurred.edtf == "2023-07-14"
    assert answer.row.occurred.stated == ""  # nobody quotes what an editor types
    assert answer.row.data == {"seat": "Beijing"}
    assert answer.row.claims[0].source.id == "press"
    assert answer.row.recorded_by == "anna"


def test_what_was_done_is_told_on_the_events_page(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDED, VALID)

    page = page_of(client.get(response.headers["Location"]))

    assert "Recorded." in text_of(page, "#messages")


def test_a_form_sent_twice_is_recorded_once(client: FlaskClient, engine: Engine) -> None:
    fields = {**fields_of(page_of(client.get(FOUNDED)), "#admin-form"), **VALID}

    answers = [client.post(FOUNDED, data=fields) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert position(engine) == recorded(engine, answers[0].headers["Location"]).row.position


def test_a_form_recorded_and_then_changed_is_not_taken_for_the_same(
    client: FlaskClient, engine: Engine
) -> None:
    fields = {**fields_of(page_of(client.get(FOUNDED)), "#admin-form"), **VALID}
    client.post(FOUNDED, data=fields)
    before = position(engine)

    response = client.post(FOUNDED, data={**fields, "field-seat": "Shanghai"})
    again = send_again(client, response, FOUNDED, {})

    assert response.status_code == 409
    assert again.status_code == 303
    assert position(engine) == before + 1


def test_nothing_typed_is_lost_when_a_form_is_refused(client: FlaskClient) -> None:
    typed = {
        "field-org": "Meituan",
        "field-seat": "<script>alert(1)</script>",
        "when": "the day before never",
        "stated": "原文 <b>",
        "title-en": 'A "title" & more',
        "summary-zh": "第一行\n第二行",
        "confidence": "low",
    }

    response = fill_in(client, FOUNDED, typed)

    assert response.status_code == 422
    fields = fields_of(page_of(response), "#admin-form")
    for name in ("field-seat", "when", "stated", "title-en", "summary-zh", "confidence"):
        assert fields[name] == [typed[name]], name
    assert fields["field-org-id"] == ["meituan"]
    assert {"when", "source"} <= set(errors_of(response))


def test_a_low_confidence_wants_a_reason(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDED, {**VALID, "confidence": "low"})

    assert set(errors_of(response)) == {"reason"}


def test_the_reason_of_a_claim_and_the_reason_of_a_kind_are_told_apart(
    client: FlaskClient,
) -> None:
    typed = {
        "field-person": "Emad Mostaque",
        "field-org": "Stability AI",
        "field-role": "ceo",
        "field-reason": "no such reason",
        "when": "2024-03-25",
        "source": "press",
        "confidence": "low",
    }

    assert set(errors_of(fill_in(client, LEFT, typed))) == {"field-reason", "reason"}


@pytest.mark.parametrize("field", ["field-seat", "when", "title-en", "summary-en", "field-org"])
def test_a_megabyte_in_a_field_gets_one_sentence(client: FlaskClient, field: str) -> None:
    response = fill_in(client, FOUNDED, {**VALID, field: "x" * 1_000_000})

    assert response.status_code == 422
    assert len(errors_of(response)) == 1
    assert len(next(iter(errors_of(response).values()))) < 600


def test_more_than_a_form_may_hold_is_refused_whole(client: FlaskClient) -> None:
    response = client.post(FOUNDED, data={"when": "x" * 5_000_000})

    assert response.status_code == 413
    assert "too large" in text_of(page_of(response), ".lede")


def test_control_characters_are_refused_beside_their_field(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDED, {**VALID, "field-seat": "Bei\x07jing"})

    assert set(errors_of(response)) == {"field-seat"}


def test_money_is_read_as_it_is_written(client: FlaskClient, engine: Engine) -> None:
    response = fill_in(client, FOUNDED, {**VALID, "field-initial_capital": "US$50m"})

    capital = recorded(engine, response.headers["Location"]).row.data["initial_capital"]
    assert capital == {"exact": "50000000", "currency": "USD", "stated": "US$50m"}


def test_money_without_a_currency_is_asked_back(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDED, {**VALID, "field-initial_capital": "50"})

    assert set(errors_of(response)) == {"field-initial_capital"}


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
    response = fill_in(client, FOUNDED, {**VALID, "when": "6月下旬", **more})

    row = recorded(engine, response.headers["Location"]).row
    assert (row.occurred.earliest, row.occurred.latest) == ("2023-06-21", "2023-06-30")
    assert row.occurred.stated == stated


def test_a_name_that_several_bear_is_asked_back(client: FlaskClient, engine: Engine) -> None:
    asked = fill_in(client, FOUNDED, {**VALID, "field-org": "ai"})
    names = page_of(asked).select("input[name='field-org-pick']")
    taken = send_again(client, asked, FOUNDED, {"field-org-pick": "zhipu-ai"})

    assert asked.status_code == 422
    assert set(errors_of(asked)) == {"field-org"}
    assert {str(one["value"]) for one in names} >= {"zhipu-ai", "new"}
    row = recorded(engine, taken.headers["Location"]).row
    assert [mention.id for mention in row.entities] == ["zhipu-ai"]


def test_an_unknown_name_is_created_once_it_was_looked_at(
    client: FlaskClient, engine: Engine
) -> None:
    asked = fill_in(client, FOUNDED, {**VALID, "field-org": "Moonshot & Co."})
    shown = fields_of(page_of(asked), "#admin-form")
    made = send_again(client, asked, FOUNDED, {"field-org-new-zh": "月之暗面"})

    assert asked.status_code == 422
    assert shown["field-org-new-id"] == ["moonshot-co"]
    assert shown["field-org-new-en"] == ["Moonshot & Co."]
    mention = recorded(engine, made.headers["Location"]).row.entities[0]
    assert (mention.id, mention.names) == (
        "moonshot-co",
        {"zh": "月之暗面", "en": "Moonshot & Co."},
    )


def test_a_form_that_creates_an_entity_is_still_recorded_once(
    client: FlaskClient, engine: Engine
) -> None:
    asked = fill_in(client, FOUNDED, {**VALID, "field-org": "Moonshot"})
    fields = fields_of(page_of(asked), "#admin-form")

    answers = [client.post(FOUNDED, data=fields) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert position(engine) == recorded(engine, answers[0].headers["Location"]).row.position


@pytest.mark.parametrize(
    ("slug", "is_taken"),
    [("Moon Shot", False), ("moon\u200bshot!", False), ("\u202etohs", True), ("meituan", True)],
    ids=["capitals", "marks", "turned-and-cleaned", "exists"],
)
def test_an_id_is_plain_and_not_yet_taken(
    client: FlaskClient, engine: Engine, slug: str, *, is_taken: bool
) -> None:
    asked = fill_in(client, FOUNDED, {**VALID, "field-org": "Moonshot"})

    response = send_again(client, asked, FOUNDED, {"field-org-new-id": slug})

    if response.status_code == 303:
        mention = recorded(engine, response.headers["Location"]).row.entities[0]
        assert mention.id.isascii()
        assert mention.id == "tohs"
        return
    assert set(errors_of(response)) == {"field-org"}
    assert is_taken is (slug == "meituan")


def test_several_names_may_stand_in_one_field(client: FlaskClient, engine: Engine) -> None:
    typed = {**VALID, "field-org": "美团", "field-founders": "Emad Mostaque; 智谱AI"}

    row = recorded(engine, fill_in(client, FOUNDED, typed).headers["Location"]).row

    ids = [mention.id for mention in row.entities if mention.role == "founders"]
    assert ids == ["emad-mostaque", "zhipu-ai"]


def test_a_merged_entity_is_recorded_under_the_one_it_became(client: FlaskClient) -> None:
    response = client.get(FOUNDED, query_string={"field-org-id": "nobody-at-all"})

    assert "field-org-id" not in fields_of(page_of(response), "#admin-form")


def test_a_look_records_nothing_and_shows_how_all_was_read(
    client: FlaskClient, engine: Engine
) -> None:
    before = position(engine)

    response = fill_in(client, FOUNDED, {**VALID, "when": "Q3 2023", "step": "look"})

    page = page_of(response)
    assert response.status_code == 200
    assert position(engine) == before
    assert "2023-07-01 – 2023-09-30" in text_of(page, "#admin-reading")
    assert found(page, "#title-en")["placeholder"] == "Meituan is founded"
    assert "美团" in str(found(page, "#title-zh")["placeholder"])


def test_one_title_typed_leaves_the_other_language_its_sentence(
    client: FlaskClient, engine: Engine
) -> None:
    response = fill_in(client, FOUNDED, {**VALID, "title-zh": "美团问世"})

    row = recorded(engine, response.headers["Location"]).row
    assert (row.title.zh, row.title.en) == ("美团问世", "Meituan is founded")


def test_the_next_event_keeps_its_source(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDED, {**VALID, "step": "next"})

    assert response.headers["Location"] == "/admin/record/?source=press"
    chosen = page_of(client.get("/admin/record/?source=press"))
    link = str(found(chosen, ".kind-link")["href"])
    assert fields_of(page_of(client.get(link)), "#admin-form")["source"] == ["press"]


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
    assert offered == {"2023-03-04", "2023-04-03"}


def test_a_meaning_can_be_taken_without_a_script(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDED, {"when": "03/04/2023", "step": "when:2023-04-03"})

    assert response.status_code == 200
    assert fields_of(page_of(response), "#admin-form")["when"] == ["2023-04-03"]


def test_words_that_are_no_date_get_three_examples(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/read-date?words=soon+enough"))

    assert len(page.select("[data-fill]")) == 3


def test_a_source_dates_what_it_says(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/read-date?words=6月26日&source=press"))

    assert "2023-06-26" in text_of(page, "#admin-reading")
    assert "source's day" in text_of(page, "#admin-reading")


def test_a_name_brings_hints_with_facts_and_creation_last(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/kinds/org_founded/org/hints?field-org=stab"))

    hints = page.select(".hint")
    assert "Stability AI" in hints[0].get_text()
    assert hints[0].select(".hint-fact")
    assert hints[-1]["value"] == "create:org"


def test_hints_keep_to_the_types_that_the_role_takes(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/kinds/role_ended/person/hints?field-person=llama"))

    assert [hint["value"] for hint in page.select(".hint")] == ["create:person"]


def test_a_hint_taken_joins_those_chosen_where_several_may_be(client: FlaskClient) -> None:
    asked = {
        "field-founders-id": "emad-mostaque",
        "field-founders": "zhi",
        "step": "take:founders:zhipu-ai",
    }

    page = page_of(client.get("/admin/kinds/org_founded/founders/box", query_string=asked))

    chosen = [str(one["value"]) for one in page.select("[name='field-founders-id']")]
    assert chosen == ["emad-mostaque", "zhipu-ai"]
    assert found(page, "#field-founders")["value"] == ""


def test_a_hint_taken_replaces_the_one_where_only_one_may_be(client: FlaskClient) -> None:
    asked = {"field-org-id": "meituan", "step": "take:org:zhipu-ai"}

    page = page_of(client.get("/admin/kinds/org_founded/org/box", query_string=asked))

    assert [str(one["value"]) for one in page.select("[name='field-org-id']")] == ["zhipu-ai"]


def test_a_creation_can_be_begun_and_dropped(client: FlaskClient) -> None:
    address = "/admin/kinds/org_founded/org/box"
    begun = page_of(
        client.get(address, query_string={"field-org": "月之暗面", "step": "create:org"})
    )
    fields = fields_of(begun, "form[action='/admin/record/org_founded']")
    dropped = page_of(client.get(address, query_string={**fields, "step": "drop:org:0"}))

    assert fields["field-org-new-zh"] == ["月之暗面"]
    assert begun.select(".newcomer")
    assert not dropped.select(".newcomer")


@pytest.mark.parametrize("role", ["seat", "nothing"])
def test_only_roles_have_hints(client: FlaskClient, role: str) -> None:
    assert client.get(f"/admin/kinds/org_founded/{role}/hints").status_code == 404


def test_a_source_is_added_and_can_be_cited_at_once(client: FlaskClient, engine: Engine) -> None:
    typed = {
        "field-title": "The State of Models",
        "field-published": "14 July 2023",
        "field-language": "en",
        "field-publisher-en": "The Paper",
    }

    response = fill_in(client, "/admin/sources/new", typed, form="#admin-source")

    assert response.headers["Location"] == "/admin/record/?source=the-state-of-models"
    with reading(engine) as connection:
        known = sources_known(connection, known=head(connection).position)
    added = next(row for row in known if row.ref.id == "the-state-of-models")
    assert added.ref.published == "2023-07-14"
    assert added.ref.publisher.zh == "The Paper"


@pytest.mark.parametrize(
    ("typed", "control"),
    [
        ({}, "field-title"),
        ({"field-title": "x", "source-id": "press"}, "source-id"),
        ({"field-title": "x", "source-id": "Not An Id"}, "source-id"),
        ({"field-title": "x", "field-published": "some day"}, "field-published"),
        ({"field-title": "x", "field-address": "javascript:alert(1)"}, "field-address"),
    ],
    ids=["nothing", "taken", "no-id", "no-date", "no-address"],
)
def test_a_source_is_refused_beside_the_field_at_fault(
    client: FlaskClient, typed: dict[str, str], control: str
) -> None:
    response = fill_in(client, "/admin/sources/new", typed, form="#admin-source")

    assert response.status_code == 422
    assert control in errors_of(response)


@pytest.mark.parametrize(
    ("title", "published", "name"),
    [
        ("百模大战", "2023年10月8日", "bai-mo-da-zhan-2023-10-08"),
        ("百模大战", "", "bai-mo-da-zhan"),
        ("GPT-4发布一周年", "last spring", "gpt-4-fa-bu-yi-zhou-nian"),
        ("The State of Models", "2023", "the-state-of-models"),
        ("⁂", "2023-10", "source-2023-10-01"),
    ],
)
def test_a_title_in_any_script_makes_an_id_that_is_told(
    client: FlaskClient, title: str, published: str, name: str
) -> None:
    typed = {"field-title": title, "field-published": published}

    response = fill_in(client, "/admin/sources/new", typed, form="#admin-source")
    onward = client.get(response.headers["Location"])

    made = response.headers["Location"].removeprefix("/admin/record/?source=")
    assert made.startswith(name)
    assert f"“{made}”" in onward.get_data(as_text=True)
    assert client.get(f"/sources/{made}").status_code == 200


def test_all_that_is_wrong_with_a_source_is_told_at_once(client: FlaskClient) -> None:
    typed = {"field-published": "some day", "field-address": "no", "source-id": "Not An Id"}

    response = fill_in(client, "/admin/sources/new", typed, form="#admin-source")

    wrong = {"field-title", "field-published", "field-address", "source-id"}
    assert wrong <= errors_of(response).keys()


def test_a_source_sent_twice_is_one(client: FlaskClient, engine: Engine) -> None:
    fields = fields_of(page_of(client.get("/admin/sources/new")), "#admin-source")
    sent = {**fields, "field-title": "百模大战", "step": "record"}
    before = position(engine)

    answers = [client.post("/admin/sources/new", data=sent) for _time in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert position(engine) == before + 1


def test_names_of_an_entity_can_be_registered(client: FlaskClient, engine: Engine) -> None:
    typed = {"field-entity": "Zhipu AI", "field-aliases": "智谱清言|GLM", "when": "2026-11-21"}

    response = fill_in(client, "/admin/record/names_changed", typed)

    assert response.status_code == 303
    hints = page_of(client.get("/admin/kinds/org_founded/org/hints?field-org=智谱清言"))
    assert hints.select(".hint")[0]["value"] == "take:org:zhipu-ai"
    assert position(engine)


@pytest.mark.parametrize("field", [{"step": "explode"}, {"event_id": "no id"}])
def test_a_form_that_no_page_of_ours_sends_is_refused(
    client: FlaskClient, field: dict[str, str]
) -> None:
    response = fill_in(client, FOUNDED, {**VALID, **field})

    assert response.status_code == 400
