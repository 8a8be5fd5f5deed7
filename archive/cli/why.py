"""why: the events behind a value."""

from datetime import date

import click

from archive.cli.documents import document
from archive.cli.opening import reader
from archive.cli.reading import asked_day, demand_entity, today
from archive.cli.showing import json_option, show_json, show_table, when_in_words
from archive.cli.speaking import command, locale, option, tell
from archive.cli.state import show_state
from archive.languages import Words
from archive.queries import Argument, AsOf, WhyStep, known_position
from archive.queries import why as behind
from archive.settings import Settings

_COLUMNS = (
    Words("日期", "Date"),
    Words("值", "Value"),
    Words("结果", "Effect"),
    Words("事件", "Event"),
    Words("来源", "Source"),
    Words("标识", "Id"),
)
_ARGUED = (
    Words("位置", "Position"),
    Words("如何", "What"),
    Words("缘由", "Reason"),
    Words("所涉事件", "Claims"),
    Words("标识", "Id"),
)
_PREFERRED = Words("（采信）", " (preferred)")


@command("why", "一个值背后的事件。", "The events behind a value.")
@click.argument("entity")
@click.argument("attribute")
@option("--on", "day", metavar="DATE", zh="哪一天；默认今天。", en="The day; today by default.")
@option("--known", metavar="K", zh="所知截至的位置或日期。", en="As known on: position or date.")
@option("--member", default="", zh="只看这一成员。", en="Only this member.")
@json_option
@click.pass_obj
def why(
    settings: Settings,
    *,
    entity: str,
    attribute: str,
    day: str | None,
    known: str | None,
    member: str,
    as_json: bool,
) -> None:
    """Show the value, the events in order that make it, and what was argued about them."""
    valid = asked_day(day, field="on") if day else today()
    with reader(settings) as connection:
        answer = behind(
            connection,
            entity=demand_entity(connection, entity),
            attribute=attribute,
            as_of=AsOf(valid=valid, known=known_position(connection, words=known)),
            member=member,
        )
    if as_json:
        show_json(document(answer))
        return
    show_state(answer.rows)
    click.echo()
    show_table(_COLUMNS, [_row(step) for step in answer.steps])
    if answer.arguments:
        click.echo()
        show_table(_ARGUED, [_argued(one) for one in answer.arguments])
    _tell_changes(answer.previous_change, answer.next_change)


def _row(step: WhyStep) -> tuple[str, ...]:
    language = locale()
    member = step.member_words.in_language(language)
    value = step.value.in_language(language)
    cited = [f"{claim.source.id} {claim.locator}".strip() for claim in step.event.claims]
    return (
        when_in_words(step.event.occurred),
        f"{member}: {value}" if member else value,
        step.effect.in_language(language),
        step.event.title.in_language(language),
        ", ".join(cited),
        step.event.id,
    )


def _argued(one: Argument) -> tuple[str, ...]:
    language = locale()
    preferred = _PREFERRED.in_language(language)
    named = [f"{each.id}{preferred if each.is_preferred else ''}" for each in one.rivals]
    return (
        str(one.position),
        one.what.in_language(language),
        one.reason.in_language(language),
        ", ".join(named),
        one.id,
    )


def _tell_changes(before: date | None, after: date | None) -> None:
    if before:
        tell(Words(f"上一次改变：{before}", f"Last changed: {before}"))
    if after:
        tell(Words(f"下一次改变：{after}", f"Next changes: {after}"))
