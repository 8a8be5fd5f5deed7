"""When an event occurred, as a draft says it → checked, with bounds computed once and for ever."""

import re
from typing import Final

import msgspec

from archive.dates import UnreadableTimeError, describe, read_time
from archive.errors import FieldError, UnreadableDateError
from archive.languages import Words
from archive.vocabulary.choices.claims import DATE_KIND
from archive.vocabulary.event import Occurred
from archive.vocabulary.fields import Choice, Region
from archive.vocabulary.raws import Raw, identifier, mapping, note

_WHOLE_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class NoDayForTimeError(FieldError):
    """A time of day beside a date that is not one whole day."""

    sentence = Words(
        zh="{field}：时刻“{value}”只能写在确切的一天之后；可接受：{accepted}。",
        en="{field}: the time “{value}” needs a date that is one whole day; accepted: {accepted}.",
    )

    def __init__(self, value: str) -> None:
        accepted = Words(
            "日期为某一天（如 2023-07-11），或不写时刻",
            "a date that is one day, such as 2023-07-11, or no time",
        )
        super().__init__(field="occurred.time", value=value, accepted=accepted)


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
        time=_time(given, edtf),
    )


def other_event(given: Raw, side: str) -> str:
    """Return the id of the event that *given* names on a side, ``after`` or ``before``."""
    value = given.get(side)
    if value is None or value == "":
        return ""
    return identifier(value, field=f"occurred.{side}")


def _time(given: Raw, edtf: str) -> str | msgspec.UnsetType:
    """Return the time of day that *given* tells, which the date must be one whole day for."""
    value = given.get("time")
    if value is None or value == "":
        return msgspec.UNSET
    if not isinstance(value, str):
        raise UnreadableTimeError(value, field="occurred.time")
    time = read_time(value, field="occurred.time")
    if not _WHOLE_DAY.fullmatch(edtf):
        raise NoDayForTimeError(time)
    return time


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
