"""Signed notes, checkpoints among them: text with Ed25519 signatures, as C2SP specifies both.

A key is written as Go's sumdb writes it: ``name+id+base64`` for the half that verifies and
``PRIVATE+KEY+name+id+base64`` for the half that signs. See https://c2sp.org/signed-note and
https://c2sp.org/tlog-checkpoint.
"""

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from typing_extensions import override

from archive.errors import FieldError, RefusedError
from archive.languages import Words
from archive.log.tiles import HASH

_ED25519 = b"\x01"
_ID = 4
_DASH = "\u2014 "
_PRIVATE = "PRIVATE+KEY+"
_FORMAT = "archive-format 1 sealed "
_KEY_ACCEPTED = Words(
    "archive checkpoint --public-key 输出的密钥（名字+编号+base64）",
    "a key as archive checkpoint --public-key prints it (name+id+base64)",
)
_NOTE_ACCEPTED = Words(
    "archive checkpoint 写出的检查点", "a checkpoint as archive checkpoint writes it"
)


class ForgedCheckpointError(RefusedError):
    """A checkpoint is not signed by the key that was asked for."""

    sentence = Words(
        zh="检查点（{size} 条事件）没有密钥 {key} 的有效签名。",
        en="The checkpoint of {size} events bears no valid signature of the key {key}.",
    )


class OtherKeyError(ForgedCheckpointError):
    """A checkpoint is signed, if at all, by another key than the one that was asked for."""

    sentence = Words(
        zh="检查点（{size} 条事件，由 {origin} 签署）没有密钥 {key} 的有效签名。"
        "备份不含密钥：恢复之后，请用 --key 给出原来的公钥，"
        "或把 ARCHIVE_SIGNING_KEY 设为原来的密钥文件。",
        en="The checkpoint of {size} events, of {origin}, bears no valid signature of the key "
        "{key}. No backup holds the key: after a restore, give the old public key with --key, or "
        "the file of the old key as ARCHIVE_SIGNING_KEY.",
    )


@dataclass(frozen=True, slots=True)
class Verifier:
    """The half of a key that verifies; anybody may have it."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Return the four bytes by which signatures name the key."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_ID]

    @override
    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(_ED25519 + self.public)}"


@dataclass(frozen=True, slots=True)
class Signer:
    """The half of a key that signs."""

    verifier: Verifier
    seed: bytes

    def line(self, text: str) -> str:
        """Return the signature line of *text*."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{_DASH}{self.verifier.name} {_base64(self.verifier.id + signature)}\n"

    def written(self) -> str:
        """Return the key as its file holds it."""
        said = f"{self.verifier.name}+{self.verifier.id.hex()}+{_base64(_ED25519 + self.seed)}"
        return f"{_PRIVATE}{said}\n"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The root over the first ``size`` events, signed; ``note`` is the whole of it as text."""

    origin: str
    size: int
    root: bytes
    note: str

    @property
    def is_signed(self) -> bool:
        """Tell whether it bears a signature of anybody, valid or not."""
        return any(line.startswith(_DASH) for line in _signature_lines(self.note))

    def is_named_by(self, verifier: Verifier) -> bool:
        """Tell whether one of the signatures says that it is of the key."""
        return any(True for _signature in _signatures(self.note, verifier))

    def demand_signed(self, verifier: Verifier) -> None:
        """Raise ForgedCheckpointError unless the key signed it."""
        if not self.is_named_by(verifier):
            raise OtherKeyError(size=self.size, origin=self.origin, key=verifier.name)
        text = self.note.rpartition("\n\n")[0] + "\n"
        public = Ed25519PublicKey.from_public_bytes(verifier.public)
        found = list(_signatures(self.note, verifier))
        try:
            for signature in found:
                public.verify(signature, text.encode())
        except InvalidSignature:
            found = []
        if not found:
            raise ForgedCheckpointError(size=self.size, key=verifier.name)


def new_signer() -> Signer:
    """Return a fresh key, named after its public half: no two archives share a name."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    name = f"archive-{sha256(public).hexdigest()[:12]}"
    return Signer(Verifier(name, public), private.private_bytes_raw())


def read_signer(text: str) -> Signer:
    """Return the key of a file's *text*; raises FieldError for what is none."""
    name, seed = _key(text.strip().removeprefix(_PRIVATE), shown="…")
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return Signer(Verifier(name, public), seed)


def read_verifier(text: str) -> Verifier:
    """Return the key that *text* writes; raises FieldError for what is none."""
    return Verifier(*_key(text.strip(), shown=text))


def signed(signer: Signer, *, size: int, root: bytes, sealed_at: str) -> Checkpoint:
    """Return the checkpoint of *size* events, signed."""
    origin = signer.verifier.name
    text = f"{origin}\n{size}\n{_base64(root)}\n{_FORMAT}{sealed_at}\n"
    return Checkpoint(origin, size, root, f"{text}\n{signer.line(text)}")


def read_checkpoint(note: str) -> Checkpoint:
    """Return the checkpoint that *note* writes, its signatures unseen; raises FieldError."""
    text, _blank, _signatures = note.partition("\n\n")
    try:
        origin, size, root, *_extensions = text.split("\n")
        found = Checkpoint(origin, int(size), b64decode(root, validate=True), note)
    except (ValueError, binascii.Error):
        found = None
    if found is None or found.size < 0 or len(found.root) != HASH or not found.origin:
        raise FieldError(field="checkpoint", value=note.strip(), accepted=_NOTE_ACCEPTED)
    return found


def _signature_lines(note: str) -> list[str]:
    return note.rpartition("\n\n")[2].splitlines()


def _signatures(note: str, verifier: Verifier) -> list[bytes]:
    """Return the signatures that name the key, whether they are valid or not."""
    found = []
    for line in _signature_lines(note):
        name, _blank, rest = line.removeprefix(_DASH).partition(" ")
        if line.startswith(_DASH) and name == verifier.name:
            raw = _bytes(rest)
            found += [raw[_ID:]] if raw[:_ID] == verifier.id else []
    return found


def _key(text: str, *, shown: str) -> tuple[str, bytes]:
    name, _plus, rest = text.partition("+")
    raw = _bytes(rest.partition("+")[2])
    if not name or raw[:1] != _ED25519 or len(raw) != HASH + 1:
        raise FieldError(field="key", value=shown, accepted=_KEY_ACCEPTED)
    return name, raw[1:]


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return b""


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
