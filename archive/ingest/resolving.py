"""A draft → the event that it says, by what is known while files are read."""

from collections.abc import Mapping
from typing import Final

from archive.commands.relating import related
from archive.dates import order_told
from archive.errors import BatchError, RefusedError
from archive.ingest.dating import dated
from archive.ingest.draft import Draft, each_of
from archive.ingest.known import Known
from archive.ingest.renewing import is_older, renewed
from archive.log import RecordedEvent
from archive.vocabulary import ARCHIVE_KINDS, Event, KnownEntity, Lookup, Raw, at_a_glance, check

_ANY_DAY: Final = {"edtf": "2000"}  # stands in while the other errors are found


def event_of(draft: Draft, known: Known, recorded: RecordedEvent | None) -> Event:
    """Return the checked event that *draft* says, *recorded* if the log has it by its id.

    Raises a RefusedError; several as one BatchError.
    """
    if draft.errors:
        raise BatchError(draft.errors)
    event, raw = None, _titled(draft.raw, recorded)
    if not is_older(raw):
        event = at_a_glance(raw, lookup=_lookup(known, recorded))
    if event is None:
        event = _read(raw, known, recorded)
    # What is already in the log was asked this when it came.
    errors = _refusals(event, known) if recorded is None else []
    if errors:
        raise BatchError(errors)
    return event


def _titled(raw: Raw, recorded: RecordedEvent | None) -> Raw:
    """Return *raw*, where it gives no title, with the one that its kind's sentence gave then.

    So a file taken in twice says the same twice, though the sentence was put otherwise meanwhile.
    """
    if recorded is None or raw.get("title") or not recorded.event.title:
        return raw
    return {**raw, "title": recorded.event.title}


def _read(raw: Raw, known: Known, recorded: RecordedEvent | None) -> Event:
    errors: list[RefusedError] = []
    draft = dict(raw)
    try:
        draft["occurred"] = _occurred(draft, known, recorded)
    except RefusedError as error:
        errors.append(error)
        draft["occurred"] = _ANY_DAY
    try:
        draft = dict(related(renewed(draft), known=known))
    except RefusedError as error:
        errors += each_of(error)
        draft["occurred"] = _ANY_DAY
    try:
        event = check(_without_nothing(draft), lookup=_lookup(known, recorded))
    except RefusedError as error:
        unknown = [] if recorded else _of_its_sources(draft, known)
        raise BatchError([*errors, *each_of(error), *unknown]) from error
    if errors:
        raise BatchError([*errors, *(() if recorded else _refusals(event, known))])
    return event


def _refusals(event: Event, known: Known) -> list[RefusedError]:
    """Return why the archive as it stands does not take a new event."""
    errors: list[RefusedError] = []
    for demand in known.demands():
        try:
            demand(event)
        except RefusedError as error:
            errors.append(error)
    return errors


def _of_its_sources(raw: Raw, known: Known) -> list[RefusedError]:
    """Return what is wrong with the sources of a draft that is refused for something else."""
    errors: list[RefusedError] = []
    for source in dict.fromkeys(sources_of(raw)):
        try:
            known.demand_source(source)
        except RefusedError as error:
            errors.append(error)
    return errors


def _without_nothing(raw: Raw) -> Raw:
    return {name: value for name, value in raw.items() if value is not None}


def _occurred(raw: Raw, known: Known, recorded: RecordedEvent | None) -> object:
    occurred = raw.get("occurred")
    if not occurred and str(raw.get("kind")) in ARCHIVE_KINDS:
        first = recorded.event.occurred.edtf if recorded else known.today.isoformat()
        return {"edtf": first}
    if not isinstance(occurred, Mapping) or not {"when", "ref"} & set(occurred):
        return occurred
    ref = known.ref or next(filter(None, map(known.published, sources_of(raw))), None)
    return dated(occurred, ref=ref, day_first=_day_first(raw, known, recorded))


def _day_first(raw: Raw, known: Known, recorded: RecordedEvent | None) -> bool | None:
    """Tell which of day and month comes first: as when the row came before, else as in its source.

    So a file taken in twice says the same twice, whatever was chosen in between.
    """
    if recorded is not None:
        then = recorded.event.occurred
        return order_told(then.stated, edtf=then.edtf)
    orders = (known.day_first(source) for source in sources_of(raw))
    return next((order for order in orders if order is not None), None)


def sources_of(raw: Raw) -> list[str]:
    """Return the ids of the sources that a draft names, as far as they can be read."""
    claims = raw.get("claims")
    listed = claims if isinstance(claims, list) else []
    said = [claim.get("source") for claim in listed if isinstance(claim, Mapping)]
    return [source for source in said if isinstance(source, str)]


def _lookup(known: Known, recorded: RecordedEvent | None) -> Lookup:
    """Return how entities are looked up: an event in the log keeps the names it was given."""
    if recorded is None:
        return known.entity
    mentioned = {
        mention.id: KnownEntity(mention.type, mention.names) for mention in recorded.event.entities
    }
    return lambda slug: mentioned.get(slug) or known.entity(slug)
