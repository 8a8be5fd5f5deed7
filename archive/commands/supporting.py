"""support: one more source says so. A correction that adds a claim and leaves the others alone."""

from collections.abc import Mapping
from typing import Final

import msgspec
from sqlalchemy import Connection

from archive.commands.correcting import correct
from archive.commands.recording import Recorded, already_recorded
from archive.commands.targets import as_it_reads, live_target
from archive.errors import FieldError
from archive.languages import Words
from archive.log import Clock, hold, now

_NEW: Final = Words("尚未引用的来源与位置", "a source and a place in it not yet cited")


def support(
    connection: Connection,
    *,
    target: str,
    claim: Mapping[str, str],
    reason: str | Mapping[str, str],
    recorded_by: str,
    event_id: str | None = None,
    expected_position: int | None = None,
    clock: Clock = now,
) -> Recorded:
    """Record that *claim*, too, says what the event called *target* says.

    Raises what ``correct`` raises, and FieldError for a claim that the event has already.
    """
    hold(connection)
    again = already_recorded(connection, event_id, kind="claim_corrected", target=target)
    if again:
        return again
    _original, version = live_target(connection, target)
    claims = as_it_reads(version).claims
    if any((one.source, one.locator) == _place(claim) for one in claims):
        raise FieldError(field="source", value=claim.get("source", ""), accepted=_NEW)
    return correct(
        connection,
        target=target,
        raw={"claims": [*msgspec.to_builtins(claims), dict(claim)]},
        reason_kind="new_evidence",
        reason=reason,
        recorded_by=recorded_by,
        event_id=event_id,
        expected_position=expected_position,
        clock=clock,
    )


def _place(claim: Mapping[str, str]) -> tuple[str, str]:
    return claim.get("source", ""), claim.get("locator", "")
