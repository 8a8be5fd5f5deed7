"""state: what held on a day, as known on a position or a day."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import click
import msgspec

from archive.cli.documents import document
from archive.cli.opening import reader
from archive.cli.reading import asked_day, demand_entity, read_pair
from archive.cli.showing import in_words, json_option, show_json, show_table
from archive.cli.speaking import command, locale, option, tell
from archive.errors import UnknownNameError
from archive.export import Sealed, state_lines, state_parquet
from archive.languages import Words
from archive.queries import (
    USUAL,
    Asked,
    AsOf,
    State,
    StateRow,
    known_position,
    log_root,
    seal,
    values_in_words,
    whole,
)
from archive.queries import state as held_on
from archive.settings import Settings
from archive.vocabulary import ENTITY_TYPES, TABS, entity_type

_DEFINED_TAB = "models"
_COLUMNS = (
    Words("实体", "Entity"),
    Words("属性", "Attribute"),
    Words("值", "Value"),
    Words("自", "Since"),
    Words("确定性", "Standing"),
    Words("来源", "Sources"),
)
_FILES: Final[Mapping[str, Callable[[Sealed], Iterable[bytes]]]] = {
    "csv": lambda state: (line.encode() for line in state_lines(state)),
    "parquet": lambda state: [state_parquet(state)],
}
_STANDINGS = {"certain": Words("确定", "certain"), "possible": Words("可能", "possible")}


def _condition(text: str) -> tuple[str, str]:
    attribute, value = read_pair(text, field="where")
    known = {name for one in ENTITY_TYPES.values() for name in one.attributes}
    if attribute not in known:
        what = Words("属性", "attribute")
        raise UnknownNameError(what=what, name=attribute, known=known, field="where")
    return attribute, value


@command("state", "某一天的状态。", "The state as of a day.")
@click.argument("day", metavar="DATE")
@option("--known", metavar="K", zh="所知截至的位置或日期。", en="As known on: position or date.")
@option("--entity", default="", zh="只看这个实体。", en="Only this entity.")
@option("--type", "of_type", default="", zh="只看这类实体。", en="Only entities of this type.")
@option("--tab", type=click.Choice(list(TABS)), zh="只看这一类属性。", en="One group.")
@option("--where", multiple=True, metavar="ATTR=VALUE", zh="须满足的条件。", en="What must hold.")
@option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=50,
    show_default=True,
    zh="最多几个实体。",
    en="At most so many entities.",
)
@option("--after", metavar="CURSOR", zh="从此处继续。", en="Go on from here.")
@option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", *_FILES]),
    default="table",
    zh="表格、一份 JSON、每行一条 JSON；csv 与 parquet 为完整状态的文件。",
    en="A table, one JSON document, JSON a line; csv and parquet are files of the whole state.",
)
@json_option
@click.pass_obj
def state(  # noqa: PLR0913 - click hands over each option
    settings: Settings,
    *,
    day: str,
    known: str | None,
    entity: str,
    of_type: str,
    tab: str | None,
    where: Sequence[str],
    limit: int,
    after: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Show what held, how surely, since when and by whose word."""
    valid = asked_day(day, field="date")
    conditions = [_condition(text) for text in where]
    type_name = entity_type(of_type).name if of_type else ""
    with reader(settings) as connection:
        asked = Asked(
            AsOf(valid=valid, known=known_position(connection, words=known)),
            tab=tab or "",
            entity=demand_entity(connection, entity),
            entity_type=type_name,
            where=tuple(conditions),
            definition=USUAL if tab == _DEFINED_TAB else "",
        )
        if form in _FILES and not as_json:
            rows = whole(connection, asked)
            root = log_root(connection, position=asked.as_of.known)
            for part in _FILES[form](Sealed(asked, rows, seal(asked, rows), root)):
                sys.stdout.buffer.write(part)
            return
        answer = held_on(
            connection,
            as_of=asked.as_of,
            entity=asked.entity,
            entity_type=asked.entity_type,
            tab=asked.tab,
            where=asked.where,
            limit=limit,
            after=after,
        )
    # A page of a state has no hash: a citation pins the whole.
    sealed = "" if after or answer.next else seal(asked, answer.rows)
    if as_json or form == "json":
        show_json(_with_hash(answer, sealed))
        return
    if form == "jsonl":
        _show_lines(answer, sealed)
    else:
        show_state(answer.rows)
        _tell_counts(answer, sealed)
    if answer.next:
        tell(Words(f"继续：--after {answer.next}", f"More: --after {answer.next}"))


def _tell_counts(answer: State, sealed: str) -> None:
    valid = answer.as_of.valid
    page = Words("", "") if answer.is_whole else Words("（本页）", " (this page)")
    tell(
        Words(
            f"{valid}{page.zh}：确定 {answer.certain}，可能 {answer.possible}，"
            f"有争议 {answer.disputed}。",
            f"{valid}{page.en}: {answer.certain} certain, {answer.possible} possible, "
            f"{answer.disputed} disputed.",
        )
    )
    if sealed:
        tell(Words(f"散列：{sealed}", f"Hash: {sealed}"))


def _show_lines(answer: State, sealed: str) -> None:
    """Print each row as a line of JSON that says what it answers."""
    about = {"held_on": answer.as_of.valid.isoformat(), "known_position": answer.as_of.known}
    about |= {"hash": sealed} if sealed else {}
    for row in answer.rows:
        told = document(row)
        click.echo(msgspec.json.encode(about | told if isinstance(told, dict) else about))


def _with_hash(answer: State, sealed: str) -> object:
    told = document(answer)
    return told | {"hash": sealed} if isinstance(told, dict) and sealed else told


def show_state(rows: Sequence[StateRow]) -> None:
    """Print *rows* as a table."""
    show_table(_COLUMNS, [_row(row) for row in rows])


def _row(row: StateRow) -> tuple[str, ...]:
    language = locale()
    label = row.attribute_label.in_language(language)
    member = row.member_words.in_language(language)
    standing = _STANDINGS[row.standing].in_language(language)
    reason = row.reason.in_language(language) if row.reason else ""
    sources = {source.id: None for value in row.values for source in value.sources}
    return (
        row.entity.names.in_language(language),
        f"{label} · {member}" if member else label,
        values_in_words(row).in_language(language),
        in_words(row.values[0].since) if row.values else "",
        f"{standing}: {reason}" if reason else standing,
        ", ".join(sources),
    )
