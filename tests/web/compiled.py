"""Templates compiled once for all sites of the tests: for each anew it took half their time."""

from typing import Final

from jinja2.bccache import Bucket, BytecodeCache
from typing_extensions import override


class Compiled(BytecodeCache):
    """Templates as the first site of these tests compiled them, for all that come after it."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: dict[str, bytes] = {}

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        """Put into *bucket* what is kept for it."""
        if found := self._kept.get(bucket.key):
            bucket.bytecode_from_string(found)

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in *bucket*."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED: Final = Compiled()
