"""Check a proof of ``archive prove`` with nothing but Python: check_proof.py PROOF.json."""

import json
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any


def field(raw: bytes | None) -> bytes:
    return b"\xff\xff\xff\xff" if raw is None else len(raw).to_bytes(4, "big") + raw


def leaf_of(proof: Any) -> bytes:  # the format is in archive/log/hashing.py
    text_hash = bytes.fromhex(proof["payload_hash"])
    if proof["payload"] is not None:  # else it was masked, and its hash stands for it
        said = field(bytes.fromhex(proof["salt"])) + field(proof["payload"].encode())
        assert sha256(said).digest() == text_hash, "the text is not what its hash says"
    envelope = b"".join(field(one if one is None else one.encode()) for one in proof["envelope"])
    return sha256(b"\x00" + envelope + field(text_hash)).digest()


def climb(index: int, last: int, path: list[bytes], seed: bytes) -> tuple[bytes, bytes]:
    old = new = seed
    for sibling in path:  # RFC 9162, sections 2.1.3.2 and 2.1.4.2
        assert last > 0, "the path is too long"
        if index % 2 or index == last:
            old, new = (sha256(b"\x01" + sibling + one).digest() for one in (old, new))
            while index and index % 2 == 0:
                index, last = index // 2, last // 2
        else:
            new = sha256(b"\x01" + new + sibling).digest()
        index, last = index // 2, last // 2
    assert last == 0, "the path is too short"
    return old, new


def read(note: str) -> tuple[int, bytes]:
    _origin, size, root = note.split("\n")[:3]
    return int(size), b64decode(root)


def check(proof: Any) -> None:
    path = [bytes.fromhex(one) for one in proof["path"]]
    size, root = read(proof["checkpoint"])
    if "event" in proof:
        found = climb(proof["position"] - 1, size - 1, path, leaf_of(proof))[1]
        assert found == root, "the event is not in the log of the checkpoint"
        return
    earlier, old_root = read(proof["earlier"])
    path = path if earlier & (earlier - 1) else [old_root, *path]
    index, last = (earlier - 1, size - 1) if earlier < size else (0, 0)
    while index % 2:
        index, last = index // 2, last // 2
    assert climb(index, last, path[1:], (path or [root])[0]) == (old_root, root), "rewritten"


check(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
print("proven")  # noqa: T201 - its answer
