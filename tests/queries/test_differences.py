"""compare: what the world changed, apart from what the archive learned."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.commands import correct
from archive.log import head
from archive.queries import AsOf, Change, Comparison, compare
from tests.builders import A_SOURCE, an_entity, an_event, an_event_with, recorded


def between(
    connection: Connection, first: str, last: str, *, known: tuple[int, int] | None = None
) -> Comparison:
    now = head(connection)[0]
    one, other = known or (now, now)
    left, right = AsOf(date.fromisoformat(first), one), AsOf(date.fromisoformat(last), other)
    return compare(connection, left=left, right=right)


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str | None, str | None, str]]:
    return [
        (
            one.entity.id,
            one.attribute,
            one.before.en if one.before else None,
            one.after.en if one.after else None,
            one.event_id,
        )
        for one in changes
    ]


@pytest.fixture
def life(connection: Connection) -> Connection:
    """A model's licences and a stake that came and went."""
    recorded(
        connection,
        [
            an_event("licence_set", id="mit", when="2022-01-01", model="m", licence="MIT"),
            an_event(
                "licence_set", id="apache", when="2023-06-01", model="m", licence="Apache-2.0"
            ),
            an_event(
                "stake_changed",
                id="in",
                when="2022-01-01",
                org="acme",
                holder="h",
                direction="increase",
            ),
            an_event(
                "stake_changed",
                id="out",
                when="2023-06-01",
                org="acme",
                holder="h",
                direction="exit",
            ),
            an_event("org_founded", id="new", when="2023-06-01", org="newco"),
        ],
    )
    return connection


def test_what_began_ended_and_changed_is_told_with_the_event_that_did_it(
    life: Connection,
) -> None:
    found = between(life, "2023-01-01", "2023-12-31")

    assert told(found.added) == [("newco", "status", None, "active", "new")]
    assert told(found.ended) == [("acme", "owners", "undisclosed", None, "out")]
    assert told(found.changed) == [("m", "licence", "MIT", "Apache-2.0", "apache")]
    assert found.learned == ()


def test_a_day_compared_with_itself_differs_in_nothing(life: Connection) -> None:
    found = between(life, "2023-12-31", "2023-12-31")

    assert found.added == found.ended == found.changed == found.learned == ()


def test_what_the_archive_learned_stands_apart(life: Connection) -> None:
    before = head(life)[0]
    correct(
        life,
        target="mit",
        raw={"data": {"licence": "BSD-3-Clause"}},
        reason_kind="source_error",
        reason="wrong",
        recorded_by="tests",
    )
    now = head(life)[0]

    same_day = between(life, "2023-01-01", "2023-01-01", known=(before, now))
    two_days = between(life, "2023-01-01", "2023-12-31", known=(before, now))

    assert same_day.added == same_day.ended == same_day.changed == ()
    assert told(same_day.learned) == [("m", "licence", "MIT", "BSD-3-Clause", "mit")]
    assert told(two_days.changed) == [("m", "licence", "BSD-3-Clause", "Apache-2.0", "apache")]
    assert told(two_days.learned) == told(same_day.learned)


def test_a_settlement_of_what_was_long_disputed_is_learned(connection: Connection) -> None:
    licences = [
        an_event("licence_set", id=name, when="2022-01-01", model="m", licence=licence)
        for name, licence in (("one", "MIT"), ("two", "Apache-2.0"))
    ]
    said = {"claims": "one,two", "reason": "x"}
    recorded(connection, [*licences, an_event("claim_disputed", id="d", when="2024", **said)])
    before = head(connection)[0]
    recorded(connection, [an_event("dispute_settled", id="s", when="2024", choice="one", **said)])

    found = between(connection, "2023-01-01", "2023-01-01", known=(before, head(connection)[0]))

    assert [(one.attribute, one.is_firmer) for one in found.learned] == [("licence", True)]


def test_what_a_split_leaves_behind_has_not_ended(connection: Connection) -> None:
    """The part takes along what was said of it; of the home nothing was taken back."""
    licences = [
        an_event("licence_set", id=model, when="2022-01-01", model=model, licence="MIT")
        for model in ("home", "part")
    ]
    models = [an_entity(name, "model") for name in ("part", "home")]
    merge = an_event_with("entities_merged", {"from": models[:1], "into": models[1]}, id="merge")
    recorded(connection, [*licences, merge])
    before = head(connection)[0]
    split = {"entity": models[1], "out": models[:1]}
    recorded(connection, [an_event_with("entity_split", split, id="split", when="2024")])

    found = between(connection, "2023-01-01", "2023-01-01", known=(before, head(connection)[0]))

    learned = {(entity, attribute) for entity, attribute, *_words in told(found.learned)}
    assert ("part", "licence") in learned
    assert ("home", "licence") not in learned


def test_what_becomes_only_possible_has_not_become_firmer(connection: Connection) -> None:
    stake = {"org": "acme", "holder": "h"}
    came = an_event("stake_changed", id="in", when="2022", direction="increase", **stake)
    left = an_event("stake_changed", id="out", when="2023-03", direction="exit", **stake)
    recorded(connection, [came, left])

    found = between(connection, "2023-02-01", "2023-03-10")

    assert found.changed == found.firmer == ()
    (owners,) = found.softer
    assert (owners.attribute, owners.is_firmer, owners.is_softer) == ("owners", False, True)


def test_a_comparison_backwards_is_the_mirror_of_the_one_forwards(life: Connection) -> None:
    """What is firmer one way is softer the other, and neither is a change of the world."""
    vague = an_event("model_announced", id="vague", when="[2021-05..2022-12]", model="vague")
    recorded(life, [vague])

    forwards = between(life, "2022-06-01", "2023-07-01")
    backwards = between(life, "2023-07-01", "2022-06-01")

    def places(changes: tuple[Change, ...]) -> set[tuple[str, str, str | None, str | None]]:
        return {
            (
                one.entity.id,
                one.attribute,
                one.before.en if one.before else None,
                one.after.en if one.after else None,
            )
            for one in changes
        }

    def mirrored(changes: tuple[Change, ...]) -> set[tuple[str, str, str | None, str | None]]:
        return {(entity, name, after, before) for entity, name, before, after in places(changes)}

    assert places(backwards.added) == mirrored(forwards.ended)
    assert places(backwards.ended) == mirrored(forwards.added)
    assert places(backwards.changed) == mirrored(forwards.changed)
    firmer, softer = places(forwards.firmer), mirrored(backwards.softer)
    assert ("vague", "status", "announced (possible)", "announced") in firmer
    assert firmer == softer


def test_a_claim_set_aside_that_begins_in_between_is_a_change(connection: Connection) -> None:
    """It is shown from its day on, beside the one preferred."""
    licences = [
        an_event("licence_set", id=name, when=when, model="m", licence=licence)
        for name, when, licence in (
            ("one", "2022-01-01", "MIT"),
            ("two", "2022-06-01", "Apache-2.0"),
        )
    ]
    settled = an_event("dispute_settled", id="s", when="2024", claims="one,two", choice="one")
    recorded(connection, [*licences, settled])

    found = between(connection, "2022-03-01", "2022-12-31")

    assert [(one.attribute, one.after.en if one.after else "") for one in found.changed] == [
        ("licence", "MIT (preferred) / Apache-2.0 (set aside)")
    ]


def test_what_becomes_certain_has_not_changed(connection: Connection) -> None:
    recorded(connection, [an_event(when="2023-03")])

    found = between(connection, "2023-03-10", "2023-04-10")

    assert found.changed == ()
    assert told(found.firmer) == [
        ("org-founded-org", "status", "active (possible)", "active", "an-event")
    ]


def test_what_a_value_bears_stands_in_one_pair_of_brackets(connection: Connection) -> None:
    claim = {"source": A_SOURCE, "locator": "", "confidence": "low", "reason": "hearsay"}
    recorded(connection, [an_event(when="2023-03", claims=[claim])])

    found = between(connection, "2023-02-10", "2023-03-10")

    afters = [one.after for one in found.added if one.attribute == "status"]
    assert [one.en for one in afters if one] == ["active (confidence: low, possible)"]
    assert [one.zh for one in afters if one] == ["存续（可信度：低，可能）"]


def test_however_few_are_told_each_sort_is_counted_alike(connection: Connection) -> None:
    """Of those beyond the limit too it is known which only became certain."""
    licences = [
        an_event("licence_set", id=f"{model}-{when}", when=when, model=model, licence=licence)
        for model in ("a", "b")
        for when, licence in (("2022-01-01", "MIT"), ("2023-06-01", "Apache-2.0"))
    ]
    vague = [
        an_event("model_announced", id=model, when="2023-05", model=model)
        for model in ("u", "v", "w")
    ]
    recorded(connection, [*licences, *vague])
    left, right = (
        AsOf(date.fromisoformat(day), head(connection)[0]) for day in ("2023-05-15", "2023-07-01")
    )

    whole = compare(connection, left=left, right=right)
    one = compare(connection, left=left, right=right, limit=1)

    assert [len(some) for some in (whole.changed, whole.firmer, whole.softer)] == [2, 3, 0]
    assert (one.changed, one.firmer) == (whole.changed[:1], whole.firmer[:1])
    assert one.untold == {"changed": 1, "firmer": 2}


def test_sums_in_two_currencies_are_joined_and_rivals_set_beside_each_other(
    connection: Connection,
) -> None:
    told_of = {"when": "2023-05-01", "org": "acme"}
    recorded(
        connection,
        [
            an_event("funding_round", id="cny", phase="closed", amount="5 CNY", **told_of),
            an_event("funding_round", id="usd", phase="closed", amount="7 USD", **told_of),
            an_event("valuation_reported", id="one", amount="8 USD", basis="tender", **told_of),
            an_event("valuation_reported", id="two", amount="9 USD", basis="tender", **told_of),
        ],
    )

    found = between(connection, "2023-04-01", "2023-06-01")

    said = {one.attribute: (one.after.zh, one.after.en) for one in found.added if one.after}
    assert said["total_raised"] == ("5元 和 7美元", "5 CNY and 7 USD")
    assert " / " in said["valuation"][1]


def post(name: str, when: str, **more: object) -> dict[str, object]:
    """Return Ann's taking up of a post; *more* is what else is told of it."""
    said = {"org": "acme", "person": an_entity("ann", "person"), "role": "ceo"}
    return an_event_with("role_started", said | more, id=name, when=when)


def figure(name: str, when: str, confidence: str) -> dict[str, object]:
    said = {"subject": an_entity("acme"), "measure": "users", "value": "80 models"}
    event = an_event_with("figure_reported", said | {"basis": "stated"}, id=name, when=when)
    claim = {"source": "a-source", "confidence": confidence, "reason": "hearsay"}
    return {**event, "claims": [claim]}


def test_an_interim_post_that_is_for_good_has_changed(connection: Connection) -> None:
    recorded(
        connection, [post("for-now", "2023-01-01", interim=True), post("for-good", "2023-06-01")]
    )

    world = between(connection, "2023-02-01", "2023-07-01")
    back = between(connection, "2023-07-01", "2023-02-01")

    posts = ["officers", "roles"]
    assert [one.attribute for one in world.changed] == posts
    assert {
        (one.before.en, one.after.en) for one in world.changed if one.before and one.after
    } == {
        ("Ann (interim)", "Ann"),
        ("Acme (interim)", "Acme"),
    }
    assert {one.event_id for one in world.changed} == {"for-good"}
    assert [one.attribute for one in back.changed] == posts
    assert not world.firmer
    assert not between(connection, "2023-02-01", "2023-03-01").changed


def test_what_is_better_known_later_has_changed(connection: Connection) -> None:
    recorded(
        connection, [figure("hearsay", "2023-01-01", "low"), figure("sure", "2023-06-01", "high")]
    )

    ((entity, attribute, before, after, event),) = told(
        between(connection, "2023-02-01", "2023-07-01").changed
    )

    assert (entity, attribute, event) == ("acme", "figures", "sure")
    assert before is not None
    assert after is not None
    assert before.endswith("(confidence: low)")
    assert "confidence" not in after


def test_a_correction_that_only_says_how_sure_is_learned(connection: Connection) -> None:
    recorded(connection, [post("e", "2023-01-01"), figure("f", "2023-01-01", "high")])
    then = head(connection)[0]
    for target, raw in (("e", {"data": {"interim": True}}), ("f", figure("f", "2023", "low"))):
        said = {name: value for name, value in raw.items() if name in {"data", "claims"}}
        correct(
            connection,
            target=target,
            raw=said,
            reason_kind="source_error",
            reason="less sure",
            recorded_by="tests",
        )
    now = head(connection)[0]

    found = between(connection, "2023-07-01", "2023-07-01", known=(then, now))

    learned = {(one.attribute, one.before != one.after) for one in found.learned}
    assert learned == {("officers", True), ("roles", True), ("figures", True)}
