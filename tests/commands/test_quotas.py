"""How much one person may have kept, and how often they may ask; what is kept of them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from archive.commands.articles import keep_article
from archive.commands.asking import ASKED, TooManyQuestionsError, demand_patience
from archive.commands.drafts import DROPPED, OPEN, OPENABLE, Draft, keep_draft, move
from archive.commands.noting import note
from archive.commands.passwords import add_user
from archive.commands.people import kept_of, people
from archive.commands.quotas import (
    DraftsFullError,
    FilesFullError,
    Quota,
    demand_room,
    demand_room_for_draft,
)
from archive.commands.sessions import open_session
from archive.ingest import jobs
from archive.languages import Words
from archive.settings import Settings
from archive.storage import reading, writing

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
QUOTA = Quota(files=3, megabytes=1, drafts=2)
PASSWORD = "correct horse battery"  # noqa: S105 - of an account that lives for one test


def send(engine: Engine, *, account: str = "anna", size: int = 10) -> str:
    with writing(engine) as connection:
        demand_room(connection, account=account, size=size, quota=QUOTA)
        content = b"x" * size
        return jobs.new_job(connection, name="a.csv", content=content, account=account, at=NOW)


def paste(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_article(
            connection,
            source="s",
            text="五个汉字吗",
            published="",
            language="",
            account="anna",
            now=NOW,
        )


def test_files_and_articles_are_counted_together(engine: Engine) -> None:
    send(engine)
    send(engine)
    paste(engine)

    with pytest.raises(FilesFullError) as full:
        send(engine)

    assert "3" in full.value.words("zh")
    assert "Remove files" in full.value.words("en")
    send(engine, account="bea")


def test_what_is_too_large_together_is_refused(engine: Engine) -> None:
    send(engine, size=600_000)

    with pytest.raises(FilesFullError):
        send(engine, size=400_001)
    send(engine, size=400_000)


def test_a_file_that_is_removed_makes_room(engine: Engine) -> None:
    name = send(engine, size=900_000)
    with writing(engine) as connection:
        jobs.remove_file(connection, name)

    send(engine, size=900_000)
    with reading(engine) as connection:
        assert name not in {one.id for one in jobs.jobs_of(connection)}


def test_of_an_import_that_recorded_only_the_file_is_removed(engine: Engine) -> None:
    name = send(engine, size=900_000)
    with writing(engine) as connection:
        jobs.go_on(connection, name, since=frozenset({jobs.MAPPING}), status=jobs.DONE)
        jobs.remove_file(connection, name)

    with reading(engine) as connection:
        assert jobs.job_called(connection, name).status == jobs.DONE
        assert jobs.content_of(connection, name) == b""
    send(engine, size=900_000)


def test_a_file_that_is_worked_on_stays(engine: Engine) -> None:
    name = send(engine)
    with writing(engine) as connection:
        jobs.go_on(connection, name, since=frozenset({jobs.MAPPING}), status=jobs.CHECKING)
        with pytest.raises(jobs.UnplannedError):
            jobs.remove_file(connection, name)


def a_draft(name: str) -> Draft:
    return Draft(
        id=name,
        account="anna",
        kind="org_founded",
        target="",
        article="",
        origin="typed",
        title=Words("甲", "A"),
        fields=(("when", "2023"),),
        status=OPEN,
        risk=0,
        version=0,
        saved_at=NOW,
        submitted_at=None,
    )


def keep(engine: Engine, draft: Draft) -> Draft | None:
    with writing(engine) as connection:
        demand_room_for_draft(connection, account="anna", draft=draft.id, quota=QUOTA)
        return keep_draft(connection, draft=draft, now=NOW)


def test_one_draft_too_many_is_refused_and_an_old_one_goes_on(engine: Engine) -> None:
    first = keep(engine, a_draft("one"))
    keep(engine, a_draft("two"))

    with pytest.raises(DraftsFullError):
        keep(engine, a_draft("three"))

    assert first is not None
    assert keep(engine, replace(first, fields=(("when", "2024"),))) is not None
    with writing(engine) as connection:
        move(
            connection,
            draft=replace(first, version=2),
            to=DROPPED,
            since=OPENABLE,
            now=NOW,
        )
    assert keep(engine, a_draft("three")) is not None


def ask(engine: Engine, *, account: str = "anna", now: datetime = NOW, most: int = 2) -> None:
    with writing(engine) as connection:
        demand_patience(connection, account=account, most=most, now=now)
        note(connection, deed=ASKED, about="x", account=account, now=now)


def test_whoever_asks_too_often_must_wait_and_others_need_not(engine: Engine) -> None:
    ask(engine)
    ask(engine, now=NOW + timedelta(minutes=20))

    with pytest.raises(TooManyQuestionsError) as refused:
        ask(engine, now=NOW + timedelta(minutes=30))

    assert "30 minutes" in refused.value.words("en")
    assert "30 分钟" in refused.value.words("zh")
    ask(engine, account="bea", now=NOW + timedelta(minutes=30))
    ask(engine, now=NOW + timedelta(minutes=61))


def test_where_nobody_may_ask_nobody_does(engine: Engine) -> None:
    with pytest.raises(TooManyQuestionsError):
        ask(engine, most=0)


@pytest.mark.parametrize("words", ["", "-1", "many", "1e3", "٣", "9" * 10])
def test_a_limit_that_is_no_number_is_the_usual_one(words: str) -> None:
    names = ("ASSISTANT_HOURLY", "MOST_FILES", "MOST_MEGABYTES", "MOST_DRAFTS", "MOST_REQUESTS")

    settings = Settings.from_environment({f"ARCHIVE_{name}": words for name in names})

    assert settings == Settings()


def test_a_limit_may_be_set() -> None:
    settings = Settings.from_environment({"ARCHIVE_MOST_FILES": "7", "ARCHIVE_MOST_DRAFTS": "0"})

    assert (settings.most_files, settings.most_drafts) == (7, 0)


def test_everybody_is_listed_with_what_protects_them(engine: Engine) -> None:
    with writing(engine) as connection:
        add_user(connection, name="bea", password=PASSWORD, role="reader", now=NOW)
        anna = add_user(connection, name="anna", password=PASSWORD, role="admin", now=NOW)
        open_session(connection, account=anna, now=NOW)

    with reading(engine) as connection:
        first, second = people(connection)

    assert (first.name, first.role, first.has_second_factor) == ("anna", "admin", False)
    assert first.seen_at == NOW
    assert (second.name, second.seen_at) == ("bea", None)


def test_what_is_kept_of_somebody_holds_their_things_and_nothing_that_opens_anything(
    engine: Engine,
) -> None:
    with writing(engine) as connection:
        anna = add_user(connection, name="anna", password=PASSWORD, role="admin", now=NOW)
        token = open_session(connection, account=anna, now=NOW)
    send(engine)
    paste(engine)
    keep(engine, a_draft("one"))

    with reading(engine) as connection:
        kept = json.loads(json.dumps(kept_of(connection, name="anna"), ensure_ascii=False))

    assert kept["account"][0]["name"] == "anna"
    assert kept["sessions"][0]["created_at"] == NOW.isoformat()
    assert [len(kept[name]) for name in ("drafts", "articles", "imports")] == [1, 1, 1]
    assert kept["articles"][0]["text"] == "五个汉字吗"
    assert "argon2" not in str(kept)
    assert token not in str(kept)
