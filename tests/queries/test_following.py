"""Every event that changed a cell, told the newest first."""

import pytest
from sqlalchemy import Connection

from archive.commands import correct, retract
from archive.errors import NotFoundError, UnknownNameError
from archive.queries import CellHistory, MergedError, cell_history
from tests.builders import an_entity, an_event, an_event_with, recorded

ACME, ADA = an_entity("acme", zh="爱克美", en="Acme"), an_entity("ada", "person", en="Ada")


def of(connection: Connection, entity: str = "acme", limit: int = 9, **more: str) -> CellHistory:
    said = {"attribute": "status"} | more
    return cell_history(connection, entity=entity, limit=limit, **said)


def told(history: CellHistory) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.row.kind, tuple(said.en for said in one.said)) for one in history.changes]


def test_what_was_said_corrected_and_retracted_is_told(connection: Connection) -> None:
    recorded(connection, [an_event(id="a", org=ACME), an_event("org_ended", id="b", org=ACME)])
    why = {"zh": "更正", "en": "mended"}
    correct(
        connection,
        target="a",
        raw={"occurred": {"edtf": "2020"}},
        reason_kind="source_error",
        reason=why,
        recorded_by="tests",
    )
    retract(connection, target="b", reason=why, recorded_by="tests")

    found = of(connection)

    assert told(found) == [
        ("claim_retracted", ()),
        ("claim_corrected", ("active",)),
        ("org_ended", ("dissolved",)),
        ("org_founded", ("active",)),
    ]
    assert [one.row.target for one in found.changes] == ["b", "a", "", ""]
    assert [one.row.kind for one in of(connection, limit=1).changes] == ["claim_retracted"]


def test_a_dispute_about_a_claim_is_told(connection: Connection) -> None:
    recorded(connection, [an_event(id="a", org=ACME)])
    said = {"claims": "a", "stream": "acme", "reason": "x"}
    recorded(connection, [an_event("claim_disputed", id="d", when="2026-11-22", **said)])

    assert [kind for kind, _said in told(of(connection))] == ["claim_disputed", "org_founded"]


def test_a_merge_is_told_and_the_part_sends_to_its_home(connection: Connection) -> None:
    recorded(connection, [an_event(id="a", org=ACME), an_event(id="b", org="other")])
    merge = {"from": "other", "into": "acme", "reason": "x"}
    recorded(connection, [an_event("entities_merged", id="m", when="2026-11-22", **merge)])

    assert [kind for kind, _said in told(of(connection))] == [
        "entities_merged",
        "org_founded",
        "org_founded",
    ]
    with pytest.raises(MergedError):
        of(connection, "other")


def test_one_member_is_followed_alone(connection: Connection) -> None:
    posts = [
        an_event("role_started", id=role, person=ADA, org=ACME, role=role)
        for role in ("ceo", "chair")
    ]
    recorded(connection, posts)

    everyone = of(connection, "ada", attribute="affiliation")
    one = of(connection, "ada", attribute="affiliation", member="acme")
    none = of(connection, "ada", attribute="affiliation", member="elsewhere")

    assert len(everyone.changes) == len(one.changes) == 2
    assert one.member_words.zh == "爱克美"
    assert none.changes == ()


def test_what_does_not_exist_cannot_be_followed(connection: Connection) -> None:
    recorded(connection, [an_event(id="a", org=ACME)])

    with pytest.raises(NotFoundError):
        of(connection, "nobody")
    with pytest.raises(UnknownNameError):
        of(connection, attribute="nonsense")


def test_a_split_is_told_with_what_was_said_of_the_part_while_it_was_one(
    connection: Connection,
) -> None:
    merge = {"from": "other", "into": "acme", "reason": "x"}
    split = an_event("entity_split", id="s", when="2026", entity="acme", out=["other"])
    later = an_event("org_ended", id="gone", when="2022", org="other")
    recorded(connection, [an_event(id="a", org=ACME), an_event(id="b", org="other")])
    recorded(connection, [an_event("entities_merged", id="m", when="2026", **merge), later, split])

    of_whole, of_part = of(connection), of(connection, "other")

    assert [kind for kind, _said in told(of_whole)] == [
        "entity_split",
        "org_ended",
        "entities_merged",
        "org_founded",
    ]
    assert [kind for kind, _said in told(of_part)][:2] == ["entity_split", "org_ended"]


def test_a_new_name_and_a_merge_of_whom_a_value_names_are_told(connection: Connection) -> None:
    role = {"person": ADA, "org": ACME, "role": "chief_scientist"}
    renamed = an_event("names_changed", id="n", when="2024", entity=ADA, en="Ada L", zh="阿达")
    merge = {"from": ADA, "into": an_entity("ada-l", "person"), "reason": "x"}
    recorded(connection, [an_event_with("role_started", role, id="r"), renamed])
    recorded(connection, [an_event_with("entities_merged", merge, id="m", when="2026")])

    found = told(of(connection, attribute="officers"))

    assert [kind for kind, _said in found] == ["entities_merged", "names_changed", "role_started"]


def test_a_masked_text_of_the_entity_is_told(connection: Connection) -> None:
    recorded(connection, [an_event(id="a", org=ACME), an_event("org_ended", id="b", org=ACME)])
    said = {"target": "b", "stream": "acme", "reason": "privacy"}
    recorded(connection, [an_event("text_masked", id="mask", when="2026", **said)])

    assert [kind for kind, _said in told(of(connection))] == ["text_masked", "org_founded"]
