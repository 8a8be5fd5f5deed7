"""Tables as Parquet (Apache): typed columns, compressed, what they answer in the file itself."""

import io
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, Final

from arro3.core import Array, DataType, Table, list_array
from arro3.io import write_parquet

_PLAIN: Final = {str: DataType.utf8(), bool: DataType.bool(), int: DataType.int64()}
_COMPRESSION: Final = "zstd(3)"


def parquet(
    rows: Sequence[Sequence[Any]], *, columns: Mapping[str, type], about: Mapping[str, str]
) -> bytes:
    """Return *rows* as a Parquet file; *about* stands in its metadata, key by key.

    *columns* gives each name its type: text, yes or no, a whole number, or a list of texts.
    """
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    table = Table.from_pydict(
        {name: _column(some, of) for (name, of), some in zip(columns.items(), cells, strict=True)}
    )
    written = io.BytesIO()
    write_parquet(table, written, compression=_COMPRESSION, key_value_metadata=dict(about))
    return written.getvalue()


def _column(cells: Sequence[Any], of: type) -> Array:
    if of is not list:
        return Array(cells, type=_PLAIN[of])
    ends = accumulate((len(one) for one in cells), initial=0)
    return list_array(
        Array(list(ends), type=DataType.int32()),
        Array(list(chain.from_iterable(cells)), type=DataType.utf8()),
    )
