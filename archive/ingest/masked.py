"""The line of an event whose text was masked before it was exported: its envelope, and no more."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from archive.dates import describe
from archive.errors import BatchError, FieldError, RefusedError
from archive.languages import Words
from archive.log import read_by_ids
from archive.vocabulary import Event, Kind, Occurred, Raw, identifier, kind

_IDS = Words("事件标识的列表", "a list of the ids of events")


class UnmaskedError(RefusedError):
    """A line came without its text, and nothing says that it was masked."""

    sentence = Words(
        zh="“{id}”的行说其文字已被遮蔽，但没有 text_masked 事件遮蔽它。",
        en="The line of “{id}” says that its text was masked, but no text_masked is about it.",
    )


def is_masked(raw: Raw) -> bool:
    """Tell whether a line says that its text was taken out."""
    return raw.get("masked") in {True, "true"}


def masked_event(raw: Raw) -> Event:
    """Return the envelope that *raw* gives; raises a RefusedError for what is none."""
    known = kind(str(raw.get("kind", "")))
    given = raw.get("occurred")
    date = describe(str(given.get("edtf", "")) if isinstance(given, Mapping) else "")
    about = raw.get("about") or []
    if not isinstance(about, list):
        raise FieldError(field="about", value=about, accepted=_IDS)
    targets = " ".join(identifier(one, field="about") for one in about)
    return Event(
        id=identifier(raw.get("id"), field="id"),
        kind=known.name,
        stream=identifier(raw.get("stream"), field="stream"),
        occurred=Occurred(
            edtf=date.edtf,
            earliest=date.earliest.isoformat() if date.earliest else None,
            latest=date.latest.isoformat() if date.latest else None,
        ),
        entities=(),
        kind_version=_version(raw, known),
        data={"target": targets} if targets else {},
    )


def _version(raw: Raw, known: Kind) -> int:
    """Return the version that the text was written in: without the text it is never brought on."""
    given = raw.get("kind_version", known.version)
    if type(given) is not int or not 1 <= given <= known.version:
        accepted = Words(f"1 至 {known.version}", f"1 to {known.version}")
        raise FieldError(field="kind_version", value=given, accepted=accepted)
    return given


def demand_masked(connection: Connection, ids: Iterable[str]) -> None:
    """Raise for every event of *ids* whose text the log was not told to mask."""
    found = read_by_ids(connection, list(ids))
    errors = [UnmaskedError(id=name) for name, one in found.items() if not one.is_masked]
    if errors:
        raise BatchError(errors)
