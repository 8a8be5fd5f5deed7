"""The controls that every event's form has: when, who says so, in what words."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

from archive.dates import phrase
from archive.languages import LOCALES, Words
from archive.queries import SourceRow, head, sources_known
from archive.vocabulary import CONFIDENCE, DATE_KIND, IMPORTANCE, REASON_KIND
from archive.web.forms.controls import NO_WORDS, Control, regions
from archive.web.forms.typed import Typed

WHEN: Final = Words("何时", "When")
SOURCE: Final = Words("来源", "Source")
_HELP: Final = {
    "when": Words(
        "照原文写即可：2023年7月14日、3月下旬、2023年第三季度、2021年5月前、2020..2021",
        "As people write it: 14 July 2023, late March 2024, Q3 2023, before 2021-05, 2020..2021",
    ),
    "stated": Words(
        "照抄来源的原话；引文里有上面所写的话时自动取用，否则留空即不引",
        "Copied from the source. Left empty: what is typed above, if the quote has it",
    ),
    "date_kind": Words("这一天是什么的日子", "What that day is the day of"),
    "time": Words(
        "原文说了几点才写：14:30；带时区则写 14:30+08:00。须为确切的一天，日期不会因此改变",
        "Only where the source tells it: 14:30, or 14:30+08:00 with its offset from UTC. "
        "The date must be one day, and stays that day",
    ),
    "place": Words("日期按事发地的日历", "The day is that of the calendar there"),
    "locator": Words("段、页或时间码，例如 ¶12", "Paragraph, page or time, for example ¶12"),
    "quote": Words("原文中说出此事的话", "The source's own words for it"),
    "reason": Words("可信度低或为传闻时必填", "Needed when confidence is low or it is a rumour"),
    "title": Words("留空则用自动生成的句子", "Left empty: the sentence shown"),
    "summary": Words("用自己的话，可留空", "In our own words; may stay empty"),
    "correction-reason": Words("写给以后的读者", "For the readers to come"),
}


def shown_source(row: SourceRow) -> Words:
    """Return how a source stands in a list to choose from."""
    ref, day = row.ref, row.ref.published
    days = {one: phrase(day, locale=one) if day else "" for one in LOCALES}
    by = [part for part in (ref.publisher.zh, days["zh"]) if part]
    also = [part for part in (ref.publisher.en, days["en"]) if part]
    return Words(
        f"{ref.title}（{'，'.join(by)}）" if by else ref.title,
        f"{ref.title} ({', '.join(also)})" if also else ref.title,
    )


def source_options(connection: Connection) -> Mapping[str, Words]:
    """Return the sources to choose from, the latest published first."""
    rows = sources_known(connection, known=head(connection).position)
    return {row.ref.id: shown_source(row) for row in reversed(rows)}


def common_controls(
    connection: Connection, typed: Typed, *, is_world: bool, title: Words
) -> dict[str, Control]:
    """Return the common controls by name; an archive's event rests on no source."""

    def control(name: str, widget: str, label: Words, **more: object) -> Control:
        given = {"value": typed.one(name), "help": _HELP.get(name, NO_WORDS), **more}
        return Control(name, widget, label, **given)  # type: ignore[arg-type]  # as the table has it

    controls = [
        control("when", "date", WHEN, required=True),
        control("date_kind", "choice", Words("日期种类", "Kind of date"), options=DATE_KIND,
                value=typed.one("date_kind") or "occurred", required=True),
        control("stated", "text", Words("原文中的日期", "The date in the source's words")),
        control("time", "text", Words("时刻", "Time of day")),
        control("place", "region", Words("地点", "Place"), options=regions()),
        control("importance", "choice", Words("重要性", "Importance"), options=IMPORTANCE,
                value=typed.one("importance") or "minor", required=True),
        _texts("title", "bilingual", Words("标题", "Title"), typed, placeholder=title),
        _texts("summary", "bilingual_area", Words("摘要", "Summary"), typed),
    ]  # fmt: skip
    if is_world:
        controls += [
            control("source", "source", SOURCE, options=source_options(connection), required=True),
            control("locator", "text", Words("出处位置", "Place in the source")),
            control("quote", "area", Words("引文", "Quote")),
            control("confidence", "choice", Words("可信度", "Confidence"), options=CONFIDENCE,
                    value=typed.one("confidence") or "high", required=True),
            control("reason", "text", Words("可信度的理由", "Reason for that confidence")),
        ]  # fmt: skip
    return {one.name: one for one in controls}


def correction_controls(typed: Typed) -> dict[str, Control]:
    """Return what a correction asks beside the event itself: why."""
    kind = Control(
        "correction-kind",
        "choice",
        Words("更正的缘由", "Kind of reason"),
        required=True,
        value=typed.one("correction-kind"),
        options=REASON_KIND,
    )
    return {kind.name: kind} | reason_control(typed)


def reason_control(typed: Typed) -> dict[str, Control]:
    """Return the control that asks why an event is corrected or retracted."""
    name = "correction-reason"
    label = Words("理由", "Reason")
    value = typed.one(name)
    return {name: Control(name, "area", label, _HELP[name], required=True, value=value)}


def _texts(
    name: str, widget: str, label: Words, typed: Typed, *, placeholder: Words = NO_WORDS
) -> Control:
    texts = {locale: typed.one(f"{name}-{locale}") for locale in LOCALES}
    return Control(name, widget, label, _HELP[name], texts=texts, placeholder=placeholder)
