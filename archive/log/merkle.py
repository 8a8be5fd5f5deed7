"""The Merkle tree of RFC 6962 §2.1, over leaves that are hashes already; pure.

A *subtree* is what answers the hash of the perfect subtree of a height at an index: the leaves
from ``index << height`` on, ``1 << height`` of them.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import repeat
from typing import Final, TypeAlias

Subtree: TypeAlias = Callable[[int, int], bytes]

_NODE: Final = b"\x01"
EMPTY_ROOT = sha256(b"").digest()


def joined(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node over its two children."""
    return sha256(_NODE + left + right).digest()


def folded(hashes: Sequence[bytes]) -> bytes:
    """Return the root of the perfect tree over *hashes*, whose number is a power of two."""
    while len(hashes) > 1:
        pairs = iter(hashes)
        nodes = zip(repeat(_NODE), pairs, pairs, strict=False)
        hashes = [sha256(node).digest() for node in map(b"".join, nodes)]
    return hashes[0]


def root(size: int, *, subtree: Subtree) -> bytes:
    """Return the root over the first *size* leaves."""
    return _over(0, size, subtree) if size else EMPTY_ROOT


def inclusion(index: int, *, size: int, subtree: Subtree) -> list[bytes]:
    """Return the path that proves leaf *index*, from 0, in the tree of *size* (RFC 6962 §2.1.1).

    It goes from the leaf's sibling up to the child of the root.
    """
    return [_over(low, high, subtree) for low, high in reversed(list(_siblings(index, size)))]


def consistency(old: int, *, size: int, subtree: Subtree) -> list[bytes]:
    """Return what proves that the tree of *old* leaves begins that of *size* (RFC 6962 §2.1.2)."""
    if old in {0, size}:
        return []
    low, high, ranges = 0, size, list[tuple[int, int]]()
    while old < high:
        middle = low + _left(high - low)
        if old <= middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low = middle
    if low:
        ranges.append((low, high))
    return [_over(*one, subtree) for one in reversed(ranges)]


def _siblings(index: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield, from the root down, the ranges that lie beside those that hold *index*."""
    low, high = 0, size
    while high - low > 1:
        middle = low + _left(high - low)
        if index < middle:
            yield middle, high
            high = middle
        else:
            yield low, middle
            low = middle


def _over(low: int, high: int, subtree: Subtree) -> bytes:
    """Return the hash over the leaves of a range that begins where a perfect subtree may."""
    size = high - low
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return subtree(height, low >> height)
    middle = low + _left(size)
    return joined(_over(low, middle, subtree), _over(middle, high, subtree))


def _left(size: int) -> int:
    """Return the largest power of two below *size*."""
    return 1 << (size - 1).bit_length() - 1


class Frontier:
    """The roots of the perfect subtrees of a growing tree: enough for the root at any size."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, peak: bytes, *, height: int = 0) -> None:
        """Take the next leaf, or the root of the next ``1 << height`` leaves where they align."""
        self.size += 1 << height
        while self._peaks and self._peaks[-1][0] == height:
            peak, height = joined(self._peaks.pop()[1], peak), height + 1
        self._peaks.append((height, peak))

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        whole = self._peaks[-1][1]
        for _height, peak in reversed(self._peaks[:-1]):
            whole = joined(peak, whole)
        return whole
