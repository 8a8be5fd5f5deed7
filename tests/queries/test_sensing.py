"""What a cell says on a day in keys is what it holds, whichever way it is found."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from archive.languages import Words
from archive.queries import EntityRef
from archive.queries.held.answering import held_in
from archive.queries.held.cell import Cell
from archive.queries.held.fact import Fact
from archive.queries.held.sensing import behind, sense_of, sensed, shown_by
from archive.queries.held.standing import Standing
from archive.vocabulary import ENTITY_TYPES, UNKNOWN
from tests.queries.facts import a_fact

LAST = 9
MODEL = EntityRef("m", "model", Words("模", "M"))
VALUES = {
    "status": ("announced", "released", "retired"),
    "licence": ("MIT", "GPL-3.0-only"),
    "developer": ("acme",),
}


def a_cell(attribute: str, facts: Sequence[Fact]) -> Cell:
    told = tuple(sorted(facts, key=lambda one: (one.v, one.hi, one.id)))
    return Cell(MODEL, ENTITY_TYPES["model"].attributes[attribute], "", told)


@st.composite
def told_cells(draw: st.DrawFn) -> Cell:
    attribute = draw(st.sampled_from(sorted(VALUES)))
    values = st.sampled_from([*VALUES[attribute] * 3, None, UNKNOWN])
    facts = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        lo = draw(st.integers(0, LAST - 1))
        hi = min(LAST, lo + draw(st.sampled_from([0, 0, 0, 1, 4])))
        is_set_aside = draw(st.integers(0, 9)) == 0
        facts.append(a_fact(number, lo, hi, draw(values), is_set_aside=is_set_aside))
    return a_cell(attribute, facts)


@given(cell=told_cells(), day=st.integers(0, LAST))
def test_what_is_sensed_of_a_cell_is_what_it_holds(cell: Cell, day: int) -> None:
    answer = held_in(cell, day)

    assert sensed(cell, day) == [sense_of(answer)]
    assert shown_by(cell, day) == {fact.id for fact in (behind(cell, answer) if answer else ())}


def test_one_value_told_twice_is_certain_as_soon_as_one_telling_has_begun() -> None:
    cell = a_cell("licence", [a_fact(1, 2, 8, "MIT"), a_fact(2, 4, 4, "MIT")])

    found = sensed(cell, 1, 3, 4)

    assert found == [None, ("MIT", Standing.POSSIBLE), ("MIT", Standing.CERTAIN)]
