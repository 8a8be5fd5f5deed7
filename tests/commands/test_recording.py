"""record: one or many, all or none, twice as once; what is unknown is refused and not kept."""

from collections.abc import Mapping
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine

from archive.commands import correct, record, record_all, retract
from archive.commands.recording import new_id
from archive.errors import BatchError, FieldError, KeyReusedError, RefusedError, WrongPositionError
from archive.log import head, read_log
from archive.projections import lag
from archive.storage import reading, writing
from archive.vocabulary import Raw
from tests.builders import a_source, an_entity, an_event, an_event_with, keep, scratch


def taken(connection: Connection, *raws: Raw) -> list[str]:
    return [one.id for one in record_all(connection, raws, recorded_by="tests")]


def test_what_is_recorded_is_in_the_log_and_in_the_read_models(shared: Engine) -> None:
    with scratch(shared) as connection:
        taken(connection, a_source())

        one = record(connection, raw=an_event(), recorded_by="editor")

        assert (one.id, one.position, one.is_new) == ("an-event", 2, True)
        assert [each.recorded_by for each in read_log(connection, after=1)] == ["editor"]
        assert lag(connection) == 0


def test_the_same_draft_twice_is_recorded_once(shared: Engine) -> None:
    with scratch(shared) as connection:
        taken(connection, a_source())
        first = record(connection, raw=an_event(), recorded_by="tests")

        again = record(connection, raw=an_event(), recorded_by="somebody else")

        assert (again.position, again.is_new) == (first.position, False)
        assert head(connection)[0] == 2


def test_the_same_batch_twice_is_recorded_once(shared: Engine) -> None:
    batch = [a_source(), *(an_event(id=f"e{number}") for number in range(3))]
    with scratch(shared) as connection:
        first = record_all(connection, batch, recorded_by="tests")

        again = record_all(connection, batch, recorded_by="tests")

        assert [one.position for one in again] == [one.position for one in first]
        assert not any(one.is_new for one in again)


def test_a_draft_without_an_id_gets_a_fresh_one(shared: Engine) -> None:
    raw = {name: value for name, value in an_event().items() if name != "id"}
    with scratch(shared) as connection:
        taken(connection, a_source())

        one, other = taken(connection, raw), taken(connection, raw)

    assert UUID(one[0]).version == UUID(other[0]).version == 7
    assert one != other


def test_fresh_ids_sort_by_the_millisecond_in_which_they_were_made() -> None:
    ids = [new_id() for _ in range(2000)]

    assert len(set(ids)) == len(ids)
    assert all(one[:13] <= other[:13] for one, other in pairwise(ids))


def test_an_entity_is_known_to_the_drafts_after_it(shared: Engine) -> None:
    later = an_event(id="later", entities={"org": "acme"})
    with scratch(shared) as connection:
        ids = taken(connection, a_source(), an_event(org="acme"), later)

    assert ids == ["add-a-source", "an-event", "later"]


def test_every_error_of_every_draft_is_told_and_none_is_kept(engine: Engine) -> None:
    bad = [
        an_event(id="one", form="castle"),
        an_event(id="two", source="nobody"),
        an_event(id="Three"),
    ]

    with pytest.raises(BatchError) as refused, writing(engine) as connection:
        taken(connection, a_source(), an_event(id="good"), *bad)

    assert [getattr(error, "field", "") for error in refused.value.errors] == [
        "form",
        "source",
        "id",
    ]
    with reading(engine) as connection:
        assert head(connection) == (0, 0)


def test_an_error_in_the_middle_keeps_neither_log_nor_read_model(engine: Engine) -> None:
    keep(engine, an_event(id="first"))

    with pytest.raises(KeyReusedError), writing(engine) as connection:
        taken(connection, an_event(id="second"), an_event(id="first", form="fund"))

    with reading(engine) as connection:
        assert head(connection)[0] == 2
        assert lag(connection) == 0


def test_an_editor_who_was_overtaken_is_told(engine: Engine) -> None:
    keep(engine, an_event(id="first", org="acme"))
    keep(engine, an_event(id="second", org="acme"))

    with pytest.raises(WrongPositionError) as refused, writing(engine) as connection:
        record(
            connection,
            raw=an_event(id="third", org="acme"),
            recorded_by="tests",
            expected_position=1,
        )

    assert refused.value.between == ("second",)


def of_nobody(kind: str, **fields: object) -> Raw:
    return an_event_with(kind, fields, id="about", when="2024-01-01")


ABOUT_NOBODY = {
    "a correction": (of_nobody("claim_corrected", target="nobody"), "target"),
    "a retraction": (of_nobody("claim_retracted", target="nobody"), "target"),
    "a masking": (of_nobody("text_masked", target="nobody"), "target"),
    "a dispute": (of_nobody("claim_disputed", claims="one, nobody"), "claims"),
    "a settlement": (of_nobody("dispute_settled", claims="one, two", choice="nobody"), "choice"),
    "a choice beside the claims": (
        of_nobody("dispute_settled", claims="one, two", choice="three"),
        "choice",
    ),
}


@pytest.mark.parametrize(("raw", "field"), ABOUT_NOBODY.values(), ids=ABOUT_NOBODY)
def test_what_is_about_an_unknown_event_is_refused(shared: Engine, raw: Raw, field: str) -> None:
    with scratch(shared) as connection:
        taken(connection, a_source(), *(an_event(id=name) for name in ("one", "two", "three")))

        with pytest.raises(FieldError) as refused:
            taken(connection, raw)

    assert refused.value.field == field


def test_an_archive_event_may_speak_of_one_earlier_in_its_batch(shared: Engine) -> None:
    with scratch(shared) as connection:
        ids = taken(
            connection, a_source(), an_event(id="one"), of_nobody("claim_retracted", target="one")
        )

    assert ids[-1] == "about"


MERGES = {
    "into itself": ("acme", "acme", "organization", "from"),
    "into another type": ("acme", "ada", "person", "from"),
    "into what was merged": ("acme", "old", "organization", "into"),
    "of what was merged": ("old", "acme", "organization", "from"),
}


@pytest.mark.parametrize(("part", "into", "into_type", "field"), MERGES.values(), ids=MERGES)
def test_a_merge_that_makes_no_sense_is_refused(
    shared: Engine, part: str, into: str, into_type: str, field: str
) -> None:
    first = {"from": [an_entity("old")], "into": an_entity("home")}
    second = {"from": [an_entity(part)], "into": an_entity(into, into_type)}
    with scratch(shared) as connection:
        taken(connection, an_event_with("entities_merged", first, id="first"))

        with pytest.raises(RefusedError) as refused:
            taken(connection, an_event_with("entities_merged", second, id="second"))

    assert getattr(refused.value, "field", "") == field


TO_ITSELF = {
    "announces to buy itself": ("deal_announced", {"buyer": "acme", "target": "acme"}, "target"),
    "buys itself": ("deal_closed", {"buyer": ["zeta", "acme"], "target": "acme"}, "target"),
    "would have bought itself": ("deal_ended", {"buyer": "acme", "target": "acme"}, "target"),
    "sells itself": ("divested", {"seller": "acme", "what": "acme"}, "what"),
    "sells to itself": ("divested", {"seller": "acme", "buyer": "acme"}, "buyer"),
    "is bought by itself": ("divested", {"what": "acme", "buyer": "acme"}, "buyer"),
    "leads its own round": ("funding_round", {"org": "acme", "lead": "acme"}, "lead"),
    "funds itself": ("funding_round", {"org": "acme", "investors": ["x", "acme"]}, "investors"),
    "founds itself": ("org_founded", {"org": "acme", "founders": ["acme"]}, "founders"),
    "is its own parent": ("org_founded", {"org": "acme", "parent": "acme"}, "parent"),
    "is a unit of itself": ("org_reorganized", {"org": "acme", "units": ["acme"]}, "units"),
    "is moved into itself": ("org_reorganized", {"units": ["acme"], "into": "acme"}, "into"),
}


def of_bodies(kind: str, roles: Mapping[str, str | list[str]]) -> Raw:
    """Return an event whose roles are of organizations, whatever else they may be of."""
    bodies = {
        role: [an_entity(slug) for slug in slugs] if isinstance(slugs, list) else an_entity(slugs)
        for role, slugs in roles.items()
    }
    return an_event_with(kind, bodies)


@pytest.mark.parametrize(("kind", "roles", "field"), TO_ITSELF.values(), ids=TO_ITSELF)
def test_nobody_buys_sells_or_funds_itself(
    shared: Engine, kind: str, roles: Mapping[str, str | list[str]], field: str
) -> None:
    with scratch(shared) as connection:
        taken(connection, a_source())

        with pytest.raises(FieldError) as refused:
            taken(connection, of_bodies(kind, roles))

        assert refused.value.field == field
        assert refused.value.parts["value"] == "acme"
        assert "another entity than the one under" in refused.value.words("en")
        assert "不同的一方" in refused.value.words("zh")


def test_who_bought_shares_of_itself_back_holds_them(shared: Engine) -> None:
    with scratch(shared) as connection:
        treasury = of_bodies("stake_changed", {"org": "acme", "holder": "acme"})

        taken(connection, a_source(), treasury)

        assert head(connection)[0] == 2


def test_nor_one_with_whom_it_was_merged_until_they_are_split(shared: Engine) -> None:
    merge = an_event_with("entities_merged", {"from": ["old"], "into": "home"}, id="merge")
    onward = an_event_with("entities_merged", {"from": ["home"], "into": "last"}, id="onward")
    deal = {"buyer": "old", "target": "last"}
    parts = {"entity": an_entity("last"), "out": [an_entity("home")]}
    split = an_event_with("entity_split", parts, id="split")
    with scratch(shared) as connection:
        taken(connection, a_source(), merge, onward)

        with pytest.raises(FieldError) as refused:
            taken(connection, of_bodies("deal_closed", deal))
        assert "merged with “old”: they are one" in refused.value.words("en")
        assert "与“old”已合并为同一实体" in refused.value.words("zh")

        taken(connection, split)
        assert taken(connection, of_bodies("deal_closed", deal)) == ["an-event"]


def test_no_correction_makes_somebody_buy_itself(shared: Engine) -> None:
    merge = an_event_with("entities_merged", {"from": ["a"], "into": "b"}, id="merge")
    with scratch(shared) as connection:
        deal = of_bodies("deal_closed", {"buyer": "a", "target": "c"})
        taken(connection, a_source(), deal)
        for number, target in enumerate(("a", "b")):
            raw = of_bodies("deal_closed", {"buyer": "a", "target": target})
            taken(connection, *[merge] * number)

            with pytest.raises(FieldError) as refused:
                correct(
                    connection,
                    target="an-event",
                    raw={"entities": raw["entities"]},
                    reason_kind="source_error",
                    reason="x",
                    recorded_by="tests",
                )
            assert refused.value.field == "target"


def test_the_day_of_a_deal_can_be_corrected_though_its_parties_were_merged_since(
    shared: Engine,
) -> None:
    merge = an_event_with("entities_merged", {"from": ["a"], "into": "b"}, id="merge")
    with scratch(shared) as connection:
        deal = of_bodies("deal_closed", {"buyer": "a", "target": "b"})
        taken(connection, a_source(), deal, merge)

        corrected = correct(
            connection,
            target="an-event",
            raw={"occurred": {"edtf": "2022"}},
            reason_kind="source_error",
            reason="x",
            recorded_by="tests",
        )

    assert corrected.is_new


def test_the_same_merge_twice_is_recorded_once(shared: Engine) -> None:
    merge = an_event_with("entities_merged", {"from": ["old"], "into": "home"})
    with scratch(shared) as connection:
        first = record(connection, raw=merge, recorded_by="tests")

        again = record(connection, raw=merge, recorded_by="tests")

    assert (again.position, again.is_new) == (first.position, False)


def test_the_read_models_are_whole_after_each_command(shared: Engine) -> None:
    with scratch(shared) as connection:
        taken(connection, a_source(), an_event())
        correct(
            connection,
            target="an-event",
            raw={"importance": "major"},
            reason_kind="typing_error",
            reason="wrong",
            recorded_by="tests",
        )
        assert lag(connection) == 0

        retract(connection, target="an-event", reason="wrong", recorded_by="tests")

        assert lag(connection) == 0
