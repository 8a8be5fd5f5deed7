"""Files that say which events an event lies after and before."""

import io
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine

from archive.commands import correct
from archive.errors import RefusedError
from archive.export import log_lines, spreadsheet
from archive.ingest import Draft, take_in
from archive.ingest.csv_rows import read_csv
from archive.ingest.json_lines import read_json_lines
from archive.ingest.yaml_sections import read_yaml
from archive.log import read_by_ids, read_log
from archive.storage import open_engine, reading, writing
from archive.vocabulary import Occurred
from tests.ingest.samples import Row, a_source, an_event, lines

SINCE = {"edtf": "2023-02-10"}


def ingest(engine: Engine, *rows: Row) -> int:
    return take(engine, *read_json_lines(io.BytesIO(lines(*rows).encode()), name="x"))


def take(engine: Engine, *drafts: Draft) -> int:
    with writing(engine) as connection:
        return take_in(connection, drafts, recorded_by="test").created


def occurred(engine: Engine, event_id: str = "later") -> Occurred:
    with reading(engine) as connection:
        return read_by_ids(connection, [event_id])[event_id].event.occurred


def two(**later: str) -> tuple[Row, Row, Row]:
    return a_source(), an_event("first", occurred=SINCE), an_event("later", occurred=later)


def test_words_that_are_no_date_are_stated_and_no_more(engine: Engine) -> None:
    ingest(engine, *two(when="创立之后", after="first"))

    found = occurred(engine)
    assert (found.edtf, found.stated, found.after) == ("[2023-02-10..]", "创立之后", "first")


def test_words_that_are_a_date_are_narrowed(engine: Engine) -> None:
    ingest(engine, *two(when="2023年2月", after="first"))

    found = occurred(engine)
    assert (found.edtf, found.stated) == ("[2023-02-10..2023-02-28]", "2023年2月")


def test_misspelt_notation_is_refused_all_the_same(engine: Engine) -> None:
    with pytest.raises(RefusedError, match="looks like EDTF"):
        ingest(engine, *two(when="2023-13", after="first"))


def test_the_same_file_twice_is_taken_in_once_after_a_correction(engine: Engine) -> None:
    rows = two(when="创立之后", after="first")
    ingest(engine, *rows)
    with writing(engine) as connection:
        correct(
            connection,
            target="first",
            raw={"occurred": {"edtf": "2023-05-01"}},
            reason_kind="source_error",
            reason="wrong",
            recorded_by="test",
        )

    assert ingest(engine, *rows) == 0


def test_a_new_row_is_resolved_against_the_event_as_corrected(engine: Engine) -> None:
    ingest(engine, *two(after="first"))
    with writing(engine) as connection:
        correct(
            connection,
            target="first",
            raw={"occurred": {"edtf": "2023-05-01"}},
            reason_kind="source_error",
            reason="wrong",
            recorded_by="test",
        )

    ingest(engine, *two(after="first"), an_event("third", occurred={"after": "first"}))

    assert occurred(engine, "third").edtf == "[2023-05-01..]"


def test_one_bad_row_is_one_error_for_those_that_hang_on_it(engine: Engine) -> None:
    with pytest.raises(RefusedError) as caught:
        ingest(
            engine,
            a_source(),
            an_event("first", occurred={"edtf": "someday"}),
            an_event("later", occurred={"after": "first"}),
        )

    assert len(caught.value.words("en").splitlines()) == 1


def test_an_exported_log_reads_back_the_same(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> None:
    before = an_event("before", occurred={"edtf": "[..2023-01]"})
    undated = an_event("undated", occurred={"after": "before", "stated": "later"})
    ingest(engine, *two(when="创立之后", after="first"), before, undated)
    with writing(engine) as connection:
        correct(
            connection,
            target="first",
            raw={"occurred": {"edtf": "2023-05-01"}},
            reason_kind="source_error",
            reason="wrong",
            recorded_by="test",
        )
        correct(
            connection,
            target="later",
            raw={},
            reason_kind="source_error",
            reason="resolved again",
            recorded_by="test",
        )
    with reading(engine) as connection:
        exported = list(log_lines(connection))
        log = [one.event for one in read_log(connection)]

    copy = tmp_path_factory.mktemp("copy") / "archive.db"
    shutil.copyfile(sqlite_template, copy)
    other = open_engine(f"sqlite:///{copy}")
    take(other, *read_json_lines(io.BytesIO(b"\n".join(exported)), name="export"))

    with reading(other) as connection:
        assert [one.event for one in read_log(connection)] == log
    other.dispose()


def test_a_spreadsheet_has_a_column_for_each_side(engine: Engine) -> None:
    header = "id,kind,when,after,before,entity:org,data:form,source\n"
    rows = "first,org_founded,2023-02-10,,,acme:organization:顶点|Acme,company,paper\n"
    rows += "later,org_founded,创立之后,first,,acme,company,paper\n"
    ingest(engine, a_source())

    take(engine, *read_csv(io.BytesIO((header + rows).encode()), name="x.csv"))

    assert occurred(engine).edtf == "[2023-02-10..]"
    with reading(engine) as connection:
        table = b"".join(spreadsheet(connection)).decode("utf-8-sig").splitlines()
    place = table[0].split(",").index("after")
    assert table[0].split(",")[place + 1] == "before"
    assert table[2].split(",")[place] == "first"


def test_a_yaml_file_may_leave_the_date_to_the_other_events(engine: Engine) -> None:
    text = """
events:
  - {id: first, kind: org_founded, occurred: {edtf: 2023-02-10}, data: {form: company},
     entities: [{role: org, id: acme, type: organization, names: {zh: 顶点, en: Acme}}],
     claims: [{source: paper}]}
  - {id: later, kind: org_founded, occurred: {before: first}, data: {form: company},
     entities: {org: acme}, claims: [{source: paper}]}
"""
    ingest(engine, a_source())

    take(engine, *read_yaml(io.BytesIO(text.encode()), name="x.yaml").events)

    assert occurred(engine).edtf == "[..2023-02-10]"
