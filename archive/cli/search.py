"""search: entities, events and sources by words."""

from collections.abc import Sequence

import click

from archive.cli.documents import document
from archive.cli.opening import reader
from archive.cli.showing import json_option, show_json, show_table
from archive.cli.speaking import command, locale, option, tell
from archive.cli.timeline import show_events
from archive.languages import Words
from archive.queries import known_position
from archive.queries import search as find
from archive.settings import Settings

_ENTITIES = (Words("实体", "Entity"), Words("类型", "Type"), Words("标识", "Id"))
_SOURCES = (Words("来源", "Source"), Words("标识", "Id"))


@command("search", "按文字查找实体、事件与来源。", "Find entities, events and sources by words.")
@click.argument("words", nargs=-1, required=True)
@option("--known", metavar="K", zh="所知截至的位置或日期。", en="As known on: position or date.")
@option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    zh="每类最多几条。",
    en="At most so many of each.",
)
@json_option
@click.pass_obj
def search(
    settings: Settings, *, words: Sequence[str], known: str | None, limit: int, as_json: bool
) -> None:
    """Show what the words find, in any script."""
    with reader(settings) as connection:
        position = known_position(connection, words=known)
        hits = find(connection, text=" ".join(words), known=position, limit=limit)
    if as_json:
        show_json(document(hits))
        return
    if hits.entities:
        rows = [(one.names.in_language(locale()), one.type, one.id) for one in hits.entities]
        show_table(_ENTITIES, rows)
        click.echo()
    if hits.events:
        show_events(hits.events)
        click.echo()
    if hits.sources:
        show_table(_SOURCES, [(one.title, one.id) for one in hits.sources])
    if hits.meant:
        tell(Words("没有名称相符；也许是：", "No name matches; perhaps:"))
        near = [(one.names.in_language(locale()), one.type, one.id) for one in hits.meant]
        show_table(_ENTITIES, near)
        click.echo()
    count = len(hits.entities)
    tell(
        Words(
            f"实体 {count}，事件 {hits.total}，来源 {len(hits.sources)}。",
            f"{count} entities, {hits.total} events, {len(hits.sources)} sources.",
        )
    )
