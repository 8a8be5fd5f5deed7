"""correct: it happened otherwise. A new event points at the old one; the old one stays."""

from collections.abc import Mapping
from functools import partial

import msgspec
from sqlalchemy import Connection

from archive.commands.knowing import Known
from archive.commands.recording import Recorded, already_recorded, append_all, checked, new_id
from archive.commands.relating import related_anew
from archive.commands.targets import as_it_reads, live_target
from archive.errors import FieldError
from archive.languages import Words
from archive.log import Clock, hold, now
from archive.vocabulary import MACHINE_PROPOSED, Event, Raw, is_derived, kind_of

_COMPARED = tuple(
    name for name in Event.__struct_fields__ if name not in {"id", "kind_version", "stream"}
)


def corrected_fields(before: Event, after: Event) -> list[str]:
    """Return the names of the fields in which two versions of an event differ."""
    changed: list[str] = []
    for name in _COMPARED:
        old, new = getattr(before, name), getattr(after, name)
        if name == "data":
            changed += [key for key in {**old, **new} if old.get(key) != new.get(key)]
        elif old != new:
            changed.append(name)
    return changed


def correct(
    connection: Connection,
    *,
    target: str,
    raw: Raw,
    reason_kind: str,
    reason: str | Mapping[str, str],
    recorded_by: str,
    event_id: str | None = None,
    expected_position: int | None = None,
    clock: Clock = now,
) -> Recorded:
    """Record that the event called *target* happened as *raw* says, and why that is said now.

    *raw* holds what should be otherwise: fields that it leaves out stay as they are, within
    ``data`` too, where None takes a field out; another kind begins without data. A title that the
    kind's sentence gave follows. Bounds that other events gave are resolved again, from what is
    known now.
    Raises NotFoundError, AlreadyRetractedError, RefusedError, or FieldError where nothing
    would change.
    """
    hold(connection)
    again = already_recorded(connection, event_id, kind="claim_corrected", target=target)
    if again:
        return again
    original, version = live_target(connection, target)
    before = as_it_reads(version)
    anew = partial(related_anew, before=before, position=version.position)
    merged = _merged(before, raw)
    if MACHINE_PROPOSED in {*original.event.tags, *before.tags}:
        merged = _still_marked(merged)
    after = checked(connection, [merged], resolve=anew)[0]
    known = Known(connection)
    known.demand_sources(after)
    if after.entities != before.entities:
        known.demand_two_sides(after)
    changed = corrected_fields(before, after)
    if not changed:
        accepted = Words("至少一处改动", "at least one change")
        raise FieldError(field="event", value=target, accepted=accepted)
    draft = {
        "id": event_id or new_id(),
        "kind": "claim_corrected",
        "stream": original.event.stream,
        "occurred": {"edtf": clock().date().isoformat()},
        "data": {
            "target": original.event.id,
            "reason_kind": reason_kind,
            "reason": reason,
            "fields": ", ".join(changed),
            "event": msgspec.to_builtins(after),
        },
    }
    event = checked(connection, [draft])[0]
    return append_all(
        connection,
        [event],
        recorded_by=recorded_by,
        expected_position=expected_position,
        clock=clock,
    )[0]


def _merged(before: Event, raw: Raw) -> Raw:
    kept = before.data if raw.get("kind", before.kind) == before.kind else {}
    data = raw.get("data", {})
    merged = {
        **msgspec.to_builtins(before),
        **raw,
        "data": {**kept, **data} if isinstance(data, Mapping) else data,
        "id": before.id,
        "stream": before.stream,
    }
    retold = {"data", "entities", "kind"} & set(raw)
    is_ours = is_derived(before.title, kind_of(before), before.entities, before.data)
    if "title" not in raw and is_ours and retold:
        merged.pop("title", None)
    return merged


def _still_marked(raw: Raw) -> Raw:
    """Return *raw* with the tag that a correction may not take off."""
    tags = raw.get("tags") or ()
    if not isinstance(tags, list | tuple) or MACHINE_PROPOSED in tags:
        return raw
    return {**raw, "tags": [*tags, MACHINE_PROPOSED]}
