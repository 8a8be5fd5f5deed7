"""In a row nothing touches anything, and everything is somewhere."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.web.drawing.lettering import text_width
from archive.web.drawing.placing import PILL, RADIUS, Item, Placed, place

WIDTH = 900


def an_item(
    key: int, at: float, *, wide: float = 2 * RADIUS, text: str = "", rank: int = 2
) -> Item:
    at = min(max(at, RADIUS), WIDTH - RADIUS)
    return Item(key, at - RADIUS, at - RADIUS + wide, at, text or f"Event {key}", rank)


ITEMS = st.lists(
    st.tuples(
        st.floats(0, WIDTH),
        st.floats(2 * RADIUS, 300),
        st.sampled_from(["OpenAI发布ChatGPT", "Meituan buys Light Years Beyond", "百度"]),
        st.integers(0, 2),
    ),
    max_size=60,
).map(
    lambda rows: [
        an_item(key, at, wide=wide, text=text, rank=rank)
        for key, (at, wide, text, rank) in enumerate(rows)
    ]
)


def stretches(item: Item, placed: Placed) -> list[tuple[float, float]]:
    """Return the glyph, and the label if there is one, as the drawing shows them."""
    glyph = (item.at - RADIUS, item.at + RADIUS)
    room = text_width(placed.label)
    if not placed.label:
        return [glyph]
    if placed.is_left:
        return [(item.at - RADIUS - room, item.at - RADIUS), glyph]
    return [glyph, (item.at + RADIUS, item.at + RADIUS + room)]


def test_one_alone_is_named_in_full_on_its_right() -> None:
    placed, piles = place([an_item(1, 100)], width=WIDTH, rows=3)

    assert placed == (Placed(1, 0, "Event 1", is_left=False),)
    assert piles == ()


def test_at_the_right_edge_the_name_stands_on_the_left() -> None:
    placed, _ = place([an_item(1, WIDTH)], width=WIDTH, rows=1)

    assert placed[0].is_left


def test_the_most_important_is_named_where_not_all_can_be() -> None:
    crowd = [an_item(key, 400 + key, rank=2) for key in range(12)]

    placed, piles = place([*crowd, an_item(99, 405, rank=0)], width=WIDTH, rows=1)

    assert [one.key for one in placed if one.label] == [99]
    assert sum(len(pile.keys) for pile in piles) == 12


@given(ITEMS, st.integers(1, 6))
def test_every_one_is_placed_once_or_folded_once(items: list[Item], rows: int) -> None:
    placed, piles = place(items, width=WIDTH, rows=rows)

    keys = [one.key for one in placed] + [key for pile in piles for key in pile.keys]

    assert sorted(keys) == [item.key for item in items]


@given(ITEMS, st.integers(1, 6))
def test_in_a_row_no_glyph_and_no_label_touches_another(items: list[Item], rows: int) -> None:
    placed, _ = place(items, width=WIDTH, rows=rows)

    for row in range(rows):
        held = [(items[one.key], one) for one in placed if one.row == row]
        taken = sorted(span for item, one in held for span in stretches(item, one))
        assert all(before[1] <= after[0] + 0.01 for before, after in pairwise(taken))


@given(ITEMS, st.sampled_from([0.0, 40.0]))
def test_pills_lie_inside_the_width_and_apart(items: list[Item], edge: float) -> None:
    _, piles = place(items, width=WIDTH, rows=1, edge=edge)

    middles = [pile.middle for pile in piles]

    assert all(edge + PILL / 2 <= middle <= WIDTH - PILL / 2 for middle in middles)
    assert all(after - before >= PILL for before, after in pairwise(middles))
