"""An article and a reviewer's comment, kept while they are typed; nothing of them once sent."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands.draft_lists import drafts_of, queue
from archive.commands.drafts import Draft
from archive.storage import reading
from tests.web.desk import (
    FOUNDED,
    FOUNDING,
    NAME,
    Fields,
    at_desk,
    become,
    fields_of,
    fill_in,
    found,
    page_of,
    send_file,
    text_of,
)
from tests.web.stories import SOURCE

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
PASTING = "/admin/articles/"
KEEP = "/admin/articles/keep"
TEXT = "百川智能在北京成立。\n\n他们没有说更多。"
SUBMITTED = {**FOUNDED, "step": "submit"}


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An editor, logged in; a reviewer has an account too."""
    return at_desk(client, engine, monkeypatch, others={"rita": "reviewer"})


def kept(engine: Engine, name: str = NAME) -> list[Draft]:
    with reading(engine) as connection:
        return drafts_of(connection, account=name)


def typed(client: FlaskClient, address: str = PASTING, **more: str) -> Fields:
    fields = fields_of(page_of(client.get(address)), "#admin-form")
    return {**fields, **{name: [value] for name, value in more.items()}}


def to_review(client: FlaskClient, engine: Engine) -> Draft:
    """Hand a draft over, and go on as the reviewer."""
    fill_in(client, FOUNDING, SUBMITTED)
    become(client, "rita")
    with reading(engine) as connection:
        return queue(connection)[-1]


def comment(client: FlaskClient, draft: Draft, **said: str) -> str:
    """Type about *draft*, as far as it is kept by itself; return what stands there then."""
    token = fields_of(page_of(client.get("/admin/")), "form[action='/logout']")
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    saved = fields_of(page, "#admin-saved") if page.select("#admin-saved") else {}
    answer = client.post(
        f"/admin/review/{draft.id}/keep", data={**token, **saved, **said}, headers=PARTIAL
    )
    return answer.get_data(as_text=True)


def words_on(client: FlaskClient, draft: Draft, name: str) -> str:
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    return found(page, f"#{name}").get_text().removeprefix("\n")


def test_an_article_is_kept_as_it_is_typed_and_comes_back(
    client: FlaskClient, engine: Engine
) -> None:
    answer = client.post(
        KEEP, data=typed(client, text=TEXT, source=SOURCE, file="[object File]"), headers=PARTIAL
    )

    (draft,) = kept(engine)
    here = f"{PASTING}?draft={draft.id}"
    assert answer.headers["HX-Replace-Url"] == here
    assert "Draft kept" in text_of(page_of(answer), "#admin-saved")
    listed = page_of(client.get("/admin/drafts/"))
    assert "百川智能在北京成立" in text_of(listed, ".draft-line a")
    assert "article to be read" in text_of(listed, ".draft-line")
    opened = client.get(str(found(listed, ".draft-line a")["href"]))
    assert opened.headers["Location"] == here
    assert typed(client, here)["text"] == [TEXT]
    assert typed(client, here)["source"] == [SOURCE]
    assert "file" not in dict(draft.fields)


def test_typing_on_keeps_the_same_article(client: FlaskClient, engine: Engine) -> None:
    client.post(KEEP, data=typed(client, text="first"), headers=PARTIAL)
    (first,) = kept(engine)

    client.post(
        KEEP, data=typed(client, f"{PASTING}?draft={first.id}", text="second"), headers=PARTIAL
    )

    (second,) = kept(engine)
    assert (second.id, second.version) == (first.id, 2)
    assert dict(second.fields)["text"] == "second"


def test_two_answers_on_their_way_make_one_draft_or_lose_no_word(
    client: FlaskClient, engine: Engine
) -> None:
    fields = typed(client)

    for words in ("one tab", "another tab"):
        client.post(KEEP, data={**fields, "text": words}, headers=PARTIAL)

    assert {dict(one.fields)["text"] for one in kept(engine)} == {"one tab", "another tab"}


def test_a_button_keeps_the_article_where_no_script_runs(
    client: FlaskClient, engine: Engine
) -> None:
    button = found(page_of(client.get(PASTING)), ".desk-buttons [formaction]")

    answer = send_file(client, str(button["formaction"]), typed(client, text=TEXT))

    (draft,) = kept(engine)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{PASTING}?draft={draft.id}"


def test_what_was_read_is_kept_as_an_article_alone(client: FlaskClient, engine: Engine) -> None:
    client.post(KEEP, data=typed(client, text=TEXT), headers=PARTIAL)
    (draft,) = kept(engine)
    here = f"{PASTING}?draft={draft.id}"

    read = send_file(client, PASTING, typed(client, here, source=SOURCE))

    assert read.status_code == 303
    assert "没有说更多" in text_of(page_of(client.get(read.headers["Location"])), ".pane-text")
    assert kept(engine) == []
    assert client.get(here).headers["Location"] == PASTING


def test_an_article_that_is_refused_stays_kept(client: FlaskClient, engine: Engine) -> None:
    client.post(KEEP, data=typed(client, text=TEXT), headers=PARTIAL)
    (draft,) = kept(engine)

    refused = send_file(client, PASTING, typed(client, f"{PASTING}?draft={draft.id}"))

    assert refused.status_code == 422
    assert fields_of(page_of(refused), "#admin-form")["draft"] == [draft.id]
    assert kept(engine) == [draft]


def test_nobody_opens_what_another_typed(client: FlaskClient, engine: Engine) -> None:
    client.post(KEEP, data=typed(client, text=TEXT), headers=PARTIAL)
    (draft,) = kept(engine)
    become(client, "rita")

    answer = client.get(f"{PASTING}?draft={draft.id}")

    assert answer.headers["Location"] == PASTING


def test_a_draft_of_an_event_is_no_article(client: FlaskClient, engine: Engine) -> None:
    fill_in(client, FOUNDING, {**SUBMITTED, "step": "keep"})
    (draft,) = kept(engine)

    assert client.get(f"{PASTING}?draft={draft.id}").headers["Location"] == PASTING


def test_a_comment_is_kept_as_it_is_typed_and_comes_back(
    client: FlaskClient, engine: Engine
) -> None:
    draft = to_review(client, engine)

    told = comment(client, draft, **{"return-words": "which May?", "field": "Seat"})

    assert "Draft kept" in told
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    assert fields_of(page, "form[action$='/return']")["return-words"] == ["which May?"]
    assert fields_of(page, "form[action$='/return']")["field"] == ["Seat"]
    listed = page_of(client.get("/admin/drafts/"))
    assert "Comment on" in text_of(listed, ".draft-line a")
    opened = client.get(str(found(listed, ".draft-line a")["href"]))
    assert opened.headers["Location"] == f"/admin/review/{draft.id}"


def test_typing_on_keeps_one_comment(client: FlaskClient, engine: Engine) -> None:
    draft = to_review(client, engine)
    comment(client, draft, **{"return-words": "which May?"})

    comment(client, draft, **{"return-words": "which May?", "reject-words": "no"})

    assert len(kept(engine, "rita")) == 1
    assert words_on(client, draft, "return-words") == "which May?"
    assert words_on(client, draft, "reject-words") == "no"


@pytest.mark.parametrize("deed", ["return", "reject", "accept"])
def test_a_comment_that_was_sent_is_kept_no_longer(
    client: FlaskClient, engine: Engine, deed: str
) -> None:
    draft = to_review(client, engine)
    comment(client, draft, **{"return-words": "which May?", "reject-words": "no"})
    page = page_of(client.get(f"/admin/review/{draft.id}"))

    sent = client.post(
        f"/admin/review/{draft.id}/{deed}", data=fields_of(page, f"form[action$='{deed}']")
    )

    assert sent.status_code == 303
    assert kept(engine, "rita") == []


def test_a_form_that_is_refused_keeps_what_was_typed_in_the_other(
    client: FlaskClient, engine: Engine
) -> None:
    draft = to_review(client, engine)
    comment(client, draft, **{"reject-words": "not in scope"})
    page = page_of(client.get(f"/admin/review/{draft.id}"))

    refused = client.post(
        f"/admin/review/{draft.id}/return", data=fields_of(page, "form[action$='return']")
    )

    assert refused.status_code == 422
    assert found(page_of(refused), "#reject-words").get_text().strip() == "not in scope"


def test_a_comment_on_what_was_decided_meanwhile_is_given_back(
    client: FlaskClient, engine: Engine
) -> None:
    draft = to_review(client, engine)
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    comment(client, draft, **{"return-words": "which May?"})
    client.post(f"/admin/review/{draft.id}/accept", data=fields_of(page, "form[action$=accept]"))

    comment(client, draft, **{"return-words": "which May, please?"})

    assert words_on(client, draft, "return-words") == "which May, please?"


def test_what_was_put_aside_is_typed_anew(client: FlaskClient, engine: Engine) -> None:
    draft = to_review(client, engine)
    comment(client, draft, **{"return-words": "which May?"})
    (first,) = kept(engine, "rita")
    page = page_of(client.get("/admin/drafts/"))
    client.post(
        f"/admin/drafts/{first.id}/drop", data=fields_of(page, f"form[action*='{first.id}']")
    )

    told = comment(client, draft, **{"return-words": "which June?"})

    assert "Another tab" not in told
    assert words_on(client, draft, "return-words") == "which June?"


def test_who_may_not_review_keeps_no_comment(client: FlaskClient, engine: Engine) -> None:
    draft = to_review(client, engine)
    become(client, NAME)
    token = fields_of(page_of(client.get(PASTING)), "#admin-form")["csrf_token"]

    answer = client.post(
        f"/admin/review/{draft.id}/keep", data={"csrf_token": token, "return-words": "no"}
    )

    assert answer.status_code == 403
