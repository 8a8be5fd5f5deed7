"""The tree is that of RFC 6962: its roots and paths are those of the definition, at every size."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from archive.log import merkle

LEAVES = [sha256(bytes([0, number % 256, number // 256])).digest() for number in range(600)]
SIZES = st.integers(1, len(LEAVES))


def defined(leaves: list[bytes]) -> bytes:
    """Return MTH of RFC 6962 §2.1, word for word, over leaves that are hashed already."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + defined(leaves[:half]) + defined(leaves[half:])).digest()


def subtree(height: int, index: int) -> bytes:
    return defined(LEAVES[index << height : (index + 1) << height])


def path_of(index: int, leaves: list[bytes]) -> list[bytes]:
    """Return PATH of RFC 6962 §2.1.1."""
    if len(leaves) == 1:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if index < half:
        return [*path_of(index, leaves[:half]), defined(leaves[half:])]
    return [*path_of(index - half, leaves[half:]), defined(leaves[:half])]


def proof_of(old: int, leaves: list[bytes], *, is_whole: bool = True) -> list[bytes]:
    """Return SUBPROOF of RFC 6962 §2.1.2."""
    if old == len(leaves):
        return [] if is_whole else [defined(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= half:
        return [*proof_of(old, leaves[:half], is_whole=is_whole), defined(leaves[half:])]
    return [*proof_of(old - half, leaves[half:], is_whole=False), defined(leaves[:half])]


def test_the_empty_tree_has_the_root_of_the_standard() -> None:
    assert merkle.root(0, subtree=subtree) == merkle.Frontier().root() == defined([])


@given(SIZES)
def test_the_root_is_that_of_the_definition(size: int) -> None:
    assert merkle.root(size, subtree=subtree) == defined(LEAVES[:size])


@given(st.data())
def test_a_path_is_that_of_the_definition(data: st.DataObject) -> None:
    size = data.draw(SIZES)
    index = data.draw(st.integers(0, size - 1))

    path = merkle.inclusion(index, size=size, subtree=subtree)

    assert path == path_of(index, LEAVES[:size])


@given(st.data())
def test_a_proof_of_growth_is_that_of_the_definition(data: st.DataObject) -> None:
    size = data.draw(SIZES)
    old = data.draw(st.integers(1, size))

    path = merkle.consistency(old, size=size, subtree=subtree)

    assert path == proof_of(old, LEAVES[:size])


def test_a_growing_tree_knows_its_root_at_every_size() -> None:
    frontier = merkle.Frontier()

    for size, leaf in enumerate(LEAVES[:300], start=1):
        frontier.add(leaf)

        assert (frontier.size, frontier.root()) == (size, defined(LEAVES[:size]))


@given(SIZES)
def test_leaves_may_be_added_a_tile_at_a_time(size: int) -> None:
    frontier = merkle.Frontier()
    full = size // 16
    for number in range(full):
        frontier.add(subtree(4, number), height=4)
    for leaf in LEAVES[full * 16 : size]:
        frontier.add(leaf)

    assert frontier.root() == defined(LEAVES[:size])
