"""propose: the drafts that an article proposes, one JSON object a line; nothing is recorded."""

import sys
from datetime import date
from pathlib import Path

import click
import msgspec

from archive.cli.opening import reader
from archive.cli.reading import DAY, LANGUAGE, today
from archive.cli.speaking import command, option, tell
from archive.errors import FieldError
from archive.languages import Words
from archive.proposing import Filled, Proposal
from archive.proposing import propose as drafts_of
from archive.settings import Settings


@command("propose", "由一篇文章拟出事件草稿。", "Propose drafts of events from an article.")
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--published", type=DAY, zh="文章的发布日期；默认今天。", en="The day on which it came out."
)
@option("--lang", type=LANGUAGE, zh="文章的语言。", en="The language of the text.")
@option("--source", metavar="ID", default="", zh="来源的标识。", en="The id of the source.")
@click.pass_obj
def propose(
    settings: Settings, *, file: Path, published: date | None, lang: str | None, source: str
) -> None:
    """Print each draft as a JSON line, with the words that every field came from."""
    text = _text(file)
    with reader(settings) as connection:
        found = drafts_of(connection, text, published=published or today(), language=lang)
    for one in found:
        click.echo(msgspec.json.encode(_line(one, source=source, language=lang or "")).decode())
    count = len(found)
    tell(Words(f"拟出 {count} 条草稿，均未记录。", f"{count} drafts proposed; none is recorded."))


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
