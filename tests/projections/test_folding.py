"""Folding in batches: as many statements for many events as for few, and an index that follows."""

from collections import Counter
from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, text

from archive.commands import correct, record_all, retract
from archive.log import read_log
from archive.projections import apply, full_text, rows
from archive.projections.runner import empty
from archive.storage import run
from tests.builders import a_source, an_entity, an_event, an_event_with


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """The statements that were run, counted by what they do to which table."""
    counted = Counter[str]()

    def counting(connection: Connection, statement: str, given: Sequence[object] = ()) -> object:
        counted[" ".join(statement.split()[:3])] += 1
        return run(connection, statement, given)

    for room in (rows, full_text):
        monkeypatch.setattr(room, "run", counting)
    return counted


def story(number: int) -> Sequence[dict[str, object]]:
    """Return events of all that a fold has to do, about entities of their own."""
    org, other = an_entity(f"org-{number}"), an_entity(f"other-{number}")
    names = {"entity": org, "aliases": "甲 | Alpha"}
    return [
        a_source(f"paper-{number}"),
        an_event(id=f"a-{number}", org=org, seat="x", when="2023/2024"),
        an_event(id=f"b-{number}", org=other, seat="y"),
        an_event_with("names_changed", names, id=f"n-{number}"),
        an_event("claim_disputed", id=f"d-{number}", claims=f"a-{number},b-{number}"),
        an_event_with("entities_merged", {"from": [other], "into": org}, id=f"m-{number}"),
        an_event("claim_retracted", id=f"r-{number}", target=f"n-{number}"),
    ]


@pytest.mark.parametrize("earlier", [0, 9], ids=["in one batch", "over two batches"])
def test_many_events_take_as_many_statements_as_few(
    connection: Connection, seen: Counter[str], earlier: int
) -> None:
    drafts = [a_source(), *(one for number in range(12) for one in story(number))]
    record_all(connection, drafts, recorded_by="tests")
    log = list(read_log(connection))
    few, many = log[: 1 + 7 * 3], log

    statements = []
    for events in (few, many):
        empty(connection)
        apply(connection, events[:earlier])
        seen.clear()
        apply(connection, events[earlier:])
        statements.append(seen.copy())

    # A server takes many rows as one COPY, which goes another way.
    kinds = {name for name in statements[0] | statements[1] if not name.startswith("INSERT")}
    assert {name: statements[0][name] for name in kinds} == {
        name: statements[1][name] for name in kinds
    }
    assert all(statements[1][name] <= statements[0][name] for name in statements[1])


def test_the_index_of_the_full_text_is_what_the_documents_say(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.dialect.name != "sqlite":
        return  # a server keeps its own
    said: list[full_text.Document] = []
    add = full_text.add

    def adding(connection: Connection, documents: Sequence[full_text.Document]) -> None:
        said.extend(documents)
        add(connection, documents)

    monkeypatch.setattr(full_text, "add", adding)
    record_all(connection, [a_source(), *story(1), *story(2)], recorded_by="tests")
    again = {"entity": "org-2", "aliases": "Beta"}
    record_all(connection, [an_event_with("names_changed", again, id="x")], recorded_by="tests")
    retract(connection, target="x", reason="x", recorded_by="tests")
    correct(
        connection,
        target="a-1",
        raw={"data": {"seat": "z"}},
        reason_kind="typing_error",
        reason="x",
        recorded_by="tests",
    )

    # FTS5 compares the index with the documents itself, and raises where they differ. Only those
    # of entities keep their tokens, and so must the others have them here.
    last = dict(said)
    kept = connection.execute(text("SELECT id, tokens FROM search_document")).all()
    assert all(tokens in {"", last[number]} for number, tokens in kept)
    put = text("UPDATE search_document SET tokens = :tokens WHERE id = :id AND tokens = ''")
    connection.execute(put, [{"id": number, "tokens": tokens} for number, tokens in said])
    check = "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"
    connection.execute(text(check))
    found = text("SELECT count(*) FROM search_index WHERE search_index MATCH 'beta'")

    assert connection.scalar(found) == 0
