"""Of one company its own chains alone: up to its owners, down to what it owns."""

from hypothesis import given
from hypothesis import strategies as st

from archive.queries import Stake
from archive.web.states.owning import chains_of
from tests.web.test_trees import a_stake, graphs

NAMES = "abcdefg"


def pairs(stakes: tuple[Stake, ...]) -> set[tuple[str, str]]:
    return {(one.holder.id, one.owned.id) for one in stakes}


def test_owners_of_owners_and_what_is_owned_are_kept_and_siblings_are_not() -> None:
    stakes = [
        a_stake("fund", "parent"),
        a_stake("parent", "me"),
        a_stake("parent", "sibling"),
        a_stake("me", "child"),
        a_stake("rival", "child"),
        a_stake("far", "away"),
    ]

    found = chains_of(stakes, "me")

    assert pairs(found) == {("fund", "parent"), ("parent", "me"), ("me", "child")}


def test_a_circle_is_walked_once() -> None:
    found = chains_of([a_stake("a", "b"), a_stake("b", "a"), a_stake("c", "d")], "a")

    assert pairs(found) == {("a", "b"), ("b", "a")}


@given(graphs, st.sampled_from(NAMES))
def test_whatever_is_kept_hangs_by_a_chain_on_the_one_asked_about(
    stakes: list[Stake], entity: str
) -> None:
    found = chains_of(stakes, entity)

    again = chains_of(found, entity)
    assert again == found
    touching = {one for one in stakes if entity in {one.holder.id, one.owned.id}}
    assert touching <= set(found)
    assert bool(found) == bool(touching)
