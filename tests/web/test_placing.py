"""In a row nothing touches anything, and everything is somewhere."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.web.drawing.lettering import text_width
from archive.web.drawing.placing import (
    PILL,
    RADIUS,
    Crumb,
    Item,
    Pile,
    Placed,
    Room,
    fold,
    is_single,
    place,
)

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
        for key, (at, wide, text, rank) in enumerate(rows, start=1)
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


ROOM = Room(((0.0, float(WIDTH)),))


def folded(items: list[Item], placed: dict[int, Placed], *, room: Room = ROOM) -> tuple[Pile, ...]:
    crumbs = [
        Crumb(item.at, 1, item.key, item.key, item.key) for item in items if item.key not in placed
    ]
    return fold(crumbs, room=room, items={item.key: item for item in items})


def test_one_alone_is_named_in_full_on_its_right() -> None:
    placed = place([an_item(1, 100)], room=ROOM, rows=3)

    assert placed == {1: Placed(1, 0, "Event 1", is_left=False)}


def test_a_title_as_long_as_they_mostly_are_is_not_cut_where_there_is_room() -> None:
    title = "Meituan buys the whole of Light Years Beyond"

    placed = place([an_item(1, 100, text=title)], room=ROOM, rows=1)

    assert placed[1].label == title


def test_at_the_right_edge_the_name_stands_on_the_left() -> None:
    placed = place([an_item(1, WIDTH)], room=ROOM, rows=1)

    assert placed[1].is_left


def test_no_name_crosses_the_edge_of_the_view() -> None:
    room = Room(((0.0, 300.0), (300.0, 900.0)))

    placed = place([an_item(1, 280), an_item(2, 310)], room=room, rows=2)

    assert placed[1].is_left
    assert not placed[2].is_left


def test_the_most_important_is_named_where_not_all_can_be() -> None:
    crowd = [an_item(key, 400 + key, rank=2) for key in range(1, 13)]
    everyone = [*crowd, an_item(99, 405, rank=0)]

    placed = place(everyone, room=ROOM, rows=1)

    assert [one.key for one in placed.values() if one.label] == [99]
    assert sum(pile.count for pile in folded(everyone, placed)) == 12


@given(ITEMS, st.integers(1, 6))
def test_every_one_is_placed_once_or_folded_once(items: list[Item], rows: int) -> None:
    placed = place(items, room=ROOM, rows=rows)

    piles = folded(items, placed)

    assert set(placed) <= {item.key for item in items}
    assert len(placed) + sum(pile.count for pile in piles) == len(items)


@given(ITEMS, st.integers(1, 6))
def test_in_a_row_no_glyph_and_no_label_touches_another(items: list[Item], rows: int) -> None:
    placed = place(items, room=ROOM, rows=rows).values()
    by_key = {item.key: item for item in items}

    for row in range(rows):
        held = [(by_key[one.key], one) for one in placed if one.row == row]
        taken = sorted(span for item, one in held for span in stretches(item, one))
        assert all(before[1] <= after[0] + 0.01 for before, after in pairwise(taken))


@given(ITEMS, st.sampled_from([0.0, 40.0]))
def test_pills_lie_inside_the_width_and_apart(items: list[Item], edge: float) -> None:
    room = Room(((edge, float(WIDTH)),))

    piles = folded(items, place(items, room=room, rows=1), room=room)

    middles = [pile.middle for pile in piles if not is_single(pile)]
    with_outline = PILL / 2 + 1.5
    assert all(edge + with_outline <= middle <= WIDTH - with_outline for middle in middles)
    assert all(after - before >= PILL for before, after in pairwise(middles))


def test_many_of_one_stretch_are_folded_with_their_neighbours() -> None:
    crumbs = [Crumb(100, 12, 5, 9), Crumb(110, 3, 10, 14), Crumb(400, 1, 20, 20)]

    piles = fold(crumbs, room=ROOM, items={})

    assert [(pile.count, pile.days) for pile in piles] == [(15, (5, 14)), (1, (20, 20))]
