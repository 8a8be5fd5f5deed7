"""Tables as Parquet (Apache): typed columns, compressed, what they answer in the file itself."""

import io
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, Final

from arro3.core import Array, DataType, Table, list_array
from arro3.io import write_parquet

_PLAIN: Final = {str: DataType.utf8(), bool: DataType.bool(), int: DataType.int64()}
# Of a footer: a field of text, one behind the field before it; and where a key and a value end.
_TEXT_FIELD: Final = b"\x18"
_END: Final = b"\x00"
_SEVEN_BITS: Final = 0x7F
_MORE: Final = 0x80
_COMPRESSION: Final = "zstd(3)"


def parquet(
    rows: Sequence[Sequence[Any]], *, columns: Mapping[str, type], about: Mapping[str, str]
) -> bytes:
    """Return *rows* as a Parquet file, the same bytes for the same; its metadata says *about*.

    *columns* gives each name its type: text, yes or no, a whole number, or a list of texts.
    """
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    table = Table.from_pydict(
        {name: _column(some, of) for (name, of), some in zip(columns.items(), cells, strict=True)}
    )
    written = io.BytesIO()
    write_parquet(table, written, compression=_COMPRESSION, key_value_metadata=dict(about))
    return _in_order(written.getvalue(), about)


def _in_order(file: bytes, about: Mapping[str, str]) -> bytes:
    """Return *file*, what its metadata says in the order of *about*: it is written in any."""
    wanted = [b"".join((_told(name), _told(said), _END)) for name, said in about.items()]
    found = b"".join(sorted(wanted, key=file.rfind))
    return b"".join(wanted).join(file.rsplit(found, 1)) if wanted else file


def _told(words: str) -> bytes:
    """Return *words* as a field of text in Thrift's compact protocol, which a footer is in."""
    raw = words.encode()
    length, left = bytearray(_TEXT_FIELD), len(raw)
    while left > _SEVEN_BITS:
        length.append(left & _SEVEN_BITS | _MORE)
        left >>= 7
    return bytes((*length, left)) + raw


def _column(cells: Sequence[Any], of: type) -> Array:
    if of is not list:
        return Array(cells, type=_PLAIN[of])
    ends = accumulate((len(one) for one in cells), initial=0)
    return list_array(
        Array(list(ends), type=DataType.int32()),
        Array(list(chain.from_iterable(cells)), type=DataType.utf8()),
    )
