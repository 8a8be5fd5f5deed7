"""propose: the drafts that an article proposes, one JSON object a line; nothing is recorded."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
import msgspec

from archive.cli.opening import reader
from archive.cli.reading import DAY, LANGUAGE, today
from archive.cli.speaking import command, option, tell
from archive.commands.articles import readable
from archive.errors import FieldError
from archive.languages import Words
from archive.proposing import (
    Assistant,
    Filled,
    NoAssistantError,
    Proposal,
    Suggestion,
    assistant_of,
    assisted,
)
from archive.proposing import propose as drafts_of
from archive.settings import Settings


@command("propose", "由一篇文章拟出事件草稿。", "Propose drafts of events from an article.")
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--published", type=DAY, zh="文章的发布日期；默认今天。", en="The day on which it came out."
)
@option("--lang", type=LANGUAGE, zh="文章的语言。", en="The language of the text.")
@option("--source", metavar="ID", default="", zh="来源的标识。", en="The id of the source.")
@option(
    "--assistant",
    "is_assisted",
    is_flag=True,
    zh="另请助手（语言模型，见 ARCHIVE_ASSISTANT_URL）拟稿；其草稿永远带有标记。",
    en="Ask the assistant too (a language model, see ARCHIVE_ASSISTANT_URL); what it proposes "
    "is marked for ever.",
)
@click.pass_obj
def propose(
    settings: Settings,
    *,
    file: Path,
    published: date | None,
    lang: str | None,
    source: str,
    is_assisted: bool,
) -> None:
    """Print each draft as a JSON line, with the words that every field came from."""
    text, day = _text(file), published or today()
    # Asked first: while a model thinks, no transaction waits.
    suggested: Sequence[Suggestion] = ()
    if is_assisted:
        text = readable(text)
        suggested = _assistant(settings).suggest(text, published=day, language=lang)
    with reader(settings) as connection:
        plain = drafts_of(connection, text, published=day, language=lang)
        more = assisted(connection, text, suggested, published=day, language=lang)
    for one in (*plain, *more):
        click.echo(msgspec.json.encode(_line(one, source=source, language=lang or "")).decode())
    count = len(plain) + len(more)
    tell(Words(f"拟出 {count} 条草稿，均未记录。", f"{count} drafts proposed; none is recorded."))


def _assistant(settings: Settings) -> Assistant:
    found = assistant_of(settings)
    if found is None:
        raise NoAssistantError
    return found


def _text(file: Path) -> str:
    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        accepted = Words("UTF-8 文字", "text in UTF-8")
        raise FieldError(field="file", value=file, accepted=accepted) from error


def _line(one: Proposal, *, source: str, language: str) -> dict[str, object]:
    return {
        **one.raw(source, quote_language=language),
        "missing": one.missing,
        "is_carried": one.is_carried,
        "words": [
            {"field": "kind", **_place(one.kind_words, one.kind_span.start, one.kind_span.end)},
            {"field": "when", **_place(one.stated, one.when_span.start, one.when_span.end)},
            *(_placed(each) for each in (*one.roles, *one.data)),
        ],
    }


def _placed(one: Filled) -> dict[str, object]:
    return {"field": one.field, **_place(one.words, one.span.start, one.span.end)}


def _place(words: str, start: int, end: int) -> dict[str, object]:
    return {"words": words, "start": start, "end": end}
