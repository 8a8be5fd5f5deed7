"""Shares along chains, against brute force on small graphs."""

from collections import Counter
from decimal import Decimal
from itertools import chain, combinations, pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from archive.queries.derived.chains import (
    ALL,
    OPEN,
    Edge,
    Range,
    circles,
    controlled,
    economic_shares,
    last_owners,
    overfull,
)

NAMES = "abcde"


def exact(percent: int) -> Range:
    return Range(Decimal(percent), Decimal(percent))


def at_least(percent: int) -> Range:
    return Range(Decimal(percent), ALL)


ranges = st.one_of(
    st.integers(0, 100).map(exact),
    st.integers(0, 100).map(at_least),
    st.tuples(st.integers(0, 100), st.integers(0, 100)).map(
        lambda pair: Range(Decimal(min(pair)), Decimal(max(pair)))
    ),
    st.just(OPEN),
)


@st.composite
def graphs(draw: st.DrawFn, *, is_round: bool = True) -> list[Edge]:
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), unique=True, max_size=9
        )
    )
    kept = [pair for pair in pairs if is_round or pair[0] < pair[1]]
    return [Edge(*pair, draw(ranges), draw(st.integers(0, 5)) == 0) for pair in kept]


def every_chain(edges: list[Edge], holder: str, owned: str) -> list[list[Edge]]:
    """Return each chain without a repeated name, found by trying every row of names."""
    shares = {(edge.holder, edge.owned): edge for edge in edges}
    between = [one for one in NAMES if one not in {holder, owned}]
    rows = chain.from_iterable(permutations(between, n) for n in range(len(between) + 1))
    found = []
    for row in rows:
        names = (holder, *row, owned)
        steps = list(pairwise(names))
        if all(step in shares for step in steps):
            found.append([shares[step] for step in steps])
    return found


def summed(chains: list[list[Edge]], bound: str) -> Decimal:
    total = Decimal(0)
    for steps in chains:
        share = ALL
        for edge in steps:
            share = share * getattr(edge.share, bound) / ALL
        total += share
    return min(ALL, total)


@given(graphs(is_round=False))
def test_an_economic_share_is_the_sum_over_every_chain(edges: list[Edge]) -> None:
    found = {one: economic_shares(edges, holder=one) for one in NAMES}

    for holder, owned in permutations(NAMES, 2):
        chains = every_chain(edges, holder, owned)
        share = found[holder].get(owned)
        assert (share is None) == (not chains)
        if share is not None:
            assert abs(share.least - summed(chains, "least")) < Decimal("1e-12")
            assert abs(share.most - summed(chains, "most")) < Decimal("1e-12")


@given(graphs())
def test_a_circle_ends_and_what_it_touches_is_at_least(edges: list[Edge]) -> None:
    for holder in NAMES:
        shares = economic_shares(edges, holder=holder)

        for owned, share in shares.items():
            least = summed(every_chain(edges, holder, owned), "least")
            assert abs(share.least - least) < Decimal("1e-12")
            assert share.least <= share.most <= ALL


def closed(edges: list[Edge], holder: str) -> frozenset[str]:
    """Return the smallest set that holds *holder* and every organization that it outvotes."""
    others = [one for one in NAMES if one != holder]
    sets = chain.from_iterable(combinations(others, n) for n in range(len(others) + 1))
    for some in sets:
        mine = {holder, *some}
        votes: Counter[str] = Counter()
        told = set()
        for edge in edges:
            if edge.holder in mine:
                votes[edge.owned] += edge.share.least  # type: ignore[assignment]  # counts decimals
                told |= {edge.owned} if edge.is_control else set()
        if told | {one for one, sum_ in votes.items() if sum_ > 50} <= mine:
            return frozenset(some)
    raise AssertionError


@given(graphs())
def test_control_is_the_smallest_set_that_is_outvoted_by_nobody(edges: list[Edge]) -> None:
    for holder in NAMES:
        assert controlled(edges, holder=holder) == closed(edges, holder)


@given(graphs(), st.integers(0, 8), st.integers(0, 100))
def test_more_shares_never_make_less(edges: list[Edge], which: int, more: int) -> None:
    if not edges:
        return
    one = edges[which % len(edges)]
    least = min(ALL, one.share.least + more)
    greater = Edge(one.holder, one.owned, Range(least, max(least, one.share.most)), one.is_control)
    after = [greater if edge is one else edge for edge in edges]

    for holder in NAMES:
        assert controlled(edges, holder=holder) <= controlled(after, holder=holder)
        then = economic_shares(after, holder=holder)
        for owned, share in economic_shares(edges, holder=holder).items():
            assert then[owned].least >= share.least


@given(graphs())
def test_every_controlled_organization_has_a_last_owner(edges: list[Edge]) -> None:
    heads = last_owners(edges)

    for one in NAMES:
        holders = {holder for holder in NAMES if one in controlled(edges, holder=holder)}
        assert bool(heads.get(one)) == bool(holders)
        assert set(heads.get(one, ())) <= holders


def test_a_majority_of_a_majority_leads_to_the_last_owner() -> None:
    edges = [Edge("a", "b", at_least(51)), Edge("b", "c", exact(60)), Edge("d", "c", exact(40))]

    assert last_owners(edges) == {"b": ("a",), "c": ("a",)}
    assert economic_shares(edges, holder="a")["c"] == Range(Decimal("30.6"), Decimal(60))


def test_minorities_that_one_holder_commands_add_up_to_control() -> None:
    edges = [
        Edge("a", "b", exact(60)),
        Edge("a", "c", exact(60)),
        Edge("b", "d", exact(30)),
        Edge("c", "d", exact(30)),
    ]

    assert controlled(edges, holder="a") == {"b", "c", "d"}
    assert controlled(edges, holder="b") == frozenset()


def test_an_undisclosed_share_controls_nothing_unless_a_source_says_parent() -> None:
    assert controlled([Edge("a", "b", OPEN)], holder="a") == frozenset()
    assert controlled([Edge("a", "b", OPEN, is_control=True)], holder="a") == {"b"}


def test_those_who_own_each_other_are_told_and_are_last_owners_together() -> None:
    edges = [Edge("a", "b", exact(60)), Edge("b", "a", exact(60)), Edge("b", "c", exact(100))]

    assert circles(edges) == (("a", "b"),)
    assert last_owners(edges)["c"] == ("a", "b")
    assert economic_shares(edges, holder="a")["c"] == Range(Decimal(60), ALL)


def test_a_circle_elsewhere_leaves_a_share_exact() -> None:
    edges = [Edge("a", "b", exact(9)), Edge("b", "a", exact(9)), Edge("d", "c", exact(30))]
    edges.append(Edge("b", "c", exact(10)))

    assert economic_shares(edges, holder="d") == {"c": exact(30)}


def test_more_than_all_is_told_and_a_range_that_may_fit_is_not() -> None:
    edges = [Edge("a", "c", exact(60)), Edge("b", "c", at_least(41)), Edge("a", "d", exact(60))]
    edges.append(Edge("b", "d", OPEN))

    assert overfull(edges) == {"c": Decimal(101)}
