"""Drafts: kept in versions, moved along one way, and every step noted, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine

from archive.commands.draft_lists import drafts_of, queue, waiting
from archive.commands.drafts import (
    LIVE,
    OPEN,
    PUBLISHED,
    RETURNED,
    SUBMITTED,
    Draft,
    SettledDraftError,
    TooLargeError,
    draft_called,
    keep_draft,
    move,
)
from archive.commands.noting import latest_steps, note, steps_about
from archive.errors import NotFoundError
from archive.languages import Words
from tests.builders import scratch

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def connection(shared: Engine) -> Iterator[Connection]:
    """A connection of which nothing is kept, on each database in turn."""
    with scratch(shared) as opened:
        yield opened


def a_draft(name: str = "one", **changes: object) -> Draft:
    plain = Draft(
        id=name,
        account="anna",
        kind="org_founded",
        target="",
        article="",
        origin="typed",
        title=Words("成立", "Founded"),
        fields=(("when", "2023"), ("field-org-id", "a"), ("field-org-id", "b")),
        status=OPEN,
        risk=0,
        version=0,
        saved_at=NOW,
        submitted_at=None,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields of a draft


def kept(connection: Connection, draft: Draft) -> Draft:
    found = keep_draft(connection, draft=draft, now=NOW)
    assert found is not None
    return found


def handed_over(connection: Connection, draft: Draft, *, after: int = 0) -> Draft:
    later = NOW + timedelta(minutes=after)
    move(connection, draft=kept(connection, draft), to=SUBMITTED, since=LIVE, now=later)
    return draft_called(connection, draft.id)


def test_a_form_comes_back_as_it_was_typed(connection: Connection) -> None:
    found = kept(connection, a_draft())

    assert found.fields == a_draft().fields
    assert (found.version, found.status, found.title.zh) == (1, OPEN, "成立")


def test_who_kept_an_older_version_changes_nothing(connection: Connection) -> None:
    first = kept(connection, a_draft())
    kept(connection, replace(first, fields=(("when", "2024"),)))

    late = keep_draft(connection, draft=replace(first, fields=(("when", "late"),)), now=NOW)

    assert late is None
    assert draft_called(connection, "one").fields == (("when", "2024"),)


def test_another_account_changes_nothing(connection: Connection) -> None:
    first = kept(connection, a_draft())

    assert keep_draft(connection, draft=replace(first, account="bob"), now=NOW) is None


def test_what_was_handed_over_cannot_be_changed_until_it_is_sent_back(
    connection: Connection,
) -> None:
    draft = handed_over(connection, a_draft())

    closed = keep_draft(connection, draft=draft, now=NOW)
    move(connection, draft=draft, to=RETURNED, since=(SUBMITTED,), now=NOW)
    reopened = keep_draft(connection, draft=draft, now=NOW)

    assert closed is None
    assert reopened is not None


def test_a_draft_goes_no_way_twice(connection: Connection) -> None:
    draft = handed_over(connection, a_draft())
    move(connection, draft=draft, to=PUBLISHED, since=(SUBMITTED,), now=NOW)

    with pytest.raises(SettledDraftError, match="published"):
        move(connection, draft=draft, to=PUBLISHED, since=(SUBMITTED,), now=NOW)


def test_the_queue_is_by_age_or_by_risk(connection: Connection) -> None:
    handed_over(connection, a_draft("young", risk=1), after=2)
    handed_over(connection, a_draft("old", risk=0), after=1)
    handed_over(connection, a_draft("risky", risk=5), after=3)

    assert [one.id for one in queue(connection)] == ["old", "young", "risky"]
    assert [one.id for one in queue(connection, by_risk=True)] == ["risky", "young", "old"]
    assert waiting(connection) == 3


def test_the_drafts_of_one_are_listed_the_last_kept_first(connection: Connection) -> None:
    kept(connection, a_draft("one"))
    keep_draft(connection, draft=a_draft("two"), now=NOW + timedelta(minutes=1))
    kept(connection, a_draft("hers", account="bob"))

    assert [one.id for one in drafts_of(connection, account="anna")] == ["two", "one"]


def test_every_step_is_noted_in_order(connection: Connection) -> None:
    note(connection, deed="submitted", about="one", account="anna", now=NOW)
    note(connection, deed="returned", about="one", account="rita", now=NOW, field="f", words="w")
    note(connection, deed="submitted", about="two", account="anna", now=NOW)

    told = [
        (one.account, one.deed, one.field, one.words) for one in steps_about(connection, "one")
    ]
    assert told == [("anna", "submitted", "", ""), ("rita", "returned", "f", "w")]
    assert [one.about for one in latest_steps(connection, limit=2)] == ["two", "one"]


def test_a_form_without_measure_is_not_kept(connection: Connection) -> None:
    with pytest.raises(TooLargeError):
        keep_draft(connection, draft=a_draft(fields=(("a", "x" * 500_000),)), now=NOW)


def test_a_draft_that_nobody_kept_is_not_found(connection: Connection) -> None:
    with pytest.raises(NotFoundError, match="nothing"):
        draft_called(connection, "nothing")
