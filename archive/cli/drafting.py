"""The options that ``record`` and ``correct`` share."""

from collections.abc import Callable
from typing import Any

import click

from archive.cli.reading import DAY
from archive.cli.speaking import option
from archive.vocabulary import CONFIDENCE, DATE_KIND, IMPORTANCE

_OPTIONS = (
    option(
        "--set",
        "pairs",
        multiple=True,
        metavar="FIELD=VALUE",
        zh="一个字段；角色填标识（逗号分隔，新实体写 标识:类型:中文名|英文名）。",
        en="A field; roles take ids joined by commas, a new entity id:type:zh name|en name.",
    ),
    option("--source", metavar="ID", zh="来源的标识。", en="The id of the source."),
    option("--locator", metavar="L", zh="出处，如 ¶3。", en="Where in it, such as ¶3."),
    option(
        "--confidence", type=click.Choice(list(CONFIDENCE)), zh="可信度。", en="How far trusted."
    ),
    option("--quote", zh="原文一句。", en="A sentence of the source."),
    option("--ref", type=DAY, zh="相对日期所对照的日子。", en="Relative dates count from it."),
    option(
        "--after", metavar="EVENT", zh="不早于哪个事件（标识）。", en="Not before this event (id)."
    ),
    option(
        "--before", metavar="EVENT", zh="不晚于哪个事件（标识）。", en="Not after this event (id)."
    ),
    option(
        "--time",
        metavar="HH:MM",
        zh="当天的时刻，可带时区：14:30、14:30+08:00；给空值即去掉。",
        en="The time of that day, with an offset or none: 14:30, 14:30+08:00; empty for none.",
    ),
    option("--date-kind", type=click.Choice(list(DATE_KIND)), zh="日期种类。", en="Kind of date."),
    option("--place", metavar="CODE", zh="地区（ISO 3166-1）。", en="Region (ISO 3166-1)."),
    option("--title-zh", zh="中文标题。", en="Title in Chinese."),
    option("--title-en", zh="英文标题。", en="Title in English."),
    option("--summary-zh", zh="中文摘要。", en="Summary in Chinese."),
    option("--summary-en", zh="英文摘要。", en="Summary in English."),
    option(
        "--importance", type=click.Choice(list(IMPORTANCE)), zh="重要性。", en="How important."
    ),
    option("--tag", "tags", multiple=True, zh="标签，可重复。", en="A tag; may be repeated."),
)


def draft_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what an event says."""
    for one in reversed(_OPTIONS):
        function = one(function)
    return function
