"""Names found in a text: the longest, in any script, as words of their own."""

import pytest
from sqlalchemy import Connection

from archive.commands import record_all
from archive.proposing import names_in
from archive.proposing.naming import names_of
from tests.proposing.gold import name_all, named

CLOUD = named("canglan-cloud", "organization", "沧澜云", "Canglan Cloud")
COMPANY = named("canglan", "organization", "沧澜", "Canglan")
CRANE = named("crane-4", "model", "Crane-4", "Crane-4")
SWIFT = named("swift", "organization", "雨燕公司", "Swift")


def ids(connection: Connection, text: str) -> list[str]:
    return [one.id for one in names_in(connection, text)]


def test_the_longest_name_wins(connection: Connection) -> None:
    name_all(connection, [COMPANY, CLOUD])

    found = names_in(connection, "沧澜云属于沧澜。")

    assert [(one.id, one.words) for one in found] == [
        ("canglan-cloud", "沧澜云"),
        ("canglan", "沧澜"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("we tried crane-4 today", ["crane-4"], id="small letters"),
        pytest.param("用CRANE-4写的", ["crane-4"], id="between Chinese"),
        pytest.param("Crane 4 is out", ["crane-4"], id="a blank for a dash"),
        pytest.param("Crane-4o is another", [], id="part of another name"),
        pytest.param("Crane-40 is another", [], id="part of a number"),
        pytest.param("MyCrane-4", [], id="end of another word"),
        pytest.param("a swift answer", [], id="a mere word"),
        pytest.param("Swift answered", ["swift"], id="a name with its capital"),
        pytest.param("雨燕公司与滄瀾", ["swift", "canglan"], id="traditional signs"),
    ],
)
def test_a_name_is_a_word_of_its_own(
    connection: Connection, text: str, expected: list[str]
) -> None:
    name_all(connection, [CRANE, SWIFT, COMPANY])

    assert ids(connection, text) == expected


def test_a_title_that_is_a_mere_word_needs_its_brackets(connection: Connection) -> None:
    name_all(connection, [named("science", "organization", "《科学》", "The Journal of Science")])

    assert ids(connection, "首席科学家在《科学》上发文") == ["science"]


def test_namesakes_are_told_as_rivals(connection: Connection) -> None:
    twin = named("canglan-fund", "organization", "沧澜基金", "Canglan Fund", "沧澜")
    name_all(connection, [COMPANY, twin])

    (found,) = names_in(connection, "沧澜今日发布")

    assert (found.id, found.rivals) == ("canglan", ("canglan-fund",))


def test_the_rest_of_a_name_counts_near_its_owner_alone(connection: Connection) -> None:
    model = named("canglan-model", "model", "沧澜行业大模型", "Canglan industry model")
    name_all(connection, [COMPANY, model])

    assert ids(connection, "沧澜公布了行业大模型的进展") == ["canglan", "canglan-model"]
    assert ids(connection, "别家公布了行业大模型的进展") == []


def test_a_merged_entity_is_found_at_its_home(connection: Connection) -> None:
    name_all(connection, [COMPANY, CLOUD])
    merge = {
        "id": "merge",
        "kind": "entities_merged",
        "occurred": {"edtf": "2024"},
        "entities": {"into": "canglan", "from": ["canglan-cloud"]},
        "data": {"reason": "one and the same"},
    }

    record_all(connection, [merge], recorded_by="tests")

    assert ids(connection, "沧澜云") == ["canglan"]


def test_names_are_indexed_once_for_each_position(connection: Connection) -> None:
    name_all(connection, [COMPANY])
    first = names_of(connection)
    again = names_of(connection)

    name_all(connection, [CLOUD])

    assert first is again
    assert names_of(connection) is not first
    assert ids(connection, "沧澜云") == ["canglan-cloud"]
