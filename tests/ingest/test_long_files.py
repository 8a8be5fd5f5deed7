"""Files longer than a piece: what comes after is checked against what is in the log by then."""

import io
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from archive.errors import BatchError
from archive.ingest import Draft, Known, Report, take_in
from archive.ingest.json_lines import read_json_lines
from archive.log import head
from archive.storage import reading, writing
from tests.ingest.samples import Row, a_source, an_event, lines


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are a piece: then they are recorded, and forgotten."""
    monkeypatch.setattr("archive.ingest.batch._AT_ONCE", 2)


def drafts(*rows: Row) -> Iterator[Draft]:
    return read_json_lines(io.BytesIO(lines(*rows).encode()), name="x")


def ingest(engine: Engine, *rows: Row) -> Report:
    with writing(engine) as connection:
        return take_in(connection, drafts(*rows), recorded_by="test")


def position(engine: Engine) -> int:
    with reading(engine) as connection:
        return head(connection)[0]


def retraction(target: str, *, name: str = "taken-back") -> Row:
    return {
        "id": name,
        "kind": "claim_retracted",
        "stream": "acme",
        "occurred": {"edtf": "2024"},
        "data": {"target": target, "reason": {"zh": "有误", "en": "in error"}},
    }


def some(many: int) -> list[Row]:
    return [an_event(f"event-{number}") for number in range(many)]


def test_what_an_earlier_piece_brought_is_known_to_the_later_ones(engine: Engine) -> None:
    report = ingest(engine, a_source(), *some(3), retraction("event-0"))

    assert report == Report(created=5, already=0)
    assert position(engine) == 5


def test_what_an_earlier_piece_took_back_cannot_be_taken_back_again(engine: Engine) -> None:
    rows = [a_source(), *some(3), retraction("event-0"), *some(1)[1:], an_event("event-9")]

    with pytest.raises(BatchError) as refused:
        ingest(engine, *rows, retraction("event-0", name="again"))

    assert "event-0" in refused.value.words("en")
    assert position(engine) == 0


def test_a_row_that_says_otherwise_than_one_pieces_before_is_told_of_a_row(engine: Engine) -> None:
    with pytest.raises(BatchError) as refused:
        ingest(engine, a_source(), *some(4), an_event("event-0", importance="minor"))

    assert "an earlier row" in refused.value.words("en")
    assert position(engine) == 0


def test_the_same_row_pieces_later_is_recorded_once(engine: Engine) -> None:
    report = ingest(engine, a_source(), *some(4), *some(1))

    assert report == Report(created=5, already=1)
    assert position(engine) == 5


def test_an_error_in_a_late_piece_leaves_nothing_of_the_early_ones(engine: Engine) -> None:
    with pytest.raises(BatchError):
        ingest(engine, a_source(), *some(4), an_event("bad", claims=[]))

    assert position(engine) == 0


def test_nothing_of_what_is_recorded_is_kept_in_memory(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    most: list[int] = []
    forget = Known.forget

    def forgetting(known: Known) -> None:
        most.append(len(known.rows))
        forget(known)

    monkeypatch.setattr(Known, "forget", forgetting)

    ingest(engine, a_source(), *some(9))

    assert most == [2] * 5
