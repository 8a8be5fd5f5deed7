"""What an event says, field by field, under the labels of its kind; how two versions differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from archive.dates import phrase, time_in_words
from archive.languages import LOCALES, Words
from archive.queries import EventRow
from archive.vocabulary import (
    CONFIDENCE,
    DATE_KIND,
    IMPORTANCE,
    KINDS,
    UNKNOWN,
    Field,
    FieldType,
    Mention,
    Occurred,
)

_UNKNOWN_WORDS: Final = Words("未知", "unknown")
_NOTHING: Final = Words("", "")
_INNER: Final = "event"
_TARGET: Final = "target"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field that an event gives: entities in a role, or a value in words."""

    name: str
    label: Words
    entities: tuple[Mention, ...] = ()
    words: Words = _NOTHING
    stated: str = ""
    is_event: bool = False


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field in two versions of an event."""

    label: Words
    before: Words
    after: Words


def fields_of(row: EventRow) -> tuple[FieldLine, ...]:
    """Return the fields that *row* gives, in the order of its kind; a retired kind gives none."""
    kind = KINDS.get(row.kind)
    if kind is None:
        return ()
    lines = (_role(field, row) if field.is_role else _datum(field, row) for field in kind.fields)
    return tuple(line for line in lines if line is not None)


def field_differences(before: EventRow, after: EventRow) -> tuple[FieldDifference, ...]:
    """Return every field whose words differ between two versions."""
    old, new = _all_words(before), _all_words(after)
    return tuple(
        FieldDifference(label, old.get(label, _NOTHING), new.get(label, _NOTHING))
        for label in dict.fromkeys([*old, *new])
        if old.get(label, _NOTHING) != new.get(label, _NOTHING)
    )


def _role(field: Field, row: EventRow) -> FieldLine | None:
    mentions = tuple(one for one in row.entities if one.role == field.name)
    return FieldLine(field.name, field.label, entities=mentions) if mentions else None


def _datum(field: Field, row: EventRow) -> FieldLine | None:
    value = row.data.get(field.name)
    if value is None or field.name == _INNER:
        return None
    stated = str(value.get("stated", "")) if isinstance(value, Mapping) else ""
    return FieldLine(
        field.name,
        field.label,
        words=_spoken(field.type, value),
        stated=stated,
        is_event=field.name == _TARGET,
    )


def _spoken(sort: FieldType, value: object) -> Words:
    if value == UNKNOWN and sort.widget != "amount":
        return _UNKNOWN_WORDS
    key = sort.key(value)  # type: ignore[arg-type]  # the log holds canonical values only
    return Words(*(sort.words(key, locale) for locale in LOCALES))


def _named(mentions: tuple[Mention, ...]) -> Words:
    chinese = "、".join(one.names.get("zh") or one.id for one in mentions)
    return Words(chinese, ", ".join(one.names.get("en") or one.id for one in mentions))


def _all_words(row: EventRow) -> dict[Words, Words]:
    said = {
        Words("标题", "Title"): row.title,
        Words("摘要", "Summary"): row.summary,
        **_dated(row.occurred),
    }
    for line in fields_of(row):
        said[line.label] = _named(line.entities) if line.entities else line.words
    importance = IMPORTANCE.get(row.importance, Words(row.importance, row.importance))
    said[Words("重要性", "Importance")] = importance
    return said | {Words("来源", "Sources"): _cited(row), Words("引文", "Quotes"): _quoted(row)}


def _dated(occurred: Occurred) -> dict[Words, Words]:
    sort = DATE_KIND.get(occurred.date_kind, Words(occurred.date_kind, occurred.date_kind))
    return {
        Words("日期", "Date"): Words(*(phrase(occurred.edtf, locale=one) for one in LOCALES)),
        Words("原文日期", "Date as stated"): Words(occurred.stated, occurred.stated),
        Words("日期性质", "Kind of date"): sort,
        Words("时刻", "Time of day"): time_in_words(occurred.clock),
        Words("地点", "Place"): Words(occurred.place, occurred.place),
        Words("不早于", "Not before"): Words(occurred.after, occurred.after),
        Words("不晚于", "Not after"): Words(occurred.before, occurred.before),
    }


def _quoted(row: EventRow) -> Words:
    quotes = " / ".join(claim.quote for claim in row.claims if claim.quote)
    return Words(quotes, quotes)


def _cited(row: EventRow) -> Words:
    def listed(locale: str, joint: str) -> str:
        return joint.join(
            " ".join(
                filter(
                    None,
                    (
                        claim.source.title,
                        claim.locator,
                        CONFIDENCE[claim.confidence].in_language(locale),
                        claim.reason,
                    ),
                )
            )
            for claim in row.claims
        )

    return Words(listed("zh", "；"), listed("en", "; "))
