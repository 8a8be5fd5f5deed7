"""Parquet: what is written reads back, types, lists and metadata."""

import io
import string

from arro3.io import read_parquet
from hypothesis import given
from hypothesis import strategies as st

from archive.export import parquet

COLUMNS = {"name": str, "is_so": bool, "count": int, "sources": list}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
ROWS = st.lists(
    st.tuples(TEXTS, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.lists(TEXTS, max_size=3)),
    max_size=6,
)
SOME = [("a", True, 1, ["x", "智"]), ("b", False, 2, [])]


def told(file: bytes) -> dict[str, str]:
    metadata = read_parquet(io.BytesIO(file)).schema.metadata
    return {key.decode(): value.decode() for key, value in metadata.items()}


@given(rows=ROWS, about=st.dictionaries(TEXTS.filter(bool), TEXTS, max_size=3))
def test_what_is_written_reads_back(rows: list[tuple[object, ...]], about: dict[str, str]) -> None:
    file = parquet(rows, columns=COLUMNS, about=about)

    table = read_parquet(io.BytesIO(file)).read_all()

    assert table.column_names == list(COLUMNS)
    columns = [table.column(name).to_pylist() for name in COLUMNS]
    assert list(zip(*columns, strict=True)) == rows
    assert about.items() <= told(file).items()


@given(
    st.dictionaries(
        st.text(string.ascii_lowercase, min_size=1, max_size=3),
        st.text(string.ascii_letters + "=&智", max_size=300),
        max_size=7,
    )
)
def test_the_same_table_is_the_same_file_byte_for_byte(about: dict[str, str]) -> None:
    made = {parquet(SOME, columns=COLUMNS, about=about) for _time in range(5)}

    assert len(made) == 1
    assert about.items() <= told(made.pop()).items()
