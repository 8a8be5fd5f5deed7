"""Parquet: what is written reads back, types, lists and metadata."""

import io

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


@given(rows=ROWS, about=st.dictionaries(TEXTS.filter(bool), TEXTS, max_size=3))
def test_what_is_written_reads_back(rows: list[tuple[object, ...]], about: dict[str, str]) -> None:
    file = parquet(rows, columns=COLUMNS, about=about)

    written = read_parquet(io.BytesIO(file))
    told = {key.decode(): value.decode() for key, value in written.schema.metadata.items()}
    table = written.read_all()

    assert table.column_names == list(COLUMNS)
    columns = [table.column(name).to_pylist() for name in COLUMNS]
    assert list(zip(*columns, strict=True)) == rows
    assert about.items() <= told.items()
