"""A page looked at column by column is found sound where every row of it is, and nowhere else."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from archive.errors import DamagedLogError
from archive.log import hashing
from archive.log.columns import Columns, SoFar, kinds_of, page_after, stream_names
from archive.log.verifying import _sound as sound_row
from archive.storage import reading

Page = list[tuple[Any, ...]]
COLUMNS, INSTANT = 16, 3
# What a column may hold instead: of another type, of another length, nothing at all.
STRANGE = st.one_of(
    st.none(),
    st.integers(min_value=-2, max_value=2**62),
    st.integers(min_value=0, max_value=2**50).map(lambda whole: whole + 0.5),
    st.text(max_size=4),
    st.binary(max_size=33),
)


def by_columns(engine: Engine, page: Page) -> list[bytes] | None:
    with reading(engine) as connection:
        so_far = SoFar(frozenset(), kinds_of(connection))
        return Columns(connection, so_far).leaves(page)


def by_rows(engine: Engine, page: Page) -> list[bytes] | None:
    with reading(engine) as connection:
        so_far = SoFar(frozenset(), kinds_of(connection))
        names = stream_names(connection, [row[1] for row in page if isinstance(row[1], int)])
        try:
            return [sound_row(row, so_far, names) for row in page]
        except (DamagedLogError, TypeError):
            return None


def page_of(engine: Engine) -> Page:
    with reading(engine) as connection:
        return [tuple(row) for row in page_after(connection, 0, limit=100)]


def changed(page: Page, place: int, column: int, value: object) -> Page:
    row = list(page[place])
    row[column] = value
    return [*page[:place], tuple(row), *page[place + 1 :]]


def test_a_sound_page_gives_its_leaves(kept: Engine) -> None:
    page = page_of(kept)

    found = by_columns(kept, page)

    assert found == [row[8] for row in page] == by_rows(kept, page)


@given(place=st.integers(0, 2), column=st.integers(0, COLUMNS - 1), value=STRANGE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_stands_in_a_column_both_ways_to_look_agree(
    kept: Engine, place: int, column: int, value: object
) -> None:
    page = changed(page_of(kept), place, column, value)

    assert by_columns(kept, page) == by_rows(kept, page)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_fraction_of_a_microsecond_is_no_sound_instant(kept: Engine, place: int) -> None:
    page = changed(page_of(kept), place, INSTANT, page_of(kept)[place][INSTANT] + 0.5)

    assert by_columns(kept, page) is None


@pytest.mark.parametrize(
    "order", [(1, 0, 2), (0, 2), (1, 2), (0, 0, 1)], ids=["swapped", "gap", "begun late", "twice"]
)
def test_rows_out_of_their_order_are_never_sound(kept: Engine, order: Sequence[int]) -> None:
    page = page_of(kept)

    assert by_columns(kept, [page[one] for one in order]) is None


def test_what_is_not_sound_leaves_what_is_known_as_it_was(kept: Engine) -> None:
    page = page_of(kept)
    with reading(kept) as connection:
        so_far = SoFar(frozenset(), kinds_of(connection))
        columns = Columns(connection, so_far)

        refused = columns.leaves(changed(page, 2, 8, b""))
        found = columns.leaves(page)

    assert refused is None
    assert found == [row[8] for row in page]
    assert so_far.last == len(page)


@given(
    salts=st.lists(st.binary(max_size=40), max_size=5),
    payloads=st.lists(st.binary(max_size=300), min_size=5, max_size=5),
)
def test_hashing_by_columns_is_hashing_one_by_one(
    salts: list[bytes], payloads: list[bytes]
) -> None:
    paired = list(zip(salts, payloads, strict=False))

    found = hashing.payload_hashes(salts, payloads[: len(salts)])

    assert found == [hashing.payload_hash(payload, salt=salt) for salt, payload in paired]


@given(
    ids=st.lists(st.text(max_size=9), min_size=1, max_size=6),
    instant=st.integers(0, 2**60),
    steps=st.lists(st.integers(0, 3), min_size=6, max_size=6),
    about=st.one_of(st.none(), st.text(max_size=5)),
)
def test_leaves_by_columns_are_leaves_one_by_one(
    ids: list[str], instant: int, steps: list[int], about: str | None
) -> None:
    field = hashing.Fields()
    instants = [instant + sum(steps[: at + 1]) for at in range(len(ids))]
    digest = bytes(32)

    found = hashing.leaves(
        ids,
        [field["a-stream"]] * len(ids),
        [field["a-kind"] + field[1]] * len(ids),
        *([field[one]] * len(ids) for one in ("2023", None, 2_460_125)),
        instants=instants,
        after=([field["me"]] * len(ids), [field[about]] * len(ids)),
        payload_digests=[digest] * len(ids),
    )

    assert found == [
        hashing.leaf(
            one, "a-stream", "a-kind", 1, "2023", None, 2_460_125, at, "me", about,
            payload_digest=digest,
        )
        for one, at in zip(ids, instants, strict=True)
    ]  # fmt: skip
