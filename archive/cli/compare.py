"""compare: two states, what the world changed apart from what the archive learned."""

from collections.abc import Mapping, Sequence

import click

from archive.cli.documents import document
from archive.cli.opening import reader
from archive.cli.reading import asked_day, demand_entity
from archive.cli.showing import json_option, show_json, show_table
from archive.cli.speaking import command, locale, option, said, tell
from archive.languages import Words
from archive.queries import AsOf, Change, Compared, known_position
from archive.queries import compare as between
from archive.settings import Settings
from archive.vocabulary import entity_type

_COLUMNS = (
    Words("变化", "Change"),
    Words("实体", "Entity"),
    Words("属性", "Attribute"),
    Words("之前", "Before"),
    Words("之后", "After"),
    Words("事件", "Event"),
)
_KINDS = {
    "added": Words("新增", "added"),
    "ended": Words("结束", "ended"),
    "changed": Words("改变", "changed"),
    "firmer": Words("已确定", "now certain"),
    "softer": Words("现仅可能", "now only possible"),
    "learned": Words("档案得知", "learned"),
}
_OF_CERTAINTY = ("firmer", "softer")


@command("compare", "比较两天的状态。", "What differs between two days.")
@click.argument("day1", metavar="DATE1")
@click.argument("day2", metavar="DATE2")
@option("--known", metavar="K1", zh="前者所知截至。", en="The first as known on.")
@option("--known2", metavar="K2", zh="后者所知截至。", en="The second as known on.")
@option("--entity", default="", zh="只看这个实体。", en="Only this entity.")
@option("--type", "of_type", default="", zh="只看这类实体。", en="Only entities of this type.")
@json_option
@click.pass_obj
def compare(
    settings: Settings,
    *,
    day1: str,
    day2: str,
    known: str | None,
    known2: str | None,
    entity: str,
    of_type: str,
    as_json: bool,
) -> None:
    """Show what began, ended, changed, and what was only learned."""
    left, right = asked_day(day1, field="date1"), asked_day(day2, field="date2")
    type_name = entity_type(of_type).name if of_type else ""
    with reader(settings) as connection:
        answer = between(
            connection,
            left=AsOf(valid=left, known=known_position(connection, words=known)),
            right=AsOf(valid=right, known=known_position(connection, words=known2)),
            among=Compared(demand_entity(connection, entity), type_name),
        )
    if as_json:
        show_json(document(answer))
        return
    groups = {name: getattr(answer, name) for name in _KINDS}
    show_table(_COLUMNS, [_row(name, one) for name, rows in groups.items() for one in rows])
    tell(_counted(f"{left} → {right}", {name: len(rows) for name, rows in groups.items()}))


def _counted(between_days: str, counts: Mapping[str, int]) -> Words:
    """Return how many of each sort there are; apart from them what differs in certainty alone."""
    changes = {name: count for name, count in counts.items() if name not in _OF_CERTAINTY}
    unsure = sum(counts[name] for name in _OF_CERTAINTY)
    zh = "，".join(f"{_KINDS[name].zh} {count}" for name, count in changes.items())
    en = ", ".join(f"{count} {_KINDS[name].en}" for name, count in changes.items())
    if unsure:
        zh += f"；另有 {unsure} 条事实只是确定程度不同"
        en += f"; {unsure} more differing only in certainty"
    return Words(f"{between_days}：{zh}", f"{between_days}: {en}")


def _row(name: str, change: Change) -> Sequence[str]:
    language = locale()
    label = change.attribute_label.in_language(language)
    member = change.member_words.in_language(language)
    return (
        said(_KINDS[name]),
        change.entity.names.in_language(language),
        f"{label} · {member}" if member else label,
        change.before.in_language(language) if change.before else "—",
        change.after.in_language(language) if change.after else "—",
        change.event_id,
    )
