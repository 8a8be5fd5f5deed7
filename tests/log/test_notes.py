"""Notes are signed as Go's sumdb and C2SP sign them; a key is made once, for its owner alone."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from archive.errors import FieldError
from archive.log import (
    ExposedKeyError,
    ForgedCheckpointError,
    NoSigningKeyError,
    demand_signer,
    key_file,
    read_checkpoint,
    read_verifier,
    signer_of,
)
from archive.log.notes import new_signer, read_signer, signed
from archive.storage import open_engine

# The example of the documentation of golang.org/x/mod/sumdb/note.
GO_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)
ROOT = bytes(range(32))


def test_a_key_and_a_signature_are_those_of_go() -> None:
    signer = read_signer(GO_KEY)

    assert str(signer.verifier) == GO_VERIFIER
    assert read_verifier(GO_VERIFIER) == signer.verifier
    assert signer.line(GO_TEXT) == GO_SIGNATURE
    assert signer.written().strip() == GO_KEY


@given(st.integers(0, 2**40), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_reads_as_it_was_written(size: int, root: bytes) -> None:
    signer = read_signer(GO_KEY)

    written = signed(signer, size=size, root=root, sealed_at="2026-11-22T00:00:00.000000Z")
    found = read_checkpoint(written.note)

    assert found == written
    assert (found.origin, found.size, found.root) == ("PeterNeumann", size, root)
    found.demand_signed(signer.verifier)


def test_a_changed_checkpoint_or_another_key_is_told() -> None:
    signer = new_signer()
    checkpoint = signed(signer, size=7, root=ROOT, sealed_at="then")
    changed = read_checkpoint(checkpoint.note.replace("\n7\n", "\n8\n"))

    with pytest.raises(ForgedCheckpointError):
        changed.demand_signed(signer.verifier)
    with pytest.raises(ForgedCheckpointError):
        checkpoint.demand_signed(new_signer().verifier)
    assert not checkpoint.is_named_by(new_signer().verifier)


def test_a_witness_may_sign_too() -> None:
    """As C2SP wants it, signatures of keys that nobody asks for are left aside."""
    signer, witness = new_signer(), new_signer()
    checkpoint = signed(signer, size=7, root=ROOT, sealed_at="then")
    text = checkpoint.note.rpartition("\n\n")[0] + "\n"

    both = read_checkpoint(checkpoint.note + witness.line(text) + "— somebody bm9uZQ==\n")

    both.demand_signed(signer.verifier)
    both.demand_signed(witness.verifier)


@pytest.mark.parametrize(
    "note",
    ["", "a\n1\n", "a\n1\nAAAA\n\n", f"a\nmany\n{'A' * 43}=\n\n", f"\n1\n{'A' * 43}=\n\n",
     f"a\n-1\n{'A' * 43}=\n\n", "a\n1\n!\n\n"],
    ids=["nothing", "no root", "a short root", "no size", "no origin", "below none", "no base64"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(FieldError):
        read_checkpoint(note)


@pytest.mark.parametrize("key", ["", "name", "name+00000000+AAAA", "+00000000+" + "A" * 44])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(FieldError):
        read_verifier(key)


def test_of_many_who_make_the_key_one_is_first(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    with ThreadPoolExecutor(8) as pool:
        signers = list(pool.map(lambda _who: signer_of(engine), range(8)))

    path = key_file(engine)
    assert path == tmp_path / "archive.db-key"
    assert len(set(signers)) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".archive.db-key*"))
    engine.dispose()


def test_a_file_that_holds_no_key_is_left_as_it_is_and_refused(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "key"
    path.write_text("precious", encoding="utf-8")

    with pytest.raises(FieldError) as refused:
        signer_of(engine, named=str(path))

    assert "precious" not in str(refused.value)
    assert path.read_text(encoding="utf-8") == "precious"


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the mode says nothing about readers")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644, 0o777], ids=oct)
def test_a_key_that_others_may_read_or_change_signs_nothing(
    engine: Engine, tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "key"
    path.write_text(new_signer().written(), encoding="utf-8")
    path.chmod(mode)

    with pytest.raises(ExposedKeyError) as refused:
        signer_of(engine, named=str(path))

    for locale in ("zh", "en"):
        assert f"chmod 600 {path}"[:80] in refused.value.words(locale)
        assert f"{mode:03o}" in refused.value.words(locale)
    path.chmod(0o600)
    assert signer_of(engine, named=str(path))


def test_a_servers_archive_has_a_key_only_where_one_is_named(
    postgres_url: str, tmp_path: Path
) -> None:
    engine = open_engine(postgres_url)

    assert signer_of(engine) is None
    with pytest.raises(NoSigningKeyError):
        demand_signer(engine)
    named = str(tmp_path / "key")
    assert demand_signer(engine, named=named) == signer_of(engine, named=named)
    engine.dispose()
