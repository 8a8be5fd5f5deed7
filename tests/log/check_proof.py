"""Check ``archive prove`` with Python alone: check_proof.py PROOF.json... CHECKPOINT_YOU_KEPT."""

import json
import sys
from base64 import b64decode
from functools import reduce
from hashlib import sha256
from pathlib import Path


def demand(words: str, holds: object) -> None:  # no assert: python -O leaves those out
    if not holds:
        sys.exit(f"not proven: {words}")


def field(raw: bytes | None) -> bytes:  # the format is in archive/log/hashing.py
    return b"\xff\xff\xff\xff" if raw is None else len(raw).to_bytes(4, "big") + raw


def climb(index: int, size: int, path: list[bytes], seed: bytes) -> tuple[bytes, bytes]:
    demand("the log has no such position", index in range(size))
    if size == 1 and not path:  # RFC 9162, sections 2.1.3 and 2.1.4: the root before, and now
        return seed, seed
    half, (*below, sibling) = 1 << (size - 1).bit_length() - 1, path
    if index < half:
        old, new = climb(index, half, below, seed)
        return old, sha256(b"\x01" + new + sibling).digest()
    old, new = climb(index - half, size - half, below, seed)
    return sha256(b"\x01" + sibling + old).digest(), sha256(b"\x01" + sibling + new).digest()


def check(kept: list[str], text: str) -> list[str]:  # what a reader may trust from here on
    proof = json.loads(text)
    path = [int(one, 16).to_bytes(32, "big") for one in proof["path"]]  # none but whole hashes
    newest: list[str] = proof["checkpoint"].split("\n")[:3]
    about = newest if "event" in proof else proof["earlier"].split("\n")[:3]
    demand("it is not about the checkpoint that was kept", about == kept and newest[0] == kept[0])
    earlier, size, old, root = int(kept[1]), int(newest[1]), *map(b64decode, (kept[2], newest[2]))
    if "event" in proof:
        text_hash, envelope = bytes.fromhex(proof["payload_hash"]), proof["envelope"]
        if proof["payload"] is not None:  # else it was masked, and its hash stands for it
            said = field(bytes.fromhex(proof["salt"])) + field(proof["payload"].encode())
            demand("the text is not what its hash says", sha256(said).digest() == text_hash)
        demand("the event has another id", envelope[:2] == ["1", proof["event"]])
        said = b"".join(field(one if one is None else one.encode()) for one in envelope)
        leaf = sha256(b"\x00" + said + field(text_hash)).digest()
        demand("it is not there", climb(proof["position"] - 1, size, path, leaf)[1] == root)
    elif newest != kept:
        unit = earlier & -earlier  # the largest whole tree at the end of the earlier log
        seed, *path = [old, *path] if unit == earlier else path
        demand("altered", climb(earlier // unit - 1, -(-size // unit), path, seed) == (old, root))
    return newest


try:
    *more, last, checkpoint = (Path(one).read_text(encoding="utf-8") for one in sys.argv[1:])
    reduce(check, [*more, last], checkpoint.split("\n")[:3])
except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
    sys.exit(f"not proven: no such proof and checkpoint can be read ({error!r})")
print("proven")  # noqa: T201 - its answer
