import pytest

from tests.cli.conftest import Run, document
from tests.ingest.samples import Row, a_deal, lines


def test_the_events_behind_a_value_are_told_with_source(filled: Run) -> None:
    answer = document(filled("why", "acme", "parent", "--on", "2024", "--json"))

    (step,) = answer["steps"]
    assert step["event"]["id"] == "big-buys-acme"
    assert step["event"]["claims"][0]["source"]["id"] == "paper"
    assert answer["previous_change"] == "2023-06-29"


def test_before_it_changed_the_next_change_is_told(filled: Run) -> None:
    result = filled("why", "acme", "parent", "--on", "2023-01-01")

    assert "Next changes: 2023-06-29" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("acne", "parent"), "acne"),
        (("acme", "parents"), "parent"),
        (("acme", "parent", "--on", "x"), "x"),
    ],
    ids=["entity", "attribute", "day"],
)
def test_bad_questions_are_refused(filled: Run, arguments: tuple[str, ...], said: str) -> None:
    result = filled("why", *arguments)

    assert result.exit_code == 1
    assert said in result.stderr


def quarrelled(filled: Run) -> Run:
    """An archive in which two prices of one purchase were disputed, and the dispute settled."""
    other = a_deal("acme-bought-for-less", data={"deal_type": "acquisition", "amount": "1亿元"})
    about = {"claims": "big-buys-acme, acme-bought-for-less", "reason": "prices differ"}
    told = [
        other,
        an_argument("disputed", "claim_disputed", about),
        an_argument("settled", "dispute_settled", about | {"choice": "big-buys-acme"}),
    ]
    held = filled("ingest", "-", stdin=lines(*told))
    assert held.exit_code == 0, held.stderr
    return filled


def an_argument(name: str, kind: str, data: dict[str, str]) -> Row:
    return {"id": name, "kind": kind, "occurred": {"edtf": "2026-01-03"}, "data": data}


def test_a_dispute_and_its_settlement_are_told_with_their_reasons(filled: Run) -> None:
    asked = ("why", "acme", "parent", "--on", "2024")

    told = quarrelled(filled)(*asked)
    document_told = document(filled(*asked, "--json"))

    assert "prices differ" in told.stdout
    assert "dispute settled" in told.stdout
    assert [one["id"] for one in document_told["arguments"]] == ["disputed", "settled"]
    rivals = document_told["arguments"][1]["rivals"]
    assert {one["id"]: one["is_preferred"] for one in rivals} == {
        "big-buys-acme": True,
        "acme-bought-for-less": False,
    }
