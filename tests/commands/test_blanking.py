"""Where the text of an event is masked, no word of it is left at the desk, or in the database."""

import json
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, make_url, select
from sqlalchemy.event import listen

from archive.cli.sealing import seal_at_end
from archive.commands import correct, record, record_all
from archive.commands.articles import keep_article
from archive.commands.drafts import draft_called, keep_draft
from archive.commands.noting import note
from archive.commands.unsent import COMMENT
from archive.commands.wording import blanked
from archive.languages import Words
from archive.log import verify
from archive.settings import Settings
from archive.storage import database_file, is_held_up, open_engine, reading, writing
from archive.storage.desk import articles, desk_steps, import_rows, imports
from tests.builders import a_source, an_entity, an_event
from tests.commands.test_drafts import a_draft
from tests.log.dying import Say, started

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SECRETS = ("zebrafinch", "秘密花园", "quagmirist", "ocelotype", "plinthwork")
KEPT = "An harmless sentence stays."
ARTICLE = f"""{KEPT} The zebrafinch firm was
founded on 2 May by Ms Plinthwork. Nothing else.
秘密花园于同日成立，引人注目。另一句话仍在。
"""
SAID = an_event(
    "org_founded",
    id="secret",
    org=an_entity("plinthwork", en="Plinthwork", zh="秘密花园"),
    source="a-paper",
    title={"en": "The zebrafinch firm founded", "zh": "秘密花园成立"},
    summary={"en": "A quagmirist tale", "zh": "秘密花园的故事"},
    claims=[{"source": "a-paper", "quote": "The zebrafinch firm was founded on 2 May"}],
    stream="house",
)


def typed(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (("event_id", "another"), *pairs)


def fill_the_desk(engine: Engine) -> str:
    """Leave the words of the event in every part of the desk; return the article's id."""
    with writing(engine) as connection:
        name = keep_article(
            connection,
            source="a-paper",
            text=ARTICLE,
            published="2023-05-03",
            language="en",
            account="anna",
            now=NOW,
        )
        whole = (("title-en", "The zebrafinch firm founded"), ("summary-zh", "秘密花园的故事"))
        quote = ("quote", "The zebrafinch firm was founded on 2 May")
        for draft in (
            a_draft("secret", article=name, fields=whole),
            a_draft("rejected", fields=typed(quote), status="rejected"),
            a_draft("other", fields=typed(("quote", "Nothing else.")), article=name),
            a_draft("unsent", kind=COMMENT, target="secret", fields=(("field", "quagmirist"),)),
        ):
            keep_draft(connection, draft=replace(draft, title=Words("", "")), now=NOW)
        told = {"account": "rita", "now": NOW}
        note(connection, deed="returned", about="secret", words="which quagmirist?", **told)  # type: ignore[arg-type]  # names and instants
        note(connection, deed="published", about="secret", words="secret", **told)  # type: ignore[arg-type]  # as above
        job = {"id": "job", "account": "anna", "name": "rows.csv", "status": "done"}
        content = b"title\nThe zebrafinch firm founded\n"
        connection.execute(insert(imports), {**job, "content": content, "created_at": 1})
        row = {"import_id": "job", "number": 1, "place": "rows.csv:2", "fate": "create"}
        said = json.dumps({"kind": "org_founded", "title": {"en": "zebrafinch"}})
        connection.execute(insert(import_rows), {**row, "event_id": "secret", "draft": said})
    return name


def remembered(engine: Engine) -> Iterator[bytes]:
    """Yield all that the database holds: each row of each table, and an SQLite file whole."""
    url = make_url(engine.url)
    if path := database_file(engine):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            yield from (line.encode() for line in connection.iterdump())
        yield path.read_bytes()
        return
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    tables = "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = "
    with psycopg.connect(address) as server:
        for schema, table in server.execute(tables + "'BASE TABLE'").fetchall():
            if schema not in {"pg_catalog", "information_schema"}:
                with server.cursor().copy(f'COPY "{schema}"."{table}" TO STDOUT') as lines:
                    yield from (bytes(line) for line in lines)


def left_of(engine: Engine) -> set[str]:
    """Return the words that are still found, in text or in what bytes are written as."""
    found = set()
    for part in remembered(engine):
        lower = part.lower()
        for word in SECRETS:
            plain = word.encode()
            if plain in lower or plain.hex().encode() in lower:
                found.add(word)
    return found


def mask(engine: Engine) -> None:
    said = an_event("text_masked", id="masking", target="secret", stream="house", reason="private")
    with writing(engine) as connection:
        record(connection, raw=said, recorded_by="tests")


@pytest.fixture
def told(engine: Engine) -> Engine:
    """An archive with an event and a correction of it, on SQLite as it is built in most places."""
    if engine.dialect.name == "sqlite":
        listen(engine, "connect", lambda one, _: one.execute("PRAGMA secure_delete = OFF"))
    with writing(engine) as connection:
        record_all(connection, [a_source("a-paper")], recorded_by="tests")
        record(connection, raw=SAID, recorded_by="tests")
        correct(
            connection,
            target="secret",
            raw={"summary": {"en": "An ocelotype tale", "zh": "另一段秘密花园"}},
            reason_kind="new_evidence",
            reason="the quagmirist wrote",
            recorded_by="tests",
        )
    return engine


def test_no_word_of_a_masked_event_is_left_anywhere_in_the_database(told: Engine) -> None:
    fill_the_desk(told)
    assert left_of(told) == set(SECRETS)

    mask(told)

    # The id that an entity bears is in the addresses of all that was ever said of it.
    assert left_of(told) <= {"plinthwork"}


def kept_in_files(engine: Engine) -> set[str]:
    """Return the words that a copy of the file, or of what lies beside it, would give away."""
    path = database_file(engine)
    assert path is not None
    held = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*")).lower()
    return {word for word in SECRETS if word.encode() in held}


def held_up(engine: Engine) -> bool:
    file = database_file(engine)
    assert file is not None
    with reading(engine) as connection:
        return is_held_up(connection, file)


@pytest.fixture
def served(sqlite_url: str) -> Iterator[Engine]:
    """A file with the event in it, another process of which has it open, as a server has."""
    engine, server = open_engine(sqlite_url), open_engine(sqlite_url)
    with writing(engine) as connection:
        record_all(connection, [a_source("a-paper")], recorded_by="tests")
        record(connection, raw=SAID, recorded_by="tests")
    fill_the_desk(engine)
    with server.connect():
        yield engine
    engine.dispose()
    server.dispose()


def test_a_masked_text_is_gone_from_the_file_at_once_while_a_server_runs(served: Engine) -> None:
    with closing(sqlite3.connect(database_file(served) or "")) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # now it is in the file itself
    assert kept_in_files(served) == set(SECRETS) - {"ocelotype"}

    mask(served)

    assert kept_in_files(served) <= {"plinthwork"}
    assert not held_up(served)


def test_a_reader_that_holds_a_masked_text_is_waited_for_and_fails_nothing(
    served: Engine,
) -> None:
    with reading(served) as reader:
        reader.exec_driver_sql("SELECT COUNT(*) FROM event").scalar()
        mask(served)
        assert held_up(served)
        assert "zebrafinch" in kept_in_files(served)

    with writing(served) as connection:
        note(connection, deed="published", about="another", words="", account="rita", now=NOW)

    assert not held_up(served)
    assert kept_in_files(served) <= {"plinthwork"}


def test_what_a_killed_masking_did_not_overwrite_who_seals_next_does(
    served: Engine, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.dispose()

    def mask_and_die(say: Say) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(
                "archive.storage.engine.take_over", lambda *_: os.kill(os.getpid(), signal.SIGKILL)
            )
            mask(open_engine(sqlite_url))
        say("done")

    assert started(mask_and_die).heard() == []
    with reading(served) as connection:
        assert verify(connection).masked
    assert "zebrafinch" in kept_in_files(served)

    seal_at_end(Settings(database_url=sqlite_url))

    assert kept_in_files(served) <= {"plinthwork"}
    assert not held_up(served)


def test_an_article_loses_the_sentences_and_keeps_the_places_of_the_others(told: Engine) -> None:
    name = fill_the_desk(told)

    mask(told)

    with reading(told) as connection:
        text = connection.scalar(select(articles.c.text).where(articles.c.id == name)) or ""
    assert len(text) == len(ARTICLE)
    assert text.startswith(KEPT)
    assert text.index("Nothing else.") == ARTICLE.index("Nothing else.")
    assert text.index("另一句话仍在。") == ARTICLE.index("另一句话仍在。")


def test_other_drafts_and_what_was_done_with_them_stay(told: Engine) -> None:
    fill_the_desk(told)

    mask(told)

    with reading(told) as connection:
        assert ("quote", "Nothing else.") in draft_called(connection, "other").fields
        assert draft_called(connection, "rejected").fields == ()
        steps = connection.execute(select(desk_steps.c.deed, desk_steps.c.words)).all()
    assert {tuple(step) for step in steps} == {("returned", ""), ("published", "secret")}


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("One. Two two. Three.", "two TWO", "One. ███ ████ Three."),
        ("甲。乙乙，丙！丁", "丙", "甲。█████丁"),
        ("a\nb c\nd", "b c", "a\n█ █\nd"),
        ("nothing here", "absent", "nothing here"),
        ("split\nover lines", "split over", "█████\n████ █████"),
    ],
    ids=["latin", "chinese", "lines", "absent", "over two lines"],
)
def test_a_sentence_goes_whole_with_the_words_that_it_holds(
    text: str, words: str, left: str
) -> None:
    assert blanked(text, [words]) == left


LETTERS = "ab甲乙.。 \n"
around = st.text(LETTERS, max_size=20)


@given(
    before=around, words=st.text(LETTERS, min_size=1, max_size=20).filter(str.strip), after=around
)
def test_the_words_are_gone_and_no_other_place_moves(before: str, words: str, after: str) -> None:
    text = before + words + after

    left = blanked(text, [words])

    assert len(left) == len(text)
    assert words.strip() not in left
    assert [one.isspace() for one in left] == [one.isspace() for one in text]
    assert blanked(left, [words]) == left
