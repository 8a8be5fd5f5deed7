"""The log is sealed beside the append path: tiles, checkpoints, and proofs that anyone checks."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError

from archive.errors import DamagedLogError, NotFoundError
from archive.log import (
    Checkpoint,
    InclusionProof,
    NotContinuedError,
    newest_checkpoint,
    prove_consistency,
    prove_inclusion,
    read_checkpoint,
    seal_tiles,
    verify,
)
from archive.log.sealed import signed_checkpoints, tiles
from archive.storage import open_engine, reading, writing
from tests.builders import an_event, keep, scratch
from tests.log.sealed_logs import SIGNER, grow, sealed, without_guards

CHECK = Path(__file__).with_name("check_proof.py")
LONG = 600


def is_proven(*proofs: object, kept: str, folder: Path, options: Sequence[str] = ()) -> bool:
    """Tell what a bare Python says that knows nothing of this package."""
    files = [folder / f"{number}.json" for number in range(len(proofs))]
    for file, proof in zip(files, proofs, strict=True):
        said = proof if isinstance(proof, dict) else asdict(proof)  # type: ignore[call-overload]  # both proofs are dataclasses
        file.write_text(json.dumps(said), encoding="utf-8")
    checkpoint = folder / "kept"
    checkpoint.write_text(kept, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", *options, CHECK, *files, checkpoint],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) in {(0, "proven\n"), (1, "")}, done.stderr
    assert (done.returncode == 1) is done.stderr.startswith("not proven: "), done.stderr
    return done.returncode == 0


def test_a_log_is_sealed_to_its_end_and_the_same_twice(engine: Engine) -> None:
    grow(engine, LONG)

    first, second = sealed(engine), sealed(engine)

    assert first == second
    assert first.size == LONG
    first.demand_signed(SIGNER.verifier)
    with reading(engine) as connection:
        kept = connection.execute(select(tiles.c.level, tiles.c.number)).all()
        assert sorted(map(tuple, kept)) == [(0, 0), (0, 1)]
        assert newest_checkpoint(connection) == first
        verified = verify(connection)
    assert (verified.sealed, verified.checkpoints) == (LONG, 1)


def test_an_empty_log_has_nothing_to_seal(engine: Engine) -> None:
    assert seal_tiles(engine, signer=SIGNER) is None


def test_tiles_above_hold_the_roots_of_those_below(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With tiles of four leaves a hundred events make a tree of four levels."""
    for module in ("tiles", "sealing", "seals"):
        monkeypatch.setattr(f"archive.log.{module}.TILE", 4)
    for module in ("tiles", "seals"):
        monkeypatch.setattr(f"archive.log.{module}.HEIGHT", 2)
    with engine.begin() as connection:
        without_guards(connection, of=["tile"])  # they know how long a tile is
    for count in (3, 50, 47):
        grow(engine, count, name=f"{count}-")
        sealed(engine)

    with reading(engine) as connection:
        found = connection.execute(
            text("SELECT level, count(*) FROM tile GROUP BY level ORDER BY level")
        ).all()
        assert list(map(tuple, found)) == [(0, 25), (1, 6), (2, 1)]
        assert verify(connection).checkpoints == 3


def test_without_a_key_only_tiles_are_kept(engine: Engine) -> None:
    grow(engine, LONG)

    assert seal_tiles(engine) is None

    with reading(engine) as connection:
        assert verify(connection).checkpoints == 0
        assert len(connection.execute(select(tiles.c.number)).all()) == 2


def test_many_who_seal_at_once_seal_once(database_url: str) -> None:
    def seal(_who: int) -> int:
        engine = open_engine(database_url)
        try:
            return sealed(engine).size
        finally:
            engine.dispose()

    engine = open_engine(database_url)
    grow(engine, LONG)
    with ThreadPoolExecutor(6) as pool:
        sizes = list(pool.map(seal, range(6)))

    assert sizes == [LONG] * 6
    with reading(engine) as connection:
        assert verify(connection).checkpoints == 1
    engine.dispose()


def test_an_event_is_proven_to_whoever_has_python(engine: Engine, tmp_path: Path) -> None:
    grow(engine, LONG)
    checkpoint = sealed(engine)

    with reading(engine) as connection:
        proofs = [
            prove_inclusion(connection, event_id=f"e{number}", checkpoint=checkpoint)
            for number in (0, 255, 256, 511, 599)
        ]

    for one in proofs:
        assert is_proven(one, kept=checkpoint.note, folder=tmp_path)


def _other_text(proof: InclusionProof) -> Mapping[str, object]:
    return {"payload": f"{proof.payload} "}


def _other_place(proof: InclusionProof) -> Mapping[str, object]:
    return {"position": proof.position - 1}


def _place_beyond(proof: InclusionProof) -> Mapping[str, object]:
    return {"position": proof.position + 1024}


def _no_place(proof: InclusionProof) -> Mapping[str, object]:
    return {"position": proof.position - LONG}


def _half_a_place(proof: InclusionProof) -> Mapping[str, object]:
    return {"position": proof.position + 0.5}


def _other_id(_proof: InclusionProof) -> Mapping[str, object]:
    return {"event": "another"}


def _other_envelope(proof: InclusionProof) -> Mapping[str, object]:
    return {"event": "another", "envelope": ("1", "another", *proof.envelope[2:])}


def _shorter_path(proof: InclusionProof) -> Mapping[str, object]:
    return {"path": proof.path[1:]}


def _longer_path(proof: InclusionProof) -> Mapping[str, object]:
    return {"path": (*proof.path, "00" * 32)}


def _joined_path(proof: InclusionProof) -> Mapping[str, object]:
    return {"path": (proof.path[0] + proof.path[1], *proof.path[2:])}


def _no_path(_proof: InclusionProof) -> Mapping[str, object]:
    return {"path": None}


@pytest.mark.parametrize("options", [(), ("-O",)], ids=["", "optimized"])
@pytest.mark.parametrize(
    "forged",
    [
        _other_text,
        _other_place,
        _place_beyond,
        _no_place,
        _half_a_place,
        _other_id,
        _other_envelope,
        _shorter_path,
        _longer_path,
        _joined_path,
        _no_path,
    ],
)
def test_a_forged_proof_proves_nothing(
    engine: Engine,
    tmp_path: Path,
    forged: Callable[[InclusionProof], Mapping[str, object]],
    options: Sequence[str],
) -> None:
    grow(engine, LONG)
    kept = sealed(engine)
    with reading(engine) as connection:
        proof = prove_inclusion(connection, event_id="e599", checkpoint=kept)

    found = is_proven(
        {**asdict(proof), **forged(proof)}, kept=kept.note, folder=tmp_path, options=options
    )

    assert not found


def test_a_proof_counts_against_the_checkpoint_that_was_kept_alone(
    engine: Engine, tmp_path: Path
) -> None:
    grow(engine, LONG)
    kept = sealed(engine)
    with reading(engine) as connection:
        proof = prove_inclusion(connection, event_id="e599", checkpoint=kept)
    envelope = [None if one is None else one.encode() for one in proof.envelope]
    digest = bytes.fromhex(proof.payload_hash)
    fields = [b"\xff" * 4 if one is None else len(one).to_bytes(4, "big") + one
              for one in (*envelope, digest)]  # fmt: skip
    leaf = sha256(b"\x00" + b"".join(fields)).digest()
    own = "\n".join([kept.note.split("\n")[0], "1", b64encode(leaf).decode(), ""])

    alone = asdict(proof) | {"position": 1, "path": (), "checkpoint": own}

    assert is_proven(alone, kept=own, folder=tmp_path)
    assert not is_proven(alone, kept=kept.note, folder=tmp_path)
    assert not is_proven(kept=kept.note, folder=tmp_path)
    assert not is_proven(proof, kept="", folder=tmp_path)


def test_the_program_that_checks_is_short_enough_to_be_read() -> None:
    assert len(CHECK.read_text(encoding="utf-8").splitlines()) <= 60


def test_an_event_whose_text_was_masked_is_proven_by_its_hash(
    engine: Engine, tmp_path: Path
) -> None:
    masking = an_event("text_masked", id="masking", target="secret", stream="x", reason="private")
    keep(engine, an_event(id="secret"), masking)
    checkpoint = sealed(engine)

    with reading(engine) as connection:
        proof = prove_inclusion(connection, event_id="secret", checkpoint=checkpoint)

    assert proof.payload is None
    assert is_proven(proof, kept=checkpoint.note, folder=tmp_path)
    other = asdict(proof) | {"payload_hash": "00" * 32}
    assert not is_proven(other, kept=checkpoint.note, folder=tmp_path)


def test_growth_is_proven_to_whoever_has_python(engine: Engine, tmp_path: Path) -> None:
    checkpoints: list[Checkpoint] = []
    for count in (1, 255, 1, 300):
        grow(engine, count, name=f"{count}-{len(checkpoints)}-")
        checkpoints.append(sealed(engine))

    with reading(engine) as connection:
        proofs = [
            prove_consistency(connection, earlier=earlier, checkpoint=checkpoints[-1])
            for earlier in checkpoints
        ]

        event = prove_inclusion(connection, event_id="300-3-0", checkpoint=checkpoints[-1])
    for one, earlier in zip(proofs, checkpoints, strict=True):
        assert is_proven(one, kept=earlier.note, folder=tmp_path)
        assert is_proven(one, event, kept=earlier.note, folder=tmp_path)
    first, second, *_others, newest = checkpoints
    assert not is_proven(event, kept=first.note, folder=tmp_path)
    assert not is_proven(proofs[1], kept=newest.note, folder=tmp_path)
    grown = asdict(proofs[1])
    assert not is_proven(grown | {"earlier": first.note}, kept=first.note, folder=tmp_path)
    for shorter in (second.note, _claiming(second, size=1), _claiming(second, size=0)):
        forged = grown | {"earlier": newest.note, "checkpoint": shorter, "path": ()}
        assert not is_proven(forged, kept=newest.note, folder=tmp_path)


def _claiming(checkpoint: Checkpoint, *, size: int) -> str:
    return checkpoint.note.replace(f"\n{checkpoint.size}\n", f"\n{size}\n")


def test_what_is_not_covered_is_not_proven(engine: Engine) -> None:
    grow(engine, 3)
    checkpoint = sealed(engine)
    grow(engine, 1, name="late")
    other = read_checkpoint(checkpoint.note.replace("\n3\n", "\n2\n"))

    with reading(engine) as connection:
        for missing in ("late0", "nobody"):
            with pytest.raises(NotFoundError):
                prove_inclusion(connection, event_id=missing, checkpoint=checkpoint)
        with pytest.raises(NotContinuedError):
            prove_consistency(connection, earlier=other, checkpoint=checkpoint)


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("UPDATE event SET leaf = payload_hash WHERE position = 2", 2),
        ("DELETE FROM event WHERE position = 2", 2),
        ("DELETE FROM event WHERE position > 2", 3),
    ],
    ids=["changed", "deleted", "cut off"],
)
def test_what_was_changed_is_never_signed(engine: Engine, statement: str, position: int) -> None:
    grow(engine, 4)
    sealed(engine)
    with engine.execution_options(write=True).begin() as connection:
        without_guards(connection)
        connection.execute(text(statement))
    if position == 2:
        with engine.execution_options(write=True).begin() as connection:
            connection.execute(text("INSERT INTO event SELECT 5, 'e', stream_id, 9, kind_id, edtf,"
                " earliest, latest, recorded_at, recorded_by, about, format, payload, salt,"
                " payload_hash, leaf FROM event WHERE position = 4"))  # fmt: skip

    with pytest.raises(DamagedLogError) as found:
        seal_tiles(engine, signer=SIGNER)

    assert found.value.parts["position"] == position


GUARDED = {
    "update a tile": "UPDATE tile SET number = number",
    "delete a tile": "DELETE FROM tile",
    "a tile too many": "INSERT INTO tile SELECT level, 9, hashes FROM tile WHERE number = 0",
    "a tile twice": "INSERT INTO tile SELECT * FROM tile WHERE number = 0",
    "update a checkpoint": "UPDATE signed_checkpoint SET note = ''",
    "delete a checkpoint": "DELETE FROM signed_checkpoint",
    "an earlier checkpoint": "INSERT INTO signed_checkpoint SELECT 9, root, sealed_at, leaves,"
    " note FROM signed_checkpoint",
    "a checkpoint of more than there is": "INSERT INTO signed_checkpoint SELECT 9999, root,"
    " sealed_at, leaves, note FROM signed_checkpoint",
}
OWN = {
    "sqlite": ["REPLACE INTO tile SELECT * FROM tile",
               "REPLACE INTO signed_checkpoint SELECT * FROM signed_checkpoint"],
    "postgresql": ["TRUNCATE tile", "TRUNCATE signed_checkpoint"],
}  # fmt: skip


def test_the_database_keeps_what_was_sealed(engine: Engine) -> None:
    grow(engine, LONG)
    sealed(engine)

    for statement in (*GUARDED.values(), *OWN[engine.dialect.name]):
        with pytest.raises(DBAPIError, match="append-only"), writing(engine) as connection:
            connection.execute(text(statement))


def test_a_checkpoint_keeps_the_leaves_that_no_tile_holds(engine: Engine) -> None:
    grow(engine, 3)
    sealed(engine)
    grow(engine, 2, name="more")
    sealed(engine)

    with scratch(engine) as connection:
        lengths = connection.execute(
            select(signed_checkpoints.c.leaves).order_by(signed_checkpoints.c.size)
        ).all()

    assert [len(row.leaves) // 32 for row in lengths] == [3, 2]
