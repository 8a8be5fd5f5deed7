from typing import Any

import pytest

from tests.cli.conftest import Run, document
from tests.ingest.samples import a_source, lines

NEW = ("--set", "org=acme:organization:顶点|Acme")


@pytest.fixture
def archive(archive: Run) -> Run:
    archive("ingest", "-", stdin=lines(a_source()))
    return archive


def only_event(archive: Run) -> Any:
    (event,) = document(archive("timeline", "--json"))["events"]
    return event


def test_an_event_is_recorded_with_its_id_and_position_printed(archive: Run) -> None:
    result = archive(
        "record", "org_founded", *NEW, "--when", "今年2月", "--source", "paper", "--locator", "¶3",
        "--set", "founders=wang:person:王|Wang,li:person:李|Li", "--set", "form=company",
        "--title-zh", "顶点成立", "--title-en", "Acme is founded", "--importance", "major",
        "--place", "CN", "--date-kind", "announced", "--id", "acme-founded", "--tag", "start",
    )  # fmt: skip

    assert result.stdout.split() == ["acme-founded", "2"], result.stderr
    event = only_event(archive)
    assert event["occurred"] == {
        "edtf": "2023-02",
        "earliest": "2023-02-01",
        "latest": "2023-02-28",
        "stated": "今年2月",
        "date_kind": "announced",
        "place": "CN",
        "after": "",
        "before": "",
    }
    assert [one["id"] for one in event["entities"]] == ["acme", "wang", "li"]
    assert event["title"] == {"zh": "顶点成立", "en": "Acme is founded"}
    assert event["claims"][0]["locator"] == "¶3"
    assert event["recorded_by"] == "tester"


@pytest.mark.parametrize("scope", ["亚洲|Asia", "Asia|亚洲"])
def test_a_text_in_two_languages_is_told_in_each(archive: Run, scope: str) -> None:
    held = archive(
        "record", "role_started", *NEW, "--set", "person=wang:person:王|Wang", "--set", "role=ceo",
        "--set", f"scope={scope}", "--when", "2023", "--source", "paper",
    )  # fmt: skip
    assert held.exit_code == 0, held.stderr

    (row,) = document(archive("state", "2024", "--entity", "acme", "--json"))["rows"]

    assert "亚洲" in row["member_words"]["zh"]
    assert "亚洲" not in row["member_words"]["en"]
    assert "Asia" in row["member_words"]["en"]


def test_the_same_id_twice_is_recorded_once(archive: Run) -> None:
    command = ("record", "org_founded", *NEW, "--when", "2023", "--source", "paper", "--id", "a")
    archive(*command)

    result = archive(*command, "--json")

    assert document(result) == {"id": "a", "position": 2, "is_new": False}


def test_a_day_given_outweighs_the_source(archive: Run) -> None:
    archive(
        "record", "org_founded", *NEW, "--when", "last month", "--source", "paper",
        "--ref", "2020-03-15",
    )  # fmt: skip

    assert only_event(archive)["occurred"]["edtf"] == "2020-02"


@pytest.mark.parametrize(
    ("words", "edtf"),
    [("unknown", "../.."), ("日期不详", "../.."), ("..", "../.."), ("XXXX", "XXXX")],
)
def test_an_event_may_be_recorded_of_whose_date_nothing_is_known(
    archive: Run, words: str, edtf: str
) -> None:
    result = archive("record", "org_founded", *NEW, "--when", words, "--source", "paper")

    occurred = only_event(archive)["occurred"]
    assert result.exit_code == 0, result.stderr
    assert (occurred["edtf"], occurred["earliest"], occurred["latest"]) == (edtf, None, None)
    assert "date unknown" in archive("timeline").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("org_foundet", "--when", "2023"), "org_founded"),
        (("lawsuit", "--when", "2023"), "out of scope"),
        (("org_founded", *NEW, "--when", "soon", "--source", "paper"), "soon"),
        (("org_founded", *NEW, "--when", "02/08/2022", "--source", "paper"), "2022-08-02"),
        (("org_founded", *NEW, "--source", "paper"), "occurred.edtf: no date is given"),
        (("org_founded", *NEW, "--when", "2023"), "at least one source"),
        (("org_founded", *NEW, "--when", "2023", "--source", "nope"), "nope"),
        (("org_founded", "--set", "org=nobody", "--when", "2023", "--source", "paper"), "nobody"),
        (("org_founded", *NEW, "--set", "colour=red", "--when", "2023"), "colour"),
        (("org_founded", "--set", "org", "--when", "2023"), "NAME=VALUE"),
        (("org_founded", "--set", "org=a:b", "--when", "2023"), "id:type"),
        (("org_founded", *NEW, *NEW[:1], "form=company", *NEW[:1], "form=x"), "once"),
        (("org_founded", *NEW, "--when", "2023", "--source", "paper", "--id", "Ä B"), "Ä B"),
        (
            ("org_founded", *NEW, "--when", "2023", "--source", "paper", "--confidence", "low"),
            "reason",
        ),
    ],
    ids=[
        "kind", "scope", "date", "ambiguous", "no-date", "no-source", "source", "entity", "field",
        "no-value", "half-entity", "twice", "id", "low-without-reason",
    ],
)  # fmt: skip
def test_what_cannot_be_taken_names_field_value_and_what_is_accepted(
    archive: Run, arguments: tuple[str, ...], said: str
) -> None:
    result = archive("record", *arguments)

    assert result.exit_code == 1
    assert said in result.stderr
    assert document(archive("timeline", "--json"))["total"] == 0


def test_a_field_of_a_megabyte_is_refused(archive: Run) -> None:
    result = archive(
        "record", "org_founded", *NEW, "--when", "2023", "--source", "paper",
        "--summary-zh", "长" * 1_000_000,
    )  # fmt: skip

    assert result.exit_code == 1
    assert len(result.stderr) < 1000
