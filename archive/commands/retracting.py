"""retract: it should never have been recorded. A new event says so; the old one stays."""

from collections.abc import Mapping

from sqlalchemy import Connection

from archive.commands.recording import Recorded, already_recorded, append_all, checked, new_id
from archive.commands.targets import live_target
from archive.log import Clock, hold, now


def retract(
    connection: Connection,
    *,
    target: str,
    reason: str | Mapping[str, str],
    recorded_by: str,
    event_id: str | None = None,
    expected_position: int | None = None,
    clock: Clock = now,
) -> Recorded:
    """Record that the event called *target* is withdrawn, and why.

    Raises NotFoundError for an unknown event and AlreadyRetractedError for one withdrawn before.
    """
    hold(connection)
    again = already_recorded(connection, event_id, kind="claim_retracted", target=target)
    if again:
        return again
    original, _version = live_target(connection, target)
    draft = {
        "id": event_id or new_id(),
        "kind": "claim_retracted",
        "stream": original.event.stream,
        "occurred": {"edtf": clock().date().isoformat()},
        "data": {"target": original.event.id, "reason": reason},
    }
    event = checked(connection, [draft])[0]
    return append_all(
        connection,
        [event],
        recorded_by=recorded_by,
        expected_position=expected_position,
        clock=clock,
    )[0]
