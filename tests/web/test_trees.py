"""Trees of holdings: each organization in full once, each stake a line."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.languages import Words
from archive.queries import EntityRef, Range, Stake
from archive.web.drawing.trees import AGAIN, TARGET, WIDTH, Tree, tree

NAMES = "abcdefg"


def a_stake(holder: str, owned: str, share: int = 10, *, is_announced: bool = False) -> Stake:
    return Stake(
        holder=EntityRef(holder, "organization", Words(f"{holder}公司", f"{holder} Company")),
        owned=EntityRef(owned, "organization", Words(f"{owned}公司", f"{owned} Company")),
        share=Range(Decimal(share), Decimal(share)),
        words=Words(f"{share}%", f"{share}%"),
        is_certain=True,
        is_control=False,
        is_announced=is_announced,
        is_disputed=False,
        reason=None,
        since="2023",
        event_id="an-event",
        rows=(),
    )


def drawn(*stakes: Stake, most: int = 100, locale: str = "en") -> Tree:
    told = {one: one.words.en for one in stakes}
    return tree(stakes, told=told, locale=locale, most=most)


def rows(found: Tree) -> list[tuple[str, int, bool]]:
    return [(row.entity.id, round((row.x - 10) / 18), row.is_again) for row in found.rows]


graphs = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), unique=True, max_size=14
).map(lambda pairs: [a_stake(*pair) for pair in pairs])


@given(graphs)
def test_each_organization_stands_once_in_full_and_each_stake_is_one_line(
    stakes: list[Stake],
) -> None:
    found = drawn(*stakes)

    names = {one for stake in stakes for one in (stake.holder.id, stake.owned.id)}
    in_full = Counter(row.entity.id for row in found.rows if not row.is_again)
    assert in_full == Counter(names)
    assert Counter(row.stake for row in found.rows if row.stake) == Counter(stakes)
    assert all(bool(row.path) == bool(row.stake) for row in found.rows)


@given(graphs)
def test_rows_stand_below_each_other_within_the_frame(stakes: list[Stake]) -> None:
    found = drawn(*stakes)

    captions = [one for row in found.rows for one in (row.name, row.told) if one]
    assert all(one.height >= TARGET for one in captions)
    assert all(one.bottom <= below.top for one, below in pairwise(captions))
    assert all(one.x + one.width == WIDTH for one in captions)
    assert captions == [] or found.height >= captions[-1].bottom


def test_holdings_are_set_in_the_greater_first_and_announced_last() -> None:
    found = drawn(
        a_stake("a", "b", 5),
        a_stake("a", "c", 60),
        a_stake("a", "d", 90, is_announced=True),
        a_stake("c", "e"),
    )

    assert [row[:2] for row in rows(found)] == [("a", 0), ("c", 1), ("e", 2), ("b", 1), ("d", 1)]


def test_who_has_two_owners_is_in_full_under_the_first_alone() -> None:
    found = drawn(a_stake("a", "c"), a_stake("a", "d"), a_stake("b", "c"), a_stake("c", "e"))

    assert rows(found) == [
        ("a", 0, False),
        ("c", 1, False),
        ("e", 2, False),
        ("d", 1, False),
        ("b", 0, False),
        ("c", 1, True),
    ]


def test_a_circle_begins_somewhere_and_ends() -> None:
    found = drawn(a_stake("a", "b"), a_stake("b", "a"))

    assert rows(found) == [("a", 0, False), ("b", 1, False), ("a", 2, True)]


def test_what_has_no_room_is_counted() -> None:
    found = drawn(*(a_stake("a", one) for one in "bcdefg"), most=3)

    assert len(found.rows) == 3
    assert found.left_out == 4


def test_a_long_name_takes_the_lines_it_needs_in_the_language_of_the_reader() -> None:
    owned = EntityRef("b", "organization", Words("很长的公司名称" * 5, "A long name " * 5))
    stakes = [replace(a_stake("a", "b"), owned=owned), a_stake("b", "c")]

    for locale, name in (("zh", owned.names.zh), ("en", owned.names.en)):
        found = drawn(*stakes, locale=locale)
        assert "".join(found.rows[1].name.lines) == name
        assert len(found.rows[1].name.lines) > 1
        assert found.rows[1].told is not None
        assert found.rows[1].told.bottom <= found.rows[2].name.top


def test_a_name_without_end_is_cut_and_the_share_below_it_is_not() -> None:
    owned = EntityRef("b", "organization", Words("很长的公司名称" * 99, "A long name " * 99))
    found = drawn(replace(a_stake("a", "b"), owned=owned))

    assert found.rows[1].name.lines[-1].endswith("…")
    assert found.rows[1].told is not None
    assert found.rows[1].told.lines == ("10%",)


def test_who_is_in_full_above_is_marked_so() -> None:
    found = drawn(a_stake("a", "c"), a_stake("b", "c"))

    assert [row.name.lines[-1].endswith(AGAIN) for row in found.rows] == [
        False,
        False,
        False,
        True,
    ]
