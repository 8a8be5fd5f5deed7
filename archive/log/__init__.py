"""The log: events in the order of recording, immutable. Its writer has no place here."""

from archive.log.clock import Clock, now, to_instant, to_microseconds
from archive.log.following import follow
from archive.log.guards import altered_guards, put_back_guards, strange_guards
from archive.log.holding import hold
from archive.log.keeping import (
    ClosedKeyError,
    ExposedKeyError,
    NoSigningKeyError,
    demand_signer,
    key_file,
    signer_of,
)
from archive.log.masking import blank
from archive.log.notes import (
    Checkpoint,
    ForgedCheckpointError,
    Signer,
    Verifier,
    read_checkpoint,
    read_verifier,
)
from archive.log.proving import (
    ConsistencyProof,
    InclusionProof,
    NotContinuedError,
    prove_consistency,
    prove_inclusion,
)
from archive.log.reader import (
    head,
    position_at,
    read_backwards,
    read_by_ids,
    read_by_positions,
    read_log,
    read_stream,
)
from archive.log.recorded import RecordedEvent
from archive.log.sealing import newest_checkpoint, seal_tiles
from archive.log.verifying import Verified, verify

__all__ = [
    "Checkpoint",
    "Clock",
    "ClosedKeyError",
    "ConsistencyProof",
    "ExposedKeyError",
    "ForgedCheckpointError",
    "InclusionProof",
    "NoSigningKeyError",
    "NotContinuedError",
    "RecordedEvent",
    "Signer",
    "Verified",
    "Verifier",
    "altered_guards",
    "blank",
    "demand_signer",
    "follow",
    "head",
    "hold",
    "key_file",
    "newest_checkpoint",
    "now",
    "position_at",
    "prove_consistency",
    "prove_inclusion",
    "put_back_guards",
    "read_backwards",
    "read_by_ids",
    "read_by_positions",
    "read_checkpoint",
    "read_log",
    "read_stream",
    "read_verifier",
    "seal_tiles",
    "signer_of",
    "strange_guards",
    "to_instant",
    "to_microseconds",
    "verify",
]
