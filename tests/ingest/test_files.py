import io
from pathlib import Path

import pytest

from archive.errors import UnknownNameError
from archive.ingest import drafts_of
from tests.ingest.samples import a_source, an_event, lines


def test_sources_come_first_then_entities_then_events_in_the_order_of_files(
    tmp_path: Path,
) -> None:
    first, second, third = (tmp_path / name for name in ("1.jsonl", "2.yaml", "3.yml"))
    first.write_text(lines(an_event("event-of-1")))
    second.write_text("events: [{id: event-of-2}]\nentities: [{id: e}]\n")
    third.write_text("sources: [{id: s}]\nevents: [{id: event-of-3}]\n")

    drafts = drafts_of([str(p) for p in (first, second, third)], stdin=io.BytesIO())

    assert [draft.raw["id"] for draft in drafts] == [
        "source-s",
        "names-e",
        "event-of-1",
        "event-of-2",
        "event-of-3",
    ]


def test_a_dash_is_standard_input() -> None:
    stdin = io.BytesIO(lines(a_source()).encode())

    (draft,) = drafts_of(["-"], stdin=stdin)

    assert draft.place == "-:1"


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,kind\na,b\n")

    assert len(list(drafts_of([str(path), str(path)], stdin=io.BytesIO()))) == 1


def test_an_extension_that_nothing_reads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="xlsx"):
        list(drafts_of([str(tmp_path / "a.xlsx")], stdin=io.BytesIO()))
