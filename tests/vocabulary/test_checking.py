"""From raw to checked: everything wrong is said at once, nothing wrong slips through."""

from collections.abc import Callable

import pytest

from archive.errors import (
    BatchError,
    FieldError,
    RefusedError,
    UnknownNameError,
    UnreadableDateError,
)
from archive.vocabulary import (
    KINDS,
    Claim,
    KnownEntity,
    Mention,
    Raw,
    check,
    nested_event,
)
from tests.builders import an_entity, an_event, an_event_with, checked, every_field

every_kind = pytest.mark.parametrize("name", KINDS)


def errors_of(raw: Raw) -> list[RefusedError]:
    with pytest.raises(RefusedError) as refused:
        checked(raw)
    error = refused.value
    return list(error.errors) if isinstance(error, BatchError) else [error]


def fields_of(raw: Raw) -> list[str]:
    return [str(getattr(error, "field", "")) for error in errors_of(raw)]


@every_kind
def test_a_kind_takes_an_event_that_fills_every_field(name: str) -> None:
    raw = an_event_with(name, every_field(name))

    event = checked(raw)

    roles = {mention.role for mention in event.entities}
    assert roles | set(event.data) == {field.name for field in KINDS[name].fields}


@every_kind
def test_a_kind_misses_each_of_its_required_fields_by_name(name: str) -> None:
    required = [field.name for field in KINDS[name].fields if field.required]
    raw = an_event(name) | {"entities": [], "data": {}}

    told = fields_of(raw)

    assert [field for field in told if field in required] == [
        *[field.name for field in KINDS[name].fields if field.required and field.is_role],
        *[field.name for field in KINDS[name].fields if field.required and not field.is_role],
    ]


def test_every_error_of_an_event_is_told_at_once() -> None:
    raw = an_event("role_started", id="Bad Id", when="someday", role="king", person=None)
    raw["claims"] = [{"source": "x", "confidence": "low"}, {"source": "A B"}]
    raw["importance"] = "huge"
    raw["colour"] = "red"
    raw["tags"] = "a tag"

    errors = errors_of(raw)

    told = {str(getattr(error, "field", "")) for error in errors}
    assert told == {
        *("id", "when", "role", "person", "reason", "source", "importance", "colour"),
        "tags",
    }
    for error in errors:
        assert error.words("zh") != error.words("en")
        assert error.words("en").count("{") == 0


def changed(**changes: object) -> Raw:
    return an_event("org_founded") | changes


WRONG: dict[str, tuple[Raw, str]] = {
    "id": (changed(id="Two Words"), "id"),
    "an id that climbs": (changed(id="../etc"), "id"),
    "no date": (changed(occurred={}), "occurred.edtf"),
    "date": (changed(occurred={"edtf": "2023-13"}), "when"),
    "no mapping for a date": (changed(occurred="2023"), "occurred"),
    "another end": (changed(occurred={"edtf": "2023", "latest": "2023-06-30"}), "occurred.latest"),
    "a part of a date": (changed(occurred={"edtf": "2023", "zone": "UTC"}), "occurred"),
    "date kind": (changed(occurred={"edtf": "2023", "date_kind": "dreamt"}), "date_kind"),
    "place": (changed(occurred={"edtf": "2023", "place": "Atlantis"}), "place"),
    "no source": (changed(claims=[]), "source"),
    "claims": (changed(claims="x"), "claims"),
    "a part of a claim": (changed(claims=[{"source": "x", "url": "y"}]), "claims"),
    "confidence": (changed(claims=[{"source": "x", "confidence": "sure"}]), "confidence"),
    "no reason": (changed(claims=[{"source": "x", "confidence": "rumour"}]), "reason"),
    "grade": (changed(claims=[{"source": "x", "grade": "best"}]), "grade"),
    "importance": (changed(importance="huge"), "importance"),
    "title": (changed(title={"fr": "x"}), "title"),
    "summary": (changed(summary="x" * 5000), "summary"),
    "entities": (changed(entities="x"), "entities"),
    "a role": (changed(entities={"king": an_entity("x")}), "entities"),
    "data": (changed(data=["x"]), "data"),
    "a field": (changed(data={"foundation": "x"}), "foundation"),
    "stream": (changed(stream="Two Words"), "stream"),
    "version": (changed(kind_version=2), "kind_version"),
    "tags": (changed(tags="one"), "tags"),
    "a tag": (changed(tags=["x" * 5000]), "tags"),
    "unnamed": (changed(entities={"org": {"id": "x", "type": "organization"}}), "org"),
    "unknown": (changed(entities={"org": "x"}), "org"),
    "of another type": (changed(entities={"org": an_entity("x", "person")}), "org"),
    "of no type": (changed(entities={"org": an_entity("x", "planet")}), "org"),
    "two of one": (changed(entities={"org": [an_entity("x"), an_entity("y")]}), "org"),
    "a name of a megabyte": (changed(entities={"org": an_entity("x", en="n" * 10**6)}), "org"),
    "a name with a NUL": (changed(entities={"org": an_entity("x", en="a\x00")}), "org"),
    "the same twice": (
        an_event("partnership_made", parties=["x", "x"]),
        "parties",
    ),
}


@pytest.mark.parametrize(("raw", "field"), WRONG.values(), ids=WRONG)
def test_one_thing_wrong_is_one_error_that_names_field_value_and_what_is_accepted(
    raw: Raw, field: str
) -> None:
    errors = [error for error in errors_of(raw) if not _is_echo(error, raw)]

    assert [getattr(error, "field", "") for error in errors] == [field]
    assert isinstance(errors[0], FieldError | UnknownNameError)
    assert "accepted" in errors[0].parts or "nearest" in errors[0].parts


def _is_echo(error: RefusedError, raw: Raw) -> bool:
    """Tell a role that is missed because what should have filled it could not be read."""
    is_missed = getattr(error, "field", "") == "org" and error.parts.get("value") == ""
    return is_missed and ("king" in str(raw["entities"]) or raw["entities"] == "x")


def test_an_unknown_role_or_field_is_refused_with_the_nearest() -> None:
    of_role = errors_of(changed(entities={"orgs": an_entity("x")}))
    of_field = errors_of(an_event("org_founded") | {"data": {"forms": "company"}})

    assert "org" in next(e for e in of_role if isinstance(e, UnknownNameError)).nearest
    assert "form" in next(e for e in of_field if isinstance(e, UnknownNameError)).nearest


def test_words_that_are_no_date_come_with_examples() -> None:
    error = errors_of(changed(occurred={"edtf": "soon"}))[0]

    assert isinstance(error, UnreadableDateError)
    assert "2023年3月下旬" in error.words("zh")


def test_the_bounds_of_a_date_are_computed_once_for_ever() -> None:
    vague = checked(an_event(when="2023-06")).occurred
    open_start = checked(an_event(when="[..2023-06]")).occurred

    assert (vague.earliest, vague.latest) == ("2023-06-01", "2023-06-30")
    assert (open_start.earliest, open_start.latest) == (None, "2023-06-30")


def test_what_the_log_puts_on_is_left_aside() -> None:
    raw = an_event()
    on = {"position": 5, "stream_position": 1, "recorded_at": "x", "recorded_by": "y", "hash": "z"}

    assert checked({**raw, **on}) == checked(raw)


def test_a_known_entity_needs_its_id_alone() -> None:
    known = KnownEntity("organization", {"zh": "美团", "en": "Meituan"})

    event = check(changed(entities={"org": "meituan"}), lookup=lambda _slug: known)

    assert event.entities == (Mention("meituan", "organization", "org", known.names),)
    assert event.stream == "meituan"
    assert event.title["zh"] == "美团成立"


def test_a_known_entity_keeps_its_type() -> None:
    known = KnownEntity("person", {"zh": "王兴", "en": "Wang Xing"})

    with pytest.raises(FieldError) as refused:
        check(changed(entities={"org": an_entity("wang-xing")}), lookup=lambda _slug: known)

    assert refused.value.field == "org"


def test_one_name_stands_for_both_languages() -> None:
    event = checked(changed(entities={"org": an_entity("minimax", en="MiniMax")}))

    assert event.entities[0].names == {"zh": "MiniMax", "en": "MiniMax"}


def test_unknown_and_none_are_different_values() -> None:
    unknown = checked(an_event("deal_closed", share="unknown"))
    none = checked(an_event("deal_closed", share=None))

    assert unknown.data["share"] == "unknown"
    assert "share" not in none.data


def test_a_required_field_cannot_be_unknown() -> None:
    assert fields_of(an_event("valuation_reported", amount="unknown")) == ["amount"]


def test_a_figure_needs_a_value_or_a_statement() -> None:
    assert fields_of(an_event("figure_reported")) == ["value"]
    assert checked(an_event("figure_reported", value="79 models")).data["value"]


def test_a_claim_keeps_what_it_says() -> None:
    claim = {
        "source": "x",
        "locator": "¶1",
        "confidence": "low",
        "reason": "hearsay",
        "grade": "secondary",
        "quote": "王慧文创立",
        "quote_language": "zh",
    }

    event = checked(changed(claims=[claim]))

    assert event.claims == (Claim(**claim),)


def test_the_event_inside_a_correction_is_checked_as_strictly() -> None:
    inner = an_event("org_founded", id="inner", form="castle", when="someday")

    told = fields_of(an_event("claim_corrected", event=inner))

    assert set(told) >= {"form"}
    assert len(told) == 2


def test_the_event_inside_a_correction_comes_back_whole() -> None:
    inner = an_event("org_founded", id="inner", form="company")

    outer = checked(an_event("claim_corrected", event=inner))

    assert nested_event(outer) == checked(inner)


def test_an_event_that_asserts_more_than_a_read_model_can_number_is_refused() -> None:
    many = [f"member-{number}" for number in range(40)]

    told = errors_of(an_event("partnership_made", parties=many))

    assert [error.words("en") for error in told if "1024" in error.words("en")]


@pytest.mark.parametrize("raw", [{}, {"kind": None}, {"kind": ["x"]}, {"kind": "org_founded"}])
def test_whatever_comes_is_refused_with_words(raw: Raw) -> None:
    assert all(error.words("zh") for error in errors_of(raw))


ODD: list[Callable[[], object]] = [dict, list, lambda: 5, lambda: "x", lambda: [5], lambda: [{}]]


@pytest.mark.parametrize("part", ["entities", "data", "claims", "title", "summary", "occurred"])
@pytest.mark.parametrize("odd", ODD, ids=["{}", "[]", "5", "x", "[5]", "[{}]"])
def test_no_shape_of_a_part_is_more_than_a_refusal(part: str, odd: Callable[[], object]) -> None:
    refused: list[RefusedError] = []
    try:
        checked(changed(**{part: odd()}))
    except RefusedError as error:
        refused.append(error)

    assert all(error.words("zh") for error in refused)


def test_what_is_left_empty_is_not_quoted() -> None:
    (missing,) = errors_of(an_event(org=None))

    assert missing.words("en").startswith("org: nothing is given; required")
    assert missing.words("zh").startswith("org：没有填；必填")
