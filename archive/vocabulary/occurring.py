"""When an event occurred, as a draft says it → checked, with bounds computed once and for ever."""

from archive.dates import describe
from archive.errors import FieldError, UnreadableDateError
from archive.languages import Words
from archive.vocabulary.choices.claims import DATE_KIND
from archive.vocabulary.event import Occurred
from archive.vocabulary.fields import Choice, Region
from archive.vocabulary.raws import Raw, identifier, mapping, note


def occurred(raw: object) -> Occurred:
    """Return when it occurred, its bounds computed here once and for ever.

    *raw* needs ``edtf``; bounds that come with it must be the ones computed. Where nothing is
    known of the date, that is to be said: a date forgotten is refused.
    """
    given = mapping(raw, field="occurred")
    strange = set(given) - set(Occurred.__struct_fields__)
    if strange:
        names = ", ".join(Occurred.__struct_fields__)
        raise FieldError(field="occurred", value=min(strange), accepted=Words(names, names))
    after, before = (other_event(given, side) for side in ("after", "before"))
    edtf = _edtf(given)
    earliest, latest = _bounds(given, edtf)
    date_kind = Choice(DATE_KIND, what=Words("日期种类", "kind of date"))
    place = str(given.get("place") or "")
    return Occurred(
        edtf=edtf,
        earliest=earliest,
        latest=latest,
        stated=note(given.get("stated"), field="stated"),
        date_kind=str(date_kind.read(given.get("date_kind") or "occurred", field="date_kind")),
        place=str(Region().read(place, field="place")) if place else "",
        after=after,
        before=before,
    )


def other_event(given: Raw, side: str) -> str:
    """Return the id of the event that *given* names on a side, ``after`` or ``before``."""
    value = given.get(side)
    if value is None or value == "":
        return ""
    return identifier(value, field=f"occurred.{side}")


def _edtf(given: Raw) -> str:
    edtf = given.get("edtf")
    if not isinstance(edtf, str):
        raise UnreadableDateError(edtf if edtf is not None else "", field="occurred.edtf")
    return edtf


def _bounds(given: Raw, edtf: str) -> tuple[str | None, str | None]:
    reading = describe(edtf)
    computed = {
        "earliest": reading.earliest.isoformat() if reading.earliest else None,
        "latest": reading.latest.isoformat() if reading.latest else None,
    }
    for end, day in computed.items():
        if end in given and given[end] != day:
            accepted = Words(str(day), str(day))
            raise FieldError(field=f"occurred.{end}", value=given[end], accepted=accepted)
    return computed["earliest"], computed["latest"]
