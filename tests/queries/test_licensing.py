"""The terms of each model on a day, and what each definition makes of them."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from archive.commands import retract
from archive.log import head
from archive.queries import AsOf, LicenceRow, Licences, Terms, Verdict, licences
from archive.vocabulary import Raw
from tests.builders import an_entity, an_event, an_event_with, recorded, scratch

MODEL = an_entity("model-m", "model")
DAY = date(2023, 3, 15)
SPANS = {
    "2023-03-10": (10, 10),
    "2023-03-12": (12, 12),
    "2023-03-15": (15, 15),
    "2023-03-16": (16, 16),
    "[2023-03-08..2023-03-12]": (8, 12),
    "[2023-03-11..2023-03-20]": (11, 20),
    "[2023-03-14..2023-03-17]": (14, 17),
    "2023-03": (1, 31),
}


def on(connection: Connection, day: date = DAY, *, known: int | None = None) -> Licences:
    return licences(connection, as_of=AsOf(day, known or head(connection)[0]))


def terms_set(when: str, name: str = "m", **changes: object) -> Raw:
    fields = {"model": an_entity(f"model-{name}", "model"), "commercial_use": "free"}
    return an_event_with("licence_set", fields | changes, id=f"set-{name}-{when}", when=when)


def weights(when: str, form: str = "full", name: str = "m") -> Raw:
    fields = {"model": an_entity(f"model-{name}", "model"), "form": form}
    return an_event_with("weights_released", fields, id=f"opened-{name}-{when}", when=when)


def only(answer: Licences) -> LicenceRow:
    assert len(answer.rows) == 1
    return answer.rows[0]


def counts(answer: Licences) -> dict[str, tuple[int, int, int]]:
    return {one.definition.name: (one.certain, one.possible, one.adds) for one in answer.counts}


def test_the_terms_hold_from_their_day_on(connection: Connection) -> None:
    recorded(connection, [weights("2023-03-01"), terms_set("2023-03-10", licence="MIT")])

    before, after = on(connection, date(2023, 3, 9)), on(connection)

    assert only(before).terms == (Terms("full"),)
    assert only(after).terms == (Terms("full", "MIT", "free"),)
    assert counts(before)["free"] == (0, 0, 0)
    assert counts(after)["osi"] == (1, 0, 1)


def test_each_definition_counts_what_it_adds(connection: Connection) -> None:
    said = [
        terms_set("2023-03-02", "a", licence="MIT"),
        terms_set("2023-03-02", "b", licence="LicenseRef-b", conditions=["none"]),
        terms_set(
            "2023-03-02",
            "c",
            commercial_use="free_after_registration",
            conditions=["registration"],
        ),
        terms_set(
            "2023-03-02", "d", commercial_use="free_below_threshold", conditions=["threshold"]
        ),
        terms_set("2023-03-02", "e", commercial_use="forbidden"),
    ]
    recorded(connection, [*(weights("2023-03-01", name=name) for name in "abcde"), *said])

    found = counts(on(connection))

    assert found == {
        "osi": (1, 0, 1),
        "free": (2, 0, 1),
        "registration": (3, 0, 1),
        "threshold": (4, 0, 1),
        "weights": (5, 0, 1),
    }


def test_conditions_that_nobody_told_are_not_none(connection: Connection) -> None:
    said = [terms_set("2023-03-02", "m"), terms_set("2023-03-03", "n", conditions=["none"])]
    opened = [weights("2023-03-01", name=name) for name in "mn"]
    recorded(connection, [*opened, *said])

    answer = on(connection)

    untold, none = answer.rows
    assert [one.key for one in untold.cells["conditions"].values] == ["unknown"]
    assert untold.judgements["free"].verdict is Verdict.POSSIBLE
    assert [one.key for one in none.cells["conditions"].values] == ["none"]
    assert none.judgements["free"].verdict is Verdict.IN
    assert counts(answer)["free"] == (1, 1, 2)


def test_terms_that_tell_of_no_conditions_do_not_keep_those_before(connection: Connection) -> None:
    bound = terms_set("2023-03-02", conditions=["registration"])
    recorded(connection, [weights("2023-03-01"), bound, terms_set("2023-03-05", licence="MIT")])

    assert only(on(connection)).terms == (Terms("full", "MIT", "free"),)
    assert counts(on(connection))["osi"] == (1, 0, 1)


def test_a_vague_date_makes_terms_possible_and_says_so(connection: Connection) -> None:
    recorded(connection, [weights("2023-03-01"), terms_set("2023-03", licence="MIT")])

    judged = only(on(connection)).judgements["osi"]

    assert judged.verdict is Verdict.POSSIBLE
    assert "1 March 2023" in judged.reason.en
    assert "2023年3月1日" in judged.reason.zh


def test_weights_that_are_recorded_and_only_possible_are_not_called_unrecorded(
    connection: Connection,
) -> None:
    recorded(connection, [{**weights("[2023-03-11..2023-03-20]"), "id": "opened"}])

    judged = only(on(connection)).judgements["registration"]

    assert judged.verdict is Verdict.UNTOLD
    assert judged.reason.en == "commercial use not recorded; conditions not recorded"
    assert judged.reason.zh == "商用没有记录；条件没有记录"


def test_whichever_of_two_terms_keeps_a_model_out_both_are_told(connection: Connection) -> None:
    uses = ("paid", "[2023-03-08..2023-03-12]"), ("forbidden", "[2023-03-11..2023-03-20]")
    told = [{**terms_set(when, commercial_use=use), "id": f"set-{use}"} for use, when in uses]
    recorded(connection, [weights("2023-03-01"), *told])

    judged = only(on(connection)).judgements["free"]

    assert judged.verdict is Verdict.OUT
    assert "commercial use: paid" in judged.reason.en
    assert "commercial use: forbidden" in judged.reason.en
    assert "20 March 2023" in judged.reason.en


def test_terms_that_one_event_set_are_never_mixed_with_those_of_another(
    connection: Connection,
) -> None:
    own: dict[str, object] = {"licence": "LicenseRef-own", "conditions": ["none"]}
    bound: dict[str, object] = {"licence": "MIT", "conditions": ["registration"]}
    said = [terms_set("2023-03-02", "m", **bound), terms_set("2023-03", "m", **own)]
    recorded(connection, [weights("2023-03-01"), *said])

    judged = only(on(connection)).judgements

    assert judged["osi"].verdict is Verdict.OUT
    assert judged["registration"].verdict is Verdict.IN


def test_weights_that_are_only_behind_an_interface_are_none(connection: Connection) -> None:
    released = an_event("model_released", when="2023-03-01", model=MODEL, channel="api")
    recorded(connection, [released, terms_set("2023-03-10")])

    row = only(on(connection))

    assert row.terms[0].weights == "none"
    assert row.judgements["weights"].reason.en == "weights: none"


def test_what_was_retracted_counted_until_then(connection: Connection) -> None:
    recorded(connection, [weights("2023-03-01"), terms_set("2023-03-10", licence="MIT")])
    then = head(connection)[0]
    retract(connection, target="set-m-2023-03-10", reason="never said", recorded_by="tests")

    assert counts(on(connection))["osi"] == (0, 0, 0)
    assert counts(on(connection, known=then))["osi"] == (1, 0, 1)


def test_a_model_without_a_word_on_its_terms_is_not_told(connection: Connection) -> None:
    recorded(connection, [an_event("model_announced", when="2023-03-01", model=MODEL)])

    answer = on(connection)

    assert {one.untold for one in answer.counts} == {1}
    assert only(answer).latest.attribute == "status"


raws = st.one_of(
    st.builds(weights, st.sampled_from(sorted(SPANS)), st.sampled_from(["full", "leaked"])),
    st.builds(
        lambda when, use, licence: terms_set(when, commercial_use=use, licence=licence),
        st.sampled_from(sorted(SPANS)),
        st.sampled_from(["free", "paid"]),
        st.sampled_from(["MIT", "LicenseRef-own", None]),
    ),
)


def every_reading(raws: Sequence[Raw]) -> set[Terms]:
    """Return the terms under every true date of every event, and every order within a day."""
    spans = [SPANS[raw["occurred"]["edtf"]] for raw in raws]  # type: ignore[index]  # as made
    found = set()
    for days in product(*(range(first, last + 1) for first, last in spans)):
        for order in permutations(range(len(raws))):
            begun = sorted((one for one in order if days[one] <= DAY.day), key=lambda n: days[n])
            found.add(_after([raws[one] for one in begun]))
    return found


def _after(raws: Sequence[Raw]) -> Terms:
    held: dict[str, str] = {}
    for raw in raws:
        data: dict[str, str] = raw["data"]  # type: ignore[assignment]  # as made
        if raw["kind"] == "weights_released":
            held["weights"] = data["form"]
            continue
        held |= {"commercial_use": data["commercial_use"], "conditions": "unknown"}
        held |= {"licence": data["licence"]} if "licence" in data else {}
    return Terms(**held)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(raws, min_size=1, max_size=3))
def test_the_terms_are_those_of_some_true_dates_and_of_all(
    shared: Engine, history: list[Raw]
) -> None:
    said = [{**raw, "id": f"event-{number}"} for number, raw in enumerate(history)]
    with scratch(shared) as connection:
        recorded(connection, said)
        answer = on(connection)
        found = set(only(answer).terms) if answer.rows else {Terms()}

    assert {one for one in found if one != Terms()} == every_reading(said) - {Terms()}
