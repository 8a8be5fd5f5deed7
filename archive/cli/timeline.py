"""timeline: events in order of occurrence."""

from collections.abc import Sequence

import click

from archive.cli.documents import document
from archive.cli.opening import reader
from archive.cli.reading import asked_day, demand_entity
from archive.cli.showing import json_option, show_json, show_table, when_in_words
from archive.cli.speaking import command, locale, option, tell
from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number
from archive.errors import FieldError
from archive.languages import Words
from archive.queries import EventRow, Filters, Window, known_position
from archive.queries import timeline as events_between
from archive.settings import Settings
from archive.vocabulary import kind

_COLUMNS = (
    Words("日期", "Date"),
    Words("事件", "Event"),
    Words("种类", "Kind"),
    Words("标识", "Id"),
)


def _window(first: str | None, last: str | None) -> Window | None:
    if not first and not last:
        return None
    start = day_number(asked_day(first, field="from", is_end=False)) if first else EARLIEST_DAY
    end = day_number(asked_day(last, field="to")) if last else LATEST_DAY
    if start > end:
        accepted = Words("不早于 --from 的日期", "a date that is not before --from")
        raise FieldError(field="to", value=last, accepted=accepted)
    return Window(start, end)


@command("timeline", "按发生先后列出事件。", "List events in order of occurrence.")
@option("--from", "first", metavar="DATE", zh="自这一天起。", en="From this day on.")
@option("--to", "last", metavar="DATE", zh="到这一天为止。", en="Up to this day.")
@option("--kind", "kinds", multiple=True, zh="事件种类，可重复。", en="A kind; may be repeated.")
@option("--entity", default="", zh="涉及的实体。", en="The entity that the events touch.")
@option("--text", default="", zh="文字。", en="Words in them.")
@option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=50,
    show_default=True,
    zh="最多几条。",
    en="At most so many.",
)
@option("--after", metavar="CURSOR", zh="从此处继续。", en="Go on from here.")
@option("--known", metavar="K", zh="所知截至的位置或日期。", en="As known on: position or date.")
@json_option
@click.pass_obj
def timeline(
    settings: Settings,
    *,
    first: str | None,
    last: str | None,
    kinds: Sequence[str],
    entity: str,
    text: str,
    limit: int,
    after: str | None,
    known: str | None,
    as_json: bool,
) -> None:
    """Show a page of the timeline."""
    names = frozenset(kind(name).name for name in kinds)
    window = _window(first, last)
    with reader(settings) as connection:
        filters = Filters(kinds=names, entity=demand_entity(connection, entity), text=text.strip())
        page = events_between(
            connection,
            window=window,
            filters=filters,
            known=known_position(connection, words=known),
            limit=limit,
            after=after,
        )
    if as_json:
        show_json({"events": document(page.rows), "total": page.total, "next": page.later})
        return
    show_events(page.rows)
    _tell_rest(len(page.rows), page.total, page.later)


def show_events(rows: Sequence[EventRow]) -> None:
    """Print *rows* as a table."""
    show_table(_COLUMNS, [_row(row) for row in rows])


def _row(row: EventRow) -> tuple[str, ...]:
    label = kind(row.kind).label.in_language(locale())
    return (when_in_words(row.occurred), row.title.in_language(locale()), label, row.id)


def _tell_rest(shown: int, total: int, following: str | None) -> None:
    tell(Words(f"{shown} / {total} 条事件。", f"{shown} of {total} events."))
    if following:
        tell(Words(f"继续：--after {following}", f"More: --after {following}"))
