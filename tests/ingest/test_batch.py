import io
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from archive.commands import correct, retract
from archive.errors import BatchError
from archive.ingest import Draft, Fate, Judged, Report, judge, take_in
from archive.ingest.json_lines import read_json_lines
from archive.ingest.yaml_sections import read_yaml
from archive.log import head, read_log
from archive.storage import reading, writing
from tests.builders import clock_from
from tests.ingest.samples import Row, a_deal, a_source, an_event, lines


def drafts(*rows: Row, name: str = "x") -> Iterator[Draft]:
    return read_json_lines(io.BytesIO(lines(*rows).encode()), name=name)


def ingest(engine: Engine, *rows: Row, ref: date | None = None) -> Report:
    with writing(engine) as connection:
        return take_in(connection, drafts(*rows), recorded_by="test", ref=ref)


def plan(engine: Engine, *rows: Row) -> list[Judged]:
    with reading(engine) as connection:
        return list(judge(connection, drafts(*rows)))


def position(engine: Engine) -> int:
    with reading(engine) as connection:
        return head(connection)[0]


def test_drafts_are_recorded_in_their_order(engine: Engine) -> None:
    report = ingest(engine, a_source(), an_event(), a_deal())

    with reading(engine) as connection:
        ids = [recorded.event.id for recorded in read_log(connection)]
    assert report == Report(created=3, already=0)
    assert ids == ["source-paper", "acme-founded", "big-buys-acme"]


def test_the_same_file_twice_is_recorded_once(engine: Engine) -> None:
    ingest(engine, a_source(), an_event(), a_deal())

    report = ingest(engine, a_source(), an_event(), a_deal())

    assert report == Report(created=0, already=3)
    assert position(engine) == 3


def test_a_row_without_an_id_is_recorded_once_too(engine: Engine) -> None:
    nameless = {name: value for name, value in an_event().items() if name != "id"}
    ingest(engine, a_source(), nameless)

    report = ingest(engine, nameless, nameless)

    assert report == Report(created=0, already=2)
    assert position(engine) == 2


def test_one_bad_row_keeps_all_rows_out_and_every_error_is_told(engine: Engine) -> None:
    bad_date = an_event("b", occurred={"edtf": "someday"})
    bad_twice = an_event("c", kind="org_foundet"), an_event("d", data={"form": 7, "colour": "red"})

    with pytest.raises(BatchError) as caught:
        ingest(engine, a_source(), an_event("a"), bad_date, *bad_twice)

    told = caught.value.words("en").splitlines()
    assert position(engine) == 0
    assert [line.split(":")[1] for line in told] == ["3", "4", "5", "5"]
    assert "org_founded" in told[1]


def test_one_bad_row_is_no_error_of_the_rows_that_rely_on_it(engine: Engine) -> None:
    bad_source = a_source(occurred={"edtf": "someday"})
    bad_entity = an_event(importance="huge")

    with pytest.raises(BatchError) as caught:
        ingest(engine, bad_source, bad_entity, a_deal())

    assert len(caught.value.errors) == 2


def test_the_same_id_with_other_content_is_a_conflict(engine: Engine) -> None:
    ingest(engine, a_source(), an_event())

    planned = plan(engine, an_event(importance="minor"), an_event("n"), an_event("n", tags=[]))

    assert [one.fate for one in planned] == [Fate.CONFLICT, Fate.CREATE, Fate.CONFLICT]
    assert "position 2" in planned[0].errors[0].words("en")
    with pytest.raises(BatchError, match="position 2"):
        ingest(engine, an_event(importance="minor"))


def test_a_plan_writes_nothing(engine: Engine) -> None:
    planned = plan(engine, a_source(), an_event(), {"kind": "nonsense"})

    assert [one.fate for one in planned] == [Fate.CREATE, Fate.CREATE, Fate.ERROR]
    assert position(engine) == 0


def test_a_claim_needs_a_source_that_is_known(engine: Engine) -> None:
    (planned,) = plan(engine, an_event())

    assert "source" in planned.errors[0].words("en")


def test_a_retraction_needs_an_event_that_is_known(engine: Engine) -> None:
    row = {
        "id": "r",
        "kind": "claim_retracted",
        "data": {"target": "nothing", "reason": {"zh": "错", "en": "wrong"}},
    }

    (planned,) = plan(engine, row)

    assert "target" in planned.errors[0].words("en")


def test_an_entity_renamed_since_is_no_conflict(engine: Engine) -> None:
    ingest(engine, a_source(), an_event(), a_deal())
    renamed = {
        "id": "renamed",
        "kind": "names_changed",
        "entities": [{"role": "entity", "id": "acme"}],
        "data": {"zh": "新顶点", "en": "Newer Acme"},
    }
    ingest(engine, renamed)

    report = ingest(engine, a_source(), an_event(), a_deal(), renamed)

    assert report == Report(created=0, already=4)


def test_what_was_corrected_or_retracted_is_still_already_there(engine: Engine) -> None:
    ingest(engine, a_source(), an_event(), a_deal())
    with writing(engine) as connection:
        fields: Row = {"reason": "checked", "recorded_by": "test"}
        correct(
            connection,
            target="acme-founded",
            raw={"importance": "minor"},
            reason_kind="typing_error",
            **fields,
        )
        retract(connection, target="big-buys-acme", **fields)

    assert ingest(engine, a_source(), an_event(), a_deal()).already == 3


def test_words_are_read_against_the_day_the_source_came_out(engine: Engine) -> None:
    ingest(engine, a_source(), an_event(occurred={"when": "今年2月"}))

    with reading(engine) as connection:
        occurred = list(read_log(connection))[1].event.occurred
    assert (occurred.edtf, occurred.stated) == ("2023-02", "今年2月")


def test_words_without_a_day_to_count_from_are_refused(engine: Engine) -> None:
    undated = a_source(data={"title": "Undated"})

    (_source, event) = plan(engine, undated, an_event(occurred={"when": "今年2月"}))

    assert event.fate is Fate.ERROR
    assert (
        ingest(
            engine, undated, an_event(occurred={"when": "今年2月"}), ref=date(2020, 5, 1)
        ).created
        == 2
    )


def test_a_name_without_a_date_is_dated_when_it_is_first_taken_in(engine: Engine) -> None:
    text = b"entities:\n  - {id: acme, type: organization, zh: A, en: A}"
    clock = clock_from(step=timedelta(days=1))
    reports = []
    for _time in range(2):
        with writing(engine) as connection:
            found = read_yaml(io.BytesIO(text), name="x").entities
            reports.append(take_in(connection, found, recorded_by="t", clock=clock))

    with reading(engine) as connection:
        (recorded,) = read_log(connection)
    assert recorded.event.occurred.edtf == "2026-11-21"
    assert reports == [Report(1, 0), Report(0, 1)]


def test_progress_counts_the_rows(engine: Engine) -> None:
    seen: list[int] = []

    with writing(engine) as connection:
        take_in(connection, drafts(a_source(), an_event()), recorded_by="t", progress=seen.append)

    assert seen[-1] == 2


def test_a_default_said_aloud_is_no_other_content(engine: Engine) -> None:
    short = an_event(occurred={"edtf": "2023-02"})
    for name in ("importance", "tags", "summary"):
        del short[name]
    aloud = short | {
        "occurred": {"edtf": "2023-02", "date_kind": "occurred", "stated": "", "place": ""},
        "importance": "minor",
        "tags": [],
        "kind_version": 1,
    }
    ingest(engine, a_source(), short)

    assert ingest(engine, aloud, short).already == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": {}},
        {"entities": [1]},
        {"entities": [None]},
        {"entities": [[]]},
        {"occurred": {"when": {}}},
        {"occurred": {"when": []}},
        {"claims": [{"source": {}}]},
    ],
    ids=str,
)
def test_a_value_of_a_wrong_type_is_an_error_of_its_row(
    engine: Engine, changes: dict[str, object]
) -> None:
    (_source, judged) = plan(engine, a_source(), an_event() | changes)

    assert judged.fate is Fate.ERROR
    assert all(error.words("zh") for error in judged.errors)


def ambiguous(name: str, occurred: dict[str, object]) -> Row:
    return {**an_event(), "id": name, "occurred": occurred}


def chosen(edtf: str) -> dict[str, object]:
    return {"edtf": edtf, "stated": "02/08/2022"}


def test_the_order_of_day_and_month_is_that_of_the_source_so_far(engine: Engine) -> None:
    ingest(engine, a_source(), ambiguous("one", chosen("2022-08-02")))

    ingest(engine, ambiguous("two", {"when": "03/04/2022"}))

    with reading(engine) as connection:
        last = list(read_log(connection))[-1].event
    assert (last.id, last.occurred.edtf) == ("two", "2022-04-03")


def test_a_file_taken_in_twice_is_read_as_the_first_time(engine: Engine) -> None:
    asked = ambiguous("two", {"when": "03/04/2022"})
    ingest(engine, a_source(), ambiguous("one", chosen("2022-08-02")))
    ingest(engine, asked)
    ingest(engine, ambiguous("three", chosen("2022-02-08")))

    assert ingest(engine, asked) == Report(created=0, already=1)
