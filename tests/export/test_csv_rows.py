import csv
import io

import pytest
from sqlalchemy import Engine

from archive.commands import retract
from archive.export import spreadsheet
from archive.export.csv_rows import guarded
from archive.storage import reading, writing
from tests.builders import an_event, keep


def rows(engine: Engine) -> list[dict[str, str]]:
    with reading(engine) as connection:
        text = b"".join(spreadsheet(connection)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_events_stand_in_order_of_occurrence(engine: Engine) -> None:
    later = an_event(id="later", when="2024")
    earlier = an_event(id="earlier", when="2016", title={"zh": "早", "en": "Early, really"})
    keep(engine, later, earlier)

    found = rows(engine)

    assert [row["id"] for row in found] == ["earlier", "later"]
    assert found[0]["title_zh"] == "早"
    assert found[0]["title_en"] == "Early, really"


def test_a_retracted_event_is_left_out(engine: Engine) -> None:
    keep(engine, an_event(id="wrong"))
    with writing(engine) as connection:
        retract(connection, target="wrong", reason="no", recorded_by="t")

    assert rows(engine) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert guarded(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_an_archive_without_events_has_a_header_only(engine: Engine) -> None:
    assert rows(engine) == []
