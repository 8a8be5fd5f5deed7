import csv
import io
import json

import pytest
from arro3.io import read_parquet

from tests.cli.conftest import Run, document
from tests.ingest.samples import a_deal, an_event, lines


def test_a_state_says_what_held_how_surely_and_by_whose_word(filled: Run) -> None:
    answer = document(filled("state", "2023-07-20", "--json", "--entity", "acme"))

    rows = {row["attribute"]: row for row in answer["rows"]}
    assert answer["as_of"] == {"valid": "2023-07-20", "known": 3}
    assert rows["parent"]["values"][0]["entity"]["id"] == "big"
    assert rows["parent"]["values"][0]["sources"][0]["id"] == "paper"
    assert rows["parent"]["standing"] == "certain"
    assert rows["status"]["standing"] == "certain"


def test_before_the_purchase_it_had_no_parent(filled: Run) -> None:
    answer = document(filled("state", "2023年5月", "--json", "--entity", "acme"))

    assert "parent" not in {row["attribute"] for row in answer["rows"]}


def test_entities_are_found_by_what_they_hold(filled: Run) -> None:
    of_big = document(filled("state", "2024", "--json", "--where", "parent=big"))
    of_none = document(filled("state", "2024", "--json", "--where", "parent=acme"))

    assert {row["entity"]["id"] for row in of_big["rows"]} == {"acme"}
    assert of_none["rows"] == []


def test_pages_of_a_state_follow_each_other(filled: Run) -> None:
    filled(
        "record", "org_founded", "--set", "org=zeta:organization:Zeta", "--when", "2023",
        "--source", "paper",
    )  # fmt: skip
    first = document(filled("state", "2024", "--json", "--limit", "1"))

    second = document(filled("state", "2024", "--json", "--limit", "1", "--after", first["next"]))

    shown = [{row["entity"]["id"] for row in page["rows"]} for page in (first, second)]
    assert shown[0] != shown[1]


def test_a_table_speaks_the_users_language(filled: Run) -> None:
    result = filled("state", "2024", locale="zh_CN.UTF-8")

    assert "顶点" in result.stdout
    assert "确定" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("someday",), "someday"),
        (("2024", "--entity", "acne"), "acne"),
        (("2024", "--type", "firm"), "organization"),
        (("2024", "--where", "parent"), "NAME=VALUE"),
        (("2024", "--where", "parents=big"), "parent"),
        (("2024", "--known", "1999"), "known"),
    ],
    ids=["date", "entity", "type", "condition", "attribute", "known"],
)
def test_bad_questions_are_refused(filled: Run, arguments: tuple[str, ...], said: str) -> None:
    result = filled("state", *arguments)

    assert result.exit_code == 1
    assert said in result.stderr


def test_a_whole_state_bears_the_hash_that_a_citation_pins(filled: Run) -> None:
    answer = document(filled("state", "2023-07-20", "--json", "--entity", "acme"))
    again = document(filled("state", "2023-07-20", "--json", "--entity", "acme", "--known", "3"))

    assert answer["hash"].startswith("sha256:")
    assert answer["hash"] == again["hash"]
    assert answer["hash"] in filled("state", "2023-07-20", "--entity", "acme").stderr


def test_a_page_of_a_state_bears_no_hash(filled: Run) -> None:
    filled(
        "record", "org_founded", "--set", "org=zeta:organization:Zeta", "--when", "2023",
        "--source", "paper",
    )  # fmt: skip

    assert "hash" not in document(filled("state", "2024", "--json", "--limit", "1"))


def test_each_row_of_a_state_can_be_a_line_of_json(filled: Run) -> None:
    whole = document(filled("state", "2023-07-20", "--json", "--entity", "acme"))

    lines = filled("state", "2023-07-20", "--format", "jsonl", "--entity", "acme").stdout

    rows = [json.loads(line) for line in lines.splitlines()]
    about = {"held_on": "2023-07-20", "known_position": 3, "hash": whole["hash"]}
    assert rows == [about | row for row in whole["rows"]]


def test_a_file_of_a_state_holds_the_whole_of_it_and_what_it_answers(filled: Run) -> None:
    asked = ("state", "2024", "--limit", "1")
    whole = document(filled("state", "2024", "--json"))

    lines = filled(*asked, "--format", "csv").stdout.removeprefix("\ufeff")
    table = filled(*asked, "--format", "parquet").stdout_bytes

    rows = list(csv.DictReader(io.StringIO(lines)))
    read = read_parquet(io.BytesIO(table))
    about = {key.decode(): value.decode() for key, value in read.schema.metadata.items()}
    assert {row["hash"] for row in rows} == {whole["hash"]} == {about["hash"]}
    assert len(rows) == read.read_all().num_rows
    assert about["held_on"] == "2024-12-31"
    assert about["log_root"] == rows[0]["log_root"]
    assert about["log_root"].startswith("sha256:")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("state", "not 2023-02-01"), "not 2023-02-01"),
        (("compare", "nonsense 2023-02-01 here", "2023-08-01"), "nonsense 2023-02-01 here"),
        (("why", "acme", "parent", "--on", "bla 2023-02-01 bla"), "bla 2023-02-01 bla"),
        (("timeline", "--from", "xx 2023-01-01 yy"), "xx 2023-01-01 yy"),
    ],
    ids=["state", "compare", "why", "timeline"],
)
def test_words_that_merely_hold_a_day_are_refused(
    filled: Run, command: tuple[str, ...], said: str
) -> None:
    result = filled(*command)

    assert result.exit_code == 1
    assert said in result.stderr


@pytest.fixture
def settled(filled: Run) -> Run:
    """The program on an archive where one of two shares was preferred."""
    deal = {"role": "target", "id": "acme"}
    buyer = {"role": "buyer", "id": "big"}
    rivals = [
        a_deal(name, entities=[buyer, deal], data={"share": share})
        for name, share in (("most", "51"), ("less", "30"))
    ]
    choice = {"claims": "most, less, big-buys-acme", "choice": "most", "reason": "the contract"}
    chosen = {
        "id": "settled",
        "kind": "dispute_settled",
        "occurred": {"edtf": "2024-01-01"},
        "entities": [],
        "data": choice,
    }
    held = filled("ingest", "-", stdin=lines(*rivals, chosen))
    assert held.exit_code == 0, held.stderr
    return filled


@pytest.mark.parametrize(
    ("locale", "preferred", "set_aside"),
    [
        ("C", "51% (preferred)", "30% (set aside)"),
        ("zh_CN.UTF-8", "51%（采信）", "30%（未获采信）"),
    ],
)
def test_a_table_tells_what_a_settlement_preferred_and_what_it_set_aside(
    settled: Run, locale: str, preferred: str, set_aside: str
) -> None:
    asked = ("state", "2024", "--entity", "acme")

    result = settled(*asked, locale=locale)

    owners = next(line for line in result.stdout.splitlines() if "51%" in line)
    assert preferred in owners
    assert set_aside in owners


def test_a_file_says_of_what_was_set_aside_that_it_does_not_hold(settled: Run) -> None:
    asked = ("state", "2024", "--entity", "acme", "--format")

    lines_of_it = settled(*asked, "csv").stdout.removeprefix("\ufeff")
    table = read_parquet(io.BytesIO(settled(*asked, "parquet").stdout_bytes)).read_all()

    rows = [
        one for one in csv.DictReader(io.StringIO(lines_of_it)) if one["attribute"] == "owners"
    ]
    told = {
        one["value"]: (one["standing"], one["is_preferred"], one["is_set_aside"]) for one in rows
    }
    assert told["51"] == ("certain", "True", "False")
    assert told["30"] == ("set_aside", "False", "True")
    assert set(table.column("standing").to_pylist()) >= {"certain", "set_aside"}
    whole = document(settled("state", "2024", "--entity", "acme", "--json"))
    values = [
        one for row in whole["rows"] if row["attribute"] == "owners" for one in row["values"]
    ]
    set_aside = {one["key"]: one["is_set_aside"] for one in values}
    assert (set_aside["51"], set_aside["30"]) == (False, True)


@pytest.fixture
def rumoured(filled: Run) -> Run:
    """An archive in which somebody holds a post for the time being, as is rumoured."""
    person = {"role": "person", "id": "ann", "type": "person", "names": {"zh": "安", "en": "Ann"}}
    event = an_event(
        "ann-steps-in",
        kind="role_started",
        entities=[person, {"role": "org", "id": "acme"}],
        data={"role": "ceo", "interim": True},
        claims=[{"source": "paper", "confidence": "rumour", "reason": "hearsay"}],
    )
    held = filled("ingest", "-", stdin=lines(event))
    assert held.exit_code == 0, held.stderr
    return filled


@pytest.mark.parametrize(
    ("locale", "words"),
    [("C", "Ann (interim, confidence: rumour)"), ("zh_CN.UTF-8", "安（临时，可信度：传闻）")],
)
def test_what_a_value_rests_on_is_told_in_the_table(
    rumoured: Run, locale: str, words: str
) -> None:
    told = rumoured("state", "2024", "--entity", "acme", "--tab", "people", locale=locale)

    assert words in " ".join(told.stdout.split())


def test_files_say_what_a_value_rests_on(rumoured: Run) -> None:
    asked = ("state", "2024", "--entity", "acme", "--tab", "people")

    lines_of_it = rumoured(*asked, "--format", "csv").stdout.removeprefix("\ufeff")
    whole = document(rumoured(*asked, "--json"))

    (told,) = csv.DictReader(io.StringIO(lines_of_it))
    assert (told["confidence"], told["basis"], told["is_interim"]) == ("rumour", "", "True")
    (value,) = whole["rows"][0]["values"]
    assert (value["confidence"], value["is_interim"]) == ("rumour", True)
