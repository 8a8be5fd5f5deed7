"""Import: columns mapped, the whole file checked, that very plan carried out, and taken back."""

from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from archive.commands import record
from archive.ingest import jobs
from archive.storage import reading, writing
from tests.builders import an_event
from tests.web.desk import (
    add_account,
    answered,
    at_desk,
    errors_of,
    fields_of,
    found,
    log_in,
    page_of,
    send_file,
    text_of,
)
from tests.web.stories import BAICHUAN, SOURCE

HEADER = "id,kind,when,source,locator,entity:org,title_en"
NEW = f"{HEADER}\nrow-1,org_founded,2023-05-17,{SOURCE},¶1,baichuan,Founded once more\n"
SHEET = """Year,Month,Day,Headline,Text,Who
2023,5,17,Founded once more,In Beijing,baichuan
2023,6,,百川又一次成立,,baichuan
"""


@pytest.fixture
def client(
    app: Flask, client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> FlaskClient:
    """An editor, logged in, on a site whose long work is done at once."""
    app.extensions["archive_work"] = lambda work: work()
    return at_desk(client, engine, monkeypatch)


def send(client: FlaskClient, content: str | bytes, name: str = "rows.jsonl") -> TestResponse:
    fields = fields_of(page_of(client.get("/admin/import/")), "#admin-form")
    data = content.encode() if isinstance(content, str) else content
    sent = {**fields, "file": FileStorage(BytesIO(data), name)}
    return send_file(client, "/admin/import/", sent)


def mapped(client: FlaskClient, content: str, **more: str) -> str:
    address = send(client, content, "rows.csv").headers["Location"]
    fields = fields_of(page_of(client.get(address)), "#admin-form")
    client.post(f"{address}/map", data={**fields, **more})
    return address


def go(client: FlaskClient, address: str, deed: str) -> TestResponse:
    page = page_of(client.get(address))
    forms = page.select(f"form[action$='/{deed}']")
    fields = fields_of(page, f"form[action$='/{deed}']") if forms else {}
    return client.post(f"{address}/{deed}", data=fields)


def status(engine: Engine, address: str) -> str:
    with reading(engine) as connection:
        return jobs.job_called(connection, address.rsplit("/", 1)[-1]).status


def counts(engine: Engine, address: str) -> dict[str, int]:
    with reading(engine) as connection:
        found_counts = jobs.counts_of(connection, address.rsplit("/", 1)[-1])
    return {fate: count for fate, count in found_counts.items() if count}


def test_a_file_is_planned_taken_in_and_taken_back(client: FlaskClient, engine: Engine) -> None:
    address = mapped(client, NEW)
    planned = (status(engine, address), counts(engine, address))

    go(client, address, "commit")
    row = answered(engine, "row-1").row
    go(client, address, "undo")

    assert planned == ("planned", {"create": 1})
    assert (row.title.en, row.recorded_by) == ("Founded once more", "anna")
    assert answered(engine, "row-1").row.is_retracted
    assert status(engine, address) == "undone"


def test_all_errors_of_all_rows_are_told_at_once_and_nothing_is_taken_in(
    client: FlaskClient, engine: Engine
) -> None:
    bad = (
        f"row-2,org_founded,nonsense,{SOURCE},,baichuan,\nrow-3,nothing,2023,{SOURCE},,baichuan,\n"
    )
    address = mapped(client, NEW + bad)

    page = page_of(client.get(f"{address}?fate=error"))
    refused = go(client, address, "commit")

    assert counts(engine, address) == {"create": 1, "error": 2}
    told = text_of(page, "table")
    assert "rows.csv:3" in told
    assert "rows.csv:4" in told
    assert refused.status_code in {303, 400}
    assert status(engine, address) != "done"


def test_a_row_that_another_source_told_before_brings_its_source_only(
    client: FlaskClient, engine: Engine
) -> None:
    same = f"{HEADER}\nrow-9,org_founded,2023-04-10,{SOURCE},¶9,baichuan,\n"
    address = mapped(client, same)
    planned = counts(engine, address)

    go(client, address, "commit")
    claims = [one.locator for one in answered(engine, "baichuan-founded").row.claims]
    go(client, address, "undo")

    assert planned == {"attach": 1}
    assert claims == ["", "¶9"]
    left = answered(engine, "baichuan-founded").row
    assert ([one.locator for one in left.claims], left.is_retracted) == ([""], False)


def test_what_is_there_already_is_skipped_and_what_says_otherwise_is_a_conflict(
    client: FlaskClient, engine: Engine
) -> None:
    first = mapped(client, NEW)
    go(client, first, "commit")

    again = mapped(client, NEW)
    otherwise = mapped(client, NEW.replace("once more", "for the last time"))

    assert counts(engine, again) == {"skip": 1}
    assert counts(engine, otherwise) == {"conflict": 1}


def test_a_plan_is_not_carried_out_where_the_archive_moved(
    client: FlaskClient, engine: Engine
) -> None:
    address = mapped(client, NEW)
    raw = an_event("org_founded", id="meanwhile", source=SOURCE, org=BAICHUAN)
    with writing(engine) as connection:
        record(connection, raw=raw, recorded_by="somebody")

    go(client, address, "commit")
    moved = status(engine, address)
    go(client, address, "check")
    go(client, address, "commit")

    assert moved == "moved"
    assert answered(engine, "row-1").row.recorded_by == "anna"


def test_a_timelinejs_sheet_is_mapped_by_its_header(client: FlaskClient, engine: Engine) -> None:
    address = send(client, SHEET, "sheet.csv").headers["Location"]
    page = page_of(client.get(address))
    fields = fields_of(page, "#admin-form")
    suggested = [found(page, f"#column-{number}")["value"] for number in range(6)]

    more = {"column-5": "entity:org", "constant-kind": "org_founded", "constant-source": SOURCE}
    client.post(f"{address}/map", data={**fields, **more})
    go(client, address, "commit")

    assert suggested == ["year", "month", "day", "title", "summary", ""]
    assert counts(engine, address) == {"create": 2}
    with reading(engine) as connection:
        rows = jobs.rows_of(connection, address.rsplit("/", 1)[-1])
    assert [row.title.zh for row in rows][1] == "百川又一次成立"
    occurred = answered(engine, rows[1].event_id).row.occurred
    assert occurred.edtf == "2023-06"


def test_a_mapping_is_kept_for_the_next_sheet(client: FlaskClient) -> None:
    more = {"column-5": "entity:org", "constant-kind": "org_founded", "constant-source": SOURCE}
    mapped(client, SHEET, **more, **{"save-as": "their sheet"})

    address = send(client, SHEET, "next.csv").headers["Location"]
    page = page_of(client.get(f"{address}?mapping=their+sheet"))

    assert found(page, "#column-5")["value"] == "entity:org"
    assert fields_of(page, "#admin-form")["constant-kind"] == ["org_founded"]


def test_a_column_that_nothing_reads_is_refused_by_name(client: FlaskClient) -> None:
    address = send(client, SHEET, "sheet.csv").headers["Location"]
    fields = fields_of(page_of(client.get(address)), "#admin-form")

    response = client.post(f"{address}/map", data={**fields, "column-5": "nonsense"})

    assert response.status_code == 422
    assert list(errors_of(response)) == ["column-Who"]


LINE = (
    '{{"id": "line-1", "kind": "org_founded", "occurred": {{"edtf": "2023-05-17"}},'
    ' "entities": [{{"role": "org", "id": "baichuan"}}], "claims": [{{"source": "{source}"}}]}}\n'
)
YAML = """events:
  - id: yaml-1
    kind: org_founded
    occurred: {edtf: "2023-05-17"}
    entities: [{role: org, id: baichuan}]
    claims: [{source: press}]
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("rows.jsonl", LINE.format(source=SOURCE), id="JSON lines"),
        pytest.param("rows.yaml", YAML, id="YAML"),
    ],
)
def test_lines_and_sections_need_no_mapping(
    client: FlaskClient, engine: Engine, name: str, content: str
) -> None:
    address = send(client, content, name).headers["Location"]

    assert counts(engine, address) == {"create": 1}


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("rows.csv", b"PK\x03\x04" + b"0" * 200, id="a zip by another name"),
        pytest.param("rows.jsonl", b"\x1f\x8b" + b"0" * 200, id="gzip by another name"),
        pytest.param("rows.csv", "kind\n".encode("utf-16"), id="UTF-16"),
        pytest.param("rows.xlsx", b"kind\n", id="a file that nothing reads"),
        pytest.param("rows.csv", b"", id="nothing"),
    ],
)
def test_what_cannot_be_a_file_of_rows_is_refused(
    client: FlaskClient, name: str, content: bytes
) -> None:
    response = send(client, content, name)

    assert response.status_code == 422
    assert list(errors_of(response)) == ["file"]


def test_fifty_megabytes_are_refused(client: FlaskClient) -> None:
    assert send(client, b"a" * 50_000_000, "rows.csv").status_code == 413


def test_a_bomb_of_aliases_and_a_deep_nest_are_errors_of_the_file(
    client: FlaskClient, engine: Engine
) -> None:
    bomb = send(client, BOMB, "bomb.yaml").headers["Location"]
    deep = send(client, "[" * 100_000, "deep.jsonl").headers["Location"]

    assert "create" not in counts(engine, bomb)
    assert counts(engine, deep) == {"error": 1}


def test_events_that_take_two_people_are_not_imported_by_one(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    settings = app.extensions["archive_settings"]
    app.extensions["archive_settings"] = replace(settings, four_eyes=frozenset({"org_founded"}))
    address = mapped(client, NEW)

    own = go(client, address, "commit")
    add_account(engine, name="rita", role="reviewer")
    page = page_of(client.get("/admin/"))
    client.post("/logout", data=fields_of(page, "form[action='/logout']"))
    log_in(client, name="rita")
    other = go(client, address, "commit")

    assert (own.status_code, other.status_code) == (422, 303)
    assert status(engine, address) == "done"


@pytest.mark.parametrize("kind", ["org_founded", "claim_retracted", "*"])
def test_an_import_that_takes_two_people_is_not_undone_by_one(
    app: Flask, client: FlaskClient, engine: Engine, kind: str
) -> None:
    address = mapped(client, NEW)
    go(client, address, "commit")
    settings = app.extensions["archive_settings"]
    app.extensions["archive_settings"] = replace(settings, four_eyes=frozenset({kind}))

    own = go(client, address, "undo")
    after_own = status(engine, address)
    add_account(engine, name="rita", role="reviewer")
    page = page_of(client.get("/admin/"))
    client.post("/logout", data=fields_of(page, "form[action='/logout']"))
    log_in(client, name="rita")
    other = go(client, address, "undo")

    assert (own.status_code, after_own) == (422, "done")
    assert (other.status_code, status(engine, address)) == (303, "undone")


def test_a_source_is_not_attached_by_one_where_a_correction_takes_two(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    settings = app.extensions["archive_settings"]
    app.extensions["archive_settings"] = replace(
        settings, four_eyes=frozenset({"claim_corrected"})
    )
    same = f"{HEADER}\nrow-9,org_founded,2023-04-10,{SOURCE},¶9,baichuan,\n"
    address = mapped(client, same)

    response = go(client, address, "commit")

    assert (response.status_code, status(engine, address)) == (422, "planned")


def test_an_import_that_was_taken_in_is_not_mapped_again(
    client: FlaskClient, engine: Engine
) -> None:
    address = send(client, NEW, "rows.csv").headers["Location"]
    fields = fields_of(page_of(client.get(address)), "#admin-form")
    client.post(f"{address}/map", data=fields)
    go(client, address, "commit")

    again = client.post(f"{address}/map", data=fields)

    assert (again.status_code, status(engine, address)) == (422, "done")


def test_a_masked_line_is_not_imported(client: FlaskClient, engine: Engine) -> None:
    line = (
        '{"id": "bare", "kind": "org_founded", "stream": "baichuan", "masked": true,'
        ' "occurred": {"edtf": "2023-05-17"}}'
    )
    address = send(client, line).headers["Location"]

    page = page_of(client.get(address))

    assert counts(engine, address) == {"error": 1}
    assert "masked" in text_of(page, "table .field-error")


def test_the_page_of_a_running_import_asks_again_by_itself(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    app.extensions["archive_work"] = lambda _work: None
    address = send(client, YAML, "rows.yaml").headers["Location"]

    page = page_of(client.get(address))

    assert page.select("progress")
    assert found(page, "#admin-import")["hx-get"] == address
    assert status(engine, address) == "checking"
